//! Lists the clusters of a contract.
//!
//! ```sh
//! IONOS_TOKEN=... cargo run --example list_clusters
//! ```

mod report;

use std::error::Error;
use std::process::ExitCode;

use ionos_dbaas_postgres::v1::Client;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    report::exit(run().await)
}

async fn run() -> Result<(), Box<dyn Error>> {
    let client = Client::builder().from_env()?.build()?;
    let mut clusters = client.clusters().list().items();
    println!("{:<38} {:<12} {:<4} NAME", "ID", "STATE", "PG");
    while let Some(cluster) = clusters.next().await {
        let cluster = cluster?;
        let metadata = cluster.metadata.unwrap_or_default();
        let properties = cluster.properties.unwrap_or_default();
        println!(
            "{:<38} {:<12} {:<4} {}",
            cluster.id.unwrap_or_default(),
            metadata.state.as_ref().map_or("?", |state| state.as_str()),
            properties.postgres_version.unwrap_or_default(),
            properties.display_name.unwrap_or_default(),
        );
    }
    Ok(())
}
