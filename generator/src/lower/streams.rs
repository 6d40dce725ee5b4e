//! Streams of which only a request tells.

use super::schemas::Schemas;
use super::ways::{structure, unaliased};
use crate::ir::{Alternative, Body, EventData, Payload, Shape, Success, TypeRef, Way};
use crate::media_types::EVENT_STREAM;

/// What a request is told by to be answered bit by bit.
const FLAG: &str = "stream";

/// The events that a flag of the request promises, where the answers tell of none. A union among these has
/// the events beside what is answered at once; nothing else says what they hold.
pub(super) fn promised(
    schemas: &Schemas<'_, '_>,
    body: &Body,
    success: &Success,
) -> Option<Alternative> {
    let answer = success.payload.json()?;
    let mut known = success.alternatives.iter();
    if known.any(|known| known.way == Way::Stream) || !has_flag(schemas, &body.type_ref) {
        return None;
    }
    let event = if is_union(schemas, answer) {
        answer.clone()
    } else {
        TypeRef::Any
    };
    Some(Alternative {
        way: Way::Stream,
        accept: vec![EVENT_STREAM.to_owned()],
        payload: Payload::Events(EventData::Json(event)),
    })
}

fn has_flag(schemas: &Schemas<'_, '_>, request: &TypeRef) -> bool {
    structure(schemas, request).is_some_and(|(_, structure)| {
        structure.fields.iter().any(|field| {
            field.wire_name == FLAG
                && *unaliased(schemas, &field.type_ref) == TypeRef::Bool
                && promises_events(&field.docs.text)
        })
    })
}

fn is_union(schemas: &Schemas<'_, '_>, type_ref: &TypeRef) -> bool {
    match unaliased(schemas, type_ref) {
        TypeRef::Named(name) => schemas
            .definition(name)
            .is_some_and(|definition| matches!(definition.shape, Shape::Union(_))),
        _ => false,
    }
}

fn promises_events(description: &str) -> bool {
    let text = description.to_lowercase();
    let words: Vec<&str> = text
        .split(|one: char| !one.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    words.contains(&"sse")
        || words
            .windows(2)
            .any(|pair| matches!(pair, ["server", "sent"]))
}

#[cfg(test)]
mod tests {
    use super::promises_events;

    #[test]
    fn descriptions_promise_events() {
        for (description, promises) in [
            ("Whether to answer by Server-Sent Events.", true),
            ("If `true`, the answer is an SSE stream.", true),
            ("Whether the camera streams.", false),
            ("Answers by a line for each token.", false),
            ("The classes of the answer.", false),
        ] {
            assert_eq!(promises_events(description), promises, "{description}");
        }
    }
}
