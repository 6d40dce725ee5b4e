//! Limits of time and memory.

use std::time::{Duration, Instant};

use ionos_dbaas_postgres::v1::Client;

use crate::server::{Act, Server, json};
use crate::{TOKEN, configured};

/// Much longer than the limits that are set here, however busy the machine is, and much shorter than the usual ones.
const LONG: Duration = Duration::from_secs(20);

/// A client on the real clock, with short limits.
fn hasty(server: &Server, attempts: u32) -> Client {
    Client::builder()
        .token(TOKEN)
        .base_url(server.url())
        .attempt_timeout(Duration::from_millis(150))
        .deadline(Duration::from_millis(400))
        .max_attempts(attempts)
        .build()
        .expect("the configuration is right")
}

#[tokio::test]
async fn no_call_outlives_its_deadline() {
    let slow_head = Act::Drip(
        b"HTTP/1.1 200 OK\r\n\r\n".repeat(9),
        Duration::from_millis(30),
    );
    let slow_body = b"HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n                            ";
    let slow_body = Act::Drip(slow_body.to_vec(), Duration::from_millis(20));
    for act in [Act::Silence, slow_head, slow_body] {
        let server = Server::new([act.clone()]);
        let start = Instant::now();
        let error = hasty(&server, 9).metadata().get_api_version().await;
        let error = error.expect_err("the answer is never complete");
        assert!(start.elapsed() < LONG, "{act:?}: {:?}", start.elapsed());
        assert!(error.is_timeout(), "{act:?}: {error}");
        assert!(error.outcome_unknown(), "{act:?}: {error}");
    }
}

#[tokio::test]
async fn a_call_may_have_a_deadline_of_its_own() {
    let server = Server::new([Act::Silence]);
    let start = Instant::now();
    let client = Client::builder()
        .token(TOKEN)
        .base_url(server.url())
        .build()
        .expect("it is right");
    let call = client
        .metadata()
        .get_api_version()
        .with_deadline(Duration::from_millis(100));
    assert!(call.await.expect_err("nothing comes").is_timeout());
    assert!(start.elapsed() < LONG);
}

#[tokio::test]
async fn a_deadline_may_be_as_long_as_it_likes() {
    let server = Server::new([json(503, ""), json(200, r#"{"name": "v1"}"#)]);
    let client = configured(&server)
        .deadline(Duration::MAX)
        .attempt_timeout(Duration::MAX)
        .build()
        .expect("it is right");
    let version = client.metadata().get_api_version().await;
    assert!(version.is_ok(), "{version:?}");
}

fn with_longest_body(server: &Server, bytes: usize) -> Client {
    let client = Client::builder()
        .token(TOKEN)
        .base_url(server.url())
        .max_body(bytes)
        .build();
    client.expect("the configuration is right")
}

#[tokio::test]
async fn memory_is_bounded() {
    let server = Server::new([Act::Endless]);
    let client = with_longest_body(&server, 100_000);
    let error = client
        .metadata()
        .get_api_version()
        .await
        .expect_err("the body never ends");
    assert!(
        error.to_string().contains("more than 100000 bytes"),
        "{error}"
    );
    assert_eq!(server.count(), 1);
}

#[tokio::test]
async fn a_body_may_be_as_long_as_the_limit() {
    let version = r#"{"name": "v1"}"#;
    for (limit, is_read) in [(version.len(), true), (version.len() - 1, false)] {
        let server = Server::new([json(200, version)]);
        let client = with_longest_body(&server, limit);
        let answer = client.metadata().get_api_version().await;
        assert_eq!(answer.is_ok(), is_read, "{limit} bytes: {answer:?}");
    }
}

#[tokio::test]
async fn a_long_error_keeps_its_beginning() {
    let head = "HTTP/1.1 400 Bad Request\r\ntransfer-encoding: chunked\r\n\r\n";
    let chunk = format!("3c\r\n{}\r\n", "x".repeat(60));
    let in_chunks = format!("{head}{}0\r\n\r\n", chunk.repeat(3));
    for act in [
        json(400, &"x".repeat(1000)),
        Act::Send(in_chunks.into_bytes()),
    ] {
        let server = Server::new([act]);
        let client = with_longest_body(&server, 100);
        let error = client
            .metadata()
            .get_api_version()
            .await
            .expect_err("it fails");
        let ionos_dbaas_postgres::Error::Api(error) = error else {
            panic!("{error}");
        };
        assert_eq!(error.raw_body(), "x".repeat(100).as_bytes());
    }
}

#[tokio::test]
async fn a_dropped_call_leaves_the_client_usable() {
    let server = Server::new([Act::Silence, json(200, r#"{"name": "v1"}"#)]);
    let client = Client::builder()
        .token(TOKEN)
        .base_url(server.url())
        .build()
        .expect("it is right");
    let call = client.metadata().get_api_version().send();
    let dropped = tokio::time::timeout(Duration::from_millis(50), call).await;
    assert!(dropped.is_err());
    client
        .metadata()
        .get_api_version()
        .await
        .expect("the next call succeeds");
}

#[tokio::test]
async fn connections_are_used_again() {
    let server = Server::new([json(200, r#"{"name": "v1"}"#)]);
    let client = Client::builder()
        .token(TOKEN)
        .base_url(server.url())
        .build()
        .expect("it is right");
    for _ in 0..5 {
        client
            .metadata()
            .get_api_version()
            .await
            .expect("it succeeds");
    }
    assert_eq!((server.count(), server.connections()), (5, 1));
}
