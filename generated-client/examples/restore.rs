//! Restores a cluster from its newest backup, up to a point in time where one is named.
//!
//! ```sh
//! IONOS_TOKEN=... cargo run --example restore -- CLUSTER_ID [2026-03-01T12:00:00Z]
//! ```

use std::env;
use std::error::Error;
use std::process::ExitCode;

use ionos_dbaas_postgres::DateTime;
use ionos_dbaas_postgres::v1::Client;
use ionos_dbaas_postgres::v1::models::CreateRestoreRequest;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let cluster = arguments.next().ok_or("usage: restore CLUSTER_ID [TIME]")?;
    let target = arguments
        .next()
        .map(|time| time.parse::<DateTime>())
        .transpose()?;
    let client = Client::builder().from_env()?.build()?;

    let backups = client.backups().list_for_cluster(&cluster).await?;
    let created = |backup: &ionos_dbaas_postgres::v1::models::BackupResponse| {
        backup
            .metadata
            .as_ref()
            .and_then(|metadata| metadata.created_date)
    };
    let backups = backups.items.unwrap_or_default();
    let newest = backups
        .into_iter()
        .max_by_key(created)
        .ok_or("the cluster has no backup")?;
    let id = newest.id.ok_or("the server did not name the backup")?;

    let mut request = CreateRestoreRequest::new(&id);
    if let Some(target) = target {
        request = request.recovery_target_time(target);
    }
    client.restores().start(&cluster, &request).await?;
    println!("restoring {cluster} from {id}");
    client.clusters().wait_until_available(&cluster).await?;
    println!("done");
    Ok(())
}
