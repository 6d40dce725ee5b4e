//! Limits of numbers.

use openapiv3::{AnySchema, SchemaData};
use serde_json::{Number, Value};

use crate::document::reader::object::Object;
use crate::document::reader::version::Version;

pub(super) fn read_numbers(
    object: &mut Object<'_, '_, '_, '_>,
    any: &mut AnySchema,
    data: &mut SchemaData,
) {
    let multiple = object.number("multipleOf");
    any.multiple_of = multiple.and_then(|multiple| multiple.as_f64());
    let minimum = object.number("minimum");
    let maximum = object.number("maximum");
    let exclusive_minimum = exclusive(object, "exclusiveMinimum");
    let exclusive_maximum = exclusive(object, "exclusiveMaximum");
    let lower = bound(minimum, exclusive_minimum, |strict, plain| strict >= plain);
    let upper = bound(maximum, exclusive_maximum, |strict, plain| strict <= plain);
    for (name, (limit, strict)) in [("minimum", lower), ("maximum", upper)] {
        let Some(limit) = limit else { continue };
        let float = limit.as_f64();
        if float.is_some_and(|float| !holds(float, &limit)) {
            let limit = Value::Number(limit);
            data.extensions.insert(name.to_owned(), limit);
        }
        if name == "minimum" {
            (any.minimum, any.exclusive_minimum) = (float, strict);
        } else {
            (any.maximum, any.exclusive_maximum) = (float, strict);
        }
    }
}

/// Whether a float is exactly the number that it was made from.
fn holds(float: f64, number: &Number) -> bool {
    number.is_f64()
        || number
            .as_i128()
            .is_none_or(|integer| format!("{float}") == integer.to_string())
}

/// An exclusive limit: a boolean beside the limit in OpenAPI 3.0, the limit itself in 3.1.
#[derive(Debug, Clone)]
enum Exclusive {
    Absent,
    Flag(bool),
    Limit(Number),
}

fn exclusive(object: &mut Object<'_, '_, '_, '_>, key: &'static str) -> Exclusive {
    let Some(value) = object.take(key) else {
        return Exclusive::Absent;
    };
    let is_flag = match value {
        Value::String(text) => text.parse::<Number>().is_err(),
        other => !other.is_number(),
    };
    if is_flag {
        return object.flag(key).map_or(Exclusive::Absent, Exclusive::Flag);
    }
    let path = object.path.key(key);
    if object.reader.version == Version::V3_0 {
        object.reader.later(&path, "a number here");
    }
    object
        .number(key)
        .map_or(Exclusive::Absent, Exclusive::Limit)
}

/// The limit that counts, and whether it is exclusive.
fn bound(
    plain: Option<Number>,
    exclusive: Exclusive,
    stricter: fn(f64, f64) -> bool,
) -> (Option<Number>, Option<bool>) {
    match exclusive {
        Exclusive::Absent => (plain, None),
        Exclusive::Flag(flag) => {
            let flag = plain.is_some().then_some(flag);
            (plain, flag)
        }
        Exclusive::Limit(strict) => match plain {
            Some(plain) if !compare(&strict, &plain, stricter) => (Some(plain), None),
            _ => (Some(strict), Some(true)),
        },
    }
}

fn compare(left: &Number, right: &Number, stricter: fn(f64, f64) -> bool) -> bool {
    match (left.as_f64(), right.as_f64()) {
        (Some(left), Some(right)) => stricter(left, right),
        _ => true,
    }
}
