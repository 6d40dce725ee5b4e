//! Calls without an answer.

use std::fmt;
use std::time::Duration;

use http::StatusCode;

use super::super::{Outcome, TransportError, TransportErrorKind};
use super::answered::in_words;
use super::request::{RequestError, RequestFault};
use super::{CallContext, Error};

/// A call without an answer.
#[derive(Debug)]
pub struct TransportFailure {
    pub(super) context: CallContext,
    pub(super) kind: TransportFailureKind,
}

#[derive(Debug)]
pub(super) enum TransportFailureKind {
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

impl fmt::Display for TransportFailure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            TransportFailureKind::Connection(error) => write!(formatter, "{error}")?,
            TransportFailureKind::TimedOut(limit, duration) => {
                write!(formatter, "no complete answer within {duration:?}, {limit}")?;
            }
            TransportFailureKind::TooLong(status, limit) => {
                let status = in_words(*status);
                write!(
                    formatter,
                    "the server answered {status} with more than {limit} bytes"
                )?;
            }
        }
        if self.outcome_unknown() {
            formatter.write_str("; the server may have executed the request")?;
        }
        Ok(())
    }
}

/// A call that failed, without the type of its error body.
pub(in super::super) enum CallFailure {
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
    pub(in super::super) fn into_error<B>(self) -> Error<B> {
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
