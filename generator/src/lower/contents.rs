//! What the content of one answer can be given as.

use std::borrow::Borrow;

use openapiv3::{AnySchema, MediaType, OpenAPI, ReferenceOr, Response, Schema};

use super::node::{Node, SchemaUse, component, component_name, keywords};
use super::schemas::{Schemas, nullable_type};
use super::source::Located;
use super::usage::View;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{ItemPart, Pointer};
use crate::ir::{Constraints, EventData, Payload, TypeRef, Way};
use crate::media_types::{
    EVENT_MEMBERS, essence, is_event_stream, is_file_format, is_json, is_json_changes,
    is_json_items, is_opaque, is_plain_text, is_text, is_xml, preference,
};

/// What a content can be given as, the preferred one first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Json,
    Text,
    Events,
    Items,
    Changes,
    Bytes,
}

impl Kind {
    /// The way to ask for it where another kind is the usual one.
    fn way(self) -> Option<Way> {
        match self {
            Self::Json => None,
            Self::Text => Some(Way::Text),
            Self::Events | Self::Items | Self::Changes => Some(Way::Stream),
            Self::Bytes => Some(Way::Download),
        }
    }
}

/// One of the things that a content can be given as.
pub(super) struct Offer {
    /// The way to ask for it where it is not the usual one.
    pub(super) way: Option<Way>,
    /// The media types that announce it.
    pub(super) media_types: Vec<String>,
    pub(super) payload: Payload,
}

/// What a successful answer can be given as, the usual one first. A media type that would give the
/// same value in a spelling that the client cannot read is left out.
pub(super) fn offers<'a>(
    schemas: &mut Schemas<'a, '_>,
    response: &Located<'a, Response>,
    name: &str,
) -> Vec<Offer> {
    let mut offers: Vec<Offer> = Vec::new();
    for (kind, group) in understood(groups(&schemas.document.openapi, response.value)) {
        let Some(((first, media_type), others)) = group.split_first() else {
            continue;
        };
        let way = kind.way();
        let place = response.pointer.join("content").join(first);
        if offers.iter().any(|offer| offer.way == way) {
            let message = format!("the client gives one stream for an answer, not `{first}`");
            unsupported(schemas, place, &message);
            continue;
        }
        // Of several spellings of JSON, one is asked for.
        let mut media_types = vec![(*first).to_owned()];
        if kind == Kind::Json {
            report_other_json(schemas, response, media_type, others, "is asked for");
        } else {
            media_types.extend(others.iter().map(|(name, _)| (*name).to_owned()));
        }
        if matches!(kind, Kind::Text | Kind::Bytes) {
            report_unread(schemas, first, media_type, &place);
        }
        offers.push(Offer {
            way,
            media_types,
            payload: payload(schemas, kind, media_type, &place, name),
        });
    }
    offers
}

/// What an error answer is given as: it is read whole.
pub(super) fn error_payload<'a>(
    schemas: &mut Schemas<'a, '_>,
    response: &Located<'a, Response>,
    name: &str,
) -> Payload {
    let groups = groups(&schemas.document.openapi, response.value);
    let first = groups.first();
    let first = first.and_then(|(kind, group)| Some((*kind, group.split_first()?)));
    let Some((kind, ((media_type_name, media_type), others))) = first else {
        return Payload::Empty;
    };
    let place = response.pointer.join("content").join(media_type_name);
    if kind == Kind::Json {
        report_other_json(schemas, response, media_type, others, "is read");
        return payload(schemas, kind, media_type, &place, name);
    }
    report_unread(schemas, media_type_name, media_type, &place);
    if kind == Kind::Bytes {
        Payload::Bytes
    } else {
        Payload::Text
    }
}

/// Reports kinds of JSON that are not read, and describe another value than the one that is. One that is
/// described by nothing, as where there are only examples of it, holds the same.
fn report_other_json(
    schemas: &mut Schemas<'_, '_>,
    response: &Located<'_, Response>,
    chosen: &MediaType,
    others: &[(&str, &MediaType)],
    what_is_done: &str,
) {
    for (name, other) in others {
        if other.schema != chosen.schema && !says_nothing(other) {
            let place = response.pointer.join("content").join(name);
            let message = format!("another kind of JSON {what_is_done} in place of `{name}`");
            unsupported(schemas, place, &message);
        }
    }
}

