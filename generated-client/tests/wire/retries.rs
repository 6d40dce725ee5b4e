//! Which calls are repeated, how often, and after which pause.

use std::net::TcpListener;
use std::time::Duration;

use ionos_dbaas_postgres::v1::Client;
use ionos_dbaas_postgres::v1::models::{
    Database, DatabaseProperties, PatchUserProperties, UsersPatchRequest,
};

use crate::clock::TestClock;
use crate::server::{Act, Server, answer, json};
use crate::{TOKEN, client, configured};

const VERSION: &str = r#"{"name": "v1"}"#;

fn database() -> Database {
    Database::new(DatabaseProperties::new("db", "owner"))
}

/// The faults that a call survives, where a second execution does no harm.
fn faults() -> Vec<Act> {
    vec![
        json(502, "{}"),
        json(503, ""),
        json(504, "<html>"),
        Act::Close,
        Act::Reset,
        Act::SendAndClose(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"name\"".to_vec()),
        Act::SendAndClose(
            b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{\"n".to_vec(),
        ),
        Act::SendAndClose(b"HTTP/1.1 200 OK\r\n".to_vec()),
        Act::SendAndClose(b"no HTTP at all\r\n\r\n".to_vec()),
        json(429, "{}"),
    ]
}

#[tokio::test]
async fn get_survives_every_fault_and_then_some() {
    for fault in faults() {
        let server = Server::new([
            fault.clone(),
            fault.clone(),
            fault.clone(),
            json(200, VERSION),
        ]);
        let answer = client(&server)
            .metadata()
            .get_api_version()
            .send_with_response()
            .await;
        let answer = answer.unwrap_or_else(|error| panic!("{fault:?}: {error}"));
        assert_eq!(answer.value().name.as_deref(), Some("v1"), "{fault:?}");
        assert_eq!(answer.attempts(), 4, "{fault:?}");
        assert_eq!(server.count(), 4, "{fault:?}");
    }
}

#[tokio::test]
async fn a_call_gives_up_after_its_attempts() {
    let server = Server::new([json(503, "{}")]);
    let error = client(&server)
        .metadata()
        .get_api_version()
        .await
        .expect_err("it fails");
    assert_eq!(server.count(), 4);
    assert_eq!(error.context().attempts(), 4);
    assert!(error.is_retryable());
    let server = Server::new([json(503, "{}")]);
    let call = client(&server)
        .metadata()
        .get_api_version()
        .with_max_attempts(1);
    assert!(call.await.is_err());
    assert_eq!(server.count(), 1);
}

#[tokio::test]
async fn delete_and_patch_are_repeated_too() {
    let server = Server::new([json(502, ""), answer(204, &[], "")]);
    client(&server)
        .databases()
        .delete("c", "db")
        .await
        .expect("the second attempt succeeds");
    assert_eq!(server.count(), 2);
    let server = Server::new([Act::Close, json(200, "{}")]);
    let change = UsersPatchRequest::new(PatchUserProperties::default().password("another"));
    let call = client(&server).users().patch("c", "u", &change);
    // Whether the answer can be read is beside the point.
    let _ = call.await;
    assert_eq!(server.count(), 2);
}

#[tokio::test]
async fn a_post_is_never_sent_twice_once_the_server_may_have_seen_it() {
    let body_cut = b"HTTP/1.1 201 Created\r\ncontent-length: 50\r\n\r\n{".to_vec();
    for fault in [
        Act::Close,
        Act::Reset,
        Act::SendAndClose(body_cut),
        json(503, "{}"),
        json(502, "{}"),
    ] {
        let server = Server::new([fault.clone(), json(201, "{}")]);
        let database = database();
        let error = client(&server).databases().create("c", &database).await;
        let error = error.expect_err("there is no second attempt");
        assert_eq!(server.count(), 1, "{fault:?}");
        assert!(error.outcome_unknown(), "{fault:?}: {error}");
    }
}

#[tokio::test]
async fn an_attempt_that_takes_too_long_is_repeated_where_that_does_no_harm() {
    // The time of the clock is the real one, so that the second attempt has enough of it.
    let patient = |server: &Server| {
        let client = Client::builder()
            .token(TOKEN)
            .base_url(server.url())
            .attempt_timeout(Duration::from_millis(500));
        client.build().expect("the configuration is right")
    };
    let server = Server::new([Act::Silence, json(200, VERSION)]);
    patient(&server)
        .metadata()
        .get_api_version()
        .await
        .expect("the second one succeeds");
    assert_eq!(server.count(), 2);
    let server = Server::new([Act::Silence, json(201, "{}")]);
    let error = patient(&server)
        .databases()
        .create("c", &database())
        .await
        .expect_err("there is no second attempt");
    assert!(error.outcome_unknown(), "{error}");
    assert_eq!(server.count(), 1);
}

#[tokio::test]
async fn a_post_is_repeated_where_the_server_has_not_executed_it() {
    let created = r#"{"type":"database","id":"db","properties":{"name":"db","owner":"o"}}"#;
    let server = Server::new([json(429, "{}"), json(201, created)]);
    client(&server)
        .databases()
        .create("c", &database())
        .await
        .expect("the second one succeeds");
    assert_eq!(server.count(), 2);
}

#[tokio::test]
async fn a_refused_connection_is_tried_again_even_for_a_post() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port is free");
    let address = listener.local_addr().expect("the listener has an address");
    drop(listener);
    let clock = TestClock::default();
    let client: Client = Client::builder()
        .token(TOKEN)
        .base_url(format!("http://{address}"))
        .clock(clock.clone())
        .build()
        .expect("the configuration is right");
    let error = client
        .databases()
        .create("c", &database())
        .await
        .expect_err("nobody listens");
    assert_eq!(error.context().attempts(), 4);
    assert_eq!(clock.pauses().len(), 3);
    assert!(!error.outcome_unknown(), "{error}");
}

