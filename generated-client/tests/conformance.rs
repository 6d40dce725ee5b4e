//! Every operation against a server that knows the document and none of our code.
//!
//! The server refuses what the document does not allow, and answers with the document's samples or
//! with values made up from its schemas. `cargo xtask ci conformance` starts it and runs these tests
//! with both kinds of answers.

use std::env;

use ionos_dbaas_postgres::{
    DateTime,
    v1::{
        Client, Error,
        models::{
            BackupLocation, Connection, ConnectionPooler, CreateClusterProperties,
            CreateClusterPropertiesRequired, CreateClusterRequest, CreateRestoreRequest, Database,
            DatabaseProperties, DayOfTheWeek, DbUser, Location, LogDirection, MaintenanceWindow,
            PatchClusterProperties, PatchClusterRequest, PatchUserProperties, PoolMode,
            StorageType, SynchronizationMode, UserPropertiesRequest, UserRequest,
            UsersPatchRequest,
        },
    },
};

const CLUSTER: &str = "498ae72f-411f-11eb-9d07-046c59cc737e";
const BACKUP: &str = "498ae72f-411f-11eb-9d07-046c59cc737e-4oymiqu-12";

/// A name that leaves its segment of the path, or never arrives, unless it is encoded.
const NAME: &str = "a/b?c%2e#ü ";

fn builder() -> ionos_dbaas_postgres::ClientBuilder<Client> {
    let url = env::var("CONFORMANCE_URL").expect("`cargo xtask ci conformance` sets the URL");
    Client::builder().base_url(url)
}

fn client() -> Client {
    builder().token("a token").build().expect("a client")
}

/// The statuses of failure that the document names.
const ERROR_STATUSES: [u16; 11] = [400, 401, 402, 403, 404, 405, 415, 422, 429, 500, 503];

/// One test for an operation: the call succeeds, and each failure of the document can be read.
macro_rules! operations {
    ($($name:ident: |$client:ident| $call:expr;)+) => {
        $(
            #[tokio::test]
            #[ignore = "needs the server that `cargo xtask ci conformance` starts"]
            async fn $name() {
                let $client = client();
                let answer = $call.await;
                answer.expect("the server accepts the request, and its answer can be read");
                for status in ERROR_STATUSES {
                    let call = $call.with_max_attempts(1);
                    let answer = call.with_header("Prefer", &format!("code={status}")).await;
                    assert_typed(&answer.expect_err("a failure, as asked for"), status);
                }
            }
        )+
    };
}

operations! {
    clusters_get: |client| client.clusters().list().limit(1000).offset(200).name_contains("a&b=ü");
    clusters_post: |client| client.clusters().create(&new_cluster());
    clusters_find_by_id: |client| client.clusters().get(CLUSTER);
    clusters_patch: |client| client.clusters().patch(CLUSTER, &changed_cluster());
    clusters_delete: |client| client.clusters().delete(CLUSTER);
    postgres_versions_get: |client| client.clusters().list_postgres_versions();
    cluster_postgres_versions_get: |client| {
        client.clusters().list_postgres_versions_for_cluster(CLUSTER)
    };
    clusters_backups_get: |client| client.backups().list().limit(1).offset(0);
    clusters_backups_find_by_id: |client| client.backups().get(BACKUP);
    cluster_backups_get: |client| client.backups().list_for_cluster(CLUSTER).limit(1000).offset(1);
    cluster_restore_post: |client| client.restores().start(CLUSTER, &restore());
    cluster_logs_get: |client| {
        client
            .logs()
            .get(CLUSTER)
            .start(time())
            .end(time())
            .direction(LogDirection::Forward)
            .limit(5000)
    };
    users_list: |client| client.users().list(CLUSTER).limit(1000).offset(1).system(true);
    users_post: |client| client.users().create(CLUSTER, &new_user());
    users_get: |client| client.users().get(CLUSTER, NAME);
    users_patch: |client| client.users().patch(CLUSTER, NAME, &new_password());
    users_delete: |client| client.users().delete(CLUSTER, NAME);
    databases_list: |client| client.databases().list(CLUSTER).limit(1000).offset(1);
    databases_post: |client| {
        client.databases().create(CLUSTER, &Database::new(DatabaseProperties::new(NAME, "benjamin")))
    };
    databases_get: |client| client.databases().get(CLUSTER, NAME);
    databases_delete: |client| client.databases().delete(CLUSTER, NAME);
    infos_version_get: |client| client.metadata().get_api_version();
    infos_versions_get: |client| client.metadata().list_api_versions();

    // The same operations with as little as the document allows.
    clusters_get_without_parameters: |client| client.clusters().list();
    clusters_post_with_what_is_required: |client| {
        client.clusters().create(&CreateClusterRequest::new(cluster_properties()))
    };
    clusters_patch_that_removes_the_connection: |client| {
        let properties = PatchClusterProperties::default().connections(Vec::new());
        client.clusters().patch(CLUSTER, &PatchClusterRequest::new(properties))
    };
    cluster_restore_post_without_time: |client| {
        client.restores().start(CLUSTER, &CreateRestoreRequest::new(BACKUP))
    };
    cluster_logs_get_without_parameters: |client| client.logs().get(CLUSTER);
}

