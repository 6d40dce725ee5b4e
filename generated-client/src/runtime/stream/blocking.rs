//! Streams of programs without async code.

use std::future::Future;
use std::io::{self, Read};

use super::ByteStream;
use super::body::OpenBody;
use super::error::{Fault, StreamError};
use crate::runtime::blocking::run;

/// A stream that blocks its thread until the next item is there. Within async code it yields an error
/// instead.
///
/// It is what `for item in stream` goes through.
#[derive(Debug)]
pub struct StreamIter<S> {
    /// Nothing behind an error that ends the stream.
    stream: Option<S>,
}

impl<S> StreamIter<S> {
    pub(in super::super) fn new(stream: S) -> Self {
        Self {
            stream: Some(stream),
        }
    }
}

/// What the client's thread can read on.
pub(in super::super) trait Steps: Send + Sized + 'static {
    type Item: Send + 'static;

    fn open_body(&self) -> Option<&OpenBody>;

    fn step(&mut self) -> impl Future<Output = Option<Result<Self::Item, StreamError>>> + Send;
}

/// The next item, read by the client's thread.
pub(in super::super) fn step<S: Steps>(
    iterator: &mut StreamIter<S>,
) -> Option<Result<S::Item, StreamError>> {
    let mut stream = iterator.stream.take()?;
    let body = stream.open_body()?;
    let (client, context) = (body.client().clone(), body.context());
    let step = async move {
        let item = stream.step().await;
        (stream, item)
    };
    match run(&client, step) {
        Ok((rest, item)) => {
            iterator.stream = Some(rest);
            item
        }
        Err(reason) => Some(Err(StreamError::new(
            context,
            Fault::Blocking(reason.to_string()),
        ))),
    }
}

/// Makes a stream what blocking code can iterate over.
macro_rules! blocking_stream {
    ([$($params:tt)*] $stream:ty, $item:ty) => {
        impl<$($params)*> $crate::runtime::stream::Steps for $stream {
            type Item = $item;

            fn open_body(&self) -> Option<&$crate::runtime::stream::OpenBody> {
                self.body()
            }

            fn step(
                &mut self,
            ) -> impl Future<Output = Option<Result<$item, $crate::runtime::StreamError>>> + Send {
                self.next()
            }
        }

        impl<$($params)*> IntoIterator for $stream {
            type Item = Result<$item, $crate::runtime::StreamError>;
            type IntoIter = $crate::runtime::StreamIter<Self>;

            fn into_iter(self) -> Self::IntoIter {
                $crate::runtime::StreamIter::new(self)
            }
        }

        impl<$($params)*> Iterator for $crate::runtime::StreamIter<$stream> {
            type Item = Result<$item, $crate::runtime::StreamError>;

            fn next(&mut self) -> Option<Self::Item> {
                $crate::runtime::stream::step(self)
            }
        }
    };
}

pub(in super::super) use blocking_stream;

blocking_stream!([] ByteStream, bytes::Bytes);

impl ByteStream {
    /// Reads the bytes by [`Read`], in code that is not async.
    pub fn into_reader(self) -> ByteReader {
        ByteReader {
            pieces: self.into_iter(),
            piece: bytes::Bytes::new(),
        }
    }

    /// Reads all of it as [`bytes`](Self::bytes) does, in code that is not async.
    pub fn blocking_bytes(self) -> Result<bytes::Bytes, StreamError> {
        let Some(body) = self.body() else {
            return Ok(bytes::Bytes::new());
        };
        let (client, context) = (body.client().clone(), body.context());
        run(&client, self.bytes()).unwrap_or_else(|reason| {
            let fault = Fault::Blocking(reason.to_string());
            Err(StreamError::new(context, fault))
        })
    }
}

/// The bytes of an answer, read in code that is not async. An error of the stream is the source of
/// that of the reader.
#[derive(Debug)]
pub struct ByteReader {
    pieces: StreamIter<ByteStream>,
    piece: bytes::Bytes,
}

impl Read for ByteReader {
    fn read(&mut self, space: &mut [u8]) -> io::Result<usize> {
        if self.piece.is_empty() {
            match self.pieces.next() {
                None => return Ok(0),
                Some(piece) => self.piece = piece.map_err(io::Error::other)?,
            }
        }
        let length = self.piece.len().min(space.len());
        space[..length].copy_from_slice(&self.piece.split_to(length));
        Ok(length)
    }
}
