//! Multipart forms whose parts the document does not describe.

use serde::de::{Deserialize, Deserializer};
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
pub struct FormParts(Vec<(String, FormPart)>);

/// A part of a multipart form that may hold anything.
///
/// # Examples
///
/// ```
/// # use ionos_dbaas_postgres::{FileUpload, FormPart};
/// let text = FormPart::from("A text.");
/// let file = FormPart::from(FileUpload::from("started\n").file_name("server.log"));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub enum FormPart {
    /// A scalar as its text, a list as a part for each item, and an object as JSON.
    Value(Value),
    /// A file.
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
        self.part(name.into(), FormPart::Value(value.into()))
    }

    /// Adds a file.
    #[must_use]
    pub fn file(self, name: impl Into<String>, file: impl Into<FileUpload>) -> Self {
        self.part(name.into(), FormPart::File(file.into()))
    }

    fn part(mut self, name: String, part: FormPart) -> Self {
        self.0.push((name, part));
        self
    }
}

impl Serialize for FormParts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut parts = serializer.serialize_map(Some(self.0.len()))?;
        for (name, part) in &self.0 {
            parts.serialize_entry(name, part)?;
        }
        parts.end()
    }
}

impl Serialize for FormPart {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Value(value) => value.serialize(serializer),
            Self::File(file) => file.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for FormPart {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Value::deserialize(deserializer).map(Self::Value)
    }
}

impl From<FileUpload> for FormPart {
    fn from(file: FileUpload) -> Self {
        Self::File(file)
    }
}

impl From<Value> for FormPart {
    fn from(value: Value) -> Self {
        Self::Value(value)
    }
}

impl From<String> for FormPart {
    fn from(text: String) -> Self {
        Self::Value(text.into())
    }
}

impl From<&str> for FormPart {
    fn from(text: &str) -> Self {
        Self::Value(text.into())
    }
}
