//! Documentation, default values and limits, which parameters and properties have in common.

use serde_json::Value;

use super::Context;
use super::change::{Draft, Effect, Kind, Subject};
use crate::ir::{Bounds, Constraints, Docs};

/// What is compared, and how to speak of it.
pub(super) struct Place<'a> {
    pub(super) subject: &'a Subject,
    /// For example "the property `ram` of `ClusterProperties`".
    pub(super) name: &'a str,
    pub(super) old: &'a str,
    pub(super) new: &'a str,
}

impl Place<'_> {
    pub(super) fn draft(
        &self,
        kind: Kind,
        effect: Effect,
        what: impl Into<String>,
        meaning: impl Into<String>,
    ) -> Draft {
        Draft::new(kind, effect, self.subject.clone(), what, meaning).at(self.old, self.new)
    }
}

/// Whether a caller sends the value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sent {
    Yes,
    No,
}

/// How the compiler tells callers that something is deprecated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Deprecation {
    /// By a warning.
    Warns,
    /// By a sentence of the documentation.
    Documented,
}

pub(super) fn docs(
    context: &mut Context<'_>,
    place: &Place<'_>,
    old: &Docs,
    new: &Docs,
    deprecation: Deprecation,
) {
    if old.text != new.text {
        context.push(place.draft(
            Kind::DocumentationChanged,
            Effect::Nothing,
            format!("the documentation of {} reads differently", place.name),
            "the documentation changes",
        ));
    }
    if old.deprecated == new.deprecated {
        return;
    }
    let (state, warning) = if new.deprecated {
        ("deprecated now", "the compiler warns where it is used")
    } else {
        ("no longer deprecated", "the compiler no longer warns of it")
    };
    let (effect, meaning) = match deprecation {
        Deprecation::Warns => (Effect::Recompile, warning),
        Deprecation::Documented => (Effect::Nothing, "the documentation says so"),
    };
    let what = format!("{} is {state}", place.name);
    context.push(place.draft(Kind::DeprecationChanged, effect, what, meaning));
}

pub(super) fn default(
    context: &mut Context<'_>,
    place: &Place<'_>,
    old: Option<&Value>,
    new: Option<&Value>,
    sent: Sent,
) {
    if old == new {
        return;
    }
    let text =
        |value: Option<&Value>| value.map_or("none".to_owned(), |value| format!("`{value}`"));
    let what = format!(
        "the default of {} is {}, no longer {}",
        place.name,
        text(new),
        text(old)
    );
    let (effect, meaning) = match (sent, old, new) {
        (Sent::No, ..) => (Effect::Nothing, "the documentation changes".to_owned()),
        // Saying what the server assumed before, or no longer saying it, changes nothing it does.
        (Sent::Yes, None, _) | (Sent::Yes, _, None) => (
            Effect::Nothing,
            "what the server assumes may be the same as before; the documentation changes"
                .to_owned(),
        ),
        (Sent::Yes, Some(_), Some(_)) => (
            Effect::Behaviour,
            "a request that leaves it out means something else now".to_owned(),
        ),
    };
    context.push(place.draft(Kind::DefaultChanged, effect, what, meaning));
}

pub(super) fn constraints(
    context: &mut Context<'_>,
    place: &Place<'_>,
    old: &Constraints,
    new: &Constraints,
    sent: Sent,
) {
    let changes = limits(old, new);
    if changes.is_empty() {
        return;
    }
    let narrower = changes.iter().any(|(_, width)| *width == Width::Narrower);
    let words: Vec<&str> = changes.iter().map(|(text, _)| text.as_str()).collect();
    let what = format!("the limits of {} change: {}", place.name, words.join(", "));
    let (effect, meaning) = match (sent, narrower) {
        (Sent::No, _) => (Effect::Nothing, "the documentation changes"),
        (Sent::Yes, false) => (Effect::Nothing, "the server takes more than before"),
        (Sent::Yes, true) => (
            Effect::Behaviour,
            "a request that was accepted may be refused now",
        ),
    };
    context.push(place.draft(Kind::ConstraintsChanged, effect, what, meaning));
}

/// Whether a limit lets more or less pass than before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Width {
    Wider,
    Narrower,
}