type Group<'a> = Vec<(&'a str, &'a MediaType)>;

/// The media types of a response by what they can be given as, the preferred ones first.
fn groups<'a>(openapi: &OpenAPI, response: &'a Response) -> Vec<(Kind, Group<'a>)> {
    let mut groups: Vec<(Kind, Group<'a>)> = Vec::new();
    let mut content: Vec<(&String, &MediaType)> = response.content.iter().collect();
    // Of several spellings of JSON only one is asked for: one that tells what is answered.
    let is_silent = |name: &str, media_type| is_json(name) && says_nothing(media_type);
    content.sort_by_key(|(name, media_type)| (is_silent(name, media_type), preference(name)));
    let has_json = content.iter().any(|(name, _)| is_json(name));
    for (name, media_type) in content {
        let kind = match kind(openapi, name, media_type) {
            // A value that is no text is spelled as JSON in one.
            Kind::Text if !has_json && is_value_in_text(openapi, name, media_type) => Kind::Json,
            kind => kind,
        };
        match groups.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, group)) => group.push((name, media_type)),
            None => groups.push((kind, vec![(name, media_type)])),
        }
    }
    groups.sort_by_key(|(kind, _)| *kind);
    groups
}

/// Leaves out what would give the usual value in a spelling that the client cannot read.
fn understood(mut groups: Vec<(Kind, Group<'_>)>) -> Vec<(Kind, Group<'_>)> {
    let first = groups.first().and_then(|(_, group)| group.first());
    let Some(usual) = first.and_then(|(_, media_type)| media_type.schema.as_ref()) else {
        return groups;
    };
    for (kind, group) in groups.iter_mut().skip(1) {
        if matches!(kind, Kind::Text | Kind::Bytes) {
            group.retain(|(_, media_type)| media_type.schema.as_ref() != Some(usual));
        }
    }
    groups.retain(|(_, group)| !group.is_empty());
    groups
}

fn kind(openapi: &OpenAPI, name: &str, media_type: &MediaType) -> Kind {
    let is_string = is_text_schema(openapi, media_type);
    let is_binary = is_binary_schema(openapi, media_type);
    let is_any = essence(name) == "*/*";
    if is_event_stream(name) {
        Kind::Events
    } else if is_json_changes(name) {
        Kind::Changes
    } else if is_json_items(name) {
        Kind::Items
    } else if is_binary || is_any && says_nothing(media_type) {
        Kind::Bytes
    } else if is_any && is_string {
        // A server of JSON that answers with a lone text is rare.
        Kind::Text
    } else if is_json(name) {
        Kind::Json
    } else if is_text(name) || is_xml(name) {
        Kind::Text
    } else {
        Kind::Bytes
    }
}

/// The keywords of a content's schema, where it has one.
fn content_keywords<'a>(openapi: &'a OpenAPI, media_type: &'a MediaType) -> Option<&'a AnySchema> {
    schema_keywords(openapi, media_type.schema.as_ref()?)
}

/// The keywords of a schema, or of the component that it refers to.
fn schema_keywords<'a>(
    openapi: &'a OpenAPI,
    schema: &'a ReferenceOr<impl Borrow<Schema>>,
) -> Option<&'a AnySchema> {
    let schema = match schema {
        ReferenceOr::Item(schema) => schema.borrow(),
        ReferenceOr::Reference { reference } => {
            match component(openapi, component_name(reference))?.schema {
                SchemaUse::Inline(schema) => schema,
                SchemaUse::Component(_) => return None,
            }
        }
    };
    keywords(schema)
}

