//! Requests that are not sent.

use std::fmt;
use std::sync::Arc;

use super::super::{MiddlewareError, SecurityScheme};
use super::CallContext;

/// A request that could not be put together.
#[derive(Debug)]
pub struct RequestError {
    pub(super) context: CallContext,
    pub(super) fault: RequestFault,
}

/// What is wrong with a request.
#[derive(Debug, Clone)]
pub(in super::super) enum RequestFault {
    /// A method that HTTP cannot carry.
    Method(&'static str),
    Path(String),
    /// A parameter that cannot be written, by name and with the reason.
    #[allow(dead_code, reason = "not every document has parameters in styles")]
    Parameter(String, String),
    Header(String),
    Body(String),
    Credentials(String),
    /// The alternatives that the operation accepts, none of which the client can show.
    MissingCredentials(&'static [&'static [SecurityScheme]]),
    /// A provider gave no token.
    Token(Arc<MiddlewareError>),
    /// A server that an operation has of its own, and why it cannot be called.
    Server(String, String),
    Middleware(Arc<MiddlewareError>),
    #[cfg(feature = "blocking")]
    Blocking(String),
    #[cfg(feature = "validate")]
    Invalid(super::super::Violations),
}

impl fmt::Display for RequestFault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Method(name) => write!(formatter, "`{name}` is no method of HTTP"),
            Self::Path(reason) | Self::Credentials(reason) => formatter.write_str(reason),
            Self::Parameter(name, reason) => {
                write!(
                    formatter,
                    "the parameter `{name}` cannot be written: {reason}"
                )
            }
            Self::Header(name) => {
                write!(
                    formatter,
                    "the header `{name}` holds a character that none can carry"
                )
            }
            Self::Body(reason) => write!(formatter, "the body cannot be written: {reason}"),
            #[cfg(feature = "blocking")]
            Self::Blocking(reason) => formatter.write_str(reason),
            Self::MissingCredentials(alternatives) => show_missing(alternatives, formatter),
            Self::Token(_) => formatter.write_str("there is no token"),
            Self::Server(url, reason) => {
                write!(formatter, "the server `{url}` cannot be called: {reason}")
            }
            Self::Middleware(_) => formatter.write_str("a middleware refused it"),
            #[cfg(feature = "validate")]
            Self::Invalid(violations) => {
                write!(formatter, "the document does not allow it: {violations}")
            }
        }
    }
}

/// Names the credentials that an operation accepts, and the ways out.
fn show_missing(
    alternatives: &[&[SecurityScheme]],
    formatter: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    let names = alternatives.iter().map(|schemes| {
        let names: Vec<&str> = schemes.iter().map(SecurityScheme::name).collect();
        format!("`{}`", names.join("` with `"))
    });
    let names: Vec<String> = names.collect();
    let mut methods: Vec<&str> = Vec::new();
    for scheme in alternatives.iter().copied().flatten() {
        let method = scheme.builder_method();
        if !methods.contains(&method) {
            methods.push(method);
        }
    }
    write!(
        formatter,
        "the client has no credentials for {}; its builder takes them by `{}`, and by \
         `external_credentials()` that the server needs none",
        names.join(" or "),
        methods.join("`, `")
    )
}
