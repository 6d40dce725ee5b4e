//! Serves the stand-in for the service on this machine, for programs in any language.
//!
//! ```console
//! cargo run --example fake_service --features test-util -- 127.0.0.1:8080 [SECONDS]
//! ```
//!
//! The service takes the token `fake-token` only. A new or changed cluster is busy for ten seconds, or
//! for as long as is said; the real one takes minutes. The resources that the document's samples name
//! are as at the beginning whenever a request comes.

use std::convert::Infallible;
use std::env;
use std::error::Error;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use ionos_dbaas_postgres::fake::FakeService;
use tokio::net::TcpListener;

const CLUSTER: &str = "498ae72f-411f-11eb-9d07-046c59cc737e";
const BACKUPS: [&str; 2] = [
    "498ae72f-411f-11eb-9d07-046c59cc737e-4oymiqu-12",
    "dcd31531-3ac8-11eb-9feb-046c59cc737e",
];

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let address = arguments.next();
    let address = address.ok_or("usage: fake_service ADDRESS:PORT [SECONDS]")?;
    let seconds = arguments.next().map_or(Ok(10), |text| text.parse())?;
    let listener = TcpListener::bind(&address).await?;
    println!("the service is at http://{}", listener.local_addr()?);
    let service = FakeService::in_real_time();
    service.accept_only("fake-token");
    service.busy_for(Duration::from_secs(seconds));
    loop {
        let (stream, _) = listener.accept().await?;
        let service = service.clone();
        tokio::spawn(async move {
            let answer = service_fn(|request| answer(&service, request));
            // A client that goes away in the middle is its own affair.
            let connection = http1::Builder::new().serve_connection(TokioIo::new(stream), answer);
            let _ = connection.await;
        });
    }
}

async fn answer(
    service: &FakeService,
    request: Request<Incoming>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let (head, body) = request.into_parts();
    // A body that breaks off is not JSON, and refused as such.
    let body = body
        .collect()
        .await
        .map(http_body_util::Collected::to_bytes);
    let request = Request::from_parts(head, body.unwrap_or_default());
    bring_back_samples(service);
    Ok(service.respond(&request).map(Full::new))
}

fn bring_back_samples(service: &FakeService) {
    service.add_cluster_with_id(CLUSTER, "PostgreSQL cluster");
    service.add_user(CLUSTER, "benjamin");
    service.add_database(CLUSTER, "benjamindb", "benjamin");
    for backup in BACKUPS {
        service.add_backup_with_id(backup, CLUSTER);
    }
}
