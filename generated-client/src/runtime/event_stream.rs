//! A body of server-sent events.

mod framing;

use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use futures_core::Stream;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::{Map, Value};

use super::frames::Frames;
use super::media_type::essence;
use super::reading::{leniently, read};
use super::stream::Fault;
#[cfg(feature = "blocking")]
use super::stream::{OpenBody, blocking_stream};
use super::tally::tallied;
use super::{Decode, DecodeFault, Receive, Received, StreamError};
use framing::EventFraming;

/// An event that a server sent.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Event<T> {
    /// Its type; `message` where the server names none.
    pub name: String,
    /// Its ID, or that of the last event that has one; empty without one.
    pub id: String,
    /// How long the server wants a client to wait before it connects again, where it has said so.
    pub retry: Option<Duration>,
    /// What it holds.
    pub data: T,
}

/// An event whose data have not been read.
pub type RawEvent = Event<bytes::Bytes>;

/// The events of an answer, as they arrive.
///
/// An event whose data are not what the document describes is an error, and the stream goes on; it
/// has ended behind any other error. There is no limit on the number of events, but one on the length
/// of each, [`ClientBuilder::max_body`](crate::runtime::ClientBuilder::max_body), and on the time
/// without any byte, [`ClientBuilder::idle_timeout`](crate::runtime::ClientBuilder::idle_timeout).
/// The client does not connect again at the end; [`last_event_id`](Self::last_event_id) tells where
/// a further call could go on. Dropping the stream closes the connection.
#[must_use = "nothing of a stream is read until it is polled"]
pub struct EventStream<D> {
    frames: Option<Frames<EventFraming>>,
    status: StatusCode,
    end_marker: Option<String>,
    data: PhantomData<fn() -> D>,
}

/// Reads an event.
pub trait DecodeEvent {
    /// What its data hold.
    type Value: Send + 'static;

    /// Reads the data of an event in an answer with this status.
    fn decode_event(status: StatusCode, event: &RawEvent) -> Result<Self::Value, DecodeFault>;
}

/// The data alone, which is what most documents describe. Data that are no JSON text are read as the text that
/// they are, where the type knows it: services mark their end by such a text.
impl<D: Decode> DecodeEvent for D {
    type Value = D::Value;

    fn decode_event(status: StatusCode, event: &RawEvent) -> Result<D::Value, DecodeFault> {
        D::decode(status, &event.data).or_else(|fault| text::<D>(status, &event.data).ok_or(fault))
    }
}

/// The value of data that are no JSON text, where the type knows such a text.
fn text<D: Decode>(status: StatusCode, data: &[u8]) -> Option<D::Value> {
    if serde_json::from_slice::<IgnoredAny>(data).is_ok() {
        return None;
    }
    let json = serde_json::to_vec(str::from_utf8(data).ok()?).ok()?;
    let (value, tally) = tallied(|| D::decode(status, &json.into()));
    // A type that keeps whatever it does not know keeps texts as well, but is not meant to hold them.
    let keeps_all = || D::decode(status, &bytes::Bytes::from_static(b"false")).is_ok();
    value.ok().filter(|_| tally.unknown == 0 || !keeps_all())
}

/// The whole event as an object with the members `event`, `id`, `retry` and `data`, where that is what
/// the document describes.
pub struct WholeEvent<T>(PhantomData<fn() -> T>);

impl<T: DeserializeOwned + Send + 'static> DecodeEvent for WholeEvent<T> {
    type Value = T;

    fn decode_event(_: StatusCode, event: &RawEvent) -> Result<T, DecodeFault> {
        let text = || {
            let text = Value::String(String::from_utf8_lossy(&event.data).into_owned());
            T::deserialize(Value::Object(members(event, text)))
        };
        // Data that are JSON may be described as what they hold, or as a text.
        match serde_json::from_slice::<Value>(&event.data) {
            Ok(data) => {
                let event = Value::Object(members(event, data));
                T::deserialize(&event)
                    .or_else(|error| text().map_err(|_| error))
                    .or_else(|error| leniently(|| read(&event)).map_err(|_| error))
            }
            Err(_) => text(),
        }
        .map_err(|error| DecodeFault::new(&error.to_string()))
    }
}

