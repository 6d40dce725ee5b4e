//! Files on their way to a server.

use std::borrow::Cow;
use std::fmt;
use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use serde::de::{Deserialize, Deserializer};
use serde::ser::{Error as _, Serialize, Serializer};
use tokio::io::{AsyncRead, ReadBuf};

use super::multipart::collect;
use super::request_body::{Body, Content};
use super::{Call, Endpoint};

/// A file to send, as a body or as a part of one: bytes, or a stream that is not held in memory.
///
/// A stream can be sent once. A call with one is not repeated after it has begun to read it, and
/// clones share it.
///
/// # Examples
///
/// ```
/// # use ionos_dbaas_postgres::FileUpload;
/// let file = FileUpload::from("a,b\n1,2\n")
///     .file_name("table.csv")
///     .content_type("text/csv");
/// ```
#[derive(Clone)]
pub struct FileUpload {
    content: Content,
    file_name: Option<String>,
    content_type: Option<String>,
}

impl FileUpload {
    /// Sends what a stream yields. An error of the stream ends the call.
    pub fn from_stream(
        stream: impl Stream<Item = io::Result<bytes::Bytes>> + Send + 'static,
    ) -> Self {
        Self::new(Content::Stream {
            chunks: Arc::new(Mutex::new(Some(Box::pin(stream)))),
            length: None,
        })
    }

    /// Sends what a reader yields, for example a `tokio::fs::File`.
    pub fn from_reader(reader: impl AsyncRead + Send + 'static) -> Self {
        Self::from_stream(ReaderChunks(Box::pin(reader)))
    }

    fn new(content: Content) -> Self {
        Self {
            content,
            file_name: None,
            content_type: None,
        }
    }

    /// The number of bytes that a stream yields, where it is known. Without it, the server learns the
    /// length at the end only, which some refuse.
    #[must_use]
    pub fn length(mut self, bytes: u64) -> Self {
        if let Content::Stream { length, .. } = &mut self.content {
            *length = Some(bytes);
        }
        self
    }

    /// The name that a server sees in a multipart form; by default that of the part.
    #[must_use]
    pub fn file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = Some(name.into());
        self
    }

    /// The media type, in place of the one that the document names.
    #[must_use]
    pub fn content_type(mut self, media_type: impl Into<String>) -> Self {
        self.content_type = Some(media_type.into());
        self
    }

    pub(super) fn into_parts(self) -> (Content, Option<String>, Option<String>) {
        (self.content, self.file_name, self.content_type)
    }
}

impl<E: Endpoint, M> Call<E, M> {
    /// Sets the body to a file. Its own media type comes before the document's, which may be a range of them.
    pub fn file(mut self, media_type: &'static str, file: FileUpload) -> Self {
        let media_type = match media_type {
            range if range.contains('*') => "application/octet-stream",
            exact => exact,
        };
        let (content, _, own) = file.into_parts();
        let media_type = own.map_or(Cow::Borrowed(media_type), Cow::Owned);
        self.draft.body = Some(Body::of(media_type, vec![content]));
        self
    }
}

impl From<bytes::Bytes> for FileUpload {
    fn from(bytes: bytes::Bytes) -> Self {
        Self::new(Content::Bytes(bytes))
    }
}

impl From<Vec<u8>> for FileUpload {
    fn from(bytes: Vec<u8>) -> Self {
        bytes::Bytes::from(bytes).into()
    }
}

impl From<String> for FileUpload {
    fn from(text: String) -> Self {
        text.into_bytes().into()
    }
}

impl From<&str> for FileUpload {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

/// Shows the names and the length; the content may be secret.
impl fmt::Debug for FileUpload {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("FileUpload")
            .field("file_name", &self.file_name)
            .field("content_type", &self.content_type)
            .field("length", &self.content.len())
            .finish_non_exhaustive()
    }
}

/// Bytes are compared; a stream equals its clones only.
impl PartialEq for FileUpload {
    fn eq(&self, other: &Self) -> bool {
        let content = match (&self.content, &other.content) {
            (Content::Bytes(one), Content::Bytes(other)) => one == other,
            (Content::Stream { chunks: one, .. }, Content::Stream { chunks: other, .. }) => {
                Arc::ptr_eq(one, other)
            }
            _ => false,
        };
        content && self.file_name == other.file_name && self.content_type == other.content_type
    }
}

/// A form takes the file itself; anywhere else it is a text, where it holds one.
impl Serialize for FileUpload {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if let Some(mark) = collect(self) {
            return mark.serialize(serializer);
        }
        match &self.content {
            Content::Bytes(bytes) => match std::str::from_utf8(bytes) {
                Ok(text) => serializer.serialize_str(text),
                Err(_) => Err(S::Error::custom(
                    "only a multipart form can hold a binary file",
                )),
            },
            Content::Stream { .. } => {
                Err(S::Error::custom("only a multipart form can hold a stream"))
            }
        }
    }
}

impl<'de> Deserialize<'de> for FileUpload {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::from)
    }
}

/// A reader, as the pieces that it yields.
struct ReaderChunks(Pin<Box<dyn AsyncRead + Send>>);

impl Stream for ReaderChunks {
    type Item = io::Result<bytes::Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        /// Few enough bytes to hold many, and many enough to keep a connection busy.
        const CHUNK: usize = 16 * 1024;
        let mut space = vec![0; CHUNK];
        let mut buffer = ReadBuf::new(&mut space);
        if let Err(error) = ready!(self.0.as_mut().poll_read(context, &mut buffer)) {
            return Poll::Ready(Some(Err(error)));
        }
        let length = buffer.filled().len();
        space.truncate(length);
        Poll::Ready((length > 0).then(|| Ok(space.into())))
    }
}
