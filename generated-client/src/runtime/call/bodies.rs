//! The body of a call.

use serde::Serialize;

use super::super::Endpoint;
use super::super::request_body::Body;
use super::super::wiped::{WipedBuffer, wiped};
use super::{Call, checks};

impl<E: Endpoint, M> Call<E, M> {
    /// Sets the body to a JSON text.
    pub fn json<T: Serialize + ?Sized>(self, value: &T) -> Self {
        self.json_as("application/json", value)
    }

    /// Sets the body to a JSON text of another media type.
    pub fn json_as<T: Serialize + ?Sized>(self, media_type: &'static str, value: &T) -> Self {
        let mut text = WipedBuffer::default();
        let written = serde_json::to_writer(&mut text, value);
        let body = written.map(|()| Body::bytes(media_type, text.into_bytes()));
        let body = body.map_err(|error| error.to_string());
        with_body(self, media_type, value, body)
    }

    /// Sets the body to bytes.
    pub fn bytes(mut self, media_type: &'static str, bytes: impl Into<Vec<u8>>) -> Self {
        self.draft.body = Some(Body::bytes(media_type, wiped(bytes.into())));
        self
    }
}

/// Sets the body to what was made of a value, unless that breaks its rules.
// No method, for it would take the name of a parameter's setter.
pub(in super::super) fn with_body<E: Endpoint, M, T: Serialize + ?Sized>(
    mut call: Call<E, M>,
    media_type: &'static str,
    value: &T,
    body: Result<Body, String>,
) -> Call<E, M> {
    checks::body::<E, _>(&mut call.draft, media_type, value);
    call.draft.set_body(body);
    call
}
