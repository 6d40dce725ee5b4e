//! From the pieces in which a body arrives to what it is made of.

use std::task::{Context, Poll, ready};

use super::StreamError;
use super::stream::{Fault, OpenBody};

/// Finds the parts of a body in the pieces in which it arrives.
pub(super) trait Framing: Default {
    /// A part.
    type Frame;

    /// Takes a further piece.
    fn push(&mut self, piece: &[u8]);

    /// The next part that is complete.
    fn next(&mut self) -> Option<Self::Frame>;

    /// What is left at the end of the body, where that is a part.
    fn end(&mut self) -> Option<Self::Frame>;

    /// The number of bytes that belong to no complete part yet.
    fn held(&self) -> usize;

    /// Drops those bytes.
    fn discard(&mut self);
}

/// What has arrived of a body and belongs to no part that has been taken.
#[derive(Debug, Default)]
pub(super) struct Unread {
    buffer: Vec<u8>,
    start: usize,
    /// Up to here no part ends.
    scanned: usize,
}

impl Unread {
    pub(super) fn push(&mut self, piece: &[u8]) {
        self.buffer.drain(..self.start);
        self.scanned = self.scanned.saturating_sub(self.start);
        self.start = 0;
        self.buffer.extend_from_slice(piece);
    }

    pub(super) fn rest(&self) -> &[u8] {
        &self.buffer[self.start..]
    }

    /// Leaves out the first bytes of the rest.
    pub(super) fn skip(&mut self, count: usize) {
        self.start += count;
    }

    /// Takes what stands before the first byte that ends a part, and that byte.
    pub(super) fn until(&mut self, is_end: impl Fn(u8) -> bool) -> Option<(&[u8], u8)> {
        let from = self.scanned.max(self.start);
        let end = self.buffer[from..].iter().position(|byte| is_end(*byte));
        let Some(end) = end.map(|end| from + end) else {
            self.scanned = self.buffer.len();
            return None;
        };
        let start = std::mem::replace(&mut self.start, end + 1);
        Some((&self.buffer[start..end], self.buffer[end]))
    }
}

/// A body as its parts.
pub(super) struct Frames<F> {
    body: OpenBody,
    pub(super) framing: F,
    ended: bool,
}

impl<F: Framing> Frames<F> {
    pub(super) fn new(body: OpenBody) -> Self {
        Self {
            body,
            framing: F::default(),
            ended: false,
        }
    }

    pub(super) fn body(&self) -> &OpenBody {
        &self.body
    }

    /// No part follows any more.
    pub(super) fn end(&mut self) {
        self.ended = true;
        self.framing.discard();
    }

    /// The next part; nothing at the end and behind an error.
    pub(super) fn poll_frame(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<F::Frame, StreamError>>> {
        loop {
            if let Some(frame) = self.framing.next() {
                return Poll::Ready(Some(Ok(frame)));
            }
            if self.ended {
                return Poll::Ready(None);
            }
            let limit = self.body.most_held();
            if self.framing.held() > limit {
                self.end();
                return Poll::Ready(Some(Err(self.body.error(Fault::TooLong(limit)))));
            }
            match ready!(self.body.poll_chunk(context)) {
                Some(Ok(piece)) => self.framing.push(&piece),
                Some(Err(error)) => {
                    self.end();
                    return Poll::Ready(Some(Err(error)));
                }
                None => {
                    self.ended = true;
                    return Poll::Ready(self.framing.end().map(Ok));
                }
            }
        }
    }
}
