//! Multipart forms whose parts the document does not name.

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::Value;

use super::FileUpload;

/// The parts of a multipart form that the document does not describe, in the order in which they are sent.
/// Several may have one name.
///
/// # Examples
///
/// ```
/// # use ionos_dbaas_postgres::{FileUpload, FormParts};
/// let form = FormParts::new()
///     .value("comment", "The log of last night.")
///     .file("file", FileUpload::from("started\n").file_name("server.log"));
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FormParts(Vec<(String, Part)>);

#[derive(Debug, Clone, PartialEq)]
enum Part {
    Value(Value),
    File(FileUpload),
}

impl FormParts {
    /// A form without parts.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a value: a scalar as its text, a list as a part for each item, and an object as JSON. Null adds no
    /// part.
    #[must_use]
    pub fn value(self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        self.part(name.into(), Part::Value(value.into()))
    }

    /// Adds a file.
    #[must_use]
    pub fn file(self, name: impl Into<String>, file: impl Into<FileUpload>) -> Self {
        self.part(name.into(), Part::File(file.into()))
    }

    fn part(mut self, name: String, part: Part) -> Self {
        self.0.push((name, part));
        self
    }
}

impl Serialize for FormParts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut parts = serializer.serialize_map(Some(self.0.len()))?;
        for (name, part) in &self.0 {
            match part {
                Part::Value(value) => parts.serialize_entry(name, value)?,
                Part::File(file) => parts.serialize_entry(name, file)?,
            }
        }
        parts.end()
    }
}