#[tokio::test]
#[ignore = "needs the server that `cargo xtask ci conformance` starts"]
async fn basic_authentication_is_accepted() {
    let client = builder()
        .basic_auth("user", "password")
        .build()
        .expect("a client");
    let answer = client.clusters().get(CLUSTER).await;
    answer.expect("the server accepts the credentials");
}

#[tokio::test]
#[ignore = "needs the server that `cargo xtask ci conformance` starts"]
async fn missing_credentials_are_a_typed_error() {
    let client = builder().external_credentials().build().expect("a client");
    let error = client.clusters().get(CLUSTER).await.expect_err("no access");
    assert_typed(&error, 401);
    assert!(error.is_unauthorized());
}

#[tokio::test]
#[ignore = "needs the server that `cargo xtask ci conformance` starts"]
async fn values_that_the_document_does_not_allow_are_typed_errors() {
    let client = client();
    let direction = LogDirection::from("SIDEWAYS");
    let error = client.logs().get(CLUSTER).direction(direction).await;
    assert_typed(&error.expect_err("a value outside the enumeration"), 422);

    let error = client.clusters().list().limit(1001).await;
    assert_typed(&error.expect_err("a page that is too long"), 422);

    let mut cluster = new_cluster();
    cluster.properties.storage_type = StorageType::from("TAPE");
    let error = client.clusters().create(&cluster).await;
    assert_typed(&error.expect_err("a value outside the enumeration"), 422);
}

/// The server answered with this status and with the error body of the document.
#[track_caller]
fn assert_typed(error: &Error, status: u16) {
    let Error::Api(answer) = error else {
        panic!("the server answers with an error, not: {error}");
    };
    assert_eq!(answer.status().as_u16(), status, "{error}");
    assert!(answer.body().is_some(), "{error}");
}

fn time() -> DateTime {
    "2020-12-10T13:37:50+01:00".parse().expect("a time")
}

fn connection() -> Connection {
    let datacenter = "5a029f4a-72e5-11ec-90d6-0242ac120003";
    Connection::new(datacenter, "2", "192.168.1.100/24")
}

fn maintenance_window() -> MaintenanceWindow {
    MaintenanceWindow::new("16:30:59", DayOfTheWeek::Monday)
}

fn pooler() -> ConnectionPooler {
    ConnectionPooler::default()
        .enabled(true)
        .pool_mode(PoolMode::Session)
}

fn restore() -> CreateRestoreRequest {
    CreateRestoreRequest::new(BACKUP).recovery_target_time(time())
}

fn cluster_properties() -> CreateClusterProperties {
    CreateClusterProperties::new(CreateClusterPropertiesRequired {
        postgres_version: "16".to_owned(),
        instances: 5,
        cores: 1,
        ram: 2048,
        storage_size: 2_097_152,
        storage_type: StorageType::SsdPremium,
        connections: vec![connection()],
        location: Location::DeFra,
        display_name: "PostgreSQL cluster".to_owned(),
        credentials: DbUser::new("benjamin", "0123456789"),
        synchronization_mode: SynchronizationMode::StrictlySynchronous,
    })
}

fn new_cluster() -> CreateClusterRequest {
    let properties = cluster_properties()
        .backup_location(BackupLocation::EuCentral2)
        .maintenance_window(maintenance_window())
        .from_backup(restore())
        .connection_pooler(pooler());
    CreateClusterRequest::new(properties)
}

fn changed_cluster() -> PatchClusterRequest {
    let properties = PatchClusterProperties::default()
        .cores(4)
        .ram(3072)
        .storage_size(2048)
        .connections(vec![connection()])
        .display_name("prod")
        .maintenance_window(maintenance_window())
        .postgres_version("17")
        .instances(1)
        .connection_pooler(pooler());
    PatchClusterRequest::new(properties)
}

fn new_user() -> UserRequest {
    UserRequest::new(UserPropertiesRequest::new("benjamin").password("0123456789"))
}

fn new_password() -> UsersPatchRequest {
    UsersPatchRequest::new(PatchUserProperties::default().password("9876543210"))
}
