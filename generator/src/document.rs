//! From text to OpenAPI's model: reading, overlays, references and positions.

mod check;
mod encoding;
mod external;
mod json;
mod limits;
mod lookup;
mod moves;
mod nearest;
mod operations;
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

pub use limits::{
    MAX_ALIASED_VALUES, MAX_DEPTH, MAX_FILES, MAX_REFERENCE_CHAIN, MAX_REPEATED_TYPES,
    MAX_TEXT_BYTES, MAX_VALUES,
};
pub use operations::{OtherOperation, OtherOperations};
pub use overlay::{AppliedAction, AppliedChange};
pub use pointer::{Path, Pointer};
pub use source::{FileId, Source, Sources};

pub(crate) use lookup::Lookup;
pub(crate) use operations::telling_name;
pub(crate) use reader::{DEFAULT_MAPPING, ItemPart};
pub(crate) use syntax::lookup;

use crate::diagnostic::{Diagnostic, Diagnostics, Location, Place};
use moves::Moves;
use overlay::Target;

/// A document that has been read: every reference in it reads `#/components/<section>/<name>`, with
/// the name as it is and not escaped, and leads to a component that exists, or has been reported and
/// taken out.
#[derive(Debug)]
pub struct Document {
    /// The file that holds the document.
    pub file: FileId,
    /// The document, with overlays applied.
    pub openapi: OpenAPI,
    /// Its operations of methods that OpenAPI 3.0 does not know.
    pub other_operations: OtherOperations,
    /// Schemas within operations and within others that are components because references lead to them: where
    /// they stand, by the names that they have been given.
    pub unnamed_schemas: HashMap<String, Pointer>,
    /// Where its parts stand in the texts.
    pub origins: Origins,
}

impl Document {
    /// The place of a value.
    pub(crate) fn value_at(&self, pointer: Pointer) -> Location {
        self.location(Place::Value(pointer))
    }

    /// The place of a key.
    pub(crate) fn key_at(&self, pointer: Pointer) -> Location {
        self.location(Place::Key(pointer))
    }

    fn location(&self, place: Place) -> Location {
        let file = self.file;
        Location { file, place }
    }
}

/// Where the parts of a document stand in the texts.
#[derive(Debug, Clone, Default)]
pub struct Origins {
    moves: Moves,
    overlaid: Moves,
}

impl Origins {
    /// Where a part of the model stands in the texts.
    ///
    /// It differs from the document's file and the pointer itself where a reference has made
    /// something a component, where the model says a thing differently from the text, and where an
    /// overlay has put something.
    pub fn of(&self, location: &Location) -> Location {
        origin(origin(location.clone(), &self.moves), &self.overlaid)
    }
}

/// Where the pointer of a location leads by way of moves.
fn origin(location: Location, moves: &Moves) -> Location {
    let follow = |pointer| moves.origin(location.file, pointer);
    let (file, place) = match &location.place {
        Place::Offset(_) => return location,
        Place::Key(pointer) => {
            let (file, pointer) = follow(pointer);
            (file, Place::Key(pointer))
        }
        Place::Value(pointer) => {
            let (file, pointer) = follow(pointer);
            (file, Place::Value(pointer))
        }
    };
    Location { file, place }
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
    let mut overlaid = Moves::default();
    let value = read_overlaid(
        sources,
        document,
        overlays,
        &mut overlaid,
        diagnostics,
        None,
    );
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
        overlaid: &overlaid,
    };
    let said = diagnostics.len();
    let outcome = reader::read(&files, diagnostics);
    diagnostics.relocate(said, |location| origin(location.clone(), &overlaid));
    let mut outcome = outcome?;
    let places = check::Places {
        file: document,
        moves: &mut outcome.moves,
        overlaid: &overlaid,
    };
    check::check(&mut outcome.model, places, diagnostics);
    Some(Document {
        file: document,
        openapi: outcome.model.openapi,
        other_operations: outcome.model.others,
        unnamed_schemas: outcome.unnamed_schemas,
        origins: Origins {
            moves: outcome.moves,
            overlaid,
        },
    })
}

/// What each action of the overlays does to a document, in the order of their application. Actions
/// that are wrong or do nothing are reported.
pub fn applied_actions(
    sources: &Sources,
    document: FileId,
    overlays: &[FileId],
) -> (Vec<AppliedAction>, Vec<Diagnostic>) {
    let mut diagnostics = Diagnostics::default();
    let mut applied = Vec::new();
    read_overlaid(
        sources,
        document,
        overlays,
        &mut Moves::default(),
        &mut diagnostics,
        Some(&mut applied),
    );
    (applied, diagnostics.into_vec())
}

fn read_overlaid(
    sources: &Sources,
    document: FileId,
    overlays: &[FileId],
    moves: &mut Moves,
    diagnostics: &mut Diagnostics,
    mut applied: Option<&mut Vec<AppliedAction>>,
) -> Option<Value> {
    let mut value = syntax::read(sources, document, diagnostics);
    for file in overlays {
        let overlay = syntax::read(sources, *file, diagnostics);
        if let (Some(overlay), Some(value)) = (overlay, &mut value) {
            let mut target = Target {
                file: document,
                value,
                moves,
            };
            let applied = applied.as_deref_mut();
            overlay::apply(&overlay, *file, &mut target, diagnostics, applied);
        }
    }
    value
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
            .filter_map(|name| external::resolve(root, base, name).ok())
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

/// What a text says, as a value; nothing where it is malformed.
pub fn value(sources: &Sources, file: FileId) -> Option<Value> {
    syntax::read(sources, file, &mut Diagnostics::default())
}

/// The names of the files that one of the texts refers to, resolved against its own name. Names
/// outside the folder of the document are left out, and reported by [`load`].
///
/// A caller that wants documents of several files adds these to the sources, and asks again for each
/// of them, before it loads the document.
pub fn external_files(sources: &Sources, document: FileId, file: FileId) -> Vec<String> {
    if !external::may_refer(&sources.get(file).text) {
        return Vec::new();
    }
    let Some(value) = syntax::read(sources, file, &mut Diagnostics::default()) else {
        return Vec::new();
    };
    let root = &sources.get(document).name;
    let base = &sources.get(file).name;
    let names = external::references(&value).into_iter();
    names
        .filter_map(|name| external::resolve(root, base, name).ok())
        .collect()
}
