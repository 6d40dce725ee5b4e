//! Reads schemas.

use indexmap::IndexMap;
use openapiv3::{
    AdditionalProperties, AnySchema, Discriminator, ExternalDocumentation, ReferenceOr, Schema,
    SchemaData, SchemaKind,
};
use serde_json::{Map, Value};

use super::object::Object;
use super::resolve::Section;
use super::version::Version;
use super::{Reader, describe};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::pointer::Path;

/// The keywords of JSON Schema that the model has no field for and that are kept in a schema's
/// `extensions` under their own names, as they are written.
pub(in crate::document) const KEPT: &[&str] = &[
    "const",
    "contains",
    "contentEncoding",
    "contentMediaType",
    "contentSchema",
    "dependentRequired",
    "dependentSchemas",
    "else",
    "if",
    "maxContains",
    "minContains",
    "patternProperties",
    "prefixItems",
    "propertyNames",
    "then",
    "unevaluatedItems",
    "unevaluatedProperties",
];

/// The keywords among those that limit values in ways which no type expresses.
const UNCHECKED: &[&str] = &[
    "contains",
    "dependentRequired",
    "dependentSchemas",
    "else",
    "if",
    "propertyNames",
    "then",
    "unevaluatedItems",
];

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
        Value::Object(map) if map.contains_key("$ref") => Some(reference(reader, map, path)),
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

fn boxed<'v>(
    reader: &mut Reader<'_, 'v>,
    value: &'v Value,
    path: &Path<'_>,
) -> Option<ReferenceOr<Box<Schema>>> {
    Some(match schema(reader, value, path)? {
        ReferenceOr::Reference { reference } => ReferenceOr::Reference { reference },
        ReferenceOr::Item(schema) => ReferenceOr::Item(Box::new(schema)),
    })
}

/// The schema of every value.
pub(super) fn anything() -> Schema {
    Schema {
        schema_data: SchemaData::default(),
        schema_kind: SchemaKind::Any(AnySchema::default()),
    }
}

/// The schema of no value.
fn nothing() -> Schema {
    Schema {
        schema_data: SchemaData::default(),
        schema_kind: SchemaKind::Any(AnySchema {
            not: Some(Box::new(ReferenceOr::Item(anything()))),
            ..AnySchema::default()
        }),
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
    data.extensions.extend(object.finish());
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
    let mapping = object.map("mapping", mapping);
    object.value("defaultMapping");
    let extensions = object.finish();
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
            _ => object.reader.unknown_type(name, &path),
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

fn read_numbers(object: &mut Object<'_, '_, '_, '_>, any: &mut AnySchema, data: &mut SchemaData) {
    any.multiple_of = object.number("multipleOf").and_then(Value::as_f64);
    let minimum = object.number("minimum");
    let maximum = object.number("maximum");
    let exclusive_minimum = exclusive(object, "exclusiveMinimum");
    let exclusive_maximum = exclusive(object, "exclusiveMaximum");
    let lower = bound(minimum, exclusive_minimum, |strict, plain| strict >= plain);
    let upper = bound(maximum, exclusive_maximum, |strict, plain| strict <= plain);
    for (name, (limit, strict)) in [("minimum", lower), ("maximum", upper)] {
        let Some(limit) = limit else { continue };
        let float = limit.as_f64();
        if float.is_some_and(|float| !holds(float, limit)) {
            data.extensions.insert(name.to_owned(), limit.clone());
        }
        if name == "minimum" {
            (any.minimum, any.exclusive_minimum) = (float, strict);
        } else {
            (any.maximum, any.exclusive_maximum) = (float, strict);
        }
    }
}

/// Whether a float is exactly the number that it was made from.
fn holds(float: f64, number: &Value) -> bool {
    match number {
        Value::Number(number) if !number.is_f64() => number
            .as_i128()
            .is_none_or(|integer| format!("{float}") == integer.to_string()),
        _ => true,
    }
}

/// An exclusive limit: a boolean beside the limit in OpenAPI 3.0, the limit itself in 3.1.
#[derive(Debug, Clone, Copy)]
enum Exclusive<'v> {
    Absent,
    Flag(bool),
    Limit(&'v Value),
}

fn exclusive<'v>(object: &mut Object<'_, '_, 'v, '_>, key: &'static str) -> Exclusive<'v> {
    let Some(value) = object.take(key) else {
        return Exclusive::Absent;
    };
    if value.is_number() {
        let path = object.path.key(key);
        if object.reader.version == Version::V3_0 {
            object.reader.later(&path, "a number here");
        }
        return Exclusive::Limit(value);
    }
    object.flag(key).map_or(Exclusive::Absent, Exclusive::Flag)
}

