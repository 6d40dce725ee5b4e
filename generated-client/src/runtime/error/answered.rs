//! Answers that are no success, and those that cannot be read.

use std::fmt;
use std::time::Duration;

use http::header::{CONTENT_ENCODING, CONTENT_TYPE, LOCATION};
use http::{HeaderMap, HeaderValue, StatusCode};

use super::super::charset::from_latin;
use super::super::decode::DecodeFault;
use super::super::media_type::{essence, is_json};
use super::super::problem::summary;
use super::super::response::RawBody;
use super::CallContext;

/// An answer that is no success.
#[derive(Debug)]
pub struct ApiError<B> {
    pub(super) context: CallContext,
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Option<B>,
    pub(super) raw_body: RawBody,
    pub(super) refused_pause: Option<Duration>,
}

impl<B> ApiError<B> {
    /// The operation and the number of attempts.
    pub fn context(&self) -> CallContext {
        self.context
    }

    /// The status.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers of the answer.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Where a redirect leads that was not followed.
    pub fn location(&self) -> Option<&str> {
        self.headers.get(LOCATION)?.to_str().ok()
    }

    /// The body, where it is what the document describes. Where that is one kind of object, an object that
    /// has none of its properties is something else.
    pub fn body(&self) -> Option<&B> {
        self.body.as_ref()
    }

    /// The body as it came, up to 64 KiB.
    pub fn raw_body(&self) -> &[u8] {
        &self.raw_body.0
    }

    /// The pause that the server asked for before another attempt, where the call's deadline left no
    /// time for it.
    pub fn refused_pause(&self) -> Option<Duration> {
        self.refused_pause
    }

    /// Says in one line what was answered, and what that means.
    pub(super) fn describe(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "the server answered {}", in_words(self.status))?;
        if self.status.is_redirection() && self.status != StatusCode::NOT_MODIFIED {
            formatter.write_str(", and redirects are not followed")?;
        }
        if let Some(pause) = self.refused_pause {
            let seconds = pause.as_secs();
            write!(
                formatter,
                " and asks to wait {seconds} s, beyond the call's deadline"
            )?;
        }
        if self.lacks_credentials() {
            formatter.write_str(
                " (the document asks for no credentials here, so the client adds none of its own)",
            )?;
        }
        let latin = from_latin(&self.headers, self.raw_body());
        let body = latin.as_ref().map_or(self.raw_body(), String::as_bytes);
        match summary(self.status, body) {
            Some(summary) => write!(formatter, ": {summary}"),
            None => Ok(()),
        }
    }

    /// The server wants credentials where the document knows of none.
    fn lacks_credentials(&self) -> bool {
        let refused = [StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN];
        refused.contains(&self.status) && self.context.operation.security.is_empty()
    }
}

/// A successful answer that cannot be read.
#[derive(Debug)]
pub struct DecodeError {
    pub(super) context: CallContext,
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) raw_body: RawBody,
    pub(super) fault: DecodeFault,
}

impl DecodeError {
    /// The operation and the number of attempts.
    pub fn context(&self) -> CallContext {
        self.context
    }

    /// The status.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers of the answer.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body as it came, up to 64 KiB.
    pub fn raw_body(&self) -> &[u8] {
        &self.raw_body.0
    }

    /// What the server calls the body, where that is not JSON or no JSON is wanted.
    pub(super) fn other_media_type(&self) -> Option<&HeaderValue> {
        let media_type = self.headers.get(CONTENT_TYPE)?;
        let is_json = essence(&self.headers).is_some_and(is_json);
        (!is_json || self.fault.is_media_type).then_some(media_type)
    }

    /// How the server compressed the body. The client asks for no compression, so it is read as it came.
    pub(super) fn content_coding(&self) -> Option<&HeaderValue> {
        let coding = self.headers.get(CONTENT_ENCODING)?;
        (!coding.as_bytes().eq_ignore_ascii_case(b"identity")).then_some(coding)
    }

    /// The way to the value that is not what the document describes, for example `items[3].id`.
    pub fn path(&self) -> &str {
        &self.fault.path
    }
}

/// A status, with its reason where the protocol has one.
pub(super) fn in_words(status: StatusCode) -> String {
    match status.canonical_reason() {
        Some(reason) => format!("{} {reason}", status.as_str()),
        None => status.as_str().to_owned(),
    }
}
