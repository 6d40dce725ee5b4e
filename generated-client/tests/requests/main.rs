//! Every operation: the request as it goes out, and a sample answer as it is read.

mod recorder;

use ionos_dbaas_postgres::DateTime;
use ionos_dbaas_postgres::v1::models::{
    BackupLocation, Connection, ConnectionPooler, CreateClusterProperties,
    CreateClusterPropertiesRequired, CreateClusterRequest, CreateRestoreRequest, Database,
    DatabaseProperties, DayOfTheWeek, DbUser, Location, LogDirection, MaintenanceWindow,
    PatchClusterProperties, PatchClusterRequest, PatchUserProperties, PoolMode, StorageType,
    SynchronizationMode, UserPropertiesRequest, UserRequest, UsersPatchRequest,
};

use recorder::Recorder;

const CLUSTER: &str = include_str!("answers/cluster.json");
const CLUSTERS: &str = include_str!("answers/clusters.json");
const BACKUP: &str = include_str!("answers/backup.json");
const BACKUPS: &str = include_str!("answers/backups.json");
const VERSIONS: &str = r#"{"data": [{"name": "15"}, {"name": "16"}]}"#;
const LOGS: &str = include_str!("answers/logs.json");
const USER: &str = include_str!("answers/user.json");
const USERS: &str = include_str!("answers/users.json");
const DATABASE: &str = include_str!("answers/database.json");
const DATABASES: &str = include_str!("answers/databases.json");
const API_VERSION: &str = r#"{"name": "v2.1", "swaggerUrl": "https://api.example.com/swagger"}"#;

const CLUSTER_ID: &str = "498ae72f-411f-11eb-9d07-046c59cc737e";
const BACKUP_ID: &str = "498ae72f-411f-11eb-9d07-046c59cc737e-4oymiqu-12";

/// Sends a call, and takes a snapshot of the request and of the value that the answer becomes.
macro_rules! exchange {
    ($name:literal, $status:literal, $answer:expr, |$client:ident| $call:expr) => {
        let recorder = Recorder::new($status, $answer);
        let $client = recorder.client();
        let value = $call.await.expect("the answer is a success");
        let snapshot = format!("{}\n=> {value:#?}\n", recorder.request());
        insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!($name, snapshot);
        });
    };
}

#[tokio::test]
async fn clusters() {
    exchange!("clusters_list", 200, CLUSTERS, |client| {
        client
            .clusters()
            .list()
            .limit(10)
            .offset(20)
            .name_contains("prod & test")
    });
    exchange!("clusters_create", 200, CLUSTER, |client| client
        .clusters()
        .create(&new_cluster()));
    exchange!("clusters_get", 200, CLUSTER, |client| client
        .clusters()
        .get(CLUSTER_ID));
    exchange!("clusters_patch", 200, CLUSTER, |client| {
        client.clusters().patch(CLUSTER_ID, &changed_cluster())
    });
    exchange!("clusters_delete", 200, CLUSTER, |client| client
        .clusters()
        .delete(CLUSTER_ID));
    exchange!("clusters_list_postgres_versions", 200, VERSIONS, |client| {
        client.clusters().list_postgres_versions()
    });
    exchange!(
        "clusters_list_postgres_versions_for_cluster",
        200,
        VERSIONS,
        |client| {
            client
                .clusters()
                .list_postgres_versions_for_cluster(CLUSTER_ID)
        }
    );
}

#[tokio::test]
async fn backups_and_restores() {
    exchange!("backups_list", 200, BACKUPS, |client| client
        .backups()
        .list()
        .limit(1)
        .offset(2));
    exchange!("backups_get", 200, BACKUP, |client| client
        .backups()
        .get(BACKUP_ID));
    exchange!("backups_list_for_cluster", 200, BACKUPS, |client| {
        client
            .backups()
            .list_for_cluster(CLUSTER_ID)
            .limit(1)
            .offset(2)
    });
    let restore = CreateRestoreRequest::new(BACKUP_ID)
        .recovery_target_time(moment("2026-03-01T12:00:00+01:00"));
    exchange!("restores_start", 202, "", |client| client
        .restores()
        .start(CLUSTER_ID, &restore));
}

