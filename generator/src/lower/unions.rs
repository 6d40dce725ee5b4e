//! `oneOf` and `anyOf`: unions, nullable types, open string enumerations and folded structs.

use std::collections::HashSet;

use indexmap::map::Entry;
use openapiv3::{Discriminator, SchemaKind};
use serde_json::Value;

use super::enums::{Member, members_of_alternatives};
use super::hierarchy::base_discriminator;
use super::merge::Merged;
use super::names::{Scope, type_name};
use super::node::{Node, SchemaUse, component, component_name, keywords};
use super::scalars::is_formatted;
use super::schemas::{Schemas, nullable_type};
use super::usage::View;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::Document;
use crate::ir::{Constraints, TypeRef, Union, UnionVariant};

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
        [only] if merged.discriminator.is_none() => Alternatives::Only(only.clone()),
        _ => Alternatives::Union(nodes),
    }
}

/// An alternative that only says which properties must or must not be there.
fn only_requires(node: &Node<'_>) -> bool {
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
                    known.get_mut().node.or(property.node);
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
    for node in nodes {
        let offer = variant_name(schemas.document, node);
        let used = schemas.type_use(node, view, &format!("{rust_name}{offer}"));
        let constraints = used.constraints.clone();
        let type_ref = nullable_type(used);
        let tags = merged
            .discriminator
            .map(|discriminator| tags(schemas.document, discriminator, node, nodes))
            .unwrap_or_default();
        match variants
            .iter_mut()
            .find(|variant| variant.type_ref == type_ref)
        {
            Some(same) => {
                same.tags.extend(tags);
                // Either may be meant, so neither limits the values.
                if same.constraints != constraints {
                    same.constraints = Constraints::default();
                }
            }
            None => variants.push(UnionVariant {
                name: scope.claim([offer]),
                type_ref,
                tags,
                boxed: false,
                pointer: node.pointer.to_string(),
                constraints,
            }),
        }
    }
    let tagged = variants.iter().all(|variant| !variant.tags.is_empty());
    if tagged && let Some(discriminator) = merged.discriminator {
        keep_first_tags(&mut variants);
        report_mapped_elsewhere(schemas, discriminator, &variants, nodes);
    }
    Union {
        discriminator: merged
            .discriminator
            .filter(|_| tagged)
            .map(|discriminator| discriminator.property_name.clone()),
        variants,
        catch_all,
    }
}

/// Reports values of the discriminator that stand for a schema which is no alternative.
fn report_mapped_elsewhere(
    schemas: &mut Schemas<'_, '_>,
    discriminator: &Discriminator,
    variants: &[UnionVariant],
    nodes: &[Node<'_>],
) {
    let Some(parent) = nodes.first().and_then(|node| node.pointer.split_last()) else {
        return;
    };
    for (tag, target) in &discriminator.mapping {
        if variants.iter().any(|variant| variant.tags.contains(tag)) {
            continue;
        }
        let message = format!(
            "the discriminator maps `{tag}` to `{}`, which is no alternative here: such values are kept \
             as unknown ones",
            component_name(target)
        );
        let location = schemas.location(parent.0.clone());
        let diagnostic = Diagnostic::new(Code::UnsupportedSchema, location, message);
        schemas.diagnostics.push(diagnostic);
    }
}

/// A name from what the alternative is: its component, its title, or its type.
fn variant_name(document: &Document, node: &Node<'_>) -> String {
    let schema = match node.schema {
        SchemaUse::Component(name) => return type_name(name),
        SchemaUse::Inline(schema) => schema,
    };
    let data = &schema.schema_data;
    let given = data.extensions.get("x-rust-name").and_then(Value::as_str);
    let title = data.title.as_deref().filter(|_| node.only_type.is_none());
    if let Some(name) = given.or(title) {
        return type_name(name);
    }
    let merged = Merged::of(document, node, &mut Diagnostics::default());
    match (merged.type_name, merged.format) {
        (Some("string"), Some(format)) if is_formatted(&merged) => type_name(format),
        (Some("string"), _) => "Text".to_owned(),
        (Some("integer"), _) => "Integer".to_owned(),
        (Some("number"), _) => "Number".to_owned(),
        (Some("boolean"), _) => "Boolean".to_owned(),
        (Some("array"), _) => "List".to_owned(),
        (Some("object"), _) if merged.properties.is_empty() => "Map".to_owned(),
        (Some("object") | None, _) if !merged.properties.is_empty() => {
            match discriminating(&merged) {
                Some(value) => type_name(value),
                None => "Object".to_owned(),
            }
        }
        _ => "Value".to_owned(),
    }
}

/// The value of the first property that can have one value only, which usually tells objects apart.
fn discriminating<'a>(merged: &Merged<'a>) -> Option<&'a str> {
    merged.properties.values().find_map(|property| {
        let SchemaUse::Inline(schema) = property.node.schema else {
            return None;
        };
        let SchemaKind::Any(keywords) = &schema.schema_kind else {
            return None;
        };
        match keywords.enumeration.as_slice() {
            [Value::String(only)] => Some(only.as_str()),
            _ => None,
        }
    })
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
    let mut variants = Vec::new();
    for subtype in schemas.hierarchy().direct_subtypes(name) {
        let mut tags = tags_of(subtype);
        for below in schemas.hierarchy().subtypes(subtype) {
            tags.extend(tags_of(below));
        }
        variants.push(UnionVariant {
            name: scope.claim([type_name(subtype)]),
            type_ref: schemas.component_use(subtype, view).type_ref,
            tags,
            boxed: false,
            pointer: String::new(),
            constraints: Constraints::default(),
        });
    }
    variants.push(UnionVariant {
        name: scope.claim([type_name(name), "Base".to_owned()]),
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
        catch_all,
    }
}

