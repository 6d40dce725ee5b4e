//! `oneOf` and `anyOf`: unions, nullable types, open string enumerations and folded structs.

mod names;

use indexmap::map::Entry;
use openapiv3::{AnySchema, Discriminator, SchemaData};
use serde_json::Value;

use super::enums::{Member, members_of_alternatives};
use super::hierarchy::base_discriminator;
use super::merge::Merged;
use super::names::{Scope, type_name};
use super::node::{Node, Others, SchemaUse, component, component_name, keywords};
use super::schemas::{Schemas, nullable_type};
use super::tags::{Tags, add_names, implied_discriminator, keep_first_tags, tags, tags_of_name};
use super::usage::View;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::{DEFAULT_MAPPING, Document};
use crate::ir::{Constraints, TypeRef, Union, UnionVariant};
use names::{repeated_name, variant_names};

/// What the alternatives of a schema come down to.
#[derive(Debug)]
pub(super) enum Alternatives<'a> {
    /// There are none that shape values.
    None,
    /// One only, which is the type itself.
    Only(Node<'a>),
    /// Values that the document names.
    Values(Vec<Member<'a>>),
    /// Several types.
    Union(Vec<Node<'a>>),
    /// Objects that share the properties beside them.
    Folded(Vec<Node<'a>>),
    /// Several sets of alternatives that must all hold.
    Product,
}

/// Settles what the alternatives of a schema come down to.
pub(super) fn alternatives<'a>(document: &'a Document, merged: &Merged<'a>) -> Alternatives<'a> {
    let nodes: Vec<Node<'a>> = merged
        .alternatives
        .iter()
        .filter(|node| !only_requires(node))
        .cloned()
        .collect();
    if nodes.is_empty() {
        return Alternatives::None;
    }
    if merged.alternative_sets > 1 {
        return Alternatives::Product;
    }
    if !merged.properties.is_empty() {
        return if holds_properties(document, merged, &nodes) {
            Alternatives::Union(nodes)
        } else {
            Alternatives::Folded(nodes)
        };
    }
    if let Some(members) = members_of_alternatives(document, merged, &nodes) {
        return Alternatives::Values(members);
    }
    match nodes.as_slice() {
        // The discriminator is no property of what it chooses, and would be lost without a union.
        [first, others @ ..] if merged.discriminator.is_none() && are_like(first, others) => {
            Alternatives::Only(first.clone())
        }
        [number, integer] | [integer, number]
            if is_plain(number, "number") && is_plain(integer, "integer") =>
        {
            Alternatives::Only(number.clone())
        }
        _ => Alternatives::Union(nodes),
    }
}

/// Alternatives that say the same, as the items of a tuple of two numbers, are no choice.
fn are_like(first: &Node<'_>, others: &[Node<'_>]) -> bool {
    let same = |other: &Node<'_>| {
        other.schema == first.schema
            && other.only_type == first.only_type
            && matches!(other.others, Others::None)
    };
    others.iter().all(same)
}

/// An alternative that says nothing but its type. Integers are numbers, so that `float | int`, as Python has it,
/// is no choice.
fn is_plain(node: &Node<'_>, name: &str) -> bool {
    let SchemaUse::Inline(schema) = node.schema else {
        return false;
    };
    let plain = AnySchema {
        typ: Some(name.to_owned()),
        ..AnySchema::default()
    };
    keywords(schema).is_some_and(|keywords| *keywords == plain)
}

/// An alternative that only says which properties must or must not be there.
pub(super) fn only_requires(node: &Node<'_>) -> bool {
    let SchemaUse::Inline(schema) = node.schema else {
        return false;
    };
    keywords(schema).is_some_and(|keywords| {
        (keywords.typ.is_none() || keywords.typ.as_deref() == Some("object"))
            && (!keywords.required.is_empty() || keywords.not.is_some())
            && keywords.properties.is_empty()
            && keywords.all_of.is_empty()
            && keywords.one_of.is_empty()
            && keywords.any_of.is_empty()
            && keywords.enumeration.is_empty()
            && keywords.items.is_none()
            && keywords.additional_properties.is_none()
    })
}

/// Every alternative is an object that repeats the properties beside the alternatives.
fn holds_properties(document: &Document, merged: &Merged<'_>, nodes: &[Node<'_>]) -> bool {
    nodes.iter().all(|node| {
        let alternative = Merged::of(document, node, &mut Diagnostics::default());
        let mut names = merged.properties.keys();
        names.all(|name| alternative.properties.contains_key(name))
    })
}

