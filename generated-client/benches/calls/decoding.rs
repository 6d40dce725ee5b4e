//! What a large answer costs once it is there.

use std::hint::black_box;

use bytes::Bytes;
use http::{Request, Response};
use ionos_dbaas_postgres::v1::{Client, models};
use ionos_dbaas_postgres::{BoxFuture, ResponseBody, Transport, TransportError};
use serde::de::DeserializeOwned;

use crate::{Outcome, TOKEN, TURNS, compare, derived, drop_value, server, turn};

/// From the bytes of an answer to its value: a whole call of the client but for the way to the server,
/// beside the function that somebody calls who has no client.
pub(crate) async fn answers(calls: usize) -> Outcome<()> {
    let answer = Bytes::from(server::page(0, 1000));
    let builder = Client::builder()
        .base_url("https://server.invalid")
        .token(TOKEN);
    let client = builder.transport(Canned(answer.clone())).build()?;
    let (mut ours, mut by_hand) = (Vec::new(), Vec::new());
    for _ in 0..TURNS {
        let call = async || drop_value(Ok(client.clusters().list().limit(1000).await?));
        ours.push(turn(calls, call).await?);
        let read = async || drop_value(read::<derived::ClusterList>(&answer));
        by_hand.push(turn(calls, read).await?);
    }
    let ways = [("client", ours), ("serde_json::from_slice", by_hand)];
    compare("decode an answer of 1,000 clusters", &ways);
    Ok(())
}

fn read<T: DeserializeOwned>(answer: &[u8]) -> Outcome<T> {
    Ok(serde_json::from_slice(answer)?)
}

/// The conversions alone, of a text that is known to be one.
pub(crate) async fn conversions(calls: usize) -> Outcome<()> {
    let text = server::page(0, 1000);
    let (mut emitted, mut derived) = (Vec::new(), Vec::new());
    for _ in 0..TURNS {
        emitted.push(conversion::<models::ClusterList>(calls, &text).await?);
        derived.push(conversion::<derived::ClusterList>(calls, &text).await?);
    }
    let ways = [("client", emitted), ("derived conversions", derived)];
    compare("convert a text of 1,000 clusters", &ways);
    Ok(())
}

async fn conversion<T: DeserializeOwned>(calls: usize, text: &str) -> Outcome<crate::Cost> {
    let convert = async || drop_value(Ok(serde_json::from_str::<T>(black_box(text))?));
    turn(calls, convert).await
}

/// Has an answer ready.
struct Canned(Bytes);

impl Transport for Canned {
    fn send(
        &self,
        _: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<Box<dyn ResponseBody>>, TransportError>> {
        let body: Box<dyn ResponseBody> = Box::new(Some(self.0.clone()));
        let mut response = Response::new(body);
        let media_type = http::HeaderValue::from_static("application/json");
        let headers = response.headers_mut();
        headers.insert(http::header::CONTENT_TYPE, media_type);
        Box::pin(std::future::ready(Ok(response)))
    }
}