fn limits(old: &Constraints, new: &Constraints) -> Vec<(String, Width)> {
    let mut changes = Vec::new();
    let mut low = |name: &str, old: Option<f64>, new: Option<f64>| {
        changes.extend(number(name, old, new, |old, new| new < old));
    };
    low("minimum", old.minimum, new.minimum);
    counts(
        &mut low,
        ["least length", "fewest items", "fewest properties"],
        old,
        new,
        |bounds| bounds.minimum,
    );
    let mut high = |name: &str, old: Option<f64>, new: Option<f64>| {
        changes.extend(number(name, old, new, |old, new| new > old));
    };
    high("maximum", old.maximum, new.maximum);
    counts(
        &mut high,
        ["greatest length", "most items", "most properties"],
        old,
        new,
        |bounds| bounds.maximum,
    );
    let multiple = number("multiple", old.multiple_of, new.multiple_of, |old, new| {
        old % new == 0.0
    });
    changes.extend(multiple);
    changes.extend(flag(
        "the minimum itself",
        old.exclusive_minimum,
        new.exclusive_minimum,
    ));
    changes.extend(flag(
        "the maximum itself",
        old.exclusive_maximum,
        new.exclusive_maximum,
    ));
    changes.extend(flag("equal items", old.unique_items, new.unique_items));
    if old.allowed != new.allowed {
        let all_kept = old.allowed.iter().all(|value| new.allowed.contains(value));
        let width = match (old.allowed.is_empty(), new.allowed.is_empty()) {
            (_, true) => Width::Wider,
            (false, false) if all_kept => Width::Wider,
            _ => Width::Narrower,
        };
        changes.push(("other values allowed".to_owned(), width));
    }
    if old.pattern != new.pattern {
        let text = |pattern: &Option<String>| {
            pattern
                .as_ref()
                .map_or("none".to_owned(), |one| format!("`{one}`"))
        };
        let width = match new.pattern {
            Some(_) => Width::Narrower,
            None => Width::Wider,
        };
        let words = format!(
            "pattern {} instead of {}",
            text(&new.pattern),
            text(&old.pattern)
        );
        changes.push((words, width));
    }
    let none = Constraints::default();
    if old.each.is_some() || new.each.is_some() {
        let [old, new] = [old, new].map(|one| one.each.as_deref().unwrap_or(&none));
        let within = limits(old, new).into_iter();
        changes.extend(within.map(|(words, width)| (format!("{words} (of each item)"), width)));
    }
    changes
}

/// Takes the name of a limit, and its older and its newer value.
type Reporter<'r> = dyn FnMut(&str, Option<f64>, Option<f64>) + 'r;

fn counts(
    report: &mut Reporter<'_>,
    names: [&str; 3],
    old: &Constraints,
    new: &Constraints,
    bound: impl Fn(&Bounds) -> Option<u64>,
) {
    // Beyond 2^53 a limit of a count limits nothing.
    #[allow(
        clippy::cast_precision_loss,
        reason = "the limits are compared and shown, not calculated with"
    )]
    let number = |bounds: &Bounds| bound(bounds).map(|count| count as f64);
    let pairs = [
        (&old.length, &new.length),
        (&old.items, &new.items),
        (&old.properties, &new.properties),
    ];
    for (name, (old, new)) in names.into_iter().zip(pairs) {
        report(name, number(old), number(new));
    }
}

fn number(
    name: &str,
    old: Option<f64>,
    new: Option<f64>,
    is_wider: impl Fn(f64, f64) -> bool,
) -> Option<(String, Width)> {
    let width = |wider| if wider { Width::Wider } else { Width::Narrower };
    match (old, new) {
        (Some(old), Some(new)) if (old - new).abs() > 0.0 => Some((
            format!("{name} {new} instead of {old}"),
            width(is_wider(old, new)),
        )),
        (None, Some(new)) => Some((format!("{name} {new}"), Width::Narrower)),
        (Some(old), None) => Some((format!("no {name}, which was {old}"), Width::Wider)),
        _ => None,
    }
}

fn flag(name: &str, old: bool, new: bool) -> Option<(String, Width)> {
    match (old, new) {
        (false, true) => Some((format!("{name} excluded"), Width::Narrower)),
        (true, false) => Some((format!("{name} allowed"), Width::Wider)),
        _ => None,
    }
}
