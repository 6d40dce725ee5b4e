//! Changes that run in the background, and waiting for them.

use std::time::Duration;

use ionos_dbaas_postgres::{
    WaitError,
    v1::models::{
        CreateRestoreRequest, Database, DatabaseProperties, PatchClusterProperties,
        PatchClusterRequest, PatchUserProperties, State, UsersPatchRequest,
    },
};

use super::{new_cluster, new_user, properties, service, state};

#[tokio::test]
async fn a_new_cluster_is_busy_and_then_available() {
    let (service, client) = service();
    let created = client.clusters().create(&new_cluster("orders")).await;
    let id = created.expect("a cluster").id.expect("an ID");
    assert_eq!(state(&client, &id).await, State::Busy);

    let ready = client.clusters().wait_until_available(&id).await;
    let ready = ready.expect("the cluster gets ready");
    assert_eq!(
        ready.metadata.and_then(|metadata| metadata.state),
        Some(State::Available)
    );
    let passed = service.clock().passed();
    assert!((300..400).contains(&passed.as_secs()), "{passed:?}");
    assert_eq!(
        client.users().list(&id).await.expect("users").items.len(),
        2
    );
}

#[tokio::test]
async fn a_deleted_cluster_goes_and_its_backup_stays() {
    let (_, client) = service();
    let created = client.clusters().create(&new_cluster("orders")).await;
    let id = created.expect("a cluster").id.expect("an ID");
    let ready = client.clusters().wait_until_available(&id).await;
    ready.expect("the cluster gets ready");

    client
        .clusters()
        .delete(&id)
        .await
        .expect("the deletion begins");
    assert_eq!(state(&client, &id).await, State::Destroying);
    let gone = client.clusters().wait_until_deleted(&id).await;
    gone.expect("the cluster goes");
    let error = client.clusters().get(&id).await.expect_err("it is gone");
    assert!(error.is_not_found());
    let error = client.backups().list_for_cluster(&id).await;
    assert!(error.expect_err("it is gone").is_not_found());
    let backups = client.backups().list().await.expect("all backups");
    let backups = backups.items.unwrap_or_default();
    let backup = backups
        .first()
        .and_then(|backup| backup.properties.as_ref());
    assert_eq!(backup.and_then(|backup| backup.is_active), Some(false));
}

#[tokio::test]
async fn a_patch_shows_late_and_the_waiter_is_not_fooled() {
    let (service, client) = service();
    let id = service.add_cluster("orders");
    let change = PatchClusterRequest::new(PatchClusterProperties::default().cores(4));
    let patched = client
        .clusters()
        .patch(&id, &change)
        .await
        .expect("a change");
    let stale = patched.metadata.and_then(|metadata| metadata.state);
    assert_eq!(
        stale,
        Some(State::Available),
        "the answer shows the state from before"
    );

    let ready = client.clusters().wait_until_available(&id).await;
    let ready = ready.expect("the change comes to its end");
    assert_eq!(
        ready.properties.and_then(|properties| properties.cores),
        Some(4)
    );
    assert!(service.clock().passed() >= Duration::from_secs(300));
}

#[tokio::test]
async fn users_make_the_whole_cluster_busy() {
    let (service, client) = service();
    let id = service.add_cluster("orders");
    service.stale_for(Duration::ZERO);
    client
        .users()
        .create(&id, &new_user("ada"))
        .await
        .expect("a user");
    assert_eq!(state(&client, &id).await, State::Busy);
    let ready = client.clusters().wait_until_available(&id).await;
    ready.expect("the cluster gets ready");

    let password = PatchUserProperties::default().password("9876543210");
    let change = UsersPatchRequest::new(password);
    client
        .users()
        .patch(&id, "ada", &change)
        .await
        .expect("a change");
    assert_eq!(state(&client, &id).await, State::Busy);
}

#[tokio::test]
async fn system_users_stay_as_they_are() {
    let (_, client) = service();
    let created = client.clusters().create(&new_cluster("orders")).await;
    let id = created.expect("a cluster").id.expect("an ID");
    let error = client.users().delete(&id, "ionos_admin").await;
    let error = error.expect_err("it is a system user");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(403));
    let own = client.users().list(&id).system(false).await.expect("users");
    let names = own
        .items
        .iter()
        .map(|user| user.properties.username.as_str());
    assert_eq!(names.collect::<Vec<_>>(), ["benjamin"]);
}

#[tokio::test]
async fn a_restore_brings_back_what_was_there() {
    let (service, client) = service();
    let created = client.clusters().create(&new_cluster("orders")).await;
    let id = created.expect("a cluster").id.expect("an ID");
    let ready = client.clusters().wait_until_available(&id).await;
    ready.expect("the cluster gets ready");
    let database = Database::new(DatabaseProperties::new("shop", "benjamin"));
    client
        .databases()
        .create(&id, &database)
        .await
        .expect("a database");
    let before = client
        .databases()
        .get(&id, "shop")
        .await
        .expect("the database");
    let created = before.metadata.and_then(|metadata| metadata.created_date);
    service.clock().advance(Duration::from_secs(60));
    client
        .databases()
        .delete(&id, "shop")
        .await
        .expect("it is deleted");
    let error = client.databases().get(&id, "shop").await;
    assert!(error.expect_err("it is deleted").is_not_found());

    let backups = client
        .backups()
        .list_for_cluster(&id)
        .await
        .expect("backups");
    let backup = backups
        .items
        .unwrap_or_default()
        .remove(0)
        .id
        .expect("an ID");
    let restore = CreateRestoreRequest::new(backup.as_str());
    let restore = restore.recovery_target_time(created.expect("a date"));
    client
        .restores()
        .start(&id, &restore)
        .await
        .expect("the restore begins");
    let ready = client.clusters().wait_until_available(&id).await;
    ready.expect("the restore ends");
    client
        .databases()
        .get(&id, "shop")
        .await
        .expect("it is there again");

    let copy = super::CreateClusterRequest::new(properties("copy").from_backup(restore));
    let copy = client.clusters().create(&copy).await.expect("a cluster");
    let copy = copy.id.expect("an ID");
    client
        .databases()
        .get(&copy, "shop")
        .await
        .expect("it is there as well");
}

#[tokio::test]
async fn a_failure_that_passes_is_waited_for_and_a_lasting_one_is_told() {
    let (service, client) = service();
    let id = service.add_cluster("orders");
    service.fail_cluster(&id, Duration::from_secs(20));
    assert_eq!(state(&client, &id).await, State::Failed);
    let ready = client.clusters().wait_until_available(&id).await;
    ready.expect("the failure passes");

    service.fail_cluster(&id, Duration::from_secs(24 * 60 * 60));
    let failed = client.clusters().wait_until_available(&id).await;
    assert!(matches!(failed, Err(WaitError::Failed { state }) if state == "FAILED"));
}

#[tokio::test]
async fn a_waiter_ends_at_its_deadline_with_the_last_state() {
    let (service, client) = service();
    service.busy_for(Duration::from_secs(24 * 60 * 60));
    let created = client.clusters().create(&new_cluster("orders")).await;
    let id = created.expect("a cluster").id.expect("an ID");
    let waiter = client.clusters().wait_until_available(&id);
    let ended = waiter.deadline(Duration::from_secs(600)).await;
    let Err(WaitError::Deadline { last_state, .. }) = ended else {
        panic!("the deadline comes first, not: {ended:?}");
    };
    assert_eq!(last_state.as_deref(), Some("BUSY"));
    assert!(service.clock().passed() <= Duration::from_secs(700));
}
