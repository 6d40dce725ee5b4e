//! Types that are one of several.

use super::Context;
use super::change::{Effect, Kind};
use super::enums::catch_all;
use super::matching::take;
use super::values::{Place, Sent, constraints};
use super::words::Speaker;
use crate::ir::{Union, UnionVariant};

/// The same alternative of both states.
type Pair<'u> = (&'u UnionVariant, &'u UnionVariant);

pub(super) fn compare(
    context: &mut Context<'_>,
    place: &Place<'_>,
    old: &Union,
    new: &Union,
    sent: Sent,
) {
    let (mut removed, mut added): (Vec<&UnionVariant>, Vec<&UnionVariant>) =
        (old.variants.iter().collect(), new.variants.iter().collect());
    let pairs = pairs(context, &mut removed, &mut added);
    for variant in removed {
        let what = format!("{} is never `{}` any more", place.name, variant.name);
        let meaning = format!("the variant `{}` is gone", variant.name);
        context.push(place.draft(Kind::VariantRemoved, Effect::CompileError, what, meaning));
    }
    for pair in &pairs {
        alternative(context, place, *pair, sent);
    }
    for variant in added {
        let what = format!("{} can also be `{}`", place.name, variant.name);
        let meaning = format!(
            "there is a new variant `{}`; before, it came as `{}`",
            variant.name, old.catch_all
        );
        context.push(place.draft(Kind::VariantAdded, Effect::Recompile, what, meaning));
    }
    choice(context, place, (old, new), &pairs);
    catch_all(context, place, &old.catch_all, &new.catch_all);
}

fn held(speaker: Speaker<'_>, variant: &UnionVariant) -> String {
    let value = speaker.value(&variant.type_ref);
    if variant.boxed {
        format!("Box<{value}>")
    } else {
        value
    }
}

/// By name, and else by what they hold: a variant is named after its type, so the type's new name is the
/// variant's too.
fn pairs<'u>(
    context: &Context<'_>,
    removed: &mut Vec<&'u UnionVariant>,
    added: &mut Vec<&'u UnionVariant>,
) -> Vec<Pair<'u>> {
    let mut pairs = take(removed, added, |one| one.name.clone());
    for index in (0..removed.len()).rev() {
        let Some(old) = removed.get(index).copied() else {
            continue;
        };
        let before = held(Speaker::of_old(context), old);
        let partner = |new: &&UnionVariant| held(Speaker::of_new(context), new) == before;
        if let Some(position) = added.iter().position(partner) {
            pairs.push((removed.remove(index), added.remove(position)));
        }
    }
    pairs
}

fn alternative(context: &mut Context<'_>, place: &Place<'_>, (old, new): Pair<'_>, sent: Sent) {
    let name = format!("the alternative `{}` of {}", new.name, place.name);
    let before = held(Speaker::of_old(context), old);
    let after = held(Speaker::of_new(context), new);
    let difference = if before != after {
        let meaning = format!(
            "the variant `{}` holds `{after}`, no longer `{before}`",
            new.name
        );
        Some((Effect::CompileError, meaning))
    } else if old.name != new.name {
        let meaning = format!("the variant `{}` becomes `{}`", old.name, new.name);
        Some((Effect::CompileError, meaning))
    } else if old.tags != new.tags {
        let meaning = "other values of the discriminator stand for it".to_owned();
        Some((Effect::Behaviour, meaning))
    } else {
        None
    };
    if let Some((effect, meaning)) = difference {
        let what = format!("{name} differs");
        context.push(place.draft(Kind::VariantChanged, effect, what, meaning));
    }
    let place = Place {
        name: &name,
        ..*place
    };
    constraints(context, &place, &old.constraints, &new.constraints, sent);
}

/// What tells the alternatives apart.
fn choice(
    context: &mut Context<'_>,
    place: &Place<'_>,
    (old, new): (&Union, &Union),
    pairs: &[Pair<'_>],
) {
    let mut draft = |what: &str, meaning: &str| {
        let what = format!("{} {what}", place.name);
        context.push(place.draft(Kind::VariantChanged, Effect::Behaviour, what, meaning));
    };
    if old.default != new.default {
        draft(
            "is another alternative where nothing tells",
            "values without the property are read as other variants than before",
        );
    }
    if old.discriminator != new.discriminator {
        draft(
            "is told apart by another property",
            "values may be read as other variants than before",
        );
    }
    // Where a property tells, the order of the alternatives is that of the documentation.
    let is_tried = new.discriminator.is_none() || new.has_shared_tags();
    if is_tried && !is_in_order(old, new, pairs) {
        draft(
            "lists its alternatives in another order",
            "a value that fits several of them may be read as another variant than before",
        );
    }
}

/// Whether the alternatives of both states have the same order.
fn is_in_order(old: &Union, new: &Union, pairs: &[Pair<'_>]) -> bool {
    let partners = old.variants.iter().filter_map(|old| {
        let mut pairs = pairs.iter();
        let (_, new) = pairs.find(|(one, _)| std::ptr::eq(*one, old))?;
        Some(*new)
    });
    partners.is_sorted_by_key(|partner| {
        let mut variants = new.variants.iter();
        variants.position(|one| std::ptr::eq(one, partner))
    })
}
