//! The client at work with the stand-in for the service.
#![cfg(feature = "test-util")]

mod background;
mod contract;
mod faults;
mod paging;

use ionos_dbaas_postgres::fake::FakeService;
use ionos_dbaas_postgres::v1::{
    Client,
    models::{
        Connection, CreateClusterProperties, CreateClusterPropertiesRequired, CreateClusterRequest,
        DbUser, Location, State, StorageType, SynchronizationMode, UserPropertiesRequest,
        UserRequest,
    },
};

/// A service and a client of it.
fn service() -> (FakeService, Client) {
    let service = FakeService::new();
    let client = service.client().build().expect("a client");
    (service, client)
}

fn new_cluster(name: &str) -> CreateClusterRequest {
    CreateClusterRequest::new(properties(name))
}

fn properties(name: &str) -> CreateClusterProperties {
    CreateClusterProperties::new(CreateClusterPropertiesRequired {
        postgres_version: "16".to_owned(),
        instances: 1,
        cores: 1,
        ram: 2048,
        storage_size: 2048,
        storage_type: StorageType::Hdd,
        connections: vec![Connection::new("datacenter", "2", "192.168.1.100/24")],
        location: Location::DeFra,
        display_name: name.to_owned(),
        credentials: DbUser::new("benjamin", "0123456789"),
        synchronization_mode: SynchronizationMode::Asynchronous,
    })
}

fn new_user(name: &str) -> UserRequest {
    UserRequest::new(UserPropertiesRequest::new(name).password("0123456789"))
}

/// The state of a cluster, as the service shows it now.
async fn state(client: &Client, id: &str) -> State {
    let cluster = client.clusters().get(id).await.expect("the cluster");
    let metadata = cluster.metadata.expect("metadata");
    metadata.state.expect("a state")
}
