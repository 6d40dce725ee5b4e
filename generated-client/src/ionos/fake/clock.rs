//! Time that passes only when somebody waits.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use crate::runtime::{BoxFuture, Clock, TokioClock};

/// The clock of a [`FakeService`](super::FakeService), for its client as well.
///
/// Whoever sleeps moves it forward and goes on at once, so that an hour of waiting takes no time.
/// Clones show the same time.
#[derive(Debug, Clone)]
pub struct FakeClock {
    kind: Kind,
}

#[derive(Debug, Clone)]
enum Kind {
    Real,
    Stepped {
        start: Instant,
        passed: Arc<Mutex<Duration>>,
    },
}

impl FakeClock {
    pub(super) fn stepped() -> Self {
        Self {
            kind: Kind::Stepped {
                start: Instant::now(),
                passed: Arc::default(),
            },
        }
    }

    pub(super) fn real() -> Self {
        Self { kind: Kind::Real }
    }

    /// Lets time pass, a century at most in all. A service in real time does not heed it.
    pub fn advance(&self, duration: Duration) {
        const CENTURY: Duration = Duration::from_secs(100 * 365 * 24 * 3600);
        if let Kind::Stepped { passed, .. } = &self.kind {
            let mut passed = passed.lock().unwrap_or_else(PoisonError::into_inner);
            *passed = passed.saturating_add(duration).min(CENTURY);
        }
    }

    /// The time that has passed since the service began.
    pub fn passed(&self) -> Duration {
        match &self.kind {
            Kind::Real => Duration::ZERO,
            Kind::Stepped { passed, .. } => *passed.lock().unwrap_or_else(PoisonError::into_inner),
        }
    }
}

/// The beginning of 2026: a stepped clock shows the same dates in every run.
const BEGIN: Duration = Duration::from_secs(1_767_225_600);

impl Clock for FakeClock {
    fn now(&self) -> Instant {
        match &self.kind {
            Kind::Real => TokioClock.now(),
            Kind::Stepped { start, .. } => *start + self.passed(),
        }
    }

    fn time_of_day(&self) -> SystemTime {
        match &self.kind {
            Kind::Real => TokioClock.time_of_day(),
            Kind::Stepped { .. } => SystemTime::UNIX_EPOCH + BEGIN + self.passed(),
        }
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        match &self.kind {
            Kind::Real => TokioClock.sleep(duration),
            // Only a sleep that is polled passes: a limit of time that is not reached costs nothing.
            Kind::Stepped { .. } => {
                let clock = self.clone();
                Box::pin(async move { clock.advance(duration) })
            }
        }
    }
}
