//! One call, as it is put together.

use std::borrow::Cow;
use std::fmt;
use std::future::IntoFuture;
use std::marker::PhantomData;
use std::time::Duration;

use http::header::{CONTENT_TYPE, COOKIE};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde::Serialize;

use super::error::{CallFailure, RequestFault};
use super::execute::{Answer, execute};
use super::form::form;
use super::multipart::{FieldEncoding, multipart};
use super::request_body::Body;
use super::style::{self, Escape, Style};
use super::wiped::{WipedBuffer, wiped};
use super::{
    Async, BoxFuture, Client, Endpoint, Error, Failure, FileUpload, Operation, ParamValue, Receive,
    Received, Response, Success,
};

/// A call that has not been sent. Await it, or [`send`](Self::send) it.
#[must_use = "a call does nothing until it is awaited"]
pub struct Call<E, M = Async> {
    draft: Draft,
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

/// A request as far as it is known, without the types of its endpoint: everything that happens to it
/// is compiled once.
#[derive(Clone)]
pub(super) struct Draft {
    pub(super) client: Client,
    pub(super) operation: &'static Operation,
    pub(super) expected: Expected,
    /// The server that the operation has of its own.
    pub(super) server: Option<&'static str>,
    /// Arguments of the path, percent-encoded.
    pub(super) path: Vec<(&'static str, String)>,
    /// Names, and values that are percent-encoded.
    pub(super) query: Vec<(Cow<'static, str>, String)>,
    pub(super) headers: Vec<(HeaderName, HeaderValue)>,
    /// Names, and values that are percent-encoded.
    pub(super) cookies: Vec<(Cow<'static, str>, String)>,
    pub(super) body: Option<Body>,
    pub(super) deadline: Option<Duration>,
    pub(super) attempt_timeout: Option<Duration>,
    pub(super) idle_timeout: Option<Duration>,
    pub(super) max_attempts: Option<u32>,
    /// The first thing that makes it impossible to send the request.
    pub(super) fault: Option<RequestFault>,
}

impl Draft {
    fn fail(&mut self, fault: RequestFault) {
        self.fault.get_or_insert(fault);
    }

    fn add_header(&mut self, name: &str, value: &str) {
        match (
            HeaderName::from_bytes(name.as_bytes()),
            HeaderValue::from_str(value),
        ) {
            (Ok(name), Ok(value)) => self.headers.push((name, value)),
            _ => self.fail(RequestFault::Header(name.to_owned())),
        }
    }

    /// Sets a query parameter in place of what it was.
    pub(super) fn replace_query(&mut self, name: &'static str, value: &str) {
        self.query.retain(|(other, _)| *other != name);
        self.query.push((name.into(), Escape::All.text(value)));
    }

    pub(super) fn query_value(&self, name: &str) -> Option<&str> {
        let found = self.query.iter().find(|(other, _)| *other == name);
        found.map(|(_, value)| value.as_str())
    }

    fn add_query(&mut self, name: &'static str, value: impl ParamValue) {
        let text = Escape::All.text(&value.into_text());
        self.query.push((name.into(), text));
    }

    /// Adds what a style makes of a value, or notes why it makes nothing of it.
    fn add_styled<W>(&mut self, name: &str, written: Result<W, String>, add: fn(&mut Self, W)) {
        match written {
            Ok(written) => add(self, written),
            Err(reason) => self.fail(RequestFault::Parameter(name.to_owned(), reason)),
        }
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

    /// Sets an argument of the path.
    pub fn path(mut self, name: &'static str, value: impl ParamValue) -> Self {
        let text = Escape::All.text(&value.into_text());
        self.draft.path.push((name, text));
        self
    }

    /// Sets an argument of the path that is a list.
    pub fn path_joined<V: ParamValue>(
        mut self,
        name: &'static str,
        values: impl IntoIterator<Item = V>,
    ) -> Self {
        let text = joined(values, ',', Escape::All);
        self.draft.path.push((name, text));
        self
    }

    /// Sets an argument of the path in a style of its own.
    pub fn path_styled<T: Serialize + ?Sized>(
        mut self,
        name: &'static str,
        value: &T,
        style: Style,
    ) -> Self {
        let written = style::text(name, value, style, Escape::All).map(|text| (name, text));
        self.draft
            .add_styled(name, written, |draft, argument| draft.path.push(argument));
        self
    }

    /// Adds a query parameter.
    pub fn query(mut self, name: &'static str, value: impl ParamValue) -> Self {
        self.draft.add_query(name, value);
        self
    }

    /// Adds a query parameter once for each item of a list.
    pub fn query_all<V: ParamValue>(
        mut self,
        name: &'static str,
        values: impl IntoIterator<Item = V>,
    ) -> Self {
        for value in values {
            self.draft.add_query(name, value);
        }
        self
    }

    /// Adds a query parameter that holds a list.
    pub fn query_joined<V: ParamValue>(
        mut self,
        name: &'static str,
        values: impl IntoIterator<Item = V>,
        separator: char,
    ) -> Self {
        let text = joined(values, separator, Escape::All);
        self.draft.query.push((name.into(), text));
        self
    }

    /// Adds query parameters in a style of their own.
    pub fn query_styled<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        value: &T,
        style: Style,
    ) -> Self {
        self.query_escaped(name, value, style, Escape::All)
    }

    /// Adds query parameters whose values may hold reserved characters. `&`, `#` and `+` are encoded
    /// all the same, since they would change what the server reads.
    pub fn query_reserved<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        value: &T,
        style: Style,
    ) -> Self {
        self.query_escaped(name, value, style, Escape::KeepReserved)
    }

    fn query_escaped<T: Serialize + ?Sized>(
        mut self,
        name: &'static str,
        value: &T,
        style: Style,
        escape: Escape,
    ) -> Self {
        let written = style::pairs(name, value, style, escape);
        self.draft.add_styled(name, written, |draft, pairs| {
            let pairs = pairs.into_iter();
            draft
                .query
                .extend(pairs.map(|(name, text)| (Cow::Owned(name), text)));
        });
        self
    }

    /// Adds a header that the document names.
    pub fn header_param(mut self, name: &'static str, value: impl ParamValue) -> Self {
        self.draft.add_header(name, &value.into_text());
        self
    }

    /// Adds a header that the document names and that holds a list.
    pub fn header_param_joined<V: ParamValue>(
        self,
        name: &'static str,
        values: impl IntoIterator<Item = V>,
    ) -> Self {
        self.header_param(name, joined(values, ',', Escape::Nothing))
    }

    /// Adds a header that the document names, in a style of its own.
    pub fn header_param_styled<T: Serialize + ?Sized>(
        mut self,
        name: &'static str,
        value: &T,
        style: Style,
    ) -> Self {
        let written = style::text(name, value, style, Escape::Nothing).map(|text| (name, text));
        self.draft.add_styled(name, written, |draft, (name, text)| {
            draft.add_header(name, &text);
        });
        self
    }

    /// Adds a cookie.
    pub fn cookie(mut self, name: &'static str, value: impl ParamValue) -> Self {
        let text = Escape::All.text(&value.into_text());
        self.draft.cookies.push((name.into(), text));
        self
    }

    /// Adds cookies in a style of their own.
    pub fn cookie_styled<T: Serialize + ?Sized>(
        mut self,
        name: &'static str,
        value: &T,
        style: Style,
    ) -> Self {
        let written = style::pairs(name, value, style, Escape::All);
        self.draft.add_styled(name, written, |draft, pairs| {
            let pairs = pairs.into_iter();
            draft
                .cookies
                .extend(pairs.map(|(name, text)| (Cow::Owned(name), text)));
        });
        self
    }

    /// Sets the body to a JSON text.
    pub fn json<T: Serialize + ?Sized>(self, value: &T) -> Self {
        self.json_as("application/json", value)
    }

    /// Sets the body to a JSON text of another media type.
    pub fn json_as<T: Serialize + ?Sized>(mut self, media_type: &'static str, value: &T) -> Self {
        self.check_body(value);
        let mut body = WipedBuffer::default();
        let written = serde_json::to_writer(&mut body, value);
        let body = written.map(|()| Body::bytes(media_type, body.into_bytes()));
        self.body_or_fault(body.map_err(|error| error.to_string()))
    }

    /// Sets the body to the pairs of a form.
    pub fn form<T: Serialize + ?Sized>(self, value: &T) -> Self {
        self.form_encoded(value, &[])
    }

    /// Sets the body to the pairs of a form, some of which are written in a way of their own.
    pub fn form_encoded<T: Serialize + ?Sized>(
        mut self,
        value: &T,
        encodings: &[(&str, FieldEncoding)],
    ) -> Self {
        self.check_body(value);
        let body = form(value, encodings);
        self.body_or_fault(
            body.map(|text| Body::bytes("application/x-www-form-urlencoded", wiped(text.into()))),
        )
    }

    /// Sets the body to the parts of a multipart form, files among them.
    pub fn multipart<T: Serialize + ?Sized>(
        mut self,
        media_type: &'static str,
        value: &T,
        encodings: &[(&str, FieldEncoding)],
    ) -> Self {
        self.check_body(value);
        let body = multipart(media_type, value, encodings);
        self.body_or_fault(body)
    }

    /// Sets the body to a file.
    pub fn file(self, media_type: &'static str, file: FileUpload) -> Self {
        self.body_or_fault(Ok(Body::file(media_type, file)))
    }

    fn body_or_fault(mut self, body: Result<Body, String>) -> Self {
        match body {
            Ok(body) => self.draft.body = Some(body),
            Err(reason) => self.draft.fail(RequestFault::Body(reason)),
        }
        self
    }

    #[cfg(feature = "validate")]
    fn check_body<T: Serialize + ?Sized>(&mut self, value: &T) {
        if self.draft.client.shared.validates
            && let Err(violations) = super::validate::check(value, E::BODY)
        {
            self.draft.fail(RequestFault::Invalid(violations));
        }
    }

    #[cfg(not(feature = "validate"))]
    #[allow(clippy::unused_self, reason = "the feature `validate` uses it")]
    fn check_body<T: ?Sized>(&mut self, _: &T) {}

    /// Sets the body to bytes.
    pub fn bytes(mut self, media_type: &'static str, bytes: impl Into<Vec<u8>>) -> Self {
        self.draft.body = Some(Body::bytes(media_type, wiped(bytes.into())));
        self
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

    /// Adds a header to this call, in place of one that the client adds to all.
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        self.draft.add_header(name, value);
        self
    }

    pub(super) fn client(&self) -> Client {
        self.draft.client.clone()
    }

    #[cfg(feature = "blocking")]
    pub(super) fn context(&self) -> super::CallContext {
        super::CallContext {
            operation: self.draft.operation,
            attempts: 0,
        }
    }

    pub(super) fn into_draft(self) -> Draft {
        self.draft
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

/// What an answer means to the caller.
pub(super) fn receive<E: Endpoint>(
    answer: Result<Answer, CallFailure>,
) -> Result<Response<Success<E>>, Error<Failure<E>>> {
    match answer {
        Ok(answer) if Expected::of::<E>().is_success(answer.status) => decode::<E>(answer),
        Ok(answer) => Err(Error::from_answer::<E::Failure>(answer)),
        Err(failure) => Err(failure.into_error()),
    }
}

fn decode<E: Endpoint>(mut answer: Answer) -> Result<Response<Success<E>>, Error<Failure<E>>> {
    let body = Received {
        bytes: answer.body.clone(),
        rest: answer.rest.take(),
    };
    match E::Success::receive(answer.status, body) {
        Ok(value) => Ok(Response::new(value, answer)),
        Err(fault) => {
            answer.span.undecodable();
            Err(Error::from_undecodable(answer, fault))
        }
    }
}

fn joined<V: ParamValue>(
    values: impl IntoIterator<Item = V>,
    separator: char,
    escape: Escape,
) -> String {
    let values = values.into_iter().map(ParamValue::into_text);
    style::joined(values, separator, escape)
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
pub(super) fn content_headers(draft: &Draft) -> Vec<(HeaderName, HeaderValue)> {
    let mut headers = Vec::new();
    if let Some(body) = &draft.body {
        headers.extend(HeaderValue::from_str(&body.media_type).map(|value| (CONTENT_TYPE, value)));
    }
    if !draft.cookies.is_empty() {
        let pairs = draft.cookies.iter();
        let pairs: Vec<String> = pairs
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        if let Ok(mut value) = HeaderValue::from_str(&pairs.join("; ")) {
            value.set_sensitive(true);
            headers.push((COOKIE, value));
        }
    }
    headers
}
