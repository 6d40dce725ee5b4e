//! From the bytes of an answer to its value.

use std::fmt;
use std::marker::PhantomData;

use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use super::known_properties::is_meant;
use super::media_type::{essence, is_json};
use super::reading::{leniently, read};

/// Reads the body of an answer.
pub trait Decode {
    /// What the body holds.
    type Value: Send + 'static;

    /// Reads the whole body of an answer with this status.
    fn decode(status: StatusCode, body: &bytes::Bytes) -> Result<Self::Value, DecodeFault>;

    /// Reads the body of an error, unless it is another one than the document describes. Servers, and what
    /// stands before them, answer with errors that no document names.
    fn decode_error(status: StatusCode, body: &bytes::Bytes) -> Result<Self::Value, DecodeFault> {
        Self::decode(status, body)
    }
}

/// Why a body cannot be read.
#[derive(Debug)]
pub struct DecodeFault {
    /// The way to the value, for example `items[3].properties.ram`; empty at the root.
    pub(super) path: String,
    pub(super) message: String,
    /// The media type of the answer is what is wrong.
    pub(super) is_media_type: bool,
}

impl DecodeFault {
    pub(super) fn new(message: &str) -> Self {
        Self {
            path: String::new(),
            message: message.to_owned(),
            is_media_type: false,
        }
    }

    /// The document does not say what an answer with this status holds.
    pub fn unexpected_status(status: StatusCode) -> Self {
        Self::new(&format!(
            "the document describes no body for status {status}"
        ))
    }
}

impl fmt::Display for DecodeFault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.path.as_str() {
            "" | "." => formatter.write_str(&self.message),
            path => write!(formatter, "`{path}`: {}", self.message),
        }
    }
}

impl std::error::Error for DecodeFault {}

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// A text in UTF-8 without the mark that some servers put before it.
pub(super) fn without_mark(text: &[u8]) -> &[u8] {
    text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text)
}

/// Whether what takes some bodies reads them as they are, rather than as JSON.
pub(super) fn reads_plain(takes: impl Fn(&'static [u8]) -> bool) -> bool {
    takes(b"\"")
}

/// Whether what takes some bodies reads them as texts, which not all bytes are.
pub(super) fn reads_text(takes: impl Fn(&'static [u8]) -> bool) -> bool {
    !takes(b"\xff") && reads_plain(takes)
}

/// The text that a body spells as JSON, where the server says so. Frameworks whose documents describe plain
/// texts answer with such ones all the same.
pub(super) fn json_text(headers: &HeaderMap, body: &[u8]) -> Option<bytes::Bytes> {
    if !essence(headers).is_some_and(is_json) {
        return None;
    }
    let text: String = serde_json::from_slice(without_mark(body)).ok()?;
    Some(text.into())
}

/// A JSON text.
pub struct Json<T>(PhantomData<fn() -> T>);

impl<T: DeserializeOwned + Send + 'static> Decode for Json<T> {
    type Value = T;

    fn decode(_: StatusCode, body: &bytes::Bytes) -> Result<T, DecodeFault> {
        // To check the text as a whole takes a fraction of checking each of its strings. To keep track of
        // the way costs as much as the reading itself, and only a fault needs it.
        if let Ok(text) = str::from_utf8(body)
            && let Ok(value) = serde_json::from_str(text)
        {
            return Ok(value);
        }
        let body = without_mark(body);
        if body.trim_ascii().is_empty() {
            // Where anything goes, nothing does too.
            let nothing = serde_json::from_str("null");
            return nothing.map_err(|_| DecodeFault::new("it is empty"));
        }
        with_way(body).or_else(|fault| with_leniency(body).ok_or(fault))
    }

    fn decode_error(status: StatusCode, body: &bytes::Bytes) -> Result<T, DecodeFault> {
        if is_meant::<T>(without_mark(body)) {
            Self::decode(status, body)
        } else {
            Err(DecodeFault::new("the document describes another body"))
        }
    }
}

/// Reads a JSON text, and keeps track of the way to a fault.
fn with_way<T: DeserializeOwned>(text: &[u8]) -> Result<T, DecodeFault> {
    let mut deserializer = serde_json::Deserializer::from_slice(text);
    let value = serde_path_to_error::deserialize(&mut deserializer);
    let value = value.map_err(|error| DecodeFault {
        path: error.path().to_string(),
        ..DecodeFault::new(&error.inner().to_string())
    })?;
    let end = deserializer.end();
    end.map_err(|error| DecodeFault::new(&error.to_string()))?;
    Ok(value)
}

/// Reads a JSON text whose values need not be written as the document describes them, where it is plain what
/// they mean.
fn with_leniency<T: DeserializeOwned>(text: &[u8]) -> Option<T> {
    let value = serde_json::from_slice(text).ok()?;
    leniently(|| read(&value)).ok()
}

/// A JSON text, or nothing.
pub struct OptionalJson<T>(PhantomData<fn() -> T>);

impl<T: DeserializeOwned + Send + 'static> Decode for OptionalJson<T> {
    type Value = Option<T>;

    fn decode(status: StatusCode, body: &bytes::Bytes) -> Result<Option<T>, DecodeFault> {
        if body.trim_ascii().is_empty() {
            return Ok(None);
        }
        Json::<T>::decode(status, body).map(Some)
    }

    fn decode_error(status: StatusCode, body: &bytes::Bytes) -> Result<Option<T>, DecodeFault> {
        if body.trim_ascii().is_empty() {
            return Ok(None);
        }
        Json::<T>::decode_error(status, body).map(Some)
    }
}

