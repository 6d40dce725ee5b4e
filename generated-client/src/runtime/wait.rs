//! Waiting for a resource to reach a state, or to be gone.

#[cfg(feature = "blocking")]
mod blocking;
mod states;

use std::fmt;
use std::future::IntoFuture;
use std::marker::PhantomData;
use std::time::{Duration, Instant};

pub use states::{Seen, States};

use super::{Async, BoxFuture, Call, Clock, Endpoint, Error, Failure, Success};

/// States that end the waiting.
#[derive(Debug, Clone, Copy)]
pub struct StateGoal<V> {
    /// The state of an answer.
    pub state: fn(&V) -> Option<&str>,
    /// States that end it with success.
    pub success: &'static [&'static str],
    /// States that end it with an error.
    pub failure: &'static [&'static str],
}

/// What is seen while waiting.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Progress<'a> {
    /// The state, where the answer has one.
    pub state: Option<&'a str>,
    /// The number of calls so far that were answered, with the resource or with status 404.
    pub polls: u32,
    /// The time since the waiting began.
    pub elapsed: Duration,
}

/// Why the waiting ended without its goal.
#[derive(Debug)]
#[non_exhaustive]
pub enum WaitError<B> {
    /// A call failed in a way that waiting does not mend.
    Call(Error<B>),
    /// The resource came to a state that stands for failure, and stayed there.
    Failed {
        /// The state.
        state: String,
    },
    /// The deadline came first.
    Deadline {
        /// The last state that was seen.
        last_state: Option<String>,
        /// The time that was waited.
        elapsed: Duration,
        /// Why the last call failed, where it did.
        last_error: Option<Error<B>>,
    },
}

impl<B> fmt::Display for WaitError<B> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Call(error) => write!(formatter, "waiting ended: {error}"),
            Self::Failed { state } => write!(formatter, "the resource is in state {state}"),
            Self::Deadline {
                last_state,
                elapsed,
                last_error,
            } => {
                write!(formatter, "the goal was not reached within {elapsed:?}")?;
                if let Some(state) = last_state {
                    write!(formatter, "; the last state was {state}")?;
                }
                match last_error {
                    Some(error) => write!(formatter, "; the last call failed: {error}"),
                    None => Ok(()),
                }
            }
        }
    }
}

impl<B: fmt::Debug + 'static> std::error::Error for WaitError<B> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Call(error)
            | Self::Deadline {
                last_error: Some(error),
                ..
            } => Some(error),
            Self::Failed { .. } | Self::Deadline { .. } => None,
        }
    }
}

type Observer = Box<dyn FnMut(Progress<'_>) + Send>;

/// How to wait.
#[derive(Clone, Copy)]
struct Pace {
    first_interval: Duration,
    longest_interval: Duration,
    deadline: Duration,
    settle: Duration,
    grace: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            first_interval: Duration::from_secs(2),
            longest_interval: Duration::from_secs(30),
            deadline: Duration::from_secs(60 * 60),
            settle: Duration::from_secs(5),
            grace: Duration::from_secs(60),
        }
    }
}

