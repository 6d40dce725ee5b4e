//! The body of a call.

use serde::Serialize;

use super::super::error::RequestFault;
use super::super::form::form;
use super::super::multipart::{FieldEncoding, multipart};
use super::super::request_body::Body;
use super::super::wiped::{WipedBuffer, wiped};
use super::super::{Endpoint, FileUpload};
use super::Call;

/// The media type of a form in one line.
const FORM: &str = "application/x-www-form-urlencoded";

impl<E: Endpoint, M> Call<E, M> {
    /// Sets the body to a JSON text.
    pub fn json<T: Serialize + ?Sized>(self, value: &T) -> Self {
        self.json_as("application/json", value)
    }

    /// Sets the body to a JSON text of another media type.
    pub fn json_as<T: Serialize + ?Sized>(mut self, media_type: &'static str, value: &T) -> Self {
        self.check_body(media_type, value);
        let mut body = WipedBuffer::default();
        let written = serde_json::to_writer(&mut body, value);
        let body = written.map(|()| Body::bytes(media_type, body.into_bytes()));
        self.body_or_fault(body.map_err(|error| error.to_string()))
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
        self.check_body(FORM, value);
        let body = form(value, encodings);
        self.body_or_fault(body.map(|form| Body::bytes(FORM, form.into_bytes())))
    }

    /// Sets the body to the parts of a multipart form, files among them.
    pub fn multipart<T: Serialize + ?Sized>(
        mut self,
        media_type: &'static str,
        value: &T,
        encodings: &[(&str, FieldEncoding)],
    ) -> Self {
        self.check_body(media_type, value);
        let body = multipart(media_type, value, encodings);
        self.body_or_fault(body)
    }

    /// Sets the body to a file.
    pub fn file(self, media_type: &'static str, file: FileUpload) -> Self {
        self.body_or_fault(Ok(Body::file(media_type, file)))
    }

    fn body_or_fault(mut self, body: Result<Body, String>) -> Self {
        match body {
            Ok(body) => self.draft.body = Some(body),
            Err(reason) => self.draft.fail(RequestFault::Body(reason)),
        }
        self
    }

    /// Sets the body to bytes.
    pub fn bytes(mut self, media_type: &'static str, bytes: impl Into<Vec<u8>>) -> Self {
        self.draft.body = Some(Body::bytes(media_type, wiped(bytes.into())));
        self
    }
}
