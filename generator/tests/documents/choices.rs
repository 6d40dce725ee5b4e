//! Choices.

use std::slice;

use proptest::prelude::{Strategy, any, prop};
use serde_json::{Map, Value};

/// A list of choices that is used up.
#[derive(Debug)]
pub(crate) struct Choices<'c> {
    rest: slice::Iter<'c, u16>,
}

impl<'c> Choices<'c> {
    pub(crate) fn new(choices: &'c [u16]) -> Self {
        Self {
            rest: choices.iter(),
        }
    }

    /// A number below a limit.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        let choice = self.rest.next().copied().unwrap_or_default();
        usize::from(choice) % limit.max(1)
    }

    /// Whether something is there that is there once in so many times.
    pub(crate) fn chance(&mut self, times: usize) -> bool {
        self.below(times) + 1 == times
    }

    /// One of several; the first one is the simplest.
    pub(crate) fn pick<'i, T>(&mut self, items: &'i [T]) -> &'i T {
        &items[self.below(items.len())]
    }

    /// Some of several, in another order.
    pub(crate) fn some<T: Clone>(&mut self, items: &[T], most: usize) -> Vec<T> {
        let mut rest = items.to_vec();
        let count = self.below(most.min(rest.len()) + 1);
        (0..count)
            .map(|_| rest.swap_remove(self.below(rest.len())))
            .collect()
    }
}

/// Choices that make a document of up to a few hundred lines.
pub(crate) fn some_choices() -> impl Strategy<Value = Vec<u16>> {
    prop::collection::vec(any::<u16>(), 0..900)
}

/// The members of a value that is written out as an object.
pub(super) fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(members) => members,
        other => panic!("{other} is no object"),
    }
}
