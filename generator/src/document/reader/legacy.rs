//! Reads bodies that are written as Swagger 2.0 had them: as parameters.

use indexmap::IndexMap;
use openapiv3::{AnySchema, MediaType, ReferenceOr, RequestBody, Schema};
use serde_json::Value;

use super::Reader;
use super::object::Object;
use super::schema::{anything, boxed, made_of, schema};
use crate::document::pointer::Path;

/// The body that an operation's parameters `in: body` or `in: formData` describe; nothing where it has
/// none of these.
pub(super) fn body_of_parameters(object: &mut Object<'_, '_, '_, '_>) -> Option<RequestBody> {
    let Some(Value::Array(parameters)) = object.map.get("parameters") else {
        return None;
    };
    let path = object.path.key("parameters");
    let mut form = AnySchema::default();
    let mut has_file = false;
    for (index, value) in parameters.iter().enumerate() {
        let text = |key: &str| value.get(key).and_then(Value::as_str);
        let required = value.get("required") == Some(&Value::Bool(true));
        let path = path.index(index);
        match (text("in"), text("name")) {
            (Some("body"), _) => {
                let path = path.key("schema");
                let schema = value
                    .get("schema")
                    .and_then(|value| schema(object.reader, value, &path));
                let schema = schema.unwrap_or(ReferenceOr::Item(anything()));
                return Some(body("application/json", schema, required));
            }
            (Some("formData"), Some(name)) => {
                has_file |= text("type") == Some("file");
                let field = field(object.reader, value, &path)?;
                form.properties.insert(name.to_owned(), field);
                if required {
                    form.required.push(name.to_owned());
                }
            }
            _ => {}
        }
    }
    if form.properties.is_empty() {
        return None;
    }
    let media_type = if has_file {
        "multipart/form-data"
    } else {
        "application/x-www-form-urlencoded"
    };
    form.typ = Some("object".to_owned());
    let required = !form.required.is_empty();
    Some(body(media_type, ReferenceOr::Item(made_of(form)), required))
}

/// Whether a parameter is a part of a body, as Swagger 2.0 says it.
pub(super) fn is_body(location: &str) -> bool {
    matches!(location, "body" | "formData")
}

fn body(media_type: &str, schema: ReferenceOr<Schema>, required: bool) -> RequestBody {
    let content = MediaType {
        schema: Some(schema),
        ..MediaType::default()
    };
    RequestBody {
        content: IndexMap::from([(media_type.to_owned(), content)]),
        required,
        ..RequestBody::default()
    }
}

/// The schema of a form's field: its `schema`, or the keywords that stand in the parameter itself.
fn field<'v>(
    reader: &mut Reader<'_, 'v>,
    value: &'v Value,
    path: &Path<'_>,
) -> Option<ReferenceOr<Box<Schema>>> {
    if let Some(own) = value.get("schema") {
        return boxed(reader, own, &path.key("schema"));
    }
    let text = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
    let mut any = AnySchema {
        typ: text("type").filter(|kind| kind != "file"),
        format: text("format"),
        ..AnySchema::default()
    };
    if text("type").as_deref() == Some("file") {
        any.typ = Some("string".to_owned());
        any.format = Some("binary".to_owned());
    }
    if let Some(Value::Array(values)) = value.get("enum") {
        any.enumeration.clone_from(values);
    }
    if let Some(items) = value.get("items") {
        any.items = Some(boxed(reader, items, &path.key("items"))?);
    }
    Some(ReferenceOr::boxed_item(made_of(any)))
}
