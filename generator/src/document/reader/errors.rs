//! Bodies of errors that a document writes out alike in several places.
//!
//! Tools without components write an error out in every operation, and people in every answer that is a
//! component. A caller handles all of them in the same way, which takes one type.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap, HashSet};

use indexmap::{IndexMap, IndexSet};
use serde_json::{Map, Value};

use super::resolve::{Section, push_pascal};
use super::twins::Twins;
use crate::document::pointer::Pointer;

/// Longer titles are sentences.
const MAX_WORDS_OF_TITLES: usize = 4;

/// The bodies of errors that become components, by where they stand.
#[derive(Debug, Default)]
pub(super) struct Errors {
    places: HashMap<Pointer, usize>,
    bodies: Vec<ErrorBody>,
}

/// The body of errors in several places.
#[derive(Debug)]
pub(super) struct ErrorBody {
    /// What it is called, in Pascal case.
    pub(super) name: String,
    /// The first of its places.
    pub(super) pointer: Pointer,
}

impl Errors {
    /// The errors of a document, but for those that are the same as a component.
    pub(super) fn of(document: &Value, twins: &Twins<'_>) -> Self {
        let mut uses: Vec<Use<'_>> = uses(document, twins).into_values().collect();
        // The order of the document counts only where their numbers tell nothing.
        uses.sort_by_key(|body| Reverse(body.answers));
        let schemas = members(document.pointer("/components/schemas"));
        let others = schemas.map(|(name, _)| name.as_str());
        let others = others.chain(twins.names_of_resources());
        let others: HashSet<String> = others.map(str::to_ascii_lowercase).collect();
        let mut errors = Self::default();
        for (rank, body) in uses.into_iter().enumerate() {
            let Some(pointer) = body.places.first().filter(|_| body.is_shared()) else {
                continue;
            };
            let is_free = |name: &String| {
                let mut known = errors.bodies.iter().map(|body| &body.name);
                !known.any(|known| known == name) && !others.contains(&name.to_ascii_lowercase())
            };
            let name = body.offers(rank == 0).find(is_free);
            if let Some(name) = name {
                let pointer = pointer.clone();
                let index = errors.bodies.len();
                errors.bodies.push(ErrorBody { name, pointer });
                let places = body.places.into_iter();
                errors.places.extend(places.map(|place| (place, index)));
            }
        }
        errors
    }

    /// The body of errors that stands at a place; nothing where others do not share it.
    pub(super) fn at(&self, pointer: &Pointer) -> Option<&ErrorBody> {
        self.bodies.get(*self.places.get(pointer)?)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.bodies.is_empty()
    }
}

/// Where a document has a body of errors.
#[derive(Debug)]
struct Use<'v> {
    schema: &'v Map<String, Value>,
    places: IndexSet<Pointer>,
    /// The operations, and the answers that are components, which write it out.
    owners: HashSet<Pointer>,
    /// How many answers of operations hold it.
    answers: usize,
    statuses: BTreeSet<&'v str>,
}

impl<'v> Use<'v> {
    fn new(schema: &'v Map<String, Value>) -> Self {
        Self {
            schema,
            places: IndexSet::new(),
            owners: HashSet::new(),
            answers: 0,
            statuses: BTreeSet::new(),
        }
    }

    /// Whether several operations, or answers, would have a type of their own for it.
    fn is_shared(&self) -> bool {
        self.owners.len() > 1 && !self.schema.contains_key("$ref")
    }

    /// What it can be called. It is the error as such only where no other is in more answers: this changes
    /// less with operations that are added than what comes first.
    fn offers(&self, is_most: bool) -> impl Iterator<Item = String> {
        let title = self.schema.get("title").and_then(Value::as_str);
        let title = title.filter(|title| title.split_whitespace().count() <= MAX_WORDS_OF_TITLES);
        let mut titled = String::new();
        push_pascal(&mut titled, title.unwrap_or_default());
        let titled = Some(titled).filter(|name| name.starts_with(char::is_alphabetic));
        let usual = ["Error", "ErrorResponse"];
        let usual = usual
            .into_iter()
            .filter(move |_| is_most)
            .map(str::to_owned);
        let titled = titled.into_iter();
        titled.chain(usual).chain([self.name_by_status()])
    }

    fn name_by_status(&self) -> String {
        let mut statuses = self.statuses.iter();
        match (statuses.next(), statuses.next()) {
            (Some(only), None) if *only != "default" => format!("Error{only}"),
            _ if self.all_begin_with('4') => "ClientError".to_owned(),
            _ if self.all_begin_with('5') => "ServerError".to_owned(),
            _ => "OtherError".to_owned(),
        }
    }

