//! Lists clusters through what ploidy emits.

use peer::client::{Client, default::parameters::ClustersGetQuery};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let token = std::env::var("IONOS_TOKEN").expect("there is a token");
    let client = Client::new("https://api.ionos.com/databases/postgresql")
        .and_then(|client| client.with_sensitive_header("authorization", format!("Bearer {token}")));
    let client = client.expect("the configuration is right");
    println!("{:?}", client.clusters_get(&ClustersGetQuery::default()).await);
}
