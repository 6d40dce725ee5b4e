//! Counts how much of a value a type takes while it reads it.

use std::cell::Cell;

use serde_json::Value;

/// How much of a value its type does not take for what it is, in the number of values within it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Tally {
    /// What is kept without being known: catch-all variants hold it.
    pub(super) unknown: usize,
    /// What is left aside.
    pub(super) dropped: usize,
}

thread_local! {
    /// The tally of the value that is being read; nothing where nobody asks for one.
    static TALLY: Cell<Option<Tally>> = const { Cell::new(None) };
}

/// What a reading gives, and its tally, which does not count for what is being read around it.
pub(super) fn tallied<R>(reading: impl FnOnce() -> R) -> (R, Tally) {
    let around = TALLY.replace(Some(Tally::default()));
    let result = reading();
    (result, TALLY.replace(around).unwrap_or_default())
}

/// Whether somebody asks for a tally of the value that is being read.
pub(super) fn is_tallied() -> bool {
    TALLY.get().is_some()
}

/// Adds what was found of a part of the value that is being read.
pub(super) fn note(part: Tally) {
    TALLY.set(TALLY.get().map(|whole| Tally {
        unknown: whole.unknown.saturating_add(part.unknown),
        dropped: whole.dropped.saturating_add(part.dropped),
    }));
}

/// Takes note of a value that a catch-all variant holds.
#[doc(hidden)]
pub fn note_unknown(size: usize) {
    note(Tally {
        unknown: size,
        dropped: 0,
    });
}

/// Takes note of a value that is left aside.
pub(super) fn note_dropped(size: usize) {
    note(Tally {
        unknown: 0,
        dropped: size,
    });
}

/// The number of values within a value.
#[doc(hidden)]
pub fn size(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(size).sum::<usize>(),
        Value::Object(members) => 1 + members.values().map(size).sum::<usize>(),
        _ => 1,
    }
}
