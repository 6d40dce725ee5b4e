//! A transport that keeps the request and gives an answer of our own.

use std::fmt::Write;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use http::{HeaderValue, Request, Response};
use ionos_dbaas_postgres::{BoxFuture, ResponseBody, Transport, TransportError, v1};

/// Keeps the last request.
#[derive(Clone)]
pub(crate) struct Recorder {
    status: u16,
    answer: Bytes,
    request: Arc<Mutex<Option<Request<Bytes>>>>,
}

impl Recorder {
    /// Answers every request alike.
    pub(crate) fn new(status: u16, answer: &str) -> Self {
        let answer = Bytes::copy_from_slice(answer.as_bytes());
        Self {
            status,
            answer,
            request: Arc::default(),
        }
    }

    /// A client whose requests are kept.
    pub(crate) fn client(&self) -> v1::Client {
        let builder = v1::Client::builder().token("a token that must not show");
        builder
            .transport(self.clone())
            .build()
            .expect("the configuration is right")
    }

    /// The request as text: method, path and query, headers without secrets, and the body.
    pub(crate) fn request(&self) -> String {
        let kept = self
            .request
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        let request = kept.expect("a request was sent");
        let target = request
            .uri()
            .path_and_query()
            .expect("the request has a path");
        let mut text = format!("{} {target}\n", request.method());
        let mut headers: Vec<_> = request.headers().iter().collect();
        headers.sort_by_key(|(name, _)| name.as_str());
        for (name, value) in headers {
            writeln!(text, "{name}: {}", shown(value)).expect("a text grows");
        }
        if !request.body().is_empty() {
            let body: serde_json::Value =
                serde_json::from_slice(request.body()).expect("the body is JSON");
            writeln!(text, "\n{body:#}").expect("a text grows");
        }
        text
    }
}

fn shown(value: &HeaderValue) -> &str {
    if value.is_sensitive() {
        "(secret)"
    } else {
        value.to_str().expect("the header is a text")
    }
}

impl Transport for Recorder {
    fn send(
        &self,
        request: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<Box<dyn ResponseBody>>, TransportError>> {
        *self.request.lock().unwrap_or_else(PoisonError::into_inner) = Some(request);
        let body: Box<dyn ResponseBody> = Box::new(Some(self.answer.clone()));
        let response = Response::builder().status(self.status).body(body);
        let response = response.expect("the answer is well formed");
        Box::pin(std::future::ready(Ok(response)))
    }
}
