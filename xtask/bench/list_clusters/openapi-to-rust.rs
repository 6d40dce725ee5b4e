//! Lists clusters through what openapi-to-rust emits.

use peer::HttpClient;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let token = std::env::var("IONOS_TOKEN").expect("there is a token");
    let client = HttpClient::new().with_api_key(token);
    println!("{:?}", client.clusters_get(None, None, None::<&str>).await);
}
