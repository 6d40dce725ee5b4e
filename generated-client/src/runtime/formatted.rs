//! Values that JSON holds as texts of a format.

use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

use serde::Deserializer;
use serde::de::{Error, Visitor};

use super::Patch;
use super::tally::note_dropped;

/// A text that is not of the format that is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidText {
    text: String,
    expected: &'static str,
}

impl InvalidText {
    /// The text, and what it should be, with its article: `a date`.
    pub(super) fn new(text: &str, expected: &'static str) -> Self {
        Self {
            text: text.to_owned(),
            expected,
        }
    }
}

impl fmt::Display for InvalidText {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "`{}` is not {}", self.text, self.expected)
    }
}

impl std::error::Error for InvalidText {}

/// Implements the conversions of a type that `Display` writes and `FromStr` reads.
macro_rules! formatted {
    ($type:ty) => {
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_str($crate::runtime::formatted::TextVisitor::new())
            }
        }

        impl $crate::runtime::ParamValue for $type {
            fn append_to(self, text: &mut String) {
                use std::fmt::Write;
                let _ = write!(text, "{self}");
            }
        }
    };
}

pub(super) use formatted;

/// Reads a value from a text.
pub(super) struct TextVisitor<T>(PhantomData<T>);

impl<T> TextVisitor<T> {
    pub(super) fn new() -> Self {
        Self(PhantomData)
    }
}

impl<T: FromStr<Err: fmt::Display>> Visitor<'_> for TextVisitor<T> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a text")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        text.parse().map_err(E::custom)
    }
}

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

    #[test]
    fn a_text_of_another_format_is_named() {
        let error = serde_json::from_str::<DateTime>("\"soon\"").expect_err("it is no moment");
        assert!(
            error
                .to_string()
                .starts_with("`soon` is not a date and time")
        );
    }
}