    fn all_begin_with(&self, hundred: char) -> bool {
        let mut statuses = self.statuses.iter();
        statuses.all(|status| status.starts_with(hundred))
    }
}

/// The bodies of a document's errors, by what they say. Those that are components count, too.
fn uses<'v>(document: &'v Value, twins: &Twins<'v>) -> IndexMap<Value, Use<'v>> {
    let mut uses: IndexMap<Value, Use<'_>> = IndexMap::new();
    let paths = Pointer::root().join("paths");
    for (template, item) in members(document.get("paths")) {
        let path = paths.join(template);
        for (method, operation) in members(Some(item)) {
            let operation_path = path.join(method);
            for (status, response) in errors(operation) {
                let component = component(document, response);
                let (response, place, owner) = component.unwrap_or_else(|| {
                    let place = operation_path.join("responses").join(status);
                    (response, place, operation_path.clone())
                });
                for (schema, place) in bodies(response, &place, twins) {
                    let known = uses.entry(without_examples(schema));
                    let known = known.or_insert_with(|| Use::new(schema));
                    known.places.insert(place);
                    known.owners.insert(owner.clone());
                    known.answers += 1;
                    known.statuses.insert(status);
                }
            }
        }
    }
    uses
}

/// The schemas of an answer that have, or become, types of their own, and where they stand.
fn bodies<'v>(
    response: &'v Value,
    place: &Pointer,
    twins: &Twins<'_>,
) -> impl Iterator<Item = (&'v Map<String, Value>, Pointer)> {
    let place = place.join("content");
    members(response.get("content")).filter_map(move |(media_type, content)| {
        let schema = content.get("schema")?.as_object()?;
        is_body(schema, twins).then(|| (schema, place.join(media_type).join("schema")))
    })
}

fn members(value: Option<&Value>) -> impl Iterator<Item = (&String, &Value)> {
    value.and_then(Value::as_object).into_iter().flatten()
}

/// The answers of an operation that are errors for sure: `default` may be the success where no other is.
fn errors(operation: &Value) -> impl Iterator<Item = (&str, &Value)> {
    let responses = operation.get("responses");
    let has_success = members(responses).any(|(status, _)| status.starts_with(['2', '3']));
    members(responses).filter_map(move |(status, response)| {
        let is_error = status.starts_with(['4', '5']) || (status == "default" && has_success);
        is_error.then_some((status.as_str(), response))
    })
}

/// The answer among the components that an operation refers to, where it stands, and that it is nobody else's.
fn component<'v>(document: &'v Value, response: &Value) -> Option<(&'v Value, Pointer, Pointer)> {
    let reference = response.get("$ref")?.as_str()?;
    let place = Pointer::from_text(reference.strip_prefix('#')?);
    let (section, _) = place.component()?;
    let response = document
        .pointer(place.as_str())
        .filter(|_| section == Section::Responses.key())?;
    Some((response, place.clone(), place))
}

/// Whether a schema has, or becomes, a type of its own.
fn is_body(schema: &Map<String, Value>, twins: &Twins<'_>) -> bool {
    let properties = schema.get("properties").and_then(Value::as_object);
    let has_properties = properties.is_some_and(|properties| !properties.is_empty());
    let is_union = ["oneOf", "anyOf"].iter().any(|key| {
        let alternatives = schema.get(*key).and_then(Value::as_array);
        let distinct = alternatives.into_iter().flatten().collect::<HashSet<_>>();
        distinct.len() > 1
    });
    schema.contains_key("$ref") || ((has_properties || is_union) && twins.name(schema).is_none())
}

/// A schema without what differs from answer to answer and says nothing of their type.
fn without_examples(schema: &Map<String, Value>) -> Value {
    let essential = schema
        .iter()
        .filter(|(key, _)| !matches!(key.as_str(), "example" | "examples"));
    let parts = essential.map(|(key, part)| {
        let part = match (key.as_str(), part) {
            ("default" | "const" | "enum", _) => part.clone(),
            ("properties", Value::Object(properties)) => {
                let properties = properties.iter();
                let named = properties.map(|(name, property)| (name.clone(), bare(property)));
                Value::Object(named.collect())
            }
            _ => bare(part),
        };
        (key.clone(), part)
    });
    Value::Object(parts.collect())
}

fn bare(part: &Value) -> Value {
    match part {
        Value::Object(schema) => without_examples(schema),
        Value::Array(items) => items.iter().map(bare).collect(),
        other => other.clone(),
    }
}
