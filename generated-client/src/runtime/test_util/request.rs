//! What a script was asked.

use std::fmt;

use http::header::{AUTHORIZATION, COOKIE, PROXY_AUTHORIZATION};
use http::{HeaderMap, HeaderValue, Method, Request};
use percent_encoding::percent_decode_str;
use serde_json::Value;

use super::super::{Operation, RequestOrigin};
use super::differences::{differences, redacted};

/// What stands for the value of a header that is secret.
const REDACTED: HeaderValue = HeaderValue::from_static("(redacted)");

/// A request as the client sent it, without the credentials of the client.
///
/// Headers that are secret have the value `(redacted)`, and an API key in the query is left out. The
/// body is as it was sent; where it is shown, in debug output or by an assertion that fails, values
/// whose name says that they are secret are redacted.
#[derive(Clone)]
pub struct RecordedRequest {
    method: Method,
    target: String,
    operation: Option<&'static Operation>,
    headers: HeaderMap,
    body: bytes::Bytes,
}

impl RecordedRequest {
    pub(super) fn new(request: Request<bytes::Bytes>) -> Self {
        let (mut head, body) = request.into_parts();
        let origin = head.extensions.remove::<RequestOrigin>();
        let target = match &origin {
            Some(origin) => origin.target().to_owned(),
            None => head.uri.path().to_owned(),
        };
        for (name, value) in &mut head.headers {
            let secret = [AUTHORIZATION, PROXY_AUTHORIZATION, COOKIE].contains(name);
            if secret || value.is_sensitive() {
                *value = REDACTED;
            }
        }
        Self {
            method: head.method,
            target,
            operation: origin.map(|origin| origin.operation()),
            headers: head.headers,
            body,
        }
    }

    /// The HTTP method.
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// The operation that was called.
    pub fn operation(&self) -> Option<&'static Operation> {
        self.operation
    }

    /// The path behind the base URL, with its arguments percent-encoded.
    pub fn path(&self) -> &str {
        self.target.split('?').next().unwrap_or_default()
    }

    /// The first value of a query parameter, decoded.
    pub fn query(&self, name: &str) -> Option<String> {
        let (_, query) = self.target.split_once('?')?;
        let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
        let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        pairs
            .find(|(key, _)| decoded(key) == name)
            .map(|(_, value)| decoded(value))
    }

    /// The first value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// All headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body as it was sent, with the secrets that it holds.
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// The body as JSON, with the secrets that it holds.
    ///
    /// # Panics
    ///
    /// It is no JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        match serde_json::from_slice(&self.body) {
            Ok(value) => value,
            Err(error) => panic!("the body of {} is no JSON: {error}", self.line()),
        }
    }

    /// Requires that the body is this JSON value.
    ///
    /// # Panics
    ///
    /// It is another one; the message names each difference by its JSON pointer.
    #[track_caller]
    pub fn assert_json(&self, expected: &Value) {
        let found = differences(expected, &self.json());
        assert!(
            found.is_empty(),
            "the body of {} is another one than expected\n  {}",
            self.line(),
            found.join("\n  ")
        );
    }

    /// Method, path and query in one line, as
    /// [`assert_requests`](super::ScriptedTransport::assert_requests) takes them.
    pub fn line(&self) -> String {
        format!("{} {}", self.method, self.target)
    }
}

impl fmt::Debug for RecordedRequest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_struct("RecordedRequest");
        shown.field("line", &self.line());
        shown.field("headers", &self.headers);
        match serde_json::from_slice::<Value>(&self.body) {
            Ok(value) => shown.field("json", &redacted("", &value)),
            Err(_) => shown.field("body_length", &self.body.len()),
        };
        shown.finish_non_exhaustive()
    }
}
