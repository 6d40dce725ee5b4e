//! From text to OpenAPI's model: reading, overlays, references and positions.

mod pointer;
mod source;

pub use pointer::{Path, Pointer};
pub use source::{FileId, Source, Sources};

use openapiv3::OpenAPI;

/// A document that has been read: every reference in it leads to a component that exists, or has
/// been reported.
#[derive(Debug)]
pub struct Document {
    /// The file that holds the document.
    pub file: FileId,
    /// The document, with overlays applied.
    pub openapi: OpenAPI,
}
