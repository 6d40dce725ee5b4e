//! What a call takes: parameters and the request body.

use super::change::{Effect, Kind, Subject};
use super::matching::{take, take_indices};
use super::values::{Deprecation, Place, Sent, constraints, default, docs};
use super::words::{self, Speaker};
use super::{Context, bodies, likeness};
use crate::ir::{Argument, Operation, Param};

/// How much alike two names must be for a parameter or a property to count as renamed.
pub(super) const SAME_NAME: f64 = 0.5;

pub(super) fn compare(
    context: &mut Context<'_>,
    place: &Place<'_>,
    old: &Operation,
    new: &Operation,
) {
    let (mut removed, mut added): (Vec<&Param>, Vec<&Param>) =
        (old.params.iter().collect(), new.params.iter().collect());
    let mut pairs = take(&mut removed, &mut added, |one| {
        (words::location(one.location), one.wire_name.clone())
    });
    pairs.extend(take(&mut removed, &mut added, |one| one.name.clone()));
    pairs.extend(renamed(context, &mut removed, &mut added));
    for param in &removed {
        gone(context, place, param);
    }
    for (old, new) in &pairs {
        pair(context, place, old, new);
    }
    for param in &added {
        fresh(context, place, param);
    }
    order(context, place, &pairs, (old, new));
    bodies::compare(context, place, old, new);
}

/// Parameters of the same place and type whose names have much in common; a parameter of the path is
/// known by its position instead.
fn renamed<'p>(
    context: &Context<'_>,
    removed: &mut Vec<&'p Param>,
    added: &mut Vec<&'p Param>,
) -> Vec<(&'p Param, &'p Param)> {
    let (old, new) = (Speaker::of_old(context), Speaker::of_new(context));
    let in_path = |list: &[&Param]| list.iter().filter(|one| is_in_path(one)).count();
    let same_path = in_path(removed) == in_path(added);
    let mut pairs = Vec::new();
    if same_path {
        let positions = |list: &[&Param]| -> Vec<usize> {
            let indices = 0..list.len();
            indices
                .filter(|index| list.get(*index).is_some_and(|one| is_in_path(one)))
                .collect()
        };
        let indices: Vec<_> = positions(removed)
            .into_iter()
            .zip(positions(added))
            .collect();
        pairs.extend(take_indices(removed, added, &indices));
    }
    let candidates = |speaker: Speaker<'_>, params: &[&Param]| -> Vec<_> {
        let one = |param: &&Param| {
            let kind = (words::location(param.location), param.required);
            let name = likeness::Name::of(&param.wire_name);
            (kind, speaker.param(param), name)
        };
        params.iter().map(one).collect()
    };
    let (before, after) = (candidates(old, removed), candidates(new, added));
    let indices = likeness::pairs(&before, &after, SAME_NAME, |one, other| {
        let same_kind = (one.0, &one.1) == (other.0, &other.1);
        if same_kind {
            one.2.likeness(&other.2)
        } else {
            0.0
        }
    });
    pairs.extend(take_indices(removed, added, &indices));
    pairs
}

fn is_in_path(param: &Param) -> bool {
    words::location(param.location) == "path"
}

fn subject(place: &Place<'_>, param: &Param) -> Subject {
    match place.subject {
        Subject::Operation(name) => Subject::Parameter(name.clone(), param.wire_name.clone()),
        other => other.clone(),
    }
}

fn described(place: &Place<'_>, param: &Param) -> String {
    let location = words::location(param.location);
    format!(
        "the parameter `{}` in the {location} of {}",
        param.wire_name, place.name
    )
}

fn gone(context: &mut Context<'_>, place: &Place<'_>, param: &Param) {
    let meaning = if param.required {
        format!("the method takes no argument `{}` any more", param.name)
    } else {
        format!("the call has no method `{}` any more", param.name)
    };
    let what = format!("{} is gone", described(place, param));
    let mut draft = place.draft(Kind::ParameterRemoved, Effect::CompileError, what, meaning);
    draft.subject = subject(place, param);
    draft.new = None;
    context.push(draft.old(&param.pointer));
}

fn fresh(context: &mut Context<'_>, place: &Place<'_>, param: &Param) {
    let (effect, words, meaning) = if param.required {
        let meaning = format!("the method takes one more argument, `{}`", param.name);
        (
            Effect::CompileError,
            "there is a new required parameter",
            meaning,
        )
    } else {
        let meaning = format!("the call has a new method `{}`", param.name);
        (
            Effect::Recompile,
            "there is a new optional parameter",
            meaning,
        )
    };
    let location = words::location(param.location);
    let what = format!(
        "{words} `{}` in the {location} of {}",
        param.wire_name, place.name
    );
    let mut draft = place.draft(Kind::ParameterAdded, effect, what, meaning);
    draft.subject = subject(place, param);
    draft.old = None;
    context.push(draft.new_at(&param.pointer));
}

fn pair(context: &mut Context<'_>, place: &Place<'_>, old: &Param, new: &Param) {
    let subject = subject(place, new);
    let name = described(place, new);
    let place = Place {
        subject: &subject,
        name: &name,
        old: &old.pointer,
        new: &new.pointer,
    };
    let requirement = match (old.required, new.required) {
        (false, true) => Some((
            Kind::ParameterRequired,
            "required now",
            format!("the method takes it as an argument, `{}`", new.name),
        )),
        (true, false) => Some((
            Kind::ParameterOptional,
            "optional now",
            format!(
                "it is no argument any more: the call has a method `{}`",
                new.name
            ),
        )),
        _ => None,
    };
    if let Some((kind, word, meaning)) = requirement {
        let what = format!("{name} is {word}");
        context.push(place.draft(kind, Effect::CompileError, what, meaning));
    }
    naming(context, &place, old, new);
    typing(context, &place, old, new);
    docs(context, &place, &old.docs, &new.docs, Deprecation::Warns);
    default(
        context,
        &place,
        old.default.as_ref(),
        new.default.as_ref(),
        Sent::Yes,
    );
    constraints(
        context,
        &place,
        &old.constraints,
        &new.constraints,
        Sent::Yes,
    );
}

