//! Prints the log messages of a cluster, the oldest first, however many there are; with `--follow`
//! it goes on with those to come.
//!
//! ```sh
//! IONOS_TOKEN=... cargo run --example read_logs -- CLUSTER_ID [2026-03-01T12:00:00Z] [--follow]
//! ```

mod report;

use std::collections::BTreeSet;
use std::env;
use std::error::Error;
use std::process::ExitCode;
use std::time::Duration;

use ionos_dbaas_postgres::DateTime;
use ionos_dbaas_postgres::v1::Client;
use ionos_dbaas_postgres::v1::models::LogDirection;

/// The most messages that one call returns.
const LIMIT: usize = 5000;

/// Between two looks for new messages.
const PAUSE: Duration = Duration::from_secs(5);

/// Time, instance and text, in the order in which messages are printed.
type Line = (DateTime, String, String);

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    report::exit(run().await)
}

async fn run() -> Result<(), Box<dyn Error>> {
    let (flags, arguments): (Vec<_>, Vec<_>) = env::args()
        .skip(1)
        .partition(|argument| argument.starts_with("--"));
    let (cluster, mut start) = match arguments.as_slice() {
        [cluster] => (cluster, None),
        [cluster, start] => (cluster, Some(start.parse::<DateTime>()?)),
        _ => return Err("usage: read_logs CLUSTER_ID [START] [--follow]".into()),
    };
    let follow = flags.iter().any(|flag| flag == "--follow");
    let client = Client::builder().from_env()?.build()?;
    // A page begins at the last moment of the one before, which may have had more messages.
    let mut printed: BTreeSet<Line> = BTreeSet::new();
    loop {
        let page = page(&client, cluster, start).await?;
        for line in page.iter().filter(|line| !printed.contains(*line)) {
            let (time, instance, text) = line;
            println!("{time} {instance} {text}");
        }
        let newest = page.iter().map(|(time, ..)| *time).max().or(start);
        let is_full = page.len() >= LIMIT;
        if is_full && newest == start {
            return Err("one moment has more messages than a call can return".into());
        }
        printed.extend(page);
        printed.retain(|(time, ..)| Some(*time) == newest);
        start = newest;
        if !is_full {
            if !follow {
                return Ok(());
            }
            tokio::time::sleep(PAUSE).await;
        }
    }
}

async fn page(
    client: &Client,
    cluster: &str,
    start: Option<DateTime>,
) -> Result<Vec<Line>, Box<dyn Error>> {
    let logs = client.logs().get(cluster);
    let mut call = logs
        .direction(LogDirection::Forward)
        .limit(LIMIT.try_into()?);
    if let Some(start) = start {
        call = call.start(start);
    }
    let mut lines = Vec::new();
    for instance in call.await?.instances.unwrap_or_default() {
        let name = instance.name.unwrap_or_default();
        for message in instance.messages.unwrap_or_default() {
            let time = message.time.ok_or("a message has no time")?;
            lines.push((time, name.clone(), message.message.unwrap_or_default()));
        }
    }
    lines.sort();
    Ok(lines)
}
