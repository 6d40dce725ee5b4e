//! Success answers and error answers.

use openapiv3::{MediaType, Response, StatusCode};

use super::names::{Scope, type_name};
use super::node::Node;
use super::schemas::{Schemas, nullable_type};
use super::source::Located;
use super::usage::View;
use crate::document::Pointer;
use crate::ir::{Failure, Payload, StatusEnum, StatusPattern, StatusVariant, Success, TypeRef};

/// What a successful and what a failed call hold. `default` describes errors, never a success.
pub(super) fn answers<'a>(
    schemas: &mut Schemas<'a, '_>,
    responses: &[(Option<StatusCode>, Located<'a, Response>)],
    operation_name: &str,
) -> (Success, Failure) {
    let (successes, failures): (Vec<_>, Vec<_>) = responses
        .iter()
        .filter(|(status, _)| is_success(status.as_ref()) || is_failure(status.as_ref()))
        .partition(|(status, _)| is_success(status.as_ref()));
    let offer = format!("{operation_name}Response");
    let success = Success {
        statuses: statuses(&successes),
        payload: payload(schemas, &successes, &offer),
    };
    let offer = format!("{operation_name}Error");
    let failure = Failure {
        statuses: statuses(&failures),
        payload: failure_payload(payload(schemas, &failures, &offer)),
    };
    (success, failure)
}

fn is_success(status: Option<&StatusCode>) -> bool {
    matches!(
        status,
        Some(StatusCode::Code(200..=299) | StatusCode::Range(2))
    )
}

/// Answers of 1xx and 3xx are neither the one nor the other.
fn is_failure(status: Option<&StatusCode>) -> bool {
    matches!(
        status,
        None | Some(StatusCode::Code(400..=599) | StatusCode::Range(4 | 5))
    )
}

type Answer<'a> = (Option<StatusCode>, Located<'a, Response>);

fn statuses(answers: &[&Answer<'_>]) -> Vec<String> {
    let name = |status: &Option<StatusCode>| {
        status
            .as_ref()
            .map_or_else(|| "default".to_owned(), ToString::to_string)
    };
    answers.iter().map(|(status, _)| name(status)).collect()
}

/// One payload for all answers of a kind.
fn payload<'a>(schemas: &mut Schemas<'a, '_>, answers: &[&Answer<'a>], offer: &str) -> Payload {
    let mut variants: Vec<StatusVariant> = Vec::new();
    for (index, (status, response)) in answers.iter().enumerate() {
        let offer = match index {
            0 => offer.to_owned(),
            _ => format!("{offer}{}", index + 1),
        };
        let payload = content_payload(schemas, response, &offer);
        let status = pattern(status.as_ref());
        match variants.iter_mut().find(|known| known.payload == payload) {
            Some(known) => known.statuses.push(status),
            None => variants.push(StatusVariant {
                name: String::new(),
                statuses: vec![status],
                payload,
            }),
        }
    }
    match variants.as_slice() {
        [] => Payload::Empty,
        [only] => only.payload.clone(),
        [one, other] => match (&one.payload, &other.payload) {
            (Payload::Json(type_ref), Payload::Empty)
            | (Payload::Empty, Payload::Json(type_ref)) => Payload::OptionalJson(type_ref.clone()),
            _ => by_status(variants),
        },
        _ => by_status(variants),
    }
}

fn by_status(mut variants: Vec<StatusVariant>) -> Payload {
    let mut scope = Scope::with(&["Self"]);
    for variant in &mut variants {
        let first = variant.statuses.first().map(|status| status.text());
        let offer = match &variant.payload {
            Payload::Json(TypeRef::Named(name)) => name.clone(),
            Payload::Empty => "NoContent".to_owned(),
            Payload::Text => "PlainText".to_owned(),
            Payload::Bytes => "Binary".to_owned(),
            _ => format!("Status{}", type_name(&first.unwrap_or_default())),
        };
        variant.name = scope.claim([offer]);
    }
    Payload::ByStatus(StatusEnum {
        name: String::new(),
        variants,
    })
}

fn pattern(status: Option<&StatusCode>) -> StatusPattern {
    match status {
        Some(StatusCode::Code(code)) => StatusPattern::Code(*code),
        Some(StatusCode::Range(hundred)) => StatusPattern::Range(*hundred),
        None => StatusPattern::Default,
    }
}

fn content_payload<'a>(
    schemas: &mut Schemas<'a, '_>,
    response: &Located<'a, Response>,
    offer: &str,
) -> Payload {
    let content = &response.value.content;
    if let Some((name, media_type)) = content.iter().find(|(name, _)| is_json(name)) {
        let place = response.pointer.join("content").join(name);
        return Payload::Json(content_type(
            schemas,
            media_type,
            &place,
            View::Response,
            offer,
        ));
    }
    if content.is_empty() {
        Payload::Empty
    } else if content.keys().any(|name| is_text(name)) {
        Payload::Text
    } else {
        Payload::Bytes
    }
}

/// An error body may always be missing or be something else, which the error itself covers.
fn failure_payload(payload: Payload) -> Payload {
    match payload {
        Payload::OptionalJson(type_ref) => Payload::Json(type_ref),
        other => other,
    }
}

pub(super) fn content_type<'a>(
    schemas: &mut Schemas<'a, '_>,
    media_type: &'a MediaType,
    place: &Pointer,
    view: View,
    offer: &str,
) -> TypeRef {
    match &media_type.schema {
        Some(schema) => {
            let node = Node::new(schema, place.join("schema"));
            nullable_type(schemas.operation_use(&node, view, offer))
        }
        None => TypeRef::Any,
    }
}

pub(super) fn essence(media_type: &str) -> &str {
    media_type.split(';').next().unwrap_or(media_type).trim()
}

/// JSON itself, a type built on it, or anything, which servers of JSON mean by `*/*`.
pub(super) fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type).to_ascii_lowercase();
    matches!(essence.as_str(), "application/json" | "text/json" | "*/*")
        || essence.ends_with("+json")
}

pub(super) fn is_form(media_type: &str) -> bool {
    essence(media_type).eq_ignore_ascii_case("application/x-www-form-urlencoded")
}

pub(super) fn is_text(media_type: &str) -> bool {
    let essence = essence(media_type).to_ascii_lowercase();
    essence.starts_with("text/") && !is_json(media_type)
}

/// Bytes that have no structure which the document could describe.
pub(super) fn is_opaque(media_type: &str) -> bool {
    let essence = essence(media_type).to_ascii_lowercase();
    [
        "application/octet-stream",
        "application/pdf",
        "application/zip",
        "application/gzip",
    ]
    .contains(&essence.as_str())
        || ["image/", "audio/", "video/", "font/"]
            .iter()
            .any(|kind| essence.starts_with(kind))
}
