//! The scripted transport that users test their programs with.

#![cfg(feature = "test-util")]

use std::time::Duration;

use ionos_dbaas_postgres::test_util::{ScriptedAnswer, ScriptedTransport};
use ionos_dbaas_postgres::v1::Client;
use ionos_dbaas_postgres::v1::models::{PatchUserProperties, UsersPatchRequest};
use ionos_dbaas_postgres::{TransportError, TransportErrorKind, WaitError};
use serde_json::json;

const CANARY: &str = "canary-4471";

fn client(server: &ScriptedTransport) -> Client {
    let builder = Client::builder().token(CANARY).header("x-key", CANARY);
    let client = builder.transport(server.clone()).build();
    client.expect("the configuration is right")
}

#[tokio::test(start_paused = true)]
async fn faults_are_answers_too() {
    let server = ScriptedTransport::new([
        ScriptedAnswer::refused(),
        ScriptedAnswer::broken(),
        ScriptedAnswer::empty(429).header("retry-after", "7"),
        ScriptedAnswer::json(200, &json!({"id": "c"})).cut(),
    ]);
    let start = tokio::time::Instant::now();
    let call = client(&server).clusters().get("c");
    let error = call.await.expect_err("the last attempt fails as well");
    let Some(failure) = transport_error(&error) else {
        panic!("{error}")
    };
    assert_eq!(failure, TransportErrorKind::Body);
    assert!(start.elapsed() >= Duration::from_secs(7));
    server.assert_requests(&["GET /clusters/c"; 4]);
    server.assert_finished();
}

fn transport_error(error: &ionos_dbaas_postgres::v1::Error) -> Option<TransportErrorKind> {
    match error {
        ionos_dbaas_postgres::Error::Transport(failure) => {
            failure.transport_error().map(TransportError::kind)
        }
        _ => None,
    }
}

#[tokio::test(start_paused = true)]
async fn silence_lasts_until_a_limit() {
    let server = ScriptedTransport::new([ScriptedAnswer::silence()]);
    let call = client(&server).clusters().get("c").with_max_attempts(1);
    let error = call.await.expect_err("nobody answers");
    assert!(error.is_timeout(), "{error}");
}

#[tokio::test(start_paused = true)]
async fn a_closure_can_answer_by_what_it_is_asked() {
    let mut polls = 0;
    let server = ScriptedTransport::answering(move |request| {
        assert_eq!(
            request.operation().map(|known| known.id),
            Some("clustersFindById")
        );
        polls += 1;
        let state = if polls < 3 { "BUSY" } else { "AVAILABLE" };
        ScriptedAnswer::json(
            200,
            &json!({"id": request.path(), "metadata": {"state": state}}),
        )
    });
    let cluster = client(&server).clusters().wait_until_available("a b").await;
    let cluster = cluster.map_err(|error: WaitError<_>| error.to_string());
    assert_eq!(
        cluster.expect("it is available").id.as_deref(),
        Some("/clusters/a%20b")
    );
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn what_was_sent_can_be_read_and_shows_no_secret() {
    let server = ScriptedTransport::new([
        ScriptedAnswer::json(200, &json!({})),
        ScriptedAnswer::json(200, &json!({})),
    ]);
    let client = client(&server);
    let change = UsersPatchRequest::new(PatchUserProperties::default().password(CANARY));
    client
        .users()
        .patch("c", "u", &change)
        .await
        .expect_err("the answer is no user");
    let list = client.clusters().list().name_contains("a & b");
    list.await.expect("it succeeds");
    let [patch, list] = &server.requests()[..] else {
        panic!("two requests were sent")
    };
    patch.assert_json(&json!({"properties": {"password": CANARY}}));
    assert_eq!(patch.method(), "PATCH");
    assert_eq!(patch.headers()["x-key"], "(redacted)");
    assert!(patch.body().starts_with(b"{"));
    assert_eq!(patch.header("authorization"), Some("(redacted)"));
    assert_eq!(patch.header("x-key"), Some("(redacted)"));
    assert_eq!(list.query("filter.name").as_deref(), Some("a & b"));
    assert_eq!(list.query("limit"), None);
    let shown = format!("{server:?} {patch:#?}");
    assert!(shown.contains("PATCH /clusters/c/users/u"), "{shown}");
    assert!(!shown.contains(CANARY), "{shown}");
}

#[tokio::test]
#[should_panic(expected = "expected:\n    GET /clusters/d\n  sent:\n    GET /clusters/c\n")]
async fn other_requests_than_expected_fail_a_test() {
    let server = ScriptedTransport::new([ScriptedAnswer::json(200, &json!({}))]);
    client(&server)
        .clusters()
        .get("c")
        .await
        .expect("it succeeds");
    server.assert_requests(&["GET /clusters/d"]);
}

#[tokio::test]
#[should_panic(expected = "the script has no answer to request 1, DELETE /clusters/c")]
async fn a_request_without_an_answer_fails_a_test() {
    let server = ScriptedTransport::new([]);
    let _ = client(&server).clusters().delete("c").await;
}

#[tokio::test]
#[should_panic(expected = "1 answers of the script are left")]
async fn an_answer_that_is_left_fails_a_test() {
    ScriptedTransport::new([ScriptedAnswer::empty(204)]).assert_finished();
}

#[tokio::test]
#[should_panic(expected = "the body of GET /clusters/c is no JSON")]
async fn a_body_that_is_no_json_fails_a_test() {
    let server = ScriptedTransport::new([ScriptedAnswer::json(200, &json!({}))]);
    let call = client(&server).clusters().get("c");
    call.await.expect("it succeeds");
    server.requests()[0].assert_json(&json!({}));
}

#[tokio::test(start_paused = true)]
async fn a_pause_is_cut_so_that_waiting_looks_once_more_before_its_deadline() {
    let server = ScriptedTransport::new([
        ScriptedAnswer::json(200, &json!({"metadata": {"state": "BUSY"}})),
        ScriptedAnswer::json(200, &json!({"metadata": {"state": "AVAILABLE"}})),
    ]);
    let minute = Duration::from_secs(60);
    let client = client(&server);
    let waiting = client.clusters().wait_until_available("c");
    let waiting = waiting.interval(minute, minute).deadline(minute);
    waiting.await.expect("it is available before the deadline");
    server.assert_finished();
}
