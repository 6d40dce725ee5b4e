//! Limits of numbers.

use openapiv3::{AnySchema, SchemaData};
use serde_json::Value;

use crate::document::reader::object::Object;
use crate::document::reader::version::Version;

pub(super) fn read_numbers(
    object: &mut Object<'_, '_, '_, '_>,
    any: &mut AnySchema,
    data: &mut SchemaData,
) {
    any.multiple_of = object.number("multipleOf").and_then(Value::as_f64);
    let minimum = object.number("minimum");
    let maximum = object.number("maximum");
    let exclusive_minimum = exclusive(object, "exclusiveMinimum");
    let exclusive_maximum = exclusive(object, "exclusiveMaximum");
    let lower = bound(minimum, exclusive_minimum, |strict, plain| strict >= plain);
    let upper = bound(maximum, exclusive_maximum, |strict, plain| strict <= plain);
    for (name, (limit, strict)) in [("minimum", lower), ("maximum", upper)] {
        let Some(limit) = limit else { continue };
        let float = limit.as_f64();
        if float.is_some_and(|float| !holds(float, limit)) {
            data.extensions.insert(name.to_owned(), limit.clone());
        }
        if name == "minimum" {
            (any.minimum, any.exclusive_minimum) = (float, strict);
        } else {
            (any.maximum, any.exclusive_maximum) = (float, strict);
        }
    }
}

/// Whether a float is exactly the number that it was made from.
fn holds(float: f64, number: &Value) -> bool {
    match number {
        Value::Number(number) if !number.is_f64() => number
            .as_i128()
            .is_none_or(|integer| format!("{float}") == integer.to_string()),
        _ => true,
    }
}

/// An exclusive limit: a boolean beside the limit in OpenAPI 3.0, the limit itself in 3.1.
#[derive(Debug, Clone, Copy)]
enum Exclusive<'v> {
    Absent,
    Flag(bool),
    Limit(&'v Value),
}

fn exclusive<'v>(object: &mut Object<'_, '_, 'v, '_>, key: &'static str) -> Exclusive<'v> {
    let Some(value) = object.take(key) else {
        return Exclusive::Absent;
    };
    if value.is_number() {
        let path = object.path.key(key);
        if object.reader.version == Version::V3_0 {
            object.reader.later(&path, "a number here");
        }
        return Exclusive::Limit(value);
    }
    object.flag(key).map_or(Exclusive::Absent, Exclusive::Flag)
}

/// The limit that counts, and whether it is exclusive.
fn bound<'v>(
    plain: Option<&'v Value>,
    exclusive: Exclusive<'v>,
    stricter: fn(f64, f64) -> bool,
) -> (Option<&'v Value>, Option<bool>) {
    match exclusive {
        Exclusive::Absent => (plain, None),
        Exclusive::Flag(flag) => (plain, plain.is_some().then_some(flag)),
        Exclusive::Limit(strict) => match plain {
            Some(plain) if !compare(strict, plain, stricter) => (Some(plain), None),
            _ => (Some(strict), Some(true)),
        },
    }
}

fn compare(left: &Value, right: &Value, stricter: fn(f64, f64) -> bool) -> bool {
    match (left.as_f64(), right.as_f64()) {
        (Some(left), Some(right)) => stricter(left, right),
        _ => true,
    }
}