fn members(event: &RawEvent, data: Value) -> Map<String, Value> {
    let mut members = Map::new();
    members.insert("event".to_owned(), event.name.clone().into());
    if !event.id.is_empty() {
        members.insert("id".to_owned(), event.id.clone().into());
    }
    if let Some(retry) = event.retry {
        let milliseconds = u64::try_from(retry.as_millis()).unwrap_or(u64::MAX);
        members.insert("retry".to_owned(), milliseconds.into());
    }
    members.insert("data".to_owned(), data);
    members
}

impl<D> EventStream<D> {
    /// Ends the stream at an event whose data are this text, as some services mark their end:
    /// `[DONE]`, for example. The event itself is left out.
    pub fn until(mut self, data: impl Into<String>) -> Self {
        self.end_marker = Some(data.into());
        self
    }

    /// The ID of the last event that has one; empty without one. It is what the header
    /// `Last-Event-ID` of a further call would hold.
    pub fn last_event_id(&self) -> &str {
        let frames = self.frames.as_ref();
        frames.map_or("", |frames| frames.framing.last_id())
    }

    /// How long the server wants a client to wait before it connects again, where it has said so.
    pub fn retry(&self) -> Option<Duration> {
        self.frames.as_ref()?.framing.retry()
    }

    #[cfg(feature = "blocking")]
    pub(super) fn body(&self) -> Option<&OpenBody> {
        self.frames.as_ref().map(Frames::body)
    }
}

type Step<D> = Option<Result<Event<<D as DecodeEvent>::Value>, StreamError>>;

impl<D: DecodeEvent> EventStream<D> {
    /// The next event; nothing at the end.
    pub async fn next(&mut self) -> Option<Result<Event<D::Value>, StreamError>> {
        poll_fn(|context| self.poll_event(context)).await
    }

    fn poll_event(&mut self, context: &mut Context<'_>) -> Poll<Step<D>> {
        let Some(frames) = &mut self.frames else {
            return Poll::Ready(None);
        };
        let raw = match ready!(frames.poll_frame(context)) {
            None => return Poll::Ready(None),
            Some(Err(error)) => return Poll::Ready(Some(Err(error))),
            Some(Ok(raw)) => raw,
        };
        let marker = self.end_marker.as_ref();
        if marker.is_some_and(|marker| raw.data == marker.as_bytes()) {
            frames.end();
            return Poll::Ready(None);
        }
        Poll::Ready(Some(match D::decode_event(self.status, &raw) {
            Ok(data) => Ok(Event {
                name: raw.name,
                id: raw.id,
                retry: raw.retry,
                data,
            }),
            Err(fault) => Err(frames.body().error(Fault::Item(fault, raw.data))),
        }))
    }
}

impl<D> Unpin for EventStream<D> {}

impl<D: DecodeEvent> Stream for EventStream<D> {
    type Item = Result<Event<D::Value>, StreamError>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_event(context)
    }
}

impl<D: DecodeEvent + 'static> Receive for EventStream<D> {
    type Value = Self;

    /// An answer that says it is something else is no event stream: it has to be read as a whole to
    /// be shown.
    fn streams(_: StatusCode, headers: &HeaderMap) -> bool {
        !headers.contains_key(CONTENT_TYPE)
            || essence(headers).is_some_and(|name| name.eq_ignore_ascii_case("text/event-stream"))
    }

    fn receive(status: StatusCode, body: Received) -> Result<Self, DecodeFault> {
        let Some(rest) = body.rest else {
            return Err(DecodeFault {
                is_media_type: true,
                ..DecodeFault::new("it is no event stream")
            });
        };
        Ok(Self {
            frames: Some(Frames::new(rest)),
            status,
            end_marker: None,
            data: PhantomData,
        })
    }
}

#[cfg(feature = "blocking")]
blocking_stream!([D: DecodeEvent + 'static] EventStream<D>, Event<D::Value>);

/// Shows the operation only: events may be secret.
impl<D> fmt::Debug for EventStream<D> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("EventStream")
            .field("body", &self.frames.as_ref().map(Frames::body))
            .finish_non_exhaustive()
    }
}
