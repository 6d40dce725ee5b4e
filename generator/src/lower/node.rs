//! Uses of schemas, and the merged view of a schema that the rest of lowering reads.

use indexmap::{IndexMap, IndexSet};
use openapiv3::{
    AdditionalProperties, AnySchema, Discriminator, OpenAPI, ReferenceOr, Schema, SchemaKind,
};
use serde_json::Value;

use super::unions::is_null;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Location, Place};
use crate::document::{Document, Pointer};
use crate::ir::{Bounds, Constraints, Docs};

/// A use of a schema: by reference, or written where it is used.
#[derive(Debug, Clone, Copy)]
pub(super) enum SchemaUse<'a> {
    Component(&'a str),
    Inline(&'a Schema),
}

/// A use of a schema and its place.
#[derive(Debug, Clone)]
pub(super) struct Node<'a> {
    pub(super) schema: SchemaUse<'a>,
    pub(super) pointer: Pointer,
}

impl<'a> Node<'a> {
    pub(super) fn new(schema: &'a ReferenceOr<Schema>, pointer: Pointer) -> Self {
        let schema = match schema {
            ReferenceOr::Reference { reference } => SchemaUse::Component(component_name(reference)),
            ReferenceOr::Item(schema) => SchemaUse::Inline(schema),
        };
        Self { schema, pointer }
    }

    pub(super) fn boxed(schema: &'a ReferenceOr<Box<Schema>>, pointer: Pointer) -> Self {
        let schema = match schema {
            ReferenceOr::Reference { reference } => SchemaUse::Component(component_name(reference)),
            ReferenceOr::Item(schema) => SchemaUse::Inline(schema),
        };
        Self { schema, pointer }
    }
}

/// The name behind `#/components/<kind>/`; the document holds no other references.
pub(super) fn component_name(reference: &str) -> &str {
    reference.splitn(4, '/').last().unwrap_or(reference)
}

/// The schema of a component, where it exists; a missing one has been reported while reading.
pub(super) fn component<'a>(openapi: &'a OpenAPI, name: &str) -> Option<Node<'a>> {
    let schema = openapi.components.as_ref()?.schemas.get(name)?;
    Some(Node::new(
        schema,
        Pointer::root()
            .join("components")
            .join("schemas")
            .join(name),
    ))
}

/// The keywords of a schema. The reader gives every schema in the model's general form.
pub(super) fn keywords(schema: &Schema) -> Option<&AnySchema> {
    match &schema.schema_kind {
        SchemaKind::Any(keywords) => Some(keywords),
        _ => None,
    }
}

/// The component that a schema only annotates: `allOf` with one reference and nothing else that
/// shapes values.
pub(super) fn annotated_component(schema: &Schema) -> Option<&str> {
    let own = keywords(schema)?;
    let [ReferenceOr::Reference { reference }] = own.all_of.as_slice() else {
        return None;
    };
    let rest = AnySchema {
        all_of: Vec::new(),
        ..own.clone()
    };
    (rest == AnySchema::default()).then(|| component_name(reference))
}

/// A property of an object.
#[derive(Debug, Clone)]
pub(super) struct Property<'a> {
    pub(super) node: Node<'a>,
}

/// A schema with the parts of its `allOf` merged into it.
#[derive(Debug, Default)]
pub(super) struct Merged<'a> {
    pub(super) type_name: Option<&'a str>,
    pub(super) format: Option<&'a str>,
    pub(super) values: Vec<&'a Value>,
    pub(super) open_values: Vec<&'a Value>,
    pub(super) properties: IndexMap<&'a str, Property<'a>>,
    pub(super) required: IndexSet<&'a str>,
    pub(super) additional: Option<(&'a AdditionalProperties, Pointer)>,
    pub(super) items: Option<Node<'a>>,
    pub(super) alternatives: Vec<Node<'a>>,
    /// How many `oneOf` and `anyOf` there are.
    pub(super) alternative_sets: usize,
    pub(super) discriminator: Option<&'a Discriminator>,
    pub(super) negated: bool,
    pub(super) constraints: Constraints,
    pub(super) nullable: bool,
    pub(super) default: Option<&'a Value>,
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
        let mut merged = Self::default();
        let mut walk = Merger {
            document,
            diagnostics,
            open: Vec::new(),
        };
        walk.add(&mut merged, node);
        if let Some(schema) = inline(document, node) {
            let data = &schema.schema_data;
            merged.docs = docs(schema);
            merged.rust_name = data.extensions.get("x-rust-name").and_then(Value::as_str);
            merged.nullable |= data.nullable;
        }
        merged
    }

    /// An object with properties that the document names.
    pub(super) fn is_struct(&self) -> bool {
        !self.properties.is_empty() && matches!(self.type_name, None | Some("object"))
    }
}

/// The schema behind a use, following a reference once.
fn inline<'a>(document: &'a Document, node: &Node<'a>) -> Option<&'a Schema> {
    match node.schema {
        SchemaUse::Inline(schema) => Some(schema),
        SchemaUse::Component(name) => match component(&document.openapi, name)?.schema {
            SchemaUse::Inline(schema) => Some(schema),
            SchemaUse::Component(_) => None,
        },
    }
}

/// The documentation of a schema: its description, or its title where it has none.
pub(super) fn docs(schema: &Schema) -> Docs {
    let data = &schema.schema_data;
    let text = data
        .description
        .as_deref()
        .or(data.title.as_deref())
        .unwrap_or_default();
    Docs {
        text: text.trim().to_owned(),
        deprecated: data.deprecated,
    }
}

struct Merger<'a, 'd> {
    document: &'a Document,
    diagnostics: &'d mut Diagnostics,
    /// Components that are being merged, so that a schema that contains itself ends.
    open: Vec<&'a str>,
}

