//! Why a call failed.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use super::decode::{Decode, DecodeFault};
use super::execute::Answer;
use super::problem::summary;
use super::{
    Header, HeaderError, MiddlewareError, Operation, Outcome, SecurityScheme, TransportError,
    TransportErrorKind,
};

/// The most bytes of an error's body that are kept.
const KEPT_BODY: usize = 64 * 1024;

/// Why a call failed. `B` is the error body that the document describes.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error<B> {
    /// The request could not be put together, or a middleware refused it; it was not sent.
    Request(Box<RequestError>),
    /// The server answered with a status that is no success.
    Api(Box<ApiError<B>>),
    /// No answer came, or none that is complete.
    Transport(Box<TransportFailure>),
    /// The answer is a success whose body is not what the document describes.
    Decode(Box<DecodeError>),
}

/// The operation of a call, and how often it was sent.
#[derive(Debug, Clone, Copy)]
pub struct CallContext {
    pub(super) operation: &'static Operation,
    pub(super) attempts: u32,
}

impl CallContext {
    /// The operation.
    pub fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// How often the request was sent.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }
}

impl fmt::Display for CallContext {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Operation {
            id, method, path, ..
        } = self.operation;
        write!(formatter, "{id} ({} {path})", method.as_str())?;
        match self.attempts {
            0 | 1 => Ok(()),
            attempts => write!(formatter, " after {attempts} attempts"),
        }
    }
}

/// A request that could not be put together.
#[derive(Debug)]
pub struct RequestError {
    context: CallContext,
    fault: RequestFault,
}

/// What is wrong with a request.
#[derive(Debug, Clone)]
pub(super) enum RequestFault {
    Path(String),
    /// A parameter that cannot be written, by name and with the reason.
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
    Invalid(super::Violations),
}

impl fmt::Display for RequestFault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
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
            Self::MissingCredentials(alternatives) => {
                let alternatives = alternatives.iter().map(|schemes| {
                    let names: Vec<&str> = schemes.iter().map(SecurityScheme::name).collect();
                    format!("`{}`", names.join("` with `"))
                });
                let alternatives: Vec<String> = alternatives.collect();
                write!(
                    formatter,
                    "the client has no credentials for {}",
                    alternatives.join(" or ")
                )
            }
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

/// An answer that is no success.
#[derive(Debug)]
pub struct ApiError<B> {
    context: CallContext,
    status: StatusCode,
    headers: HeaderMap,
    body: Option<B>,
    raw_body: bytes::Bytes,
    refused_pause: Option<Duration>,
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

    /// A header with the type that the document names; nothing where the answer has none.
    pub fn header<V: DeserializeOwned>(&self, header: Header<V>) -> Result<Option<V>, HeaderError> {
        header.read(&self.headers)
    }

    /// The body, where it is what the document describes.
    pub fn body(&self) -> Option<&B> {
        self.body.as_ref()
    }

    /// The body as it came, up to 64 KiB.
    pub fn raw_body(&self) -> &[u8] {
        &self.raw_body
    }

    /// The pause that the server asked for before another attempt, where the call's deadline left no
    /// time for it.
    pub fn refused_pause(&self) -> Option<Duration> {
        self.refused_pause
    }
}

/// A call without an answer.
#[derive(Debug)]
pub struct TransportFailure {
    context: CallContext,
    kind: TransportFailureKind,
}

#[derive(Debug)]
enum TransportFailureKind {
    Connection(TransportError),
    TimedOut(TimeLimit, Duration),
    TooLong(StatusCode, usize),
}

impl TransportFailure {
    /// The operation and the number of attempts.
    pub fn context(&self) -> CallContext {
        self.context
    }

    /// What failed between client and server; nothing for a timeout or an answer that is too long.
    pub fn transport_error(&self) -> Option<&TransportError> {
        match &self.kind {
            TransportFailureKind::Connection(error) => Some(error),
            _ => None,
        }
    }

    /// A limit of time was reached.
    pub fn is_timeout(&self) -> bool {
        self.time_limit().is_some()
    }

    /// The limit of time that was reached, where one was.
    pub fn time_limit(&self) -> Option<TimeLimit> {
        match &self.kind {
            TransportFailureKind::TimedOut(limit, _) => Some(*limit),
            TransportFailureKind::Connection(error) => {
                (error.kind() == TransportErrorKind::ConnectTimeout).then_some(TimeLimit::Connect)
            }
            TransportFailureKind::TooLong(..) => None,
        }
    }

