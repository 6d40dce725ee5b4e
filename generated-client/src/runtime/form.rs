//! Forms: `application/x-www-form-urlencoded`.

use serde::Serialize;
use serde_json::Value;

use super::auth::encode;

/// The properties of a value as pairs: a list repeats its name, an object within is a JSON text, and
/// null is left out.
pub(super) fn pairs<T: Serialize + ?Sized>(value: &T) -> Result<String, String> {
    let value = serde_json::to_value(value).map_err(|error| error.to_string())?;
    let Value::Object(members) = value else {
        return Err("only an object can be sent as a form".to_owned());
    };
    let mut text = String::new();
    for (name, member) in &members {
        match member {
            Value::Array(items) => items.iter().for_each(|item| push(&mut text, name, item)),
            other => push(&mut text, name, other),
        }
    }
    Ok(text)
}

fn push(text: &mut String, name: &str, value: &Value) {
    let plain = match value {
        Value::Null => return,
        Value::String(plain) => plain.clone(),
        other => other.to_string(),
    };
    if !text.is_empty() {
        text.push('&');
    }
    text.push_str(&encode(name));
    text.push('=');
    text.push_str(&encode(&plain));
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::pairs;

    #[test]
    fn properties_become_pairs() {
        let value = json!({"a b": "c&d", "n": 1, "no": null, "list": ["x", true], "o": {"k": 1}});
        let mut pairs: Vec<String> = pairs(&value)
            .expect("an object is a form")
            .split('&')
            .map(ToOwned::to_owned)
            .collect();
        pairs.sort();
        let expected = [
            "a%20b=c%26d",
            "list=true",
            "list=x",
            "n=1",
            "o=%7B%22k%22%3A1%7D",
        ];
        assert_eq!(pairs, expected);
        assert!(super::pairs(&json!([1])).is_err());
    }
}
