//! Values of one of several types.

#[cfg(feature = "validate")]
mod rules;

use std::cell::Cell;

use serde::de::DeserializeOwned;
use serde::ser::{Error as _, Serialize, Serializer};
use serde_json::Value;

use super::known_properties::known_properties;
use super::reading::{self, is_lenient, leniently};
use super::tally::{Tally, is_tallied, note, tallied};
#[doc(hidden)]
pub use super::tally::{note_unknown, size};
use super::value::tree;
#[cfg(feature = "validate")]
#[allow(unused_imports, reason = "not every document has unions in requests")]
pub(crate) use rules::union_rules;

/// A union's variant with the value in it, or nothing where the value is not of its type.
#[doc(hidden)]
pub type Candidate<U> = fn(&Value) -> Option<Match<U>>;

/// A value that was read as one type of a union.
#[doc(hidden)]
#[derive(Debug)]
pub struct Match<U> {
    /// The value in its variant.
    pub union: U,
    /// How much of the value the type leaves aside, or keeps without knowing it.
    tally: Tally,
}

thread_local! {
    /// How many readings are left for the outermost union that is being read; nothing outside of one.
    static LEFT: Cell<Option<usize>> = const { Cell::new(None) };
}

/// Takes readings from those that are left for a union, which has so many by the size of its outermost value.
/// Types that lead to one another may each be tried at each level, which doubles the work with each: what is
/// deeper than that is kept as it came. Returns whether there are enough.
fn take_readings(count: usize, size: usize) -> bool {
    /// More than any sensible value needs, and less than a second's worth.
    const READINGS: usize = 20_000;
    let left = LEFT.get();
    let left = left.unwrap_or_else(|| size.saturating_mul(64).saturating_add(READINGS));
    let rest = left.checked_sub(count);
    LEFT.set(Some(rest.unwrap_or(0)));
    rest.is_some()
}

/// Chooses the variant that knows most of a value: all of its properties, where one does.
///
/// A type all of whose properties are optional accepts any object, and one that keeps unknown values
/// accepts those of other types, so the first type that accepts a value need not be the one that
/// was meant. One that accepts it only where it is read leniently has to know more than those that accept
/// it as it is.
#[doc(hidden)]
pub fn best_match<U>(value: &Value, candidates: &[Candidate<U>]) -> Option<U> {
    let is_outermost = LEFT.get().is_none();
    let found = best_of(value, candidates);
    if is_outermost {
        LEFT.set(None);
    }
    let found = found?;
    note(found.tally);
    Some(found.union)
}

fn best_of<U>(value: &Value, candidates: &[Candidate<U>]) -> Option<Match<U>> {
    let size = size(value);
    if !take_readings(candidates.len(), size) {
        return None;
    }
    let mut best = None;
    let mut others = Vec::new();
    for candidate in candidates {
        match candidate(value) {
            Some(found) => better(&mut best, found, size),
            None => others.push(candidate),
        }
        if knows_all(best.as_ref()) {
            break;
        }
    }
    if !is_lenient() && !knows_all(best.as_ref()) {
        let others = others.into_iter();
        let found: Vec<_> = leniently(|| others.filter_map(|candidate| candidate(value)).collect());
        for found in found {
            better(&mut best, found, size);
        }
    }
    best
}

/// Takes what was found in place of the best so far, where it knows more of a value of this size.
fn better<U>(best: &mut Option<Match<U>>, found: Match<U>, size: usize) {
    let is_scalar = size == 1;
    let is_better = match best {
        Some(best) => found.misfits() < best.misfits(),
        None => found.misfits() < size || is_scalar,
    };
    if is_better {
        *best = Some(found);
    }
}

fn knows_all<U>(best: Option<&Match<U>>) -> bool {
    best.is_some_and(|best| best.misfits() == 0)
}

/// A variant of a tagged union: the values of the property that stand for it, and the variant.
#[doc(hidden)]
pub type TaggedCandidate<U> = (&'static [&'static str], Candidate<U>);

/// Chooses among the variants for which a property's value stands the one that knows most of a value; among
/// all where the value does not have the property.
#[doc(hidden)]
pub fn best_tagged<U>(value: &Value, property: &str, variants: &[TaggedCandidate<U>]) -> Option<U> {
    let tag = match value.get(property) {
        Some(Value::Null) | None => None,
        Some(tag) => Some(tag.as_str()?),
    };
    let meant = variants.iter();
    let meant = meant.filter(|(tags, _)| tag.is_none_or(|tag| tags.contains(&tag)));
    let candidates: Vec<Candidate<U>> = meant.map(|(_, candidate)| *candidate).collect();
    best_match(value, &candidates)
}

