//! Lists clusters through what this project emits.

use peer::Client;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let token = std::env::var("IONOS_TOKEN").expect("there is a token");
    let client = Client::builder().token(token).build();
    let client = client.expect("the configuration is right");
    println!("{:?}", client.clusters().list().await);
}