fn naming(context: &mut Context<'_>, place: &Place<'_>, old: &Param, new: &Param) {
    let same_place = old.location == new.location;
    // The names of parameters in the path are not part of the request.
    let same_wire = old.wire_name == new.wire_name || (same_place && is_in_path(new));
    let same_style = (old.style, old.allow_reserved) == (new.style, new.allow_reserved);
    if !same_wire || !same_place || !same_style {
        let location = words::location(old.location);
        let what = match (same_wire, same_place) {
            (true, true) => format!("{} is written in another style", place.name),
            _ => format!("{} was `{}` in the {location}", place.name, old.wire_name),
        };
        let meaning = "the same call sends it in another way";
        context.push(place.draft(
            Kind::ParameterPlaceChanged,
            Effect::Behaviour,
            what,
            meaning,
        ));
    }
    if old.name == new.name {
        return;
    }
    let what = if old.wire_name == new.wire_name {
        format!("{} has another name in Rust", place.name)
    } else {
        format!("{} was called `{}`", place.name, old.wire_name)
    };
    let (effect, meaning) = if new.required {
        (
            Effect::Nothing,
            "the argument has another name, which no caller writes".to_owned(),
        )
    } else {
        let meaning = format!("the call's method `{}` becomes `{}`", old.name, new.name);
        (Effect::CompileError, meaning)
    };
    context.push(place.draft(Kind::ParameterRenamed, effect, what, meaning));
}

fn typing(context: &mut Context<'_>, place: &Place<'_>, old: &Param, new: &Param) {
    let before = Speaker::of_old(context).param(old);
    let after = Speaker::of_new(context).param(new);
    if before == after {
        return;
    }
    let wider = takes_all(&context.new.argument(new), &context.old.argument(old));
    let (effect, what, meaning) = if wider {
        (
            Effect::Recompile,
            format!("{} takes values of more types", place.name),
            format!("it takes `{after}`, among that all that was a `{before}`"),
        )
    } else {
        (
            Effect::CompileError,
            format!("{} has another type", place.name),
            format!("it takes `{after}`, no longer `{before}`"),
        )
    };
    context.push(place.draft(Kind::ParameterTypeChanged, effect, what, meaning));
}

/// The words for the argument of an older parameter: those of the newer one, where that takes whatever
/// is given for the older one.
pub(super) fn accepted(context: &Context<'_>, old: &Param, new: &[Param]) -> String {
    let same = |one: &&Param| (one.location, &one.wire_name) == (old.location, &old.wire_name);
    let argument = context.old.argument(old);
    match new.iter().find(same) {
        Some(new) if takes_all(&context.new.argument(new), &argument) => {
            Speaker::of_new(context).param(new)
        }
        _ => Speaker::of_old(context).argument(&argument),
    }
}

/// Whether whatever is given for the older argument can be given for the newer one.
fn takes_all(new: &Argument<'_>, old: &Argument<'_>) -> bool {
    match (new, old) {
        (Argument::Plain, Argument::Text | Argument::Secret | Argument::Value(_)) => true,
        (Argument::Items(new), Argument::Items(old)) => takes_all(new, old),
        _ => false,
    }
}

/// Arguments that changed places: where their types are the same, the compiler does not notice.
fn order(
    context: &mut Context<'_>,
    place: &Place<'_>,
    pairs: &[(&Param, &Param)],
    (old, new): (&Operation, &Operation),
) {
    let partner = |param: &Param| {
        let is_pair = |(old, new): &&(&Param, &Param)| {
            std::ptr::eq(*old, param) && old.required && new.required
        };
        pairs.iter().find(is_pair).map(|(_, new)| *new)
    };
    let before: Vec<&Param> = old.params.iter().filter_map(partner).collect();
    let is_old = |param: &&Param| before.iter().any(|one| std::ptr::eq(*one, *param));
    let after: Vec<&Param> = new.params.iter().filter(is_old).collect();
    let speaker = Speaker::of_new(context);
    let describe = |list: &[&Param]| -> Vec<(String, String)> {
        let params = list.iter();
        params
            .map(|one| (one.name.clone(), speaker.param(one)))
            .collect()
    };
    if let Some((effect, meaning)) = reordered(&describe(&before), &describe(&after)) {
        let what = format!(
            "the required parameters of {} have another order",
            place.name
        );
        context.push(place.draft(Kind::ParameterOrderChanged, effect, what, meaning));
    }
}

/// What it means that arguments, given by name and type, have another order.
pub(super) fn reordered(
    before: &[(String, String)],
    after: &[(String, String)],
) -> Option<(Effect, String)> {
    let names = |list: &[(String, String)]| {
        let names = list.iter().map(|(name, _)| name.as_str());
        names.collect::<Vec<_>>().join(", ")
    };
    if names(before) == names(after) {
        return None;
    }
    let types = |list: &[(String, String)]| {
        let types = list.iter().map(|(_, value)| value.clone());
        types.collect::<Vec<_>>()
    };
    let (effect, note) = if types(before) == types(after) {
        let note = "; their types are the same, so the compiler does not notice";
        (Effect::Behaviour, note)
    } else {
        (Effect::CompileError, "")
    };
    let (before, after) = (names(before), names(after));
    let meaning = format!("the arguments are `{after}`, no longer `{before}`{note}");
    Some((effect, meaning))
}
