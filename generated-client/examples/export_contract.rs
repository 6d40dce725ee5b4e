//! Prints all clusters of a contract with their users, databases and backups as one JSON text.
//!
//! ```sh
//! IONOS_TOKEN=... cargo run --example export_contract > contract.json
//! ```

mod report;

use std::error::Error;
use std::io::{self, Write};
use std::process::ExitCode;

use ionos_dbaas_postgres::v1::Client;
use ionos_dbaas_postgres::v1::models::ClusterResponse;
use serde_json::{Value, json};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    report::exit(run().await)
}

async fn run() -> Result<(), Box<dyn Error>> {
    let client = Client::builder().from_env()?.build()?;
    let mut exported = Vec::new();
    let mut clusters = client.clusters().list().items();
    while let Some(cluster) = clusters.next().await {
        exported.push(export(&client, cluster?).await?);
    }
    writeln!(io::stdout(), "{:#}", json!({ "clusters": exported }))?;
    Ok(())
}

async fn export(client: &Client, cluster: ClusterResponse) -> Result<Value, Box<dyn Error>> {
    let id = cluster.id.clone();
    let id = id.ok_or("the server did not name a cluster")?;
    let mut users = Vec::new();
    let mut items = client.users().list(&id).items();
    while let Some(user) = items.next().await {
        users.push(user?);
    }
    let mut databases = Vec::new();
    let mut items = client.databases().list(&id).items();
    while let Some(database) = items.next().await {
        databases.push(database?);
    }
    let mut backups = Vec::new();
    let mut items = client.backups().list_for_cluster(&id).items();
    while let Some(backup) = items.next().await {
        backups.push(backup?);
    }
    Ok(json!({
        "cluster": cluster,
        "users": users,
        "databases": databases,
        "backups": backups,
    }))
}
