//! What errors and values look like in a log line.

use std::error::Error as _;
use std::time::Duration;

use ionos_dbaas_postgres::{Error, Outcome, TimeLimit, TransportError, TransportErrorKind};

use crate::server::{Act, Server, answer, json};
use crate::{TOKEN, client, configured};

/// How a failed call of an operation reads, and how the cause behind it.
async fn message(act: Act) -> (String, Option<String>) {
    let server = Server::new([act]);
    let call = client(&server).clusters().get("c").with_max_attempts(1);
    let error = call.await.expect_err("it fails");
    let source = error.source().map(ToString::to_string);
    (error.to_string(), source)
}

const CALL: &str = "clustersFindById (GET /clusters/{clusterId})";

#[tokio::test]
async fn an_answer_of_the_api_names_its_status_and_what_the_server_says() {
    let (text, source) = message(json(500, "")).await;
    let status = "the server answered 500 Internal Server Error";
    assert_eq!(text, format!("{CALL}: {status}"));
    assert_eq!(source, None);
    let (text, _) = message(json(520, "")).await;
    assert_eq!(text, format!("{CALL}: the server answered 520"));
    let elsewhere = answer(307, &[("location", "https://elsewhere.example")], "");
    let (text, _) = message(elsewhere).await;
    let status = "the server answered 307 Temporary Redirect";
    assert_eq!(
        text,
        format!("{CALL}: {status}, and redirects are not followed")
    );
    let later = answer(429, &[("retry-after", "1000000")], "");
    let (text, _) = message(later).await;
    assert!(text.contains("429 Too Many Requests"), "{text}");
}

#[tokio::test]
async fn an_answer_of_another_kind_says_of_which() {
    let (text, _) = message(answer(200, &[("content-type", "text/html")], "<p>")).await;
    let start = "the server answered 200 OK with an unexpected body of the type \"text/html\": ";
    assert!(text.starts_with(&format!("{CALL}: {start}")), "{text}");
    let (text, _) = message(json(200, "")).await;
    assert!(
        text.ends_with("200 OK with an unexpected body: it is empty"),
        "{text}"
    );
}

