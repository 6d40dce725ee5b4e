//! The facts of an operation, as emitted code states them.

use std::fmt;

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
    /// What is accepted as authentication.
    pub security: Security,
    /// Whether it may be sent again when the outcome of an attempt is unknown.
    pub retry: Retry,
}

impl Operation {
    /// An operation without security, whose method decides whether it may be repeated.
    pub const fn new(id: &'static str, method: Method, path: &'static str) -> Self {
        Self {
            id,
            method,
            path,
            security: &[],
            retry: method.retry(),
        }
    }

    /// With alternatives of credentials.
    pub(super) const fn security(mut self, security: Security) -> Self {
        self.security = security;
        self
    }

    /// With another rule for repeated attempts than that of the method.
    #[must_use]
    pub const fn retry(mut self, retry: Retry) -> Self {
        self.retry = retry;
        self
    }
}

/// Alternatives of authentication, each a set of schemes that must all be satisfied; empty where
/// none is needed.
pub type Security = &'static [&'static [SecurityScheme]];

/// An HTTP method.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
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
    Query,
    /// A method that OpenAPI does not name, as HTTP spells it.
    Other(&'static str),
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
            Self::Query => "QUERY",
            Self::Other(name) => name,
        }
    }

    /// Each POST may do something anew, and who knows what a method does that OpenAPI does not name; the
    /// others lead to the same state again.
    const fn retry(self) -> Retry {
        match self {
            Self::Post | Self::Other(_) => Retry::NotExecuted,
            Self::Get
            | Self::Put
            | Self::Delete
            | Self::Options
            | Self::Head
            | Self::Patch
            | Self::Trace
            | Self::Query => Retry::Idempotent,
        }
    }
}

impl TryFrom<Method> for http::Method {
    type Error = http::method::InvalidMethod;

    fn try_from(method: Method) -> Result<Self, Self::Error> {
        match method {
            Method::Get => Ok(Self::GET),
            Method::Put => Ok(Self::PUT),
            Method::Post => Ok(Self::POST),
            Method::Delete => Ok(Self::DELETE),
            Method::Options => Ok(Self::OPTIONS),
            Method::Head => Ok(Self::HEAD),
            Method::Patch => Ok(Self::PATCH),
            Method::Trace => Ok(Self::TRACE),
            Method::Query | Method::Other(_) => Self::from_bytes(method.as_str().as_bytes()),
        }
    }
}

/// Whether an operation may be sent again when the outcome of an attempt is unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retry {
    /// A second execution does no harm.
    Idempotent,
    /// Only an attempt that the server has certainly not executed may be repeated.
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

    /// The facts of the operation, but for its security.
    const OPERATION: Operation;

    /// The server that the operation has of its own, by its URL in the document.
    const SERVER: Option<&'static str> = None;

    /// What is accepted as authentication.
    const SECURITY: Security = &[];

    /// What the document allows in the body of a request, by media type.
    #[cfg(feature = "validate")]
    const BODIES: &'static [(&'static str, &'static super::Rules)] = &[];

    /// What the document allows in parameters.
    #[cfg(feature = "validate")]
    const PARAMETERS: &'static [(super::ParameterPlace, &'static str, &'static super::Rules)] = &[];
}

/// The part of a request that carries a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ParameterPlace {
    /// A segment of the path.
    Path,
    /// The query.
    Query,
    /// A header.
    Header,
    /// A cookie.
    Cookie,
}

impl fmt::Display for ParameterPlace {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
        })
    }
}

/// The value of a successful call.
pub type Success<E> = <<E as Endpoint>::Success as Receive>::Value;

/// The parsed body of an error answer.
pub type Failure<E> = <<E as Endpoint>::Failure as Decode>::Value;
