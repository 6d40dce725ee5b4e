//! What comes back from a call: success, failure, pages and waiting.

use std::collections::BTreeSet;

use super::change::{Effect, Kind};
use super::matching::take;
use super::values::{Deprecation, Place, docs};
use super::words::{self, Speaker};
use super::{Context, remainder, surface};
use crate::ir::{
    Alternative, AnswerHeader, Api, Continuation, Operation, Paging, Payload, Position, StatusEnum,
    StatusVariant, Success, Waiter, WaiterGoal,
};

pub(super) fn compare(
    context: &mut Context<'_>,
    place: &Place<'_>,
    old: &Operation,
    new: &Operation,
) {
    let success = (&old.success.payload, &new.success.payload);
    let failure = (&old.failure.payload, &new.failure.payload);
    payload(context, place, Kind::SuccessChanged, success);
    payload(context, place, Kind::FailureChanged, failure);
    statuses(
        context,
        place,
        "success",
        &old.success.statuses,
        &new.success.statuses,
    );
    statuses(
        context,
        place,
        "failure",
        &old.failure.statuses,
        &new.failure.statuses,
    );
    asked_for(context, place, &old.success, &new.success);
    alternatives(
        context,
        place,
        &old.success.alternatives,
        &new.success.alternatives,
    );
    headers(context, place, &old.headers, &new.headers);
    paging(context, place, old.paging.as_ref(), new.paging.as_ref());
    waiters(context, place, &old.waiters, &new.waiters);
}

fn payload(
    context: &mut Context<'_>,
    place: &Place<'_>,
    kind: Kind,
    (old, new): (&Payload, &Payload),
) {
    let before = Speaker::of_old(context).payload(old);
    let after = Speaker::of_new(context).payload(new);
    let (answer, value) = match kind {
        Kind::FailureChanged => ("error answers", "the body of the error"),
        _ => ("the answer", "what the call gives"),
    };
    if before != after {
        let what = format!("{answer} of {} hold something else", place.name);
        let what = what.replace("the answer of", "answers of");
        let meaning = format!("{value} is `{after}`, no longer `{before}`");
        context.push(place.draft(kind, Effect::CompileError, what, meaning));
        return;
    }
    if let (Payload::ByStatus(one), Payload::ByStatus(other)) = (old, new) {
        let old = surface::by_status(Speaker::of_old(context), old);
        let new = surface::by_status(Speaker::of_new(context), new);
        let differ = format!("the variants of `{after}` differ");
        let (effect, meaning) = if !surface::broken(&old, &new).is_empty() {
            (Effect::CompileError, differ)
        } else if is_told_otherwise(one, other) {
            let meaning = format!("other status codes stand for the variants of `{after}`");
            (Effect::Behaviour, meaning)
        } else if old != new {
            (Effect::Recompile, differ)
        } else {
            return;
        };
        let what = format!("{} answers differently for some status codes", place.name);
        context.push(place.draft(kind, effect, what, meaning));
    }
}

/// Whether a body of both states is told by other status codes than before.
fn is_told_otherwise(old: &StatusEnum, new: &StatusEnum) -> bool {
    let statuses = |variant: &StatusVariant| -> BTreeSet<String> {
        let patterns = variant.statuses.iter();
        patterns.map(|pattern| pattern.text()).collect()
    };
    old.variants.iter().any(|one| {
        let mut others = new.variants.iter();
        let same = others.find(|other| other.name == one.name);
        same.is_some_and(|other| statuses(other) != statuses(one))
    })
}

fn statuses(
    context: &mut Context<'_>,
    place: &Place<'_>,
    word: &str,
    old: &[String],
    new: &[String],
) {
    if old == new {
        return;
    }
    let codes = |list: &[String]| match list {
        [] => "none".to_owned(),
        list => list.join(", "),
    };
    let what = format!(
        "the status codes of {word} of {} are {}, no longer {}",
        place.name,
        codes(new),
        codes(old)
    );
    let meaning = "the client takes any status code as before";
    context.push(place.draft(Kind::DocumentationChanged, Effect::Nothing, what, meaning));
}

/// What the client asks for and takes as a success.
fn asked_for(context: &mut Context<'_>, place: &Place<'_>, old: &Success, new: &Success) {
    if old.accept != new.accept {
        let what = format!("{} is answered by other media types", place.name);
        let meaning = asks(&old.accept, &new.accept);
        context.push(place.draft(Kind::SuccessChanged, Effect::Behaviour, what, meaning));
    }
    if old.redirects != new.redirects {
        let (what, meaning) = if new.redirects {
            ("is called for a redirect", "a redirect is a success")
        } else {
            (
                "is no longer called for a redirect",
                "a redirect is an error",
            )
        };
        let what = format!("{} {what}", place.name);
        context.push(place.draft(Kind::SuccessChanged, Effect::Behaviour, what, meaning));
    }
}