/// Adds the properties of alternatives to the object beside them, as optional ones.
pub(super) fn fold<'a>(
    schemas: &mut Schemas<'a, '_>,
    merged: &mut Merged<'a>,
    node: &Node<'a>,
    alternatives: &[Node<'a>],
) {
    let own = merged.properties.len();
    for alternative in alternatives {
        let part = Merged::of(schemas.document, alternative, &mut Diagnostics::default());
        for (name, property) in part.properties {
            match merged.properties.entry(name) {
                Entry::Vacant(vacant) => {
                    vacant.insert(property);
                }
                Entry::Occupied(mut known) if known.index() >= own => {
                    known.get_mut().or(property);
                }
                // What stands beside the alternatives holds for each of them.
                Entry::Occupied(_) => {}
            }
        }
    }
    let message = "`oneOf` or `anyOf` beside properties: the properties of all alternatives are \
                   emitted as optional ones of one type";
    let location = schemas.location(node.pointer.clone());
    schemas
        .diagnostics
        .push(Diagnostic::new(Code::UnsupportedSchema, location, message));
}

/// The union of several types.
pub(super) fn union<'a>(
    schemas: &mut Schemas<'a, '_>,
    merged: &Merged<'a>,
    nodes: &[Node<'a>],
    view: View,
    rust_name: &str,
) -> Union {
    let mut scope = Scope::with(&["Self"]);
    let catch_all = scope.claim(["Unrecognized".to_owned()]);
    let mut variants: Vec<UnionVariant> = Vec::with_capacity(nodes.len());
    let mut names: Vec<Vec<String>> = Vec::with_capacity(nodes.len());
    let implied = match merged.discriminator {
        Some(_) => None,
        None => implied_discriminator(schemas.document, nodes),
    };
    let repeated = repeated_name(nodes, rust_name);
    for (index, node) in nodes.iter().enumerate() {
        let document = schemas.document;
        let offers = || variant_names(document, node, repeated);
        let offer = scope.best(offers());
        let used = schemas.type_use(node, view, &format!("{rust_name}{offer}"));
        let constraints = used.constraints.clone();
        // Null is meant for the whole, where it is possible there.
        let type_ref = if merged.nullable {
            used.type_ref
        } else {
            nullable_type(used)
        };
        let tags = match (merged.discriminator, &implied) {
            (Some(discriminator), _) => tags(schemas.document, discriminator, node, nodes),
            (None, Some(implied)) => Tags {
                told: implied.tags.get(index).cloned().unwrap_or_default(),
                names: Vec::new(),
            },
            (None, None) => Tags::default(),
        };
        let same = variants
            .iter_mut()
            .zip(&mut names)
            .find(|(variant, _)| variant.type_ref == type_ref);
        if let Some((same, names)) = same {
            names.extend(tags.names);
            same.tags.extend(tags.told);
            // Either may be meant, so neither limits the values.
            if same.constraints != constraints {
                same.constraints = Constraints::default();
            }
            continue;
        }
        names.push(tags.names);
        variants.push(UnionVariant {
            name: scope.claim(offers()),
            type_ref,
            tags: tags.told,
            boxed: false,
            pointer: node.pointer.to_string(),
            constraints,
        });
    }
    add_names(&mut variants, names);
    let tagged = variants.iter().all(|variant| !variant.tags.is_empty());
    let stated = merged.discriminator.filter(|_| tagged);
    let default = stated.and_then(|one| default_variant(one, &variants, nodes));
    if let (Some(discriminator), None) = (merged.discriminator, stated) {
        report_untold(schemas, discriminator, nodes);
    }
    if let Some(discriminator) = stated {
        report_mapped_elsewhere(schemas, discriminator, &variants, default.as_deref(), nodes);
    }
    let stated = stated.map(|one| one.property_name.clone());
    Union {
        discriminator: stated.or(implied.map(|one| one.property.to_owned())),
        default,
        variants,
        catch_all,
    }
}

