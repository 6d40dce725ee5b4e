//! Names of the variants of unions.

use std::iter;

use crate::diagnostic::Diagnostics;
use crate::document::Document;
use crate::lower::hints::rust_name;
use crate::lower::merge::Merged;
use crate::lower::names::type_name;
use crate::lower::node::{Node, SchemaUse, annotated_component};
use crate::lower::scalars::is_formatted;
use crate::lower::schemas::tuple_items;
use crate::lower::tags::discriminating;
use crate::media_types::is_file_format;

/// A name from what the alternative is: its component, its title, or its type.
fn variant_name(document: &Document, node: &Node<'_>) -> String {
    if let Some(name) = given_name(node) {
        return type_name(name);
    }
    let merged = Merged::of(document, node, &mut Diagnostics::default());
    match (merged.type_name, merged.format) {
        (Some("string"), Some(format)) if is_formatted(&merged) => type_name(format),
        (Some("string") | None, Some(format)) if is_file_format(format) => "Binary".to_owned(),
        (Some("string"), _) => match merged.values.as_slice() {
            [only] => match only.value.as_str().filter(|value| is_word(value)) {
                Some(value) => type_name(value),
                None => "Text".to_owned(),
            },
            _ => "Text".to_owned(),
        },
        (Some("integer"), _) => "Integer".to_owned(),
        (Some("number"), _) => "Number".to_owned(),
        (Some("boolean"), _) => "Boolean".to_owned(),
        (Some("array"), _) => match tuple_items(&merged) {
            Some(items) => format!("Tuple{}", items.len()),
            None => "List".to_owned(),
        },
        (Some("object"), _) if merged.properties.is_empty() => "Map".to_owned(),
        (Some("object") | None, _) if !merged.properties.is_empty() => {
            match discriminating(&merged).or_else(|| wrapping(&merged)) {
                Some(name) => type_name(name),
                None => "Object".to_owned(),
            }
        }
        _ => "Value".to_owned(),
    }
}

/// The only property of an object, where it is always there. Rust servers write their enumerations so:
/// the property has the variant's name, and its value is what the variant holds.
fn wrapping<'a>(merged: &Merged<'a>) -> Option<&'a str> {
    let mut properties = merged.properties.iter();
    let (name, _) = properties.next()?;
    let is_only = properties.next().is_none();
    (is_only && merged.required.contains(name) && is_word(name)).then_some(*name)
}

/// Can be a name, as far as it goes: `*` and `1` cannot.
fn is_word(text: &str) -> bool {
    text.starts_with(|first: char| first.is_alphabetic())
}

/// The name that the document gives an alternative.
fn given_name<'a>(node: &Node<'a>) -> Option<&'a str> {
    let schema = match node.schema {
        SchemaUse::Component(name) => return Some(name),
        SchemaUse::Inline(schema) => schema,
    };
    let data = &schema.schema_data;
    let hint = rust_name(&data.extensions);
    let title = data.title.as_deref().filter(|_| node.only_type.is_none());
    hint.or(title).or_else(|| annotated_component(schema))
}

/// The name of a union, where it is the beginning of all its alternatives' names and need not be said again.
pub(super) fn repeated_name<'n>(nodes: &[Node<'_>], union: &'n str) -> &'n str {
    let is_repeated = nodes.iter().all(|node| {
        let name = node.component().map(type_name);
        let own = name.as_deref().and_then(|name| name.strip_prefix(union));
        own.is_some_and(|own| own.starts_with(char::is_uppercase))
    });
    if is_repeated { union } else { "" }
}

/// The names of an alternative, best first: the second list of a union is told from the first by its
/// items, since `TextList` says more than `List2`, and the name of the first one stays what it was.
pub(super) fn variant_names<'a>(
    document: &'a Document,
    node: &Node<'a>,
    repeated: &str,
) -> impl Iterator<Item = String> {
    let name = iter::once_with(move || {
        let name = variant_name(document, node);
        let own = name.strip_prefix(repeated);
        own.map_or_else(|| name.clone(), str::to_owned)
    });
    name.chain(iter::once_with(move || content_name(document, node)).flatten())
}

/// A name for a list that the document does not name: what its items are.
fn content_name(document: &Document, node: &Node<'_>) -> Option<String> {
    if given_name(node).is_some() {
        return None;
    }
    let merged = Merged::of(document, node, &mut Diagnostics::default());
    let name = |item: &Node<'_>| variant_name(document, item);
    match merged.type_name {
        Some("array") if merged.prefix_items.is_empty() => {
            Some(format!("{}List", name(merged.items.as_ref()?)))
        }
        Some("array") => {
            let items: String = merged.prefix_items.iter().map(name).collect();
            Some(format!("{items}Tuple"))
        }
        _ => None,
    }
}
