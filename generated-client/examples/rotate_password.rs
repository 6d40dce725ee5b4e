//! Gives a database user a new password, which is the first line of a file or of the standard input; on
//! a terminal, it is asked for.
//!
//! ```sh
//! IONOS_TOKEN=... cargo run --example rotate_password -- CLUSTER_ID USER [PASSWORD_FILE]
//! ```

mod password;
mod report;

use std::env;
use std::error::Error;
use std::process::ExitCode;

use ionos_dbaas_postgres::v1::Client;
use ionos_dbaas_postgres::v1::models::{PatchUserProperties, UsersPatchRequest};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    report::exit(run().await)
}

async fn run() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let (cluster, user, file) = match arguments.as_slice() {
        [cluster, user] => (cluster, user, None),
        [cluster, user, file] => (cluster, user, Some(file.as_ref())),
        _ => return Err("usage: rotate_password CLUSTER_ID USER [PASSWORD_FILE]".into()),
    };
    let password = password::read(file)?;
    let client = Client::builder().from_env()?.build()?;

    let change = UsersPatchRequest::new(PatchUserProperties::default().password(password));
    client.users().patch(cluster, user, &change).await?;
    // A change of a user keeps the whole cluster busy for a while.
    client.clusters().wait_until_available(cluster).await?;
    println!("{user} of {cluster} has a new password");
    Ok(())
}
