//! Paging and waiting.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use ionos_dbaas_postgres::v1::models::{ClusterResponse, State};
use ionos_dbaas_postgres::{Seen, StateGoal, WaitError};

use crate::client;
use crate::server::{Act, Server, json};

fn page(ids: impl IntoIterator<Item = usize>) -> Act {
    let items: Vec<String> = ids
        .into_iter()
        .map(|id| format!("{{\"id\": \"{id}\"}}"))
        .collect();
    let next = r#""links": {"next": "http://192.0.2.1/steal"}"#;
    json(
        200,
        &format!("{{\"limit\": 1, {next}, \"items\": [{}]}}", items.join(",")),
    )
}

async fn all(server: &Server, limit: i64) -> Vec<String> {
    let mut items = client(server).clusters().list().limit(limit).items();
    let mut ids = Vec::new();
    while let Some(item) = items.next().await {
        assert!(ids.len() < 100, "paging does not end");
        ids.push(item.expect("every page is good").id.unwrap_or_default());
    }
    ids
}

#[tokio::test]
async fn pages_are_counted_to_the_end() {
    let server = Server::new([page(0..3), page(3..6), page(6..7)]);
    assert_eq!(all(&server, 3).await, ["0", "1", "2", "3", "4", "5", "6"]);
    let lines: Vec<String> = server
        .requests()
        .iter()
        .map(|request| request.lines().next().unwrap_or_default().to_owned())
        .collect();
    assert_eq!(
        lines,
        [
            "GET /clusters?limit=3&offset=0 HTTP/1.1",
            "GET /clusters?limit=3&offset=3 HTTP/1.1",
            "GET /clusters?limit=3&offset=6 HTTP/1.1",
        ]
    );
}

#[tokio::test]
async fn paging_ends_although_the_server_ignores_the_offset() {
    let server = Server::new([page(0..3)]);
    assert_eq!(all(&server, 3).await.len(), 3);
    assert_eq!(server.count(), 2);
}

#[tokio::test]
async fn paging_ends_with_an_empty_page() {
    let server = Server::new([page(0..3), page([])]);
    assert_eq!(all(&server, 3).await.len(), 3);
}

#[tokio::test]
async fn paging_ends_although_the_list_shrinks() {
    // Two items have gone since the first page, so that the next full page would begin earlier.
    let server = Server::new([page(0..3), page(5..6), page([])]);
    assert_eq!(all(&server, 3).await, ["0", "1", "2", "5"]);
    assert_eq!(server.count(), 2);
}

#[tokio::test]
async fn a_failed_page_is_an_error_and_can_be_tried_again() {
    let server = Server::new([page(0..2), json(400, "{}"), page(2..3)]);
    let mut pages = client(&server).clusters().list().limit(2).pages();
    assert_eq!(
        pages
            .next()
            .await
            .expect("a page")
            .expect("it is good")
            .len(),
        2
    );
    assert!(pages.next().await.expect("an error").is_err());
    assert_eq!(pages.offset(), 2);
    assert_eq!(
        pages
            .next()
            .await
            .expect("a page")
            .expect("it is good")
            .len(),
        1
    );
    assert!(pages.next().await.is_none());
}

fn state(state: &str) -> Act {
    json(
        200,
        &format!("{{\"id\": \"c\", \"metadata\": {{\"state\": \"{state}\"}}}}"),
    )
}

#[tokio::test]
async fn waiting_ends_with_the_state() {
    let server = Server::new([
        state("BUSY"),
        state("NEWER"),
        json(503, ""),
        state("AVAILABLE"),
    ]);
    let seen = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&seen);
    let cluster = client(&server)
        .clusters()
        .wait_until_available("c")
        .on_progress(move |progress| {
            log.lock()
                .expect("no test panics")
                .push(progress.state.unwrap_or("-").to_owned());
        })
        .await
        .expect("the cluster becomes available");
    assert_eq!(cluster.id.as_deref(), Some("c"));
    assert_eq!(
        *seen.lock().expect("no test panics"),
        ["BUSY", "NEWER", "AVAILABLE"]
    );
}

#[tokio::test]
async fn a_stale_state_of_success_does_not_count() {
    let server = Server::new([state("AVAILABLE"), state("BUSY"), state("AVAILABLE")]);
    client(&server)
        .clusters()
        .wait_until_available("c")
        .await
        .expect("it becomes available");
    assert_eq!(server.count(), 3);
}

#[tokio::test]
async fn a_state_of_success_that_lasts_counts() {
    let server = Server::new([state("AVAILABLE")]);
    client(&server)
        .clusters()
        .wait_until_available("c")
        .await
        .expect("it is available");
    assert!(server.count() > 1);
}

#[tokio::test]
async fn a_failure_may_pass() {
    let server = Server::new([
        state("BUSY"),
        state("FAILED"),
        state("FAILED"),
        state("AVAILABLE"),
    ]);
    client(&server)
        .clusters()
        .wait_until_available("c")
        .await
        .expect("it becomes available");
}

