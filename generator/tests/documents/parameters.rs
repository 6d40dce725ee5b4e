//! Parameters and headers.

use serde_json::{Map, Value, json};

use super::Outline;
use super::choices::{Choices, object};
use super::names;
use super::schemas::Schemas;

/// Parameters for these names in a path, each required there.
pub(super) fn of_path(
    outline: &Outline,
    choices: &mut Choices<'_>,
    names: &[String],
) -> Vec<Value> {
    let parameters = names.iter().map(|name| {
        let mut parameter = parameter(outline, choices, "path", name);
        parameter.insert("required".to_owned(), json!(true));
        Value::Object(parameter)
    });
    parameters.collect()
}

/// Other parameters; no two share name and location.
pub(super) fn others(outline: &Outline, choices: &mut Choices<'_>) -> Vec<Value> {
    let mut parameters = Vec::new();
    for (location, pool) in [
        ("query", names::MEMBERS),
        ("header", names::HEADERS),
        ("cookie", names::MEMBERS),
    ] {
        let most = if location == "query" { 4 } else { 2 };
        let count = choices.below(most);
        let mut names = names::distinct(choices, pool, count);
        // A cookie is written as it is, so its name is a token.
        names.retain(|name| location != "cookie" || is_token(name));
        for name in names {
            let mut parameter = parameter(outline, choices, location, &name);
            if choices.chance(3) {
                parameter.insert("required".to_owned(), json!(true));
            }
            parameters.push(Value::Object(parameter));
        }
    }
    parameters
}

fn is_token(name: &str) -> bool {
    let mut characters = name.chars();
    !name.is_empty() && characters.all(|one| one.is_ascii_alphanumeric() || "-_.+".contains(one))
}

fn parameter(
    outline: &Outline,
    choices: &mut Choices<'_>,
    location: &str,
    name: &str,
) -> Map<String, Value> {
    let mut parameter = content(outline, choices, location);
    parameter.insert("in".to_owned(), json!(location));
    parameter.insert("name".to_owned(), json!(name));
    match choices.below(8) {
        5 => parameter.insert("description".to_owned(), json!(choices.pick(names::TEXTS))),
        6 => parameter.insert("deprecated".to_owned(), json!(true)),
        7 if location == "query" => parameter.insert("allowReserved".to_owned(), json!(true)),
        _ => None,
    };
    parameter
}

/// What a parameter holds, and how it is written.
fn content(outline: &Outline, choices: &mut Choices<'_>, location: &str) -> Map<String, Value> {
    let mut schemas = Schemas::new(outline, choices);
    if schemas.choices.chance(10) {
        let schema = schemas.held();
        return object(json!({"content": {"application/json": {"schema": schema}}}));
    }
    let (schema, kind) = match schemas.choices.below(6) {
        0..=2 => (schemas.scalar(), "scalar"),
        3 => (schemas.enumeration(), "scalar"),
        4 => {
            let items = schemas.scalar();
            (object(json!({"type": "array", "items": items})), "array")
        }
        _ => {
            let property = schemas.scalar();
            let properties = json!({"a b": property, "type": {"type": "integer"}});
            (
                object(json!({"type": "object", "properties": properties})),
                "object",
            )
        }
    };
    let styles: &[&str] = match (location, kind) {
        ("path", _) => &["", "simple", "label", "matrix"],
        ("query", "array") => &["", "form", "spaceDelimited", "pipeDelimited"],
        ("query", "object") => &["deepObject", "form"],
        ("header", _) => &["", "simple"],
        _ => &["", "form"],
    };
    let style = *choices.pick(styles);
    let mut content = object(json!({"schema": schema}));
    if !style.is_empty() {
        content.insert("style".to_owned(), json!(style));
    }
    if choices.chance(3) {
        let explode = style == "deepObject" || choices.chance(2);
        content.insert("explode".to_owned(), json!(explode));
    }
    content
}

/// Headers of an answer.
pub(super) fn headers(outline: &Outline, choices: &mut Choices<'_>) -> Value {
    let count = choices.below(3);
    let names = names::distinct(choices, names::HEADERS, count).into_iter();
    let headers: Map<String, Value> = names
        .map(|name| (name, Value::Object(content(outline, choices, "header"))))
        .collect();
    Value::Object(headers)
}
