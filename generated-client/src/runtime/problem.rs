//! Finds what people want to read in the body of an error, whatever its type.

use http::StatusCode;
use serde_json::{Map, Value};

/// Properties that servers put a text for people or a code into, in the order in which they read best.
const TELLING: &[&str] = &[
    // Where in a request something is wrong.
    "loc",
    "field",
    "key",
    "param",
    "pointer",
    "property",
    "errorCode",
    "error_code",
    "code",
    "title",
    "error",
    "message",
    "errorMessage",
    "error_message",
    "exception_message",
    "msg",
    "detail",
    "details",
    "description",
    "error_description",
    "reason",
    "errors",
];

/// The longest summary, in characters.
const LONGEST: usize = 500;

/// The greatest number of its parts.
const MOST_PARTS: usize = 8;

/// Codes and messages of an error's body in one line; nothing where there are none.
pub(super) fn summary(status: StatusCode, body: &[u8]) -> Option<String> {
    let mut summary = Summary {
        status,
        parts: Vec::new(),
    };
    match serde_json::from_slice::<Value>(body) {
        Ok(value) => summary.add(&value, true, 0),
        Err(_) => summary.add_text(
            std::str::from_utf8(body)
                .ok()
                .filter(|text| is_plain(text))?,
        ),
    }
    let line = summary.parts.join(": ");
    let short: String = line.chars().take(LONGEST).collect();
    (!short.is_empty()).then_some(short)
}

/// A text for people, rather than a page or a broken JSON text.
fn is_plain(text: &str) -> bool {
    !text.trim_start().starts_with(['<', '{', '['])
}

fn is_telling(members: &Map<String, Value>) -> bool {
    TELLING.iter().any(|name| members.contains_key(*name))
}

struct Summary {
    status: StatusCode,
    parts: Vec<String>,
}

impl Summary {
    fn add(&mut self, value: &Value, telling: bool, depth: usize) {
        if depth > 4 {
            return;
        }
        match value {
            Value::String(text) if telling => self.add_text(text),
            Value::Number(number) if telling => self.add_text(&number.to_string()),
            Value::Array(items) => {
                for item in items {
                    self.add(item, telling, depth + 1);
                }
            }
            Value::Object(members) if telling && !is_telling(members) => {
                self.add_places(members, false, depth + 1);
            }
            Value::Object(members) => self.add_members(members, depth + 1),
            _ => {}
        }
    }

    fn add_members(&mut self, members: &Map<String, Value>, depth: usize) {
        for name in TELLING {
            match members.get(*name) {
                Some(Value::Object(places)) if *name == "errors" && !is_telling(places) => {
                    self.add_places(places, true, depth);
                }
                Some(value) => self.add(value, true, depth),
                None => {}
            }
        }
        for (name, value) in members {
            if !TELLING.contains(&name.as_str()) {
                self.add(value, false, depth);
            }
        }
    }

    /// Adds messages that are lists of texts, or texts where there can be nothing else, with the names of
    /// what they are about. Any other text may be a value, which may be secret.
    fn add_places(&mut self, members: &Map<String, Value>, texts_count: bool, depth: usize) {
        for (name, value) in members {
            let known = self.parts.len();
            self.add_text(name);
            let named = self.parts.len();
            match value {
                Value::String(_) if texts_count => self.add(value, true, depth),
                Value::Array(items) if items.iter().any(Value::is_string) => {
                    self.add(value, true, depth);
                }
                Value::Object(places) if !is_telling(places) && depth <= 4 => {
                    self.add_places(places, texts_count, depth + 1);
                }
                _ => {
                    self.parts.truncate(known);
                    self.add(value, false, depth);
                    continue;
                }
            }
            if self.parts.len() == named {
                self.parts.truncate(known);
            }
        }
    }

    /// Adds what is not known yet.
    fn add_text(&mut self, text: &str) {
        let text = one_line(text.trim());
        let is_new =
            !text.is_empty() && text != self.status.as_str() && !self.parts.contains(&text);
        if is_new && self.parts.len() < MOST_PARTS {
            self.parts.push(text);
        }
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
    use http::StatusCode;

    use super::summary;

    fn shown(body: &str) -> Option<String> {
        summary(StatusCode::UNPROCESSABLE_ENTITY, body.as_bytes())
    }

    #[test]
    fn codes_and_messages_are_found_at_any_depth() {
        let cases = [
            (
                r#"{"httpStatus":404,"messages":[{"errorCode":"paas-42","message":"no\nsuch"}]}"#,
                "paas-42: no such",
            ),
            (
                r#"{"detail":[{"input":"secret","loc":["body","ram"],"msg":"Field required"}]}"#,
                "body: ram: Field required",
            ),
            (r#"{"errors":["is taken"]}"#, "is taken"),
            (
                r#"{"detail":"it is there","status":409,"title":"Conflict"}"#,
                "Conflict: it is there",
            ),
            (
                r#"{"errors":[{"message":"is invalid","field":"email"}]}"#,
                "email: is invalid",
            ),
        ];
        for (body, expected) in cases {
            assert_eq!(shown(body).as_deref(), Some(expected), "{body}");
        }
    }

    #[test]
    fn messages_stand_behind_the_names_of_what_they_are_about() {
        let cases = [
            (
                r#"{"code":422,"errors":{"json":{"url":["Not a valid URL."]}},"status":"No"}"#,
                "json: url: Not a valid URL.",
            ),
            (
                r#"{"message":"Invalid.","detail":{"json":{"name":["Too short."]}}}"#,
                "Invalid.: json: name: Too short.",
            ),
            (r#"{"errors":{"name":"is taken"}}"#, "name: is taken"),
            (
                r#"{"name":["is required","is odd"]}"#,
                "name: is required: is odd",
            ),
        ];
        for (body, expected) in cases {
            assert_eq!(shown(body).as_deref(), Some(expected), "{body}");
        }
    }

    #[test]
    fn values_are_not_shown() {
        for body in [
            r#"{"detail":{"input":"secret"}}"#,
            r#"{"password":"secret"}"#,
            r#"{"details":{"request":{"password":"secret"}}}"#,
        ] {
            assert_eq!(shown(body), None, "{body}");
        }
    }

    #[test]
    fn nothing_is_said_twice() {
        let body = r#"{"message":"none such","details":[{"message":"none such"}],"code":422}"#;
        assert_eq!(shown(body).as_deref(), Some("none such"));
    }

    #[test]
    fn texts_are_shown_and_pages_are_not() {
        assert_eq!(
            shown("panic:\nnil map\n").as_deref(),
            Some("panic: nil map")
        );
        assert_eq!(shown(r#""it is gone""#).as_deref(), Some("it is gone"));
        assert_eq!(shown(r#"["a","b"]"#).as_deref(), Some("a: b"));
        for body in ["", "{}", "<html>", "{\"message\": ", "[1"] {
            assert_eq!(shown(body), None, "{body}");
        }
    }
}