    /// The server may have executed the request.
    pub fn outcome_unknown(&self) -> bool {
        match &self.kind {
            TransportFailureKind::Connection(error) => error.outcome() == Outcome::Unknown,
            // Without an attempt the time has passed in waiting for credentials.
            TransportFailureKind::TimedOut(..) => self.context.attempts > 0,
            TransportFailureKind::TooLong(..) => true,
        }
    }
}

/// A limit of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum TimeLimit {
    /// The limit for making a connection.
    Connect,
    /// The limit for one attempt, from the connection to the end of the answer, or to its head where the
    /// call gives a stream.
    Attempt,
    /// The deadline of the call, all attempts and pauses included.
    Total,
}

impl fmt::Display for TimeLimit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Connect => "the limit for a connection",
            Self::Attempt => "the limit for one attempt",
            Self::Total => "the deadline of the call",
        })
    }
}

/// A successful answer that cannot be read.
#[derive(Debug)]
pub struct DecodeError {
    context: CallContext,
    status: StatusCode,
    headers: HeaderMap,
    raw_body: bytes::Bytes,
    fault: DecodeFault,
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
        &self.raw_body
    }

    /// The way to the value that is not what the document describes, for example `items[3].id`.
    pub fn path(&self) -> &str {
        &self.fault.path
    }
}

/// A call that failed, without the type of its error body.
#[derive(Debug)]
pub(super) enum CallFailure {
    Request(CallContext, RequestFault),
    Transport(CallContext, TransportError),
    TimedOut {
        context: CallContext,
        limit: TimeLimit,
        duration: Duration,
    },
    TooLong {
        context: CallContext,
        status: StatusCode,
        limit: usize,
    },
}

impl CallFailure {
    pub(super) fn into_error<B>(self) -> Error<B> {
        let (context, kind) = match self {
            Self::Request(context, fault) => {
                return Error::Request(Box::new(RequestError { context, fault }));
            }
            Self::Transport(context, error) => (context, TransportFailureKind::Connection(error)),
            Self::TimedOut {
                context,
                limit,
                duration,
            } => (context, TransportFailureKind::TimedOut(limit, duration)),
            Self::TooLong {
                context,
                status,
                limit,
            } => (context, TransportFailureKind::TooLong(status, limit)),
        };
        Error::Transport(Box::new(TransportFailure { context, kind }))
    }
}

impl<B> Error<B> {
    pub(super) fn from_answer<D: Decode<Value = B>>(answer: Answer) -> Self {
        let Answer {
            context,
            status,
            headers,
            body,
            refused_pause,
            ..
        } = answer;
        let parsed = D::decode(status, &body).ok();
        let raw_body = body.slice(..body.len().min(KEPT_BODY));
        Self::Api(Box::new(ApiError {
            context,
            status,
            headers,
            body: parsed,
            raw_body,
            refused_pause,
        }))
    }

    pub(super) fn from_undecodable(answer: Answer, fault: DecodeFault) -> Self {
        let Answer {
            context,
            status,
            headers,
            body,
            ..
        } = answer;
        let raw_body = body.slice(..body.len().min(KEPT_BODY));
        Self::Decode(Box::new(DecodeError {
            context,
            status,
            headers,
            raw_body,
            fault,
        }))
    }

    /// The operation and the number of attempts.
    pub fn context(&self) -> CallContext {
        match self {
            Self::Request(error) => error.context,
            Self::Api(error) => error.context,
            Self::Transport(error) => error.context,
            Self::Decode(error) => error.context,
        }
    }

