//! Prints the log messages of a cluster, the oldest first.
//!
//! ```sh
//! IONOS_TOKEN=... cargo run --example read_logs -- CLUSTER_ID [2026-03-01T12:00:00Z]
//! ```

use std::env;
use std::error::Error;
use std::process::ExitCode;

use ionos_dbaas_postgres::DateTime;
use ionos_dbaas_postgres::v1::Client;
use ionos_dbaas_postgres::v1::models::LogDirection;

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
    let cluster = arguments
        .next()
        .ok_or("usage: read_logs CLUSTER_ID [START]")?;
    let client = Client::builder().from_env()?.build()?;

    let mut call = client
        .logs()
        .get(&cluster)
        .direction(LogDirection::Forward)
        .limit(5000);
    if let Some(start) = arguments.next() {
        call = call.start(start.parse::<DateTime>()?);
    }
    for instance in call.await?.instances.unwrap_or_default() {
        let name = instance.name.unwrap_or_default();
        for message in instance.messages.unwrap_or_default() {
            let time = message
                .time
                .map(|time| time.to_string())
                .unwrap_or_default();
            println!("{time} {name} {}", message.message.unwrap_or_default());
        }
    }
    Ok(())
}
