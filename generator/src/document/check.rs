//! Rules that concern more than one part of a document.
//!
//! What breaks one of them is reported, and repaired where that is possible, so that the stages that
//! follow need not expect it.

mod cycles;
mod parameters;
mod security;

use std::collections::HashMap;

use super::moves::Moves;
use super::operations::Model;
use super::origin;
use super::pointer::Pointer;
use super::source::FileId;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Location, Place};

/// Checks and repairs a document.
pub(super) fn check(model: &mut Model, places: Places<'_>, diagnostics: &mut Diagnostics) {
    let mut report = Report {
        places,
        diagnostics,
    };
    check_operation_ids(model, &mut report);
    parameters::check_repeated(model, &mut report);
    parameters::check_path_parameters(model, &mut report);
    security::check_schemes(model, &mut report);
    cycles::check(&mut model.openapi, &mut report);
}

/// Where the parts of a model stand.
#[derive(Debug)]
pub(super) struct Places<'m> {
    /// The file that holds the document.
    pub(super) file: FileId,
    /// What the model has elsewhere than the document.
    pub(super) moves: &'m mut Moves,
    /// What the document has from overlays.
    pub(super) overlaid: &'m Moves,
}

struct Report<'d> {
    places: Places<'d>,
    diagnostics: &'d mut Diagnostics,
}

impl Report<'_> {
    fn at(&self, place: Place) -> Location {
        let file = self.places.file;
        let location = origin(Location { file, place }, self.places.moves);
        origin(location, self.places.overlaid)
    }

    /// An item of a list of the model is taken out.
    fn removed(&mut self, list: &Pointer, index: usize, length: usize) {
        let moves = &mut *self.places.moves;
        let list = moves.origin(self.places.file, list);
        moves.remove_item(&list, index, length);
    }

    fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }
}

/// The first operation keeps an `operationId` that several have.
fn check_operation_ids(model: &mut Model, report: &mut Report<'_>) {
    let mut first: HashMap<String, Pointer> = HashMap::new();
    for mut path in model.path_items() {
        for (place, operation) in path.operations() {
            let Some(id) = operation.operation_id.clone() else {
                continue;
            };
            let pointer = place.join("operationId");
            let Some(earlier) = first.get(&id) else {
                first.insert(id, pointer);
                continue;
            };
            let message = format!(
                "two operations have the `operationId` `{id}`; the second is named after its path"
            );
            let location = report.at(Place::Value(pointer));
            let earlier = report.at(Place::Value(earlier.clone()));
            report.push(
                Diagnostic::new(Code::DuplicateOperationId, location, message)
                    .label("used here again, ignored")
                    .related(earlier, "first used here")
                    .help("give each operation an `operationId` of its own"),
            );
            operation.operation_id = None;
        }
    }
}