/// The limit that counts, and whether it is exclusive.
fn bound<'v>(
    plain: Option<&'v Value>,
    exclusive: Exclusive<'v>,
    stricter: fn(f64, f64) -> bool,
) -> (Option<&'v Value>, Option<bool>) {
    match exclusive {
        Exclusive::Absent => (plain, None),
        Exclusive::Flag(flag) => (plain, plain.is_some().then_some(flag)),
        Exclusive::Limit(strict) => match plain {
            Some(plain) if !compare(strict, plain, stricter) => (Some(plain), None),
            _ => (Some(strict), Some(true)),
        },
    }
}

fn compare(left: &Value, right: &Value, stricter: fn(f64, f64) -> bool) -> bool {
    match (left.as_f64(), right.as_f64()) {
        (Some(left), Some(right)) => stricter(left, right),
        _ => true,
    }
}

fn read_texts_and_lists(object: &mut Object<'_, '_, '_, '_>, any: &mut AnySchema) {
    any.format = object.text("format");
    any.pattern = object.text("pattern");
    any.min_length = object.count("minLength");
    any.max_length = object.count("maxLength");
    any.min_items = object.count("minItems");
    any.max_items = object.count("maxItems");
    any.unique_items = object.flag("uniqueItems");
    any.items = items(object);
    if let Some(Value::Array(values)) = object.take("enum") {
        any.enumeration = enumeration(object, values, any.typ.as_deref());
    } else if object.map.contains_key("enum") {
        let path = object.path.key("enum");
        object.reader.ignored(&path, "has to be a list");
    }
}

/// `items`; the list of schemas of older JSON Schema drafts becomes alternatives.
fn items(object: &mut Object<'_, '_, '_, '_>) -> Option<ReferenceOr<Box<Schema>>> {
    let value = object.take("items")?;
    let path = object.path.key("items");
    match value {
        Value::Array(schemas) if !schemas.is_empty() => {
            object
                .reader
                .coerced(&path, "a list", "schemas to choose from");
            let any_of = object.reader.list(value, &path, schema);
            object.reader.moved(&path, "anyOf", &path);
            Some(ReferenceOr::boxed_item(Schema {
                schema_data: SchemaData::default(),
                schema_kind: SchemaKind::Any(AnySchema {
                    any_of,
                    ..AnySchema::default()
                }),
            }))
        }
        _ => boxed(object.reader, value, &path),
    }
}

/// The values of an enumeration. Where texts are due, others are taken as they are written: an
/// unquoted `1.0` or `true` is a common slip in YAML.
fn enumeration(
    object: &mut Object<'_, '_, '_, '_>,
    values: &[Value],
    kind: Option<&str>,
) -> Vec<Value> {
    let path = object.path.key("enum");
    let read = values.iter().enumerate().map(|(index, value)| {
        if let Some(scalar) = quoted_scalar(value, kind) {
            let path = path.index(index);
            object.reader.coerced(&path, "a text", describe(&scalar));
            return scalar;
        }
        let is_slip = kind == Some("string") && matches!(value, Value::Bool(_) | Value::Number(_));
        if !is_slip {
            return value.clone();
        }
        let path = path.index(index);
        object.reader.coerced(&path, describe(value), "text");
        Value::String(object.reader.spelling(value, &path))
    });
    read.collect()
}

/// What a text spells where numbers or booleans are due.
fn quoted_scalar(value: &Value, kind: Option<&str>) -> Option<Value> {
    let text = value.as_str()?;
    match kind? {
        "integer" => text.parse::<i64>().ok().map(Value::from),
        "number" => serde_json::from_str(text).ok().filter(Value::is_number),
        "boolean" => text.parse::<bool>().ok().map(Value::from),
        _ => None,
    }
}

