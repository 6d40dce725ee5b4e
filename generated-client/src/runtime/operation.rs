//! The facts of an operation, as emitted code states them.

use super::Receive;
use super::SecurityScheme;
use super::decode::Decode;

/// The facts of an operation that do not depend on a call.
#[derive(Debug, Clone, Copy)]
pub struct Operation {
    /// The document's `operationId`.
    pub id: &'static str,
    /// The HTTP method.
    pub method: Method,
    /// The path template.
    pub path: &'static str,
    /// Alternatives, each a set of schemes that must all be satisfied; empty where none is needed.
    pub security: &'static [&'static [SecurityScheme]],
    /// Whether it may be sent again when the outcome of a try is unknown.
    pub retry: Retry,
}

/// An HTTP method.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(
    missing_docs,
    reason = "the names of the methods are all there is to say"
)]
pub enum Method {
    Get,
    Put,
    Post,
    Delete,
    Options,
    Head,
    Patch,
    Trace,
}

impl Method {
    /// The method as HTTP spells it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Put => "PUT",
            Self::Post => "POST",
            Self::Delete => "DELETE",
            Self::Options => "OPTIONS",
            Self::Head => "HEAD",
            Self::Patch => "PATCH",
            Self::Trace => "TRACE",
        }
    }
}

impl From<Method> for http::Method {
    fn from(method: Method) -> Self {
        match method {
            Method::Get => Self::GET,
            Method::Put => Self::PUT,
            Method::Post => Self::POST,
            Method::Delete => Self::DELETE,
            Method::Options => Self::OPTIONS,
            Method::Head => Self::HEAD,
            Method::Patch => Self::PATCH,
            Method::Trace => Self::TRACE,
        }
    }
}

/// Whether an operation may be sent again when the outcome of a try is unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retry {
    /// A second execution does no harm.
    Idempotent,
    /// Only a try that the server has certainly not executed may be repeated.
    NotExecuted,
}

/// An operation: its facts, and what its answers hold.
pub trait Endpoint: 'static {
    /// What the body of a successful answer holds.
    type Success: Receive;
    /// What the body of an error answer holds.
    type Failure: Decode;

    /// The media types that the client asks for, the preferred one first.
    const ACCEPT: &'static str = "application/json";

    /// Answers of 3xx are what the operation is called for. They are not followed.
    const REDIRECTS: bool = false;

    /// The facts of the operation.
    const OPERATION: Operation;

    /// The server that the operation has of its own, by its URL in the document.
    const SERVER: Option<&'static str> = None;

    /// What the document allows in the body of a request.
    #[cfg(feature = "validate")]
    const BODY: &'static super::Rules = &super::Rules::NONE;
}

/// The value of a successful call.
pub type Success<E> = <<E as Endpoint>::Success as Receive>::Value;

/// The parsed body of an error answer.
pub type Failure<E> = <<E as Endpoint>::Failure as Decode>::Value;