#[tokio::test]
async fn the_server_says_how_long_to_wait() {
    let cases = [
        ("3", Some(3)),
        ("0", Some(0)),
        ("Sun, 06 Nov 1994 08:49:47 GMT", Some(10)),
        ("Sun, 06 Nov 1994 08:00:00 GMT", Some(0)),
        ("garbage", None),
        ("-5", None),
    ];
    for (wish, seconds) in cases {
        let busy = answer(429, &[("retry-after", wish)], "");
        let server = Server::new([busy, json(200, VERSION)]);
        let clock = TestClock::default();
        let client = configured(&server)
            .clock(clock.clone())
            .build()
            .expect("it is right");
        client
            .metadata()
            .get_api_version()
            .await
            .expect("the second attempt succeeds");
        let pauses = clock.pauses();
        match seconds {
            Some(seconds) => assert_eq!(pauses, [Duration::from_secs(seconds)], "{wish}"),
            None => assert!(pauses[0] < Duration::from_millis(201), "{wish}: {pauses:?}"),
        }
    }
}

#[tokio::test]
async fn a_wish_beyond_the_deadline_ends_the_call_at_once() {
    for wish in ["1000000000000", "99999999999999999999999", "3600"] {
        let server = Server::new([answer(429, &[("retry-after", wish)], "")]);
        let clock = TestClock::default();
        let client = configured(&server)
            .clock(clock.clone())
            .build()
            .expect("it is right");
        let error = client
            .metadata()
            .get_api_version()
            .await
            .expect_err("it cannot wait");
        assert_eq!(clock.pauses().len(), 0, "{wish}");
        assert!(error.is_rate_limited());
        assert!(error.to_string().contains("deadline"), "{error}");
    }
}

#[tokio::test]
async fn a_storm_stays_bounded() {
    let server = Server::new([json(503, "{}")]);
    let client = configured(&server)
        .retry_budget(20)
        .build()
        .expect("it is right");
    for _ in 0..100 {
        assert!(client.metadata().get_api_version().await.is_err());
    }
    assert_eq!(server.count(), 120);
}

#[tokio::test]
async fn status_401_is_not_repeated() {
    let server = Server::new([json(401, "{}")]);
    let error = client(&server)
        .metadata()
        .get_api_version()
        .await
        .expect_err("it fails");
    assert!(error.is_unauthorized());
    assert_eq!(server.count(), 1);
}
