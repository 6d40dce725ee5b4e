//! Why a stream, or an item of it, cannot be read.

use std::error::Error;
use std::fmt;
use std::time::Duration;

use crate::runtime::{CallContext, DecodeFault, TransportError};

/// Why a stream, or an item of it, cannot be read.
///
/// An [item](Self::is_item) that is not what the document describes does not end its stream: the next
/// one may be read. Behind every other error the stream has ended.
pub struct StreamError {
    context: CallContext,
    fault: Box<Fault>,
}

pub(in super::super) enum Fault {
    /// The connection broke.
    Broken(TransportError),
    /// Nothing came for this long.
    Idle(Duration),
    /// More than this many bytes would have to be held in memory.
    TooLong(usize),
    /// An item is not what the document describes.
    #[allow(
        dead_code,
        reason = "not every document has streams of items or events"
    )]
    Item(DecodeFault, bytes::Bytes),
    #[cfg(feature = "blocking")]
    Blocking(String),
}

impl StreamError {
    pub(super) fn new(context: CallContext, fault: Fault) -> Self {
        Self {
            context,
            fault: Box::new(fault),
        }
    }

    /// The operation, and the number of attempts.
    pub fn context(&self) -> CallContext {
        self.context
    }

    /// An item is not what the document describes; the stream goes on behind it.
    pub fn is_item(&self) -> bool {
        matches!(*self.fault, Fault::Item(..))
    }

    /// Nothing came for as long as the [idle limit](crate::runtime::ClientBuilder::idle_timeout).
    pub fn is_timeout(&self) -> bool {
        matches!(*self.fault, Fault::Idle(_))
    }

    /// More would have to be held in memory than [the limit](crate::runtime::ClientBuilder::max_body)
    /// allows.
    pub fn is_too_long(&self) -> bool {
        matches!(*self.fault, Fault::TooLong(_))
    }

    /// What broke between client and server.
    pub fn transport_error(&self) -> Option<&TransportError> {
        match &*self.fault {
            Fault::Broken(error) => Some(error),
            _ => None,
        }
    }

    /// The item that cannot be read, as it came.
    pub fn raw_item(&self) -> Option<&[u8]> {
        match &*self.fault {
            Fault::Item(_, raw) => Some(raw),
            _ => None,
        }
    }

    /// The way, within the item, to the value that is not what the document describes.
    pub fn path(&self) -> Option<&str> {
        match &*self.fault {
            Fault::Item(fault, _) => Some(&fault.path),
            _ => None,
        }
    }
}

impl fmt::Display for StreamError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: ", self.context)?;
        match &*self.fault {
            Fault::Broken(error) => write!(formatter, "the stream ended early: {error}"),
            Fault::Idle(limit) => write!(formatter, "nothing of the stream came for {limit:?}"),
            Fault::TooLong(limit) => write!(
                formatter,
                "more than {limit} bytes of the stream would have to be held"
            ),
            Fault::Item(fault, _) => {
                write!(formatter, "an unexpected item in the stream: {fault}")
            }
            #[cfg(feature = "blocking")]
            Fault::Blocking(reason) => formatter.write_str(reason),
        }
    }
}

/// Shows no item, which may be secret.
impl fmt::Debug for StreamError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "StreamError({self})")
    }
}

impl Error for StreamError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match &*self.fault {
            Fault::Broken(error) => Some(error),
            Fault::Item(fault, _) => Some(fault),
            _ => None,
        }
    }
}