/// A value of the discriminator stands for one variant only.
fn keep_first_tags(variants: &mut Vec<UnionVariant>) {
    let mut seen = HashSet::new();
    for variant in &mut *variants {
        variant.tags.retain(|tag| seen.insert(tag.clone()));
    }
    variants.retain(|variant| !variant.tags.is_empty());
}

/// The values of the discriminator that stand for an alternative: those that the mapping gives it;
/// else those that its own property may have, and the name of its component.
fn tags<'a>(
    document: &'a Document,
    discriminator: &Discriminator,
    node: &Node<'a>,
    alternatives: &[Node<'a>],
) -> Vec<String> {
    let (mut tags, mut names) = (Vec::new(), Vec::new());
    // What is an alternative itself is not meant where it is one of another alternative as well.
    let others = alternatives.iter().filter_map(Node::component);
    let own = node.component();
    let mut visited: HashSet<&str> = others.filter(|other| own != Some(*other)).collect();
    let mut open = vec![node.clone()];
    while let Some(node) = open.pop() {
        if node.component().is_some_and(|name| !visited.insert(name)) {
            continue;
        }
        let alternatives = own_tags(document, discriminator, &node, &mut tags, &mut names);
        open.extend(alternatives.into_iter().rev());
    }
    tags.append(&mut names);
    let mut seen = HashSet::new();
    tags.retain(|tag| seen.insert(tag.clone()));
    tags
}

/// Adds the values that stand for an alternative itself, and gives the alternatives that stand in its
/// place: those of a union within the union.
fn own_tags<'a>(
    document: &'a Document,
    discriminator: &Discriminator,
    node: &Node<'a>,
    tags: &mut Vec<String>,
    names: &mut Vec<String>,
) -> Vec<Node<'a>> {
    if let Some(name) = node.component() {
        let mapped = mapped_tags(discriminator, name);
        if !mapped.is_empty() {
            tags.extend(mapped);
            return Vec::new();
        }
    }
    let merged = Merged::of(document, node, &mut Diagnostics::default());
    if let Some(property) = merged.properties.get(discriminator.property_name.as_str()) {
        let property = Merged::of(document, &property.node, &mut Diagnostics::default());
        let values = property
            .values
            .iter()
            .filter_map(|member| member.value.as_str());
        tags.extend(values.map(ToOwned::to_owned));
    }
    let name = node.component().map(ToOwned::to_owned);
    if !merged.properties.is_empty() || merged.alternatives.is_empty() {
        tags.extend(name);
        return Vec::new();
    }
    // The name of a union within the union is less telling than what its alternatives say.
    names.extend(name);
    merged.alternatives
}

fn tags_of_name(discriminator: &Discriminator, name: &str) -> Vec<String> {
    match mapped_tags(discriminator, name) {
        mapped if mapped.is_empty() => vec![name.to_owned()],
        mapped => mapped,
    }
}

fn mapped_tags(discriminator: &Discriminator, name: &str) -> Vec<String> {
    let mapped = discriminator.mapping.iter();
    mapped
        .filter(|(_, target)| component_name(target) == name)
        .map(|(tag, _)| tag.clone())
        .collect()
}

/// An alternative that allows null and nothing else.
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
    keywords(schema).is_some_and(|keywords| {
        keywords.enumeration == [Value::Null] || keywords.typ.as_deref() == Some("null")
    })
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
