//! The types of an API.

use std::collections::HashMap;
use std::ops::Deref;

use serde::{Serialize, Serializer};

use super::TypeDef;

/// Types in the document's order, each found by its Rust name without a search.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Types {
    definitions: Vec<TypeDef>,
    positions: HashMap<String, usize>,
}

impl Types {
    /// The type with this Rust name.
    pub fn named(&self, name: &str) -> Option<&TypeDef> {
        self.definitions.get(*self.positions.get(name)?)
    }
}

impl From<Vec<TypeDef>> for Types {
    fn from(definitions: Vec<TypeDef>) -> Self {
        let names = definitions.iter().map(|definition| definition.name.clone());
        Self {
            positions: names
                .enumerate()
                .map(|(position, name)| (name, position))
                .collect(),
            definitions,
        }
    }
}

impl Deref for Types {
    type Target = [TypeDef];

    fn deref(&self) -> &[TypeDef] {
        &self.definitions
    }
}

impl<'a> IntoIterator for &'a Types {
    type Item = &'a TypeDef;
    type IntoIter = std::slice::Iter<'a, TypeDef>;

    fn into_iter(self) -> Self::IntoIter {
        self.definitions.iter()
    }
}

impl Serialize for Types {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.definitions.serialize(serializer)
    }
}