#[tokio::test]
async fn the_states_come_one_by_one_and_the_goal_last() {
    let server = Server::new([state("BUSY"), json(404, "{}"), state("AVAILABLE")]);
    let waiting = client(&server).clusters().wait_until_available("c");
    let mut states = waiting.states();
    for (number, expected) in [(1, Some("BUSY")), (2, None), (3, Some("AVAILABLE"))] {
        let Some(Ok(Seen::Poll { state, polls, .. })) = states.next().await else {
            panic!("there is a poll {number}");
        };
        assert_eq!((state.as_deref(), polls), (expected, number));
        assert_eq!(
            server.count(),
            usize::try_from(number).expect("it is small")
        );
    }
    let goal = states
        .next()
        .await
        .expect("the waiting ends with something");
    assert!(matches!(goal.expect("it is the goal"), Seen::Reached(_)));
    assert!(states.next().await.is_none());

    let server = Server::new([state("DESTROYING"), json(401, "{}")]);
    let mut states = client(&server).clusters().wait_until_deleted("c").states();
    assert!(matches!(states.next().await, Some(Ok(Seen::Poll { .. }))));
    assert!(matches!(states.next().await, Some(Err(WaitError::Call(_)))));
    assert!(states.next().await.is_none());
}

#[tokio::test]
async fn a_failure_that_lasts_is_one() {
    let server = Server::new([state("BUSY"), state("FAILED")]);
    let error = client(&server).clusters().wait_until_available("c").await;
    let error = error.expect_err("it stays failed");
    assert!(
        matches!(&error, WaitError::Failed { state } if state == "FAILED"),
        "{error}"
    );
}

#[tokio::test]
async fn a_cluster_that_is_not_visible_yet_may_appear() {
    let server = Server::new([json(404, "{}"), state("BUSY"), state("AVAILABLE")]);
    client(&server)
        .clusters()
        .wait_until_available("c")
        .await
        .expect("it becomes available");
    let server = Server::new([json(404, "{}")]);
    let error = client(&server).clusters().wait_until_available("c").await;
    assert!(matches!(error, Err(WaitError::Call(error)) if error.is_not_found()));
}

#[tokio::test]
async fn a_deleted_cluster_is_gone() {
    let server = Server::new([state("AVAILABLE"), state("DESTROYING"), json(404, "{}")]);
    client(&server)
        .clusters()
        .wait_until_deleted("c")
        .await
        .expect("it is gone");
}

#[tokio::test]
async fn the_deadline_names_the_last_state() {
    let server = Server::new([state("BUSY")]);
    let error = client(&server).clusters().wait_until_available("c").await;
    let error = error.expect_err("it stays busy");
    assert!(error.to_string().contains("last state was BUSY"), "{error}");
}

#[tokio::test]
async fn the_deadline_names_the_last_failure() {
    let server = Server::new([state("BUSY"), json(503, "{}")]);
    let error = client(&server).clusters().wait_until_available("c").await;
    let error = error.expect_err("the server does not come back");
    assert!(error.to_string().contains("last state was BUSY"), "{error}");
    let source = std::error::Error::source(&error).expect("the last call failed");
    assert!(source.to_string().contains("503"), "{source}");
    assert!(error.to_string().ends_with(&source.to_string()), "{error}");
}

#[tokio::test]
async fn a_call_keeps_its_own_deadline_while_it_is_repeated() {
    let server = Server::new([Act::Silence]);
    let goal = StateGoal::<ClusterResponse> {
        state: |cluster| cluster.metadata.as_ref()?.state.as_ref().map(State::as_str),
        success: &["AVAILABLE"],
        failure: &[],
    };
    // On the clock of these tests only a limit as short as this one ends.
    let call = client(&server).clusters().get("c");
    let waiting = call.with_deadline(Duration::from_secs(30)).wait(goal);
    let error = waiting.await.expect_err("nobody answers").to_string();
    assert!(error.contains("no complete answer within 30s"), "{error}");
}

#[tokio::test]
async fn a_pause_may_be_as_long_as_it_likes() {
    let server = Server::new([state("BUSY")]);
    let waiting = client(&server).clusters().wait_until_available("c");
    let waiting = waiting.interval(Duration::MAX, Duration::MAX);
    let error = waiting.deadline(Duration::from_secs(10)).await;
    assert!(matches!(error, Err(WaitError::Deadline { .. })));
}

#[tokio::test]
async fn an_error_that_waiting_does_not_mend_ends_it() {
    let server = Server::new([json(403, "{}")]);
    let error = client(&server).clusters().wait_until_available("c").await;
    assert!(matches!(error, Err(WaitError::Call(_))));
    assert_eq!(server.count(), 1);
}

#[tokio::test]
async fn the_pace_of_waiting_can_be_set() {
    let server = Server::new([state("AVAILABLE")]);
    let second = Duration::from_secs(1);
    client(&server)
        .clusters()
        .wait_until_available("c")
        .interval(second, 2 * second)
        .settle(5 * second)
        .await
        .expect("it stays available");
    // After pauses of 1, 1.5, 2 and 2 seconds the state has lasted.
    assert_eq!(server.count(), 5);

    let server = Server::new([state("FAILED"), state("FAILED"), state("AVAILABLE")]);
    let client = client(&server);
    let clusters = client.clusters();
    let waiting = clusters.wait_until_available("c").grace(Duration::ZERO);
    let error = waiting.await.expect_err("a failure is one at once");
    assert_eq!(error.to_string(), "the resource is in state FAILED");
    assert!(std::error::Error::source(&error).is_none());
    assert_eq!(server.count(), 1);
}

#[tokio::test]
async fn an_error_of_a_poll_is_the_cause_of_that_of_waiting() {
    let server = Server::new([json(403, "{}")]);
    let error = client(&server).clusters().wait_until_available("c").await;
    let error = error.expect_err("it is forbidden");
    let source = std::error::Error::source(&error).expect("the call is the cause");
    assert_eq!(error.to_string(), format!("waiting ended: {source}"));
    assert!(source.to_string().contains("403"), "{source}");
}
