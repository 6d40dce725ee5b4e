//! What the generator has to say about its input: errors, degradations and notes.

mod code;
mod json;
mod position;
mod render;
mod sarif;

pub use code::Code;
pub use json::to_json;
pub use render::{Style, render};
pub use sarif::to_sarif;

use std::collections::HashSet;
use std::fmt;

use serde::Serialize;

use crate::document::{FileId, Pointer, Sources};

/// How much a diagnostic weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; nothing is lost.
    Note,
    /// Something of the document is expressed less exactly than it says, or left out.
    Degradation,
    /// The input is wrong, and nothing is written.
    Error,
}

/// A place in the input.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Location {
    /// The file.
    pub file: FileId,
    /// The place within it.
    pub place: Place,
}

/// A place within a file. Lines and columns are looked up only when a diagnostic is shown.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Place {
    /// The key that a JSON pointer's last segment names.
    Key(Pointer),
    /// The value that a JSON pointer leads to.
    Value(Pointer),
    /// A byte offset, for text that could not be parsed.
    Offset(usize),
}

/// A second place that a diagnostic refers to.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Related {
    /// The place.
    pub location: Location,
    /// What is to be seen there.
    pub message: String,
}

/// One thing that the generator has to say about its input.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Diagnostic {
    /// What kind of thing it is; stable across versions.
    pub code: Code,
    /// What is wrong, in a sentence without a full stop.
    pub message: String,
    /// Where.
    pub location: Location,
    /// A few words to stand beside the caret.
    pub label: Option<String>,
    /// Other places that matter.
    pub related: Vec<Related>,
    /// How to mend it.
    pub help: Option<String>,
    /// Somebody accepts it, though it is an error: its repair is made.
    pub accepted: bool,
}

impl Diagnostic {
    /// A diagnostic without label, related places and help.
    pub fn new(code: Code, location: Location, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            location,
            label: None,
            related: Vec::new(),
            help: None,
            accepted: false,
        }
    }

    /// Adds the words beside the caret.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// Adds how to mend it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds another place that matters.
    #[must_use]
    pub fn related(mut self, location: Location, message: impl Into<String>) -> Self {
        self.related.push(Related {
            location,
            message: message.into(),
        });
        self
    }

    /// How much it weighs.
    pub fn severity(&self) -> Severity {
        match self.code.severity() {
            Severity::Error if self.accepted => Severity::Degradation,
            severity => severity,
        }
    }
}

/// How many diagnostics there are of each severity.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// The number of errors.
    pub errors: usize,
    /// The number of degradations.
    pub degradations: usize,
    /// The number of notes.
    pub notes: usize,
}

impl Counts {
    /// Counts diagnostics.
    pub fn of(diagnostics: &[Diagnostic]) -> Self {
        let mut counts = Self::default();
        for diagnostic in diagnostics {
            match diagnostic.severity() {
                Severity::Error => counts.errors += 1,
                Severity::Degradation => counts.degradations += 1,
                Severity::Note => counts.notes += 1,
            }
        }
        counts
    }
}

impl fmt::Display for Counts {
    /// The counts in words, for example `1 error, 2 notes`; nothing where there are none.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts = [
            (self.errors, "error"),
            (self.degradations, "degradation"),
            (self.notes, "note"),
        ];
        let counts = counts.into_iter().filter(|(count, _)| *count > 0);
        for (index, (count, name)) in counts.enumerate() {
            let separator = if index == 0 { "" } else { ", " };
            let plural = if count == 1 { "" } else { "s" };
            write!(formatter, "{separator}{count} {name}{plural}")?;
        }
        Ok(())
    }
}

/// The line and the column of places, both counted from 1; columns count characters.
///
/// A place that the text does not have, for example what an overlay adds, is that of what is nearest
/// around it.
pub fn lines_and_columns(
    sources: &Sources,
    places: impl IntoIterator<Item = Location>,
) -> Vec<(usize, usize)> {
    let mut positions = position::Positions::new(sources);
    places
        .into_iter()
        .map(|location| {
            let start = positions.span(&location).start;
            let position = positions.position(location.file, start);
            (position.line, position.column)
        })
        .collect()
}

/// Collects diagnostics through a run.
#[derive(Debug, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.list.len()
    }

    /// Puts those from a number on in other places.
    pub(crate) fn relocate(&mut self, from: usize, origin: impl Fn(&Location) -> Location) {
        for diagnostic in self.list.iter_mut().skip(from) {
            diagnostic.location = origin(&diagnostic.location);
            for related in &mut diagnostic.related {
                related.location = origin(&related.location);
            }
        }
    }

    /// Whether an error is among them.
    pub fn has_errors(&self) -> bool {
        self.list
            .iter()
            .any(|diagnostic| diagnostic.severity() == Severity::Error)
    }

    /// Those collected so far.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.list.iter()
    }

    /// The collected ones, each once.
    pub fn into_vec(self) -> Vec<Diagnostic> {
        let mut seen = HashSet::new();
        let mut unique = self.list;
        unique.retain(|diagnostic| seen.insert(diagnostic.clone()));
        unique
    }
}
