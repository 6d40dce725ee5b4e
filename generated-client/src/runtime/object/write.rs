//! From properties to the entries of an object.

use std::collections::BTreeMap;

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::kind::Written;

/// A property with its value.
pub trait Property<M: SerializeMap> {
    /// Writes the entry, where the object has it.
    fn write(&self, name: &str, entries: &mut M) -> Result<(), M::Error>;
}

impl<M: SerializeMap, K: Written<Value: Serialize>> Property<M> for K {
    fn write(&self, name: &str, entries: &mut M) -> Result<(), M::Error> {
        match self.value() {
            Some(value) if K::is_written(value) => entries.serialize_entry(name, value),
            _ => Ok(()),
        }
    }
}

/// Properties that the document does not name.
pub trait Unnamed<M: SerializeMap> {
    /// Writes the entries.
    fn write(&self, entries: &mut M) -> Result<(), M::Error>;
}

impl<M: SerializeMap, T: Serialize> Unnamed<M> for BTreeMap<String, T> {
    fn write(&self, entries: &mut M) -> Result<(), M::Error> {
        self.iter()
            .try_for_each(|(name, value)| entries.serialize_entry(name, value))
    }
}

/// Writes an object.
///
/// # Errors
///
/// A value cannot be written.
pub fn write<S: Serializer>(
    serializer: S,
    names: &[&str],
    properties: &[&dyn Property<S::SerializeMap>],
    unnamed: Option<&dyn Unnamed<S::SerializeMap>>,
) -> Result<S::Ok, S::Error> {
    let mut entries = serializer.serialize_map(None)?;
    for (property, name) in properties.iter().zip(names) {
        property.write(name, &mut entries)?;
    }
    if let Some(unnamed) = unnamed {
        unnamed.write(&mut entries)?;
    }
    entries.end()
}
