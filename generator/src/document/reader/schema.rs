//! Reads schemas.

mod combinations;
mod keywords;
mod numbers;
mod objects;
mod values;

use indexmap::IndexMap;
use openapiv3::{
    AnySchema, Discriminator, ExternalDocumentation, ReferenceOr, Schema, SchemaData, SchemaKind,
};
use serde_json::{Map, Value};

use super::Reader;
use super::object::Object;
use super::resolve::Section;
use super::version::Version;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::pointer::Path;
use combinations::read_combinations;
use keywords::keep;
use numbers::read_numbers;
use objects::read_object;
use values::read_texts_and_lists;

/// Keywords that say nothing about values.
const SILENT: &[&str] = &[
    "$schema",
    "$id",
    "$anchor",
    "$comment",
    "$defs",
    "$dynamicAnchor",
    "$vocabulary",
    "definitions",
    "id",
    "xml",
];

/// A schema, or a reference to one.
#[allow(
    clippy::unnecessary_wraps,
    reason = "it is passed as a reading function"
)]
pub(super) fn schema<'v>(
    reader: &mut Reader<'_, 'v>,
    value: &'v Value,
    path: &Path<'_>,
) -> Option<ReferenceOr<Schema>> {
    match value {
        Value::Bool(flag) => {
            if reader.version == Version::V3_0 {
                reader.later(path, "a boolean schema");
            }
            Some(ReferenceOr::Item(if *flag {
                anything()
            } else {
                nothing()
            }))
        }
        Value::Object(map) if reader.is_json_data(map, path) => reader.json_data(map, path),
        Value::Object(map) if map.contains_key("$ref") => Some(reference(reader, map, path)),
        Value::Object(map) => Some(reader.twin(map, path).unwrap_or_else(|| {
            let object = Object::new(reader, map, path);
            ReferenceOr::Item(item(object))
        })),
        Value::Null => {
            reader.coerced(path, "null", "a schema of any value");
            Some(ReferenceOr::Item(anything()))
        }
        // What refers to a schema that is none still finds one.
        _ => Some(ReferenceOr::Item(
            reader.object(value, path).map_or_else(anything, item),
        )),
    }
}

pub(super) fn boxed<'v>(
    reader: &mut Reader<'_, 'v>,
    value: &'v Value,
    path: &Path<'_>,
) -> Option<ReferenceOr<Box<Schema>>> {
    Some(match schema(reader, value, path)? {
        ReferenceOr::Reference { reference } => ReferenceOr::Reference { reference },
        ReferenceOr::Item(schema) => ReferenceOr::Item(Box::new(schema)),
    })
}

/// The schema that these keywords make.
pub(in crate::document) fn made_of(keywords: AnySchema) -> Schema {
    Schema {
        schema_data: SchemaData::default(),
        schema_kind: SchemaKind::Any(keywords),
    }
}

/// The schema of every value.
pub(in crate::document) fn anything() -> Schema {
    made_of(AnySchema::default())
}

/// The schema of what fits any of several.
fn any_of(alternatives: Vec<ReferenceOr<Schema>>) -> Schema {
    made_of(AnySchema {
        any_of: alternatives,
        ..AnySchema::default()
    })
}

/// The schema of what fits all of several.
pub(super) fn all_of(parts: Vec<ReferenceOr<Schema>>) -> Schema {
    made_of(AnySchema {
        all_of: parts,
        ..AnySchema::default()
    })
}

/// The schema of no value.
fn nothing() -> Schema {
    made_of(AnySchema {
        not: Some(Box::new(ReferenceOr::Item(anything()))),
        ..AnySchema::default()
    })
}

