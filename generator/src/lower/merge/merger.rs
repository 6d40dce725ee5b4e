//! The walk through the parts of a schema.

use std::collections::HashSet;

use openapiv3::{AnySchema, ReferenceOr, Schema};
use serde_json::Value;

use super::Merged;
use super::conflicts::common_type;
use super::limits::tighten;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Location};
use crate::document::{Document, ItemPart, Pointer};
use crate::lower::enums::{Member, members, unfit_hints};
use crate::lower::node::{Node, Others, SchemaUse, annotated_component, component, keywords};
use crate::lower::unions::{is_null, is_nullable, only_requires};

/// What is compared of components that parts of an `allOf` give one property.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Comparison {
    OfProperties,
    /// Nothing: they are compared just now, and may hold themselves.
    None,
}

/// Merges the parts of a schema, at every depth.
pub(super) struct Merger<'a, 'd> {
    pub(super) document: &'a Document,
    pub(super) diagnostics: &'d mut Diagnostics,
    pub(super) comparison: Comparison,
    /// Components that are being merged, each within the one before.
    open: Vec<&'a str>,
    /// Components that have been merged. One that is a part of itself, or a part in several ways, says
    /// nothing new the second time.
    seen: HashSet<&'a str>,
}

impl<'a, 'd> Merger<'a, 'd> {
    /// Begins within a component, or in no component.
    pub(super) fn new(
        document: &'a Document,
        diagnostics: &'d mut Diagnostics,
        comparison: Comparison,
        component: Option<&'a str>,
    ) -> Self {
        Self {
            document,
            diagnostics,
            comparison,
            open: component.into_iter().collect(),
            seen: component.into_iter().collect(),
        }
    }

    pub(super) fn add(&mut self, merged: &mut Merged<'a>, node: &Node<'a>) {
        if let Others::Narrowed(others) = &node.others {
            for other in others {
                let (count, sets) = (merged.alternatives.len(), merged.alternative_sets);
                self.add(merged, other);
                // The node is one of the alternatives of what it narrows.
                if other.only_type.is_some() {
                    merged.alternatives.truncate(count);
                    merged.alternative_sets = sets;
                }
            }
        }
        match node.schema {
            SchemaUse::Inline(schema) => self.add_schema(merged, schema, &node.pointer),
            SchemaUse::Component(name) => {
                if self.seen.insert(name)
                    && let Some(target) = component(&self.document.openapi, name)
                {
                    self.open.push(name);
                    self.add(merged, &target);
                    self.open.pop();
                }
            }
        }
    }

    fn add_schema(&mut self, merged: &mut Merged<'a>, schema: &'a Schema, pointer: &Pointer) {
        let Some(keywords) = keywords(schema) else {
            return;
        };
        for (index, part) in keywords.all_of.iter().enumerate() {
            let part_pointer = pointer.join("allOf").join(&index.to_string());
            self.add(merged, &Node::new(part, part_pointer));
        }
        let data = &schema.schema_data;
        if let Some(type_name) = keywords.typ.as_deref() {
            let earlier = merged.type_name.unwrap_or(type_name);
            merged.type_name = Some(common_type(earlier, type_name).unwrap_or_else(|| {
                self.report_types(earlier, type_name, pointer);
                type_name
            }));
        }
        merged.format = keywords.format.as_deref().or(merged.format);
        merged.default = data.default.as_ref().or(merged.default);
        merged
            .required
            .extend(keywords.required.iter().map(String::as_str));
        merged.negated |= keywords.not.is_some();
        for (key, count) in unfit_hints(keywords, &data.extensions) {
            let location = self.document.value_at(pointer.join(key));
            let due = keywords.enumeration.len();
            let message = format!("`{key}` is left aside: it has {count} items for {due} values");
            self.diagnostics
                .push(Diagnostic::new(Code::IgnoredKeyword, location, message));
        }
        self.add_values(merged, members(keywords, &data.extensions), pointer);
        if let Some(Value::Array(values)) = data.extensions.get("x-extensible-enum") {
            merged.open_values = values.iter().map(Member::plain).collect();
        }
        if let Some(additional) = &keywords.additional_properties {
            merged.additional = Some((additional, pointer.join("additionalProperties")));
        }
        if let Some(items) = &keywords.items {
            merged.prefix_items = prefix_items(schema, items, pointer);
            merged.items = Some(Node::new(items, pointer.join("items")));
        }
        self.add_alternatives(merged, keywords, pointer);
        add_types(merged, schema, pointer);
        merged.discriminator = data.discriminator.as_ref().or(merged.discriminator);
        self.add_properties(merged, keywords, &pointer.join("properties"));
        if let Some(keyword) = tighten(&mut merged.constraints, keywords) {
            let place = self.location(pointer.join(keyword));
            let message = format!(
                "requests are not checked against this `{keyword}`: another part of an `allOf` has one, too"
            );
            self.diagnostics
                .push(Diagnostic::new(Code::UnsupportedPattern, place, message));
        }
    }

