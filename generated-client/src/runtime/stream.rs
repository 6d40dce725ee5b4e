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
mod event_framing;
mod events;
mod frames;
mod items;
mod record_framing;

pub use bytes::ByteStream;
pub use error::StreamError;
pub use events::{DecodeEvent, Event, EventStream, RawEvent, WholeEvent};
pub use items::ItemStream;

#[cfg(feature = "blocking")]
pub use blocking::{ByteReader, StreamIter};

pub(super) use body::OpenBody;
