//! A body of bytes.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
use http::{HeaderMap, StatusCode};

use super::body::OpenBody;
use super::error::{Fault, StreamError};
use crate::runtime::{DecodeFault, Receive, Received};

/// The bytes of an answer, in pieces as they arrive. It has ended behind an error.
///
/// There is no limit on its length, only on the time between two pieces:
/// [`ClientBuilder::idle_timeout`](crate::runtime::ClientBuilder::idle_timeout). Dropping it closes
/// the connection.
#[derive(Debug)]
#[must_use = "nothing of a stream is read until it is polled"]
pub struct ByteStream {
    body: Option<OpenBody>,
}

impl ByteStream {
    /// The next piece; nothing at the end.
    pub async fn next(&mut self) -> Option<Result<bytes::Bytes, StreamError>> {
        poll_fn(|context| self.poll_piece(context)).await
    }

    /// Reads all of it. More bytes than
    /// [`ClientBuilder::max_body`](crate::runtime::ClientBuilder::max_body) allows are an error.
    pub async fn bytes(mut self) -> Result<bytes::Bytes, StreamError> {
        let mut all = Vec::new();
        while let Some(piece) = self.next().await {
            let piece = piece?;
            if let Some(body) = &self.body {
                let limit = body.most_held();
                if all.len() + piece.len() > limit {
                    return Err(body.error(Fault::TooLong(limit)));
                }
            }
            all.extend_from_slice(&piece);
        }
        Ok(all.into())
    }

    #[cfg(feature = "blocking")]
    pub(super) fn body(&self) -> Option<&OpenBody> {
        self.body.as_ref()
    }

    fn poll_piece(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<bytes::Bytes, StreamError>>> {
        match &mut self.body {
            Some(body) => body.poll_chunk(context),
            None => Poll::Ready(None),
        }
    }
}

impl Stream for ByteStream {
    type Item = Result<bytes::Bytes, StreamError>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_piece(context)
    }
}

impl Receive for ByteStream {
    type Value = Self;

    fn streams(_: StatusCode, _: &HeaderMap) -> bool {
        true
    }

    fn receive(_: StatusCode, body: Received) -> Result<Self, DecodeFault> {
        Ok(Self { body: body.rest })
    }
}
