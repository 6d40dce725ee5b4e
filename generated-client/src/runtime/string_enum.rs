//! Conversions of string enumerations.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserializer, Error, Visitor};

use super::tally::note_unknown;

/// Reads a value, and takes note of one that the catch-all variant holds.
///
/// # Errors
///
/// The value is no text.
pub fn deserialize<'de, T, D>(deserializer: D, is_unknown: fn(&T) -> bool) -> Result<T, D::Error>
where
    T: for<'t> From<&'t str>,
    D: Deserializer<'de>,
{
    let value = deserializer.deserialize_str(ExpectedText(PhantomData))?;
    if is_unknown(&value) {
        note_unknown(1);
    }
    Ok(value)
}

struct ExpectedText<T>(PhantomData<T>);

impl<T: for<'t> From<&'t str>> Visitor<'_> for ExpectedText<T> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a string")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        Ok(T::from(text))
    }
}

#[allow(unused_macros, reason = "not every document has string enumerations")]
/// Implements the conversions of an enumeration whose catch-all variant keeps unknown values.
macro_rules! string_enum {
    ($name:ident; $($variant:ident = $value:literal),*; ..$catch_all:ident) => {
        impl $name {
            /// The value as the server spells it.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $value,)*
                    Self::$catch_all(value) => value,
                }
            }
        }

        impl From<&str> for $name {
            fn from(value: &str) -> Self {
                match value {
                    $($value => Self::$variant,)*
                    other => Self::$catch_all(other.to_owned()),
                }
            }
        }

        impl From<String> for $name {
            fn from(value: String) -> Self {
                Self::from(value.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::convert::Infallible;

            // `Self::Err` could be a variant.
            fn from_str(value: &str) -> Result<Self, std::convert::Infallible> {
                Ok(Self::from(value))
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str(self.as_str())
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl $crate::runtime::ParamValue for $name {
            fn append_to(self, text: &mut String) {
                text.push_str(self.as_str());
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::runtime::string_enum::deserialize(deserializer, |value| {
                    matches!(value, Self::$catch_all(_))
                })
            }
        }
    };
}

#[allow(unused_imports, reason = "not every document has string enumerations")]
pub(crate) use string_enum;
