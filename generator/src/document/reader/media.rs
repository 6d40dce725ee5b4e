//! Reads media types, examples, headers and links.

use openapiv3::{
    Encoding, Example, Header, HeaderStyle, Link, LinkOperation, MediaType, QueryStyle,
    ReferenceOr, Server,
};
use serde_json::Value;

use super::parameter::{schema_or_content, style};
use super::resolve::{Section, reference_object};
use super::schema::schema;
use super::stream::{ItemPart, item_schema};
use super::{Reader, root};
use crate::document::pointer::Path;

/// A media type, whose name its place ends with. A reference is followed, for the model has none here.
pub(super) fn media_type<'v>(
    reader: &mut Reader<'_, 'v>,
    value: &'v Value,
    path: &Path<'_>,
) -> Option<MediaType> {
    let name = path.last().unwrap_or_default();
    if reader.is_schema(value) {
        reader.coerced(path, "a schema", "the media type's `schema`");
        let place = (reader.file, path.to_pointer());
        reader.moves.insert(&place, "schema", place.clone());
        return Some(MediaType {
            schema: schema(reader, value, path),
            ..MediaType::default()
        });
    }
    let Some(map) = reference_object(value) else {
        return described_media_type(reader, &name, value, path);
    };
    let Some((file, pointer, value)) = reader.follow(Section::MediaTypes, map, path) else {
        return Some(MediaType::default());
    };
    let place = (reader.file, path.to_pointer());
    reader.moves.insert_at(place, (file, pointer.clone()));
    reader.within(file, |reader| {
        described_media_type(reader, &name, value, &Path::at(&pointer))
    })
}

impl Reader<'_, '_> {
    /// Whether what stands in the place of a media type is its schema, or a reference to one: a common slip.
    fn is_schema(&self, value: &Value) -> bool {
        let Value::Object(map) = value else {
            return false;
        };
        let of_media_types = ["schema", "itemSchema", "encoding", "examples"];
        let of_schemas = ["allOf", "anyOf", "items", "oneOf", "properties", "type"];
        let has = |keys: &[&str]| keys.iter().any(|key| map.contains_key(*key));
        !has(&of_media_types) && (has(&of_schemas) || self.refers_to(Section::Schemas, map))
    }
}

fn described_media_type<'v>(
    reader: &mut Reader<'_, 'v>,
    name: &str,
    value: &'v Value,
    path: &Path<'_>,
) -> Option<MediaType> {
    if value.is_null() {
        reader.coerced(path, "null", "an empty object");
        return Some(MediaType::default());
    }
    let mut object = reader.object(value, path)?;
    let items = item_schema(&mut object, name);
    let (part, schema) = match items {
        Some((part, items)) => {
            // It describes all items together.
            object.value("schema");
            (Some(part), Some(items))
        }
        None => (None, object.item("schema", schema)),
    };
    for key in ["itemEncoding", "prefixEncoding"] {
        if object.value(key).is_some() {
            let path = object.path.key(key);
            let reason = "is about parts without a name, which the client does not write";
            object.reader.ignored(&path, reason);
        }
    }
    let mut media_type = MediaType {
        schema,
        example: object.any("example"),
        examples: object.map("examples", example_or_reference),
        encoding: object.map("encoding", encoding),
        extensions: object.finish(),
    };
    if let Some(part) = part {
        let keyword = ItemPart::KEYWORD.to_owned();
        media_type.extensions.insert(keyword, part.to_value());
    }
    Some(media_type)
}

fn encoding<'v>(
    reader: &mut Reader<'_, 'v>,
    value: &'v Value,
    path: &Path<'_>,
) -> Option<Encoding> {
    let mut object = reader.object(value, path)?;
    let content_type = object.text("contentType");
    let headers = object.map("headers", header_or_reference);
    let style = style(
        &mut object,
        &[
            ("form", QueryStyle::Form),
            ("spaceDelimited", QueryStyle::SpaceDelimited),
            ("pipeDelimited", QueryStyle::PipeDelimited),
            ("deepObject", QueryStyle::DeepObject),
        ],
    );
    let explode = object.flag("explode");
    let allow_reserved = object.flag("allowReserved").unwrap_or_default();
    let mut extensions = object.finish();
    if let Some(explode) = explode {
        extensions.insert("explode".to_owned(), Value::Bool(explode));
    }
    Some(Encoding {
        content_type,
        headers,
        style,
        explode: explode.unwrap_or_default(),
        allow_reserved,
        extensions,
    })
}

