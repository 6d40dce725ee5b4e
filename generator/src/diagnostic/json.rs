//! Diagnostics as data, for editors and for the machines that check pull requests.

use serde_json::{Value, json};

use super::position::Positions;
use super::{Diagnostic, Location, Place};
use crate::document::Sources;

/// Turns diagnostics into a list of objects, in the order of the texts.
///
/// Each has `code`, `severity`, `message`, `label`, `help` and `related`, and its place as `file`,
/// `pointer` (a JSON pointer; null where the text cannot be parsed), `line`, `column`, `endLine` and
/// `endColumn`. Lines and columns count from 1, columns in characters; the end is exclusive.
pub fn to_json(diagnostics: &[Diagnostic], sources: &Sources) -> Value {
    let mut positions = Positions::new(sources);
    let sorted = positions.sorted(diagnostics);
    let list = sorted.into_iter().map(|diagnostic| {
        let mut object = place(&diagnostic.location, sources, &mut positions);
        let related = diagnostic.related.iter().map(|related| {
            let mut object = place(&related.location, sources, &mut positions);
            object["message"] = json!(related.message);
            object
        });
        object["related"] = related.collect();
        object["code"] = json!(diagnostic.code);
        object["severity"] = json!(diagnostic.severity());
        object["message"] = json!(diagnostic.message);
        object["label"] = json!(diagnostic.label);
        object["help"] = json!(diagnostic.help);
        object
    });
    list.collect()
}

fn place(location: &Location, sources: &Sources, positions: &mut Positions<'_>) -> Value {
    let span = positions.span(location);
    let start = positions.position(location.file, span.start);
    let end = positions.position(location.file, span.end);
    let pointer = match &location.place {
        Place::Key(pointer) | Place::Value(pointer) => Some(pointer),
        Place::Offset(_) => None,
    };
    json!({
        "file": sources.get(location.file).name,
        "pointer": pointer,
        "line": start.line,
        "column": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    })
}
