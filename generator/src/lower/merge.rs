//! The merged view of a schema that the rest of lowering reads.

mod conflicts;
mod limits;
mod merger;

use indexmap::{IndexMap, IndexSet};
use openapiv3::{AdditionalProperties, Discriminator, Schema};
use serde_json::Value;

use super::enums::{Member, own_members};
use super::hints::rust_name;
use super::node::{Node, Others, SchemaUse, annotated_component, docs, inline, keywords};
use super::tags::implied_discriminator;
use crate::diagnostic::Diagnostics;
use crate::document::{Document, Pointer};
use crate::ir::{Constraints, Docs};
use merger::{Comparison, Merger};

/// A schema with the parts of its `allOf` merged into it.
#[derive(Debug, Default)]
pub(super) struct Merged<'a> {
    pub(super) type_name: Option<&'a str>,
    pub(super) format: Option<&'a str>,
    pub(super) values: Vec<Member<'a>>,
    pub(super) open_values: Vec<Member<'a>>,
    pub(super) properties: IndexMap<&'a str, Node<'a>>,
    pub(super) required: IndexSet<&'a str>,
    pub(super) additional: Option<(&'a AdditionalProperties, Pointer)>,
    pub(super) items: Option<Node<'a>>,
    pub(super) prefix_items: Vec<Node<'a>>,
    pub(super) alternatives: Vec<Node<'a>>,
    /// How many `oneOf` and `anyOf` there are.
    pub(super) alternative_sets: usize,
    pub(super) discriminator: Option<&'a Discriminator>,
    pub(super) negated: bool,
    pub(super) constraints: Constraints,
    pub(super) nullable: bool,
    pub(super) default: Option<&'a Value>,
    pub(super) title: Option<&'a str>,
    pub(super) docs: Docs,
    pub(super) rust_name: Option<&'a str>,
}

impl<'a> Merged<'a> {
    /// Merges a schema with the parts of its `allOf`, at every depth.
    pub(super) fn of(
        document: &'a Document,
        node: &Node<'a>,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        Self::merge(document, node, diagnostics, Comparison::OfProperties)
    }

    fn merge(
        document: &'a Document,
        node: &Node<'a>,
        diagnostics: &mut Diagnostics,
        comparison: Comparison,
    ) -> Self {
        if let Others::Instead(alternatives) = &node.others {
            return Self {
                alternatives: alternatives.clone(),
                alternative_sets: 1,
                ..Self::default()
            };
        }
        let mut merged = Self::default();
        let own = component_at(document, &node.pointer);
        Merger::new(document, diagnostics, comparison, own).add(&mut merged, node);
        if let Some(schema) = inline(document, node) {
            let data = &schema.schema_data;
            merged.docs = docs(schema);
            if merged.docs.text.is_empty() {
                merged.docs.text = docs_of_parts(document, node, schema);
            }
            merged.title = data.title.as_deref();
            merged.rust_name = rust_name(&data.extensions);
            merged.nullable |= data.nullable;
        }
        if let Some(only) = node.only_type {
            merged.type_name = Some(only);
            merged.alternatives.clear();
            merged.alternative_sets = 0;
            // The value around the alternatives may be null, not each of them.
            merged.nullable = false;
        }
        if let Some(completed) = completed(document, &merged, node) {
            merged.alternatives = completed;
        }
        merged.settle_allowed();
        merged
    }

    /// The values of a number or boolean are a limit: it has no enumeration.
    fn settle_allowed(&mut self) {
        self.nullable |= self.values.iter().any(|member| member.value.is_null());
        let plain = |member: &Member<'_>| matches!(member.value, Value::Number(_) | Value::Bool(_));
        if !self.values.is_empty() && self.values.iter().all(plain) && own_members(self).is_none() {
            let values = self.values.iter().map(|member| member.value.clone());
            self.constraints.allowed = values.collect();
        }
    }

    /// An object with properties that the document names.
    pub(super) fn is_struct(&self) -> bool {
        !self.properties.is_empty() && matches!(self.type_name, None | Some("object"))
    }
}

/// Alternatives that are written out beside properties, each with these properties, where one of them tells the
/// alternatives apart: `oneOf: [{properties: {event: {const: added}}}]` narrows what stands around it.
fn completed<'a>(
    document: &'a Document,
    merged: &Merged<'a>,
    node: &Node<'a>,
) -> Option<Vec<Node<'a>>> {
    let lacks = |one: &Node<'a>| match one.schema {
        SchemaUse::Inline(schema) => keywords(schema).is_some_and(|own| {
            let mut names = merged.properties.keys();
            annotated_component(schema).is_none()
                && names.any(|name| !own.properties.contains_key(*name))
        }),
        SchemaUse::Component(_) => false,
    };
    if !merged.is_struct()
        || merged.alternatives.len() < 2
        || merged.alternative_sets != 1
        || !merged.alternatives.iter().all(lacks)
    {
        return None;
    }
    let around = Node {
        only_type: Some("object"),
        ..node.clone()
    };
    let completed = merged.alternatives.iter().map(|one| Node {
        others: Others::Narrowed(vec![around.clone()]),
        ..one.clone()
    });
    let completed: Vec<_> = completed.collect();
    implied_discriminator(document, &completed).map(|_| completed)
}

/// The component that stands at a place.
fn component_at<'a>(document: &'a Document, pointer: &Pointer) -> Option<&'a str> {
    let (_, name) = pointer
        .component()
        .filter(|(section, _)| *section == "schemas")?;
    let components = document.openapi.components.as_ref()?;
    let (name, _) = components.schemas.get_key_value(name.as_str())?;
    Some(name)
}

/// The documentation of what a node narrows, or of a part of its `allOf` that is written out there. That of a
/// component is about the component, and that of values about these.
fn docs_of_parts(document: &Document, node: &Node<'_>, schema: &Schema) -> String {
    let narrowed = match &node.others {
        Others::Narrowed(others) => others.as_slice(),
        _ => &[],
    };
    let narrowed = narrowed.iter().filter_map(|other| inline(document, other));
    let parts = keywords(schema).map_or(&[][..], |own| &own.all_of);
    let parts = parts.iter().filter_map(|part| part.as_item());
    let parts = parts.filter(|part| keywords(part).is_some_and(|own| own.enumeration.is_empty()));
    let mut texts = narrowed.chain(parts).map(|schema| docs(schema).text);
    texts.find(|text| !text.is_empty()).unwrap_or_default()
}
