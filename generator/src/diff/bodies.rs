//! Request bodies.

use super::Context;
use super::change::{Effect, Kind};
use super::matching::take;
use super::values::{Deprecation, Place, Sent, constraints, docs};
use super::words::Speaker;
use crate::ir::{Body, FormField, Operation, OtherBody};

pub(super) fn compare(
    context: &mut Context<'_>,
    place: &Place<'_>,
    old: &Operation,
    new: &Operation,
) {
    body(context, place, old.body.as_ref(), new.body.as_ref());
    others(context, place, &old.other_bodies, &new.other_bodies);
}

/// Bodies that methods of their own send in place of the usual one.
fn others(context: &mut Context<'_>, place: &Place<'_>, old: &[OtherBody], new: &[OtherBody]) {
    let (mut removed, mut added): (Vec<&OtherBody>, Vec<&OtherBody>) =
        (old.iter().collect(), new.iter().collect());
    let pairs = take(&mut removed, &mut added, |one| one.body.media_type.clone());
    let kind = Kind::BodyChanged;
    for other in removed {
        let what = format!(
            "{} takes no `{}` any more",
            place.name, other.body.media_type
        );
        let meaning = format!("the method `{}` is gone", other.name);
        context.push(place.draft(kind, Effect::CompileError, what, meaning));
    }
    for (old, new) in pairs {
        let name = format!("the `{}` that {} takes", new.body.media_type, place.name);
        if old.name != new.name {
            let what = format!("{name} is sent by another method");
            let meaning = format!("the method `{}` becomes `{}`", old.name, new.name);
            context.push(place.draft(kind, Effect::CompileError, what, meaning));
        }
        let place = Place {
            name: &name,
            ..*place
        };
        pair(context, &place, &old.body, &new.body);
    }
    for other in added {
        let what = format!("{} takes `{}` too", place.name, other.body.media_type);
        let meaning = format!("there is a new method `{}`", other.name);
        context.push(place.draft(kind, Effect::Recompile, what, meaning));
    }
}

fn body(context: &mut Context<'_>, place: &Place<'_>, old: Option<&Body>, new: Option<&Body>) {
    let name = format!("the request body of {}", place.name);
    match (old, new) {
        (None, None) => {}
        (Some(old), None) => {
            let what = format!("{} takes no request body any more", place.name);
            let meaning = body_word(old, "gone");
            context.push(place.draft(Kind::BodyChanged, Effect::CompileError, what, meaning));
        }
        (None, Some(new)) => {
            let effect = if new.required {
                Effect::CompileError
            } else {
                Effect::Recompile
            };
            let what = format!("{} takes a request body", place.name);
            let meaning = body_word(new, "new");
            context.push(place.draft(Kind::BodyChanged, effect, what, meaning));
        }
        (Some(old), Some(new)) => pair(
            context,
            &Place {
                name: &name,
                ..*place
            },
            old,
            new,
        ),
    }
}

fn pair(context: &mut Context<'_>, place: &Place<'_>, old: &Body, new: &Body) {
    let name = place.name;
    let before = Speaker::of_old(context).body(old);
    let after = Speaker::of_new(context).body(new);
    let (effect, what, meaning) = if before != after {
        let meaning = format!("`body` is `{after}`, no longer `{before}`");
        (
            Effect::CompileError,
            format!("{name} has another type"),
            meaning,
        )
    } else if old.required != new.required {
        let word = if new.required { "required" } else { "optional" };
        let meaning = body_word(new, "how it is given now");
        (
            Effect::CompileError,
            format!("{name} is {word} now"),
            meaning,
        )
    } else if (&old.media_type, old.encoding) != (&new.media_type, new.encoding) {
        let what = format!(
            "{name} is `{}`, no longer `{}`",
            new.media_type, old.media_type
        );
        let meaning = "the same value is sent in another form".to_owned();
        (Effect::Behaviour, what, meaning)
    } else if old.fields != new.fields {
        let what = format!(
            "{name} has fields that are written in another way: {}",
            written_otherwise(&old.fields, &new.fields)
        );
        let meaning = "the same value is sent in another form".to_owned();
        (Effect::Behaviour, what, meaning)
    } else {
        constraints(
            context,
            place,
            &old.constraints,
            &new.constraints,
            Sent::Yes,
        );
        docs(
            context,
            place,
            &old.docs,
            &new.docs,
            Deprecation::Documented,
        );
        return;
    };
    context.push(place.draft(Kind::BodyChanged, effect, what, meaning));
}

fn body_word(body: &Body, state: &str) -> String {
    if body.required {
        format!("the argument `body` is {state}")
    } else {
        format!("the call's method `body` is {state}")
    }
}

/// The fields of a form whose encodings differ.
fn written_otherwise(old: &[FormField], new: &[FormField]) -> String {
    let differs = |(field, others): &(&FormField, &[FormField])| !others.contains(field);
    let gone = old.iter().map(|field| (field, new));
    let fresh = new.iter().map(|field| (field, old));
    let mut names: Vec<String> = gone
        .chain(fresh)
        .filter(differs)
        .map(|(field, _)| format!("`{}`", field.name))
        .collect();
    names.sort();
    names.dedup();
    names.join(", ")
}
