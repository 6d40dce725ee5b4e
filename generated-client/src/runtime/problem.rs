//! Finds what people want to read in the body of an error, whatever its type.
//!
//! Servers repeat in errors what they were sent, which may be secret. So only those properties are looked
//! into that are known to hold messages, and of lists and objects of any name only lists of texts.

use http::StatusCode;
use serde_json::{Map, Value};

use super::decode::without_mark;

/// Where in a request something is wrong; it counts where a message says what.
const PLACES: &[&str] = &[
    "loc",
    "path",
    "instancePath",
    "field",
    "key",
    "param",
    "pointer",
    "property",
];

/// Properties that servers put a text for people or a code into, in the order in which they read best.
const TELLING: &[&str] = &[
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
    "brief",
    "detail",
    "details",
    "description",
    "error_description",
    "reason",
    "errors",
    "constraints",
];

/// Properties that hold objects which tell something.
const ENVELOPES: &[&str] = &[
    "cause",
    "causes",
    "extra",
    "fault",
    "fieldErrors",
    "field_errors",
    "inner_error",
    "innererror",
    "invalid-params",
    "invalidParams",
    "invalid_params",
    "issues",
    "messages",
    "problems",
    "validationErrors",
    "validation_errors",
    "violations",
];

/// Properties of objects whose members may be messages, by the names of what those are about.
const NAMED: &[&str] = &["message", "detail", "constraints"];

/// What an object has that tells what is wrong with one thing, as tsoa and Mongoose write it. One with any
/// other property may be what was sent.
const OF_ONE: &[&str] = &[
    "code",
    "kind",
    "message",
    "name",
    "path",
    "properties",
    "reason",
    "type",
    "value",
];

/// Parts of the names of properties that hold secrets, which an error may repeat.
const SECRETS: &[&str] = &[
    "authorization",
    "cookie",
    "credential",
    "key",
    "pass",
    "secret",
    "token",
];

/// Properties that repeat what was sent.
const ECHOES: &[&str] = &[
    "actual", "body", "context", "ctx", "data", "given", "input", "params", "received", "request",
    "target", "value", "values",
];

/// The longest summary, in characters.
const LONGEST: usize = 500;

/// How deep messages are looked for; the place of an error is deeper than its message.
const DEEPEST: usize = 6;

/// The greatest number of its parts.
const MOST_PARTS: usize = 8;

