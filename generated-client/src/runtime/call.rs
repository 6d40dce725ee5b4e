//! One call, as it is put together.

mod answer;
mod arguments;
mod bodies;
#[cfg_attr(not(feature = "validate"), path = "call/unchecked.rs")]
pub(super) mod checks;

use std::borrow::Cow;
use std::fmt;
use std::future::IntoFuture;
use std::marker::PhantomData;
use std::time::Duration;

use http::header::{CONTENT_TYPE, COOKIE};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};

use super::error::RequestFault;
use super::escape::Escape;
use super::execute::execute;
use super::request_body::Body;
use super::{
    Async, BoxFuture, Client, Endpoint, Error, Failure, Operation, Receive, Response, Success,
};

pub(super) use answer::receive;
#[allow(unused_imports, reason = "not every document has forms")]
pub(super) use bodies::with_body;

/// A call that has not been sent. Await it, or [`send`](Self::send) it.
#[must_use = "a call does nothing until it is awaited"]
pub struct Call<E, M = Async> {
    pub(super) draft: Draft,
    endpoint: PhantomData<fn() -> (E, M)>,
}

/// What an endpoint says of its answers.
#[derive(Clone, Copy)]
pub(super) struct Expected {
    /// The media types to ask for.
    pub(super) accept: &'static str,
    /// Redirects are successes.
    redirects: bool,
    /// A success with this head is handed out as it arrives.
    pub(super) streams: fn(StatusCode, &HeaderMap) -> bool,
}

impl Expected {
    pub(super) fn of<E: Endpoint>() -> Self {
        Self {
            accept: E::ACCEPT,
            redirects: E::REDIRECTS,
            streams: E::Success::streams,
        }
    }

    pub(super) fn is_success(self, status: StatusCode) -> bool {
        status.is_success() || self.redirects && status.is_redirection()
    }
}

