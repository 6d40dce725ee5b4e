//! What the schemas become that need a type of their own.

use openapiv3::{AdditionalProperties, OpenAPI};
use serde_json::Value;

use super::Schemas;
use crate::diagnostic::Diagnostics;
use crate::ir::{Additional, Alias, Field, Presence, Shape, Struct};
use crate::lower::component_names::hinted_name;
use crate::lower::constraints::{constraints, within};
use crate::lower::enums::{Member, enumeration, own_members};
use crate::lower::merge::Merged;
use crate::lower::names::{Scope, type_name, value_name};
use crate::lower::node::{Node, SchemaUse, annotated_component, component, keywords};
use crate::lower::scalars::named_type;
use crate::lower::unions::{Alternatives, alternatives, fold, union};
use crate::lower::usage::{View, property_travels};

/// What a schema becomes.
pub(super) enum Kind<'a> {
    /// An object, with the properties of these alternatives.
    Struct(Vec<Node<'a>>),
    Enumeration(Vec<Member<'a>>),
    Union(Vec<Node<'a>>),
    /// The type of its only alternative.
    Only(Node<'a>),
    /// Several sets of alternatives that must all hold.
    Product,
    /// A type that needs no definition.
    Plain,
}

impl Kind<'_> {
    pub(super) fn needs_name(&self) -> bool {
        matches!(
            self,
            Self::Struct(_) | Self::Enumeration(_) | Self::Union(_)
        )
    }
}

impl<'a> Schemas<'a, '_> {
    pub(super) fn kind(&self, merged: &Merged<'a>) -> Kind<'a> {
        if let Some(members) = own_members(merged) {
            return Kind::Enumeration(members);
        }
        match alternatives(self.document, merged) {
            Alternatives::Values(members) => Kind::Enumeration(members),
            Alternatives::Union(nodes) => Kind::Union(nodes),
            Alternatives::Folded(nodes) => Kind::Struct(nodes),
            Alternatives::Only(only) => Kind::Only(only),
            Alternatives::Product => Kind::Product,
            Alternatives::None if merged.is_struct() => Kind::Struct(Vec::new()),
            Alternatives::None => Kind::Plain,
        }
    }

    /// The shape of a named type.
    pub(super) fn shape(
        &mut self,
        merged: &mut Merged<'a>,
        node: &Node<'a>,
        view: View,
        rust_name: &str,
    ) -> Shape {
        match self.kind(merged) {
            Kind::Struct(folded) => {
                if !folded.is_empty() {
                    fold(self, merged, node, &folded);
                }
                Shape::Struct(self.structure(merged, view, rust_name))
            }
            Kind::Enumeration(members) => enumeration(merged, &members),
            Kind::Union(nodes) => Shape::Union(union(self, merged, &nodes, view, rust_name)),
            Kind::Only(_) | Kind::Product | Kind::Plain => Shape::Alias(Alias {
                target: self.plain_type(merged, node, view, rust_name),
                constraints: constraints(self.document, merged),
            }),
        }
    }

    fn structure(&mut self, merged: &Merged<'a>, view: View, rust_name: &str) -> Struct {
        // What callers make has a constructor, and a setter for each property beside it.
        let is_made = self.usage.request || !self.usage.response;
        let mut scope = Scope::with(if is_made { &["new"] } else { &[] });
        let mut fields = Vec::with_capacity(merged.properties.len());
        for (wire_name, node) in &merged.properties {
            if !property_travels(&self.document.openapi, node.schema, view) {
                continue;
            }
            let offer = format!("{rust_name}{}", type_name(wire_name));
            let used = self.type_use(node, view, &offer);
            let presence = presence(merged.required.contains(wire_name), used.nullable);
            let chosen = hinted_name(node).map_or_else(|| value_name(wire_name), value_name);
            fields.push(Field {
                name: scope.claim([chosen]),
                wire_name: (*wire_name).to_owned(),
                pointer: node.pointer.as_str().to_owned(),
                docs: used.docs,
                type_ref: named_type(self.document, wire_name, node, used.type_ref),
                presence: self.fixed(node, used.default.as_ref(), presence),
                boxed: false,
                default: used.default,
                constraints: used.constraints,
            });
        }
        // The arguments of a constructor follow the list of what is required, whose order, unlike
        // that of the properties, is part of the document.
        let rank = |field: &Field| {
            let mut required = merged.required.iter();
            required.position(|name| *name == field.wire_name)
        };
        fields.sort_by_key(|field| rank(field).unwrap_or(usize::MAX));
        let additional = match &merged.additional {
            Some((AdditionalProperties::Schema(_) | AdditionalProperties::Any(true), _)) => {
                Some(Additional {
                    type_ref: self.additional_type(merged, view, rust_name),
                    constraints: within(self.document, merged),
                    name: scope.claim(["additional_properties".to_owned()]),
                })
            }
            _ => None,
        };
        Struct {
            fields,
            additional,
            required_type: None,
        }
    }

    /// The presence of a property, which is another one where there is only one value. An optional one is
    /// assumed to have it only where the document says so.
    fn fixed(&self, node: &Node<'a>, default: Option<&Value>, presence: Presence) -> Presence {
        let fixed = match (presence, only_value(&self.document.openapi, node)) {
            (Presence::Required, Some(_)) => Presence::Fixed,
            (Presence::Optional, Some(value)) if default == Some(value) => Presence::Assumed,
            _ => return presence,
        };
        // The keywords only say what is likely.
        let merged = Merged::of(self.document, node, &mut Diagnostics::default());
        match self.kind(&merged) {
            Kind::Enumeration(members) if members.len() == 1 => fixed,
            _ => presence,
        }
    }
}

/// The only value of an enumeration, as far as its keywords or those of the component that it stands for tell.
fn only_value<'a>(openapi: &'a OpenAPI, node: &Node<'a>) -> Option<&'a Value> {
    /// More steps than a sensible document has; a cycle never ends otherwise.
    const MAX_STEPS: usize = 16;
    let mut schema = node.schema;
    for _ in 0..MAX_STEPS {
        let inline = match schema {
            SchemaUse::Component(name) => {
                schema = component(openapi, name)?.schema;
                continue;
            }
            SchemaUse::Inline(inline) => inline,
        };
        match annotated_component(inline) {
            Some(name) => schema = SchemaUse::Component(name),
            None => match keywords(inline)?.enumeration.as_slice() {
                [value] => return Some(value),
                _ => return None,
            },
        }
    }
    None
}

fn presence(required: bool, nullable: bool) -> Presence {
    match (required, nullable) {
        (true, false) => Presence::Required,
        (true, true) => Presence::RequiredNullable,
        (false, false) => Presence::Optional,
        (false, true) => Presence::OptionalNullable,
    }
}
