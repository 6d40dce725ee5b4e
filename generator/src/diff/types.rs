//! Types of the models.

use super::change::{Draft, Effect, Kind, Side, Subject};
use super::values::{Deprecation, Place, Sent, constraints, docs};
use super::words::Speaker;
use super::{Context, enums, fields, remainder, surface, unions};
use crate::ir::{Alias, Shape, TypeDef, Usage};

pub(super) fn compare(context: &mut Context<'_>) {
    for definition in context.matches.types_removed.clone() {
        let draft = Draft::new(
            Kind::TypeRemoved,
            Effect::CompileError,
            subject(Side::Old, definition, None),
            format!("the schema `{}` is gone", definition.name),
            format!("the type `{}` is gone", definition.name),
        );
        context.push(draft.old(&definition.pointer));
    }
    for (old, new) in context.matches.types.clone() {
        pair(context, old, new);
    }
    for definition in context.matches.types_added.clone() {
        let draft = Draft::new(
            Kind::TypeAdded,
            Effect::Recompile,
            subject(Side::New, definition, None),
            format!("there is a new schema `{}`", definition.name),
            format!("the type `{}` is new", definition.name),
        );
        context.push(draft.new_at(&definition.pointer));
    }
}

/// A type, or a member of it.
pub(super) fn subject(side: Side, definition: &TypeDef, member: Option<&str>) -> Subject {
    Subject::Type {
        side,
        name: definition.name.clone(),
        member: member.map(str::to_owned),
    }
}

/// Whether callers send values of a type.
pub(super) fn sent(usage: Usage) -> Sent {
    // A type that no operation holds is as open to callers as one that a request holds.
    if usage.request || !usage.response {
        Sent::Yes
    } else {
        Sent::No
    }
}

fn pair(context: &mut Context<'_>, old: &TypeDef, new: &TypeDef) {
    let start = context.drafts.len();
    let subject = subject(Side::New, new, None);
    let name = format!("`{}`", new.name);
    let place = Place {
        subject: &subject,
        name: &name,
        old: &old.pointer,
        new: &new.pointer,
    };
    renamed(context, &place, old, new);
    usage(context, &place, old, new);
    match (&old.shape, &new.shape) {
        (Shape::Struct(one), Shape::Struct(other)) => {
            fields::compare(context, &place, (old, one), (new, other));
        }
        (Shape::StringEnum(one), Shape::StringEnum(other)) => {
            enums::string_enum(context, &place, one, other);
        }
        (Shape::ValueEnum(one), Shape::ValueEnum(other)) => {
            enums::value_enum(context, &place, one, other);
        }
        (Shape::Union(one), Shape::Union(other)) => {
            unions::compare(context, &place, one, other, sent(new.usage));
        }
        (Shape::Alias(one), Shape::Alias(other)) => {
            alias(context, &place, one, other, sent(new.usage));
        }
        (one, other) if std::mem::discriminant(one) != std::mem::discriminant(other) => {
            let what = format!("{name} is {}, no longer {}", kind(other), kind(one));
            let meaning = "code that makes or reads its values no longer compiles";
            context.push(place.draft(Kind::TypeChanged, Effect::CompileError, what, meaning));
        }
        _ => {}
    }
    docs(
        context,
        &place,
        &old.docs,
        &new.docs,
        Deprecation::Documented,
    );
    unexplained(context, &place, old, new, start);
}

fn kind(shape: &Shape) -> &'static str {
    match shape {
        Shape::Struct(_) => "an object",
        Shape::StringEnum(_) => "a set of known texts",
        Shape::ValueEnum(_) => "a set of known values",
        Shape::Union(_) => "one of several types",
        Shape::Alias(_) => "a plain value",
    }
}

fn renamed(context: &mut Context<'_>, place: &Place<'_>, old: &TypeDef, new: &TypeDef) {
    if old.name != new.name {
        let what = format!("the schema `{}` is called {}", old.name, place.name);
        let meaning = format!("the type `{}` becomes `{}`", old.name, new.name);
        context.push(place.draft(Kind::TypeRenamed, Effect::CompileError, what, meaning));
    }
    if old.module != new.module {
        let what = format!("{} is used by other groups of operations", place.name);
        let meaning = format!(
            "its code moves from `{}.rs` to `{}.rs`; its path stays `models::{}`",
            old.module, new.module, new.name
        );
        context.push(place.draft(Kind::TypeMoved, Effect::Nothing, what, meaning));
    }
}

fn usage(context: &mut Context<'_>, place: &Place<'_>, old: &TypeDef, new: &TypeDef) {
    if old.usage == new.usage {
        return;
    }
    let words = |usage: Usage| match (usage.request, usage.response) {
        (true, true) => "in requests and in answers",
        (true, false) => "in requests alone",
        (false, true) => "in answers alone",
        (false, false) => "by no operation",
    };
    let what = format!(
        "{} is used {}; it was used {}",
        place.name,
        words(new.usage),
        words(old.usage)
    );
    let is_made = Speaker::of_old(context).is_made(old) || Speaker::of_new(context).is_made(new);
    let (effect, meaning) = match (sent(old.usage), sent(new.usage)) {
        (Sent::No, Sent::Yes) if is_made => (
            Effect::Recompile,
            "callers can make values of it: it has methods for that",
        ),
        // Whether something is missed is found by comparing what it exposes.
        (Sent::Yes, Sent::No) if is_made => (
            Effect::Nothing,
            "it loses the methods that make values of it",
        ),
        _ => (Effect::Nothing, "the type stays as it is"),
    };
    context.push(place.draft(Kind::UsageChanged, effect, what, meaning));
}

fn alias(context: &mut Context<'_>, place: &Place<'_>, old: &Alias, new: &Alias, sent: Sent) {
    let before = Speaker::of_old(context).value(&old.target);
    let after = Speaker::of_new(context).value(&new.target);
    if before != after {
        let what = format!("{} has another type", place.name);
        let meaning = format!("it is `{after}`, no longer `{before}`");
        context.push(place.draft(Kind::TypeChanged, Effect::CompileError, what, meaning));
    }
    constraints(context, place, &old.constraints, &new.constraints, sent);
}

/// What callers see of the type is different though no rule has said why, or is different in a way
/// for which there is no rule.
fn unexplained(
    context: &mut Context<'_>,
    place: &Place<'_>,
    old: &TypeDef,
    new: &TypeDef,
    start: usize,
) {
    if !context.breaks_since(start) {
        let before = surface::of_type(Speaker::of_old(context), old);
        let after = surface::of_type(Speaker::of_new(context), new);
        for (item, before, after) in surface::broken(&before, &after) {
            let meaning = match (after, before.as_str()) {
                (Some(after), _) => format!("{item} is `{after}`, no longer `{before}`"),
                (None, "") => format!("{item} is gone"),
                (None, _) => format!("{item} is gone, it was `{before}`"),
            };
            let what = format!("values of {} are made or read in another way", place.name);
            context.push(place.draft(
                Kind::ConstructorChanged,
                Effect::CompileError,
                what,
                meaning,
            ));
        }
    }
    remainder::compare(context, place, (old, new), start);
}
