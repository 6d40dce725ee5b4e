//! From the entries of an object to its properties.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor,
};
use serde::forward_to_deserialize_any;

use super::kind::Read;

/// A type with properties.
pub trait Object<'de>: Sized {
    /// The name of the type.
    const NAME: &'static str;

    /// The names of the properties in JSON.
    const PROPERTIES: &'static [&'static str];

    /// Whether properties are kept that the document does not name.
    const KEEPS_UNNAMED: bool = false;

    /// Reads the properties.
    fn read<A: MapAccess<'de>>(entries: A) -> Result<Self, A::Error>;
}

/// Reads an object. Where a type that flattens others holds it, it takes no more than its own properties.
///
/// # Errors
///
/// The value is no object of this type.
pub fn deserialize<'de, T: Object<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    let expected = ExpectedObject(PhantomData);
    if T::KEEPS_UNNAMED {
        // To ask for a map would mean that there need not be an object.
        deserializer.deserialize_any(expected)
    } else {
        deserializer.deserialize_struct(T::NAME, T::PROPERTIES, expected)
    }
}

struct ExpectedObject<T>(PhantomData<T>);

impl<'de, T: Object<'de>> Visitor<'de> for ExpectedObject<T> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "struct {}", T::NAME)
    }

    fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<T, A::Error> {
        T::read(entries)
    }
}

/// Where a property goes.
pub trait Slot<'de, A: MapAccess<'de>> {
    /// Reads the value of the entry at hand, unless there was one before.
    fn fill(&mut self, name: &'static str, entries: &mut A) -> Result<(), A::Error>;

    /// Sees to it that there is a value.
    fn complete(&mut self, name: &'static str) -> Result<(), A::Error>;
}

impl<'de, A: MapAccess<'de>, K: Read<'de>> Slot<'de, A> for K {
    fn fill(&mut self, name: &'static str, entries: &mut A) -> Result<(), A::Error> {
        if self.value().is_some() {
            return Err(A::Error::duplicate_field(name));
        }
        self.hold(entries.next_value_seed(Seed::<K>(PhantomData))?);
        Ok(())
    }

    fn complete(&mut self, name: &'static str) -> Result<(), A::Error> {
        if self.value().is_none() {
            self.hold(K::missing(name)?);
        }
        Ok(())
    }
}

struct Seed<K>(PhantomData<K>);

impl<'de, K: Read<'de>> DeserializeSeed<'de> for Seed<K> {
    type Value = K::Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<K::Value, D::Error> {
        K::read(deserializer)
    }
}

/// The value of a slot, once [`read`] has completed it.
///
/// # Panics
///
/// The slot was not among those that were read.
pub fn taken<T>(value: Option<T>) -> T {
    value.expect("reading completes every slot")
}

/// Properties that the document does not name.
pub trait Unnamed<'de, A: MapAccess<'de>> {
    /// Reads the value of the entry at hand.
    fn keep(&mut self, name: String, entries: &mut A) -> Result<(), A::Error>;
}

impl<'de, A: MapAccess<'de>, T: Deserialize<'de>> Unnamed<'de, A> for BTreeMap<String, T> {
    fn keep(&mut self, name: String, entries: &mut A) -> Result<(), A::Error> {
        self.insert(name, entries.next_value()?);
        Ok(())
    }
}

/// Reads entries into the slots that are at the places of their names.
///
/// # Errors
///
/// A value is not of its property's type, a property is there twice, or one that has to be there is
/// missing.
pub fn read<'de, A: MapAccess<'de>>(
    mut entries: A,
    names: &'static [&'static str],
    slots: &mut [&mut dyn Slot<'de, A>],
    mut unnamed: Option<&mut dyn Unnamed<'de, A>>,
) -> Result<(), A::Error> {
    let mut filled = Places::default();
    let mut key = Key {
        names,
        expected: 0,
        place: None,
        other: unnamed.is_some().then(String::new),
    };
    while entries.next_key_seed(&mut key)?.is_some() {
        if let Some(place) = key.place {
            slots[place].fill(names[place], &mut entries)?;
            filled.add(place);
            key.expected = place + 1;
        } else if let (Some(unnamed), Some(other)) = (&mut unnamed, &mut key.other) {
            unnamed.keep(std::mem::take(other), &mut entries)?;
        } else {
            entries.next_value::<IgnoredAny>()?;
        }
    }
    let slots = slots.iter_mut().zip(names).enumerate();
    let mut missing = slots.filter(|(place, _)| !filled.has(*place));
    missing.try_for_each(|(_, (slot, name))| slot.complete(name))
}

/// Places that are known to be filled. Those from the 65th on never are: to complete what is filled changes
/// nothing.
#[derive(Default)]
struct Places(u64);

impl Places {
    fn add(&mut self, place: usize) {
        self.0 |= Self::bit(place);
    }

    fn has(&self, place: usize) -> bool {
        self.0 & Self::bit(place) != 0
    }

    fn bit(place: usize) -> u64 {
        if place < 64 { 1 << place } else { 0 }
    }
}

/// The name of the entry at hand.
struct Key {
    names: &'static [&'static str],
    /// Where to begin: behind the entry before, for some order is more likely than none.
    expected: usize,
    /// The place of the name, if it is that of a property.
    place: Option<usize>,
    /// Takes any other name, where it is wanted.
    other: Option<String>,
}

impl<'de> DeserializeSeed<'de> for &mut Key {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for &mut Key {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the name of a property")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<(), E> {
        let (before, behind) = self.names.split_at(self.expected);
        let place = |names: &[&str]| names.iter().position(|property| is_same(property, name));
        self.place = place(behind)
            .map(|place| self.expected + place)
            .or_else(|| place(before));
        if let (None, Some(other)) = (self.place, &mut self.other) {
            name.clone_into(other);
        }
        Ok(())
    }
}

/// Compares names by a few words of memory, which takes a fraction of a call of a function.
#[inline]
fn is_same(property: &str, name: &str) -> bool {
    let (property, name) = (property.as_bytes(), name.as_bytes());
    property.len() == name.len()
        && match name.len() {
            0..4 => property.iter().eq(name),
            4..8 => has_same_ends::<4>(property, name),
            8..=16 => has_same_ends::<8>(property, name),
            _ => has_same_ends::<8>(property, name) && property == name,
        }
}

/// Whether names have the same first and last bytes, which overlap or meet where a name is no longer than
/// both.
#[inline]
fn has_same_ends<const BYTES: usize>(property: &[u8], name: &[u8]) -> bool {
    property.first_chunk::<BYTES>() == name.first_chunk::<BYTES>()
        && property.last_chunk::<BYTES>() == name.last_chunk::<BYTES>()
}

/// In place of the value of a property that is not there.
pub(super) struct Missing<E> {
    name: &'static str,
    error: PhantomData<E>,
}

impl<E> Missing<E> {
    pub(super) fn new(name: &'static str) -> Self {
        Self {
            name,
            error: PhantomData,
        }
    }
}

impl<'de, E: Error> Deserializer<'de> for Missing<E> {
    type Error = E;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, E> {
        Err(E::missing_field(self.name))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        visitor.visit_none()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}