fn payload<'a>(
    schemas: &mut Schemas<'a, '_>,
    kind: Kind,
    media_type: &'a MediaType,
    place: &Pointer,
    name: &str,
) -> Payload {
    let mut read = |name: &str| content_type(schemas, media_type, place, View::Response, name).0;
    match kind {
        Kind::Json => Payload::Json(read(name)),
        Kind::Text => Payload::Text,
        Kind::Bytes => Payload::ByteStream,
        Kind::Items => Payload::Items(item_of(media_type, read(&format!("{name}Item")))),
        Kind::Changes => {
            let described = read(&format!("{name}Item"));
            let change = change(schemas).unwrap_or(described);
            Payload::Items(item_of(media_type, change))
        }
        Kind::Events => {
            let type_ref = item_of(media_type, read(&format!("{name}Event")));
            let is_json = item_part(media_type) == Some(ItemPart::Json);
            let is_text = !is_json && is_text_schema(&schemas.document.openapi, media_type);
            Payload::Events(match type_ref {
                TypeRef::Any => EventData::Text,
                _ if is_text => EventData::Text,
                type_ref if is_whole_event(&schemas.document.openapi, media_type) => {
                    EventData::Whole(type_ref)
                }
                type_ref => EventData::Json(type_ref),
            })
        }
    }
}

/// What each change of a list that is watched arrives in. Documents of Kubernetes and of what extends it describe
/// such a stream as if it were the list.
fn change(schemas: &mut Schemas<'_, '_>) -> Option<TypeRef> {
    let components = schemas.document.openapi.components.as_ref()?;
    let mut names = components.schemas.keys();
    let name = names.find(|name| name.rsplit('.').next() == Some("WatchEvent"))?;
    Some(nullable_type(schemas.component_use(name, View::Response)))
}

/// What of a stream's item a schema describes, where the document says so.
fn item_part(media_type: &MediaType) -> Option<ItemPart> {
    let value = media_type.extensions.get(ItemPart::KEYWORD)?;
    ItemPart::of(value)
}

/// A stream that is described as a list is one of the list's items.
fn item_of(media_type: &MediaType, type_ref: TypeRef) -> TypeRef {
    match type_ref {
        TypeRef::List(item) if item_part(media_type).is_none() => *item,
        other => other,
    }
}

/// A content that is described by nothing. A component has a name, which says more.
pub(super) fn says_nothing(media_type: &MediaType) -> bool {
    match &media_type.schema {
        None => true,
        Some(ReferenceOr::Item(schema)) => {
            keywords(schema).is_some_and(|keywords| *keywords == AnySchema::default())
        }
        Some(ReferenceOr::Reference { .. }) => false,
    }
}

/// A text that stands for bytes.
pub(super) fn is_binary_schema(openapi: &OpenAPI, media_type: &MediaType) -> bool {
    content_keywords(openapi, media_type).is_some_and(|keywords| {
        matches!(keywords.typ.as_deref(), None | Some("string"))
            && keywords.format.as_deref() == Some("binary")
    })
}

/// A schema of an object with a property that has to be there and stands for bytes, or for a list of them.
pub(super) fn requires_file(openapi: &OpenAPI, media_type: &MediaType) -> bool {
    content_keywords(openapi, media_type).is_some_and(|keywords| {
        let mut required = keywords.required.iter();
        required.any(|name| is_file(openapi, keywords, name))
    })
}

/// A schema that may be of an object with such a property, be it optional.
pub(super) fn may_hold_file(openapi: &OpenAPI, media_type: &MediaType) -> bool {
    content_keywords(openapi, media_type).is_none_or(|keywords| {
        let mut names = keywords.properties.keys();
        let combined = [&keywords.all_of, &keywords.one_of, &keywords.any_of];
        names.any(|name| is_file(openapi, keywords, name))
            || combined.iter().any(|parts| !parts.is_empty())
    })
}

fn is_file(openapi: &OpenAPI, keywords: &AnySchema, name: &str) -> bool {
    let property = keywords.properties.get(name);
    let property = property.and_then(|property| schema_keywords(openapi, property));
    property.is_some_and(|property| {
        let item = property.items.as_ref();
        let item = item.and_then(|item| schema_keywords(openapi, item));
        [Some(property), item]
            .into_iter()
            .flatten()
            .any(|one| one.format.as_deref().is_some_and(is_file_format))
    })
}

/// A text is written as it is, whatever its format.
pub(super) fn is_text_schema(openapi: &OpenAPI, media_type: &MediaType) -> bool {
    let keywords = content_keywords(openapi, media_type);
    keywords.is_some_and(|keywords| keywords.typ.as_deref() == Some("string"))
}

