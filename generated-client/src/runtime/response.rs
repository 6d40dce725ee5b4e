//! A value with what came along.

use std::fmt;

use bytes::Bytes;
use http::header::LOCATION;
use http::{HeaderMap, StatusCode};

use super::execute::Answer;

/// The bytes of a body. They are not shown, for they may hold what a value hides.
#[derive(Clone)]
pub(super) struct RawBody(pub(super) Bytes);

impl fmt::Debug for RawBody {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} bytes", self.0.len())
    }
}

/// The value of a successful answer, with its status, headers and the number of attempts.
#[derive(Debug, Clone)]
pub struct Response<T> {
    value: T,
    status: StatusCode,
    headers: HeaderMap,
    raw_body: RawBody,
    attempts: u32,
}

impl<T> Response<T> {
    pub(super) fn new(value: T, answer: Answer) -> Self {
        let Answer {
            context,
            status,
            headers,
            body,
            ..
        } = answer;
        Self {
            value,
            status,
            headers,
            raw_body: RawBody(body),
            attempts: context.attempts,
        }
    }

    /// The value.
    pub fn value(&self) -> &T {
        &self.value
    }

    /// The value alone.
    pub fn into_value(self) -> T {
        self.value
    }

    /// The status of the answer.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers of the answer.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The bytes of the body, also where the document does not say what they hold; empty where the value
    /// is a stream.
    pub fn raw_body(&self) -> &[u8] {
        &self.raw_body.0
    }

    /// Where a redirect leads. The client does not follow it: it would take credentials to wherever the
    /// server says.
    pub fn location(&self) -> Option<&str> {
        self.headers.get(LOCATION)?.to_str().ok()
    }

    /// How often the request was sent. A `DELETE` that meets status 404 after its first attempt may
    /// have met its own success.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// The ID that the server gave the request, for a support case.
    pub fn request_id(&self) -> Option<&str> {
        super::error::request_id(&self.headers)
    }
}