/// The rules of the types of a union that know as much of a value as any: it may be meant as each of
/// them.
#[cfg(feature = "validate")]
#[doc(hidden)]
#[allow(dead_code, reason = "not every document has unions in requests")]
pub fn meant<U>(
    value: &Value,
    types: &[(Candidate<U>, &'static super::Rules)],
) -> Vec<&'static super::Rules> {
    let size = size(value);
    let found = types.iter().filter_map(|(candidate, rules)| {
        let found = candidate(value).or_else(|| leniently(|| candidate(value)))?;
        let misfits = found.misfits();
        (misfits < size || size == 1).then_some((misfits, *rules))
    });
    let found: Vec<_> = found.collect();
    let fewest = found.iter().map(|(misfits, _)| *misfits).min();
    let meant = found
        .into_iter()
        .filter(|(misfits, _)| Some(*misfits) == fewest);
    meant.map(|(_, rules)| rules).collect()
}

/// Reads a value as a type, as leniently as what is around it, and counts how much of it the type keeps and
/// knows.
#[doc(hidden)]
pub fn read<T: DeserializeOwned>(value: &Value) -> Option<Match<T>> {
    let (typed, tally) = tallied(|| reading::read::<T>(value));
    let union = typed.ok()?;
    Some(Match { union, tally })
}

/// Reads a value as the type of a variant that is chosen already by a property, as leniently as what is around
/// it.
#[doc(hidden)]
pub fn read_chosen<T: DeserializeOwned>(
    value: Value,
    property: &str,
) -> Result<T, serde_json::Error> {
    if !is_lenient() && !is_tallied() {
        return serde_json::from_value(value);
    }
    let (typed, mut tally) = tallied(|| reading::read(&value));
    if known_properties::<T>().is_some_and(|names| !names.contains(&property)) {
        // The type leaves it aside, but the variant stands for it.
        tally.dropped = tally.dropped.saturating_sub(1);
    }
    note(tally);
    typed
}

/// Reads a value as the type of a variant that is meant where no other is: leniently where it has to be.
#[doc(hidden)]
pub fn read_default<T: DeserializeOwned>(value: &Value) -> Option<T> {
    let read = || read(value);
    let found = read().or_else(|| if is_lenient() { None } else { leniently(read) })?;
    note(found.tally);
    Some(found.union)
}

impl<T> Match<T> {
    /// How much of the value the type does not know.
    fn misfits(&self) -> usize {
        self.tally.unknown.saturating_add(self.tally.dropped)
    }

    /// The value in a variant.
    #[doc(hidden)]
    pub fn map<U>(self, variant: impl FnOnce(T) -> U) -> Match<U> {
        Match {
            union: variant(self.union),
            tally: self.tally,
        }
    }
}

/// Adds a value as plain text: a scalar as it is, and anything else as JSON.
#[doc(hidden)]
pub fn append_text<T: Serialize>(value: &T, text: &mut String) {
    let written = tree(value).ok().and_then(|tree| tree.text());
    text.push_str(&written.unwrap_or_default());
}

/// Writes a variant of a tagged union, with the tag where its type does not hold it.
#[doc(hidden)]
pub fn serialize_tagged<T: Serialize, S: Serializer>(
    value: &T,
    property: &str,
    tag: &str,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut value = serde_json::to_value(value).map_err(S::Error::custom)?;
    if let Value::Object(members) = &mut value {
        members.entry(property).or_insert_with(|| tag.into());
    }
    value.serialize(serializer)
}

#[allow(unused_macros, reason = "not every document has unions")]
/// A union as the value of a parameter.
macro_rules! union_text {
    ($union:ident) => {
        impl $crate::runtime::ParamValue for $union {
            fn append_to(self, text: &mut String) {
                $crate::runtime::union::append_text(&self, text);
            }
        }

        impl $crate::runtime::ParamValue for &$union {
            fn append_to(self, text: &mut String) {
                $crate::runtime::union::append_text(self, text);
            }
        }
    };
}

#[allow(unused_macros, reason = "not every document has unions")]
/// Makes a union of what its variants hold: of a type that is called as the variant is, unless another one
/// is given. Where a property that may be null holds the union, `Patch` stands behind them: what is set there
/// is made of it, too.
macro_rules! union_from {
    ($union:ident; $($variant:ident $(= $type:ty)?),+) => {
        $($crate::runtime::union::union_from! { @one $union; $variant $(= $type)? })+
    };
    ($union:ident; $($variant:ident $(= $type:ty)?),+; Patch) => {
        $($crate::runtime::union::union_from! { @one $union; $variant $(= $type)? })+
        $($crate::runtime::union::union_from! { @patch $union; $variant $(= $type)? })+
    };
    (@$target:ident $union:ident; $variant:ident) => {
        $crate::runtime::union::union_from! { @$target $union; $variant = $variant }
    };
    (@one $union:ident; $variant:ident = $type:ty) => {
        impl ::core::convert::From<$type> for $union {
            #[inline]
            fn from(value: $type) -> Self {
                // A variant may hold it in a box.
                Self::$variant(::core::convert::Into::into(value))
            }
        }
    };
    (@patch $union:ident; $variant:ident = $type:ty) => {
        impl ::core::convert::From<$type> for $crate::runtime::Patch<$union> {
            #[inline]
            fn from(value: $type) -> Self {
                Self::Value(::core::convert::Into::into(value))
            }
        }
    };
}

#[allow(unused_macros, reason = "not every document has unions")]
/// Writes a union whose variants say themselves what they are.
macro_rules! untagged_union {
    ($union:ident; $($variant:ident),*; ..$catch_all:ident) => {
        impl serde::Serialize for $union {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(value) => value.serialize(serializer),)*
                    Self::$catch_all(value) => value.serialize(serializer),
                }
            }
        }

        $crate::runtime::union::union_text! { $union }
    };
}