pub(super) fn example_or_reference<'v>(
    reader: &mut Reader<'_, 'v>,
    value: &'v Value,
    path: &Path<'_>,
) -> Option<ReferenceOr<Example>> {
    // An example's value in the place of the example is a common slip.
    let Value::Object(map) = value else {
        reader.coerced(path, super::describe(value), "the example's `value`");
        return Some(ReferenceOr::Item(Example {
            value: Some(value.clone()),
            ..Example::default()
        }));
    };
    if map.contains_key("$ref") {
        let reference = reader.reference(Section::Examples, map, path)?;
        return Some(ReferenceOr::Reference { reference });
    }
    let known = [
        "value",
        "externalValue",
        "summary",
        "description",
        "dataValue",
        "serializedValue",
    ];
    if !map.is_empty() && !known.iter().any(|key| map.contains_key(*key)) {
        reader.coerced(path, "an object without `value`", "the example's `value`");
        return Some(ReferenceOr::Item(Example {
            value: Some(value.clone()),
            ..Example::default()
        }));
    }
    let mut object = reader.object(value, path)?;
    Some(ReferenceOr::Item(Example {
        summary: object.text("summary"),
        description: object.text("description"),
        value: object.any("value").or(object.any("dataValue")),
        external_value: object.text("externalValue"),
        extensions: {
            object.value("serializedValue");
            object.finish()
        },
    }))
}

pub(super) fn header_or_reference<'v>(
    reader: &mut Reader<'_, 'v>,
    value: &'v Value,
    path: &Path<'_>,
) -> Option<ReferenceOr<Header>> {
    if let Some(map) = reference_object(value) {
        let reference = reader.reference(Section::Headers, map, path)?;
        return Some(ReferenceOr::Reference { reference });
    }
    let mut object = reader.object(value, path)?;
    // A header has its name from the key; a parameter's keywords are a common slip.
    for key in ["name", "in", "explode", "allowReserved", "allowEmptyValue"] {
        object.value(key);
    }
    Some(ReferenceOr::Item(Header {
        description: object.text("description"),
        style: style(&mut object, &[("simple", HeaderStyle::Simple)]).unwrap_or_default(),
        required: object.flag("required").unwrap_or_default(),
        deprecated: object.flag("deprecated"),
        format: schema_or_content(&mut object),
        example: object.any("example"),
        examples: object.map("examples", example_or_reference),
        extensions: object.finish(),
    }))
}

pub(super) fn link_or_reference<'v>(
    reader: &mut Reader<'_, 'v>,
    value: &'v Value,
    path: &Path<'_>,
) -> Option<ReferenceOr<Link>> {
    if let Some(map) = reference_object(value) {
        let reference = reader.reference(Section::Links, map, path)?;
        return Some(ReferenceOr::Reference { reference });
    }
    let mut object = reader.object(value, path)?;
    let operation_id = object.text("operationId");
    let operation_ref = object.text("operationRef");
    let operation = operation_id
        .map(LinkOperation::OperationId)
        .or(operation_ref.map(LinkOperation::OperationRef));
    if operation.is_none() {
        let path = object.path;
        object.reader.ignored(path, "names no operation");
    }
    let link = Link {
        description: object.text("description"),
        operation: operation?,
        request_body: object.any("requestBody"),
        parameters: object.map("parameters", |_, value, _| Some(value.clone())),
        server: object.item::<Server>("server", root::server),
        extensions: object.finish(),
    };
    Some(ReferenceOr::Item(link))
}
