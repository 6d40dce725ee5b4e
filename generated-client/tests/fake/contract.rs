//! What the service refuses.

use std::time::Duration;

use http::Request;
use ionos_dbaas_postgres::v1::models::{CreateRestoreRequest, StorageType};

use ionos_dbaas_postgres::fake::FakeService;

use super::{new_cluster, service};

fn status(method: &str, target: &str, headers: &[(&str, &str)], body: &'static str) -> u16 {
    let (service, _) = service();
    let mut request = Request::builder().method(method).uri(target);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request.body(body.into()).expect("a request");
    service.respond(&request).status().as_u16()
}

const AUTHORIZED: (&str, &str) = ("authorization", "Bearer t");
const JSON: (&str, &str) = ("content-type", "application/json; charset=utf-8");

#[test]
fn requests_that_make_no_sense_are_told_apart() {
    assert_eq!(status("GET", "/clusters", &[], ""), 401);
    assert_eq!(status("GET", "/clusters", &[AUTHORIZED], ""), 200);
    assert_eq!(
        status("GET", "/databases/postgresql/clusters", &[AUTHORIZED], ""),
        200
    );
    assert_eq!(status("GET", "/elsewhere", &[AUTHORIZED], ""), 404);
    assert_eq!(status("GET", "/clusters/", &[AUTHORIZED], ""), 404);
    assert_eq!(status("PUT", "/clusters", &[AUTHORIZED], ""), 405);
    assert_eq!(status("POST", "/clusters", &[AUTHORIZED], "{}"), 415);
    assert_eq!(status("POST", "/clusters", &[AUTHORIZED, JSON], "{"), 400);
    assert_eq!(status("POST", "/clusters", &[AUTHORIZED, JSON], "[]"), 422);
    assert_eq!(
        status("GET", "/clusters?limit=1001", &[AUTHORIZED], ""),
        422
    );
    assert_eq!(
        status("GET", "/clusters?limit=many", &[AUTHORIZED], ""),
        422
    );
    assert_eq!(status("GET", "/clusters?offset=-1", &[AUTHORIZED], ""), 200);
}

#[tokio::test]
async fn one_token_can_be_the_only_one() {
    let (service, client) = service();
    client.clusters().list().await.expect("any token will do");
    service.accept_only("another token");
    let error = client
        .clusters()
        .list()
        .await
        .expect_err("it is another one");
    assert!(error.is_unauthorized());
    let client = service.client().token("another token").build();
    let clusters = client.expect("a client").clusters().list().await;
    clusters.expect("it is the right one");
}

#[tokio::test]
async fn all_that_is_wrong_with_a_body_is_said_at_once() {
    let (_, client) = service();
    let mut request = new_cluster("orders");
    request.properties.ram = 2049;
    request.properties.storage_type = StorageType::from("TAPE");
    request.properties.connections.clear();
    let error = client.clusters().create(&request).await;
    let error = error.expect_err("three values are not valid");
    let messages = error.body().and_then(|body| body.messages.clone());
    let messages: Vec<String> = messages
        .unwrap_or_default()
        .into_iter()
        .filter_map(|message| message.message)
        .collect();
    assert_eq!(messages.len(), 3, "{messages:?}");
    assert!(
        messages
            .iter()
            .any(|message| message.starts_with("/properties/ram:"))
    );
}

#[tokio::test]
async fn logs_go_thirty_days_back() {
    let (service, client) = service();
    let id = service.add_cluster("orders");
    let logs = client.logs().get(&id).await.expect("logs");
    let instances = logs.instances.unwrap_or_default();
    assert_eq!(instances.len(), 1);
    service
        .clock()
        .advance(Duration::from_secs(31 * 24 * 60 * 60));
    let logs = client.logs().get(&id).await.expect("logs");
    let messages = logs.instances.unwrap_or_default().remove(0).messages;
    assert_eq!(messages.unwrap_or_default().len(), 0);
    let early = "2026-01-01T00:00:00Z".parse().expect("a time");
    let error = client.logs().get(&id).start(early).await;
    assert!(error.is_err(), "that is too long ago");
}