impl<'v> Reader<'_, 'v> {
    /// A reference to the component that has the very schema, or that a resource or an error becomes which
    /// has it, or that it becomes where other references lead to it, unless this is a component itself.
    fn twin(
        &mut self,
        schema: &'v Map<String, Value>,
        path: &Path<'_>,
    ) -> Option<ReferenceOr<Schema>> {
        if self.file != self.files.main {
            return None;
        }
        let name = self.hoist_target(schema, path);
        let name = name.or_else(|| self.twin_name(schema, path))?;
        Some(ReferenceOr::Reference {
            reference: format!("#/components/schemas/{name}"),
        })
    }

    /// The name of the component that has the very schema, or that a resource or an error becomes which has it.
    fn twin_name(&mut self, schema: &'v Map<String, Value>, path: &Path<'_>) -> Option<String> {
        let may_be_twin = self.twins.may_have(schema);
        let may_be_error = !self.errors.is_empty() && path.ends_with("schema");
        if !may_be_twin && !may_be_error {
            return None;
        }
        let pointer = path.to_pointer();
        let component = pointer.component();
        if component.is_some_and(|(section, _)| section == Section::Schemas.key()) {
            return None;
        }
        let name = self.twins.name(schema).map(ToOwned::to_owned);
        name.or_else(|| self.hoist_twin(schema, &pointer))
    }
}

/// A reference. What stands beside it counts too, as if both were in an `allOf`.
fn reference<'v>(
    reader: &mut Reader<'_, 'v>,
    map: &'v Map<String, Value>,
    path: &Path<'_>,
) -> ReferenceOr<Schema> {
    let target = reader.reference(Section::Schemas, map, path);
    let target = target.map_or_else(
        || ReferenceOr::Item(anything()),
        |reference| ReferenceOr::Reference { reference },
    );
    let alone = map
        .keys()
        .all(|key| key == "$ref" || SILENT.contains(&key.as_str()));
    if alone {
        return target;
    }
    let mut object = Object::new(reader, map, path);
    object.value("$ref");
    let mut schema = item(object);
    if let SchemaKind::Any(any) = &mut schema.schema_kind {
        let list = (reader.file, path.key("allOf").to_pointer());
        let origin = (reader.file, path.key("$ref").to_pointer());
        reader.moves.insert_first(&list, any.all_of.len(), origin);
        any.all_of.insert(0, target);
    }
    ReferenceOr::Item(schema)
}

fn item(mut object: Object<'_, '_, '_, '_>) -> Schema {
    let mut data = data(&mut object);
    let mut any = AnySchema::default();
    read_types(&mut object, &mut any, &mut data);
    read_numbers(&mut object, &mut any, &mut data);
    read_texts_and_lists(&mut object, &mut any);
    read_object(&mut object, &mut any);
    read_combinations(&mut object, &mut any, &mut data);
    keep(&mut object, &mut any, &mut data);
    data.extensions.extend(object.finish_schema());
    Schema {
        schema_data: data,
        schema_kind: SchemaKind::Any(any),
    }
}

fn data(object: &mut Object<'_, '_, '_, '_>) -> SchemaData {
    SchemaData {
        nullable: object.flag("nullable").unwrap_or_default(),
        read_only: object.flag("readOnly").unwrap_or_default(),
        write_only: object.flag("writeOnly").unwrap_or_default(),
        deprecated: object.flag("deprecated").unwrap_or_default(),
        external_docs: object.item("externalDocs", external_docs),
        example: example(object),
        title: object.text("title"),
        description: object.text("description"),
        discriminator: object.item("discriminator", discriminator),
        default: object.any("default"),
        extensions: IndexMap::new(),
    }
}

/// `example`, or the first of the `examples` of OpenAPI 3.1.
fn example(object: &mut Object<'_, '_, '_, '_>) -> Option<Value> {
    let example = object.any("example");
    let examples = object.value("examples");
    example.or_else(|| match examples? {
        Value::Array(examples) => examples.first().cloned(),
        Value::Object(examples) => examples.values().next().cloned(),
        other => Some(other.clone()),
    })
}

pub(super) fn external_docs<'v>(
    reader: &mut Reader<'_, 'v>,
    value: &'v Value,
    path: &Path<'_>,
) -> Option<ExternalDocumentation> {
    let mut object = reader.object(value, path)?;
    Some(ExternalDocumentation {
        url: object.text_or("url", ""),
        description: object.text("description"),
        extensions: object.finish(),
    })
}

/// The keyword of a discriminator, of OpenAPI 3.2, that names the schema which is meant where nothing tells.
pub(crate) const DEFAULT_MAPPING: &str = "defaultMapping";