#[tokio::test]
async fn logs() {
    exchange!("logs_get", 200, LOGS, |client| {
        client
            .logs()
            .get(CLUSTER_ID)
            .start(moment("2026-03-01T12:00:00Z"))
            .end(moment("2026-03-02T12:00:00Z"))
            .direction(LogDirection::Forward)
            .limit(500)
    });
}

#[tokio::test]
async fn users() {
    let user = UserPropertiesRequest::new("benjamin").password("a password that is sent");
    let user = UserRequest::new(user);
    let change = PatchUserProperties::default().password("another password");
    let change = UsersPatchRequest::new(change);
    exchange!("users_list", 200, USERS, |client| {
        client
            .users()
            .list(CLUSTER_ID)
            .limit(1)
            .offset(2)
            .system(true)
    });
    exchange!("users_create", 201, USER, |client| client
        .users()
        .create(CLUSTER_ID, &user));
    exchange!("users_get", 200, USER, |client| client
        .users()
        .get(CLUSTER_ID, "ben/../jamin"));
    exchange!("users_patch", 200, USER, |client| {
        client.users().patch(CLUSTER_ID, "benjamin", &change)
    });
    exchange!("users_delete", 204, "", |client| client
        .users()
        .delete(CLUSTER_ID, "benjamin"));
}

#[tokio::test]
async fn databases() {
    let database = Database::new(DatabaseProperties::new("benjamindb", "benjamin"));
    exchange!("databases_list", 200, DATABASES, |client| {
        client.databases().list(CLUSTER_ID).limit(1).offset(2)
    });
    exchange!("databases_create", 201, DATABASE, |client| {
        client.databases().create(CLUSTER_ID, &database)
    });
    exchange!("databases_get", 200, DATABASE, |client| {
        client.databases().get(CLUSTER_ID, "benjamindb")
    });
    exchange!("databases_delete", 204, "", |client| {
        client.databases().delete(CLUSTER_ID, "benjamindb")
    });
}

#[tokio::test]
async fn metadata() {
    exchange!("metadata_get_api_version", 200, API_VERSION, |client| {
        client.metadata().get_api_version()
    });
    let versions = format!("[{API_VERSION}]");
    exchange!("metadata_list_api_versions", 200, &versions, |client| {
        client.metadata().list_api_versions()
    });
}

fn moment(text: &str) -> DateTime {
    text.parse().expect("the text is a moment")
}

fn new_cluster() -> CreateClusterRequest {
    let required = CreateClusterPropertiesRequired {
        postgres_version: "16".to_owned(),
        instances: 2,
        cores: 4,
        ram: 4096,
        storage_size: 20480,
        storage_type: StorageType::SsdPremium,
        connections: vec![Connection::new(
            "5a029f4a-72e5-11ec-90d6-0242ac120003",
            "2",
            "192.168.1.100/24",
        )],
        location: Location::from("de/fra"),
        display_name: "prod".to_owned(),
        credentials: DbUser::new("owner", "a password that is sent"),
        synchronization_mode: SynchronizationMode::Synchronous,
    };
    let properties = CreateClusterProperties::new(required)
        .backup_location(BackupLocation::from("de"))
        .maintenance_window(MaintenanceWindow::new("16:30:59", DayOfTheWeek::Monday))
        .from_backup(CreateRestoreRequest::new(BACKUP_ID))
        .connection_pooler(
            ConnectionPooler::default()
                .enabled(true)
                .pool_mode(PoolMode::Session),
        );
    CreateClusterRequest::new(properties)
}

fn changed_cluster() -> PatchClusterRequest {
    PatchClusterRequest::new(
        PatchClusterProperties::default()
            .ram(8192)
            .connections(Vec::new()),
    )
}
