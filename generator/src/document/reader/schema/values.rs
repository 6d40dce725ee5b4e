//! Texts, lists and the values of enumerations.

use indexmap::IndexMap;
use openapiv3::{AnySchema, ReferenceOr, Schema};
use serde_json::Value;

use super::boxed;
use crate::document::reader::describe;
use crate::document::reader::object::Object;

pub(super) fn read_texts_and_lists(object: &mut Object<'_, '_, '_, '_>, any: &mut AnySchema) {
    any.format = object.text("format");
    any.pattern = object.text("pattern");
    any.min_length = object.count("minLength");
    any.max_length = object.count("maxLength");
    any.min_items = object.count("minItems");
    any.max_items = object.count("maxItems");
    any.unique_items = object.flag("uniqueItems");
    any.items = items(object);
    if let Some(Value::Array(values)) = object.take("enum") {
        if any.typ.as_deref() == Some("string") && are_names_and_numbers(values) {
            let path = object.path.key("enum");
            let found = "a list of names, then of as many integers";
            object.reader.coerced(&path, found, "texts and integers");
            any.typ = None;
        }
        any.enumeration = enumeration(object, values, any.typ.as_deref());
    } else if object.map.contains_key("enum") {
        let path = object.path.key("enum");
        object.reader.ignored(&path, "has to be a list");
    }
}

/// `items`; what older JSON Schema drafts have there is read with `prefixItems`.
fn items(object: &mut Object<'_, '_, '_, '_>) -> Option<ReferenceOr<Box<Schema>>> {
    let value = object.take("items")?;
    let path = object.path.key("items");
    match value {
        Value::Array(schemas) if !schemas.is_empty() => None,
        _ => boxed(object.reader, value, &path),
    }
}

/// The values of an enumeration. Where texts are due, others are taken as they are written: an
/// unquoted `1.0` or `true` is a common slip in YAML.
fn enumeration(
    object: &mut Object<'_, '_, '_, '_>,
    values: &[Value],
    kind: Option<&str>,
) -> Vec<Value> {
    let path = object.path.key("enum");
    // For each way of reading a value otherwise the first that is read so, and how many are.
    let mut coerced: IndexMap<(&str, &str), (usize, usize)> = IndexMap::new();
    let mut note = |index, found, taken| {
        let (_, count) = coerced.entry((found, taken)).or_insert((index, 0));
        *count += 1;
    };
    let read = values.iter().enumerate().map(|(index, value)| {
        if let Some(scalar) = quoted_scalar(value, kind) {
            note(index, "a text", describe(&scalar));
            return scalar;
        }
        let is_slip = kind == Some("string") && matches!(value, Value::Bool(_) | Value::Number(_));
        if !is_slip {
            return value.clone();
        }
        note(index, describe(value), "text");
        Value::String(object.reader.spelling(value, &path.index(index)))
    });
    let read = read.collect();
    for ((found, taken), (first, count)) in coerced {
        let first = path.index(first);
        object.reader.coerced_items(&first, count, found, taken);
    }
    read
}

/// Texts, then as many whole numbers: what TypeScript has for an enumeration of numbers, whose object leads from
/// the numbers to the names as well. Tools take it for one of texts, while servers send the numbers.
fn are_names_and_numbers(values: &[Value]) -> bool {
    let (names, numbers) = values.split_at(values.len() / 2);
    let are_names = names.iter().all(|name| {
        let text = name.as_str().unwrap_or_default();
        text.starts_with(|character: char| character.is_alphabetic() || character == '_')
    });
    !names.is_empty()
        && names.len() == numbers.len()
        && are_names
        && numbers.iter().all(Value::is_i64)
}

/// What a text spells where numbers or booleans are due.
fn quoted_scalar(value: &Value, kind: Option<&str>) -> Option<Value> {
    let text = value.as_str()?;
    match kind? {
        "integer" => text.parse::<i64>().ok().map(Value::from),
        "number" => serde_json::from_str(text).ok().filter(Value::is_number),
        "boolean" => text.parse::<bool>().ok().map(Value::from),
        _ => None,
    }
}