macro_rules! pace_setters {
    () => {
        #[cfg(feature = "blocking")]
        fn client(&self) -> super::Client {
            self.call.draft.client.clone()
        }

        #[cfg(feature = "blocking")]
        fn context(&self) -> super::CallContext {
            self.call.draft.context()
        }

        /// The pause after the first call and the longest one, between which pauses grow; 2 and 30
        /// seconds by default.
        pub fn interval(mut self, first: Duration, longest: Duration) -> Self {
            self.pace.first_interval = first;
            self.pace.longest_interval = longest.max(first);
            self
        }

        /// The most time to wait; one hour by default. The last call is made shortly before it.
        pub fn deadline(mut self, deadline: Duration) -> Self {
            self.pace.deadline = deadline;
            self
        }

        /// Calls this after every call that shows a state of the resource or that there is none, for
        /// example to move a progress bar.
        pub fn on_progress(mut self, observer: impl FnMut(Progress<'_>) + Send + 'static) -> Self {
            self.observer = Some(Box::new(observer));
            self
        }
    };
}

/// Waits for a state. Await it.
///
/// A state of success counts at once where another one was seen before; else only when it lasts, for
/// a server may show an old state right after a change. A state of failure counts when it lasts, for
/// it can pass. A resource that is not found yet counts as on its way for as long.
#[must_use = "waiting does nothing until it is awaited"]
pub struct Wait<E: Endpoint, M = Async> {
    call: Call<E>,
    goal: StateGoal<Success<E>>,
    pace: Pace,
    observer: Option<Observer>,
    mode: PhantomData<fn() -> M>,
}

impl<E: Endpoint, M> Wait<E, M> {
    pace_setters!();

    /// How long a state of success must last where no other one was seen before; 5 seconds by
    /// default.
    pub fn settle(mut self, settle: Duration) -> Self {
        self.pace.settle = settle;
        self
    }

    /// How long a state of failure, or status 404, must last to count; 60 seconds by default.
    pub fn grace(mut self, grace: Duration) -> Self {
        self.pace.grace = grace;
        self
    }

    async fn run(mut self) -> Result<Success<E>, WaitError<Failure<E>>> {
        let client = self.call.draft.client.clone();
        let clock = &*client.shared.clock;
        let mut watch = Watch::<E>::new(clock);
        let mut lasting = Lasting::default();
        let mut seen_other = false;
        loop {
            let answer = watch.next_call(&self.call, &self.pace).send().await;
            let now = clock.now();
            match answer {
                Ok(value) => {
                    let state = (self.goal.state)(&value);
                    watch.observe(&mut self.observer, state);
                    match self.goal.judge(state) {
                        Verdict::Success => {
                            if seen_other
                                || lasting.since(Verdict::Success, now) >= self.pace.settle
                            {
                                return Ok(value);
                            }
                        }
                        Verdict::Failure => {
                            seen_other = true;
                            if lasting.since(Verdict::Failure, now) >= self.pace.grace {
                                let state = state.unwrap_or_default().to_owned();
                                return Err(WaitError::Failed { state });
                            }
                        }
                        Verdict::Other => {
                            seen_other = true;
                            lasting.since(Verdict::Other, now);
                        }
                    }
                }
                Err(error) if error.is_not_found() => {
                    watch.observe(&mut self.observer, None);
                    if lasting.since(Verdict::Failure, now) >= self.pace.grace {
                        return Err(WaitError::Call(error));
                    }
                }
                Err(error) => watch.tolerate(error, &self.pace)?,
            }
            watch.pause(&self.pace).await?;
        }
    }
}

/// Waits until a resource is gone. Await it.
#[must_use = "waiting does nothing until it is awaited"]
pub struct WaitGone<E: Endpoint, M = Async> {
    call: Call<E>,
    state: fn(&Success<E>) -> Option<&str>,
    pace: Pace,
    observer: Option<Observer>,
    mode: PhantomData<fn() -> M>,
}

impl<E: Endpoint, M> WaitGone<E, M> {
    pace_setters!();

    async fn run(mut self) -> Result<(), WaitError<Failure<E>>> {
        let client = self.call.draft.client.clone();
        let mut watch = Watch::<E>::new(&*client.shared.clock);
        loop {
            match watch.next_call(&self.call, &self.pace).send().await {
                Ok(value) => watch.observe(&mut self.observer, (self.state)(&value)),
                Err(error) if error.is_not_found() => return Ok(()),
                Err(error) => watch.tolerate(error, &self.pace)?,
            }
            watch.pause(&self.pace).await?;
        }
    }
}

/// What a state stands for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Success,
    Failure,
    Other,
}

impl<V> StateGoal<V> {
    fn judge(&self, state: Option<&str>) -> Verdict {
        match state {
            Some(state) if self.success.contains(&state) => Verdict::Success,
            Some(state) if self.failure.contains(&state) => Verdict::Failure,
            _ => Verdict::Other,
        }
    }
}

/// How long the same verdict has been met.
#[derive(Default)]
struct Lasting {
    current: Option<(Verdict, Instant)>,
}

impl Lasting {
    fn since(&mut self, verdict: Verdict, now: Instant) -> Duration {
        match self.current {
            Some((same, start)) if same == verdict => now.saturating_duration_since(start),
            _ => {
                self.current = Some((verdict, now));
                Duration::ZERO
            }
        }
    }
}

/// Time, states and failures since the waiting began.
struct Watch<'c, E: Endpoint> {
    clock: &'c dyn Clock,
    start: Instant,
    polls: u32,
    last_state: Option<String>,
    /// Why the last call failed, where it did.
    last_error: Option<Error<Failure<E>>>,
    next_interval: Option<Duration>,
    /// There is no time for another pause.
    is_last: bool,
}

