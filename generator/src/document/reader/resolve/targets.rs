//! Schemas in the middle of operations and of other schemas to which references lead.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::decode;
use crate::document::pointer::{Path, Pointer};
use crate::document::reader::Reader;

/// The keywords of schemas that become types of their own.
const OF_TYPES: [&str; 5] = ["properties", "enum", "oneOf", "anyOf", "allOf"];

/// Where the references of a document lead, but for those to components.
#[derive(Debug, Default)]
pub(in crate::document::reader) struct Targets(HashSet<Pointer>);

impl Targets {
    /// Collects them from anywhere, examples included: a place that nothing refers to in earnest becomes a
    /// component all the same, and its type is the same.
    pub(in crate::document::reader) fn of(document: &Value) -> Self {
        let mut targets = Self::default();
        targets.collect(document);
        targets
    }

    fn collect(&mut self, value: &Value) {
        match value {
            Value::Object(map) => {
                for (key, member) in map {
                    match member {
                        Value::String(text) if key == "$ref" => self.insert(text),
                        Value::Object(_) | Value::Array(_) => self.collect(member),
                        _ => {}
                    }
                }
            }
            Value::Array(items) => items.iter().for_each(|item| self.collect(item)),
            _ => {}
        }
    }

    fn insert(&mut self, reference: &str) {
        const SEGMENTS_OF_COMPONENTS: usize = 3;
        let Some(fragment) = reference.strip_prefix("#/") else {
            return;
        };
        let is_component = fragment.starts_with("components/")
            && fragment.split('/').count() == SEGMENTS_OF_COMPONENTS;
        if !is_component {
            let segments = fragment.split('/').map(decode);
            let pointer = segments.fold(Pointer::root(), |place, segment| place.join(&segment));
            self.0.insert(pointer);
        }
    }
}

impl Reader<'_, '_> {
    /// The name of the component that a schema becomes because references lead to where it stands; nothing
    /// where it is read as that. What stands there itself has the same type then as what refers to it.
    pub(in crate::document::reader) fn hoist_target(
        &mut self,
        schema: &Map<String, Value>,
        path: &Path<'_>,
    ) -> Option<String> {
        // A part of an `allOf` is no type.
        let is_part = path.list().as_deref() == Some("allOf");
        if self.targets.0.is_empty()
            || is_part
            || !OF_TYPES.iter().any(|key| schema.contains_key(*key))
        {
            return None;
        }
        let pointer = path.to_pointer();
        if !self.targets.0.contains(&pointer) || self.hoists.is_reading(self.file, &pointer) {
            return None;
        }
        let target = self.target_at(self.file, &pointer)?;
        Some(self.hoist(super::Section::Schemas, &target))
    }
}
