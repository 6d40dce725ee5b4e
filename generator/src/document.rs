//! From text to OpenAPI's model: reading, overlays, references and positions.

mod check;
mod external;
mod json;
mod limits;
mod nearest;
mod overlay;
mod pointer;
mod reader;
mod source;
mod syntax;
mod tree;
mod yaml;

use std::collections::HashMap;

use openapiv3::OpenAPI;
use serde_json::Value;

pub use limits::{MAX_ALIASED_VALUES, MAX_DEPTH, MAX_TEXT_BYTES};
pub use pointer::{Path, Pointer};
pub use source::{FileId, Source, Sources};

pub(crate) use syntax::tree;
pub(crate) use tree::Tree;

use crate::diagnostic::{Diagnostics, Location, Place};

/// A document that has been read: every reference in it reads `#/components/<section>/<name>`, with
/// the name as it is and not escaped, and leads to a component that exists, or has been reported and
/// taken out.
#[derive(Debug)]
pub struct Document {
    /// The file that holds the document.
    pub file: FileId,
    /// The document, with overlays applied.
    pub openapi: OpenAPI,
    /// Where components stand that references made necessary.
    origins: HashMap<Pointer, (FileId, Pointer)>,
}

impl Document {
    /// Where a part of the model stands in the texts.
    ///
    /// It differs from the document's file and the pointer itself only within components that were
    /// made because a reference leads into another file or into the middle of something.
    pub fn location(&self, place: Place) -> Location {
        let moved = match &place {
            Place::Key(pointer) | Place::Value(pointer) => self.origin(pointer),
            Place::Offset(_) => None,
        };
        match (moved, place) {
            (None, place) => Location {
                file: self.file,
                place,
            },
            (Some((file, pointer)), Place::Key(_)) => Location {
                file,
                place: Place::Key(pointer),
            },
            (Some((file, pointer)), _) => Location {
                file,
                place: Place::Value(pointer),
            },
        }
    }

    fn origin(&self, pointer: &Pointer) -> Option<(FileId, Pointer)> {
        let mut segments = pointer.segments();
        let component = segments
            .by_ref()
            .take(3)
            .fold(Pointer::root(), |pointer, segment| pointer.join(&segment));
        let (file, origin) = self.origins.get(&component)?;
        let moved = segments.fold(origin.clone(), |pointer, segment| pointer.join(&segment));
        Some((*file, moved))
    }
}

/// Reads a document, applies overlays in their order, and resolves references.
///
/// Other files that the document refers to are looked up in the sources by their names; see
/// [`external_files`]. Everything that is wrong is reported; there is no document where the text
/// cannot be read at all.
pub fn load(
    sources: &Sources,
    document: FileId,
    overlays: &[FileId],
    diagnostics: &mut Diagnostics,
) -> Option<Document> {
    let mut value = syntax::read(sources, document, diagnostics);
    for file in overlays {
        let overlay = syntax::read(sources, *file, diagnostics);
        if let (Some(overlay), Some(value)) = (overlay, &mut value) {
            overlay::apply(&overlay, *file, value, diagnostics);
        }
    }
    let mut values = HashMap::from([(document, value?)]);
    read_others(sources, document, &mut values, diagnostics);
    // The order of keys means nothing in JSON, so it must not decide anything further on.
    for value in values.values_mut() {
        value.sort_all_objects();
    }
    let files = reader::Files {
        sources,
        main: document,
        values: &values,
    };
    let mut outcome = reader::read(&files, diagnostics)?;
    check::check(&mut outcome.openapi, document, diagnostics);
    let origins = outcome.origins.into_iter();
    Some(Document {
        file: document,
        openapi: outcome.openapi,
        origins: origins
            .map(|(component, file, pointer)| (component, (file, pointer)))
            .collect(),
    })
}

/// Reads the files that the document refers to, and those that they refer to.
fn read_others(
    sources: &Sources,
    document: FileId,
    values: &mut HashMap<FileId, Value>,
    diagnostics: &mut Diagnostics,
) {
    let root = &sources.get(document).name;
    let mut waiting = vec![document];
    while let Some(file) = waiting.pop() {
        let Some(value) = values.get(&file) else {
            continue;
        };
        let base = &sources.get(file).name;
        let names = external::references(value).into_iter();
        let others: Vec<FileId> = names
            .filter_map(|name| external::resolve(root, base, name))
            .filter_map(|name| sources.find(&name))
            .filter(|other| !values.contains_key(other))
            .collect();
        for other in others {
            if values.contains_key(&other) {
                continue;
            }
            if let Some(value) = syntax::read(sources, other, diagnostics) {
                values.insert(other, value);
                waiting.push(other);
            }
        }
    }
}

/// The names of the files that one of the texts refers to, resolved against its own name. Names
/// outside the folder of the document are left out, and reported by [`load`].
///
/// A caller that wants documents of several files adds these to the sources, and asks again for each
/// of them, before it loads the document.
pub fn external_files(sources: &Sources, document: FileId, file: FileId) -> Vec<String> {
    let Some(value) = syntax::read(sources, file, &mut Diagnostics::default()) else {
        return Vec::new();
    };
    let root = &sources.get(document).name;
    let base = &sources.get(file).name;
    let names = external::references(&value).into_iter();
    names
        .filter_map(|name| external::resolve(root, base, name))
        .collect()
}
