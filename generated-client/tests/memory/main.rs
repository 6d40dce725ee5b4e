//! Secrets do not stay in memory once nobody needs them. Linux lets a program read its own memory.

#![cfg(target_os = "linux")]

use std::future::ready;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use http::{Request, Response};
use ionos_dbaas_postgres::v1::Client;
use ionos_dbaas_postgres::v1::models::{
    Connection, CreateClusterProperties, CreateClusterPropertiesRequired, CreateClusterRequest,
    DbUser, Location, StorageType, SynchronizationMode,
};
use ionos_dbaas_postgres::{BoxFuture, ResponseBody, Secret, Transport, TransportError};

mod search;

use search::{canary, copies};

/// Answers that it is busy, and keeps the last request.
#[derive(Clone, Default)]
struct Keeper(Arc<Mutex<Option<Request<Bytes>>>>);

impl Keeper {
    fn keep(&self, request: Option<Request<Bytes>>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = request;
    }
}

impl Transport for Keeper {
    fn send(
        &self,
        request: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<Box<dyn ResponseBody>>, TransportError>> {
        self.keep(Some(request));
        let mut answer = Response::new(Box::new(None::<Bytes>) as Box<dyn ResponseBody>);
        *answer.status_mut() = http::StatusCode::INTERNAL_SERVER_ERROR;
        Box::pin(ready(Ok(answer)))
    }
}

fn request() -> CreateClusterRequest {
    let long = "a name that makes the body grow, again and again ".repeat(40);
    let required = CreateClusterPropertiesRequired {
        display_name: long,
        postgres_version: "16".to_owned(),
        location: Location::DeFra,
        instances: 1,
        cores: 2,
        ram: 4096,
        storage_size: 20480,
        storage_type: StorageType::SsdPremium,
        connections: vec![Connection::new("d", "1", "10.0.0.1/24".repeat(200))],
        credentials: DbUser::new("owner", canary::<Secret>()),
        synchronization_mode: SynchronizationMode::Unrecognized("long".repeat(1000)),
    };
    CreateClusterRequest::new(CreateClusterProperties::new(required))
}

#[test]
fn no_secret_of_a_request_stays_in_memory() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build();
    let runtime = runtime.expect("a runtime starts");
    let keeper = Keeper::default();
    let request = request();
    assert_eq!(copies(), 1, "the request is there, and the search finds it");

    let client = Client::builder()
        .transport(keeper.clone())
        .token(canary::<Secret>());
    let client = client.build().expect("the configuration is right");
    let result = runtime.block_on(client.clusters().create(&request).send());
    result.expect_err("the server is busy");
    assert!(copies() >= 4, "token, header and body are there too");
    keeper.keep(None);
    assert_eq!(copies(), 2, "the request and the token are what is left");
    drop((client, request));
    assert_eq!(copies(), 0);

    // Basic credentials are in base64, behind a text that is not.
    let client = Client::builder()
        .transport(keeper.clone())
        .basic_auth("user", canary::<Secret>());
    let client = client.build().expect("the configuration is right");
    let result = runtime.block_on(client.clusters().get("c").with_max_attempts(1).send());
    result.expect_err("the server is busy");
    drop(client);
    assert_eq!(copies(), 0);
}
