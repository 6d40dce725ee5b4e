//! A clock whose pauses take no time.

use std::future::{pending, ready};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use ionos_dbaas_postgres::{BoxFuture, Clock};

/// Limits of attempts never fire on this clock; anything shorter is a pause.
const LONGEST_PAUSE: Duration = Duration::from_secs(45);

/// Lets pauses end at once, and moves on by them.
#[derive(Clone)]
pub(crate) struct TestClock {
    start: Instant,
    pauses: Arc<Mutex<Vec<Duration>>>,
}

impl Default for TestClock {
    fn default() -> Self {
        Self {
            start: Instant::now(),
            pauses: Arc::default(),
        }
    }
}

impl TestClock {
    /// The pauses so far.
    pub(crate) fn pauses(&self) -> Vec<Duration> {
        self.pauses
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

impl Clock for TestClock {
    fn now(&self) -> Instant {
        self.start + self.pauses().iter().sum::<Duration>()
    }

    fn time_of_day(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777)
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        if duration > LONGEST_PAUSE {
            return Box::pin(pending());
        }
        self.pauses
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(duration);
        Box::pin(ready(()))
    }
}