#[tokio::test]
async fn a_restore_needs_a_backup_and_a_time_within_it() {
    let (service, client) = service();
    let id = service.add_cluster("orders");
    let unknown = CreateRestoreRequest::new("unknown");
    let error = client.restores().start(&id, &unknown).await;
    assert!(error.is_err(), "there is no such backup");

    service.add_backup_with_id("backup", &id);
    let early = "2020-01-01T00:00:00Z".parse().expect("a time");
    let early = CreateRestoreRequest::new("backup").recovery_target_time(early);
    let error = client.restores().start(&id, &early).await;
    assert!(error.is_err(), "the backup does not go back so far");
    let now = CreateRestoreRequest::new("backup");
    client
        .restores()
        .start(&id, &now)
        .await
        .expect("the restore begins");
}

#[tokio::test]
async fn versions_are_told_of_the_service_and_of_a_cluster() {
    let (service, client) = service();
    let id = service.add_cluster("orders");
    let clusters = client.clusters();
    let names = |list: ionos_dbaas_postgres::v1::models::PostgresVersionList| {
        let versions = list.data.unwrap_or_default().into_iter();
        let names = versions.filter_map(|version| version.name);
        names.collect::<Vec<_>>()
    };
    let all = names(clusters.list_postgres_versions().await.expect("versions"));
    let call = clusters.list_postgres_versions_for_cluster(&id);
    let own = names(call.await.expect("versions of the cluster"));
    // A cluster of version 16 can stay as it is, or go on.
    let later = all.iter().position(|name| name == "16").expect("it is one");
    assert_eq!(own, all[later..]);
    assert!(
        clusters
            .list_postgres_versions_for_cluster("c")
            .await
            .is_err()
    );
    let version = client.metadata().get_api_version().await;
    let version = version.expect("a version");
    let versions = client.metadata().list_api_versions().await;
    assert_eq!(versions.expect("versions"), [version]);
}

#[tokio::test]
async fn what_a_test_prepares_is_there() {
    let (service, client) = service();
    let id = service.add_cluster("orders");
    service.add_user(&id, "benjamin");
    service.add_database(&id, "orders", "benjamin");
    service.add_backup_with_id("backup", &id);
    client.users().get(&id, "benjamin").await.expect("the user");
    let database = client.databases().get(&id, "orders").await;
    let database = database.expect("the database");
    assert_eq!(database.properties.owner, "benjamin");
    let backup = client.backups().get("backup").await.expect("the backup");
    assert_eq!(backup.id.as_deref(), Some("backup"));
    assert!(client.backups().get("another").await.is_err());
    let shown = format!("{service:?}");
    assert!(shown.contains("requests: 4"), "{shown}");
}

#[test]
#[should_panic(expected = "there is no cluster c")]
fn a_user_needs_a_cluster() {
    FakeService::default().add_user("c", "benjamin");
}

#[tokio::test]
async fn a_server_for_others_goes_by_the_clock_on_the_wall() {
    let service = FakeService::in_real_time();
    let client = service.client().build().expect("a client");
    service.busy_for(Duration::from_millis(20));
    service.stale_for(Duration::ZERO);
    service.destroying_for(Duration::from_millis(20));
    let created = client.clusters().create(&new_cluster("orders")).await;
    let id = created.expect("a cluster").id.expect("an ID");
    let pace = Duration::from_millis(5);
    let ready = client.clusters().wait_until_available(&id);
    ready.interval(pace, pace).await.expect("it gets ready");
    client.clusters().delete(&id).await.expect("it goes");
    let gone = client.clusters().wait_until_deleted(&id);
    gone.interval(pace, pace).await.expect("it is gone");
    assert_eq!(service.clock().passed(), Duration::ZERO);
}

#[test]
fn logs_have_an_order_that_can_be_chosen() {
    let (service, _) = service();
    let id = service.add_cluster("orders");
    let ask = |direction: &str| {
        let target = format!("/clusters/{id}/logs?direction={direction}");
        let request = Request::builder().uri(target);
        let request = request.header("authorization", "Bearer t");
        let request = request.body("".into()).expect("a request");
        service.respond(&request).status().as_u16()
    };
    assert_eq!(ask("FORWARD"), 200);
    assert_eq!(ask("BACKWARD"), 200);
    assert_eq!(ask("SIDEWAYS"), 422);
}
