//! The types that somebody writes who has no client, with conversions that are derived.

use ionos_dbaas_postgres::DateTime;
use ionos_dbaas_postgres::v1::models::{
    BackupLocation, DayOfTheWeek, Location, PoolMode, ResourceType, State, StorageType,
    SynchronizationMode,
};
use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "it is there to be read from JSON")]
pub(crate) struct ClusterList {
    id: Option<String>,
    items: Option<Vec<Cluster>>,
    #[serde(rename = "type")]
    kind: Option<ResourceType>,
    limit: Option<i64>,
    offset: Option<i64>,
}

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "it is there to be read from JSON")]
pub(crate) struct Cluster {
    id: Option<String>,
    metadata: Option<Metadata>,
    properties: Option<Properties>,
    #[serde(rename = "type")]
    kind: Option<ResourceType>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "it is there to be read from JSON")]
struct Metadata {
    created_by: Option<String>,
    created_by_user_id: Option<String>,
    created_date: Option<DateTime>,
    last_modified_by: Option<String>,
    last_modified_by_user_id: Option<String>,
    last_modified_date: Option<DateTime>,
    state: Option<State>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "it is there to be read from JSON")]
struct Properties {
    backup_location: Option<BackupLocation>,
    connection_pooler: Option<ConnectionPooler>,
    connections: Option<Vec<Connection>>,
    cores: Option<i64>,
    display_name: Option<String>,
    dns_name: Option<String>,
    instances: Option<i64>,
    location: Option<Location>,
    maintenance_window: Option<MaintenanceWindow>,
    postgres_version: Option<String>,
    ram: Option<i64>,
    storage_size: Option<i64>,
    storage_type: Option<StorageType>,
    synchronization_mode: Option<SynchronizationMode>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "it is there to be read from JSON")]
struct ConnectionPooler {
    enabled: Option<bool>,
    pool_mode: Option<PoolMode>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "it is there to be read from JSON")]
struct Connection {
    datacenter_id: String,
    lan_id: String,
    cidr: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "it is there to be read from JSON")]
struct MaintenanceWindow {
    time: String,
    day_of_the_week: DayOfTheWeek,
}