impl<'c, E: Endpoint> Watch<'c, E> {
    fn new(clock: &'c dyn Clock) -> Self {
        Self {
            clock,
            start: clock.now(),
            polls: 0,
            last_state: None,
            last_error: None,
            next_interval: None,
            is_last: false,
        }
    }

    fn elapsed(&self) -> Duration {
        self.clock.now().saturating_duration_since(self.start)
    }

    fn left(&self, pace: &Pace) -> Duration {
        pace.deadline.saturating_sub(self.elapsed())
    }

    /// The call once more, with no longer a deadline than what is left of the time to wait.
    fn next_call(&self, call: &Call<E>, pace: &Pace) -> Call<E> {
        let left = self.left(pace);
        let deadline = call.draft.deadline.map_or(left, |own| own.min(left));
        call.clone().with_deadline(deadline)
    }

    fn observe(&mut self, observer: &mut Option<Observer>, state: Option<&str>) {
        self.last_error = None;
        self.polls += 1;
        if let Some(state) = state {
            self.last_state = Some(state.to_owned());
        }
        let progress = Progress {
            state,
            polls: self.polls,
            elapsed: self.elapsed(),
        };
        if let Some(observer) = observer {
            observer(progress);
        }
    }

    /// Goes on after an error that may pass.
    fn tolerate(
        &mut self,
        error: Error<Failure<E>>,
        pace: &Pace,
    ) -> Result<(), WaitError<Failure<E>>> {
        if !error.is_retryable() {
            return Err(WaitError::Call(error));
        }
        // That the last call was cut short says less than why the one before it failed.
        let is_cut = error.is_timeout() && self.left(pace).is_zero();
        if !is_cut || self.last_error.is_none() {
            self.last_error = Some(error);
        }
        Ok(())
    }

    fn expired(&mut self) -> WaitError<Failure<E>> {
        WaitError::Deadline {
            last_state: self.last_state.take(),
            elapsed: self.elapsed(),
            last_error: self.last_error.take(),
        }
    }

    /// Waits before the next call, where the deadline leaves time for one. A pause that would not fit is cut,
    /// so that the last call sees what has become of the resource.
    async fn pause(&mut self, pace: &Pace) -> Result<(), WaitError<Failure<E>>> {
        let interval = self.next_interval.unwrap_or(pace.first_interval);
        let next = interval.saturating_add(interval / 2);
        self.next_interval = Some(next.min(pace.longest_interval));
        let left = self.left(pace);
        if left.is_zero() || self.is_last {
            return Err(self.expired());
        }
        self.is_last = interval >= left;
        // An eighth is for the last call.
        let longest = left / 8 * 7;
        let pause = if self.is_last { longest } else { interval };
        self.clock.sleep(pause).await;
        if self.left(pace).is_zero() {
            return Err(self.expired());
        }
        Ok(())
    }
}

impl<E: Endpoint, M> Call<E, M> {
    /// Repeats the call until its answer is in a state that ends the waiting.
    pub fn wait(self, goal: StateGoal<Success<E>>) -> Wait<E, M> {
        Wait {
            call: Call::from_draft(self.draft),
            goal,
            pace: Pace::default(),
            observer: None,
            mode: PhantomData,
        }
    }

    /// Repeats the call until the server answers that there is nothing.
    pub fn wait_gone(self, state: fn(&Success<E>) -> Option<&str>) -> WaitGone<E, M> {
        WaitGone {
            call: Call::from_draft(self.draft),
            state,
            pace: Pace::default(),
            observer: None,
            mode: PhantomData,
        }
    }
}

impl<E: Endpoint> IntoFuture for Wait<E> {
    type Output = Result<Success<E>, WaitError<Failure<E>>>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}

impl<E: Endpoint> IntoFuture for WaitGone<E> {
    type Output = Result<(), WaitError<Failure<E>>>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}

impl<E: Endpoint, M> fmt::Debug for Wait<E, M> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Wait")
            .field("call", &self.call)
            .finish_non_exhaustive()
    }
}

impl<E: Endpoint, M> fmt::Debug for WaitGone<E, M> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("WaitGone")
            .field("call", &self.call)
            .finish_non_exhaustive()
    }
}
