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
    take_annotations(object, any, data);
    if (object.map.get("type")).is_some_and(|own| is_implied(object, own)) {
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

/// Takes over what parts of an `allOf` say that shape no value. Several tools write an optional or a described
/// reference with such a part beside it, so that null in one is meant for the whole.
fn take_annotations(
    object: &mut Object<'_, '_, '_, '_>,
    any: &mut AnySchema,
    data: &mut SchemaData,
) {
    for index in (0..any.all_of.len()).rev() {
        let part = any.all_of.get(index);
        if part.is_some_and(|part| only_annotates(object, part))
            && let ReferenceOr::Item(part) = removed(object, "allOf", &mut any.all_of, index)
        {
            annotate(data, part.schema_data);
        }
    }
}

/// Takes one of the schemas that stand below a key out of them.
fn removed(
    object: &mut Object<'_, '_, '_, '_>,
    key: &'static str,
    schemas: &mut Vec<ReferenceOr<Schema>>,
    index: usize,
) -> ReferenceOr<Schema> {
    let list = (object.reader.file, object.path.key(key).to_pointer());
    let moves = &mut object.reader.moves;
    moves.remove_item(&list, index, schemas.len());
    schemas.remove(index)
}

/// Whether a part of an `allOf` restricts nothing that another part, by reference, does not restrict as well.
fn only_annotates(object: &Object<'_, '_, '_, '_>, part: &ReferenceOr<Schema>) -> bool {
    let ReferenceOr::Item(part) = part else {
        return false;
    };
    let SchemaKind::Any(keywords) = &part.schema_kind else {
        return false;
    };
    let only_type = AnySchema {
        typ: keywords.typ.clone(),
        ..AnySchema::default()
    };
    let typ = keywords.typ.as_deref().map(Value::from);
    let data = &part.schema_data;
    *keywords == only_type
        && typ.is_none_or(|own| is_implied(object, &own))
        && data.discriminator.is_none()
        && data.extensions.is_empty()
}

/// Adds annotations to those that a schema has itself.
fn annotate(data: &mut SchemaData, more: SchemaData) {
    data.nullable |= more.nullable;
    data.read_only |= more.read_only;
    data.write_only |= more.write_only;
    data.deprecated |= more.deprecated;
    data.title = data.title.take().or(more.title);
    data.description = data.description.take().or(more.description);
    data.default = data.default.take().or(more.default);
    data.example = data.example.take().or(more.example);
}

/// Whether a type is what an object's own reference, or one in its `allOf`, leads to anyway.
fn is_implied(object: &Object<'_, '_, '_, '_>, own: &Value) -> bool {
    let parts = object.map.get("allOf").and_then(Value::as_array);
    let parts = parts.into_iter().flatten().filter_map(Value::as_object);
    let mut references = parts.chain([object.map]);
    references.any(|reference| object.reader.implies_type(reference, own))
}

/// The alternatives that values can have, other than null, which becomes `nullable`.
fn alternatives(
    object: &mut Object<'_, '_, '_, '_>,
    key: &'static str,
    data: &mut SchemaData,
) -> Vec<ReferenceOr<Schema>> {
    let mut alternatives = object.list(key, schema);
    let means_null = match alternatives.as_slice() {
        [ReferenceOr::Item(_), ReferenceOr::Reference { .. }]
        | [ReferenceOr::Reference { .. }, ReferenceOr::Item(_)] => is_null_or_any_object,
        _ => is_null,
    };
    for index in (0..alternatives.len()).rev() {
        let is_null = alternatives.get(index).is_some_and(means_null);
        if is_null || alternatives.get(index).is_some_and(rules_out_everything) {
            removed(object, key, &mut alternatives, index);
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
