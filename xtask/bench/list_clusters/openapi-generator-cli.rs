//! Lists clusters through what openapi-generator emits.

use peer::apis::{configuration::{ApiKey, Configuration}, clusters_api::clusters_get};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let token = std::env::var("IONOS_TOKEN").expect("there is a token");
    let mut configuration = Configuration::new();
    configuration.api_key = Some(ApiKey {
        prefix: Some("Bearer".to_owned()),
        key: token,
    });
    println!("{:?}", clusters_get(&configuration, None, None, None).await);
}
