//! Properties of objects, and how a caller makes the object.

use super::change::{Effect, Kind, Side, Subject};
use super::matching::{take, take_indices};
use super::params::{SAME_NAME, reordered};
use super::types::{sent, subject};
use super::values::{Deprecation, Place, constraints, default, docs};
use super::words::Speaker;
use super::{Context, likeness, remainder};
use crate::ir::{Construction, Field, Presence, Struct, TypeDef};

/// A type that is a struct.
type Whole<'a> = (&'a TypeDef, &'a Struct);

pub(super) fn compare(
    context: &mut Context<'_>,
    place: &Place<'_>,
    old: Whole<'_>,
    new: Whole<'_>,
) {
    let (mut removed, mut added): (Vec<&Field>, Vec<&Field>) =
        (old.1.fields.iter().collect(), new.1.fields.iter().collect());
    let mut pairs = take(&mut removed, &mut added, |one| one.wire_name.clone());
    let same_name = take(&mut removed, &mut added, |one| one.name.clone());
    pairs.extend(same_name);
    pairs.extend(renamed(context, (old.0, &mut removed), (new.0, &mut added)));
    for field in &removed {
        gone(context, place, old, field);
    }
    for (one, other) in &pairs {
        pair(context, (old, one), (new, other));
    }
    for field in &added {
        fresh(context, place, new, field);
    }
    additional(context, place, old.1, new);
    constructor(context, place, (old, new), &pairs);
}

/// A property without a partner yet.
struct Candidate<'f> {
    field: &'f Field,
    held: String,
    name: likeness::Name,
}

impl<'f> Candidate<'f> {
    fn all(speaker: Speaker<'_>, definition: &TypeDef, fields: &[&'f Field]) -> Vec<Self> {
        let one = |field: &&'f Field| Self {
            field,
            held: speaker.held(definition, field),
            name: likeness::Name::of(&field.wire_name),
        };
        fields.iter().map(one).collect()
    }
}

