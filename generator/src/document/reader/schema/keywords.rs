//! Keywords that OpenAPI's model has no field for.

use indexmap::IndexMap;
use openapiv3::{AdditionalProperties, AnySchema, ReferenceOr, SchemaData};
use serde_json::Value;

use super::{SILENT, any_of, anything, boxed, nothing, schema};
use crate::document::reader::object::Object;
use crate::document::reader::version::Version;
use crate::media_types::{is_json, is_text, is_xml};

/// The keywords of JSON Schema that the model has no field for and that are kept in a schema's
/// `extensions` under their own names, as they are written.
const KEPT: &[&str] = &[
    "const",
    "contains",
    "contentEncoding",
    "contentMediaType",
    "contentSchema",
    "dependentRequired",
    "dependentSchemas",
    "else",
    "if",
    "maxContains",
    "minContains",
    "patternProperties",
    "prefixItems",
    "propertyNames",
    "then",
    "unevaluatedItems",
    "unevaluatedProperties",
];

/// The keywords among those that limit values in ways which no type expresses.
const UNCHECKED: &[&str] = &[
    "contains",
    "contentSchema",
    "dependentRequired",
    "dependentSchemas",
    "else",
    "if",
    "propertyNames",
    "then",
    "unevaluatedItems",
];

/// Takes the keywords that the model has no field for, and says with those it has what they mean.
pub(super) fn keep(
    object: &mut Object<'_, '_, '_, '_>,
    any: &mut AnySchema,
    data: &mut SchemaData,
) {
    for key in SILENT {
        object.value(key);
    }
    for key in KEPT {
        let Some(value) = object.any(key) else {
            continue;
        };
        if object.reader.version == Version::V3_0 {
            let path = object.path.key(key);
            object.reader.later(&path, "the keyword");
        }
        if UNCHECKED.contains(key) && !says_nothing(key, &value) {
            object.reader.unchecked(&object.path.key(key));
        }
        data.extensions.insert((*key).to_owned(), value);
    }
    if let Some(value) = data.extensions.get("const")
        && any.enumeration.is_empty()
    {
        any.enumeration = vec![value.clone()];
    }
    if any.format.is_none() && any.typ.as_deref() != Some("array") {
        any.format = content_format(&data.extensions).map(str::to_owned);
    }
    let place = older_prefix_items(object, any, data);
    prefix_items(object, any, place.unwrap_or("prefixItems"));
    if any.additional_properties != Some(AdditionalProperties::Any(true)) {
        pattern_properties(object, any);
    }
}

/// All names of properties are texts, and a format alone limits none.
fn says_nothing(key: &str, value: &Value) -> bool {
    let is_any = match value {
        Value::Object(said) => said.iter().all(|(key, value)| match key.as_str() {
            "type" => value == "string",
            key => key == "format" || key == "title" || key == "description",
        }),
        value => *value == Value::Bool(true),
    };
    key == "propertyNames" && is_any
}

/// What `contentEncoding` and `contentMediaType` say, as a format of OpenAPI 3.0 or as the media type, by which
/// parts of forms are files.
fn content_format(extensions: &IndexMap<String, Value>) -> Option<&str> {
    let text = |key| extensions.get(key).and_then(Value::as_str);
    let is_read = |name| is_json(name) || is_text(name) || is_xml(name);
    match (text("contentEncoding"), text("contentMediaType")) {
        (Some("base64"), _) => Some("byte"),
        // A text is bytes, too, where it may be a file of any media type.
        (Some("binary"), _) | (None, Some("application/octet-stream" | "*/*")) => Some("binary"),
        (None, Some(media_type)) if !is_read(media_type) => Some(media_type),
        _ => None,
    }
}

/// Takes the list of schemas that older JSON Schema drafts have as `items` for `prefixItems`, and tells its
/// place; what follows them was `additionalItems` then.
fn older_prefix_items(
    object: &mut Object<'_, '_, '_, '_>,
    any: &mut AnySchema,
    data: &mut SchemaData,
) -> Option<&'static str> {
    let list = object.value("items").filter(|items| is_list(items));
    if let Some(list) = list {
        let path = object.path.key("items");
        object.reader.coerced(&path, "a list", "`prefixItems`");
        object.reader.moved(object.path, "prefixItems", &path);
        data.extensions
            .insert("prefixItems".to_owned(), list.clone());
    }
    let is_tuple = data.extensions.contains_key("prefixItems") && any.items.is_none();
    if is_tuple && let Some(rest) = object.take("additionalItems") {
        let path = object.path.key("additionalItems");
        if list.is_none() {
            let found = "a keyword of older drafts";
            object.reader.coerced(&path, found, "`items`");
        }
        any.items = boxed(object.reader, rest, &path);
    }
    list.map(|_| "items")
}

fn is_list(value: &Value) -> bool {
    value.as_array().is_some_and(|items| !items.is_empty())
}

/// The schemas of a tuple's items, as alternatives for any item before what `items` says of the
/// rest.
fn prefix_items(object: &mut Object<'_, '_, '_, '_>, any: &mut AnySchema, key: &'static str) {
    let mut alternatives = object.list(key, schema);
    if alternatives.is_empty() {
        return;
    }
    let place = object.path.key(key);
    object.reader.moved(object.path, "items", &place);
    object.reader.moved(&place, "anyOf", &place);
    let count = alternatives.len();
    match any.items.take() {
        // No items may follow. What says so is a tuple: the tools that write it leave out that it has all of
        // its items.
        Some(ReferenceOr::Item(rest)) if *rest == nothing() => {
            any.max_items = any.max_items.or(Some(count));
            any.min_items = any.min_items.or(Some(count));
        }
        Some(rest) => alternatives.push(rest.unbox()),
        None => {}
    }
    any.items = Some(ReferenceOr::boxed_item(any_of(alternatives)));
}

/// Properties told by patterns of their names, as additional properties.
fn pattern_properties(object: &mut Object<'_, '_, '_, '_>, any: &mut AnySchema) {
    let patterns = object.map("patternProperties", schema);
    if patterns.is_empty() {
        return;
    }
    let place = object.path.key("patternProperties");
    let moved = "additionalProperties";
    object.reader.moved(object.path, moved, &place);
    let mut alternatives: Vec<_> = patterns.into_values().collect();
    match any.additional_properties.take() {
        Some(AdditionalProperties::Schema(schema)) => alternatives.push(*schema),
        // Beside properties, others that fit no pattern are those that a newer server has.
        None if !any.properties.is_empty() => alternatives.push(ReferenceOr::Item(anything())),
        _ => {}
    }
    alternatives.dedup();
    let schema = match (alternatives.pop(), alternatives.is_empty()) {
        (Some(only), true) => only,
        (last, _) => {
            alternatives.extend(last);
            ReferenceOr::Item(any_of(alternatives))
        }
    };
    any.additional_properties = Some(AdditionalProperties::Schema(Box::new(schema)));
}
