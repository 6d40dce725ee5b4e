//! Why a call failed.

mod answered;
mod failure;
mod request;

use std::error::Error as StdError;
use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::Operation;
use super::charset::from_latin;
use super::decode::{Decode, DecodeFault, json_text, reads_text};
use super::execute::Answer;
use super::response::RawBody;

use answered::in_words;
pub use answered::{ApiError, DecodeError};
pub(super) use failure::CallFailure;
use failure::TransportFailureKind;
pub use failure::{TimeLimit, TransportFailure};
pub use request::RequestError;
pub(super) use request::RequestFault;

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
        let read = |body: &Bytes| D::decode_error(status, body).ok();
        let text = json_text(&headers, &body)
            .filter(|_| reads_text(|bytes| read(&Bytes::from_static(bytes)).is_some()));
        let parsed = read(text.as_ref().unwrap_or(&body))
            .or_else(|| read(&from_latin(&headers, &body)?.into()));
        let raw_body = RawBody(body.slice(..body.len().min(KEPT_BODY)));
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
        let raw_body = RawBody(body.slice(..body.len().min(KEPT_BODY)));
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

    /// What the document does not allow in the parameters and the body, where
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
            Self::Api(error) => error.describe(formatter),
            Self::Transport(failure) => write!(formatter, "{failure}"),
            Self::Decode(error) => {
                write!(formatter, "the server answered {}", in_words(error.status))?;
                formatter.write_str(" with an unexpected body")?;
                if let Some(media_type) = error.other_media_type() {
                    write!(formatter, " of the type {media_type:?}")?;
                }
                if let Some(coding) = error.content_coding() {
                    write!(
                        formatter,
                        ", compressed as {coding:?} without being asked to"
                    )?;
                }
                write!(formatter, ": {}", error.fault)
            }
        }
    }
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
