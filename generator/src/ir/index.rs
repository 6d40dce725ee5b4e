//! The types of an API.

use std::collections::{HashMap, HashSet};
use std::ops::Deref;

use serde::{Serialize, Serializer};

use super::{Field, Holder, Shape, TypeDef, TypeRef};

/// Types in the document's order, each found by its Rust name without a search.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Types {
    definitions: Vec<TypeDef>,
    positions: HashMap<String, usize>,
    patched: HashSet<String>,
}

impl Types {
    /// The type with this Rust name.
    pub fn named(&self, name: &str) -> Option<&TypeDef> {
        self.definitions.get(*self.positions.get(name)?)
    }

    /// The type behind aliases.
    pub fn resolved<'a>(&'a self, type_ref: &'a TypeRef) -> &'a TypeRef {
        let mut type_ref = type_ref;
        for _ in 0..=self.definitions.len() {
            let TypeRef::Named(name) = type_ref else {
                break;
            };
            match self.named(name).map(|definition| &definition.shape) {
                Some(Shape::Alias(alias)) => type_ref = &alias.target,
                _ => break,
            }
        }
        type_ref
    }

    /// Whether a property of a request holds the type with this Rust name in a `Patch`.
    pub fn is_patched(&self, name: &str) -> bool {
        self.patched.contains(name)
    }

    /// The types that properties of requests hold in a `Patch`.
    fn patched(&self) -> HashSet<String> {
        let structs = self.definitions.iter().filter_map(|definition| {
            let Shape::Struct(shape) = &definition.shape else {
                return None;
            };
            Some((definition.usage, shape))
        });
        let held = structs.flat_map(|(usage, shape)| {
            let is_patch = move |field: &&Field| field.holder(usage) == Holder::Patch;
            let fields = shape.fields.iter().filter(is_patch);
            fields.map(|field| self.resolved(&field.type_ref))
        });
        let names = held.filter_map(|held| match held {
            TypeRef::Named(name) => Some(name.clone()),
            _ => None,
        });
        names.collect()
    }
}

impl From<Vec<TypeDef>> for Types {
    fn from(definitions: Vec<TypeDef>) -> Self {
        let names = definitions.iter().map(|definition| definition.name.clone());
        let mut types = Self {
            positions: names
                .enumerate()
                .map(|(position, name)| (name, position))
                .collect(),
            definitions,
            patched: HashSet::new(),
        };
        types.patched = types.patched();
        types
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
