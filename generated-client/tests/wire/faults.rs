//! Faults that no server should have, and that some have.

use std::future::{Future, poll_fn, ready};
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::task::Poll;
use std::time::Duration;

use ionos_dbaas_postgres::v1::Client;
use ionos_dbaas_postgres::v1::models::{Database, DatabaseProperties};
use ionos_dbaas_postgres::{
    BoxFuture, Error, ResponseBody, TimeLimit, Transport, TransportError, TransportErrorKind,
};
use tokio::task::JoinSet;

use crate::clock::TestClock;
use crate::server::{Act, Server, answer, json};
use crate::{TOKEN, client, configured};

const VERSION: &str = r#"{"name": "v1"}"#;

/// 4 MiB of zeros, compressed to 4 KB.
fn bomb() -> Vec<u8> {
    let mut bytes = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xed\xc1\x01\x01\x00\x00\x00\x82\x20\xff\xaf\x6e\x48\x40\x01".to_vec();
    bytes.resize(bytes.len() + 4063, 0);
    bytes.extend_from_slice(b"\x7c\x1b\x6a\x40\x47\x11\x00\x00\x40\x00");
    bytes
}

#[tokio::test]
async fn a_gzip_bomb_stays_as_small_as_it_came() {
    let mut act = b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\n".to_vec();
    act.extend(format!("content-length: {}\r\n\r\n", bomb().len()).bytes());
    act.extend(bomb());
    let server = Server::new([Act::Send(act)]);
    let limited = configured(&server).max_body(bomb().len()).build();
    let limited = limited.expect("the configuration is right");
    let error = limited.metadata().get_api_version().await;
    // Unpacked, it would be longer than the limit.
    assert!(matches!(error, Err(Error::Decode(_))), "{error:?}");
    let request = server.requests().remove(0);
    assert!(!request.contains("accept-encoding"), "{request}");
}

#[tokio::test]
async fn a_huge_head_is_refused_and_not_asked_for_again() {
    let long = format!("HTTP/1.1 200 OK\r\nx-long: {}\r\n\r\n", "x".repeat(100_000));
    let many = format!("HTTP/1.1 200 OK\r\n{}\r\n", "x-many: x\r\n".repeat(100_000));
    let endless = format!("HTTP/1.1 200 OK\r\nx: {}", "x".repeat(10_000_000));
    for head in [long, many, endless] {
        let server = Server::new([Act::SendAndClose(head.into_bytes())]);
        let call = client(&server).metadata().get_api_version();
        let error = call.await.expect_err("the head is too long");
        let Error::Transport(failure) = &error else {
            panic!("{error}");
        };
        let kind = failure.transport_error().map(TransportError::kind);
        assert_eq!(kind, Some(TransportErrorKind::HeadTooLarge), "{error}");
        assert_eq!(server.count(), 1);
    }
}

#[tokio::test]
async fn a_timeout_names_the_limit_that_was_reached() {
    let server = Server::new([Act::Silence]);
    let short = Duration::from_millis(60);
    let patient = Client::builder()
        .token(TOKEN)
        .base_url(server.url())
        .max_attempts(1);
    let client = patient.build().expect("the configuration is right");
    let call = || client.metadata().get_api_version();
    let cases = [
        (
            call().with_attempt_timeout(short),
            TimeLimit::Attempt,
            "one attempt",
        ),
        (call().with_deadline(short), TimeLimit::Total, "deadline"),
    ];
    for (call, limit, word) in cases {
        let error = call.await.expect_err("nothing comes");
        let Error::Transport(failure) = &error else {
            panic!("{error}");
        };
        assert_eq!(failure.time_limit(), Some(limit), "{error}");
        let text = error.to_string();
        assert!(text.contains("60ms") && text.contains(word), "{text}");
    }
}

#[tokio::test]
#[cfg(any(feature = "rustls", feature = "native-tls"))]
async fn a_connection_that_is_not_made_in_time_is_none() {
    let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).expect("a port is free");
    let address = listener.local_addr().expect("the listener has an address");
    // It accepts, and never shakes hands.
    let client = Client::builder()
        .token(TOKEN)
        .base_url(format!("https://{address}"))
        .connect_timeout(Duration::from_millis(60))
        .max_attempts(2)
        .build()
        .expect("the configuration is right");
    let error = client.metadata().get_api_version().await;
    let error = error.expect_err("no connection is made");
    let Error::Transport(failure) = &error else {
        panic!("{error}");
    };
    assert_eq!(failure.time_limit(), Some(TimeLimit::Connect), "{error}");
    assert!(error.is_timeout() && !error.outcome_unknown(), "{error}");
    assert_eq!(error.context().attempts(), 2, "{error}");
}

