//! Arbitrary valid documents, made from a list of choices.
//!
//! A list of numbers decides what a document holds; where the list has ended, the simplest choice is
//! taken. So a document of which something is not true can be made smaller by leaving out numbers,
//! and remains valid.

mod bodies;
mod choices;
mod emitted;
mod expanded;
mod names;
mod operations;
mod parameters;
mod scalars;
mod schemas;
mod security;

use serde_json::{Map, Value, json};

use self::choices::object;
pub(crate) use self::choices::{Choices, some_choices};
pub(crate) use self::emitted::faults;
use self::operations::Operations;
use self::schemas::{Kind, Schemas};

/// What all parts of a document have to know of it.
#[derive(Debug)]
pub(crate) struct Outline {
    /// Whether it is OpenAPI 3.1.
    later: bool,
    /// The schemas among its components. They may be what an earlier one is, and hold any.
    schemas: Vec<(String, Kind)>,
    /// The security schemes among its components.
    security: Vec<String>,
}

/// The document that a list of choices stands for.
pub(crate) fn document(choices: &mut Choices<'_>) -> Value {
    let version = *choices.pick(&["3.0.3", "3.1.0", "3.0.0", "3.1.1", "3.0.4"]);
    let count = choices.below(9);
    let schemas = names::distinct(choices, names::COMPONENTS, count);
    let count = choices.below(4);
    let outline = Outline {
        later: version.starts_with("3.1"),
        schemas: schemas
            .into_iter()
            .map(|name| (name, Kind::some(choices)))
            .collect(),
        security: names::distinct(choices, names::COMPONENTS, count),
    };
    let paths = Operations::new(&outline, choices).paths();
    let components = components(&outline, choices, paths.components);
    let mut document = object(json!({
        "openapi": version,
        "info": info(choices),
        "paths": paths.paths,
        "components": components,
    }));
    if choices.chance(3) {
        document.insert("servers".to_owned(), operations::servers(choices));
    }
    if choices.chance(3) {
        document.insert("security".to_owned(), security::demands(&outline, choices));
    }
    if choices.chance(3) {
        document.insert("tags".to_owned(), tags(choices));
    }
    if choices.chance(4) {
        document.insert(
            "externalDocs".to_owned(),
            json!({"url": "https://example.com/a b"}),
        );
    }
    if choices.chance(4) {
        document.insert("x-anything".to_owned(), json!([null, {"$ref": 1}]));
    }
    if outline.later && choices.chance(4) {
        let hook = json!({"post": {"responses": {"200": {"description": "Seen."}}}});
        document.insert("webhooks".to_owned(), json!({"seen": hook}));
    }
    Value::Object(document)
}

fn info(choices: &mut Choices<'_>) -> Value {
    let mut info = object(json!({
        "title": choices.pick(&["Things", "", "3 Ünï/things", "type", "a\nb"]),
        "version": choices.pick(&["1.0.0", "", "v2-beta", "\"2\""]),
    }));
    if choices.chance(3) {
        info.insert("description".to_owned(), json!(choices.pick(names::TEXTS)));
    }
    if choices.chance(4) {
        info.insert("license".to_owned(), json!({"name": "MIT"}));
    }
    Value::Object(info)
}

fn tags(choices: &mut Choices<'_>) -> Value {
    let count = choices.below(4);
    let tags = names::distinct(choices, names::TAGS, count).into_iter();
    let tags = tags.map(|name| json!({"name": name, "description": choices.pick(names::TEXTS)}));
    tags.collect()
}

/// The components, with those that the operations refer to.
fn components(outline: &Outline, choices: &mut Choices<'_>, others: Map<String, Value>) -> Value {
    let mut schemas = Map::new();
    for (index, (name, kind)) in outline.schemas.iter().enumerate() {
        let schema = Schemas::below(outline, choices, index).component(*kind);
        schemas.insert(name.clone(), schema);
    }
    let mut components = others;
    components.insert("schemas".to_owned(), Value::Object(schemas));
    let names = outline.security.iter();
    let security: Map<String, Value> = names
        .map(|name| (name.clone(), security::scheme(choices)))
        .collect();
    components.insert("securitySchemes".to_owned(), Value::Object(security));
    Value::Object(components)
}
