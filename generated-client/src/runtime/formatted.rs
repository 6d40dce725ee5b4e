//! Values that JSON holds as texts of a format.

use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

use serde::de::{Error, Visitor};

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

#[cfg(test)]
mod tests {
    use crate::runtime::DateTime;

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
