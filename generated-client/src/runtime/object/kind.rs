//! Kinds of properties.
//!
//! A kind holds the value of a property while an object is read, and borrows it while one is written.

use std::fmt::Display;
use std::str::FromStr;

use serde::de::{Deserialize, Deserializer, Error};

use crate::runtime::Patch;
use crate::runtime::empty_text::{empty_as_absent, empty_as_null};

use super::read::Missing;

/// A property that is always written. It can only be missing where its type is an option.
pub struct Required<T>(pub Option<T>);

/// A property that is always written; where it is missing, it has the only value that it can have.
pub struct Assumed<T>(pub Option<T>);

/// A property that is written where it has a value.
pub struct Optional<T>(pub Option<T>);

/// A property that is written unless it is left alone.
pub struct Patched<T>(pub Option<T>);

/// An optional property whose text has a format; an empty text stands for none.
pub struct OptionalText<T>(pub Option<T>);

/// A property that is always written, and whose text has a format; an empty text stands for null.
pub struct NullableText<T>(pub Option<T>);

/// A patched property whose text has a format; an empty text stands for null.
pub struct PatchedText<T>(pub Option<T>);

/// What holds a value.
pub trait Holder {
    /// The value's type.
    type Value;

    /// The value, where there is one.
    fn value(&self) -> Option<&Self::Value>;

    /// Takes a value.
    fn hold(&mut self, value: Self::Value);
}

/// How a property is read.
pub trait Read<'de>: Holder {
    /// Reads the value.
    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<Self::Value, D::Error>;

    /// The value where the property is missing.
    fn missing<E: Error>(name: &'static str) -> Result<Self::Value, E> {
        Self::read(Missing::new(name))
    }
}

/// When a property is written.
pub trait Written: Holder {
    /// Whether a property with this value is written.
    fn is_written(value: &Self::Value) -> bool;
}

macro_rules! holders {
    ($($kind:ident),*) => {
        $(
            impl<T> Holder for $kind<T> {
                type Value = T;

                fn value(&self) -> Option<&T> {
                    self.0.as_ref()
                }

                fn hold(&mut self, value: T) {
                    self.0 = Some(value);
                }
            }
        )*
    };
}

holders!(
    Required,
    Assumed,
    Optional,
    Patched,
    OptionalText,
    NullableText,
    PatchedText
);

impl<'de, T: Deserialize<'de>> Read<'de> for Required<T> {
    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
        T::deserialize(deserializer)
    }
}

impl<T> Written for Required<&T> {
    fn is_written(_: &&T) -> bool {
        true
    }
}

impl<'de, T: Deserialize<'de> + Default> Read<'de> for Assumed<T> {
    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
        T::deserialize(deserializer)
    }

    fn missing<E: Error>(_: &'static str) -> Result<T, E> {
        Ok(T::default())
    }
}

impl<T> Written for Assumed<&T> {
    fn is_written(_: &&T) -> bool {
        true
    }
}

impl<'de, T: Deserialize<'de>> Read<'de> for Optional<Option<T>> {
    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
        Option::deserialize(deserializer)
    }
}

impl<T> Written for Optional<&Option<T>> {
    fn is_written(value: &&Option<T>) -> bool {
        value.is_some()
    }
}

impl<'de, T: Deserialize<'de>> Read<'de> for Patched<Patch<T>> {
    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<Patch<T>, D::Error> {
        Patch::deserialize(deserializer)
    }

    fn missing<E: Error>(_: &'static str) -> Result<Patch<T>, E> {
        Ok(Patch::Absent)
    }
}

impl<T> Written for Patched<&Patch<T>> {
    fn is_written(value: &&Patch<T>) -> bool {
        !value.is_absent()
    }
}

impl<'de, T: FromStr<Err: Display>> Read<'de> for OptionalText<Option<T>> {
    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
        empty_as_absent(deserializer)
    }
}

impl<T> Written for OptionalText<&Option<T>> {
    fn is_written(value: &&Option<T>) -> bool {
        value.is_some()
    }
}

impl<'de, T: FromStr<Err: Display>> Read<'de> for NullableText<Option<T>> {
    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
        empty_as_absent(deserializer)
    }
}

impl<T> Written for NullableText<&Option<T>> {
    fn is_written(_: &&Option<T>) -> bool {
        true
    }
}

impl<'de, T: FromStr<Err: Display>> Read<'de> for PatchedText<Patch<T>> {
    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<Patch<T>, D::Error> {
        empty_as_null(deserializer)
    }

    fn missing<E: Error>(_: &'static str) -> Result<Patch<T>, E> {
        Ok(Patch::Absent)
    }
}

impl<T> Written for PatchedText<&Patch<T>> {
    fn is_written(value: &&Patch<T>) -> bool {
        !value.is_absent()
    }
}
