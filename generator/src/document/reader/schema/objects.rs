//! What an object holds.

use openapiv3::{AdditionalProperties, AnySchema};
use serde_json::Value;

use super::{boxed, schema};
use crate::document::reader::object::Object;

pub(super) fn read_object(object: &mut Object<'_, '_, '_, '_>, any: &mut AnySchema) {
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
