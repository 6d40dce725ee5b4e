//! The values of a property that tell the objects of a union apart.

use std::collections::HashSet;

use indexmap::IndexMap;
use openapiv3::{Discriminator, SchemaKind};
use serde_json::Value;

use super::merge::Merged;
use super::node::{Node, SchemaUse, component_name};
use crate::diagnostic::Diagnostics;
use crate::document::Document;
use crate::ir::UnionVariant;

/// How many schemas of an alternative are looked at: unions within unions may go on without end.
const MAX_SCHEMAS: usize = 100;

/// A property that tells alternatives apart without the document saying so.
pub(super) struct ImpliedDiscriminator<'a> {
    pub(super) property: &'a str,
    /// The values that stand for each alternative.
    pub(super) tags: Vec<Vec<String>>,
}

/// Finds a property that every alternative requires and that has one value in each, never the same.
///
/// Many tools write tagged unions so. Without it, a value would be matched with the alternative that
/// knows most of it, which costs time and may be misled. A property of several values is a state
/// rather than a tag: where a server adds a value, the alternative is meant all the same.
pub(super) fn implied_discriminator<'a>(
    document: &'a Document,
    alternatives: &[Node<'a>],
) -> Option<ImpliedDiscriminator<'a>> {
    let mut of_each = Vec::with_capacity(alternatives.len());
    for alternative in alternatives {
        let mut left = MAX_SCHEMAS;
        of_each.push(constants(document, alternative, &mut left)?);
    }
    let mut properties = of_each.first()?.keys();
    let property = *properties.find(|property| {
        let mut seen = HashSet::new();
        of_each.iter().all(|of_one| {
            let values = of_one.get(*property);
            values.is_some_and(|values| values.iter().all(|value| seen.insert(*value)))
        })
    })?;
    let values = of_each.iter().filter_map(|of_one| of_one.get(property));
    let texts = |values: &Vec<&str>| values.iter().map(|&value| value.to_owned()).collect();
    Some(ImpliedDiscriminator {
        property,
        tags: values.map(texts).collect(),
    })
}

/// The required properties that can have one text only, with it; nothing for what is no object, or
/// where more schemas than are left would have to be looked at.
fn constants<'a>(
    document: &'a Document,
    node: &Node<'a>,
    left: &mut usize,
) -> Option<IndexMap<&'a str, Vec<&'a str>>> {
    *left = left.checked_sub(1)?;
    let merged = Merged::of(document, node, &mut Diagnostics::default());
    if merged.nullable {
        return None;
    }
    if merged.properties.is_empty() {
        return constants_of_all(document, &merged.alternatives, left);
    }
    let required = merged.required.iter().filter_map(|&name| {
        let property = merged.properties.get(name)?;
        let property = Merged::of(document, property, &mut Diagnostics::default());
        match property.values.as_slice() {
            [only] if !property.nullable && property.open_values.is_empty() => {
                Some((name, vec![only.value.as_str()?]))
            }
            _ => None,
        }
    });
    Some(required.collect())
}

/// What all alternatives of a union within the union require so, with the value of each.
fn constants_of_all<'a>(
    document: &'a Document,
    alternatives: &[Node<'a>],
    left: &mut usize,
) -> Option<IndexMap<&'a str, Vec<&'a str>>> {
    let mut all: Option<IndexMap<&str, Vec<&str>>> = None;
    for alternative in alternatives {
        let mut constants = constants(document, alternative, left)?;
        if let Some(all) = &mut all {
            all.retain(|name, _| constants.contains_key(name));
            for (name, values) in all {
                values.extend(constants.swap_remove(name).unwrap_or_default());
            }
        } else {
            all = Some(constants);
        }
    }
    all
}

