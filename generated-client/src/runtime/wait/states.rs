//! The states that are seen while waiting, one after the other.

use std::collections::VecDeque;
use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use futures_core::Stream;

#[cfg(feature = "blocking")]
use super::super::blocking::run;
use super::super::{Async, BoxFuture, Endpoint, Failure, Success};
#[cfg(feature = "blocking")]
use super::super::{Blocking, CallContext, Client};
#[cfg(feature = "blocking")]
use super::blocking::not_run;
use super::{Observer, Progress, Wait, WaitError, WaitGone};

/// What a stream of [`States`] gives.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Seen<T> {
    /// A poll, which may have found the goal.
    #[non_exhaustive]
    Poll {
        /// The state, where the answer has one.
        state: Option<String>,
        /// The number of calls so far that were answered.
        polls: u32,
        /// The time since the waiting began.
        elapsed: Duration,
    },
    /// The waiting has reached its goal; nothing follows.
    Reached(T),
}

type Polls = Arc<Mutex<VecDeque<(Option<String>, u32, Duration)>>>;

/// Waits as the stream is read, and gives what every poll sees, for example for a progress bar. It ends
/// with the goal, or with the error that ends the waiting.
#[must_use = "waiting does nothing until the stream is read"]
pub struct States<T, B, M = Async> {
    waiting: Option<BoxFuture<'static, Result<T, WaitError<B>>>>,
    polls: Polls,
    last: Option<Result<T, WaitError<B>>>,
    #[cfg(feature = "blocking")]
    caller: (Client, CallContext),
    mode: PhantomData<fn() -> M>,
}

impl<T, B> States<T, B> {
    /// What is seen next; nothing after the goal or an error.
    pub async fn next(&mut self) -> Option<Result<Seen<T>, WaitError<B>>> {
        poll_fn(|context| self.poll_seen(context)).await
    }
}

impl<T, B, M> States<T, B, M> {
    fn poll_seen(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Seen<T>, WaitError<B>>>> {
        if let Some(waiting) = &mut self.waiting
            && lock(&self.polls).is_empty()
            && let Poll::Ready(result) = waiting.as_mut().poll(context)
        {
            self.waiting = None;
            self.last = Some(result);
        }
        if let Some((state, polls, elapsed)) = lock(&self.polls).pop_front() {
            return Poll::Ready(Some(Ok(Seen::Poll {
                state,
                polls,
                elapsed,
            })));
        }
        if self.waiting.is_some() {
            return Poll::Pending;
        }
        Poll::Ready(self.last.take().map(|result| result.map(Seen::Reached)))
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Notes every poll, and tells the observer that there was.
fn noting(polls: &Polls, mut observer: Option<Observer>) -> Observer {
    let polls = Arc::clone(polls);
    Box::new(move |progress: Progress<'_>| {
        let state = progress.state.map(str::to_owned);
        lock(&polls).push_back((state, progress.polls, progress.elapsed));
        if let Some(observer) = &mut observer {
            observer(progress);
        }
    })
}

impl<E: Endpoint, M: 'static> Wait<E, M> {
    /// Waits, and gives what every poll sees.
    pub fn states(mut self) -> States<Success<E>, Failure<E>, M> {
        #[cfg(feature = "blocking")]
        let caller = (self.client(), self.context());
        let polls = Polls::default();
        self.observer = Some(noting(&polls, self.observer.take()));
        States {
            waiting: Some(Box::pin(self.run())),
            polls,
            last: None,
            #[cfg(feature = "blocking")]
            caller,
            mode: PhantomData,
        }
    }
}

impl<E: Endpoint, M: 'static> WaitGone<E, M> {
    /// Waits, and gives what every poll sees.
    pub fn states(mut self) -> States<(), Failure<E>, M> {
        #[cfg(feature = "blocking")]
        let caller = (self.client(), self.context());
        let polls = Polls::default();
        self.observer = Some(noting(&polls, self.observer.take()));
        States {
            waiting: Some(Box::pin(self.run())),
            polls,
            last: None,
            #[cfg(feature = "blocking")]
            caller,
            mode: PhantomData,
        }
    }
}

/// The polls, one at a time; each step blocks until there is one. After the goal or an error nothing
/// follows.
#[cfg(feature = "blocking")]
impl<T: Send + 'static, B: Send + 'static> Iterator for States<T, B, Blocking> {
    type Item = Result<Seen<T>, WaitError<B>>;

    fn next(&mut self) -> Option<Self::Item> {
        let (client, context) = self.caller.clone();
        let mut waiting = States {
            waiting: self.waiting.take(),
            polls: Arc::clone(&self.polls),
            last: self.last.take(),
            caller: self.caller.clone(),
            mode: PhantomData::<fn() -> Blocking>,
        };
        let step = async move {
            let seen = poll_fn(|context| waiting.poll_seen(context)).await;
            (waiting, seen)
        };
        match run(&client, step) {
            Ok((waiting, seen)) => {
                *self = waiting;
                seen
            }
            Err(fault) => Some(Err(not_run(context, fault))),
        }
    }
}

// Nothing in it is pinned in place: the future has a place of its own.
impl<T, B, M> Unpin for States<T, B, M> {}

impl<T, B> Stream for States<T, B> {
    type Item = Result<Seen<T>, WaitError<B>>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_seen(context)
    }
}

impl<T, B, M> fmt::Debug for States<T, B, M> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_waiting = self.waiting.is_some();
        formatter
            .debug_struct("States")
            .field("is_waiting", &is_waiting)
            .finish_non_exhaustive()
    }
}
