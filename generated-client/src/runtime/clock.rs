//! Time, behind a trait so that tests need not wait.

use std::time::{Duration, Instant, SystemTime};

use super::BoxFuture;

/// Tells the time and waits.
pub trait Clock: Send + Sync + 'static {
    /// A moment on a clock that never goes back.
    fn now(&self) -> Instant;

    /// The time of day, for dates that a server names.
    fn time_of_day(&self) -> SystemTime;

    /// Ends after a while.
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()>;
}

/// The clock of the tokio runtime, which tests of a caller can pause.
#[derive(Debug, Clone, Copy, Default)]
pub struct TokioClock;

impl Clock for TokioClock {
    fn now(&self) -> Instant {
        tokio::time::Instant::now().into_std()
    }

    fn time_of_day(&self) -> SystemTime {
        SystemTime::now()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        // The timer is made when it is awaited: making it panics outside of a runtime, where the crate's own
        // transport has refused a call by then.
        Box::pin(async move { tokio::time::sleep(duration).await })
    }
}