fn discriminator<'v>(
    reader: &mut Reader<'_, 'v>,
    value: &'v Value,
    path: &Path<'_>,
) -> Option<Discriminator> {
    if let Value::String(property) = value {
        reader.coerced(path, "a text", "the discriminator's `propertyName`");
        return Some(Discriminator {
            property_name: property.clone(),
            ..Discriminator::default()
        });
    }
    let mut object = reader.object(value, path)?;
    let property_name = object.required_text("propertyName");
    let default = object.item(DEFAULT_MAPPING, mapping);
    let mapping = object.map("mapping", mapping);
    let mut extensions = object.finish();
    if let Some(default) = default {
        extensions.insert(DEFAULT_MAPPING.to_owned(), Value::String(default));
    }
    Some(Discriminator {
        property_name: property_name?,
        mapping,
        extensions,
    })
}

/// A schema's name or a reference to it; always a reference afterwards.
fn mapping<'v>(reader: &mut Reader<'_, 'v>, value: &'v Value, path: &Path<'_>) -> Option<String> {
    let text = reader.required_text(value, path)?;
    reader.mapped_schema(&text, path)
}

/// `type`, whose list of types in OpenAPI 3.1 becomes `nullable` and alternatives.
fn read_types(object: &mut Object<'_, '_, '_, '_>, any: &mut AnySchema, data: &mut SchemaData) {
    let Some(value) = object.take("type") else {
        return;
    };
    let path = object.path.key("type");
    let names: Vec<&str> = match value {
        Value::String(name) => vec![name],
        Value::Array(names) => {
            if object.reader.version == Version::V3_0 {
                object.reader.later(&path, "a list of types");
            }
            names.iter().filter_map(Value::as_str).collect()
        }
        _ => {
            object
                .reader
                .ignored_type(value, &path, "the name of a type");
            return;
        }
    };
    let mut types = Vec::new();
    for name in names {
        match name {
            "null" => data.nullable = true,
            "string" | "number" | "integer" | "boolean" | "array" | "object" => types.push(name),
            _ => types.extend(object.reader.other_type(name, &path)),
        }
    }
    match types.as_slice() {
        [] if data.nullable && value.as_str() == Some("null") => {
            any.enumeration = vec![Value::Null];
        }
        [] => {}
        [name] => any.typ = Some((*name).to_owned()),
        _ => {
            let types = types.into_iter().map(Value::from).collect();
            data.extensions.insert("type".to_owned(), types);
        }
    }
}

impl Reader<'_, '_> {
    /// Reports what belongs to OpenAPI 3.1 in a document of 3.0.
    fn later(&mut self, path: &Path<'_>, what: &str) {
        let name = path.last().unwrap_or_default();
        let message =
            format!("`{name}`: {what} belongs to OpenAPI 3.1, and means here what it means there");
        let location = self.at_value(path);
        self.push(Diagnostic::new(Code::LaterVersion, location, message));
    }

    /// Reports a keyword that no type expresses.
    fn unchecked(&mut self, path: &Path<'_>) {
        let name = path.last().unwrap_or_default();
        let message = format!("`{name}` is not checked: values that it rules out are taken too");
        let location = self.at_key(path);
        self.push(Diagnostic::new(Code::UnsupportedSchema, location, message));
    }

    /// The type that is meant by what programming languages call it.
    fn other_type(&mut self, name: &str, path: &Path<'_>) -> Option<&'static str> {
        let meant = match name.to_ascii_lowercase().as_str() {
            "int" | "integer" | "long" => "integer",
            "float" | "double" | "number" => "number",
            "bool" | "boolean" => "boolean",
            "str" | "string" => "string",
            "array" => "array",
            "object" | "dict" => "object",
            _ => {
                self.unknown_type(name, path);
                return None;
            }
        };
        let found = format!("`{name}`, which is no type of JSON");
        self.coerced(path, &found, &format!("`{meant}`"));
        Some(meant)
    }

    fn unknown_type(&mut self, name: &str, path: &Path<'_>) {
        let names = ["string", "number", "integer", "boolean", "array", "object"];
        let mut reason = format!("names the type `{name}`, which does not exist");
        if let Some(nearest) = crate::document::nearest::nearest(name, names) {
            reason = format!("{reason} (is `{nearest}` meant?)");
        }
        self.ignored(path, &reason);
    }
}