/// The variant of the schema that the discriminator means where nothing tells.
fn default_variant(
    discriminator: &Discriminator,
    variants: &[UnionVariant],
    nodes: &[Node<'_>],
) -> Option<String> {
    let target = component_name(default_target(discriminator)?);
    let is_meant = |node: &&Node<'_>| node.component() == Some(target);
    let pointer = nodes.iter().find(is_meant)?.pointer.as_str();
    let mut variants = variants.iter();
    let variant = variants.find(|variant| variant.pointer == pointer);
    variant.map(|variant| variant.name.clone())
}

/// Reports a discriminator that cannot tell all alternatives, so that their other properties do.
fn report_untold(schemas: &mut Schemas<'_, '_>, discriminator: &Discriminator, nodes: &[Node<'_>]) {
    let Some((parent, _)) = nodes.first().and_then(|node| node.pointer.split_last()) else {
        return;
    };
    let message = format!(
        "the discriminator `{}` has no value for some of the alternatives: what a value is made of tells them",
        discriminator.property_name
    );
    let location = schemas.location(parent);
    let diagnostic = Diagnostic::new(Code::UnsupportedSchema, location, message);
    schemas.diagnostics.push(diagnostic);
}

/// Reports values of the discriminator that stand for a schema which is no alternative.
fn report_mapped_elsewhere(
    schemas: &mut Schemas<'_, '_>,
    discriminator: &Discriminator,
    variants: &[UnionVariant],
    default: Option<&str>,
    nodes: &[Node<'_>],
) {
    let Some(parent) = nodes.first().and_then(|node| node.pointer.split_last()) else {
        return;
    };
    let mapped = discriminator.mapping.iter();
    let mapped = mapped.filter(|(tag, _)| !variants.iter().any(|one| one.tags.contains(tag)));
    let mapped =
        mapped.map(|(tag, target)| format!("maps `{tag}` to `{}`", component_name(target)));
    let default = default_target(discriminator)
        .filter(|_| default.is_none())
        .map(|target| format!("means `{}` by default", component_name(target)));
    for what in mapped.chain(default) {
        let message = format!(
            "the discriminator {what}, which is no alternative here: such values are kept as unknown ones"
        );
        let location = schemas.location(parent.0.clone());
        let diagnostic = Diagnostic::new(Code::UnsupportedSchema, location, message);
        schemas.diagnostics.push(diagnostic);
    }
}

/// The component that the discriminator means where it tells nothing.
fn default_target(discriminator: &Discriminator) -> Option<&str> {
    discriminator.extensions.get(DEFAULT_MAPPING)?.as_str()
}

/// The union of a component with a discriminator and those that extend it; the component's own
/// properties are in the struct `base`.
pub(super) fn family<'a>(
    schemas: &mut Schemas<'a, '_>,
    name: &'a str,
    view: View,
    base: String,
) -> Union {
    let mut scope = Scope::with(&["Self"]);
    let catch_all = scope.claim(["Unrecognized".to_owned()]);
    let discriminator = base_discriminator(&schemas.document.openapi, name);
    let tags_of =
        |target: &str| discriminator.map_or_else(Vec::new, |one| tags_of_name(one, target));
    let target = discriminator.and_then(default_target).map(component_name);
    let mut default = None;
    let mut variants = Vec::new();
    for subtype in schemas.hierarchy().direct_subtypes(name) {
        let mut tags = tags_of(subtype);
        for below in schemas.hierarchy().subtypes(subtype) {
            tags.extend(tags_of(below));
        }
        let variant = scope.claim([type_name(subtype)]);
        if target == Some(subtype) {
            default = Some(variant.clone());
        }
        variants.push(UnionVariant {
            name: variant,
            type_ref: schemas.component_use(subtype, view).type_ref,
            tags,
            boxed: false,
            pointer: String::new(),
            constraints: Constraints::default(),
        });
    }
    let own = scope.claim([type_name(name), "Base".to_owned()]);
    if target == Some(name) {
        default = Some(own.clone());
    }
    variants.push(UnionVariant {
        name: own,
        type_ref: TypeRef::Named(base),
        tags: tags_of(name),
        boxed: false,
        pointer: String::new(),
        constraints: Constraints::default(),
    });
    keep_first_tags(&mut variants);
    Union {
        discriminator: discriminator.map(|one| one.property_name.clone()),
        variants,
        default,
        catch_all,
    }
}

/// An alternative that allows null and nothing else. One that says nothing but `nullable` would allow anything,
/// but tools write an optional reference in OpenAPI 3.0 with it.
pub(super) fn is_null(document: &Document, node: &Node<'_>) -> bool {
    let schema = match node.schema {
        SchemaUse::Inline(schema) => schema,
        SchemaUse::Component(name) => match component(&document.openapi, name) {
            Some(Node {
                schema: SchemaUse::Inline(schema),
                ..
            }) => schema,
            _ => return false,
        },
    };
    let says_no_more = SchemaData {
        nullable: true,
        ..SchemaData::default()
    };
    keywords(schema).is_some_and(|keywords| {
        keywords.enumeration == [Value::Null]
            || keywords.typ.as_deref() == Some("null")
            || node.component().is_none()
                && schema.schema_data == says_no_more
                && *keywords == AnySchema::default()
    })
}

/// An alternative that allows null beside the values of a type.
pub(super) fn is_nullable(node: &Node<'_>) -> bool {
    let SchemaUse::Inline(schema) = node.schema else {
        return false;
    };
    schema.schema_data.nullable && keywords(schema).is_some_and(|keywords| keywords.typ.is_some())
}

/// The type of values whose sets of alternatives cannot be expressed.
pub(super) fn report_product<'a>(schemas: &mut Schemas<'a, '_>, node: &Node<'a>) -> TypeRef {
    let message = "several `oneOf` or `anyOf` must all hold: the value is kept as JSON";
    let location = schemas.location(node.pointer.clone());
    schemas
        .diagnostics
        .push(Diagnostic::new(Code::UnsupportedSchema, location, message));
    TypeRef::Any
}
