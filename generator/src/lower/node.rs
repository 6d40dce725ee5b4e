//! Uses of schemas and their places.

use std::borrow::Borrow;

use openapiv3::{AnySchema, OpenAPI, ReferenceOr, Schema, SchemaData, SchemaKind};

use crate::document::{Document, Pointer};
use crate::ir::Docs;

/// A use of a schema: by reference, or written where it is used.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum SchemaUse<'a> {
    Component(&'a str),
    Inline(&'a Schema),
}

/// A use of a schema and its place.
#[derive(Debug, Clone)]
pub(super) struct Node<'a> {
    pub(super) schema: SchemaUse<'a>,
    pub(super) pointer: Pointer,
    /// The one of the schema's types that is meant.
    pub(super) only_type: Option<&'a str>,
    pub(super) others: Others<'a>,
}

/// What other schemas say of the value of a node.
#[derive(Debug, Clone, Default)]
pub(super) enum Others<'a> {
    #[default]
    None,
    /// They hold as well: the node narrows them.
    Narrowed(Vec<Node<'a>>),
    /// They hold instead: the value is one of them, and the node, which is the first, gives the place.
    Instead(Vec<Node<'a>>),
}

impl<'a> Node<'a> {
    /// The component that it uses.
    pub(super) fn component(&self) -> Option<&'a str> {
        match self.schema {
            SchemaUse::Component(name) => Some(name),
            SchemaUse::Inline(_) => None,
        }
    }

    pub(super) fn new<S: Borrow<Schema>>(schema: &'a ReferenceOr<S>, pointer: Pointer) -> Self {
        let schema = match schema {
            ReferenceOr::Reference { reference } => SchemaUse::Component(component_name(reference)),
            ReferenceOr::Item(schema) => SchemaUse::Inline(schema.borrow()),
        };
        Self {
            schema,
            pointer,
            only_type: None,
            others: Others::None,
        }
    }
}

impl Node<'_> {
    /// Lets the value be one of another node, unless that says the same.
    pub(super) fn or(&mut self, other: Self) {
        if let Others::Instead(all) = &mut self.others {
            if !all.iter().any(|one| one.says_as(&other)) {
                all.push(other);
            }
        } else if !self.says_as(&other) {
            self.others = Others::Instead(vec![self.clone(), other]);
        }
    }

    /// The value is of one of several nodes.
    pub(super) fn is_either(&self) -> bool {
        matches!(self.others, Others::Instead(_))
    }

    fn says_as(&self, other: &Self) -> bool {
        let alone = [self, other].map(|node| matches!(node.others, Others::None));
        let same = match (self.schema, other.schema) {
            (SchemaUse::Component(one), SchemaUse::Component(other)) => one == other,
            (SchemaUse::Inline(one), SchemaUse::Inline(other)) => {
                one.schema_kind == other.schema_kind
            }
            _ => false,
        };
        same && alone == [true; 2]
    }
}

/// The name behind `#/components/<kind>/`; the document holds no other references.
pub(super) fn component_name(reference: &str) -> &str {
    reference.splitn(4, '/').last().unwrap_or(reference)
}

/// The schema of a component, where it exists; a missing one has been reported while reading.
pub(super) fn component<'a>(openapi: &'a OpenAPI, name: &str) -> Option<Node<'a>> {
    let schema = openapi.components.as_ref()?.schemas.get(name)?;
    Some(Node::new(schema, Pointer::of_component("schemas", name)))
}

/// The keywords of a schema. The reader gives every schema in the model's general form.
pub(super) fn keywords(schema: &Schema) -> Option<&AnySchema> {
    match &schema.schema_kind {
        SchemaKind::Any(keywords) => Some(keywords),
        _ => None,
    }
}

/// The component that a schema only annotates: `allOf` with one reference, or with one schema that itself
/// annotates, and nothing else that shapes values.
pub(super) fn annotated_component(schema: &Schema) -> Option<&str> {
    let own = keywords(schema)?;
    let name = match own.all_of.as_slice() {
        [ReferenceOr::Reference { reference }] => component_name(reference),
        [ReferenceOr::Item(part)] if only_describes(&part.schema_data) => {
            annotated_component(part)?
        }
        _ => return None,
    };
    let rest = AnySchema {
        all_of: Vec::new(),
        ..own.clone()
    };
    (rest == AnySchema::default()).then_some(name)
}

/// What a schema says of a component that it only annotates.
pub(super) fn annotation(schema: &Schema) -> Docs {
    let own = docs(schema);
    let parts = keywords(schema).map_or(&[][..], |keywords| &keywords.all_of);
    match parts {
        [ReferenceOr::Item(part)] if own.text.is_empty() => {
            let inner = annotation(part);
            Docs {
                text: inner.text,
                deprecated: own.deprecated || inner.deprecated,
            }
        }
        _ => own,
    }
}

/// Nothing is lost with it but words.
fn only_describes(data: &SchemaData) -> bool {
    !data.nullable && data.default.is_none() && data.discriminator.is_none()
}

/// The schema behind a use, following a reference once.
pub(super) fn inline<'a>(document: &'a Document, node: &Node<'a>) -> Option<&'a Schema> {
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
