//! The texts that a run reads.

/// A text and the name that diagnostics give it.
#[derive(Debug, Clone)]
pub struct Source {
    /// The name, usually a path relative to the workspace.
    pub name: String,
    /// The text.
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
    /// Adds a text.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> FileId {
        self.files.push(Source {
            name: name.into(),
            text: text.into(),
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
}