fn read_object(object: &mut Object<'_, '_, '_, '_>, any: &mut AnySchema) {
    any.min_properties = object.count("minProperties");
    any.max_properties = object.count("maxProperties");
    any.properties = object.map("properties", boxed);
    any.required = required(object);
    let additional = additional_properties(object, "additionalProperties");
    let unevaluated = additional_properties(object, "unevaluatedProperties");
    if additional.is_none() && unevaluated.is_some() {
        let [from, to] = ["unevaluatedProperties", "additionalProperties"];
        let place = object.path.key(from);
        object.reader.moved(object.path, to, &place);
    }
    any.additional_properties = additional.or(unevaluated);
}

/// What an object may hold beside the properties that it names.
fn additional_properties(
    object: &mut Object<'_, '_, '_, '_>,
    key: &'static str,
) -> Option<AdditionalProperties> {
    match object.take(key)? {
        Value::Bool(flag) => Some(AdditionalProperties::Any(*flag)),
        value => {
            let path = object.path.key(key);
            let schema = schema(object.reader, value, &path);
            schema.map(|schema| AdditionalProperties::Schema(Box::new(schema)))
        }
    }
}

/// The names of required properties: those listed, and those of properties that say `required: true`
/// themselves, as in Swagger 1 and in many documents since.
fn required(object: &mut Object<'_, '_, '_, '_>) -> Vec<String> {
    let mut required = match object.map.get("required") {
        Some(Value::Bool(_)) => {
            object.value("required");
            Vec::new()
        }
        _ => object.texts("required"),
    };
    let Some(Value::Object(properties)) = object.map.get("properties") else {
        return required;
    };
    let path = object.path.key("properties");
    for (name, property) in properties {
        let Some(Value::Bool(flag)) = property.get("required") else {
            continue;
        };
        let property = path.key(name);
        let path = property.key("required");
        let taken = "an entry of the `required` list of the schema around it";
        object.reader.coerced(&path, "a boolean", taken);
        if *flag && !required.contains(name) {
            required.push(name.clone());
        }
    }
    required
}

fn read_combinations(
    object: &mut Object<'_, '_, '_, '_>,
    any: &mut AnySchema,
    data: &mut SchemaData,
) {
    any.all_of = object.list("allOf", schema);
    any.one_of = alternatives(object, "oneOf", data);
    any.any_of = alternatives(object, "anyOf", data);
    any.not = object.item("not", schema).map(Box::new);
    if any.not.is_some() {
        object.reader.unchecked(&object.path.key("not"));
    }
    for (key, alternatives) in [("oneOf", &mut any.one_of), ("anyOf", &mut any.any_of)] {
        // One alternative left is no choice.
        if alternatives.len() == 1 && data.discriminator.is_none() {
            let file = object.reader.file;
            let [from, to] = [key, "allOf"].map(|key| (file, object.path.key(key).to_pointer()));
            let moves = &mut object.reader.moves;
            let origin = moves.member(&from, "0");
            moves.insert(&to, &any.all_of.len().to_string(), origin);
            any.all_of.append(alternatives);
        }
    }
}

/// The alternatives other than null, which becomes `nullable`.
fn alternatives(
    object: &mut Object<'_, '_, '_, '_>,
    key: &'static str,
    data: &mut SchemaData,
) -> Vec<ReferenceOr<Schema>> {
    let mut alternatives = object.list(key, schema);
    let list = object.path.key(key);
    for index in (0..alternatives.len()).rev() {
        if alternatives.get(index).is_some_and(is_null) {
            let place = (object.reader.file, list.to_pointer());
            let moves = &mut object.reader.moves;
            moves.remove_item(&place, index, alternatives.len());
            alternatives.remove(index);
            data.nullable = true;
        }
    }
    alternatives
}

fn is_null(schema: &ReferenceOr<Schema>) -> bool {
    let ReferenceOr::Item(schema) = schema else {
        return false;
    };
    let SchemaKind::Any(any) = &schema.schema_kind else {
        return false;
    };
    schema.schema_data.nullable && any.typ.is_none() && any.enumeration == [Value::Null]
}

