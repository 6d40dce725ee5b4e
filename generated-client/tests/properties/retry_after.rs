//! Whatever `Retry-After` says, no call panics or sleeps past its deadline.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use http::{HeaderValue, Response, StatusCode, header::RETRY_AFTER};
use ionos_dbaas_postgres::v1::Client;
use ionos_dbaas_postgres::{BoxFuture, Clock};
use proptest::prelude::{ProptestConfig, Strategy, any};
use proptest::{collection, prop_assert, prop_assert_eq, prop_oneof, proptest};

use crate::config;
use crate::recorder::Recorder;

/// The beginning of 2026.
const BEGIN: u64 = 1_767_225_600;

/// Time that passes only where somebody sleeps.
#[derive(Clone)]
struct Sleeper {
    start: Instant,
    slept: Arc<Mutex<Duration>>,
}

impl Sleeper {
    fn new() -> Self {
        Self {
            start: Instant::now(),
            slept: Arc::default(),
        }
    }

    fn slept(&self) -> Duration {
        *self.slept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Clock for Sleeper {
    fn now(&self) -> Instant {
        self.start + self.slept()
    }

    fn time_of_day(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(BEGIN) + self.slept()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        let slept = Arc::clone(&self.slept);
        // The limit of an attempt is a sleep too; nobody polls it where the answer is there at once.
        Box::pin(async move {
            *slept.lock().unwrap_or_else(PoisonError::into_inner) += duration;
        })
    }
}

/// Seconds, dates, what looks like one of them, and any bytes that a header can hold.
fn wish() -> impl Strategy<Value = HeaderValue> {
    let seconds = any::<u64>().prop_map(|seconds| seconds.to_string());
    let few_seconds = (0_u32..200).prop_map(|seconds| seconds.to_string());
    let dates = (BEGIN - 1000..BEGIN + 1000).prop_map(|seconds| {
        httpdate::fmt_http_date(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds))
    });
    let near_dates =
        "(Sun|Thu), [0-9]{1,2} (Jan|Feb|Foo) [0-9]{1,5} [0-9]{2}:[0-9]{2}:[0-9]{2} GMT";
    let texts = prop_oneof![
        seconds,
        few_seconds,
        dates,
        near_dates,
        "[-+]?[0-9]{0,40}[.]?[0-9]?"
    ];
    let texts = texts.prop_map(String::into_bytes);
    let bytes = collection::vec(any::<u8>(), 0..20);
    prop_oneof![4 => texts, 1 => bytes].prop_filter_map("a header holds it", |bytes| {
        HeaderValue::from_bytes(&bytes).ok()
    })
}

fn settings() -> ProptestConfig {
    config(1024, "tests/properties/regressions/retry_after.txt")
}

proptest! {
    #![proptest_config(settings())]

    #[test]
    fn no_wish_of_a_server_leads_past_the_deadline(wish in wish(), seconds in 0_u64..100) {
        let deadline = Duration::from_secs(seconds);
        let mut answer = Response::new(());
        *answer.status_mut() = StatusCode::TOO_MANY_REQUESTS;
        answer.headers_mut().insert(RETRY_AFTER, wish);
        let server = Recorder::answering(answer);
        let clock = Sleeper::new();
        let client = Client::builder().transport(server.clone()).clock(clock.clone());
        let client = client.token("a token").deadline(deadline).build().expect("the configuration is right");
        let runtime = tokio::runtime::Builder::new_current_thread().build();
        let call = client.metadata().get_api_version().send();
        let result = runtime.expect("a runtime starts").block_on(call);
        let error = result.expect_err("the server is busy for ever");

        prop_assert!(error.is_rate_limited(), "{}", error);
        prop_assert!(clock.slept() <= deadline, "{:?} of {:?}", clock.slept(), deadline);
        let attempts = server.requests().len();
        prop_assert!((1..=4).contains(&attempts));
        prop_assert_eq!(error.context().attempts() as usize, attempts);
    }
}
