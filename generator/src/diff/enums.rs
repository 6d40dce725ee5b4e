//! Sets of known values.

use super::Context;
use super::change::{Effect, Kind};
use super::matching::take;
use super::values::{Deprecation, Place, docs};
use crate::ir::{EnumValue, StringEnum, ValueEnum};

pub(super) fn string_enum(
    context: &mut Context<'_>,
    place: &Place<'_>,
    old: &StringEnum,
    new: &StringEnum,
) {
    let (mut removed, mut added): (Vec<&EnumValue>, Vec<&EnumValue>) =
        (old.values.iter().collect(), new.values.iter().collect());
    let mut pairs = take(&mut removed, &mut added, |one| one.wire_name.clone());
    order(context, place, &pairs, new);
    pairs.extend(take(&mut removed, &mut added, |one| one.name.clone()));
    for value in removed {
        let what = format!(
            "{} no longer has the value `{}`",
            place.name, value.wire_name
        );
        let meaning = format!(
            "the variant `{}` is gone; where it still comes, it is kept as `{}`",
            value.name, new.catch_all
        );
        context.push(place.draft(Kind::ValueRemoved, Effect::CompileError, what, meaning));
    }
    for (old, new) in pairs {
        value(context, place, old, new);
    }
    for value in added {
        let what = format!("{} has the new value `{}`", place.name, value.wire_name);
        let meaning = format!(
            "there is a new variant `{}`; before, it came as `{}`",
            value.name, old.catch_all
        );
        context.push(place.draft(Kind::ValueAdded, Effect::Recompile, what, meaning));
    }
    catch_all(context, place, &old.catch_all, &new.catch_all);
}

/// The order of the values is that of the variants in the documentation alone.
fn order(
    context: &mut Context<'_>,
    place: &Place<'_>,
    pairs: &[(&EnumValue, &EnumValue)],
    new: &StringEnum,
) {
    let position = |value: &EnumValue| new.values.iter().position(|one| std::ptr::eq(one, value));
    let positions = pairs.iter().map(|(_, new)| position(new));
    if !positions.is_sorted() {
        let what = format!("{} lists its values in another order", place.name);
        let meaning = "the documentation changes";
        context.push(place.draft(Kind::DocumentationChanged, Effect::Nothing, what, meaning));
    }
}

/// Known values of any type are compared as known texts are, by what JSON holds.
pub(super) fn value_enum(
    context: &mut Context<'_>,
    place: &Place<'_>,
    old: &ValueEnum,
    new: &ValueEnum,
) {
    let texts = |shape: &ValueEnum| StringEnum {
        values: shape
            .values
            .iter()
            .map(|value| EnumValue {
                name: value.name.clone(),
                wire_name: value.value.to_string(),
                docs: value.docs.clone(),
            })
            .collect(),
        catch_all: shape.catch_all.clone(),
    };
    string_enum(context, place, &texts(old), &texts(new));
}

fn value(context: &mut Context<'_>, place: &Place<'_>, old: &EnumValue, new: &EnumValue) {
    let name = format!("the value `{}` of {}", new.wire_name, place.name);
    let place = Place {
        name: &name,
        ..*place
    };
    if old.name != new.name {
        let what = format!("{name} has another name in Rust");
        let meaning = format!("the variant `{}` becomes `{}`", old.name, new.name);
        context.push(place.draft(Kind::ValueRenamed, Effect::CompileError, what, meaning));
    } else if old.wire_name != new.wire_name {
        let what = format!("{name} was `{}`", old.wire_name);
        let meaning = format!(
            "the variant `{}` is sent and read as its new value",
            new.name
        );
        context.push(place.draft(Kind::ValueRenamed, Effect::Behaviour, what, meaning));
    }
    docs(
        context,
        &place,
        &old.docs,
        &new.docs,
        Deprecation::Documented,
    );
}

pub(super) fn catch_all(context: &mut Context<'_>, place: &Place<'_>, old: &str, new: &str) {
    if old != new {
        let what = format!(
            "{} has values that the catch-all variant must not hide",
            place.name
        );
        let meaning = format!("the variant `{old}` for unknown values becomes `{new}`");
        context.push(place.draft(Kind::VariantChanged, Effect::CompileError, what, meaning));
    }
}
