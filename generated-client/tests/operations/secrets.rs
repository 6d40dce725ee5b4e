//! Secrets of forms do not stay in memory.

use std::future::ready;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::Bytes;
use http::{Request, Response};

use crate::limits::{Client, models};
use crate::runtime::{
    BoxFuture, ClientBuilder, RequestBody, ResponseBody, Secret, Transport, TransportError,
};

#[path = "../memory/search.rs"]
mod search;

use search::{canary, copies};

/// Answers, and counts the copies of the secret at that time.
#[derive(Clone, Default)]
struct Counter(Arc<AtomicUsize>);

type Answer = Result<Response<Box<dyn ResponseBody>>, TransportError>;

impl Transport for Counter {
    fn send(&self, _: Request<Bytes>) -> BoxFuture<'_, Answer> {
        self.0.store(copies(), Ordering::Relaxed);
        let mut answer = Response::new(Box::new(None::<Bytes>) as Box<dyn ResponseBody>);
        *answer.status_mut() = http::StatusCode::NO_CONTENT;
        Box::pin(ready(Ok(answer)))
    }

    fn send_streamed(&self, request: Request<RequestBody>) -> BoxFuture<'_, Answer> {
        drop(request);
        self.send(Request::new(Bytes::new()))
    }
}

#[test]
fn no_secret_of_a_form_stays_in_memory() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()
        .expect("a runtime starts");
    let counter = Counter::default();
    let client: Client = ClientBuilder::new("https://localhost")
        .transport(counter.clone())
        .build()
        .expect("the configuration is right");
    let login = models::Login::new("u".repeat(2000), canary::<Secret>());
    for sent in [
        runtime.block_on(client.login().login(&login).send()),
        runtime.block_on(client.login().register(&login).send()),
    ] {
        sent.expect("it is answered");
        assert_eq!(copies(), 1, "the value itself is left");
    }
    assert!(counter.0.load(Ordering::Relaxed) > 1, "the body held it");
    drop(login);
    assert_eq!(copies(), 0);
}
