//! Restores a cluster from its newest backup, up to a point in time where one is named; then the newest
//! backup that begins before it serves.
//!
//! ```sh
//! IONOS_TOKEN=... cargo run --example restore -- CLUSTER_ID [2026-03-01T12:00:00Z]
//! ```

mod report;

use std::env;
use std::error::Error;
use std::process::ExitCode;

use ionos_dbaas_postgres::DateTime;
use ionos_dbaas_postgres::v1::Client;
use ionos_dbaas_postgres::v1::models::CreateRestoreRequest;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    report::exit(run().await)
}

async fn run() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let cluster = arguments.next().ok_or("usage: restore CLUSTER_ID [TIME]")?;
    let target = arguments
        .next()
        .map(|time| time.parse::<DateTime>())
        .transpose()?;
    let client = Client::builder().from_env()?.build()?;

    let id = newest_backup(&client, &cluster, target).await?;
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

/// The newest of all backups that reaches back to the target.
async fn newest_backup(
    client: &Client,
    cluster: &str,
    target: Option<DateTime>,
) -> Result<String, Box<dyn Error>> {
    let mut newest: Option<(DateTime, String)> = None;
    let mut backups = client.backups().list_for_cluster(cluster).items();
    while let Some(backup) = backups.next().await {
        let backup = backup?;
        let id = backup.id.ok_or("the server did not name a backup")?;
        let created = backup.metadata.and_then(|metadata| metadata.created_date);
        let earliest = backup
            .properties
            .and_then(|properties| properties.earliest_recovery_target_time);
        let start = earliest.or(created).ok_or("a backup has no time")?;
        let reaches_back = target.is_none_or(|target| start <= target);
        if reaches_back && newest.as_ref().is_none_or(|(newest, _)| *newest < start) {
            newest = Some((start, id));
        }
    }
    let (_, id) = newest.ok_or("the cluster has no backup that reaches back so far")?;
    Ok(id)
}