/// Counts attempts, and answers that the server is out of service.
#[derive(Clone, Default)]
struct Outage(Arc<AtomicU32>);

impl Transport for Outage {
    fn send(
        &self,
        _: http::Request<bytes::Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Box<dyn ResponseBody>>, TransportError>> {
        self.0.fetch_add(1, Ordering::Relaxed);
        let nothing: Box<dyn ResponseBody> = Box::new(None);
        let mut response = http::Response::new(nothing);
        *response.status_mut() = http::StatusCode::SERVICE_UNAVAILABLE;
        Box::pin(ready(Ok(response)))
    }
}

#[tokio::test]
async fn a_thousand_calls_at_once_share_one_budget() {
    let outage = Outage::default();
    let client = Client::builder()
        .token(TOKEN)
        .transport(outage.clone())
        .clock(TestClock::default())
        .build()
        .expect("the configuration is right");
    let mut calls = JoinSet::new();
    for _ in 0..1000 {
        calls.spawn(client.metadata().get_api_version().send());
    }
    let results = calls.join_all().await;
    assert!(results.iter().all(Result::is_err));
    assert_eq!(outage.0.load(Ordering::Relaxed), 1000 + 50);
}

#[tokio::test]
async fn a_call_may_be_dropped_at_every_await() {
    let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 14\r\n\r\n{\"name\": \"v1\"}".to_vec();
    let drip = Act::Drip(answer, Duration::from_millis(1));
    let server = Server::new([drip]);
    let client = client(&server);
    let mut dropped = 0;
    loop {
        let mut polls = 0;
        let mut call = pin!(client.metadata().get_api_version().send());
        let ended = poll_fn(|context| {
            if polls == dropped {
                return Poll::Ready(None);
            }
            polls += 1;
            call.as_mut().poll(context).map(Some)
        });
        match ended.await {
            None => dropped += 1,
            Some(result) => {
                result.expect("a call that is not dropped succeeds");
                break;
            }
        }
    }
    // At least while it connects and while it waits; where the machine is busy, more bytes are there at once.
    assert!(dropped >= 2, "{dropped} calls were dropped");
    let call = client.metadata().get_api_version();
    call.await.expect("the client still works");
}

#[tokio::test]
async fn a_reset_after_the_request_leaves_the_outcome_open() {
    let server = Server::new([Act::Reset, json(200, VERSION)]);
    let database = Database::new(DatabaseProperties::new("db", "owner"));
    let error = client(&server).databases().create("c", &database).await;
    let error = error.expect_err("a POST is not sent again");
    assert!(error.outcome_unknown(), "{error}");
    assert_eq!(server.count(), 1);
    let server = Server::new([Act::Reset, json(200, VERSION)]);
    let call = client(&server).metadata().get_api_version();
    call.await.expect("a GET is sent again");
    assert_eq!(server.count(), 2);
}

#[tokio::test]
async fn a_connection_that_the_server_has_closed_is_not_used_again() {
    let created = r#"{"type":"database","id":"db","properties":{"name":"db","owner":"o"}}"#;
    let Act::Send(answer) = json(201, created) else {
        panic!("an answer is sent");
    };
    let server = Server::new([Act::SendAndClose(answer)]);
    let client = client(&server);
    let database = Database::new(DatabaseProperties::new("db", "owner"));
    for _ in 0..3 {
        let call = client.databases().create("c", &database);
        let answer = call.send_with_response().await.expect("it succeeds");
        assert_eq!(answer.attempts(), 1);
        // The end of the connection may arrive after the answer.
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(server.connections(), 3);
}

/// The end of a kept connection and the next request meet: the request is taken back unsent, and goes
/// out on another connection within the same attempt.
#[tokio::test]
async fn a_request_that_a_kept_connection_gives_back_is_sent_on_another_one() {
    let created = r#"{"type":"database","id":"db","properties":{"name":"db","owner":"o"}}"#;
    let Act::Send(answer) = json(201, created) else {
        panic!("an answer is sent");
    };
    let server = Server::new([Act::SendAndCloseLater(answer, Duration::from_millis(40))]);
    let client = client(&server);
    let database = Database::new(DatabaseProperties::new("db", "owner"));
    let create = || client.databases().create("c", &database);
    create().await.expect("it succeeds");

    // The runtime learns of the end of the connection in the same turn in which this test goes on, and
    // lets the test go first: the connection still looks open when the next call takes it.
    let mut nap = pin!(tokio::time::sleep(Duration::from_millis(5)));
    let begun = poll_fn(|context| Poll::Ready(nap.as_mut().poll(context))).await;
    assert!(begun.is_pending());
    std::thread::sleep(Duration::from_millis(100));
    nap.await;
    let call = create().with_max_attempts(1).send_with_response().await;
    assert_eq!(call.expect("it succeeds").attempts(), 1);
    assert_eq!((server.count(), server.connections()), (2, 2));
}

/// Some servers close the connection after a failure of their own, and do not say so.
#[tokio::test]
async fn a_connection_is_not_kept_after_a_failure_of_the_server() {
    let created = r#"{"type":"database","id":"db","properties":{"name":"db","owner":"o"}}"#;
    let server = Server::new([json(500, "{}"), json(422, "{}"), json(201, created)]);
    let client = client(&server);
    let database = Database::new(DatabaseProperties::new("db", "owner"));
    let create = || client.databases().create("c", &database);
    assert!(create().await.is_err_and(|error| error.outcome_unknown()));
    assert!(create().await.is_err());
    create().await.expect("it succeeds");
    assert_eq!((server.count(), server.connections()), (3, 2));
}

#[tokio::test]
async fn calls_at_the_same_time_have_connections_of_their_own() {
    let server = Server::new([json(200, VERSION)]);
    let client = client(&server);
    let mut calls = JoinSet::new();
    for _ in 0..20 {
        calls.spawn(client.metadata().get_api_version().send());
    }
    assert!(calls.join_all().await.iter().all(Result::is_ok));
    let most = server.connections();
    for _ in 0..20 {
        let call = client.metadata().get_api_version();
        call.await.expect("it succeeds");
    }
    assert_eq!(server.connections(), most);
}

#[tokio::test]
async fn a_proxy_gets_the_whole_url_of_a_plain_request() {
    let proxy = Server::new([json(200, VERSION)]);
    let url = proxy.url().replace("http://", "http://user:canary@");
    let builder = Client::builder()
        .token(TOKEN)
        .base_url("http://db.example/v1")
        .allow_plain_http()
        .proxy(url);
    assert!(!format!("{builder:?}").contains("canary"));
    let client = builder.build().expect("the configuration is right");
    let call = client.metadata().get_api_version();
    call.await.expect("the proxy answers");
    let request = proxy.requests().remove(0);
    let line = "GET http://db.example/v1/infos/version HTTP/1.1\r\n";
    assert!(request.starts_with(line), "{request}");
    assert!(request.contains("host: db.example\r\n"), "{request}");
    let login = "proxy-authorization: Basic dXNlcjpjYW5hcnk=\r\n";
    assert!(request.contains(login), "{request}");
}

#[test]
fn a_call_outside_of_a_runtime_is_an_error_and_no_panic() {
    let server = Server::new([json(200, VERSION)]);
    let client = Client::builder()
        .token(TOKEN)
        .base_url(server.url())
        .build();
    let client = client.expect("the configuration is right");
    let assert_refused = || {
        let mut call = pin!(client.metadata().get_api_version().send());
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        let Poll::Ready(result) = call.as_mut().poll(&mut context) else {
            panic!("there is nothing to wait for");
        };
        let error = result.expect_err("there is no runtime");
        let Error::Transport(failure) = &error else {
            panic!("{error}");
        };
        let kind = failure.transport_error().map(TransportError::kind);
        assert_eq!(kind, Some(TransportErrorKind::Setup), "{error}");
    };
    assert_refused();
    // Now there is a connection that was kept.
    let runtime = tokio::runtime::Runtime::new().expect("there is a runtime");
    let call = client.metadata().get_api_version().send();
    runtime.block_on(call).expect("it succeeds");
    assert_refused();
}

#[tokio::test]
async fn an_error_of_a_proxy_is_kept() {
    let html = answer(
        503,
        &[("content-type", "text/html")],
        "<h1>maintenance</h1>",
    );
    let server = Server::new([html]);
    let call = client(&server).clusters().get("c").with_max_attempts(1);
    let Err(Error::Api(error)) = call.await else {
        panic!("the status is an answer");
    };
    assert_eq!(error.raw_body(), b"<h1>maintenance</h1>");
    assert_eq!(error.headers()["content-type"], "text/html");
}
