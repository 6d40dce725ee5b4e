//! Code of a caller around every attempt.

use std::error::Error as _;
use std::future::pending;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use http::HeaderValue;
use ionos_dbaas_postgres::v1::Client;
use ionos_dbaas_postgres::v1::models::{PatchUserProperties, UsersPatchRequest};
use ionos_dbaas_postgres::{
    AttemptOutcome, AttemptReport, AttemptRequest, BoxFuture, Middleware, MiddlewareError,
    ResponseBody, Transport, TransportError,
};

use crate::clock::TestClock;
use crate::server::{Act, Server, json};
use crate::{TOKEN, configured};

/// Writes down what it sees, and signs every request.
#[derive(Clone)]
struct Witness {
    name: &'static str,
    lines: Arc<Mutex<Vec<String>>>,
    refuses: u32,
}

impl Witness {
    fn new(name: &'static str, lines: &Arc<Mutex<Vec<String>>>) -> Self {
        Self {
            name,
            lines: Arc::clone(lines),
            refuses: 0,
        }
    }

    fn write(&self, line: &str) {
        let mut lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        lines.push(format!("{} {line}", self.name));
    }
}

impl Middleware for Witness {
    fn before(&self, request: &mut AttemptRequest<'_>) -> Result<(), MiddlewareError> {
        let attempt = request.context().attempts();
        self.write(&format!(
            "before {attempt}: {} {} {:?} {:?}",
            request.method(),
            request.uri(),
            request.headers(),
            request
        ));
        if attempt == self.refuses {
            return Err("the key has expired".into());
        }
        let signature = format!("{}-{}", self.name, request.body().len());
        request
            .headers_mut()
            .append("x-signature", HeaderValue::from_str(&signature)?);
        Ok(())
    }

    fn after(&self, report: &AttemptReport<'_>) {
        let outcome = match report.outcome() {
            AttemptOutcome::Answered { status, .. } => status.as_u16().to_string(),
            AttemptOutcome::Failed(_) => "failed".to_owned(),
            AttemptOutcome::TimedOut => "timed out".to_owned(),
            AttemptOutcome::Abandoned => "abandoned".to_owned(),
            other => format!("{other:?}"),
        };
        self.write(&format!("after {}: {outcome}", report.context().attempts()));
    }
}

fn lines(of: &Arc<Mutex<Vec<String>>>) -> Vec<String> {
    of.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

fn reports(of: &Arc<Mutex<Vec<String>>>) -> Vec<String> {
    let mut lines = lines(of);
    lines.retain(|line| line.contains(" after "));
    lines
}

#[tokio::test]
async fn a_middleware_sees_every_attempt_and_may_add_headers() {
    let server = Server::new([json(503, "{}"), Act::Close, json(200, "{}")]);
    let seen = Arc::default();
    let client = configured(&server)
        .middleware(Witness::new("outer", &seen))
        .middleware(Witness::new("inner", &seen))
        .build()
        .expect("the configuration is right");
    client.clusters().get("c").await.expect("it succeeds");
    let expected = [
        "inner after 1: 503",
        "outer after 1: 503",
        "inner after 2: failed",
        "outer after 2: failed",
        "inner after 3: 200",
        "outer after 3: 200",
    ];
    assert_eq!(reports(&seen), expected);
    for request in server.requests() {
        let signed = "x-signature: outer-0\r\nx-signature: inner-0\r\n";
        assert!(request.contains(signed), "{request}");
    }
}

#[tokio::test]
async fn a_middleware_sees_no_credentials_and_cannot_replace_them() {
    struct Forger;
    impl Middleware for Forger {
        fn before(&self, request: &mut AttemptRequest<'_>) -> Result<(), MiddlewareError> {
            assert!(!request.headers().contains_key("authorization"));
            let shown = format!("{:?}", request.headers());
            assert!(!shown.contains("canary"), "{shown}");
            let forged = HeaderValue::from_static("Bearer forged");
            request.headers_mut().insert("authorization", forged);
            Ok(())
        }
    }
    let server = Server::new([json(200, "{}")]);
    let seen = Arc::default();
    let client = configured(&server)
        .token("canary-token")
        .middleware(Witness::new("one", &seen))
        .middleware(Forger)
        .build()
        .expect("the configuration is right");
    let change = UsersPatchRequest::new(PatchUserProperties::default().password("canary-password"));
    client
        .users()
        .patch("c", "u", &change)
        .with_header("x-session", "canary-session")
        .await
        .expect_err("the answer is no user");
    let request = &server.requests()[0];
    assert!(
        request.contains("authorization: Bearer canary-token\r\n"),
        "{request}"
    );
    assert!(!request.contains("forged"), "{request}");
    assert!(lines(&seen).len() == 2, "{:?}", lines(&seen));
    assert!(
        !lines(&seen).concat().contains("canary"),
        "{:?}",
        lines(&seen)
    );
}

#[tokio::test]
async fn a_refused_attempt_is_not_sent() {
    for refuses in [1, 2] {
        let server = Server::new([json(503, "{}"), json(200, "{}")]);
        let seen = Arc::default();
        let witness = Witness {
            refuses,
            ..Witness::new("one", &seen)
        };
        let client = configured(&server).middleware(witness).build();
        let client = client.expect("the configuration is right");
        let error = client.clusters().get("c").await.expect_err("it is refused");
        let sent = refuses - 1;
        assert_eq!(server.count(), usize::try_from(sent).expect("it is small"));
        assert_eq!(error.context().attempts(), sent);
        assert_eq!(error.outcome_unknown(), sent > 0, "{error}");
        let cause = error.source().expect("the middleware said why");
        assert_eq!(cause.to_string(), "the key has expired");
        let text = error.to_string();
        let before = if sent == 0 {
            "not sent"
        } else {
            "not sent again"
        };
        let end = format!(": {before}: a middleware refused it");
        assert!(text.ends_with(&end), "{text}");
        assert_eq!(reports(&seen).len(), server.count());
    }
}

#[tokio::test]
async fn an_attempt_that_is_given_up_is_reported() {
    struct Silence;
    impl Transport for Silence {
        fn send(
            &self,
            _: http::Request<bytes::Bytes>,
        ) -> BoxFuture<'_, Result<http::Response<Box<dyn ResponseBody>>, TransportError>> {
            Box::pin(pending())
        }
    }
    let seen = Arc::default();
    let client = Client::builder()
        .token(TOKEN)
        .transport(Silence)
        .clock(TestClock::default())
        .middleware(Witness::new("one", &seen))
        .build()
        .expect("the configuration is right");
    let call = client.clusters().get("c").send();
    let given_up = tokio::time::timeout(Duration::from_millis(10), call).await;
    assert!(given_up.is_err());
    assert_eq!(reports(&seen), ["one after 1: abandoned"]);
}