/// Nothing that matters: whatever the body holds is left aside.
pub struct Empty;

impl Decode for Empty {
    type Value = ();

    fn decode(_: StatusCode, _: &bytes::Bytes) -> Result<(), DecodeFault> {
        Ok(())
    }
}

/// Text in UTF-8.
pub struct Text;

impl Decode for Text {
    type Value = String;

    fn decode(_: StatusCode, body: &bytes::Bytes) -> Result<String, DecodeFault> {
        String::from_utf8(body.to_vec()).map_err(|error| DecodeFault::new(&error.to_string()))
    }
}

/// Bytes as they came.
pub struct Bytes;

impl Decode for Bytes {
    type Value = bytes::Bytes;

    fn decode(_: StatusCode, body: &bytes::Bytes) -> Result<bytes::Bytes, DecodeFault> {
        Ok(body.clone())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use http::StatusCode;
    use serde::de::IgnoredAny;

    use super::{Decode, Json};

    #[test]
    fn nothing_is_a_value_where_anything_is() {
        let nothing = bytes::Bytes::new();
        let value = Json::<serde_json::Value>::decode(StatusCode::NO_CONTENT, &nothing);
        assert!(value.is_ok_and(|value| value.is_null()));
        assert!(
            Json::<Option<u8>>::decode(StatusCode::OK, &nothing).is_ok_and(|one| one.is_none())
        );
        let fault = Json::<u8>::decode(StatusCode::OK, &nothing).expect_err("it is no number");
        assert_eq!(fault.to_string(), "it is empty");
        let error = Json::<serde_json::Value>::decode_error(StatusCode::NOT_FOUND, &nothing);
        assert_eq!(error.ok(), None);
    }

    #[test]
    fn a_byte_order_mark_is_no_part_of_a_text() {
        let body = bytes::Bytes::from_static(b"\xef\xbb\xbf[1]");
        let numbers = Json::<Vec<u8>>::decode(StatusCode::OK, &body);
        assert!(numbers.is_ok_and(|numbers| numbers == [1]));
    }

    #[test]
    fn bytes_that_are_no_text_matter_only_where_they_are_wanted() {
        type Names = BTreeMap<String, Option<IgnoredAny>>;
        let body = bytes::Bytes::from_static(b"{\"name\": \"\xff\"}");
        assert!(Json::<Names>::decode(StatusCode::OK, &body).is_ok());
        let fault = Json::<BTreeMap<String, String>>::decode(StatusCode::OK, &body);
        assert!(fault.is_err_and(|fault| fault.to_string().starts_with("`name`: invalid unicode")));
    }

    #[test]
    fn an_integer_may_be_written_with_a_fraction_of_nothing() {
        let body = bytes::Bytes::from_static(b"[1.0, 2, 3e2]");
        let numbers = Json::<Vec<i64>>::decode(StatusCode::OK, &body);
        assert!(numbers.is_ok_and(|numbers| numbers == [1, 2, 300]));
        let body = bytes::Bytes::from_static(b"[1.0, 2.5]");
        let fault = Json::<Vec<i64>>::decode(StatusCode::OK, &body).expect_err("there is a half");
        assert!(
            fault.to_string().starts_with("`[0]`: invalid type"),
            "{fault}"
        );
    }

    #[test]
    fn lists_and_maps_without_content_may_be_null() {
        let null = bytes::Bytes::from_static(b"null");
        let numbers = Json::<Vec<u8>>::decode(StatusCode::OK, &null);
        assert!(numbers.is_ok_and(|numbers| numbers.is_empty()));
        let fault = Json::<Vec<u8>>::decode(StatusCode::OK, &bytes::Bytes::new());
        assert!(fault.is_err_and(|fault| fault.to_string() == "it is empty"));
        let body = bytes::Bytes::from_static(b"[null, [], {\"a\": 1}, {\"a\": \"1\"}]");
        let fault = Json::<Vec<BTreeMap<String, u8>>>::decode(StatusCode::OK, &body);
        let fault = fault.expect_err("a text is no number");
        assert!(
            fault.to_string().starts_with("`[0]`: invalid type: null"),
            "{fault}"
        );
    }

    #[test]
    fn a_number_is_the_nearest_that_there_is() {
        let body = bytes::Bytes::from_static(b"[41724888.666749924, 112.07559737966335]");
        let numbers = Json::<Vec<f64>>::decode(StatusCode::OK, &body).expect("they are numbers");
        let written = serde_json::to_string(&numbers).expect("numbers can be written");
        assert_eq!(written, "[41724888.666749924,112.07559737966335]");
    }
}