/// Takes the keywords that the model has no field for, and says with those it has what they mean.
fn keep(object: &mut Object<'_, '_, '_, '_>, any: &mut AnySchema, data: &mut SchemaData) {
    for key in SILENT {
        object.value(key);
    }
    for key in KEPT {
        let Some(value) = object.any(key) else {
            continue;
        };
        if object.reader.version == Version::V3_0 {
            let path = object.path.key(key);
            object.reader.later(&path, "the keyword");
        }
        if UNCHECKED.contains(key) {
            object.reader.unchecked(&object.path.key(key));
        }
        data.extensions.insert((*key).to_owned(), value);
    }
    if let Some(value) = data.extensions.get("const")
        && any.enumeration.is_empty()
    {
        any.enumeration = vec![value.clone()];
    }
    if any.format.is_none() && any.typ.as_deref() != Some("array") {
        any.format = content_format(&data.extensions).map(str::to_owned);
    }
    prefix_items(object, any);
    if any.additional_properties != Some(AdditionalProperties::Any(true)) {
        let patterns = pattern_properties(object, any.additional_properties.take());
        any.additional_properties = patterns;
    }
}

/// What `contentEncoding` and `contentMediaType` say, as a format of OpenAPI 3.0.
fn content_format(extensions: &IndexMap<String, Value>) -> Option<&'static str> {
    let text = |key| extensions.get(key).and_then(Value::as_str);
    match (text("contentEncoding"), text("contentMediaType")) {
        (Some("base64"), _) => Some("byte"),
        (None, Some("application/octet-stream")) => Some("binary"),
        _ => None,
    }
}

/// The schemas of a tuple's items, as alternatives for any item before what `items` says of the
/// rest.
fn prefix_items(object: &mut Object<'_, '_, '_, '_>, any: &mut AnySchema) {
    let mut any_of = object.list("prefixItems", schema);
    if any_of.is_empty() {
        return;
    }
    let place = object.path.key("prefixItems");
    object.reader.moved(object.path, "items", &place);
    object.reader.moved(&place, "anyOf", &place);
    let count = any_of.len();
    match any.items.take() {
        // No items may follow.
        Some(ReferenceOr::Item(rest)) if *rest == nothing() => {
            any.max_items = any.max_items.or(Some(count));
        }
        Some(rest) => any_of.push(rest.unbox()),
        None => {}
    }
    any.items = Some(ReferenceOr::boxed_item(Schema {
        schema_data: SchemaData::default(),
        schema_kind: SchemaKind::Any(AnySchema {
            any_of,
            ..AnySchema::default()
        }),
    }));
}

/// Properties told by patterns of their names, as additional properties.
fn pattern_properties(
    object: &mut Object<'_, '_, '_, '_>,
    additional: Option<AdditionalProperties>,
) -> Option<AdditionalProperties> {
    let patterns = object.map("patternProperties", schema);
    if !patterns.is_empty() {
        let place = object.path.key("patternProperties");
        let moved = "additionalProperties";
        object.reader.moved(object.path, moved, &place);
    }
    let mut any_of: Vec<_> = patterns.into_values().collect();
    if any_of.is_empty() {
        return additional;
    }
    if let Some(AdditionalProperties::Schema(schema)) = additional {
        any_of.push(*schema);
    }
    any_of.dedup();
    let schema = match (any_of.pop(), any_of.is_empty()) {
        (Some(only), true) => only,
        (last, _) => {
            any_of.extend(last);
            let any = AnySchema {
                any_of,
                ..AnySchema::default()
            };
            ReferenceOr::Item(Schema {
                schema_data: SchemaData::default(),
                schema_kind: SchemaKind::Any(any),
            })
        }
    };
    Some(AdditionalProperties::Schema(Box::new(schema)))
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

    fn unknown_type(&mut self, name: &str, path: &Path<'_>) {
        let names = ["string", "number", "integer", "boolean", "array", "object"];
        let mut reason = format!("names the type `{name}`, which does not exist");
        if let Some(nearest) = crate::document::nearest::nearest(name, names) {
            reason = format!("{reason} (is `{nearest}` meant?)");
        }
        self.ignored(path, &reason);
    }
}
