//! Bodies of requests and answers.

use serde_json::{Map, Value, json};

use super::Outline;
use super::choices::{Choices, object};
use super::names;
use super::parameters;
use super::schemas::Schemas;

/// The body of a request.
pub(super) fn request(outline: &Outline, choices: &mut Choices<'_>) -> Value {
    let mut request = object(json!({"content": content(outline, choices, 1)}));
    match choices.below(4) {
        2 => request.insert("required".to_owned(), json!(true)),
        3 => request.insert("description".to_owned(), json!(choices.pick(names::TEXTS))),
        _ => None,
    };
    Value::Object(request)
}

/// The answers of an operation, one at least.
pub(super) fn responses(outline: &Outline, choices: &mut Choices<'_>) -> Map<String, Value> {
    let statuses = [
        "201", "204", "2XX", "default", "404", "4XX", "500", "302", "202", "422",
    ];
    let mut responses = Map::new();
    let first = *choices.pick(&["200", "204", "default", "2XX", "404"]);
    responses.insert(first.to_owned(), response(outline, choices));
    for status in choices.some(&statuses, 3) {
        responses.insert(status.to_owned(), response(outline, choices));
    }
    if let Some(Value::Object(empty)) = responses.get_mut("204") {
        empty.remove("content");
    }
    responses
}

pub(super) fn response(outline: &Outline, choices: &mut Choices<'_>) -> Value {
    let mut response = object(json!({"description": choices.pick(names::TEXTS)}));
    if choices.chance(2) {
        response.insert("content".to_owned(), content(outline, choices, 0));
    }
    if choices.chance(4) {
        response.insert("headers".to_owned(), parameters::headers(outline, choices));
    }
    if choices.chance(12) {
        let link = json!({"next": {"operationRef": "#/paths/~1", "parameters": {"id": 1}}});
        response.insert("links".to_owned(), link);
    }
    Value::Object(response)
}

/// Media types, so many at least.
fn content(outline: &Outline, choices: &mut Choices<'_>, least: usize) -> Value {
    let types = [
        "application/json",
        "multipart/form-data",
        "application/x-www-form-urlencoded",
        "application/problem+json; charset=utf-8",
        "text/plain",
        "application/octet-stream",
        "application/xml",
        "image/*",
        "*/*",
        "application/merge-patch+json",
        "text/csv",
        "application/x-ndjson",
        "text/event-stream",
    ];
    let mut content = Map::new();
    if least > 0 || !choices.chance(4) {
        let first = *choices.pick(&types);
        content.insert(first.to_owned(), media(outline, choices, first));
    }
    for name in choices.some(&types, 1) {
        content.insert(name.to_owned(), media(outline, choices, name));
    }
    Value::Object(content)
}

fn media(outline: &Outline, choices: &mut Choices<'_>, name: &str) -> Value {
    if name.starts_with("multipart/") || name.contains("urlencoded") {
        return form(outline, choices, name);
    }
    let mut media = Map::new();
    if !choices.chance(6) {
        let schema = match name {
            _ if name.contains("json") => Schemas::new(outline, choices).held(),
            _ => json!({"type": "string", "format": choices.pick(&["binary", "date"])}),
        };
        media.insert("schema".to_owned(), schema);
    }
    match choices.below(6) {
        4 => media.insert("example".to_owned(), json!({"a": null})),
        5 => media.insert(
            "examples".to_owned(),
            json!({"a b": {"value": 1, "summary": ""}}),
        ),
        _ => None,
    };
    Value::Object(media)
}

/// A form, whose fields are written in ways of their own.
fn form(outline: &Outline, choices: &mut Choices<'_>, name: &str) -> Value {
    let mut schemas = Schemas::new(outline, choices);
    let schema = schemas.object();
    let fields: Vec<String> = match schema.get("properties") {
        Some(Value::Object(properties)) => properties.keys().cloned().collect(),
        _ => Vec::new(),
    };
    let mut encoding = Map::new();
    for field in choices.some(&fields, 2) {
        let one = if name.starts_with("multipart/") {
            json!({"contentType": choices.pick(&["application/json", "text/plain, image/png"])})
        } else {
            json!({"style": choices.pick(&["form", "deepObject", "pipeDelimited"]), "explode": true})
        };
        encoding.insert(field, one);
    }
    json!({"schema": schema, "encoding": encoding})
}
