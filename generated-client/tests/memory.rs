//! Secrets do not stay in memory once nobody needs them. Linux lets a program read its own memory.

#![cfg(target_os = "linux")]

use std::fs::{self, File};
use std::future::ready;
use std::os::unix::fs::FileExt as _;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use http::{Request, Response};
use ionos_dbaas_postgres::v1::Client;
use ionos_dbaas_postgres::v1::models::{
    Connection, CreateClusterProperties, CreateClusterPropertiesRequired, CreateClusterRequest,
    DbUser, Location, StorageType, SynchronizationMode,
};
use ionos_dbaas_postgres::{BoxFuture, ResponseBody, Secret, Transport, TransportError};
use zeroize::Zeroizing;

/// A secret in another form, for a search finds what it searches for.
const HIDDEN: [u8; 24] = {
    let mut bytes = *b"canary-of-the-memory-771";
    let mut index = 0;
    while index < bytes.len() {
        bytes[index] ^= MASK;
        index += 1;
    }
    bytes
};

const MASK: u8 = 0x55;

fn canary() -> Secret {
    let mut text = String::with_capacity(HIDDEN.len());
    text.extend(HIDDEN.iter().map(|byte| char::from(byte ^ MASK)));
    Secret::from(text)
}

/// So much memory is looked at at once.
const PIECE: usize = 8192;

static BLANK: [u8; PIECE] = [0; PIECE];

/// Where the secret begins in a piece of memory.
fn places(piece: &[u8]) -> impl Iterator<Item = usize> {
    // Most memory has never been written.
    let is_blank = *piece == BLANK[..piece.len()];
    let piece = if is_blank { &[] } else { piece };
    let windows = piece.windows(HIDDEN.len()).enumerate();
    let is_secret = |window: &[u8]| {
        let mut pairs = window.iter().zip(HIDDEN);
        pairs.all(|(one, other)| one ^ MASK == other)
    };
    windows
        .filter(move |(_, window)| is_secret(window))
        .map(|(index, _)| index)
}

/// How often the secret is somewhere in the memory that can be written.
fn copies() -> usize {
    let maps = fs::read_to_string("/proc/self/maps").expect("the list of memory can be read");
    let memory = File::open("/proc/self/mem").expect("the memory can be read");
    let mut buffer = Zeroizing::new(vec![0_u8; PIECE]);
    let own = buffer.as_ptr().addr()..buffer.as_ptr().addr() + buffer.len();
    let mut found = 0;
    for line in maps.lines().filter(|line| line.contains(" rw")) {
        let range = line
            .split(' ')
            .next()
            .and_then(|range| range.split_once('-'));
        let (start, end) = range.expect("a line begins with a range");
        let address = |text| u64::from_str_radix(text, 16).expect("it is an address");
        let (mut start, end) = (address(start), address(end));
        while start < end {
            // What cannot be read is not memory, but a device.
            let Ok(count) = memory.read_at(&mut buffer, start) else {
                break;
            };
            let size = usize::try_from(end - start).map_or(count, |left| count.min(left));
            let base = usize::try_from(start).expect("an address fits");
            let places = places(&buffer[..size]);
            found += places
                .filter(|place| !own.contains(&(base + place)))
                .count();
            if size <= HIDDEN.len() {
                break;
            }
            // One that lies across the end of this piece begins within the next.
            start += u64::try_from(size - HIDDEN.len() + 1).expect("it fits");
        }
    }
    found
}

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
        credentials: DbUser::new("owner", canary()),
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

    let client = Client::builder().transport(keeper.clone()).token(canary());
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
        .basic_auth("user", canary());
    let client = client.build().expect("the configuration is right");
    let result = runtime.block_on(client.clusters().get("c").with_max_attempts(1).send());
    result.expect_err("the server is busy");
    drop(client);
    assert_eq!(copies(), 0);
}