impl<'a> Merger<'a, '_> {
    fn add(&mut self, merged: &mut Merged<'a>, node: &Node<'a>) {
        match node.schema {
            SchemaUse::Inline(schema) => self.add_schema(merged, schema, &node.pointer),
            SchemaUse::Component(name) if self.open.contains(&name) => {}
            SchemaUse::Component(name) => {
                if let Some(target) = component(&self.document.openapi, name) {
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
            self.check_type(merged, type_name, pointer);
            merged.type_name = Some(type_name);
        }
        merged.format = keywords.format.as_deref().or(merged.format);
        merged.default = data.default.as_ref().or(merged.default);
        merged
            .required
            .extend(keywords.required.iter().map(String::as_str));
        merged.negated |= keywords.not.is_some();
        add_values(&mut merged.values, &keywords.enumeration);
        if let Some(Value::Array(values)) = data.extensions.get("x-extensible-enum") {
            merged.open_values = values.iter().collect();
        }
        if let Some(additional) = &keywords.additional_properties {
            merged.additional = Some((additional, pointer.join("additionalProperties")));
        }
        if let Some(items) = &keywords.items {
            merged.items = Some(Node::boxed(items, pointer.join("items")));
        }
        for (keyword, alternatives) in [("oneOf", &keywords.one_of), ("anyOf", &keywords.any_of)] {
            for (index, alternative) in alternatives.iter().enumerate() {
                let place = pointer.join(keyword).join(&index.to_string());
                let alternative = Node::new(alternative, place);
                if is_null(self.document, &alternative) {
                    merged.nullable = true;
                } else {
                    merged.alternatives.push(alternative);
                }
            }
            merged.alternative_sets += usize::from(!alternatives.is_empty());
        }
        merged.discriminator = data.discriminator.as_ref().or(merged.discriminator);
        self.add_properties(merged, keywords, &pointer.join("properties"));
        add_constraints(&mut merged.constraints, keywords);
    }

    fn add_properties(
        &mut self,
        merged: &mut Merged<'a>,
        keywords: &'a AnySchema,
        pointer: &Pointer,
    ) {
        for (name, schema) in &keywords.properties {
            let node = Node::boxed(schema, pointer.join(name));
            if let Some(earlier) = merged.properties.get(name.as_str()) {
                if says_nothing(&node) {
                    continue;
                }
                self.check_property(name, &earlier.node, &node);
            }
            merged.properties.insert(name, Property { node });
        }
    }

    fn check_type(&mut self, merged: &Merged<'a>, type_name: &str, pointer: &Pointer) {
        let Some(earlier) = merged.type_name.filter(|earlier| *earlier != type_name) else {
            return;
        };
        self.diagnostics.push(
            Diagnostic::new(
                Code::ConflictingAllOf,
                self.location(pointer.join("type")),
                format!("the parts of an `allOf` are of type `{earlier}` and `{type_name}`"),
            )
            .help("no value satisfies both; the later type is used"),
        );
    }

    fn check_property(&mut self, name: &str, earlier: &Node<'a>, later: &Node<'a>) {
        let types = [earlier, later].map(|node| shape_of(self.document, node));
        if let [Some(earlier_type), Some(later_type)] = types
            && earlier_type != later_type
        {
            self.diagnostics.push(
                Diagnostic::new(
                    Code::ConflictingAllOf,
                    self.location(later.pointer.clone()),
                    format!(
                        "parts of an `allOf` give the property `{name}` the types \
                         `{earlier_type}` and `{later_type}`"
                    ),
                )
                .related(
                    self.location(earlier.pointer.clone()),
                    "the other definition",
                )
                .help("no value satisfies both; the later definition is used"),
            );
        }
    }

    fn location(&self, pointer: Pointer) -> Location {
        Location {
            file: self.document.file,
            place: Place::Value(pointer),
        }
    }
}

/// The type that a schema itself names.
fn shape_of<'a>(document: &'a Document, node: &Node<'a>) -> Option<&'a str> {
    keywords(inline(document, node)?)?.typ.as_deref()
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

/// A value must be in the enumeration of every part.
fn add_values<'a>(values: &mut Vec<&'a Value>, more: &'a [Value]) {
    if values.is_empty() {
        values.extend(more);
    } else if !more.is_empty() {
        values.retain(|value| more.contains(value));
    }
}

fn add_constraints(constraints: &mut Constraints, keywords: &AnySchema) {
    if let Some(minimum) = keywords.minimum {
        constraints.minimum = Some(minimum);
        constraints.exclusive_minimum = keywords.exclusive_minimum.unwrap_or(false);
    }
    if let Some(maximum) = keywords.maximum {
        constraints.maximum = Some(maximum);
        constraints.exclusive_maximum = keywords.exclusive_maximum.unwrap_or(false);
    }
    constraints.multiple_of = keywords.multiple_of.or(constraints.multiple_of);
    constraints.unique_items |= keywords.unique_items.unwrap_or(false);
    if keywords.pattern.is_some() {
        constraints.pattern.clone_from(&keywords.pattern);
    }
    add_bounds(
        &mut constraints.length,
        keywords.min_length,
        keywords.max_length,
    );
    add_bounds(
        &mut constraints.items,
        keywords.min_items,
        keywords.max_items,
    );
    add_bounds(
        &mut constraints.properties,
        keywords.min_properties,
        keywords.max_properties,
    );
}

fn add_bounds(bounds: &mut Bounds, minimum: Option<usize>, maximum: Option<usize>) {
    bounds.minimum = minimum.map(|count| count as u64).or(bounds.minimum);
    bounds.maximum = maximum.map(|count| count as u64).or(bounds.maximum);
}
