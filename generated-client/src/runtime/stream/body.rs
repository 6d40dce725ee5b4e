//! The body of an answer, as it arrives.

use std::fmt;
use std::task::{Context, Poll};
use std::time::Duration;

use super::error::{Fault, StreamError};
use crate::runtime::{BoxFuture, CallContext, Client, ResponseBody, TransportError};

/// A body, and what bounds the waiting for it.
pub(in super::super) struct OpenBody {
    state: State,
    client: Client,
    context: CallContext,
    idle: Duration,
}

type Chunk = Result<Option<bytes::Bytes>, TransportError>;

enum State {
    Ready(Box<dyn ResponseBody>),
    /// A piece is awaited, no longer than the timer runs.
    Waiting {
        chunk: BoxFuture<'static, (Box<dyn ResponseBody>, Chunk)>,
        timer: BoxFuture<'static, ()>,
    },
    Ended,
}

impl OpenBody {
    pub(in super::super) fn new(
        body: Box<dyn ResponseBody>,
        client: Client,
        context: CallContext,
        idle: Duration,
    ) -> Self {
        Self {
            state: State::Ready(body),
            client,
            context,
            idle,
        }
    }

    #[cfg(feature = "blocking")]
    pub(in super::super) fn client(&self) -> &Client {
        &self.client
    }

    /// The most bytes that are held in memory at once.
    pub(in super::super) fn most_held(&self) -> usize {
        self.client.shared.limits.body
    }

    #[cfg(feature = "blocking")]
    pub(in super::super) fn context(&self) -> CallContext {
        self.context
    }

    pub(in super::super) fn error(&self, fault: Fault) -> StreamError {
        StreamError::new(self.context, fault)
    }

    /// The next piece; nothing at the end of the body and behind an error.
    pub(in super::super) fn poll_chunk(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<bytes::Bytes, StreamError>>> {
        loop {
            match std::mem::replace(&mut self.state, State::Ended) {
                State::Ended => return Poll::Ready(None),
                State::Ready(mut body) => {
                    let timer = self.client.shared.clock.sleep(self.idle);
                    let chunk = Box::pin(async move {
                        let chunk = body.chunk().await;
                        (body, chunk)
                    });
                    self.state = State::Waiting { chunk, timer };
                }
                State::Waiting {
                    mut chunk,
                    mut timer,
                } => match chunk.as_mut().poll(context) {
                    Poll::Ready((body, Ok(Some(bytes)))) => {
                        self.state = State::Ready(body);
                        if !bytes.is_empty() {
                            return Poll::Ready(Some(Ok(bytes)));
                        }
                    }
                    Poll::Ready((_, Ok(None))) => return Poll::Ready(None),
                    Poll::Ready((_, Err(error))) => {
                        return Poll::Ready(Some(Err(self.error(Fault::Broken(error)))));
                    }
                    Poll::Pending if timer.as_mut().poll(context).is_ready() => {
                        return Poll::Ready(Some(Err(self.error(Fault::Idle(self.idle)))));
                    }
                    Poll::Pending => {
                        self.state = State::Waiting { chunk, timer };
                        return Poll::Pending;
                    }
                },
            }
        }
    }
}

/// Shows the operation only: what arrives may be secret.
impl fmt::Debug for OpenBody {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("OpenBody")
            .field("operation", &self.context.operation.id)
            .finish_non_exhaustive()
    }
}
