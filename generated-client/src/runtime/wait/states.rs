//! The states that are seen while waiting, one after the other.

use std::collections::VecDeque;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use futures_core::Stream;

use super::{Observer, Progress, Wait, WaitError, WaitGone};
use crate::runtime::{BoxFuture, Endpoint, Failure, Success};

/// What a stream of [`States`] gives.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Seen<T> {
    /// A poll, which may have found the goal.
    #[non_exhaustive]
    Poll {
        /// The state, where the answer has one.
        state: Option<String>,
        /// The number of calls so far.
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
pub struct States<T, B> {
    waiting: Option<BoxFuture<'static, Result<T, WaitError<B>>>>,
    polls: Polls,
    last: Option<Result<T, WaitError<B>>>,
}

impl<T, B> States<T, B> {
    /// What is seen next; nothing after the goal or an error.
    pub async fn next(&mut self) -> Option<Result<Seen<T>, WaitError<B>>> {
        poll_fn(|context| self.poll_seen(context)).await
    }

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

impl<E: Endpoint> Wait<E> {
    /// Waits, and gives what every poll sees.
    pub fn states(mut self) -> States<Success<E>, Failure<E>> {
        let polls = Polls::default();
        self.observer = Some(noting(&polls, self.observer.take()));
        States {
            waiting: Some(Box::pin(self.run())),
            polls,
            last: None,
        }
    }
}

impl<E: Endpoint> WaitGone<E> {
    /// Waits, and gives what every poll sees.
    pub fn states(mut self) -> States<(), Failure<E>> {
        let polls = Polls::default();
        self.observer = Some(noting(&polls, self.observer.take()));
        States {
            waiting: Some(Box::pin(self.run())),
            polls,
            last: None,
        }
    }
}

// Nothing in it is pinned in place: the future has a place of its own.
impl<T, B> Unpin for States<T, B> {}

impl<T, B> Stream for States<T, B> {
    type Item = Result<Seen<T>, WaitError<B>>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_seen(context)
    }
}

impl<T, B> fmt::Debug for States<T, B> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_waiting = self.waiting.is_some();
        formatter
            .debug_struct("States")
            .field("is_waiting", &is_waiting)
            .finish_non_exhaustive()
    }
}
