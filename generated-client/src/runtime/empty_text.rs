//! Empty texts in place of optional values of a format.

use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

use serde::Deserializer;
use serde::de::{Error, Visitor};

use super::Patch;
use super::tally::note_dropped;

/// Reads an optional value; an empty text is none, as some servers write it.
///
/// # Errors
///
/// The value is neither null, empty, nor of the type's format.
pub(super) fn empty_as_absent<'de, T, D>(deserializer: D) -> Result<Option<T>, D::Error>
where
    T: FromStr<Err: fmt::Display>,
    D: Deserializer<'de>,
{
    deserializer.deserialize_option(OptionalVisitor(PhantomData))
}

/// Reads a value that may be null; an empty text is null, as some servers write it.
///
/// # Errors
///
/// The value is neither null, empty, nor of the type's format.
pub(super) fn empty_as_null<'de, T, D>(deserializer: D) -> Result<Patch<T>, D::Error>
where
    T: FromStr<Err: fmt::Display>,
    D: Deserializer<'de>,
{
    empty_as_absent(deserializer).map(|value| value.map_or(Patch::Null, Patch::Value))
}

struct OptionalVisitor<T>(PhantomData<T>);

impl<'de, T: FromStr<Err: fmt::Display>> Visitor<'de> for OptionalVisitor<T> {
    type Value = Option<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a text or null")
    }

    fn visit_none<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        if text.trim().is_empty() {
            note_dropped(1);
            return Ok(None);
        }
        text.parse().map(Some).map_err(E::custom)
    }
}

#[cfg(test)]
mod tests {
    use crate::runtime::{DateTime, Patch};

    #[test]
    fn an_empty_optional_text_is_absent() {
        let read = |json: &str| -> Option<Option<DateTime>> {
            let mut deserializer = serde_json::Deserializer::from_str(json);
            super::empty_as_absent(&mut deserializer).ok()
        };
        assert_eq!(read("\"\""), Some(None));
        assert_eq!(read("null"), Some(None));
        assert!(matches!(read("\"2026-03-01T12:00:00Z\""), Some(Some(_))));
        assert_eq!(read("\"soon\""), None);
    }

    #[test]
    fn an_empty_text_that_may_be_null_is_null() {
        let read = |json: &str| -> Option<Patch<DateTime>> {
            let mut deserializer = serde_json::Deserializer::from_str(json);
            super::empty_as_null(&mut deserializer).ok()
        };
        assert_eq!(read("\"\""), Some(Patch::Null));
        assert!(matches!(
            read("\"2026-03-01T12:00:00Z\""),
            Some(Patch::Value(_))
        ));
    }
}