/// A plain text that holds a number or anything else that is no text. That it holds an object, without a word on
/// what that is made of, says nothing: files are described like this.
pub(super) fn is_value_in_text(openapi: &OpenAPI, name: &str, media_type: &MediaType) -> bool {
    let keywords = content_keywords(openapi, media_type);
    is_plain_text(name)
        && keywords.is_some_and(|keywords| {
            let is_any_object = keywords.typ.as_deref() == Some("object")
                && keywords.additional_properties.is_none()
                && has_no_parts(keywords);
            !is_any_object && !is_plain(keywords)
        })
}

fn is_whole_event(openapi: &OpenAPI, media_type: &MediaType) -> bool {
    let schema = media_type.schema.as_ref();
    item_part(media_type).map_or_else(
        || schema.is_some_and(|schema| is_event(openapi, schema)),
        |part| part == ItemPart::Whole,
    )
}

/// A schema describes all of an event, rather than its data: an object with type and data, or several
/// of them.
fn is_event(openapi: &OpenAPI, schema: &ReferenceOr<Schema>) -> bool {
    /// More than any sensible document needs; references can lead in a circle.
    const MAX_SCHEMAS: usize = 1000;
    let mut pending = vec![Node::new(schema, Pointer::root()).schema];
    let mut seen = 0;
    while let Some(schema) = pending.pop() {
        seen += 1;
        let schema = match schema {
            SchemaUse::Inline(schema) => schema,
            SchemaUse::Component(name) => match component(openapi, name) {
                Some(node) if seen < MAX_SCHEMAS => {
                    pending.push(node.schema);
                    continue;
                }
                _ => return false,
            },
        };
        let Some(keywords) = keywords(schema) else {
            return false;
        };
        let has = |name: &str| keywords.properties.contains_key(name);
        let mut names = keywords.properties.keys();
        let is_event =
            has("event") && has("data") && names.all(|name| EVENT_MEMBERS.contains(&name.as_str()));
        if is_event {
            continue;
        }
        let alternatives = keywords.one_of.iter().chain(&keywords.any_of);
        let before = pending.len();
        pending.extend(alternatives.map(|one| Node::new(one, Pointer::root()).schema));
        if pending.len() == before {
            return false;
        }
    }
    true
}

/// Says where the document describes a value that the client cannot read.
fn report_unread(
    schemas: &mut Schemas<'_, '_>,
    name: &str,
    media_type: &MediaType,
    place: &Pointer,
) {
    let Some(schema) = &media_type.schema else {
        return;
    };
    let keywords = schema_keywords(&schemas.document.openapi, schema);
    if is_opaque(name) || keywords.is_none_or(is_plain) {
        return;
    }
    let given = if is_text(name) || is_xml(name) {
        "text"
    } else {
        "bytes"
    };
    let message = format!("the client cannot read `{name}`: the call gives its {given}");
    unsupported(schemas, place.clone(), &message);
}

/// A schema without a structure that would have to be read.
fn is_plain(keywords: &AnySchema) -> bool {
    keywords.typ.as_deref() == Some("string") || keywords.typ.is_none() && has_no_parts(keywords)
}

fn has_no_parts(keywords: &AnySchema) -> bool {
    keywords.properties.is_empty()
        && keywords.items.is_none()
        && keywords.all_of.is_empty()
        && keywords.one_of.is_empty()
        && keywords.any_of.is_empty()
}

/// Reports a media type that the client cannot write or read as the document says.
pub(super) fn unsupported(schemas: &mut Schemas<'_, '_>, place: Pointer, message: &str) {
    let location = schemas.location(place);
    schemas.diagnostics.push(Diagnostic::new(
        Code::UnsupportedMediaType,
        location,
        message,
    ));
}

/// The type of a content, any JSON where the document does not describe it, and its limits.
pub(super) fn content_type<'a>(
    schemas: &mut Schemas<'a, '_>,
    media_type: &'a MediaType,
    place: &Pointer,
    view: View,
    offer: &str,
) -> (TypeRef, Constraints) {
    match &media_type.schema {
        Some(schema) => {
            let node = Node::new(schema, place.join("schema"));
            let used = schemas.operation_use(&node, view, offer);
            let constraints = used.constraints.clone();
            (nullable_type(used), constraints)
        }
        None => (TypeRef::Any, Constraints::default()),
    }
}
