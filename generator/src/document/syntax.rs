//! From text to a value, whichever notation it is written in.

mod colon;
mod help;

use serde_json::Value;

use super::limits::{MAX_DEPTH, MAX_TEXT_BYTES, MAX_VALUES};
use super::lookup::Lookup;
use super::source::{FileId, Sources};

use super::{json, yaml};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Location, Place};

/// What a text holds.
#[derive(Debug)]
pub(super) struct Parsed {
    pub(super) value: Value,
    pub(super) duplicates: Vec<Duplicate>,
}

/// A key that stands twice in one object. The first one counts.
#[derive(Debug)]
pub(super) struct Duplicate {
    pub(super) key: String,
    pub(super) first: usize,
    pub(super) second: usize,
    /// Whether the two values are the same.
    pub(super) is_same: bool,
}

/// Why a text could not be read.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct SyntaxError {
    /// The byte at which it was found.
    pub(super) offset: usize,
    /// A few words.
    pub(super) message: String,
}

impl SyntaxError {
    pub(super) fn new(offset: usize, message: impl Into<String>) -> Self {
        Self {
            offset,
            message: message.into(),
        }
    }

    pub(super) fn too_deep(offset: usize) -> Self {
        Self::new(offset, format!("nested more than {MAX_DEPTH} levels deep"))
    }

    pub(super) fn too_many(offset: usize) -> Self {
        Self::new(offset, format!("more than {MAX_VALUES} keys and values"))
    }
}

/// How a text is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Syntax {
    Json,
    Yaml,
}

impl Syntax {
    fn name(self) -> &'static str {
        match self {
            Self::Json => "JSON",
            Self::Yaml => "YAML",
        }
    }
}

/// JSON is told by its brace, for a name can be anything; yet YAML may begin with one too.
fn syntax(name: &str, text: &str) -> Syntax {
    let is_yaml = [".yaml", ".yml"].iter().any(|end| name.ends_with(end));
    if text.trim_start().starts_with(['{', '[']) && !is_yaml {
        Syntax::Json
    } else {
        Syntax::Yaml
    }
}

/// Reads a file, and reports what is wrong with its syntax.
pub(super) fn read(
    sources: &Sources,
    file: FileId,
    diagnostics: &mut Diagnostics,
) -> Option<Value> {
    let source = sources.get(file);
    let syntax = syntax(&source.name, &source.text);
    let outcome = if source.text.len() > MAX_TEXT_BYTES {
        let mebibytes = MAX_TEXT_BYTES >> 20;
        Err(SyntaxError::new(0, format!("longer than {mebibytes} MiB")))
    } else if let Some(fault) = source.undecodable {
        Err(SyntaxError::new(fault.offset, fault.message))
    } else {
        match syntax {
            Syntax::Json => json::parse(&source.text),
            Syntax::Yaml => yaml::parse(&source.text),
        }
    };
    let at = |offset| Location {
        file,
        place: Place::Offset(offset),
    };
    match outcome {
        Ok(parsed) => {
            for duplicate in parsed.duplicates {
                let (code, values) = if duplicate.is_same {
                    (Code::RepeatedKey, "the same value")
                } else {
                    (Code::DuplicateKey, "different values")
                };
                let key = duplicate.key;
                let message = format!("the key `{key}` stands twice in one object, with {values}");
                diagnostics.push(
                    Diagnostic::new(code, at(duplicate.second), message)
                        .label("stands here again")
                        .related(at(duplicate.first), "first here")
                        .help("remove or rename one of them"),
                );
            }
            Some(parsed.value)
        }
        Err(error) => {
            let message = format!("this is not a {} document that can be read", syntax.name());
            let (error, help) = explained(syntax, &source.text, error);
            let diagnostic =
                Diagnostic::new(Code::Syntax, at(error.offset), message).label(error.message);
            diagnostics.push(match help {
                Some(help) => diagnostic.help(help),
                None => diagnostic,
            });
            None
        }
    }
}

/// Where an error was made, as far as that can be told, and how to mend it.
fn explained(syntax: Syntax, text: &str, error: SyntaxError) -> (SyntaxError, Option<String>) {
    if let Some(conflict) = help::conflict(text) {
        let help = "choose one of the two versions that git has left";
        return (conflict, Some(help.to_owned()));
    }
    match syntax {
        Syntax::Json => {
            let help = help::json(text, error.offset);
            (error, help)
        }
        Syntax::Yaml => {
            let error = colon::relocated(text, &error).unwrap_or(error);
            let help = help::yaml(text, error.offset, &error.message);
            (error, help)
        }
    }
}

/// Reads a text for its positions; nothing where it is malformed.
pub(crate) fn lookup<'t>(name: &str, text: &'t str) -> Option<Lookup<'t>> {
    let tree = match syntax(name, text) {
        Syntax::Json => json::tree(text),
        Syntax::Yaml => yaml::tree(text),
    };
    tree.ok().map(Lookup::new)
}