    /// The status of the answer, where one came.
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Api(error) => Some(error.status),
            Self::Decode(error) => Some(error.status),
            Self::Request(_) => None,
            Self::Transport(error) => match error.kind {
                TransportFailureKind::TooLong(status, _) => Some(status),
                _ => None,
            },
        }
    }

    /// The error body that the document describes, where the server sent it.
    pub fn body(&self) -> Option<&B> {
        match self {
            Self::Api(error) => error.body.as_ref(),
            _ => None,
        }
    }

    /// What the document does not allow in the body, where
    /// [`validate_requests`](super::ClientBuilder::validate_requests) is on.
    #[cfg(feature = "validate")]
    pub fn violations(&self) -> Option<&super::Violations> {
        match self {
            Self::Request(error) => match &error.fault {
                RequestFault::Invalid(violations) => Some(violations),
                _ => None,
            },
            _ => None,
        }
    }

    /// The client has no credentials that the operation accepts; nothing was sent.
    pub fn is_missing_credentials(&self) -> bool {
        matches!(self, Self::Request(error)
            if matches!(error.fault, RequestFault::MissingCredentials(_)))
    }

    /// The ID that the server gave the request, for a support case.
    pub fn request_id(&self) -> Option<&str> {
        match self {
            Self::Api(error) => request_id(&error.headers),
            Self::Decode(error) => request_id(&error.headers),
            _ => None,
        }
    }

    /// What was asked for does not exist.
    pub fn is_not_found(&self) -> bool {
        self.has_status(StatusCode::NOT_FOUND)
    }

    /// The server does not accept the credentials, or misses them.
    pub fn is_unauthorized(&self) -> bool {
        self.has_status(StatusCode::UNAUTHORIZED)
    }

    /// The server takes no more requests for a while.
    pub fn is_rate_limited(&self) -> bool {
        self.has_status(StatusCode::TOO_MANY_REQUESTS)
    }

    /// A limit of time was reached.
    pub fn is_timeout(&self) -> bool {
        matches!(self, Self::Transport(failure) if failure.is_timeout())
    }

    /// The server may have executed the request although the call failed. Look before sending it
    /// again.
    pub fn outcome_unknown(&self) -> bool {
        match self {
            Self::Transport(failure) => failure.outcome_unknown(),
            Self::Api(error) => error.status.is_server_error(),
            // An attempt before the one that could not be sent may have been executed.
            Self::Request(error) => error.context.attempts > 0,
            Self::Decode(_) => false,
        }
    }

    /// The same call may succeed later: the reason lies with the server or the way to it.
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Api(error) => {
                error.status.is_server_error() || error.status == StatusCode::TOO_MANY_REQUESTS
            }
            Self::Transport(failure) => match &failure.kind {
                TransportFailureKind::Connection(error) => error.kind().is_passing(),
                TransportFailureKind::TimedOut(..) => true,
                TransportFailureKind::TooLong(..) => false,
            },
            Self::Request(_) | Self::Decode(_) => false,
        }
    }

    fn has_status(&self, status: StatusCode) -> bool {
        matches!(self, Self::Api(error) if error.status == status)
    }
}

impl<B> fmt::Display for Error<B> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: ", self.context())?;
        match self {
            Self::Request(error) if error.context.attempts > 0 => {
                write!(formatter, "not sent again: {}", error.fault)
            }
            Self::Request(error) => write!(formatter, "not sent: {}", error.fault),
            Self::Api(error) => {
                write!(formatter, "the server answered {}", error.status)?;
                if error.status.is_redirection() {
                    formatter.write_str(", and redirects are not followed")?;
                }
                if let Some(pause) = error.refused_pause {
                    let seconds = pause.as_secs();
                    write!(
                        formatter,
                        " and asks to wait {seconds} s, beyond the call's deadline"
                    )?;
                }
                match summary(&error.raw_body) {
                    Some(summary) => write!(formatter, ": {summary}"),
                    None => Ok(()),
                }
            }
            Self::Transport(failure) => write_failure(formatter, failure),
            Self::Decode(error) => write!(
                formatter,
                "the server answered {} with an unexpected body: {}",
                error.status, error.fault
            ),
        }
    }
}

fn write_failure(formatter: &mut fmt::Formatter<'_>, failure: &TransportFailure) -> fmt::Result {
    match &failure.kind {
        TransportFailureKind::Connection(error) => write!(formatter, "{error}")?,
        TransportFailureKind::TimedOut(limit, duration) => {
            write!(formatter, "no complete answer within {duration:?}, {limit}")?;
        }
        TransportFailureKind::TooLong(status, limit) => {
            write!(
                formatter,
                "the server answered {status} with more than {limit} bytes"
            )?;
        }
    }
    if failure.outcome_unknown() {
        formatter.write_str("; the server may have executed the request")?;
    }
    Ok(())
}

impl<B: fmt::Debug> StdError for Error<B> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Transport(failure) => match &failure.kind {
                TransportFailureKind::Connection(error) => error.source(),
                _ => None,
            },
            Self::Decode(error) => Some(&error.fault),
            Self::Request(error) => match &error.fault {
                RequestFault::Middleware(reason) | RequestFault::Token(reason) => Some(&***reason),
                _ => None,
            },
            Self::Api(_) => None,
        }
    }
}

/// The header by which servers name a request, under its usual names.
pub(super) fn request_id(headers: &HeaderMap) -> Option<&str> {
    ["x-request-id", "x-correlation-id", "request-id"]
        .iter()
        .find_map(|name| headers.get(*name)?.to_str().ok())
}
