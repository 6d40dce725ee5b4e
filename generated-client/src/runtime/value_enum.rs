//! Conversions of enumerations of integers, and of scalars of several types.

use serde_json::Value;

#[doc(hidden)]
pub use super::tally::{note_unknown, size};

/// A scalar as a parameter has it: a text without quotes.
#[doc(hidden)]
pub fn plain_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

#[allow(unused_macros, reason = "not every document has such enumerations")]
/// Implements the conversions of an enumeration of integers whose catch-all variant keeps unknown
/// ones.
macro_rules! integer_enum {
    ($name:ident; $($variant:ident = $value:literal),*; ..$catch_all:ident) => {
        impl From<i64> for $name {
            fn from(value: i64) -> Self {
                match value {
                    $($value => Self::$variant,)*
                    other => Self::$catch_all(other),
                }
            }
        }

        impl From<$name> for i64 {
            fn from(value: $name) -> Self {
                match value {
                    $($name::$variant => $value,)*
                    $name::$catch_all(value) => value,
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Display::fmt(&i64::from(*self), formatter)
            }
        }

        impl $crate::runtime::ParamValue for $name {
            fn append_to(self, text: &mut String) {
                i64::from(self).append_to(text);
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_i64(i64::from(*self))
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let value = i64::deserialize(deserializer).map(Self::from)?;
                if matches!(value, Self::$catch_all(_)) {
                    $crate::runtime::value_enum::note_unknown(1);
                }
                Ok(value)
            }
        }
    };
}

#[allow(unused_macros, reason = "not every document has such enumerations")]
/// Implements the conversions of an enumeration of scalars whose catch-all variant keeps any other
/// value.
macro_rules! value_enum {
    ($name:ident; $($variant:ident = $value:literal),*; ..$catch_all:ident) => {
        impl From<serde_json::Value> for $name {
            fn from(value: serde_json::Value) -> Self {
                match value {
                    $(value if value == $value => Self::$variant,)*
                    other => Self::$catch_all(other),
                }
            }
        }

        impl From<$name> for serde_json::Value {
            fn from(value: $name) -> Self {
                match value {
                    $($name::$variant => Self::from($value),)*
                    $name::$catch_all(value) => value,
                }
            }
        }

        impl $crate::runtime::ParamValue for $name {
            fn append_to(self, text: &mut String) {
                text.push_str(&$crate::runtime::value_enum::plain_text(&self.into()));
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant => serde::Serialize::serialize(&$value, serializer),)*
                    Self::$catch_all(value) => value.serialize(serializer),
                }
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let value = serde_json::Value::deserialize(deserializer)?;
                let size = $crate::runtime::value_enum::size(&value);
                let value = Self::from(value);
                if matches!(value, Self::$catch_all(_)) {
                    $crate::runtime::value_enum::note_unknown(size);
                }
                Ok(value)
            }
        }
    };
}

#[allow(unused_imports, reason = "not every document has such enumerations")]
pub(crate) use {integer_enum, value_enum};
