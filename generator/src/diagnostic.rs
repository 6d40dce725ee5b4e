//! What the generator has to say about its input: errors, degradations and notes.

mod code;

pub use code::Code;

use serde::Serialize;

use crate::document::{FileId, Pointer};

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
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location {
    /// The file.
    pub file: FileId,
    /// The place within it.
    pub place: Place,
}

/// A place within a file. Lines and columns are looked up only when a diagnostic is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// The key that a JSON pointer's last segment names.
    Key(Pointer),
    /// The value that a JSON pointer leads to.
    Value(Pointer),
    /// A byte offset, for text that could not be parsed.
    Offset(usize),
}

/// A second place that a diagnostic refers to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// The place.
    pub location: Location,
    /// What is to be seen there.
    pub message: String,
}

/// One thing that the generator has to say about its input.
#[derive(Debug, Clone, PartialEq, Eq)]
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
        self.code.severity()
    }
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
        let mut unique: Vec<Diagnostic> = Vec::with_capacity(self.list.len());
        for diagnostic in self.list {
            if !unique.contains(&diagnostic) {
                unique.push(diagnostic);
            }
        }
        unique
    }
}
