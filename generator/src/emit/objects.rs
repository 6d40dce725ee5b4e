//! How objects become JSON, and come from it.

use super::types::ident;
use crate::format::{Item, Row, Table, fact, quoted};
use crate::ir::{Api, Field, Holder, Presence, Struct, TypeDef};

/// The facts from which the runtime makes the conversions of an object.
pub(super) fn object(api: &Api, definition: &TypeDef, shape: &Struct) -> Item {
    let kind = |field: &Field| kind(api, definition, field);
    let same = |one: &Field, other: &Field| kind(one) == kind(other);
    let rows = shape.fields.chunk_by(same).map(|fields| Row {
        kind: Some(kind(&fields[0])),
        facts: fields.iter().map(property).collect(),
    });
    let additional = shape.additional.as_ref();
    Item::Table(Table {
        name: "object",
        subject: ident(&definition.name).to_string(),
        rows: rows.collect(),
        rest: additional.map(|additional| ident(&additional.name).to_string()),
    })
}

/// The name of a field, and that of its property where it is another one.
fn property(field: &Field) -> String {
    let name = ident(&field.name).to_string();
    if name == field.wire_name {
        name
    } else {
        fact(name, quoted(&field.wire_name))
    }
}

/// The kind of a property: one of those of the runtime.
fn kind(api: &Api, definition: &TypeDef, field: &Field) -> &'static str {
    let is_formatted = api.resolved(&field.type_ref).is_formatted_text() && !field.boxed;
    let is_patch = field.holder(definition.usage) == Holder::Patch;
    match (is_patch, field.presence, is_formatted) {
        (true, _, true) => "PatchedText",
        (true, _, false) => "Patched",
        (false, Presence::RequiredNullable, true) => "NullableText",
        (false, Presence::Required | Presence::RequiredNullable | Presence::Fixed, _) => "Required",
        (false, Presence::Assumed, _) => "Assumed",
        (false, _, true) => "OptionalText",
        (false, _, false) => "Optional",
    }
}
