//! The merged view of a schema that the rest of lowering reads.

mod limits;

use std::collections::HashSet;

use indexmap::{IndexMap, IndexSet};
use openapiv3::{AdditionalProperties, AnySchema, Discriminator, ReferenceOr, Schema};
use serde_json::Value;

use super::enums::{Member, members, own_members, unfit_hints};
use super::hints::rust_name;
use super::node::{
    Node, Others, SchemaUse, annotated_component, component, docs, inline, keywords,
};
use super::tags::implied_discriminator;
use super::unions::{is_null, only_requires};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Location};
use crate::document::{Document, ItemPart, Pointer};
use crate::ir::{Constraints, Docs};
use limits::tighten;

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
        let mut walk = Merger {
            document,
            diagnostics,
            comparison,
            open: own.into_iter().collect(),
            seen: own.into_iter().collect(),
        };
        walk.add(&mut merged, node);
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

/// What is compared of components that parts of an `allOf` give one property.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Comparison {
    OfProperties,
    /// Nothing: they are compared just now, and may hold themselves.
    None,
}

struct Merger<'a, 'd> {
    document: &'a Document,
    diagnostics: &'d mut Diagnostics,
    comparison: Comparison,
    /// Components that are being merged, each within the one before.
    open: Vec<&'a str>,
    /// Components that have been merged. One that is a part of itself, or a part in several ways, says
    /// nothing new the second time.
    seen: HashSet<&'a str>,
}

impl<'a> Merger<'a, '_> {
    fn add(&mut self, merged: &mut Merged<'a>, node: &Node<'a>) {
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
            merged.nullable |= nodes.len() < nullable;
            merged.alternatives.extend(nodes);
            merged.alternative_sets += usize::from(count > 0);
        }
    }

    /// Alternatives that only require properties, or forbid them, shape no type.
    fn report_requirements(&mut self, keyword: &str, place: Pointer) {
        let message = format!(
            "what the alternatives of `{keyword}` require is not checked: values that they rule out are taken too"
        );
        let location = self.document.key_at(place);
        let diagnostic = Diagnostic::new(Code::UnsupportedSchema, location, message);
        self.diagnostics.push(diagnostic);
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

    fn report_types(&mut self, earlier: &str, later: &str, pointer: &Pointer) {
        self.diagnostics.push(
            Diagnostic::new(
                Code::ConflictingAllOf,
                self.location(pointer.join("type")),
                format!("the parts of an `allOf` are of type `{earlier}` and `{later}`"),
            )
            .help("no value satisfies both; the later type is used"),
        );
    }

    /// Whether parts of an `allOf` give a property types that have no value in common.
    fn conflict(&mut self, name: &str, earlier: &Node<'a>, later: &Node<'a>) -> bool {
        let types = [earlier, later].map(|node| shape_of(self.document, node));
        let [Some(earlier_type), Some(later_type)] = types else {
            return false;
        };
        if common_type(earlier_type, later_type).is_some() {
            return false;
        }
        let message = format!(
            "parts of an `allOf` give the property `{name}` the types `{earlier_type}` and \
             `{later_type}`"
        );
        let place = self.location(later.pointer.clone());
        self.diagnostics.push(
            Diagnostic::new(Code::ConflictingAllOf, place, message)
                .related(
                    self.location(earlier.pointer.clone()),
                    "the other definition",
                )
                .help("no value satisfies both; the later definition is used"),
        );
        true
    }

    /// A component takes the place of what an earlier part says of a property. Where that has properties
    /// which the component does not have, they are lost.
    fn report_lost(&mut self, name: &str, earlier: &Node<'a>, later: &Node<'a>) {
        let is_same = earlier.component().is_some() && earlier.component() == later.component();
        if is_same || self.comparison == Comparison::None {
            return;
        }
        let mut unsaid = Diagnostics::default();
        let [before, after] = [earlier, later]
            .map(|node| Merged::merge(self.document, node, &mut unsaid, Comparison::None));
        let lost = before.properties.keys();
        let lost = lost.filter(|property| !after.properties.contains_key(*property));
        let lost: Vec<String> = lost.map(|property| format!("`{property}`")).collect();
        if lost.is_empty() || !after.is_struct() {
            return;
        }
        let message = format!(
            "parts of an `allOf` give the property `{name}` two schemas, and the later one has no {}",
            lost.join(", ")
        );
        let place = self.location(later.pointer.clone());
        self.diagnostics.push(
            Diagnostic::new(Code::ConflictingAllOf, place, message)
                .related(
                    self.location(earlier.pointer.clone()),
                    "the other definition",
                )
                .help(
                    "the later definition is used; a schema that joins both in an `allOf` of its own \
                     keeps all properties",
                ),
        );
    }

    fn location(&self, pointer: Pointer) -> Location {
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

/// The type that a schema itself names.
fn shape_of<'a>(document: &'a Document, node: &Node<'a>) -> Option<&'a str> {
    keywords(inline(document, node)?)?.typ.as_deref()
}

/// The type of the values that two types share.
fn common_type<'t>(one: &'t str, other: &'t str) -> Option<&'t str> {
    match (one, other) {
        _ if one == other => Some(one),
        ("integer", "number") | ("number", "integer") => Some("integer"),
        _ => None,
    }
}

/// A use of a component, with or without annotations, whose type is used as it is.
fn is_component(node: &Node<'_>) -> bool {
    match node.schema {
        SchemaUse::Component(_) => true,
        SchemaUse::Inline(schema) => annotated_component(schema).is_some(),
    }
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
