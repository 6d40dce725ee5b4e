//! A body of JSON texts.

mod framing;

use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use super::frames::Frames;
use super::stream::Fault;
#[cfg(feature = "blocking")]
use super::stream::{OpenBody, blocking_stream};
use super::{Decode, DecodeFault, Json, Receive, Received, StreamError};
use framing::{Record, RecordFraming};

/// The JSON texts of an answer as they arrive: one in each line, or as a JSON text sequence.
///
/// An item that is not what the document describes is an error, and the stream goes on; it has ended
/// behind any other error. There is no limit on the number of items, but one on the length of each,
/// [`ClientBuilder::max_body`](crate::runtime::ClientBuilder::max_body), and on the time without any
/// byte, [`ClientBuilder::idle_timeout`](crate::runtime::ClientBuilder::idle_timeout). Dropping it
/// closes the connection.
#[must_use = "nothing of a stream is read until it is polled"]
pub struct ItemStream<T> {
    frames: Option<Frames<RecordFraming>>,
    status: StatusCode,
    item: PhantomData<fn() -> T>,
}

impl<T: DeserializeOwned + Send + 'static> ItemStream<T> {
    /// The next item; nothing at the end.
    pub async fn next(&mut self) -> Option<Result<T, StreamError>> {
        poll_fn(|context| self.poll_item(context)).await
    }

    fn poll_item(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T, StreamError>>> {
        let Some(frames) = &mut self.frames else {
            return Poll::Ready(None);
        };
        let record = match ready!(frames.poll_frame(context)) {
            None => return Poll::Ready(None),
            Some(Err(error)) => return Poll::Ready(Some(Err(error))),
            Some(Ok(record)) => record,
        };
        let item = decode::<T>(self.status, &record);
        let item = item.map_err(|fault| frames.body().error(Fault::Item(fault, record.text)));
        Poll::Ready(Some(item))
    }
}

impl<T> ItemStream<T> {
    #[cfg(feature = "blocking")]
    pub(super) fn body(&self) -> Option<&OpenBody> {
        self.frames.as_ref().map(Frames::body)
    }
}

fn decode<T: DeserializeOwned + Send + 'static>(
    status: StatusCode,
    record: &Record,
) -> Result<T, DecodeFault> {
    if record.truncated {
        return Err(DecodeFault::new("it may have lost its end"));
    }
    Json::<T>::decode(status, &record.text)
}

impl<T> Unpin for ItemStream<T> {}

impl<T: DeserializeOwned + Send + 'static> Stream for ItemStream<T> {
    type Item = Result<T, StreamError>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_item(context)
    }
}

impl<T: DeserializeOwned + Send + 'static> Receive for ItemStream<T> {
    type Value = Self;

    fn streams(_: StatusCode, _: &HeaderMap) -> bool {
        true
    }

    fn receive(status: StatusCode, body: Received) -> Result<Self, DecodeFault> {
        Ok(Self {
            frames: body.rest.map(Frames::new),
            status,
            item: PhantomData,
        })
    }
}

#[cfg(feature = "blocking")]
blocking_stream!([T: DeserializeOwned + Send + 'static] ItemStream<T>, T);

/// Shows the operation only: items may be secret.
impl<T> fmt::Debug for ItemStream<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ItemStream")
            .field("body", &self.frames.as_ref().map(Frames::body))
            .finish_non_exhaustive()
    }
}
