//! The body of a call.

use serde::Serialize;

use super::super::form::form;
use super::super::multipart::{FieldEncoding, multipart};
use super::super::request_body::Body;
use super::super::wiped::{WipedBuffer, wiped};
use super::super::{Endpoint, FileUpload};
use super::{Call, checks};

/// The media type of a form in one line.
const FORM: &str = "application/x-www-form-urlencoded";

impl<E: Endpoint, M> Call<E, M> {
    /// Sets the body to a JSON text.
    pub fn json<T: Serialize + ?Sized>(self, value: &T) -> Self {
        self.json_as("application/json", value)
    }

    /// Sets the body to a JSON text of another media type.
    pub fn json_as<T: Serialize + ?Sized>(mut self, media_type: &'static str, value: &T) -> Self {
        checks::body::<E, _>(&mut self.draft, media_type, value);
        let mut body = WipedBuffer::default();
        let written = serde_json::to_writer(&mut body, value);
        let body = written.map(|()| Body::bytes(media_type, body.into_bytes()));
        self.draft.set_body(body.map_err(|error| error.to_string()));
        self
    }

    /// Sets the body to the pairs of a form.
    pub fn form<T: Serialize + ?Sized>(self, value: &T) -> Self {
        self.form_encoded(value, &[])
    }

    /// Sets the body to the pairs of a form, some of which are written in a way of their own.
    pub fn form_encoded<T: Serialize + ?Sized>(
        mut self,
        value: &T,
        encodings: &[(&str, FieldEncoding)],
    ) -> Self {
        checks::body::<E, _>(&mut self.draft, FORM, value);
        let body = form(value, encodings);
        self.draft
            .set_body(body.map(|form| Body::bytes(FORM, form.into_bytes())));
        self
    }

    /// Sets the body to the parts of a multipart form, files among them.
    pub fn multipart<T: Serialize + ?Sized>(
        mut self,
        media_type: &'static str,
        value: &T,
        encodings: &[(&str, FieldEncoding)],
    ) -> Self {
        checks::body::<E, _>(&mut self.draft, media_type, value);
        let body = multipart(media_type, value, encodings);
        self.draft.set_body(body);
        self
    }

    /// Sets the body to a file.
    pub fn file(mut self, media_type: &'static str, file: FileUpload) -> Self {
        self.draft.body = Some(Body::file(media_type, file));
        self
    }

    /// Sets the body to bytes.
    pub fn bytes(mut self, media_type: &'static str, bytes: impl Into<Vec<u8>>) -> Self {
        self.draft.body = Some(Body::bytes(media_type, wiped(bytes.into())));
        self
    }
}
