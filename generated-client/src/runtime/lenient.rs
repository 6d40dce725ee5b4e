//! Integers that a server writes as `1.0`.
//!
//! To JSON they are the same number, and languages without integers write them so.

use serde_json::Value;

/// The value with its whole numbers written as integers; nothing where they are already.
pub(super) fn as_integers(value: &Value) -> Option<Value> {
    let mut value = value.clone();
    rewrite(&mut value).then_some(value)
}

/// Returns whether there was any.
fn rewrite(value: &mut Value) -> bool {
    match value {
        Value::Number(number) => {
            let whole = number.as_f64().filter(|_| number.is_f64());
            let integer = whole.filter(|whole| whole.fract() == 0.0).and_then(integer);
            let found = integer.is_some();
            if let Some(integer) = integer {
                *value = integer;
            }
            found
        }
        Value::Array(items) => items
            .iter_mut()
            .fold(false, |any, item| rewrite(item) | any),
        Value::Object(members) => {
            let values = members.values_mut();
            values.fold(false, |any, value| rewrite(value) | any)
        }
        Value::Null | Value::Bool(_) | Value::String(_) => false,
    }
}

/// The integer that a number without a fraction is, where there is a type for it.
fn integer(whole: f64) -> Option<Value> {
    let digits = format!("{whole:.0}");
    let signed = digits.parse::<i64>().map(Value::from);
    signed
        .or_else(|_| digits.parse::<u64>().map(Value::from))
        .ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::as_integers;

    #[test]
    fn whole_numbers_are_integers_however_they_are_written() {
        let value = json!({"a": [1.0, -2.0, 2.5, 1e19, -0.0], "b": "1.0", "c": 1e300});
        let expected =
            json!({"a": [1, -2, 2.5, 10_000_000_000_000_000_000_u64, 0], "b": "1.0", "c": 1e300});
        assert_eq!(as_integers(&value), Some(expected));
    }

    #[test]
    fn nothing_is_written_anew_without_need() {
        assert_eq!(
            as_integers(&json!([1, 0.5, null, true, {"a": "1.0"}])),
            None
        );
        assert_eq!(as_integers(&json!(1e300)), None);
    }
}
