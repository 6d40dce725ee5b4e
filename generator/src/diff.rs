//! What differs between two states of an API, and what that means for code that calls its client.
//!
//! The comparison reads the intermediate representation, never text: it knows in which direction a
//! value travels, what emitted code exposes, and which operations a schema reaches. It is pure, as
//! generation is.

mod answers;
mod bodies;
mod change;
mod enums;
mod fields;
mod likeness;
mod matching;
mod operations;
mod params;
mod reach;
mod remainder;
mod root;
mod surface;
mod types;
mod unions;
mod values;
mod words;

pub use change::{Advice, Change, Comparison, Direction, Effect, Kind, Reach};

use crate::ir::Api;
use change::Draft;
use matching::Matches;

/// Compares an older state of an API with a newer one.
///
/// Changes that break the compilation of a caller's code come first, then those that change what the
/// code does, then additions, then changes of the documentation alone.
pub fn compare(old: &Api, new: &Api) -> Comparison {
    let mut context = Context {
        old,
        new,
        matches: Matches::of(old, new),
        drafts: Vec::new(),
    };
    root::compare(&mut context);
    operations::compare(&mut context);
    types::compare(&mut context);
    let changes = reach::complete(old, new, context.drafts);
    Comparison::new(changes)
}

/// The two sides of a comparison, and what has been found.
struct Context<'a> {
    old: &'a Api,
    new: &'a Api,
    matches: Matches<'a>,
    drafts: Vec<Draft>,
}

impl Context<'_> {
    fn push(&mut self, draft: Draft) {
        self.drafts.push(draft);
    }

    /// Whether something that breaks compilation has been found since there were so many drafts.
    fn breaks_since(&self, start: usize) -> bool {
        let mut since = self.drafts.iter().skip(start);
        since.any(|draft| draft.effect == Effect::CompileError)
    }
}
