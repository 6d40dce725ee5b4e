//! Success answers and error answers.

use openapiv3::{OpenAPI, ReferenceOr, Response, Schema, StatusCode};

use super::contents::{Offer, error_payload, offers};
use super::names::{Scope, snake_words, type_name};
use super::node::component_name;
use super::schemas::Schemas;
use super::source::{Located, OperationSource};
use super::usage::Usages;
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{
    Alternative, Failure, HttpMethod, Payload, StatusEnum, StatusPattern, StatusVariant, Success,
    TypeRef,
};
use crate::media_types::essence;

/// What a successful and what a failed call hold. `default` describes errors; and where it is all that is said of
/// answers, what the call is made for, too.
pub(super) fn answers<'a>(
    schemas: &mut Schemas<'a, '_>,
    source: &OperationSource<'a>,
    operation_name: &str,
) -> (Success, Failure) {
    let responses = source.responses(&schemas.document.openapi);
    let is_success = success_test(&responses, schemas.usages());
    let that = |is_wanted: fn(Option<&StatusCode>) -> bool| {
        let answers = responses.iter();
        answers
            .filter(move |(status, _)| is_wanted(status.as_ref()))
            .collect()
    };
    let (successes, failures): (Vec<_>, Vec<_>) = (that(is_success), that(is_failure));
    let has_bodies = source.method != HttpMethod::Head;
    let offer = format!("{operation_name}Response");
    let success = success(schemas, &successes, &offer, has_bodies);
    let own_offer = format!("{operation_name}Error");
    let mut payloads: Vec<(&Answer<'_>, Payload)> = Vec::new();
    for answer in failures.iter().copied() {
        let twin = payloads.iter().find(|(known, _)| are_twins(known, answer));
        let payload = match &success.payload {
            _ if !has_bodies => Payload::Empty,
            // It has been read as the success.
            Payload::Json(type_ref) if is_success(answer.0.as_ref()) => {
                Payload::Json(type_ref.clone())
            }
            _ if let Some((_, payload)) = twin => payload.clone(),
            _ => {
                let offer = error_offer(&own_offer, answer, &failures);
                error_payload(schemas, &answer.1, &offer)
            }
        };
        payloads.push((answer, payload));
    }
    let failure = Failure {
        statuses: statuses(&failures),
        payload: failure_payload(one_payload(payloads)),
    };
    (success, failure)
}

/// The schemas of answers that are errors for sure.
pub(super) fn error_schemas<'a>(
    openapi: &'a OpenAPI,
    sources: &[OperationSource<'a>],
) -> Vec<&'a ReferenceOr<Schema>> {
    let mut schemas = Vec::new();
    for source in sources {
        let responses = source.responses(openapi);
        let has_success = has_success(&responses);
        for (status, response) in responses {
            if is_failure(status.as_ref()) && (status.is_some() || has_success) {
                let content = response.value.content.values();
                schemas.extend(content.filter_map(|media_type| media_type.schema.as_ref()));
            }
        }
    }
    schemas
}

