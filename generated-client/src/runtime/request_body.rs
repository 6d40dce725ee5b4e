//! The body of a request, in memory or as it is read.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::fmt;
use std::future::poll_fn;
use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use futures_core::Stream;

/// The bytes of a stream, as they come.
pub(super) type Chunks = Pin<Box<dyn Stream<Item = io::Result<bytes::Bytes>> + Send>>;

/// A piece of a body.
#[derive(Clone)]
pub(super) enum Content {
    Bytes(bytes::Bytes),
    #[allow(dead_code, reason = "not every document has files to send")]
    Stream {
        /// Nothing once it is being sent.
        chunks: Arc<Mutex<Option<Chunks>>>,
        length: Option<u64>,
    },
}

impl Content {
    /// The number of bytes; nothing where only the end tells.
    pub(super) fn len(&self) -> Option<u64> {
        match self {
            Self::Bytes(bytes) => u64::try_from(bytes.len()).ok(),
            Self::Stream { length, .. } => *length,
        }
    }

    /// Nothing of it has been read yet, or it can be read again.
    pub(super) fn is_whole(&self) -> bool {
        match self {
            Self::Bytes(_) => true,
            Self::Stream { chunks, .. } => {
                let chunks = chunks.lock().unwrap_or_else(PoisonError::into_inner);
                chunks.is_some()
            }
        }
    }
}

/// A body that a call holds: it can be sent as often as all of it is in memory.
#[derive(Clone)]
pub(super) struct Body {
    pub(super) media_type: Cow<'static, str>,
    pieces: Vec<Content>,
}

impl Body {
    pub(super) fn bytes(media_type: impl Into<Cow<'static, str>>, bytes: bytes::Bytes) -> Self {
        Self::of(media_type, vec![Content::Bytes(bytes)])
    }

    pub(super) fn of(media_type: impl Into<Cow<'static, str>>, pieces: Vec<Content>) -> Self {
        Self {
            media_type: media_type.into(),
            pieces,
        }
    }

    /// The whole body, where it is in memory.
    pub(super) fn in_memory(&self) -> Option<bytes::Bytes> {
        if let [Content::Bytes(bytes)] = self.pieces.as_slice() {
            return Some(bytes.clone());
        }
        let mut whole = Vec::new();
        for piece in &self.pieces {
            let Content::Bytes(bytes) = piece else {
                return None;
            };
            whole.extend_from_slice(bytes);
        }
        Some(whole.into())
    }

    /// Some of it is not in memory.
    pub(super) fn is_streamed(&self) -> bool {
        let mut pieces = self.pieces.iter();
        pieces.any(|piece| matches!(piece, Content::Stream { .. }))
    }

    /// Nothing of it has been read that could not be read again.
    pub(super) fn is_whole(&self) -> bool {
        self.pieces.iter().all(Content::is_whole)
    }

    /// The body as one attempt sends it.
    pub(super) fn open(&self) -> RequestBody {
        let lengths = self.pieces.iter().map(Content::len);
        RequestBody {
            length: lengths.sum(),
            pieces: self.pieces.iter().cloned().collect(),
            current: None,
        }
    }
}

/// The body of a request that is not held in memory.
pub struct RequestBody {
    length: Option<u64>,
    pieces: VecDeque<Content>,
    /// Never locked: it makes the body fit to be shared, as HTTP libraries ask for.
    current: Option<Mutex<Chunks>>,
}

impl RequestBody {
    /// The number of bytes of the whole body; nothing where only its end tells.
    pub fn length(&self) -> Option<u64> {
        self.length
    }

    /// The next bytes; nothing at the end.
    pub fn poll_chunk(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<bytes::Bytes>>> {
        loop {
            if let Some(chunks) = &mut self.current {
                let chunks = chunks.get_mut().unwrap_or_else(PoisonError::into_inner);
                match ready!(chunks.as_mut().poll_next(context)) {
                    None => self.current = None,
                    chunk => return Poll::Ready(chunk),
                }
            }
            match self.pieces.pop_front() {
                None => return Poll::Ready(None),
                Some(Content::Bytes(bytes)) if bytes.is_empty() => {}
                Some(Content::Bytes(bytes)) => return Poll::Ready(Some(Ok(bytes))),
                Some(Content::Stream { chunks, .. }) => {
                    let mut chunks = chunks.lock().unwrap_or_else(PoisonError::into_inner);
                    let Some(chunks) = chunks.take() else {
                        let error = io::Error::other("the stream has been sent already");
                        return Poll::Ready(Some(Err(error)));
                    };
                    self.current = Some(Mutex::new(chunks));
                }
            }
        }
    }

    /// The next bytes; nothing at the end.
    pub async fn chunk(&mut self) -> Option<io::Result<bytes::Bytes>> {
        poll_fn(|context| self.poll_chunk(context)).await
    }

    /// All bytes, in memory.
    pub async fn collect(mut self) -> io::Result<bytes::Bytes> {
        let mut whole = Vec::new();
        while let Some(chunk) = self.chunk().await {
            whole.extend_from_slice(&chunk?);
        }
        Ok(whole.into())
    }
}

impl fmt::Debug for RequestBody {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("RequestBody")
            .field("length", &self.length)
            .finish_non_exhaustive()
    }
}

impl http_body::Body for RequestBody {
    type Data = bytes::Bytes;
    type Error = io::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<http_body::Frame<bytes::Bytes>>>> {
        let chunk = ready!(self.get_mut().poll_chunk(context));
        Poll::Ready(chunk.map(|chunk| chunk.map(http_body::Frame::data)))
    }

    fn size_hint(&self) -> http_body::SizeHint {
        self.length.map_or_else(
            http_body::SizeHint::default,
            http_body::SizeHint::with_exact,
        )
    }
}
