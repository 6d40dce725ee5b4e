//! Reads what OpenAPI 3.2 says of the items of a stream.

use openapiv3::{ReferenceOr, Schema};
use serde_json::{Map, Value};

use super::Reader;
use super::object::Object;
use super::resolve::{Section, reference_object};
use super::schema::{all_of, schema};
use crate::document::moves::Origin;
use crate::document::pointer::Path;
use crate::media_types::{EVENT_MEMBERS, is_event_stream, is_json, is_json_items};

/// What a schema in the place of a media type's `schema` describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ItemPart {
    /// An item of a stream; of a stream of events, all members of one.
    Whole,
    /// The data of an event.
    Data,
    /// What the data of an event hold, which are a text of JSON.
    Json,
}

impl ItemPart {
    /// The keyword of a media type's `extensions` that tells the part.
    pub(crate) const KEYWORD: &'static str = "itemSchema";

    /// How it is written in `extensions`.
    pub(super) fn to_value(self) -> Value {
        Value::from(match self {
            Self::Whole => "item",
            Self::Data => "data",
            Self::Json => "json",
        })
    }

    /// The part, where `extensions` hold one.
    pub(crate) fn of(value: &Value) -> Option<Self> {
        [Self::Whole, Self::Data, Self::Json]
            .into_iter()
            .find(|part| part.to_value() == *value)
    }
}

/// The schema of a stream's items, in the place of the media type's `schema`.
pub(super) fn item_schema(
    object: &mut Object<'_, '_, '_, '_>,
    name: &str,
) -> Option<(ItemPart, ReferenceOr<Schema>)> {
    let value = object.take(ItemPart::KEYWORD)?;
    let place = object.path.key(ItemPart::KEYWORD);
    if !is_event_stream(name) && !is_json_items(name) {
        let reason =
            format!("describes the items of a stream, and the client knows none of `{name}`");
        object.reader.ignored(&place, &reason);
        return None;
    }
    let data = is_event_stream(name).then(|| object.reader.event_data(value, &place));
    let (part, (file, pointer)) = match data.flatten() {
        Some(data) => data,
        None => (ItemPart::Whole, (object.reader.file, place.to_pointer())),
    };
    object.reader.reads_events = is_event_stream(name) && part == ItemPart::Whole;
    let read = object.reader.at_origin(file, &pointer, schema);
    object.reader.reads_events = false;
    let read = read?;
    let parent = (object.reader.file, object.path.to_pointer());
    object
        .reader
        .moves
        .insert(&parent, "schema", (file, pointer));
    Some((part, read))
}

impl<'v> Reader<'_, 'v> {
    /// Where the data of an event are described, if its schema says nothing else that a type could express.
    fn event_data(&mut self, value: &'v Value, path: &Path<'_>) -> Option<(ItemPart, Origin)> {
        let (file, pointer, event) = match reference_object(value) {
            Some(map) => self.follow(Section::Schemas, map, path)?,
            None => (self.file, path.to_pointer(), value),
        };
        let data = lone_data(event)?;
        let pointer = pointer.join("properties").join("data");
        Some(if data.contains_key("contentSchema") {
            (ItemPart::Json, (file, pointer.join("contentSchema")))
        } else {
            (ItemPart::Data, (file, pointer))
        })
    }

    /// Whether a schema is that of an event's data, which are a text of JSON.
    pub(super) fn is_json_data(&self, schema: &Map<String, Value>, path: &Path<'_>) -> bool {
        let media_type = schema.get("contentMediaType").and_then(Value::as_str);
        self.reads_events
            && schema.contains_key("contentSchema")
            && media_type.is_none_or(is_json)
            && path.ends_with("data")
    }

    /// What the data hold, in the place of the text.
    pub(super) fn json_data(
        &mut self,
        text: &'v Map<String, Value>,
        path: &Path<'_>,
    ) -> Option<ReferenceOr<Schema>> {
        let place = path.key("contentSchema");
        self.reads_events = false;
        let content = schema(self, text.get("contentSchema")?, &place);
        self.reads_events = true;
        let mut held = match content? {
            ReferenceOr::Item(schema) => schema,
            reference @ ReferenceOr::Reference { .. } => all_of(vec![reference]),
        };
        let extensions = &mut held.schema_data.extensions;
        extensions.insert(ItemPart::KEYWORD.to_owned(), ItemPart::Json.to_value());
        let (parent, key) = path.to_pointer().split_last()?;
        let origin = (self.file, place.to_pointer());
        self.moves.insert(&(self.file, parent), &key, origin);
        Some(ReferenceOr::Item(held))
    }
}

/// The schema of an event's data, where all events are alike.
fn lone_data(event: &Value) -> Option<&Map<String, Value>> {
    let event = event.as_object()?;
    let has_alternatives = ["allOf", "anyOf", "if", "oneOf"]
        .iter()
        .any(|key| event.contains_key(*key));
    let members = event.get("properties")?.as_object()?;
    let is_event = members
        .keys()
        .all(|name| EVENT_MEMBERS.contains(&name.as_str()));
    if has_alternatives || !is_event {
        return None;
    }
    members.get("data")?.as_object()
}