#[allow(unused_macros, reason = "not every document has unions")]
/// Conversions of a union whose variants differ by content.
macro_rules! union {
    (
        $union:ident; $($variant:ident),*;
        $(From: $($from:ident $(= $type:ty)?),+; $($patch:ident;)?)?
        ..$catch_all:ident
    ) => {
        $($crate::runtime::union::union_from! { $union; $($from $(= $type)?),+ $(; $patch)? })?

        $crate::runtime::union::untagged_union! { $union; $($variant),*; ..$catch_all }

        impl<'de> serde::Deserialize<'de> for $union {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let value = serde_json::Value::deserialize(deserializer)?;
                let union = $crate::runtime::union::best_match(&value, &[
                    $(|value| Some($crate::runtime::union::read(value)?.map(Self::$variant)),)*
                ]);
                Ok(union.unwrap_or_else(|| {
                    $crate::runtime::union::note_unknown($crate::runtime::union::size(&value));
                    Self::$catch_all(value)
                }))
            }
        }
    };
}

#[allow(unused_macros, reason = "not every document has unions")]
/// Conversions of a union whose variants a property tells apart. Where it does not, and the value is of the
/// default's type, that is meant; it is written with its value of the property, as all others are.
macro_rules! tagged_union {
    (
        $union:ident = $property:literal;
        $($variant:ident = $tag:literal $(| $more:literal)*),*;
        $(default: $default:ident;)?
        $(From: $($from:ident $(= $type:ty)?),+; $($patch:ident;)?)?
        ..$catch_all:ident
    ) => {
        $($crate::runtime::union::union_from! { $union; $($from $(= $type)?),+ $(; $patch)? })?

        impl serde::Serialize for $union {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(value) => $crate::runtime::union::serialize_tagged(
                        value, $property, $tag, serializer,
                    ),)*
                    Self::$catch_all(value) => value.serialize(serializer),
                }
            }
        }

        $crate::runtime::union::union_text! { $union }

        impl<'de> serde::Deserialize<'de> for $union {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let value = serde_json::Value::deserialize(deserializer)?;
                match value.get($property).and_then(serde_json::Value::as_str) {
                    $(Some($tag $(| $more)*) => {
                        $crate::runtime::union::read_chosen(value, $property)
                            .map(Self::$variant)
                            .map_err(serde::de::Error::custom)
                    })*
                    _ => {
                        $(
                            if let Some(value) = $crate::runtime::union::read_default(&value) {
                                return Ok(Self::$default(value));
                            }
                        )?
                        $crate::runtime::union::note_unknown($crate::runtime::union::size(&value));
                        Ok(Self::$catch_all(value))
                    }
                }
            }
        }
    };
}

#[allow(unused_macros, reason = "not every document has unions")]
/// Conversions of a union whose variants a property tells apart, but for some that share a value of it or need
/// not have it: of these, the one is meant that knows most of a value.
macro_rules! overlapping_union {
    (
        $union:ident = $property:literal;
        $($variant:ident = $tag:literal $(| $more:literal)*),*;
        $(default: $default:ident;)?
        $(From: $($from:ident $(= $type:ty)?),+; $($patch:ident;)?)?
        ..$catch_all:ident
    ) => {
        $($crate::runtime::union::union_from! { $union; $($from $(= $type)?),+ $(; $patch)? })?

        // Which of its values stands for a variant is not sure, so its type has to say it.
        $crate::runtime::union::untagged_union! { $union; $($variant),*; ..$catch_all }

        impl<'de> serde::Deserialize<'de> for $union {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let value = serde_json::Value::deserialize(deserializer)?;
                let union = $crate::runtime::union::best_tagged(&value, $property, &[$((
                    &[$tag $(, $more)*],
                    |value| Some($crate::runtime::union::read(value)?.map(Self::$variant)),
                )),*]);
                if let Some(union) = union {
                    return Ok(union);
                }
                $(
                    if let Some(value) = $crate::runtime::union::read_default(&value) {
                        return Ok(Self::$default(value));
                    }
                )?
                $crate::runtime::union::note_unknown($crate::runtime::union::size(&value));
                Ok(Self::$catch_all(value))
            }
        }
    };
}

#[allow(unused_imports, reason = "not every document has unions")]
pub(crate) use {overlapping_union, tagged_union, union, union_from, union_text, untagged_union};

#[cfg(test)]
mod tests;
