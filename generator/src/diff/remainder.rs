//! What differs though no rule has said so: the net below the rules of the other modules.

use serde::Serialize;
use serde_json::Value;

use super::Context;
use super::change::{Effect, Kind};
use super::values::Place;

/// What is not compared here: places in the documents, documentation, how a field holds its value, which
/// its type tells, and status codes, of which a rule tells any difference.
const LEFT_OUT: [&str; 4] = ["pointer", "docs", "holder", "statuses"];

/// Lists whose order is that of the documentation alone, unless a rule tells any difference.
const UNORDERED: [&str; 8] = [
    "alternatives",
    "fields",
    "headers",
    "other_bodies",
    "params",
    "values",
    "variants",
    "waiters",
];

/// Reports a part that is different in a way for which there is no rule.
///
/// That its documentation reads differently, too, is no reason for silence.
pub(super) fn compare<T: Serialize>(
    context: &mut Context<'_>,
    place: &Place<'_>,
    (old, new): (&T, &T),
    start: usize,
) {
    let is_documentation =
        |kind| matches!(kind, Kind::DocumentationChanged | Kind::DeprecationChanged);
    let mut since = context.drafts.iter().skip(start);
    if since.any(|draft| !is_documentation(draft.kind)) {
        return;
    }
    let (mut old, mut new) = (of_old(context, old), of_new(new));
    if old == new {
        return;
    }
    sort(&mut old);
    sort(&mut new);
    if old != new {
        let what = format!(
            "{} differs in a way that this report has no words for",
            place.name
        );
        let meaning = "the code may do something else; it compiles as far as its signatures go";
        context.push(place.draft(Kind::Other, Effect::Behaviour, what, meaning));
    } else if context.drafts.len() == start {
        let what = format!("{} lists its parts in another order", place.name);
        let meaning = "the documentation changes";
        context.push(place.draft(Kind::DocumentationChanged, Effect::Nothing, what, meaning));
    }
}

/// Whether two parts of the representation differ in more than what is left out and the names that
/// have been reported already.
pub(super) fn differs<T: Serialize>(context: &Context<'_>, old: &T, new: &T) -> bool {
    of_old(context, old) != of_new(new)
}

fn of_old<T: Serialize>(context: &Context<'_>, part: &T) -> Value {
    written(part, &|name| context.matches.newer_name(name))
}

fn of_new<T: Serialize>(part: &T) -> Value {
    written(part, &str::to_owned)
}

/// A part as data, without what is left out, and with types by the names that they have by now.
fn written<T: Serialize>(part: &T, newer_name: &dyn Fn(&str) -> String) -> Value {
    // All of the representation can be written.
    let mut value = serde_json::to_value(part).unwrap_or_default();
    normalise(&mut value, newer_name);
    value
}

fn normalise(value: &mut Value, newer_name: &dyn Fn(&str) -> String) {
    match value {
        Value::Array(items) => items
            .iter_mut()
            .for_each(|item| normalise(item, newer_name)),
        Value::Object(members) => {
            members.retain(|name, _| !LEFT_OUT.contains(&name.as_str()));
            if let Some(Value::String(name)) = members.get_mut("named") {
                *name = newer_name(name);
            }
            members
                .values_mut()
                .for_each(|member| normalise(member, newer_name));
        }
        _ => {}
    }
}

/// Sorts the lists whose order says nothing.
fn sort(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(sort),
        Value::Object(members) => {
            for (name, member) in members {
                sort(member);
                if let (true, Value::Array(items)) = (UNORDERED.contains(&name.as_str()), member) {
                    items.sort_by_cached_key(Value::to_string);
                }
            }
        }
        _ => {}
    }
}