/// Properties of the same type whose names or whose documentation have much in common.
fn renamed<'f>(
    context: &Context<'_>,
    (old, removed): (&TypeDef, &mut Vec<&'f Field>),
    (new, added): (&TypeDef, &mut Vec<&'f Field>),
) -> Vec<(&'f Field, &'f Field)> {
    let before = Candidate::all(Speaker::of_old(context), old, removed);
    let after = Candidate::all(Speaker::of_new(context), new, added);
    let indices = likeness::pairs(&before, &after, SAME_NAME, |one, other| {
        let text = &one.field.docs.text;
        if one.held != other.held {
            0.0
        } else if !text.is_empty() && *text == other.field.docs.text {
            1.0
        } else {
            one.name.likeness(&other.name)
        }
    });
    take_indices(removed, added, &indices)
}

fn described(definition: &TypeDef, field: &Field) -> String {
    format!(
        "the property `{}` of `{}`",
        field.wire_name, definition.name
    )
}

fn member(side: Side, definition: &TypeDef, field: &Field) -> Subject {
    subject(side, definition, Some(&field.wire_name))
}

fn gone(context: &mut Context<'_>, place: &Place<'_>, old: Whole<'_>, field: &Field) {
    let meaning = match (old.0.usage.request, old.0.usage.response) {
        (true, false) => format!("code that sets `{}` no longer compiles", field.name),
        (false, true) => format!("code that reads `{}` no longer compiles", field.name),
        _ => format!(
            "code that reads or sets `{}` no longer compiles",
            field.name
        ),
    };
    let what = format!("{} is gone", described(old.0, field));
    let mut draft = place.draft(Kind::FieldRemoved, Effect::CompileError, what, meaning);
    draft.subject = member(Side::Old, old.0, field);
    draft.new = None;
    context.push(draft.old(&field.pointer));
}

fn fresh(context: &mut Context<'_>, place: &Place<'_>, new: Whole<'_>, field: &Field) {
    let held = Speaker::of_new(context).held(new.0, field);
    let construction = Construction::of(new.0, new.1);
    let (effect, word, meaning) = match (field.is_required(), construction) {
        (true, Construction::Arguments) => (
            Effect::CompileError,
            "a new required property",
            format!(
                "`{}::new` takes one more argument, `{}`",
                new.0.name, field.name
            ),
        ),
        (true, Construction::Required(name)) => (
            Effect::CompileError,
            "a new required property",
            format!("`{name}` has one more field to fill in, `{}`", field.name),
        ),
        (true, Construction::None | Construction::Default) => (
            Effect::Recompile,
            "a new property that is always there",
            format!("there is a new field `{}: {held}`", field.name),
        ),
        (false, _) => (
            Effect::Recompile,
            "a new optional property",
            format!("there is a new field `{}: {held}`", field.name),
        ),
    };
    let what = format!("there is {word} `{}` of {}", field.wire_name, place.name);
    let mut draft = place.draft(Kind::FieldAdded, effect, what, meaning);
    draft.subject = member(Side::New, new.0, field);
    draft.old = None;
    context.push(draft.new_at(&field.pointer));
}

fn pair(context: &mut Context<'_>, old: (Whole<'_>, &Field), new: (Whole<'_>, &Field)) {
    let subject = member(Side::New, new.0.0, new.1);
    let name = described(new.0.0, new.1);
    let place = Place {
        subject: &subject,
        name: &name,
        old: &old.1.pointer,
        new: &new.1.pointer,
    };
    naming(context, &place, old.1, new.1);
    typing(context, &place, old, new);
    let ((_, old), (definition, new)) = (old, (new.0.0, new.1));
    let sent = sent(definition.usage);
    docs(
        context,
        &place,
        &old.docs,
        &new.docs,
        Deprecation::Documented,
    );
    default(
        context,
        &place,
        old.default.as_ref(),
        new.default.as_ref(),
        sent,
    );
    constraints(context, &place, &old.constraints, &new.constraints, sent);
}

fn naming(context: &mut Context<'_>, place: &Place<'_>, old: &Field, new: &Field) {
    if old.name != new.name {
        let what = if old.wire_name == new.wire_name {
            format!("{} has another name in Rust", place.name)
        } else {
            format!("{} was called `{}`", place.name, old.wire_name)
        };
        let meaning = format!("the field `{}` becomes `{}`", old.name, new.name);
        context.push(place.draft(Kind::FieldRenamed, Effect::CompileError, what, meaning));
    } else if old.wire_name != new.wire_name {
        let what = format!("{} was spelled `{}`", place.name, old.wire_name);
        let meaning = format!("the field `{}` is sent and read by its new name", new.name);
        context.push(place.draft(Kind::FieldRenamed, Effect::Behaviour, what, meaning));
    }
}

fn typing(
    context: &mut Context<'_>,
    place: &Place<'_>,
    old: (Whole<'_>, &Field),
    new: (Whole<'_>, &Field),
) {
    let before = Speaker::of_old(context).held(old.0.0, old.1);
    let after = Speaker::of_new(context).held(new.0.0, new.1);
    let value = |speaker: Speaker<'_>, field: &Field| speaker.value(&field.type_ref);
    let same_content = value(Speaker::of_old(context), old.1)
        == value(Speaker::of_new(context), new.1)
        && old.1.boxed == new.1.boxed;
    if !same_content {
        let what = format!("{} has another type", place.name);
        let meaning = format!("the field is `{after}`, no longer `{before}`");
        context.push(place.draft(Kind::FieldTypeChanged, Effect::CompileError, what, meaning));
        return;
    }
    if before == after && old.1.presence == new.1.presence {
        if remainder::differs(context, &old.1.type_ref, &new.1.type_ref) {
            let what = format!("{} has a type of another name", place.name);
            let meaning = format!("the field is `{after}` as before");
            context.push(place.draft(Kind::FieldTypeChanged, Effect::Nothing, what, meaning));
        }
        return;
    }
    let argument = |whole: Whole<'_>, field: &Field| {
        let made = Construction::of(whole.0, whole.1) != Construction::None;
        made && field.is_required()
    };
    let word = presence(new.1.presence);
    let what = if old.1.presence == new.1.presence {
        format!("{} can be left out in another way", place.name)
    } else {
        format!("{} {word} now", place.name)
    };
    let (effect, meaning) = match (argument(old.0, old.1), argument(new.0, new.1)) {
        _ if before != after => (
            Effect::CompileError,
            format!("the field is `{after}`, no longer `{before}`"),
        ),
        (false, true) => (
            Effect::CompileError,
            "whoever makes the value has to give it".to_owned(),
        ),
        (true, false) if new.1.is_optional() => (
            Effect::CompileError,
            "it is given by a setter, no longer at first".to_owned(),
        ),
        (true, false) => (
            Effect::CompileError,
            "it is filled in, no longer given".to_owned(),
        ),
        _ => (
            Effect::Nothing,
            "the field's type stays as it is".to_owned(),
        ),
    };
    context.push(place.draft(Kind::FieldPresenceChanged, effect, what, meaning));
}

fn presence(presence: Presence) -> &'static str {
    match presence {
        Presence::Required => "is required",
        Presence::Fixed => "can have one value only",
        Presence::Assumed => "can have one value only, and be absent",
        Presence::RequiredNullable => "is required and may be null",
        Presence::Optional => "is optional",
        Presence::OptionalNullable => "is optional and may be null",
    }
}

fn additional(
    context: &mut Context<'_>,
    place: &Place<'_>,
    old: &Struct,
    (definition, new): Whole<'_>,
) {
    let name = format!(
        "properties of {} that have no name of their own",
        place.name
    );
    if let (Some(old), Some(new)) = (&old.additional, &new.additional) {
        let (old, new) = (&old.constraints, &new.constraints);
        let place = Place {
            name: &name,
            ..*place
        };
        constraints(context, &place, old, new, sent(definition.usage));
    }
    let value = |speaker: Speaker<'_>, shape: &Struct| {
        let additional = shape.additional.as_ref()?;
        Some((additional.name.clone(), speaker.value(&additional.type_ref)))
    };
    let before = value(Speaker::of_old(context), old);
    let after = value(Speaker::of_new(context), new);
    if before == after {
        return;
    }
    let (effect, kind, what, meaning) = match (before, after) {
        (None, Some((field, value))) => (
            Effect::Recompile,
            Kind::FieldAdded,
            format!("{name} are allowed"),
            format!("the field `{field}` keeps them, each a `{value}`"),
        ),
        (Some((field, _)), None) => (
            Effect::CompileError,
            Kind::FieldRemoved,
            format!("{name} have no type any more"),
            format!("the field `{field}` is gone"),
        ),
        (_, after) => {
            let (field, value) = after.unwrap_or_default();
            let meaning = format!("the field is `{field}`, each value a `{value}`");
            let what = format!("{name} have another type");
            (Effect::CompileError, Kind::FieldTypeChanged, what, meaning)
        }
    };
    context.push(place.draft(kind, effect, what, meaning));
}

