//! Reads operations.

use indexmap::IndexMap;
use openapiv3::{
    Callback, MediaType, Operation, Parameter, ReferenceOr, RequestBody, Response, Responses,
    StatusCode,
};
use serde_json::{Map, Value};

use super::legacy::body_of_parameters;
use super::media::{header_or_reference, link_or_reference, media_type};
use super::object::Object;
use super::parameter::parameter_or_reference;
use super::path_item::path_item;
use super::resolve::{Section, reference_object};
use super::root::{self, server};
use super::schema::{anything, external_docs};
use super::{Reader, Version};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::pointer::Path;

pub(super) fn operation<'v>(
    reader: &mut Reader<'_, 'v>,
    value: &'v Value,
    path: &Path<'_>,
) -> Option<Operation> {
    let mut object = reader.object(value, path)?;
    let takes_bodies = object.map.get("requestBody").is_none_or(Value::is_null);
    let parameters = parameters_of(&mut object, takes_bodies);
    Some(Operation {
        tags: object.texts("tags"),
        summary: object.text("summary"),
        description: object.text("description"),
        external_docs: object.item("externalDocs", external_docs),
        operation_id: object.text("operationId"),
        parameters,
        request_body: request_body_of(&mut object),
        responses: responses_of(&mut object),
        callbacks: object.map("callbacks", operation_callback),
        deprecated: object.flag("deprecated").unwrap_or_default(),
        security: root::security(&mut object),
        servers: object.list("servers", server),
        extensions: object.finish(),
    })
}

/// The parameters. One `in: body` is left to the body, where there is no other.
fn parameters_of(
    object: &mut Object<'_, '_, '_, '_>,
    takes_bodies: bool,
) -> Vec<ReferenceOr<Parameter>> {
    let outer = std::mem::replace(&mut object.reader.takes_bodies, takes_bodies);
    let parameters = object.list("parameters", parameter_or_reference);
    object.reader.takes_bodies = outer;
    parameters
}

/// The request body. One that cannot be read is still sent: as any JSON.
fn request_body_of(object: &mut Object<'_, '_, '_, '_>) -> Option<ReferenceOr<RequestBody>> {
    if object.map.get("requestBody").is_none_or(Value::is_null) {
        object.take("requestBody");
        return body_of_parameters(object).map(ReferenceOr::Item);
    }
    let body = object.item("requestBody", request_body_or_reference);
    Some(body.unwrap_or_else(|| {
        let json = MediaType {
            schema: Some(ReferenceOr::Item(anything())),
            ..MediaType::default()
        };
        ReferenceOr::Item(RequestBody {
            content: IndexMap::from([("application/json".to_owned(), json)]),
            ..RequestBody::default()
        })
    }))
}

/// The responses. OpenAPI 3.1 lets them be absent; 3.0 does not, yet nothing depends on it.
fn responses_of(object: &mut Object<'_, '_, '_, '_>) -> Responses {
    if !object.map.contains_key("responses") && object.reader.version == Version::V3_0 {
        object.assumed("responses", "any answer");
    }
    object.item("responses", responses).unwrap_or_default()
}

fn responses<'v>(
    reader: &mut Reader<'_, 'v>,
    value: &'v Value,
    path: &Path<'_>,
) -> Option<Responses> {
    let entries = reader.object(value, path)?.map;
    let parent = path;
    let mut responses = Responses::default();
    for (key, value) in entries {
        let path = parent.key(key);
        if key.starts_with("x-") {
            responses.extensions.insert(key.clone(), value.clone());
        } else if key == "default" {
            responses.default = response_or_reference(reader, value, &path);
        } else if let Some(status) = status(key) {
            let name = status.to_string();
            let is_other_spelling = name != *key;
            let is_known = responses.responses.contains_key(&status);
            if is_other_spelling && (is_known || entries.contains_key(&name)) {
                reader.ignored(&path, &format!("names the same answers as `{name}`"));
            } else if let Some(response) = response_or_reference(reader, value, &path) {
                if is_other_spelling {
                    reader.moved(parent, &name, &path);
                }
                responses.responses.insert(status, response);
            }
        } else {
            let message = format!("`{key}` is no status code");
            let location = reader.at_key(&path);
            let help = "the keys are codes such as `200`, ranges such as `4XX`, and `default`";
            reader.push(Diagnostic::new(Code::InvalidValue, location, message).help(help));
        }
    }
    Some(responses)
}

