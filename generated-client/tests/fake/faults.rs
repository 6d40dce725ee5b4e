//! A service that has bad days.

use std::time::Duration;

use ionos_dbaas_postgres::test_util::ScriptedAnswer;

use super::{new_cluster, service};

#[tokio::test]
async fn a_rate_limit_is_waited_out() {
    let (service, client) = service();
    service.limit_rate(10, Duration::from_secs(60));
    for _ in 0..25 {
        client
            .clusters()
            .list()
            .await
            .expect("it is a matter of time");
    }
    assert!(service.clock().passed() >= Duration::from_secs(120));
    assert_eq!(service.requests(), 27, "two requests were too many");
}

#[tokio::test]
async fn a_lost_answer_to_a_creation_is_not_asked_for_again() {
    let (service, client) = service();
    service.lose_answer();
    let error = client.clusters().create(&new_cluster("orders")).await;
    let error = error.expect_err("the answer is lost");
    assert!(error.outcome_unknown(), "{error}");
    let clusters = client.clusters().list().await.expect("clusters");
    assert_eq!(
        clusters.items.unwrap_or_default().len(),
        1,
        "it was created once"
    );
}

#[tokio::test]
async fn a_lost_answer_to_a_deletion_is_asked_for_again() {
    let (service, client) = service();
    let id = service.add_cluster("orders");
    service.lose_answer();
    let deleted = client.clusters().delete(&id).await;
    deleted.expect("a cluster that is going can be deleted again");
    assert_eq!(service.requests(), 2);
}

#[tokio::test]
async fn a_waiter_survives_maintenance() {
    let (service, client) = service();
    let created = client.clusters().create(&new_cluster("orders")).await;
    let id = created.expect("a cluster").id.expect("an ID");
    for _ in 0..10 {
        service.interrupt(ScriptedAnswer::empty(503));
        service.interrupt(ScriptedAnswer::refused());
    }
    let ready = client.clusters().wait_until_available(&id).await;
    ready.expect("the service comes back");
}

#[tokio::test]
async fn silence_ends_at_the_deadline() {
    let (service, client) = service();
    for _ in 0..10 {
        service.interrupt(ScriptedAnswer::silence());
    }
    let error = client.clusters().list().await.expect_err("no answer comes");
    assert!(error.is_timeout(), "{error}");
    assert!(service.clock().passed() <= Duration::from_secs(180));
}
