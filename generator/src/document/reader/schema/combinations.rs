//! Schemas made of others: `allOf`, `oneOf`, `anyOf`, `not`.

use openapiv3::{AnySchema, ReferenceOr, Schema, SchemaData, SchemaKind};
use serde_json::Value;

use super::{anything, schema};
use crate::document::reader::object::Object;

pub(super) fn read_combinations(
    object: &mut Object<'_, '_, '_, '_>,
    any: &mut AnySchema,
    data: &mut SchemaData,
) {
    any.all_of = object.list("allOf", schema);
    if repeats_type(object) {
        any.typ = None;
    }
    any.one_of = alternatives(object, "oneOf", data);
    any.any_of = alternatives(object, "anyOf", data);
    any.not = object.item("not", schema).map(Box::new);
    if any.not.is_some() && !allows_nothing(any) {
        object.reader.unchecked(&object.path.key("not"));
    }
    for (key, alternatives) in [("oneOf", &mut any.one_of), ("anyOf", &mut any.any_of)] {
        // One alternative left is no choice.
        if alternatives.len() == 1 && data.discriminator.is_none() {
            let file = object.reader.file;
            let [from, to] = [key, "allOf"].map(|key| (file, object.path.key(key).to_pointer()));
            let moves = &mut object.reader.moves;
            let origin = moves.member(&from, "0");
            moves.insert(&to, &any.all_of.len().to_string(), origin);
            any.all_of.append(alternatives);
        }
    }
}

/// Whether an object says nothing more by its type than its own reference, or the only one of its `allOf`.
fn repeats_type(object: &Object<'_, '_, '_, '_>) -> bool {
    let parts = object.map.get("allOf").and_then(Value::as_array);
    let only = match parts.map(Vec::as_slice) {
        Some([Value::Object(only)]) => Some(only),
        _ => None,
    };
    object.map.get("type").is_some_and(|own| {
        let mut references = only.into_iter().chain([object.map]);
        references.any(|reference| object.reader.implies_type(reference, own))
    })
}

/// The alternatives that values can have, other than null, which becomes `nullable`.
fn alternatives(
    object: &mut Object<'_, '_, '_, '_>,
    key: &'static str,
    data: &mut SchemaData,
) -> Vec<ReferenceOr<Schema>> {
    let mut alternatives = object.list(key, schema);
    let list = object.path.key(key);
    let means_null = match alternatives.as_slice() {
        [ReferenceOr::Item(_), ReferenceOr::Reference { .. }]
        | [ReferenceOr::Reference { .. }, ReferenceOr::Item(_)] => is_null_or_any_object,
        _ => is_null,
    };
    for index in (0..alternatives.len()).rev() {
        let is_null = alternatives.get(index).is_some_and(means_null);
        if is_null || alternatives.get(index).is_some_and(rules_out_everything) {
            let place = (object.reader.file, list.to_pointer());
            let moves = &mut object.reader.moves;
            moves.remove_item(&place, index, alternatives.len());
            alternatives.remove(index);
            data.nullable |= is_null;
        }
    }
    alternatives
}

/// A schema that no value fits, as tools write it for what can be absent.
fn rules_out_everything(schema: &ReferenceOr<Schema>) -> bool {
    match schema {
        ReferenceOr::Item(schema) => match &schema.schema_kind {
            SchemaKind::Any(any) => allows_nothing(any),
            _ => false,
        },
        ReferenceOr::Reference { .. } => false,
    }
}

/// What rules out everything is written as `false`, too.
fn allows_nothing(any: &AnySchema) -> bool {
    any.not.as_deref() == Some(&ReferenceOr::Item(anything()))
}

/// An object of which nothing is said but that it may be null, by which apispec makes a reference beside it
/// nullable.
fn is_null_or_any_object(schema: &ReferenceOr<Schema>) -> bool {
    let ReferenceOr::Item(item) = schema else {
        return false;
    };
    let object = AnySchema {
        typ: Some("object".to_owned()),
        ..AnySchema::default()
    };
    let is_object = matches!(&item.schema_kind, SchemaKind::Any(any) if *any == object);
    is_null(schema) || is_object && item.schema_data.nullable
}

fn is_null(schema: &ReferenceOr<Schema>) -> bool {
    let ReferenceOr::Item(schema) = schema else {
        return false;
    };
    let SchemaKind::Any(any) = &schema.schema_kind else {
        return false;
    };
    schema.schema_data.nullable && any.typ.is_none() && any.enumeration == [Value::Null]
}
