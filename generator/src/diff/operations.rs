//! Operations: their methods, and what happens when they are called.

use super::change::{Draft, Effect, Kind, Subject};
use super::matching::{Call, plain_path};
use super::values::{Deprecation, Place, docs};
use super::words::{self, Speaker};
use super::{Context, answers, params, remainder, root, surface};
use crate::ir::{Operation, Retry, SecurityRequirement};

pub(super) fn compare(context: &mut Context<'_>) {
    for call in context.matches.operations_removed.clone() {
        removed(context, call);
    }
    for (old, new) in context.matches.operations.clone() {
        pair(context, old, new);
    }
    for call in context.matches.operations_added.clone() {
        added(context, call);
    }
}

fn removed(context: &mut Context<'_>, (resource, operation): Call<'_>) {
    let name = words::operation(operation);
    let method = words::method(resource, operation);
    let draft = Draft::new(
        Kind::OperationRemoved,
        Effect::CompileError,
        Subject::Operation(name.clone()),
        format!("the operation `{name}` is gone"),
        format!("`{method}(..)` is gone"),
    );
    context.push(draft.old(&operation.pointer));
}

fn added(context: &mut Context<'_>, (resource, operation): Call<'_>) {
    let name = words::operation(operation);
    let method = words::method(resource, operation);
    let draft = Draft::new(
        Kind::OperationAdded,
        Effect::Recompile,
        Subject::Operation(name.clone()),
        format!("there is a new operation `{name}`"),
        format!("`{method}(..)` is new"),
    );
    context.push(draft.new_at(&operation.pointer));
}

fn pair(context: &mut Context<'_>, old: Call<'_>, new: Call<'_>) {
    let start = context.drafts.len();
    let name = words::operation(new.1);
    let subject = Subject::Operation(name.clone());
    let shown = format!("`{name}`");
    let place = Place {
        subject: &subject,
        name: &shown,
        old: &old.1.pointer,
        new: &new.1.pointer,
    };
    renamed(context, &place, old, new);
    moved(context, &place, old.1, new.1);
    params::compare(context, &place, old.1, new.1);
    answers::compare(context, &place, old.1, new.1);
    retry(context, &place, old.1, new.1);
    server(context, &place, old.1, new.1);
    security(context, &place, &old.1.security, &new.1.security);
    docs(
        context,
        &place,
        &old.1.docs,
        &new.1.docs,
        deprecation(new.1),
    );
    unexplained(context, &place, old.1, new.1, start);
}

/// A method with waiters is called by them, so it cannot carry the attribute.
fn deprecation(operation: &Operation) -> Deprecation {
    if operation.waiters.is_empty() {
        Deprecation::Warns
    } else {
        Deprecation::Documented
    }
}

fn renamed(context: &mut Context<'_>, place: &Place<'_>, old: Call<'_>, new: Call<'_>) {
    let moved = old.0.module != new.0.module && !root::is_renamed(context, old.0, new.0);
    if !moved && old.1.name == new.1.name && old.1.marker == new.1.marker {
        return;
    }
    let (before, after) = (words::method(old.0, old.1), words::method(new.0, new.1));
    let meaning = if before == after {
        let (before, after) = (&old.1.marker, &new.1.marker);
        format!("the type `{before}` that stands for the call becomes `{after}`")
    } else {
        format!("`{before}(..)` becomes `{after}(..)`")
    };
    let what = if moved {
        format!(
            "{} belongs to the tag `{}`, no longer to `{}`",
            place.name, new.0.tag, old.0.tag
        )
    } else {
        format!("{} has another name in Rust", place.name)
    };
    context.push(place.draft(Kind::OperationRenamed, Effect::CompileError, what, meaning));
}

fn moved(context: &mut Context<'_>, place: &Place<'_>, old: &Operation, new: &Operation) {
    if old.method != new.method || plain_path(&old.path) != plain_path(&new.path) {
        let what = format!("`{}` becomes {}", words::operation(old), place.name);
        let meaning = "the same call sends another request";
        context.push(place.draft(Kind::OperationMoved, Effect::Behaviour, what, meaning));
    } else if old.id != new.id {
        let what = format!(
            "{} is called `{}`, no longer `{}`",
            place.name, new.id, old.id
        );
        let meaning = "`OPERATION.id` and the documentation say so";
        context.push(place.draft(Kind::OperationRenamed, Effect::Nothing, what, meaning));
    }
}

fn retry(context: &mut Context<'_>, place: &Place<'_>, old: &Operation, new: &Operation) {
    // Another HTTP method, which is reported, has a rule of its own.
    if old.retry == new.retry || old.method != new.method {
        return;
    }
    let (what, meaning) = match new.retry {
        Retry::Idempotent => (
            "may be sent again when the outcome of an attempt is unknown",
            "the client repeats the call after more kinds of errors",
        ),
        Retry::NotExecuted => (
            "must not be sent again when the outcome of an attempt is unknown",
            "the client gives up after errors after which it tried again before",
        ),
    };
    let what = format!("{} {what}", place.name);
    context.push(place.draft(Kind::RetryChanged, Effect::Behaviour, what, meaning));
}

fn server(context: &mut Context<'_>, place: &Place<'_>, old: &Operation, new: &Operation) {
    if old.server == new.server {
        return;
    }
    let words = |server: &Option<String>| match server {
        Some(url) => format!("a server of its own, `{url}`"),
        None => "the server of the document".to_owned(),
    };
    let (now, before) = (words(&new.server), words(&old.server));
    let what = format!("{} has {now}, no longer {before}", place.name);
    let meaning = "the call and its credentials go to another server";
    context.push(place.draft(Kind::ServerChanged, Effect::Behaviour, what, meaning));
}

fn security(
    context: &mut Context<'_>,
    place: &Place<'_>,
    old: &[SecurityRequirement],
    new: &[SecurityRequirement],
) {
    if old == new {
        return;
    }
    let words = |alternatives: &[SecurityRequirement]| {
        let one = |requirement: &SecurityRequirement| match requirement.schemes.as_slice() {
            [] => "no credentials".to_owned(),
            schemes => format!("`{}`", schemes.join("` and `")),
        };
        match alternatives {
            [] => "no credentials".to_owned(),
            alternatives => alternatives
                .iter()
                .map(one)
                .collect::<Vec<_>>()
                .join(" or "),
        }
    };
    let what = format!(
        "{} takes {}, no longer {}",
        place.name,
        words(new),
        words(old)
    );
    let meaning = "the client sends other credentials, and may have to be given them";
    context.push(place.draft(Kind::SecurityChanged, Effect::Behaviour, what, meaning));
}

/// What callers see of the method is different though no rule has said why, or is different in a way
/// for which there is no rule.
fn unexplained(
    context: &mut Context<'_>,
    place: &Place<'_>,
    old: &Operation,
    new: &Operation,
    start: usize,
) {
    if !context.breaks_since(start) {
        let (old_words, new_words) = (Speaker::of_old(context), Speaker::of_new(context));
        let before = surface::of_operation(old_words, old, |param| {
            params::accepted(context, param, &new.params)
        });
        let after = surface::of_operation(new_words, new, |param| new_words.param(param));
        for (item, before, after) in surface::broken(&before, &after) {
            let meaning = match after {
                Some(after) => format!("{item} is `{after}`, no longer `{before}`"),
                None => format!("{item} is gone, it was `{before}`"),
            };
            let what = format!("{} is another method", place.name);
            context.push(place.draft(Kind::SignatureChanged, Effect::CompileError, what, meaning));
        }
    }
    remainder::compare(context, place, (old, new), start);
}
