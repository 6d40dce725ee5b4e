//! What the client promises, against a server on loopback that does as it is told, byte by byte.

mod answers;
#[cfg(feature = "blocking")]
mod blocking;
mod clock;
mod credentials;
mod faults;
mod limits;
mod messages;
mod middleware;
mod options;
mod paths;
mod retries;
mod server;
#[cfg(any(feature = "rustls", feature = "native-tls"))]
mod tls;
#[cfg(feature = "tracing")]
mod traces;
mod waiting;

use ionos_dbaas_postgres::{ClientBuilder, v1};

use clock::TestClock;
use server::Server;

const TOKEN: &str = "canary-token-5f1d";

/// A client of the server whose pauses take no time.
fn client(server: &Server) -> v1::Client {
    configured(server)
        .build()
        .expect("the configuration is right")
}

fn configured(server: &Server) -> ClientBuilder<v1::Client> {
    v1::Client::builder()
        .base_url(server.url())
        .token(TOKEN)
        .clock(TestClock::default())
}
