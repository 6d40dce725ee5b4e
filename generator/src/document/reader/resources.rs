//! What the answer for one resource has in common with other operations on it.
//!
//! Tools without components write a schema out wherever it is used. What `GET /tasks/{id}` answers is what a task
//! is, and is meant where a list holds the very same, or where it comes back once it has been created.

use serde_json::{Map, Value};

use super::resolve::push_pascal;
use super::twins::likeness;
use crate::document::pointer::Pointer;
use crate::singular::singular;

/// The schema of a resource that several operations write out.
#[derive(Debug)]
pub(super) struct Resource<'v> {
    /// What one resource is called, in Pascal case.
    pub(super) name: String,
    pub(super) schema: &'v Map<String, Value>,
    /// Where the answer for one resource has it.
    pub(super) pointer: Pointer,
}

/// A path and what it offers.
type PathItem<'v> = (&'v String, &'v Value);

/// The resources of a document, by their paths.
pub(super) fn resources(document: &Value) -> Vec<Resource<'_>> {
    let mut resources = Vec::new();
    let paths = document.get("paths").and_then(Value::as_object);
    let mut paths: Vec<PathItem<'_>> = paths.into_iter().flatten().collect();
    // What begins with the same segments stands together.
    paths.sort_unstable_by_key(|(template, _)| *template);
    for (template, item) in &paths {
        let path = Pointer::root().join("paths").join(template);
        if let Some((collection, segment)) = collection(template)
            && let Some((schema, pointer)) = answer(item, path)
            && is_elsewhere(schema, &paths, collection, template)
        {
            let mut name = String::new();
            push_pascal(&mut name, singular(segment).as_deref().unwrap_or(segment));
            resources.push(Resource {
                name,
                schema,
                pointer,
            });
        }
    }
    resources
}

/// The path of the collection and its last segment, where a path is that of one of its members.
fn collection(template: &str) -> Option<(&str, &str)> {
    let template = template.strip_suffix('/').unwrap_or(template);
    let (collection, id) = template.rsplit_once('/')?;
    let (_, segment) = collection.rsplit_once('/')?;
    let is_member = id.starts_with('{') && id.find('}') == Some(id.len() - 1);
    let is_version = segment
        .strip_prefix('v')
        .is_some_and(|version| version.bytes().all(|digit| digit.is_ascii_digit()));
    let is_noun = segment.starts_with(|first: char| first.is_alphabetic());
    (is_member && is_noun && !is_version).then_some((collection, segment))
}

/// The object that a successful `GET` answers, or the only one within that, and where it stands.
fn answer(item: &Value, path: Pointer) -> Option<(&Map<String, Value>, Pointer)> {
    let responses = item.get("get")?.get("responses")?.as_object()?;
    let (status, response) = responses
        .iter()
        .find(|(status, _)| status.starts_with('2'))?;
    let content = response.get("content")?.as_object()?;
    let (media_type, body) = content.iter().find(|(name, _)| name.contains("json"))?;
    let keys = ["get", "responses", status, "content", media_type, "schema"];
    let pointer = keys.iter().fold(path, |pointer, key| pointer.join(key));
    let schema = body.get("schema")?.as_object()?;
    if likeness(schema).is_some() {
        return Some((schema, pointer));
    }
    let properties = schema.get("properties")?.as_object()?;
    let mut objects = properties.iter().filter_map(|(name, property)| {
        let property = property.as_object()?;
        likeness(property).map(|_| (name, property))
    });
    let (name, property) = objects.next()?;
    let pointer = pointer.join("properties").join(name);
    objects.next().is_none().then_some((property, pointer))
}

/// Whether an operation on the same collection, other than the `GET` of a member, has the very schema.
fn is_elsewhere(
    schema: &Map<String, Value>,
    paths: &[PathItem<'_>],
    collection: &str,
    member: &str,
) -> bool {
    let first = paths.partition_point(|(template, _)| template.as_str() < collection);
    let begun = paths.iter().skip(first);
    let mut begun = begun.map_while(|(template, item)| {
        let behind = template.strip_prefix(collection)?;
        Some((template.as_str(), behind, item))
    });
    begun.any(|(template, behind, item)| {
        let is_within = behind.is_empty() || behind.starts_with('/');
        let operations = item.as_object().filter(|_| is_within);
        operations.into_iter().flatten().any(|(method, operation)| {
            let is_own = template == member && method == "get";
            !is_own && holds(operation, schema)
        })
    })
}

fn holds(value: &Value, schema: &Map<String, Value>) -> bool {
    match value {
        Value::Object(map) => map == schema || map.values().any(|value| holds(value, schema)),
        Value::Array(items) => items.iter().any(|item| holds(item, schema)),
        _ => false,
    }
}