/// Whether a document says what an operation is made for by a status.
fn has_success(responses: &[(Option<StatusCode>, Located<'_, Response>)]) -> bool {
    let mut statuses = responses.iter().map(|(status, _)| status.as_ref());
    statuses.any(|status| is_success(status) || is_redirect(status))
}

/// Tells the answers that a call is made for: those of 2xx, or those of 3xx where a document has only
/// these. A redirect beside a success is an error as any other that the client does not follow. Where there is
/// neither, it is `default`, unless that is about errors by its words or by what others hold.
fn success_test(
    responses: &[(Option<StatusCode>, Located<'_, Response>)],
    usages: &Usages<'_>,
) -> fn(Option<&StatusCode>) -> bool {
    let mut statuses = responses.iter().map(|(status, _)| status.as_ref());
    if statuses.any(is_success) {
        return is_success;
    }
    let tells_of_errors = |response: &Response| {
        let mut content = response.content.values();
        names_errors(&response.description)
            || content.any(|media_type| {
                let schema = media_type.schema.as_ref();
                schema.is_some_and(|schema| usages.is_of_errors(schema) || refers_to_error(schema))
            })
    };
    let default = responses.iter().find(|(status, _)| status.is_none());
    match default {
        Some((_, response))
            if !has_success(responses)
                && !response.value.content.is_empty()
                && !tells_of_errors(response.value) =>
        {
            |status| status.is_none()
        }
        _ => is_redirect,
    }
}

fn refers_to_error(schema: &ReferenceOr<Schema>) -> bool {
    matches!(schema, ReferenceOr::Reference { reference } if names_errors(component_name(reference)))
}

/// Whether a name or a description has a word for an error.
fn names_errors(text: &str) -> bool {
    let words = snake_words(text);
    let mut words = words.split('_');
    words.any(|word| {
        let stems = ["error", "fail", "problem", "exception", "fault"];
        stems.iter().any(|stem| word.starts_with(stem))
    })
}

fn is_success(status: Option<&StatusCode>) -> bool {
    matches!(
        status,
        Some(StatusCode::Code(200..=299) | StatusCode::Range(2))
    )
}

fn is_redirect(status: Option<&StatusCode>) -> bool {
    matches!(
        status,
        Some(StatusCode::Code(300..=399) | StatusCode::Range(3))
    )
}

/// Answers of 1xx, and of 3xx beside those of 2xx, are neither the one nor the other.
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

/// The name of what an error's answer holds: its component's, or that of the status. Where `default` is among its
/// twins, it stands for all of them.
fn error_offer(own_offer: &str, answer: &Answer<'_>, failures: &[&Answer<'_>]) -> String {
    let mut others = failures.iter().copied();
    let default = others.find(|other| other.0.is_none() && are_twins(other, answer));
    let (status, response) = default.unwrap_or(answer);
    let shared = response.shared_name("Response");
    shared.unwrap_or_else(|| with_status(own_offer, status.as_ref()))
}

/// Answers of one operation that are written out and hold the very same: many tools do so for each status.
fn are_twins((_, one): &Answer<'_>, (_, other): &Answer<'_>) -> bool {
    let is_own = |answer: &Located<'_, Response>| answer.pointer.component().is_none();
    let (content, others) = (&one.value.content, &other.value.content);
    let mut pairs = content.iter().zip(others);
    is_own(one)
        && is_own(other)
        && content.len() == others.len()
        && pairs.all(|((name, media_type), (twin_name, twin))| {
            name == twin_name && media_type.schema == twin.schema
        })
}

/// The name of the type in the answer of this status, whichever answers there are beside it.
fn with_status(offer: &str, status: Option<&StatusCode>) -> String {
    match status {
        None => offer.to_owned(),
        Some(status) => format!("{offer}{status}"),
    }
}

fn success<'a>(
    schemas: &mut Schemas<'a, '_>,
    answers: &[&Answer<'a>],
    offer: &str,
    has_bodies: bool,
) -> Success {
    let mut accept = Vec::new();
    let mut payloads = Vec::new();
    let mut alternatives: Vec<Alternative> = Vec::new();
    for (index, answer) in answers.iter().enumerate() {
        let (status, response) = *answer;
        let offers = if has_bodies && can_have_body(schemas, status.as_ref(), response) {
            let offer = match (response.shared_name("Response"), index) {
                (Some(shared), _) => shared,
                (None, 0) => offer.to_owned(),
                (None, _) => with_status(offer, status.as_ref()),
            };
            offers(schemas, response, &offer)
        } else {
            Vec::new()
        };
        let mut offers = offers.into_iter();
        let usual = offers.next();
        if let Some(usual) = &usual {
            ask_for(&mut accept, &usual.media_types);
        }
        payloads.push((*answer, usual.map_or(Payload::Empty, |usual| usual.payload)));
        for other in offers {
            add_alternative(&mut alternatives, other);
        }
    }
    alternatives.sort_by_key(|alternative| alternative.way);
    let usual = |name: &String| matches!(essence(name), "application/json" | "*/*");
    let payload = one_payload(payloads);
    let is_usual = accept.iter().all(usual) && !payload.streams();
    Success {
        statuses: statuses(answers),
        redirects: answers
            .iter()
            .any(|(status, _)| is_redirect(status.as_ref())),
        accept: if is_usual { Vec::new() } else { accept },
        payload,
        alternatives,
    }
}

/// The first answer that has an alternative counts.
fn add_alternative(alternatives: &mut Vec<Alternative>, offer: Offer) {
    let Some(way) = offer.way else {
        return;
    };
    if alternatives.iter().all(|known| known.way != way) {
        let mut accept = Vec::new();
        ask_for(&mut accept, &offer.media_types);
        alternatives.push(Alternative {
            way,
            accept,
            payload: offer.payload,
        });
    }
}

/// Adds media types to a list of those to ask for, where a header can carry them.
fn ask_for(accept: &mut Vec<String>, media_types: &[String]) {
    for name in media_types {
        let mut bytes = name.bytes();
        let is_clean = bytes.all(|byte| (b' '..=b'~').contains(&byte) && byte != b',');
        if is_clean && !accept.contains(name) {
            accept.push(name.clone());
        }
    }
}

/// HTTP has no body in answers of some statuses, whatever the document describes.
fn can_have_body(
    schemas: &mut Schemas<'_, '_>,
    status: Option<&StatusCode>,
    response: &Located<'_, Response>,
) -> bool {
    let Some(StatusCode::Code(code @ (204 | 205 | 304))) = status else {
        return true;
    };
    if !response.value.content.is_empty() {
        let location = schemas.location(response.pointer.join("content"));
        let message = format!("an answer of status {code} has no body");
        let diagnostic = Diagnostic::new(Code::IgnoredKeyword, location, message);
        schemas.diagnostics.push(diagnostic);
    }
    false
}

/// One payload for all answers of a kind.
fn one_payload(answers: Vec<(&Answer<'_>, Payload)>) -> Payload {
    let answers = answers.into_iter();
    let answers = answers.map(|((status, _), payload)| (pattern(status.as_ref()), payload));
    let answers: Vec<(StatusPattern, Payload)> = answers.collect();
    let codes = answers.iter().filter_map(|(status, _)| status.code());
    let codes: Vec<u16> = codes.collect();
    // Where every code of a hundred has an answer of its own, nothing is left for the hundred.
    let is_left = |hundred| codes.iter().filter(|code| **code / 100 == hundred).count() < 100;
    let mut variants: Vec<StatusVariant> = Vec::new();
    for (status, payload) in answers {
        if let StatusPattern::Range(hundred) = status
            && !is_left(hundred)
        {
            continue;
        }
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
            Payload::Bytes | Payload::ByteStream => "Binary".to_owned(),
            Payload::Events(_) => "Events".to_owned(),
            Payload::Items(_) => "Items".to_owned(),
            _ => type_name(&format!("status {}", first.unwrap_or_default())),
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

/// An error body may always be missing or be something else, which the error itself covers.
fn failure_payload(payload: Payload) -> Payload {
    match payload {
        Payload::OptionalJson(type_ref) => Payload::Json(type_ref),
        other => other,
    }
}
