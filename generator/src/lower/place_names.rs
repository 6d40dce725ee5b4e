//! Names for schemas that are components only because references lead to them: those that their types would
//! have where they stand.

use std::collections::HashMap;

use super::names::type_name;
use super::operation_names::OperationNames;
use super::schemas::{name_of_item, name_of_value};
use super::source::OperationSource;
use crate::document::{Document, Pointer};

/// The names, by those of the components.
pub(super) fn place_names(
    document: &Document,
    sources: &[OperationSource<'_>],
    operations: &OperationNames<'_>,
) -> HashMap<String, String> {
    if document.unnamed_schemas.is_empty() {
        return HashMap::new();
    }
    let sources: HashMap<&Pointer, &OperationSource<'_>> = sources
        .iter()
        .map(|source| (&source.pointer, source))
        .collect();
    let places = document.unnamed_schemas.iter();
    let named = places.filter_map(|(component, place)| {
        let segments: Vec<String> = place.segments().collect();
        let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
        Some((component.clone(), name(&segments, &sources, operations)?))
    });
    named.collect()
}

fn name(
    place: &[&str],
    sources: &HashMap<&Pointer, &OperationSource<'_>>,
    operations: &OperationNames<'_>,
) -> Option<String> {
    match place {
        ["components", "schemas", holder, rest @ ..] => within(type_name(holder), rest),
        ["paths", template, method, part, rest @ ..] => {
            let operation = Pointer::root().join("paths").join(template).join(method);
            let operation = operations.type_name(sources.get(&operation)?);
            match (*part, rest) {
                ("requestBody", ["content", _, "schema", rest @ ..]) => {
                    within(operation + "Body", rest)
                }
                ("responses", [status, "content", _, "schema", rest @ ..]) => {
                    let answer = if status.starts_with('2') {
                        "Response".to_owned()
                    } else {
                        type_name(&format!("error {status}"))
                    };
                    within(operation + &answer, rest)
                }
                _ => None,
            }
        }
        _ => None,
    }
}

/// The name of what stands within a schema.
fn within(mut name: String, place: &[&str]) -> Option<String> {
    let mut place = place;
    loop {
        (name, place) = match place {
            [] => return Some(name),
            ["properties", property, rest @ ..] => (name + &type_name(property), rest),
            ["items", rest @ ..] => (name_of_item(&name), rest),
            ["additionalProperties", rest @ ..] => (name_of_value(&name), rest),
            ["allOf" | "anyOf" | "oneOf", _, rest @ ..] => (name, rest),
            _ => return None,
        };
    }
}