fn asks(old: &[String], new: &[String]) -> String {
    let listed = |media_types: &[String]| match media_types {
        [] => "`application/json`".to_owned(),
        names => format!("`{}`", names.join(", ")),
    };
    format!(
        "the client asks for {}, no longer for {}",
        listed(new),
        listed(old)
    )
}

/// The ways to be answered that are not the usual one.
fn alternatives(
    context: &mut Context<'_>,
    place: &Place<'_>,
    old: &[Alternative],
    new: &[Alternative],
) {
    let (mut removed, mut added): (Vec<&Alternative>, Vec<&Alternative>) =
        (old.iter().collect(), new.iter().collect());
    let pairs = take(&mut removed, &mut added, |one| one.way);
    let draft = |effect, what: String, meaning: String| {
        place.draft(Kind::SuccessChanged, effect, what, meaning)
    };
    for gone in removed {
        let what = format!("{} is no longer answered in another way", place.name);
        let meaning = format!("the call's method `{}` is gone", gone.way.method());
        context.push(draft(Effect::CompileError, what, meaning));
    }
    for one in added {
        let what = format!("{} can be answered in another way", place.name);
        let meaning = format!("the call has a new method `{}`", one.way.method());
        context.push(draft(Effect::Recompile, what, meaning));
    }
    for (old, new) in pairs {
        let method = new.way.method();
        let what = format!("{} holds something else by `{method}`", place.name);
        if old.accept != new.accept {
            let meaning = asks(&old.accept, &new.accept);
            context.push(draft(Effect::Behaviour, what.clone(), meaning));
        }
        let before = Speaker::of_old(context).payload(&old.payload);
        let after = Speaker::of_new(context).payload(&new.payload);
        if before != after {
            let meaning = format!("it gives `{after}`, no longer `{before}`");
            context.push(draft(Effect::CompileError, what, meaning));
        }
    }
}

/// The headers of the answers. A constant that other operations use, too, stays.
fn headers(
    context: &mut Context<'_>,
    place: &Place<'_>,
    old: &[AnswerHeader],
    new: &[AnswerHeader],
) {
    let (mut removed, mut added): (Vec<&AnswerHeader>, Vec<&AnswerHeader>) =
        (old.iter().collect(), new.iter().collect());
    let pairs = take(&mut removed, &mut added, |one| one.constant.clone());
    let (before, after) = (constants(context.old), constants(context.new));
    for gone in removed {
        let (effect, meaning) = if after.contains(&gone.constant) {
            (Effect::Behaviour, "may be missing where it was sent")
        } else {
            (Effect::CompileError, "is gone")
        };
        let what = format!(
            "answers of {} have no header `{}`",
            place.name, gone.wire_name
        );
        let meaning = format!("`headers::{}` {meaning}", gone.constant);
        context.push(place.draft(Kind::HeaderRemoved, effect, what, meaning));
    }
    for one in added {
        let (effect, meaning) = if before.contains(&one.constant) {
            (Effect::Nothing, "reads it")
        } else {
            (Effect::Recompile, "is new")
        };
        let what = format!(
            "answers of {} have a header `{}`",
            place.name, one.wire_name
        );
        let meaning = format!("`headers::{}` {meaning}", one.constant);
        context.push(place.draft(Kind::HeaderAdded, effect, what, meaning));
    }
    for (old, new) in pairs {
        let name = format!("the header `{}` of {}", new.wire_name, place.name);
        let before = Speaker::of_old(context).value(&old.type_ref);
        let after = Speaker::of_new(context).value(&new.type_ref);
        if before != after {
            let meaning = format!("its value is `{after}`, no longer `{before}`");
            let what = format!("{name} holds something else");
            context.push(place.draft(Kind::HeaderChanged, Effect::CompileError, what, meaning));
        } else if (old.is_json, &old.wire_name) != (new.is_json, &new.wire_name) {
            let meaning = "its value is read in another way".to_owned();
            let what = format!("{name} is written in another way");
            context.push(place.draft(Kind::HeaderChanged, Effect::Behaviour, what, meaning));
        }
        let place = Place {
            name: &name,
            ..*place
        };
        docs(context, &place, &old.docs, &new.docs, Deprecation::Warns);
    }
}

/// The constants of all headers.
fn constants(api: &Api) -> BTreeSet<String> {
    let headers = api.operations().flat_map(|operation| &operation.headers);
    headers.map(|header| header.constant.clone()).collect()
}

