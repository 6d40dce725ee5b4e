//! Bodies of requests and answers.

use std::future::poll_fn;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use hyper::body::{Body, Frame, Incoming, SizeHint};

use super::super::{
    BoxFuture, Outcome, RequestBody, ResponseBody, TransportError, TransportErrorKind,
};
use super::pool::Lease;

/// The body of a request, as it is sent.
pub(super) enum SentBody {
    /// All of it in one piece; nothing once that is on its way.
    Whole(Option<Bytes>),
    /// As it is read.
    Streamed(RequestBody),
}

impl SentBody {
    pub(super) fn whole(bytes: Bytes) -> Self {
        Self::Whole((!bytes.is_empty()).then_some(bytes))
    }
}

impl Body for SentBody {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        match self.get_mut() {
            Self::Whole(bytes) => Poll::Ready(bytes.take().map(|bytes| Ok(Frame::data(bytes)))),
            Self::Streamed(body) => Pin::new(body).poll_frame(context),
        }
    }

    fn is_end_stream(&self) -> bool {
        matches!(self, Self::Whole(None))
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Self::Whole(bytes) => {
                let length = bytes.as_ref().map_or(0, Bytes::len);
                u64::try_from(length).map_or_else(|_| SizeHint::default(), SizeHint::with_exact)
            }
            Self::Streamed(body) => body.size_hint(),
        }
    }
}

/// The body of an answer. Its connection may be used again once it has been read to the end, and is
/// closed where it is dropped before.
pub(super) struct AnswerBody {
    incoming: Incoming,
    lease: Option<Lease>,
}

impl AnswerBody {
    pub(super) fn new(incoming: Incoming, lease: Lease) -> Self {
        let mut body = Self {
            incoming,
            lease: Some(lease),
        };
        body.release_at_end();
        body
    }

    fn release_at_end(&mut self) {
        if self.incoming.is_end_stream() {
            self.release();
        }
    }

    fn release(&mut self) {
        if let Some(lease) = self.lease.take() {
            lease.give_back();
        }
    }

    async fn next(&mut self) -> Result<Option<Bytes>, TransportError> {
        loop {
            let frame = poll_fn(|context| Pin::new(&mut self.incoming).poll_frame(context)).await;
            match frame {
                None => {
                    self.release();
                    return Ok(None);
                }
                Some(Ok(frame)) => {
                    self.release_at_end();
                    // Trailers are of no use to anybody here.
                    if let Ok(data) = frame.into_data() {
                        return Ok(Some(data));
                    }
                }
                Some(Err(error)) => {
                    let kind = TransportErrorKind::Body;
                    return Err(TransportError::new(kind, Outcome::Unknown, error));
                }
            }
        }
    }
}

impl ResponseBody for AnswerBody {
    fn chunk(&mut self) -> BoxFuture<'_, Result<Option<Bytes>, TransportError>> {
        Box::pin(self.next())
    }
}
