//! The client whose calls block.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use ionos_dbaas_postgres::v1::blocking;
use ionos_dbaas_postgres::{ClientBuilder, Error, Seen, WaitError};

use crate::clock::TestClock;
use crate::server::{Act, Server, json};

fn configured(server: &Server) -> ClientBuilder<blocking::Client> {
    blocking::Client::builder()
        .base_url(server.url())
        .token(crate::TOKEN)
        .clock(TestClock::default())
}

fn client(server: &Server) -> blocking::Client {
    let client = configured(server).build();
    client.expect("the configuration is right")
}

#[test]
fn a_call_is_repeated_and_answered() {
    let server = Server::new([json(503, "{}"), Act::Close, json(200, r#"{"id": "c"}"#)]);
    let answer = client(&server).clusters().get("c").send_with_response();
    let answer = answer.expect("it succeeds");
    assert_eq!(answer.attempts(), 3);
    assert_eq!(answer.value().id.as_deref(), Some("c"));
    assert!(server.requests()[2].contains(crate::TOKEN));
}

#[test]
fn an_error_is_that_of_the_async_client() {
    let server = Server::new([json(404, r#"{"httpStatus": 404}"#)]);
    let call = client(&server).users().get("c", "nobody");
    let error = call.send().expect_err("there is no such user");
    assert!(error.is_not_found(), "{error}");
    assert_eq!(error.body().and_then(|body| body.http_status), Some(404));
}

#[test]
fn bytes_can_be_had_as_they_arrive() {
    let server = Server::new([json(200, "no JSON"), json(404, r#"{"httpStatus": 404}"#)]);
    let client = client(&server);
    let bytes = client.clusters().get("c").raw_answer().send();
    let bytes = bytes.expect("it begins").blocking_bytes();
    assert_eq!(bytes.expect("it is whole"), "no JSON");
    let error = client.clusters().get("c").raw_answer().send();
    let error = error.expect_err("there is none");
    assert_eq!(error.body().and_then(|body| body.http_status), Some(404));
}

#[test]
fn a_call_names_its_contract() {
    let server = Server::new([json(200, "{}")]);
    let call = client(&server).clusters().get("c").with_contract_number(7);
    call.send().expect("it succeeds");
    assert!(server.requests()[0].contains("x-contract-number: 7\r\n"));
}

#[test]
fn a_limit_of_time_holds() {
    let server = Server::new([Act::Silence]);
    let builder = blocking::Client::builder()
        .base_url(server.url())
        .token(crate::TOKEN);
    let client = builder.build().expect("the configuration is right");
    let start = Instant::now();
    let call = client
        .clusters()
        .get("c")
        .with_deadline(Duration::from_millis(200));
    let error = call.send().expect_err("nobody answers");
    assert!(error.is_timeout(), "{error}");
    assert!(start.elapsed() < Duration::from_secs(60));
}

#[test]
fn items_are_those_of_all_pages_and_an_error_is_no_end() {
    let page = r#"{"items": [{"id": "1"}, {"id": "2"}]}"#;
    let last = r#"{"items": [{"id": "3"}]}"#;
    let server = Server::new([json(200, page), json(400, "{}"), json(200, last)]);
    let mut items = client(&server).clusters().list().limit(2).items();
    let mut ids = Vec::new();
    let mut errors = 0;
    for item in items.by_ref() {
        match item {
            Ok(cluster) => ids.push(cluster.id.unwrap_or_default()),
            Err(_) => errors += 1,
        }
    }
    assert_eq!(ids, ["1", "2", "3"]);
    assert_eq!(errors, 1);
    assert_eq!(items.offset(), 3);
    for (request, offset) in server.requests().iter().zip([0, 2, 2]) {
        assert!(request.contains(&format!("offset={offset}")), "{request}");
    }
    assert_eq!(client(&server).clusters().list().pages().count(), 1);
}

#[test]
fn waiting_ends_with_the_goal_or_an_error() {
    let state = |state: &str| json(200, &format!(r#"{{"metadata": {{"state": "{state}"}}}}"#));
    let server = Server::new([
        state("BUSY"),
        state("AVAILABLE"),
        json(404, "{}"),
        json(401, "{}"),
    ]);
    let client = client(&server);
    let cluster = client.clusters().wait_until_available("c").wait();
    assert!(cluster.expect("it is available").metadata.is_some());
    let gone = client.clusters().wait_until_deleted("c").wait();
    gone.expect("it is gone");
    let refused = client.clusters().wait_until_available("c").wait();
    assert!(matches!(refused, Err(WaitError::Call(error)) if error.is_unauthorized()));
}

#[test]
fn the_states_come_one_by_one_and_the_goal_last() {
    let state = |state: &str| json(200, &format!(r#"{{"metadata": {{"state": "{state}"}}}}"#));
    let server = Server::new([
        state("BUSY"),
        state("AVAILABLE"),
        state("DESTROYING"),
        json(404, "{}"),
        json(401, "{}"),
    ]);
    let client = client(&server);
    let mut seen = Vec::new();
    for step in client.clusters().wait_until_available("c").states() {
        seen.push(match step.expect("nothing fails") {
            Seen::Poll { state, polls, .. } => format!("{} {polls}", state.unwrap_or_default()),
            Seen::Reached(cluster) => format!("reached {}", cluster.metadata.is_some()),
            other => panic!("{other:?}"),
        });
    }
    assert_eq!(seen, ["BUSY 1", "AVAILABLE 2", "reached true"]);
    let gone = client.clusters().wait_until_deleted("c").states();
    let gone: Vec<_> = gone.map(|step| step.expect("nothing fails")).collect();
    assert!(matches!(
        gone.as_slice(),
        [Seen::Poll { .. }, Seen::Reached(())]
    ));
    let mut refused = client.clusters().wait_until_available("c").states();
    assert!(matches!(refused.next(), Some(Err(WaitError::Call(error))) if error.is_unauthorized()));
    assert!(refused.next().is_none());
}

/// The public functions of implementations whose head satisfies a condition, as `Type::function`.
fn functions(types: &[&str], wanted: fn(&str) -> bool) -> BTreeSet<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/runtime");
    let mut found = BTreeSet::new();
    for file in [
        "call.rs",
        "blocking.rs",
        "paging.rs",
        "paging/blocking.rs",
        "wait.rs",
        "wait/blocking.rs",
        "wait/states.rs",
    ] {
        let text = fs::read_to_string(root.join(file)).expect("the runtime has this file");
        for part in text.split("\nimpl<").skip(1) {
            let (head, body) = part.split_once('{').expect("an implementation has a body");
            let body = body.split("\n}").next().unwrap_or_default();
            let of = types.iter().find(|name| {
                let target = head.rsplit(" for ").next().unwrap_or(head);
                target.contains(&format!("{name}<"))
            });
            let is_public = !head.contains(" for ") || head.contains("Iterator for");
            let (Some(of), true, true) = (of, is_public, wanted(head)) else {
                continue;
            };
            for line in body.lines().map(str::trim_start) {
                let line = line
                    .strip_prefix("pub ")
                    .unwrap_or(if head.contains(" for ") { line } else { "" });
                let line = line.strip_prefix("async ").unwrap_or(line);
                if let Some(rest) = line.strip_prefix("fn ") {
                    let name = rest.split(['(', '<']).next().unwrap_or_default();
                    found.insert(format!("{of}::{name}"));
                }
            }
        }
    }
    found
}

#[test]
fn whatever_the_async_surface_alone_has_the_blocking_one_has_too() {
    let types = ["Call", "Pages", "Items", "WaitGone", "Wait", "States"];
    let of_async = functions(&types, |head| {
        !head.contains(" for ") && !head.contains('M') && !head.contains("Blocking")
    });
    let of_blocking = functions(&types, |head| head.contains("Blocking"));
    assert!(of_async.contains("Call::send") && of_async.contains("States::next"));
    let missing: Vec<_> = of_async.difference(&of_blocking).collect();
    assert!(missing.is_empty(), "{missing:?}");
    // What is awaited there is waited for here.
    assert!(of_blocking.contains("Wait::wait") && of_blocking.contains("WaitGone::wait"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_within_async_code_is_an_error_and_not_sent() {
    let server = Server::new([json(200, "{}")]);
    let client = client(&server);
    let error = client
        .clusters()
        .get("c")
        .send()
        .expect_err("it would block");
    assert!(matches!(error, Error::Request(_)), "{error}");
    assert!(error.to_string().contains("async"), "{error}");
    let waiting = client.clusters().wait_until_available("c").wait();
    assert!(matches!(waiting, Err(WaitError::Call(_))));
    let next = client.clusters().list().items().next();
    assert!(matches!(next, Some(Err(_))));
    let mut states = client.clusters().wait_until_available("c").states();
    assert!(matches!(states.next(), Some(Err(WaitError::Call(_)))));
    assert_eq!(server.count(), 0);
    // The place for blocking code is no async code.
    let blocking = tokio::task::spawn_blocking(move || client.clusters().get("c").send());
    blocking.await.expect("it ends").expect("it succeeds");
}

#[test]
fn calls_of_several_threads_run_side_by_side() {
    let server = Server::new([Act::Silence]);
    let slow = blocking::Client::builder()
        .base_url(server.url())
        .token(crate::TOKEN)
        .build();
    let client = slow.expect("the configuration is right");
    let waiting = client.clone();
    let silent = thread::spawn(move || {
        let call = waiting
            .clusters()
            .get("c")
            .with_deadline(Duration::from_secs(20));
        call.send().is_err()
    });
    while server.count() == 0 {
        thread::sleep(Duration::from_millis(5));
    }
    let call = client
        .clusters()
        .get("c")
        .with_deadline(Duration::from_millis(100));
    assert!(call.send().expect_err("nobody answers").is_timeout());
    assert!(!silent.is_finished(), "the other call goes on");
}