fn status(key: &str) -> Option<StatusCode> {
    let mut digits = key.chars();
    let class = digits
        .next()?
        .to_digit(10)
        .filter(|class| (1..=9).contains(class))?;
    let class = u16::try_from(class).ok()?;
    if matches!(digits.as_str(), "XX" | "xx" | "Xx" | "xX") {
        return Some(StatusCode::Range(class));
    }
    let is_code = key.len() == 3 && key.bytes().all(|byte| byte.is_ascii_digit());
    is_code
        .then(|| key.parse().ok())
        .flatten()
        .map(StatusCode::Code)
}

pub(super) fn response_or_reference<'v>(
    reader: &mut Reader<'_, 'v>,
    value: &'v Value,
    path: &Path<'_>,
) -> Option<ReferenceOr<Response>> {
    if let Some(map) = reference_object(value) {
        let reference = reader.reference(Section::Responses, map, path)?;
        return Some(ReferenceOr::Reference { reference });
    }
    if value.is_null() {
        reader.coerced(path, "null", "an empty response");
        return Some(ReferenceOr::Item(Response::default()));
    }
    let mut object = reader.object(value, path)?;
    Some(ReferenceOr::Item(Response {
        description: response_description(&mut object),
        headers: object.map("headers", header_or_reference),
        content: content(&mut object),
        links: object.map("links", link_or_reference),
        extensions: object.finish(),
    }))
}

/// The media types. A key beside them that cannot be one is a slip: a body of that kind could be neither
/// asked for nor sent.
fn content(object: &mut Object<'_, '_, '_, '_>) -> IndexMap<String, MediaType> {
    let mut content = object.map("content", media_type);
    if content.keys().any(|name| name.contains('/')) {
        let place = object.path.key("content");
        content.retain(|name, _| {
            let is_name = name.contains('/');
            if !is_name {
                let location = object.reader.at_key(&place.key(name));
                let message = format!("`{name}` is no media type, and is ignored");
                let diagnostic = Diagnostic::new(Code::IgnoredKeyword, location, message);
                object.reader.push_once(diagnostic.label("ignored"));
            }
            is_name
        });
    }
    content
}

/// The description, or the summary in its place: OpenAPI 3.2 requires neither.
fn response_description(object: &mut Object<'_, '_, '_, '_>) -> String {
    let summary = object.text("summary");
    if summary.is_some() || object.reader.version >= Version::V3_2 {
        let description = object.text("description");
        return description.or(summary).unwrap_or_default();
    }
    let description = object.text("description");
    if !object.map.contains_key("description") {
        let location = object.reader.at_value(object.path);
        let message = "a response lacks `description`, which is required; an empty one is assumed";
        let diagnostic = Diagnostic::new(Code::AssumedKeyword, location, message);
        let diagnostic = diagnostic.label("`description` is missing");
        object.reader.push_once(diagnostic);
    }
    description.unwrap_or_default()
}

pub(super) fn request_body_or_reference<'v>(
    reader: &mut Reader<'_, 'v>,
    value: &'v Value,
    path: &Path<'_>,
) -> Option<ReferenceOr<RequestBody>> {
    if let Some(map) = reference_object(value) {
        let reference = reader.reference(Section::RequestBodies, map, path)?;
        return Some(ReferenceOr::Reference { reference });
    }
    let mut object = reader.object(value, path)?;
    if !object.map.contains_key("content") {
        object.missing("content");
    }
    Some(ReferenceOr::Item(RequestBody {
        description: object.text("description"),
        content: content(&mut object),
        required: object.flag("required").unwrap_or_default(),
        extensions: object.finish(),
    }))
}

/// An operation's callback. The model holds none by reference, so one is checked and left empty.
fn operation_callback<'v>(
    reader: &mut Reader<'_, 'v>,
    value: &'v Value,
    path: &Path<'_>,
) -> Option<Callback> {
    match callback_or_reference(reader, value, path)? {
        ReferenceOr::Item(callback) => Some(callback),
        ReferenceOr::Reference { .. } => Some(Callback::new()),
    }
}

pub(super) fn callback_or_reference<'v>(
    reader: &mut Reader<'_, 'v>,
    value: &'v Value,
    path: &Path<'_>,
) -> Option<ReferenceOr<Callback>> {
    if let Some(map) = reference_object(value) {
        let reference = reader.reference(Section::Callbacks, map, path)?;
        return Some(ReferenceOr::Reference { reference });
    }
    let entries: &'v Map<String, Value> = reader.object(value, path)?.map;
    let mut callback: Callback = IndexMap::new();
    for (expression, value) in entries {
        if expression.starts_with("x-") {
            continue;
        }
        if let Some(item) = path_item(reader, value, &path.key(expression)) {
            callback.insert(expression.clone(), item.model);
        }
    }
    Some(ReferenceOr::Item(callback))
}
