//! Reads the `x-waiters` hints of an operation: goals that polling it can wait for.
//!
//! A hint has a `name`, a `description`, the `state` as a JSON pointer into the answer, and either
//! the lists `success` and `failure` of states or `gone: true`.

use serde::Deserialize;
use serde_json::Value;

use super::names::value_name;
use super::schemas::Schemas;
use super::source::OperationSource;
use super::ways::{Part, unaliased};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::Pointer;
use crate::ir::{Body, Docs, FieldStep, Payload, Shape, Success, TypeRef, Waiter, WaiterGoal};

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
    body: Option<&Body>,
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
    if body.is_some_and(|body| body.required) {
        let message =
            "an operation that requires a body changes something: it is not to be repeated";
        report(schemas, &place, message);
        return Vec::new();
    }
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
    let part = Part::at(schemas, answer, pointer)?;
    let is_text = match unaliased(schemas, &part.type_ref) {
        TypeRef::String => true,
        TypeRef::Named(name) => matches!(schemas.shape_named(name), Some(Shape::StringEnum(_))),
        _ => false,
    };
    if is_text {
        Ok(part.steps)
    } else {
        Err(format!("the value at `{pointer}` is not a text"))
    }
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
