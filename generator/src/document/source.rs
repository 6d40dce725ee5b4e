//! The texts that a run reads.

use std::collections::HashMap;

use super::encoding::{self, Undecodable};

/// A text and the name that diagnostics give it.
#[derive(Debug, Clone)]
pub struct Source {
    /// The name, usually a path relative to the workspace.
    pub name: String,
    /// The text, without a byte order mark.
    pub text: String,
    /// Why the bytes are not this text alone.
    pub(super) undecodable: Option<Undecodable>,
}

/// Names one of the texts of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(usize);

/// The texts of a run.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    files: Vec<Source>,
    by_name: HashMap<String, FileId>,
    withheld: HashMap<String, String>,
}

impl Sources {
    /// Adds a text. A byte order mark at its start is dropped, so that no position counts it.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> FileId {
        let mut text = text.into();
        if text.starts_with('\u{feff}') {
            text.drain(..'\u{feff}'.len_utf8());
        }
        self.push(name.into(), text, None)
    }

    /// Adds the bytes of a file, in UTF-8 or UTF-16.
    ///
    /// Bytes that are no text are reported when the file is read, with their place.
    pub fn add_bytes(&mut self, name: impl Into<String>, bytes: Vec<u8>) -> FileId {
        let (text, undecodable) = encoding::decode(bytes);
        self.push(name.into(), text, undecodable)
    }

    fn push(&mut self, name: String, text: String, undecodable: Option<Undecodable>) -> FileId {
        let id = FileId(self.files.len());
        self.by_name.entry(name.clone()).or_insert(id);
        self.files.push(Source {
            name,
            text,
            undecodable,
        });
        id
    }

    /// Notes that a file exists, and why it must not or cannot be read. The reason is shown where
    /// something refers to the file.
    pub fn withhold(&mut self, name: impl Into<String>, reason: impl Into<String>) {
        self.withheld.insert(name.into(), reason.into());
    }

    /// Why a file must not or cannot be read.
    pub fn withheld(&self, name: &str) -> Option<&str> {
        self.withheld.get(name).map(String::as_str)
    }

    /// The text that an id names.
    ///
    /// # Panics
    ///
    /// Where the id comes from other sources.
    pub fn get(&self, id: FileId) -> &Source {
        &self.files[id.0]
    }

    /// The texts, in the order of their addition.
    pub fn iter(&self) -> impl Iterator<Item = &Source> {
        self.files.iter()
    }

    /// The file of a name; the first one, where several have it.
    pub fn find(&self, name: &str) -> Option<FileId> {
        self.by_name.get(name).copied()
    }
}
