//! Values as YAML that a person reads: a line for each scalar, so that differences are short.

use serde_json::Value;

/// A value on its own.
pub(super) fn write(value: &Value) -> String {
    let mut text = String::new();
    block(value, 0, &mut text);
    text
}

/// A value with the name that it has in an object.
pub(super) fn member(name: &str, value: &Value) -> String {
    let mut text = String::new();
    entry(&format!("{}:", scalar_text(name)), value, 0, &mut text);
    text
}

fn block(value: &Value, depth: usize, text: &mut String) {
    match value {
        Value::Object(members) if !members.is_empty() => {
            for (name, value) in members {
                indent(depth, text);
                entry(&format!("{}:", scalar_text(name)), value, depth, text);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            for item in items {
                indent(depth, text);
                match item {
                    Value::Object(_) | Value::Array(_) if !is_flat(item) => {
                        let mut inner = String::new();
                        block(item, depth + 1, &mut inner);
                        text.push_str("- ");
                        text.push_str(inner.trim_start());
                    }
                    _ => entry("-", item, depth, text),
                }
            }
        }
        scalar => {
            text.push_str(&flat(scalar));
            text.push('\n');
        }
    }
}

/// What comes behind a name or a hyphen.
fn entry(start: &str, value: &Value, depth: usize, text: &mut String) {
    text.push_str(start);
    if is_flat(value) {
        text.push(' ');
        text.push_str(&flat(value));
        text.push('\n');
    } else {
        text.push('\n');
        block(value, depth + 1, text);
    }
}

fn indent(depth: usize, text: &mut String) {
    text.push_str(&"  ".repeat(depth));
}

/// It stands on one line.
fn is_flat(value: &Value) -> bool {
    match value {
        Value::Object(members) => members.is_empty(),
        Value::Array(items) => items.is_empty(),
        _ => true,
    }
}

fn flat(value: &Value) -> String {
    match value {
        Value::String(text) => scalar_text(text),
        other => other.to_string(),
    }
}

/// A text without quotes where it would be read as the same text.
fn scalar_text(text: &str) -> String {
    let first = text.chars().next();
    let plain = first.is_some_and(|first| first.is_alphabetic() || "/$_".contains(first))
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.ends_with([':', ' '])
        && !text.contains(char::is_control)
        && !["true", "false", "null", "yes", "no", "on", "off"]
            .contains(&text.to_lowercase().as_str());
    if plain {
        text.to_owned()
    } else {
        Value::from(text).to_string()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{member, write};

    #[test]
    fn each_scalar_has_a_line() {
        let value = json!({
            "type": "object",
            "required": ["a", "b c"],
            "x": {"on": [], "list": [{"k": 1, "l": null}, [true]]},
            "text": "no: it is"
        });
        let expected = "\
type: object
required:
  - a
  - b c
x:
  \"on\": []
  list:
    - k: 1
      l: null
    - - true
text: \"no: it is\"
";
        assert_eq!(write(&value), expected);
        assert_eq!(member("in", &json!("header")), "in: header\n");
    }
}
