//! Reads the `x-waiters` hints of an operation: goals that polling it can wait for.
//!
//! A hint has a `name`, a `description`, the `state` as a JSON pointer into the answer, and either
//! the lists `success` and `failure` of states or `gone: true`.

use serde::Deserialize;
use serde_json::Value;

use super::names::value_name;
use super::paging::structure;
use super::schemas::Schemas;
use super::source::OperationSource;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::Pointer;
use crate::ir::{Docs, FieldStep, Payload, Presence, Shape, Success, TypeRef, Waiter, WaiterGoal};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Hint {
    name: String,
    #[serde(default)]
    description: String,
    #[serde(default)]
    state: Option<String>,
    #[serde(default)]
    success: Vec<String>,
    #[serde(default)]
    failure: Vec<String>,
    #[serde(default)]
    gone: bool,
}

/// The waiters of an operation; a hint that cannot be followed is an error.
pub(super) fn waiters(
    schemas: &mut Schemas<'_, '_>,
    source: &OperationSource<'_>,
    success: &Success,
) -> Vec<Waiter> {
    let Some(hints) = source.operation.extensions.get("x-waiters") else {
        return Vec::new();
    };
    let place = source.pointer.join("x-waiters");
    let Value::Array(hints) = hints else {
        report(schemas, &place, "`x-waiters` is not a list");
        return Vec::new();
    };
    let mut waiters = Vec::with_capacity(hints.len());
    for (index, hint) in hints.iter().enumerate() {
        match waiter(schemas, hint, success) {
            Ok(waiter) => waiters.push(waiter),
            Err(message) => report(schemas, &place.join(&index.to_string()), &message),
        }
    }
    waiters
}

fn waiter(schemas: &Schemas<'_, '_>, hint: &Value, success: &Success) -> Result<Waiter, String> {
    if !hint.is_object() {
        return Err("a waiter has to be an object".to_owned());
    }
    let hint = Hint::deserialize(hint).map_err(|error| error.to_string())?;
    let state = match &hint.state {
        Some(pointer) => steps(schemas, &Pointer::from_text(pointer.as_str()), success)?,
        None => Vec::new(),
    };
    let goal = match (hint.gone, state.is_empty(), hint.success.is_empty()) {
        (true, _, true) if hint.failure.is_empty() => WaiterGoal::Gone { state },
        (true, ..) => return Err("`gone` excludes `success` and `failure`".to_owned()),
        (false, true, _) => return Err("the pointer `state` is missing".to_owned()),
        (false, _, true) => return Err("`success` names no state".to_owned()),
        (false, false, false) => WaiterGoal::State {
            state,
            success: hint.success,
            failure: hint.failure,
        },
    };
    Ok(Waiter {
        name: value_name(&hint.name),
        docs: Docs {
            text: hint.description.trim().to_owned(),
            deprecated: false,
        },
        goal,
    })
}

/// The way through the answer's types to a text.
fn steps(
    schemas: &Schemas<'_, '_>,
    pointer: &Pointer,
    success: &Success,
) -> Result<Vec<FieldStep>, String> {
    let Payload::Json(answer) = &success.payload else {
        return Err("the answer is not JSON".to_owned());
    };
    let mut steps = Vec::new();
    let mut here = answer.clone();
    for segment in pointer.segments() {
        let structure = structure(schemas, &here)
            .ok_or_else(|| format!("there is no object that could hold `{segment}`"))?;
        let field = structure
            .fields
            .iter()
            .find(|field| field.wire_name == segment)
            .ok_or_else(|| format!("the answer has no property `{segment}` at `{pointer}`"))?;
        if field.presence == Presence::OptionalNullable {
            return Err(format!("the property `{segment}` may be absent or null"));
        }
        steps.push(FieldStep {
            field: field.name.clone(),
            optional: !field.is_plain(),
        });
        here = field.type_ref.clone();
    }
    if is_text(schemas, &here) {
        Ok(steps)
    } else {
        Err(format!("the value at `{pointer}` is not a text"))
    }
}

fn is_text(schemas: &Schemas<'_, '_>, type_ref: &TypeRef) -> bool {
    let mut type_ref = type_ref;
    for _ in 0..=schemas.types.len() {
        match type_ref {
            TypeRef::String => return true,
            TypeRef::Named(name) => match schemas.shape_named(name) {
                Some(Shape::StringEnum(_)) => return true,
                Some(Shape::Alias(alias)) => type_ref = &alias.target,
                Some(Shape::Struct(_) | Shape::ValueEnum(_) | Shape::Union(_)) | None => {
                    return false;
                }
            },
            _ => return false,
        }
    }
    false
}

fn report(schemas: &mut Schemas<'_, '_>, pointer: &Pointer, message: &str) {
    let location = schemas.location(pointer.clone());
    schemas
        .diagnostics
        .push(Diagnostic::new(Code::InvalidHint, location, message).help(
            "a waiter has `name`, `description`, `state` (a JSON pointer into the answer), and \
             either `success` and `failure` (lists of states) or `gone: true`",
        ));
}
