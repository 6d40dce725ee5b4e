//! Names for the types of components, where tools have put more into theirs than readers want.

use std::collections::HashMap;

use super::functions::Functions;
use super::hints::rust_name;
use super::names::type_name;
use super::node::{Node, SchemaUse, component};
use super::operation_names::OperationNames;
use super::place_names::place_names;
use super::source::OperationSource;
use crate::document::Document;

/// The names of a document's schemas, in its order.
pub(super) fn component_names(document: &Document) -> impl Iterator<Item = &str> {
    let components = document.openapi.components.iter();
    components
        .flat_map(|components| components.schemas.keys())
        .map(String::as_str)
}

/// The name that each component's type should have: its hint, or the shorter of those that it can be called by
/// without being taken for another.
pub(super) fn wished_names<'a>(
    document: &'a Document,
    sources: &[OperationSource<'_>],
    operations: &OperationNames<'_>,
) -> HashMap<&'a str, String> {
    let mut shorter_names = body_names(sources, operations.functions());
    shorter_names.extend(place_names(document, sources, operations));
    shorter_names.extend(names_of_classes(document));
    let mut calls: HashMap<String, usize> = HashMap::new();
    let mut calls_of_parts: HashMap<String, usize> = HashMap::new();
    for name in component_names(document) {
        *calls.entry(type_name(name)).or_default() += 1;
        if let Some(shorter) = shorter_name(name, &shorter_names) {
            *calls.entry(shorter).or_default() += 1;
        }
        if let Some(part) = name_within(name) {
            *calls_of_parts.entry(part).or_default() += 1;
        }
    }
    let named = component_names(document).map(|name| {
        let hint = component(&document.openapi, name).and_then(|node| hinted_name(&node));
        let part = || {
            name_within(name)
                .filter(|part| calls_of_parts.get(part) == Some(&1) && !calls.contains_key(part))
        };
        let shorter =
            || shorter_name(name, &shorter_names).filter(|shorter| calls.get(shorter) == Some(&1));
        let shorter = || part().or_else(shorter);
        let wished = hint.map(ToOwned::to_owned).or_else(shorter);
        (name, wished.unwrap_or_else(|| type_name(name)))
    });
    named.collect()
}

/// The hint of a schema that is no reference.
pub(super) fn hinted_name<'a>(node: &Node<'a>) -> Option<&'a str> {
    match node.schema {
        SchemaUse::Inline(schema) => rust_name(&schema.schema_data.extensions),
        SchemaUse::Component(_) => None,
    }
}

fn shorter_name(name: &str, shorter_names: &HashMap<String, String>) -> Option<String> {
    let shorter = shorter_names.get(name).cloned();
    shorter.or_else(|| {
        let (model, within) = around_hash(name)?;
        Some(type_name(&[model, within].concat().join(".")))
    })
}

/// The name of a model that another one holds, which stands behind that one's hash.
fn name_within(name: &str) -> Option<String> {
    let (_, within) = around_hash(name)?;
    (!within.is_empty()).then(|| type_name(&within.join(".")))
}

/// Names for the components that `FastAPI` makes of the parameters in a body, and names `Body_` and the ID
/// of their operation.
fn body_names(
    sources: &[OperationSource<'_>],
    functions: &Functions<'_>,
) -> HashMap<String, String> {
    let named = sources.iter().filter_map(|source| {
        let id = source.operation.operation_id.as_deref()?;
        let name = type_name(functions.shortest(id, source));
        Some((format!("Body_{id}"), format!("{name}Body")))
    });
    named.collect()
}

/// Names for the components that tools name after the modules and the class of their models: the class, behind
/// the first part of the modules in which all of that class differ.
fn names_of_classes(document: &Document) -> HashMap<String, String> {
    let mut classes: HashMap<&str, Vec<(&str, Vec<&str>)>> = HashMap::new();
    for name in component_names(document) {
        if let Some((modules, class)) = modules_and_class(name) {
            classes.entry(class).or_default().push((name, modules));
        }
    }
    let named = classes.into_iter().flat_map(|(class, named)| {
        let is_alone = named.len() == 1;
        let place = part_in_which_all_differ(&named);
        named.into_iter().filter_map(move |(name, modules)| {
            let part = modules.get(place?).filter(|_| !is_alone);
            let shorter = part.map_or(class.to_owned(), |part| format!("{part}_{class}"));
            Some((name.to_owned(), type_name(&shorter)))
        })
    });
    named.collect()
}

/// Pydantic writes `app__models__Line` where there are several of a class, with a number where one module makes
/// several, and Go, Java and Kubernetes `models.Line`. With a capital, a single word may be what the thing is a
/// part of, as in `Order.Line`; several are a namespace of .NET.
fn modules_and_class(name: &str) -> Option<(Vec<&str>, &str)> {
    let mark = if name.contains('.') { "." } else { "__" };
    let (modules, _) = without_number(name).rsplit_once(mark)?;
    let class = name.get(modules.len() + mark.len()..)?;
    let modules = modules.split(mark).filter(|part| !part.is_empty());
    let modules: Vec<&str> = modules.collect();
    let is_module = |part: &&str| {
        let part = part.trim_start_matches('_');
        part.starts_with(|first: char| first.is_ascii_lowercase())
    };
    let is_word = |part: &&str| {
        part.starts_with(|first: char| first.is_ascii_alphabetic())
            && part.bytes().all(|one| one.is_ascii_alphanumeric())
    };
    let is_namespace = || mark == "." && modules.len() > 1 && modules.iter().all(is_word);
    let are_modules = !modules.is_empty() && (modules.iter().all(is_module) || is_namespace());
    let is_class = class.starts_with(|first: char| first.is_ascii_uppercase() || first == '_');
    (are_modules && is_class).then_some((modules, class))
}

fn without_number(name: &str) -> &str {
    let numbered = name.rsplit_once("__");
    let numbered = numbered.filter(|(_, number)| number.bytes().all(|one| one.is_ascii_digit()));
    numbered.map_or(name, |(name, _)| name)
}

fn part_in_which_all_differ(named: &[(&str, Vec<&str>)]) -> Option<usize> {
    let modules = || named.iter().map(|(_, modules)| modules);
    let shortest = modules().map(Vec::len).min()?;
    (0..shortest).find(|&place| {
        let mut parts: Vec<_> = modules().map(|module| module.get(place)).collect();
        parts.sort_unstable();
        parts.windows(2).all(|pair| pair.first() != pair.last())
    })
}

/// What stands around the hash that spectree adds to tell models apart which have the same name.
fn around_hash(name: &str) -> Option<(Vec<&str>, Vec<&str>)> {
    let parts: Vec<&str> = name.split('.').collect();
    let hash = parts.iter().position(|part| is_hash(part));
    let (model, rest) = parts.split_at_checked(hash.filter(|hash| *hash > 0)?)?;
    Some((model.to_vec(), rest.get(1..)?.to_vec()))
}

fn is_hash(text: &str) -> bool {
    const LENGTH: usize = 7;
    text.len() == LENGTH
        && text.chars().all(|one| matches!(one, '0'..='9' | 'a'..='f'))
        && text.contains(|one: char| one.is_ascii_digit())
}
