//! The transport of this crate: HTTP/1.1 over hyper, to one server.
//!
//! A transport of our own, rather than a general HTTP client, knows exactly whether a request has left
//! the machine, checks a certificate pin before the first byte of a request, and follows no redirect
//! because it cannot.

mod body;
mod dial;
mod origin;
mod pool;
mod proxy;
mod public_key;
mod race;
mod tls;

use std::fmt;
use std::sync::Arc;

use http::header::{CONTENT_LENGTH, HOST, PROXY_AUTHORIZATION};
use http::{HeaderValue, Method, Request, Response, Uri};
use hyper::body::Body as _;

use super::connections::Connections;
use super::{
    BoxFuture, Outcome, RequestBody, ResponseBody, Transport, TransportError, TransportErrorKind,
};
use body::{AnswerBody, SentBody};
use dial::{Dialer, unconnected};
use origin::Origin;
use pool::{Lease, Pool, Sender};

/// Sends requests to the server of the base URL, and to no other. Connections are kept and used
/// again, but not after an answer of 5xx; redirects are answers.
pub struct HttpTransport {
    dialer: Dialer,
    pool: Arc<Pool>,
}

impl HttpTransport {
    /// A transport to the server of a URL; the text of an error says what cannot be used.
    pub(super) fn new(base_url: &str, connections: &Connections) -> Result<Self, String> {
        let origin = base_url.parse().ok().and_then(|uri| Origin::of(&uri));
        let origin = origin
            .ok_or_else(|| "the base URL names no server, or a port that is none".to_owned())?;
        Ok(Self {
            dialer: Dialer::new(origin, connections)?,
            pool: Arc::default(),
        })
    }

    async fn exchange(
        &self,
        mut request: Request<SentBody>,
    ) -> Result<Response<Box<dyn ResponseBody>>, TransportError> {
        self.address(&mut request)?;
        check_runtime()?;
        loop {
            let kept = self.pool.take().await;
            let is_kept = kept.is_some();
            let mut sender = match kept {
                Some(sender) => sender,
                None => self.dialer.dial().await?,
            };
            let mut error = match sender.try_send_request(request).await {
                Ok(response) => return Ok(self.answer(response, sender)),
                Err(error) => error,
            };
            match error.take_message() {
                // The server has closed the kept connection, and has seen nothing of the request.
                Some(unsent) if is_kept => request = unsent,
                unsent => return Err(failure(error.into_error(), unsent.is_some())),
            }
        }
    }

    /// Makes a request say what HTTP/1.1 needs, once it is known to go to the configured server.
    fn address(&self, request: &mut Request<SentBody>) -> Result<(), TransportError> {
        let origin = self.dialer.origin();
        if Origin::of(request.uri()).as_ref() != Some(origin) {
            let reason = "the request is for another server than the configured one";
            return Err(unconnected(TransportErrorKind::Connect, reason));
        }
        let lacks_body = lacks_body(request);
        let headers = request.headers_mut();
        headers.insert(HOST, origin.host_header());
        if lacks_body {
            let length = headers.entry(CONTENT_LENGTH);
            length.or_insert(HeaderValue::from_static("0"));
        }
        match self.dialer.plain_proxy() {
            Some(proxy) => {
                if let Some(authorization) = proxy.authorization() {
                    headers.insert(PROXY_AUTHORIZATION, authorization);
                }
            }
            None => *request.uri_mut() = path_of(request.uri()),
        }
        Ok(())
    }

    fn answer(
        &self,
        response: Response<hyper::body::Incoming>,
        sender: Sender,
    ) -> Response<Box<dyn ResponseBody>> {
        // Some servers close a connection after a failure of their own without saying so, and whatever is
        // sent on it meanwhile gets lost.
        let pool = (!response.status().is_server_error()).then_some(&self.pool);
        let lease = Lease::new(pool, sender);
        response.map(|body| Box::new(AnswerBody::new(body, lease)) as Box<dyn ResponseBody>)
    }
}

impl Transport for HttpTransport {
    fn send(
        &self,
        request: Request<bytes::Bytes>,
    ) -> BoxFuture<'_, Result<Response<Box<dyn ResponseBody>>, TransportError>> {
        Box::pin(self.exchange(request.map(SentBody::whole)))
    }

    fn send_streamed(
        &self,
        request: Request<RequestBody>,
    ) -> BoxFuture<'_, Result<Response<Box<dyn ResponseBody>>, TransportError>> {
        Box::pin(self.exchange(request.map(SentBody::Streamed)))
    }
}

impl fmt::Debug for HttpTransport {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("HttpTransport")
            .field("origin", self.dialer.origin())
            .finish_non_exhaustive()
    }
}

/// Without a runtime the timers and sockets of tokio panic.
fn check_runtime() -> Result<(), TransportError> {
    let found = tokio::runtime::Handle::try_current();
    found.map(drop).map_err(|_| {
        let reason = "connections need a tokio runtime, and the call runs outside of one";
        unconnected(TransportErrorKind::Setup, reason)
    })
}

/// Whether a request has no body although its method is one for bodies. It says so by its length, without
/// which some servers refuse it, and hyper adds none.
fn lacks_body(request: &Request<SentBody>) -> bool {
    let is_for_bodies = [Method::POST, Method::PUT, Method::PATCH].contains(request.method());
    is_for_bodies && request.body().is_end_stream()
}

fn path_of(uri: &Uri) -> Uri {
    let path = uri.path_and_query().cloned();
    path.map_or_else(|| Uri::from_static("/"), Uri::from)
}

/// hyper's errors name no URL and no header, so nothing in them is secret.
fn failure(error: hyper::Error, is_unsent: bool) -> TransportError {
    let kind = if error.is_parse_too_large() {
        TransportErrorKind::HeadTooLarge
    } else {
        tls::fault(&error).unwrap_or(TransportErrorKind::Exchange)
    };
    let outcome = if is_unsent {
        Outcome::NotSent
    } else {
        Outcome::Unknown
    };
    TransportError::new(kind, outcome, error)
}