/// The value of the first property that can have one value only, which usually tells objects apart.
pub(super) fn discriminating<'a>(merged: &Merged<'a>) -> Option<&'a str> {
    merged.properties.values().find_map(|property| {
        let SchemaUse::Inline(schema) = property.schema else {
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

/// A value of the discriminator stands for one variant only.
pub(super) fn keep_first_tags(variants: &mut Vec<UnionVariant>) {
    let mut seen = HashSet::new();
    for variant in &mut *variants {
        variant.tags.retain(|tag| seen.insert(tag.clone()));
    }
    variants.retain(|variant| !variant.tags.is_empty());
}

/// The values of a discriminator that stand for an alternative.
#[derive(Debug, Default)]
pub(super) struct Tags {
    /// Those that the mapping gives it, else those that its own property may have.
    pub(super) told: Vec<String>,
    /// The names of its components, which stand for it where they stand for no other one.
    pub(super) names: Vec<String>,
}

/// Finds the values that stand for an alternative.
pub(super) fn tags<'a>(
    document: &'a Document,
    discriminator: &Discriminator,
    node: &Node<'a>,
    alternatives: &[Node<'a>],
) -> Tags {
    let mut tags = Tags::default();
    // The name of a union within the union is less telling than those of its alternatives.
    let mut names_of_unions = Vec::new();
    // What is an alternative itself is not meant where it is one of another alternative as well.
    let others = alternatives.iter().filter_map(Node::component);
    let own = node.component();
    let mut visited: HashSet<&str> = others.filter(|other| own != Some(*other)).collect();
    // An alternative without a name may lead back to itself, too.
    let mut places = HashSet::new();
    let mut open = vec![node.clone()];
    while let Some(node) = open.pop() {
        let is_new = match node.component() {
            Some(name) => visited.insert(name),
            None => places.insert(node.pointer.clone()),
        };
        if !is_new {
            continue;
        }
        let alternatives = own_tags(document, discriminator, &node, &mut tags);
        if !alternatives.is_empty() && node.component().is_some() {
            names_of_unions.extend(tags.names.pop());
        }
        open.extend(alternatives.into_iter().rev());
    }
    tags.names.append(&mut names_of_unions);
    let mut seen = HashSet::new();
    tags.told.retain(|tag| seen.insert(tag.clone()));
    tags
}

/// Adds the names of components to the values that stand for variants. One that has nothing else shares its
/// name with another.
pub(super) fn add_names(variants: &mut [UnionVariant], names: Vec<Vec<String>>) {
    let told = variants.iter().flat_map(|variant| &variant.tags);
    let mut seen: HashSet<String> = told.cloned().collect();
    for (variant, names) in variants.iter_mut().zip(names) {
        let is_new = |name: &&String| !seen.contains(*name);
        let new: Vec<String> = names.iter().filter(is_new).cloned().collect();
        seen.extend(new.iter().cloned());
        variant.tags.extend(new);
        if variant.tags.is_empty() {
            variant.tags = names;
        }
    }
}

/// Adds the values that stand for an alternative itself, and gives the alternatives that stand in its
/// place: those of a union within the union.
fn own_tags<'a>(
    document: &'a Document,
    discriminator: &Discriminator,
    node: &Node<'a>,
    tags: &mut Tags,
) -> Vec<Node<'a>> {
    if let Some(name) = node.component() {
        let mapped = mapped_tags(discriminator, name);
        if !mapped.is_empty() {
            tags.told.extend(mapped);
            return Vec::new();
        }
    }
    let merged = Merged::of(document, node, &mut Diagnostics::default());
    if let Some(property) = merged.properties.get(discriminator.property_name.as_str()) {
        let property = Merged::of(document, property, &mut Diagnostics::default());
        let values = property
            .values
            .iter()
            .filter_map(|member| member.value.as_str());
        tags.told.extend(values.map(ToOwned::to_owned));
    }
    tags.names.extend(node.component().map(ToOwned::to_owned));
    if !merged.properties.is_empty() || merged.alternatives.is_empty() {
        return Vec::new();
    }
    merged.alternatives
}

pub(super) fn tags_of_name(discriminator: &Discriminator, name: &str) -> Vec<String> {
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
