//! Lists clusters through what oas3-gen emits.

use peer::{ClustersGetRequest, IonosDBaaSPostgreSqlRestApiClient};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let token = std::env::var("IONOS_TOKEN").expect("there is a token");
    let client = IonosDBaaSPostgreSqlRestApiClient::new().with_token_auth(format!("Bearer {token}"));
    println!("{:?}", client.clusters_get(ClustersGetRequest::default()).await);
}
