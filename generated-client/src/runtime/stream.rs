//! Bodies that are handed out as they arrive.
//!
//! A call that gives a stream ends with the head of the answer: its deadline and the limit for one
//! attempt cover no more, and it is not repeated from there on. What bounds a stream is the
//! [idle limit](super::ClientBuilder::idle_timeout) on each wait for a further piece.

#[cfg(feature = "blocking")]
mod blocking;
mod body;
mod bytes;
mod error;

pub use bytes::ByteStream;
pub use error::StreamError;

#[cfg(feature = "blocking")]
pub use blocking::{ByteReader, StreamIter};

#[cfg(feature = "blocking")]
#[allow(
    unused_imports,
    reason = "not every document has streams of items or events"
)]
pub(super) use blocking::{Steps, blocking_stream, step};
pub(super) use body::OpenBody;
#[allow(
    unused_imports,
    reason = "not every document has streams of items or events"
)]
pub(super) use error::Fault;