/// Names, and values that are percent-encoded.
pub(super) type Pairs = Vec<(Cow<'static, str>, String)>;

/// A request as far as it is known, without the types of its endpoint: everything that happens to it
/// is compiled once.
#[derive(Clone)]
pub struct Draft {
    pub(super) client: Client,
    pub(super) operation: &'static Operation,
    pub(super) expected: Expected,
    /// The server that the operation has of its own.
    pub(super) server: Option<&'static str>,
    /// Arguments of the path, percent-encoded.
    pub(super) path: Vec<(&'static str, String)>,
    pub(super) query: Pairs,
    pub(super) headers: Vec<(HeaderName, HeaderValue)>,
    pub(super) cookies: Pairs,
    pub(super) body: Option<Body>,
    pub(super) deadline: Option<Duration>,
    pub(super) attempt_timeout: Option<Duration>,
    pub(super) idle_timeout: Option<Duration>,
    pub(super) max_attempts: Option<u32>,
    /// The first thing that makes it impossible to send the request.
    pub(super) fault: Option<RequestFault>,
}

impl Draft {
    #[cfg(feature = "blocking")]
    pub(super) fn context(&self) -> super::CallContext {
        super::CallContext {
            operation: self.operation,
            attempts: 0,
        }
    }

    fn set_body(&mut self, body: Result<Body, String>) {
        match body {
            Ok(body) => self.body = Some(body),
            Err(reason) => self.fail(RequestFault::Body(reason)),
        }
    }

    pub(super) fn fail(&mut self, fault: RequestFault) {
        self.fault.get_or_insert(fault);
    }

    pub(super) fn add_header(&mut self, name: &str, value: &str) {
        match (
            HeaderName::from_bytes(name.as_bytes()),
            HeaderValue::from_str(value),
        ) {
            (Ok(name), Ok(mut value)) => {
                value.set_sensitive(true);
                self.headers.push((name, value));
            }
            _ => self.fail(RequestFault::Header(name.to_owned())),
        }
    }

    fn add_query(&mut self, name: &'static str, text: &str) {
        self.query.push((name.into(), Escape::All.text(text)));
    }
}

impl<E: Endpoint, M> Call<E, M> {
    const OPERATION: &'static Operation = &E::OPERATION.security(E::SECURITY);

    /// Starts a call.
    pub fn new(client: &Client<M>) -> Self {
        let draft = Draft {
            client: client.in_mode(),
            operation: Self::OPERATION,
            expected: Expected::of::<E>(),
            server: E::SERVER,
            path: Vec::new(),
            query: Vec::new(),
            headers: Vec::new(),
            cookies: Vec::new(),
            body: None,
            deadline: None,
            attempt_timeout: None,
            idle_timeout: None,
            max_attempts: None,
            fault: None,
        };
        Self {
            draft,
            endpoint: PhantomData,
        }
    }

    /// The most time for this call, in place of the client's deadline.
    pub fn with_deadline(mut self, deadline: Duration) -> Self {
        self.draft.deadline = Some(deadline);
        self
    }

    /// The most time for one attempt of this call, in place of the client's limit.
    pub fn with_attempt_timeout(mut self, timeout: Duration) -> Self {
        self.draft.attempt_timeout = Some(timeout);
        self
    }

    /// The most time for which a stream that this call gives may say nothing, in place of the client's
    /// limit.
    pub fn with_idle_timeout(mut self, timeout: Duration) -> Self {
        self.draft.idle_timeout = Some(timeout);
        self
    }

    /// The most attempts of this call, in place of the client's.
    pub fn with_max_attempts(mut self, attempts: u32) -> Self {
        self.draft.max_attempts = Some(attempts.max(1));
        self
    }

    /// Adds a header to this call, in place of one that the client adds to all. Its value does not show
    /// in debug output.
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        self.draft.add_header(name, value);
        self
    }

    pub(super) fn from_draft(draft: Draft) -> Self {
        Self {
            draft,
            endpoint: PhantomData,
        }
    }
}

impl<E: Endpoint> Call<E> {
    /// Sends the call and gives the value of a successful answer.
    pub async fn send(self) -> Result<Success<E>, Error<Failure<E>>> {
        self.send_with_response().await.map(Response::into_value)
    }

    /// Sends the call and gives the value with what came along: status, headers, attempts.
    pub async fn send_with_response(self) -> Result<Response<Success<E>>, Error<Failure<E>>> {
        receive::<E>(execute(self.draft).await)
    }
}

impl<E: Endpoint> IntoFuture for Call<E> {
    type Output = Result<Success<E>, Error<Failure<E>>>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.send())
    }
}

impl<E, M> Clone for Call<E, M> {
    fn clone(&self) -> Self {
        Self {
            draft: self.draft.clone(),
            endpoint: PhantomData,
        }
    }
}

/// Shows the operation only: parameters and bodies may be secret.
impl<E, M> fmt::Debug for Call<E, M> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Call")
            .field("operation", &self.draft.operation.id)
            .finish_non_exhaustive()
    }
}

/// The headers that a body and cookies need.
pub(super) fn content_headers(
    draft: &Draft,
) -> Result<Vec<(HeaderName, HeaderValue)>, RequestFault> {
    let value = |name: &HeaderName, text: &str| {
        HeaderValue::from_str(text).map_err(|_| RequestFault::Header(name.to_string()))
    };
    let mut headers = Vec::new();
    if let Some(body) = &draft.body {
        headers.push((CONTENT_TYPE, value(&CONTENT_TYPE, &body.media_type)?));
    }
    if !draft.cookies.is_empty() {
        let pairs = draft.cookies.iter();
        let pairs: Vec<String> = pairs
            .map(|(name, value)| format!("{}={value}", Escape::Cookie.text(name)))
            .collect();
        let mut cookies = value(&COOKIE, &pairs.join("; "))?;
        cookies.set_sensitive(true);
        headers.push((COOKIE, cookies));
    }
    Ok(headers)
}