    fn add_alternatives(
        &mut self,
        merged: &mut Merged<'a>,
        keywords: &'a AnySchema,
        pointer: &Pointer,
    ) {
        for (keyword, alternatives) in [("oneOf", &keywords.one_of), ("anyOf", &keywords.any_of)] {
            let place = pointer.join(keyword);
            let nodes = alternatives.iter().enumerate();
            let mut nodes: Vec<Node<'a>> = nodes
                .map(|(index, one)| Node::new(one, place.join(&index.to_string())))
                .collect();
            if nodes.iter().any(only_requires) {
                self.report_requirements(keyword, place);
            }
            let count = nodes.len();
            nodes.retain(|node| !self.is_open(node));
            if nodes.len() < count && self.open.len() > 1 {
                // A base that lists those which extend it: this is one of them.
                continue;
            }
            let nullable = nodes.len();
            nodes.retain(|node| !is_null(self.document, node));
            merged.nullable |= nodes.len() < nullable || nodes.iter().any(is_nullable);
            merged.alternatives.extend(nodes);
            merged.alternative_sets += usize::from(count > 0);
        }
    }

    fn is_open(&self, node: &Node<'_>) -> bool {
        matches!(node.schema, SchemaUse::Component(name) if self.open.contains(&name))
    }

    fn add_properties(
        &mut self,
        merged: &mut Merged<'a>,
        keywords: &'a AnySchema,
        pointer: &Pointer,
    ) {
        for (name, schema) in &keywords.properties {
            let mut node = Node::new(schema, pointer.join(name));
            if let Some(earlier) = merged.properties.get(name.as_str()) {
                if says_nothing(&node) {
                    continue;
                }
                let replaces = holds_json(&node) || self.conflict(name, earlier, &node);
                if !replaces && !says_nothing(earlier) {
                    if is_component(&node) {
                        self.report_lost(name, earlier, &node);
                    } else {
                        node.others = Others::Narrowed(vec![earlier.clone()]);
                    }
                }
            }
            merged.properties.insert(name, node);
        }
    }

    /// A value must be in the enumeration of every part.
    fn add_values(&mut self, merged: &mut Merged<'a>, more: Vec<Member<'a>>, pointer: &Pointer) {
        if merged.values.is_empty() {
            merged.values = more;
            return;
        }
        if more.is_empty() {
            return;
        }
        let in_both = |member: &Member<'_>| more.iter().any(|other| other.value == member.value);
        if merged.values.iter().any(in_both) {
            merged.values.retain(|member| in_both(member));
            return;
        }
        self.diagnostics.push(
            Diagnostic::new(
                Code::ConflictingAllOf,
                self.location(pointer.join("enum")),
                "the parts of an `allOf` share no value of their enumerations",
            )
            .help("no value satisfies both; the values of each are taken"),
        );
        merged.values.extend(more);
    }

    pub(super) fn location(&self, pointer: Pointer) -> Location {
        self.document.value_at(pointer)
    }
}

/// The schemas of `prefixItems`, which reading has made the first alternatives of `items`.
fn prefix_items<'a>(
    schema: &'a Schema,
    items: &'a ReferenceOr<Box<Schema>>,
    pointer: &Pointer,
) -> Vec<Node<'a>> {
    let Some(Value::Array(prefix)) = schema.schema_data.extensions.get("prefixItems") else {
        return Vec::new();
    };
    let ReferenceOr::Item(items) = items else {
        return Vec::new();
    };
    let place = pointer.join("prefixItems");
    let alternatives = keywords(items).map_or(&[][..], |items| &items.any_of);
    let nodes = alternatives.iter().take(prefix.len()).enumerate();
    nodes
        .map(|(index, item)| Node::new(item, place.join(&index.to_string())))
        .collect()
}

/// A use of a component, with or without annotations, whose type is used as it is.
fn is_component(node: &Node<'_>) -> bool {
    match node.schema {
        SchemaUse::Component(_) => true,
        SchemaUse::Inline(schema) => annotated_component(schema).is_some(),
    }
}

/// An inline schema that only annotates what another part of an `allOf` defines.
fn says_nothing(node: &Node<'_>) -> bool {
    match node.schema {
        SchemaUse::Component(_) => false,
        SchemaUse::Inline(schema) => {
            keywords(schema).is_some_and(|keywords| *keywords == AnySchema::default())
        }
    }
}

/// What the data of an event hold, in the place of their text.
fn holds_json(node: &Node<'_>) -> bool {
    let SchemaUse::Inline(schema) = node.schema else {
        return false;
    };
    let part = schema.schema_data.extensions.get(ItemPart::KEYWORD);
    part.and_then(ItemPart::of) == Some(ItemPart::Json)
}

/// Several types are alternatives, each with the keywords that are meant for it.
fn add_types<'a>(merged: &mut Merged<'a>, schema: &'a Schema, pointer: &Pointer) {
    let Some(Value::Array(names)) = schema.schema_data.extensions.get("type") else {
        return;
    };
    if !merged.values.is_empty() || !merged.alternatives.is_empty() {
        return;
    }
    let names = names.iter().filter_map(Value::as_str);
    merged.alternatives.extend(names.map(|name| Node {
        schema: SchemaUse::Inline(schema),
        pointer: pointer.clone(),
        only_type: Some(name),
        others: Others::None,
    }));
    merged.alternative_sets = 1;
}