/// Codes and messages of an error's body in one line; nothing where there are none.
pub(super) fn summary(status: StatusCode, body: &[u8]) -> Option<String> {
    let mut summary = Summary {
        status,
        parts: Vec::new(),
    };
    let body = without_mark(body);
    match serde_json::from_slice::<Value>(body) {
        Ok(Value::Object(members)) if !is_telling(&members) => {
            summary.add_unknown(&members, 0);
            // Some have a name, and the message only in here; what repeats a request has another one beside it.
            if let Some(Value::Object(data)) =
                members.get("data").filter(|_| summary.parts.is_empty())
                && let Some(message @ Value::String(_)) = data.get("message")
            {
                summary.add(message, 0);
            }
            // All that Effect says of an error, unless its author adds more.
            if let Some(tag) = members.get("_tag").filter(|_| summary.parts.is_empty()) {
                summary.add(tag, 0);
            }
        }
        Ok(value) => summary.add(&value, 0),
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

/// A text for people, rather than a page, a broken JSON text or a form.
fn is_plain(text: &str) -> bool {
    let text = text.trim();
    !text.starts_with(['<', '{', '[']) && (text.contains(' ') || !text.contains('='))
}

fn is_telling(members: &Map<String, Value>) -> bool {
    TELLING.iter().any(|name| members.contains_key(*name))
}

/// A list of texts, which are messages more often than not.
fn is_texts(value: &Value) -> bool {
    let items = value.as_array().map_or(&[][..], Vec::as_slice);
    !items.is_empty() && items.iter().all(Value::is_string)
}

/// A text of several words about something else than a secret. What an object of details repeats of a request
/// is a word more often than not.
fn is_told(name: &str, value: &Value) -> bool {
    let text = value.as_str().unwrap_or_default();
    let name = name.to_ascii_lowercase();
    text.trim().contains(' ') && !SECRETS.iter().any(|part| name.contains(part))
}

/// The message of an object that tells what is wrong with one thing.
fn message_of_one(members: &Map<String, Value>) -> Option<&Value> {
    let message = members
        .get("message")
        .filter(|message| message.is_string())?;
    let mut names = members.keys();
    names
        .all(|name| OF_ONE.contains(&name.as_str()))
        .then_some(message)
}

struct Summary {
    status: StatusCode,
    parts: Vec<String>,
}

impl Summary {
    /// Adds a value that is known to tell something.
    fn add(&mut self, value: &Value, depth: usize) {
        if depth > DEEPEST {
            return;
        }
        match value {
            Value::String(text) => match nested(text) {
                Some(inner) => self.add(&inner, depth + 1),
                None => self.add_text(text),
            },
            Value::Number(number) => self.add_text(&number.to_string()),
            Value::Array(items) => {
                for item in items {
                    self.add(item, depth + 1);
                }
            }
            Value::Object(members) if is_telling(members) => self.add_members(members, depth + 1),
            Value::Object(members) => self.add_unknown(members, depth + 1),
            _ => {}
        }
    }

    fn add_members(&mut self, members: &Map<String, Value>, depth: usize) {
        for name in PLACES.iter().chain(TELLING) {
            match members.get(*name) {
                Some(path) if *name == "path" => self.add_steps(path, depth),
                Some(Value::Object(places)) if *name == "errors" && !is_telling(places) => {
                    self.add_named(places, |_, value| value.is_string(), depth);
                    self.add_unknown(places, depth);
                }
                Some(Value::Object(places)) if NAMED.contains(name) && !is_telling(places) => {
                    self.add_named(places, is_told, depth);
                    self.add_unknown(places, depth);
                }
                Some(value) => self.add(value, depth),
                None => {}
            }
        }
        self.add_envelopes(members, depth);
    }

    /// Adds the steps to what is wrong. Some are objects, which repeat what was sent beside the name. Where there
    /// is no list of steps, it is the path of the request more often than not.
    fn add_steps(&mut self, path: &Value, depth: usize) {
        for step in path.as_array().into_iter().flatten() {
            self.add(step.get("key").unwrap_or(step), depth + 1);
        }
    }

    /// Adds what an object of unknown properties tells.
    fn add_unknown(&mut self, members: &Map<String, Value>, depth: usize) {
        if depth > 0 || members.values().all(is_texts) {
            self.add_named(members, |_, value| is_texts(value), depth);
        }
        self.add_envelopes(members, depth);
    }

    fn add_envelopes(&mut self, members: &Map<String, Value>, depth: usize) {
        for (name, value) in members {
            let holds_more = match name.as_str() {
                // Anything may have a status; an object that tells something is no usual one.
                "status" => value.as_object().is_some_and(is_telling),
                name => ENVELOPES.contains(&name) && (value.is_array() || value.is_object()),
            };
            if holds_more {
                self.add(value, depth);
            }
        }
    }

    /// Adds messages with the names of what they are about.
    fn add_named(
        &mut self,
        members: &Map<String, Value>,
        is_message: fn(&str, &Value) -> bool,
        depth: usize,
    ) {
        for (name, value) in members {
            if ECHOES.contains(&name.as_str()) || ENVELOPES.contains(&name.as_str()) {
                continue;
            }
            let known = self.parts.len();
            self.add_text(name);
            let named = self.parts.len();
            match value {
                value if is_message(name, value) => self.add(value, depth),
                Value::Object(members) if depth < DEEPEST => match message_of_one(members) {
                    Some(message) => self.add(message, depth),
                    None => self.add_named(members, |_, value| is_texts(value), depth + 1),
                },
                _ => {}
            }
            if self.parts.len() == named {
                self.parts.truncate(known);
            }
        }
    }

    /// Adds what is not known yet.
    fn add_text(&mut self, text: &str) {
        let text = one_line(text.trim());
        // A word may well be part of another one.
        let is_told = |part: &String| *part == text || text.contains(' ') && part.contains(&text);
        let is_new = !text.is_empty() && !self.parts.iter().any(is_told);
        if is_new && !repeats(self.status, &text) && self.parts.len() < MOST_PARTS {
            self.parts.push(text);
        }
    }
}

/// A list or an object that is written as a text, as the message of a `ZodError` is.
fn nested(text: &str) -> Option<Value> {
    let is_json = text.trim_start().starts_with(['[', '{']);
    is_json.then(|| serde_json::from_str(text).ok()).flatten()
}

/// Says no more than the status, which stands before: its number, its reason, or both.
fn repeats(status: StatusCode, text: &str) -> bool {
    let rest = text.strip_prefix(status.as_str()).unwrap_or(text).trim();
    let reason = status.canonical_reason().unwrap_or_default();
    rest.is_empty() || rest.eq_ignore_ascii_case(reason)
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
            (
                r#"{"path":"/things","message":"is bad","issues":[{"path":["tags",0],"message":"is odd"}]}"#,
                "is bad: tags: 0: is odd",
            ),
            (
                r#"{"error":[{"message":"is odd","path":[{"key":"tags","value":["secret"]},{"key":0}]}]}"#,
                "tags: 0: is odd",
            ),
            (
                r#"{"errors":[{"instancePath":"/size","message":"must be <= 50"}]}"#,
                "/size: must be <= 50",
            ),
            (r#"{"errors":["is taken"]}"#, "is taken"),
            (
                r#"{"error":{"message":"[{\"path\":[\"size\"],\"message\":\"is odd\",\"input\":\"secret\"}]"}}"#,
                "size: is odd",
            ),
            (
                r#"{"message":"[url] is no address"}"#,
                "[url] is no address",
            ),
            (
                r#"{"error":{"issues":[{"code":"bad","path":["a",0],"message":"is odd"}]}}"#,
                "a: 0: bad: is odd",
            ),
            (r#"{"name":"Neo","_tag":"UserTaken"}"#, "UserTaken"),
            (
                r#"{"name":"NotFound","data":{"message":"there is none","ref":"e1"}}"#,
                "there is none",
            ),
            (
                r#"{"error":{"code":422,"name":"Unprocessable Entity","brief":"it is there"}}"#,
                "it is there",
            ),
            (
                r#"{"detail":"it is there","status":409,"title":"Conflict"}"#,
                "Conflict: it is there",
            ),
            (
                r#"{"errors":[{"message":"is invalid","field":"email"}]}"#,
                "email: is invalid",
            ),
            (
                r#"{"result":null,"status":{"error":"Not found: no such"},"time":0.1}"#,
                "Not found: no such",
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
                r#"{"message":{"database_name":"A database with this name is there."}}"#,
                "database_name: A database with this name is there.",
            ),
            (
                r#"{"detail":{"json":{"size":["Too small."]},"name":"is taken"}}"#,
                "json: size: Too small.: name: is taken",
            ),
            (r#"{"errors":{"status":"is odd"}}"#, "status: is odd"),
            (
                r#"{"message":"Invalid","details":{"body.size":{"message":"is odd","value":"secret"}}}"#,
                "Invalid: body.size: is odd",
            ),
            (
                r#"{"message":"Invalid","errors":[{"target":{"tags":["secret"]},"value":"my secret","property":"mail","constraints":{"isEmail":"mail must be an email"}}]}"#,
                "Invalid: mail: isEmail: mail must be an email",
            ),
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
            r#"{"detail":{"password":"secret"}}"#,
            r#"{"message":{"input":"my secret","request":{"note":"my secret"}}}"#,
            r#"{"status":{"password":"secret","token":"my secret"}}"#,
            r#"{"details":{"request":{"password":"secret"}}}"#,
            r#"{"data":{"password":"secret","message":{"error":"secret"}}}"#,
            r#"{"details":{"draft":{"message":"secret","to":"me"}}}"#,
            r#"{"recovery_codes":["secret"],"password":"x"}"#,
            r#"{"errors":{"request":{"password":"secret"}}}"#,
            r#"{"errors":[{"target":{"codes":["secret"]},"children":[]}]}"#,
            r#"{"errors":[{"field":"password","value":{"message":"secret"}}]}"#,
            "password=secret&user=a",
        ] {
            assert_eq!(shown(body), None, "{body}");
        }
        let cases = [
            (
                r#"{"detail":[{"msg":"is missing","loc":["body"],"input":{"key":"secret","code":"secret"}}]}"#,
                "body: is missing",
            ),
            (
                r#"{"message":"bad","details":{"request":{"passwords":["secret"]}}}"#,
                "bad",
            ),
            (
                r#"{"errors":{"password":{"value":"secret","rules":["too short"]}}}"#,
                "password: rules: too short",
            ),
            (
                "\u{feff}{\"password\":\"secret\",\"detail\":\"bad\"}",
                "bad",
            ),
        ];
        for (body, expected) in cases {
            assert_eq!(shown(body).as_deref(), Some(expected), "{body}");
        }
    }

    #[test]
    fn nothing_is_said_twice() {
        let body = r#"{"message":"none such","details":[{"message":"none such"}],"code":422}"#;
        assert_eq!(shown(body).as_deref(), Some("none such"));
        let body =
            r#"{"message":"bad data: the id is wrong","details":[{"message":"the id is wrong"}]}"#;
        assert_eq!(shown(body).as_deref(), Some("bad data: the id is wrong"));
        let body = r#"{"code":"E1","message":"E12 is odd"}"#;
        assert_eq!(shown(body).as_deref(), Some("E1: E12 is odd"));
        let body = r#"{"title":"Unprocessable Entity","detail":"422 no such unit"}"#;
        assert_eq!(shown(body).as_deref(), Some("422 no such unit"));
        for title in ["422", "unprocessable entity", "422 Unprocessable Entity"] {
            assert_eq!(shown(&format!(r#"{{"title":"{title}"}}"#)), None, "{title}");
        }
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