#[tokio::test]
async fn an_error_of_another_shape_has_no_body_of_the_type() {
    for (body, is_meant) in [
        (r#"{"fault": "proxy"}"#, false),
        (r#"{"httpStatus": 404, "fault": "proxy"}"#, true),
    ] {
        let server = Server::new([json(404, body)]);
        let error = client(&server).clusters().get("c").await;
        let error = error.expect_err("there is none");
        assert_eq!(error.body().is_some(), is_meant, "{error:?}");
        let Error::Api(error) = error else {
            panic!("{error}")
        };
        assert_eq!(error.raw_body(), body.as_bytes());
    }
}

#[tokio::test]
async fn a_failure_without_an_answer_says_how_far_it_came() {
    let (text, source) = message(Act::Close).await;
    let start = format!("{CALL}: the connection broke before the answer");
    assert!(text.starts_with(&start), "{text}");
    assert!(text.ends_with("; the server may have executed the request"));
    assert!(source.is_some(), "the cause of it is kept");

    let server = Server::new([json(200, &"x".repeat(100))]);
    let client = configured(&server).max_body(10).build();
    let client = client.expect("the configuration is right");
    let error = client.clusters().get("c").await.expect_err("it is long");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(200));
    assert!(!error.is_retryable() && !error.is_timeout());
    let text = error.to_string();
    assert!(text.contains("200 OK with more than 10 bytes"), "{text}");
    assert!(error.source().is_none());

    let server = Server::new([Act::Silence]);
    let client = configured(&server).attempt_timeout(Duration::from_millis(50));
    let client = client.build().expect("the configuration is right");
    let call = client.clusters().get("c").with_max_attempts(2);
    let error = call.await.expect_err("nothing comes");
    assert!(error.is_retryable() && error.is_timeout());
    let text = error.to_string();
    let start = format!(
        "{CALL} after 2 attempts: no complete answer within 50ms, the limit for one attempt"
    );
    assert!(text.starts_with(&start), "{text}");
    assert!(error.status().is_none() && error.request_id().is_none() && error.body().is_none());
}

#[tokio::test]
async fn a_body_that_is_not_as_described_names_the_place() {
    let wrong = answer(
        200,
        &[("x-request-id", "r-1")],
        r#"{"properties": {"cores": "many"}}"#,
    );
    let server = Server::new([wrong]);
    let error = client(&server).clusters().get("c").await;
    let error = error.expect_err("it cannot be read");
    assert_eq!(error.request_id(), Some("r-1"));
    assert!(!error.outcome_unknown() && !error.is_retryable());
    assert_eq!(error.context().operation().id, "clustersFindById");
    assert_eq!(error.context().attempts(), 1);
    let text = error.to_string();
    assert!(text.contains("200 OK with an unexpected body: "), "{text}");
    assert!(text.contains("properties.cores"), "{text}");
    let source = error.source().expect("the fault is the source");
    assert!(text.ends_with(&source.to_string()), "{text}: {source}");
    let Error::Decode(error) = error else {
        panic!("{error}")
    };
    assert_eq!(error.context().attempts(), 1);
    assert_eq!(error.status().as_u16(), 200);
    assert_eq!(error.headers()["x-request-id"], "r-1");
}

#[tokio::test]
async fn a_request_that_cannot_be_sent_says_why() {
    let server = Server::new([json(200, "{}")]);
    let client = client(&server);
    let call = client.clusters().get("c").with_header("x-note", "a\nb");
    let text = call.await.expect_err("no header can hold it").to_string();
    assert!(text.starts_with(&format!("{CALL}: not sent: ")), "{text}");
    assert!(text.contains("x-note"), "{text}");
    let error = client.clusters().get("..").await;
    let error = error.expect_err("no path can hold it");
    assert!(error.to_string().contains("not sent"), "{error}");
    assert!(error.source().is_none() && error.status().is_none());
    assert_eq!(error.context().attempts(), 0);
    assert_eq!(server.count(), 0);
}

#[tokio::test]
async fn what_is_under_way_can_be_shown_without_a_secret() {
    let server = Server::new([json(200, "{}")]);
    let client = client(&server);
    let clusters = client.clusters();
    let shown = [
        format!("{client:?}"),
        format!("{:?}", clusters.list()),
        format!("{:?}", clusters.list().offset(20).pages()),
        format!("{:?}", clusters.list().items()),
        format!("{:?}", clusters.wait_until_available("c")),
        format!("{:?}", clusters.wait_until_available("c").states()),
        format!("{:?}", clusters.wait_until_deleted("c")),
        format!("{:?}", configured(&server)),
    ];
    for text in &shown {
        assert!(!text.contains(TOKEN), "{text}");
    }
    assert!(shown[1].contains("clustersGet"), "{}", shown[1]);
    assert!(shown[2].contains("Offset(20)"), "{}", shown[2]);
    assert!(shown[4].contains("clustersFindById"), "{}", shown[4]);
}

#[test]
fn each_kind_of_failure_has_words_of_its_own() {
    use TransportErrorKind::{
        Body, CertificateAuthority, CertificateExpired, CertificateName, CertificatePin, Connect,
        ConnectTimeout, Exchange, HeadTooLarge, Setup, Tls,
    };

    let kinds = [
        Setup,
        Connect,
        ConnectTimeout,
        CertificateExpired,
        CertificateName,
        CertificateAuthority,
        CertificatePin,
        Tls,
        Exchange,
        HeadTooLarge,
        Body,
    ];
    let mut texts: Vec<String> = kinds
        .iter()
        .map(|kind| {
            let error = TransportError::new(*kind, Outcome::NotSent, "the cause");
            let cause = error.source().map(ToString::to_string);
            assert_eq!(cause.as_deref(), Some("the cause"));
            error.to_string()
        })
        .collect();
    texts.extend(
        [TimeLimit::Connect, TimeLimit::Attempt, TimeLimit::Total].map(|limit| limit.to_string()),
    );
    let count = texts.len();
    texts.sort();
    texts.dedup();
    assert_eq!(texts.len(), count, "{texts:?}");
}

#[tokio::test]
async fn an_error_of_the_api_can_be_taken_apart() {
    let headers = [("retry-after", "1000000")];
    let server = Server::new([answer(429, &headers, "{\"httpStatus\": 429}")]);
    let error = client(&server).clusters().get("c").await;
    let error = error.expect_err("it is too much");
    assert!(error.is_rate_limited() && error.is_retryable());
    let Error::Api(error) = error else {
        panic!("{error}")
    };
    assert_eq!(error.context().operation().id, "clustersFindById");
    assert_eq!(error.body().and_then(|body| body.http_status), Some(429));
    assert_eq!(error.headers()["retry-after"], "1000000");
    let pause = Duration::from_secs(1_000_000);
    assert_eq!(error.refused_pause(), Some(pause));
    let server = Server::new([Act::Close]);
    let call = client(&server).clusters().get("c").with_max_attempts(1);
    let Err(Error::Transport(failure)) = call.await else {
        panic!("nothing is answered")
    };
    assert_eq!(failure.context().attempts(), 1);
}
