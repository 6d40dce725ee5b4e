//! Finds what people want to read in the body of an error, whatever its type.

use serde_json::Value;

/// Properties that servers put a text for people or a code into.
const TELLING: &[&str] = &[
    "errorCode",
    "error_code",
    "code",
    "title",
    "message",
    "errorMessage",
    "error_message",
    "exception_message",
    "msg",
    "detail",
    "details",
    "description",
    "error",
    "errors",
    "error_description",
    "reason",
    // Where in a request something is wrong, beside what is.
    "loc",
];

/// The longest summary, in characters.
const LONGEST: usize = 500;

/// Codes and messages of an error's body in one line; nothing where there are none.
pub(super) fn summary(body: &[u8]) -> Option<String> {
    let value: Value = serde_json::from_slice(body).ok()?;
    let mut texts = Vec::new();
    collect(&value, false, 0, &mut texts);
    let summary = texts.join(": ");
    let short: String = summary.chars().take(LONGEST).collect();
    (!short.is_empty()).then_some(short)
}

fn collect(value: &Value, telling: bool, depth: usize, texts: &mut Vec<String>) {
    if depth > 4 || texts.len() >= 8 {
        return;
    }
    match value {
        Value::String(text) if telling => texts.push(one_line(text)),
        Value::Number(number) if telling => texts.push(number.to_string()),
        Value::Array(items) => {
            for item in items {
                collect(item, telling, depth + 1, texts);
            }
        }
        Value::Object(members) => {
            for (key, member) in members {
                let telling = TELLING.contains(&key.as_str());
                if telling || member.is_array() || member.is_object() {
                    collect(member, telling, depth + 1, texts);
                }
            }
        }
        _ => {}
    }
}

/// Control characters could forge lines of a log.
fn one_line(text: &str) -> String {
    text.chars()
        .map(|character| {
            if character.is_control() {
                ' '
            } else {
                character
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::summary;

    #[test]
    fn codes_and_messages_are_found_at_any_depth() {
        let body =
            br#"{"httpStatus":404,"messages":[{"errorCode":"paas-42","message":"no\nsuch"}]}"#;
        assert_eq!(summary(body).as_deref(), Some("paas-42: no such"));
        let body =
            br#"{"detail":[{"input":"secret","loc":["body","ram"],"msg":"Field required"}]}"#;
        assert_eq!(summary(body).as_deref(), Some("body: ram: Field required"));
        let body = br#"{"errors":["is taken"]}"#;
        assert_eq!(summary(body).as_deref(), Some("is taken"));
        assert_eq!(summary(b"<html>"), None);
        assert_eq!(summary(b"{}"), None);
    }
}
