//! Creates a small cluster and waits until it can be used. The password of its first user is the first
//! line of a file or of the standard input; on a terminal, it is asked for.
//!
//! ```sh
//! IONOS_TOKEN=... cargo run --example create_cluster -- DATACENTER_ID LAN_ID CIDR [PASSWORD_FILE]
//! ```

mod password;
mod report;

use std::env;
use std::error::Error;
use std::io::{self, Write};
use std::process::ExitCode;

use ionos_dbaas_postgres::v1::Client;
use ionos_dbaas_postgres::v1::models::{
    Connection, CreateClusterProperties, CreateClusterPropertiesRequired, CreateClusterRequest,
    DbUser, Location, StorageType, SynchronizationMode,
};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    report::exit(run().await)
}

async fn run() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let (datacenter, lan, cidr, file) = match arguments.as_slice() {
        [datacenter, lan, cidr] => (datacenter, lan, cidr, None),
        [datacenter, lan, cidr, file] => (datacenter, lan, cidr, Some(file.as_ref())),
        _ => return Err("usage: create_cluster DATACENTER_ID LAN_ID CIDR [PASSWORD_FILE]".into()),
    };
    let password = password::read(file)?;
    let client = Client::builder().from_env()?.build()?;
    let required = CreateClusterPropertiesRequired {
        display_name: "example".to_owned(),
        postgres_version: "16".to_owned(),
        location: Location::from("de/fra"),
        instances: 1,
        cores: 2,
        ram: 4096,
        storage_size: 20480,
        storage_type: StorageType::SsdPremium,
        connections: vec![Connection::new(datacenter, lan, cidr)],
        credentials: DbUser::new("owner", password),
        synchronization_mode: SynchronizationMode::Asynchronous,
    };
    let request = CreateClusterRequest::new(CreateClusterProperties::new(required));
    let cluster = client.clusters().create(&request).await?;
    let id = cluster
        .id
        .ok_or("the server did not name the new cluster")?;
    println!("created {id}");

    let cluster = client
        .clusters()
        .wait_until_available(&id)
        .on_progress(|progress| {
            let state = progress.state.unwrap_or("not visible yet");
            print!("\r{state} for {} s   ", progress.elapsed.as_secs());
            let _ = io::stdout().flush();
        })
        .await?;
    let properties = cluster.properties.unwrap_or_default();
    println!("\nready at {}", properties.dns_name.unwrap_or_default());
    Ok(())
}
