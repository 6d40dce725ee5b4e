//! What two JSON values do not have in common, without what looks secret.

use serde_json::Value;

/// Parts of names that stand for secrets.
const SECRET_NAMES: &[&str] = &["password", "passphrase", "secret", "token", "credential"];

/// The most differences that are listed.
const MOST: usize = 20;

/// A line for each difference, with its JSON pointer.
pub(super) fn differences(expected: &Value, found: &Value) -> Vec<String> {
    let mut lines = Vec::new();
    compare("", "", Some(expected), Some(found), &mut lines);
    lines.truncate(MOST);
    lines
}

fn compare(
    pointer: &str,
    name: &str,
    expected: Option<&Value>,
    found: Option<&Value>,
    lines: &mut Vec<String>,
) {
    match (expected, found) {
        (Some(Value::Object(one)), Some(Value::Object(other))) => {
            let added = other.keys().filter(|key| !one.contains_key(*key));
            for key in one.keys().chain(added) {
                let pointer = format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"));
                compare(&pointer, key, one.get(key), other.get(key), lines);
            }
        }
        (Some(Value::Array(one)), Some(Value::Array(other))) => {
            for index in 0..one.len().max(other.len()) {
                let pointer = format!("{pointer}/{index}");
                compare(&pointer, name, one.get(index), other.get(index), lines);
            }
        }
        (one, other) if one == other => {}
        (one, other) => {
            let place = if pointer.is_empty() {
                "the root"
            } else {
                pointer
            };
            lines.push(format!(
                "{place}: expected {}, sent {}",
                shown(name, one),
                shown(name, other)
            ));
        }
    }
}

fn shown(name: &str, value: Option<&Value>) -> String {
    value.map_or_else(
        || "nothing".to_owned(),
        |value| redacted(name, value).to_string(),
    )
}

/// A value that may be shown.
pub(super) fn redacted(name: &str, value: &Value) -> Value {
    match value {
        Value::Object(members) => members
            .iter()
            .map(|(key, member)| (key.clone(), redacted(key, member)))
            .collect(),
        Value::Array(items) => items.iter().map(|item| redacted(name, item)).collect(),
        Value::String(_) | Value::Number(_) if is_secret(name) => "(redacted)".into(),
        other => other.clone(),
    }
}

fn is_secret(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    SECRET_NAMES.iter().any(|part| name.contains(part))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::differences;

    #[test]
    fn each_difference_has_its_pointer() {
        let expected = json!({"ram": 1, "list": [1, 2], "a/b": null, "gone": true});
        let found = json!({"ram": 2, "list": [1], "a/b": {}, "new": "x"});
        let mut lines = differences(&expected, &found);
        lines.sort();
        let wanted = [
            "/a~1b: expected null, sent {}",
            "/gone: expected true, sent nothing",
            "/list/1: expected 2, sent nothing",
            "/new: expected nothing, sent \"x\"",
            "/ram: expected 1, sent 2",
        ];
        assert_eq!(lines, wanted);
        assert_eq!(differences(&expected, &expected), Vec::<String>::new());
    }

    #[test]
    fn a_secret_does_not_show_where_it_differs() {
        let expected = json!({"user": {"newPassword": "canary-1", "tokens": ["canary-2"]}});
        let found = json!({"user": {"newPassword": "canary-3", "tokens": "canary-4"}});
        let text = differences(&expected, &found).join("\n");
        assert!(text.contains("/user/newPassword"), "{text}");
        assert!(!text.contains("canary"), "{text}");
    }
}