/// Arguments of a constructor that changed places. A struct of what is required has no places.
fn constructor(
    context: &mut Context<'_>,
    place: &Place<'_>,
    (old, new): (Whole<'_>, Whole<'_>),
    pairs: &[(&Field, &Field)],
) {
    let by_arguments =
        |whole: Whole<'_>| Construction::of(whole.0, whole.1) == Construction::Arguments;
    if !by_arguments(old) || !by_arguments(new) {
        return;
    }
    let partner = |field: &Field| {
        let is_pair = |(one, other): &&(&Field, &Field)| {
            std::ptr::eq(*one, field) && one.is_required() && other.is_required()
        };
        pairs.iter().find(is_pair).map(|(_, other)| *other)
    };
    let before: Vec<&Field> = old.1.required().filter_map(partner).collect();
    let is_old = |field: &&Field| before.iter().any(|one| std::ptr::eq(*one, *field));
    let after: Vec<&Field> = new.1.required().filter(is_old).collect();
    let speaker = Speaker::of_new(context);
    let describe = |list: &[&Field]| -> Vec<(String, String)> {
        let fields = list.iter();
        fields
            .map(|one| (one.name.clone(), argument(&speaker.held(new.0, one))))
            .collect()
    };
    if let Some((effect, meaning)) = reordered(&describe(&before), &describe(&after)) {
        let what = format!(
            "the required properties of {} have another order",
            place.name
        );
        context.push(place.draft(Kind::ConstructorChanged, effect, what, meaning));
    }
}

/// What a constructor takes for a field: it converts texts, secret ones among them.
fn argument(held: &str) -> String {
    match held {
        "Secret" | "String" => "a text".to_owned(),
        other => other.to_owned(),
    }
}
