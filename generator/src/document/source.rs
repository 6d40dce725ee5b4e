//! The texts that a run reads.

/// A text and the name that diagnostics give it.
#[derive(Debug, Clone)]
pub struct Source {
    /// The name, usually a path relative to the workspace.
    pub name: String,
    /// The text, without a byte order mark.
    pub text: String,
}

/// Names one of the texts of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(usize);

/// The texts of a run.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    files: Vec<Source>,
}

impl Sources {
    /// Adds a text. A byte order mark at its start is dropped, so that no position counts it.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> FileId {
        let mut text = text.into();
        if text.starts_with('\u{feff}') {
            text.drain(..'\u{feff}'.len_utf8());
        }
        self.files.push(Source {
            name: name.into(),
            text,
        });
        FileId(self.files.len() - 1)
    }

    /// The text that an id names.
    ///
    /// # Panics
    ///
    /// Where the id comes from other sources.
    pub fn get(&self, id: FileId) -> &Source {
        &self.files[id.0]
    }

    /// The file of a name.
    pub fn find(&self, name: &str) -> Option<FileId> {
        let index = self.files.iter().position(|file| file.name == name)?;
        Some(FileId(index))
    }
}