fn paging(
    context: &mut Context<'_>,
    place: &Place<'_>,
    old: Option<&Paging>,
    new: Option<&Paging>,
) {
    let (effect, what, meaning) = match (old, new) {
        (None, None) => return,
        (None, Some(_)) => (
            Effect::Recompile,
            "is answered page by page",
            "the call has new methods `items` and `pages`".to_owned(),
        ),
        (Some(_), None) => (
            Effect::CompileError,
            "is no longer answered page by page",
            "the call's methods `items` and `pages` are gone".to_owned(),
        ),
        (Some(old), Some(new)) => {
            let before = Speaker::of_old(context).value(&old.item);
            let after = Speaker::of_new(context).value(&new.item);
            if before != after {
                let meaning = format!("an item is `{after}`, no longer `{before}`");
                (
                    Effect::CompileError,
                    "has other items on its pages",
                    meaning,
                )
            } else if old.position.method() != new.position.method() {
                let (before, after) = (old.position.method(), new.position.method());
                let meaning = format!("the pages have `{after}`, no longer `{before}`");
                (Effect::CompileError, "counts its pages otherwise", meaning)
            } else if remainder::differs(context, &old.position, &new.position)
                || old.limit != new.limit
                || old.place != new.place
            {
                let meaning = "pages are asked for in another way, or have another size";
                (Effect::Behaviour, "has other pages", meaning.to_owned())
            } else if words::way(&old.items) != words::way(&new.items) {
                let (before, after) = (words::way(&old.items), words::way(&new.items));
                let meaning = format!("the items are read from {after}, no longer from {before}");
                (Effect::Behaviour, "has its items elsewhere", meaning)
            } else if told(old) != told(new) {
                let (before, after) = (told(old), told(new));
                let meaning = format!("{after} tells the last page, no longer {before}");
                (Effect::Behaviour, "ends its pages otherwise", meaning)
            } else {
                return;
            }
        }
    };
    let what = format!("{} {what}", place.name);
    context.push(place.draft(Kind::PagingChanged, effect, what, meaning));
}

/// What tells whether there is another page.
fn told(paging: &Paging) -> String {
    match (&paging.continuation, &paging.position) {
        (Some(Continuation::Text(way)), _) => format!("the text at {}", words::way(way)),
        (Some(Continuation::Flag(way)), _) => format!("the flag at {}", words::way(way)),
        (None, Position::Cursor { .. }) => "the cursor".to_owned(),
        (None, _) => "the number of items".to_owned(),
    }
}

fn waiters(context: &mut Context<'_>, place: &Place<'_>, old: &[Waiter], new: &[Waiter]) {
    let (mut removed, mut added): (Vec<&Waiter>, Vec<&Waiter>) =
        (old.iter().collect(), new.iter().collect());
    let pairs = take(&mut removed, &mut added, |one| one.name.clone());
    for waiter in removed {
        let what = format!("nothing tells any more how to wait for {}", place.name);
        let meaning = format!("the method `{}` is gone", waiter.name);
        context.push(place.draft(Kind::WaiterRemoved, Effect::CompileError, what, meaning));
    }
    for (old, new) in pairs {
        waiter(context, place, old, new);
    }
    for waiter in added {
        let what = format!("{} can be waited for in another way", place.name);
        let meaning = format!("there is a new method `{}`", waiter.name);
        context.push(place.draft(Kind::WaiterAdded, Effect::Recompile, what, meaning));
    }
}

fn waiter(context: &mut Context<'_>, place: &Place<'_>, old: &Waiter, new: &Waiter) {
    let name = format!("the waiter `{}` of {}", new.name, place.name);
    let place = Place {
        name: &name,
        ..*place
    };
    let (before, after) = (watched(&old.goal), watched(&new.goal));
    let difference = if ends(&old.goal).is_some() != ends(&new.goal).is_some() {
        let meaning = "its method returns another type".to_owned();
        Some((Effect::CompileError, meaning))
    } else if ends(&old.goal) != ends(&new.goal) {
        Some((Effect::Behaviour, "it ends for other states".to_owned()))
    } else if before != after {
        let meaning = format!("it reads the state from {after}, no longer from {before}");
        Some((Effect::Behaviour, meaning))
    } else {
        None
    };
    if let Some((effect, meaning)) = difference {
        let what = format!("{name} has another goal");
        context.push(place.draft(Kind::WaiterChanged, effect, what, meaning));
    }
    docs(
        context,
        &place,
        &old.docs,
        &new.docs,
        Deprecation::Documented,
    );
}

/// The way from the answer to the state that a waiter watches.
fn watched(goal: &WaiterGoal) -> String {
    let (WaiterGoal::State { state, .. } | WaiterGoal::Gone { state }) = goal;
    words::way(state)
}

/// The states that end the waiting, with success or with an error, where it waits for states.
fn ends(goal: &WaiterGoal) -> Option<(&[String], &[String])> {
    match goal {
        WaiterGoal::State {
            success, failure, ..
        } => Some((success, failure)),
        WaiterGoal::Gone { .. } => None,
    }
}
