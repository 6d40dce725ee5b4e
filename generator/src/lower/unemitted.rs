//! Names what a document holds beside calls to its server, so that nothing is dropped in silence.

use openapiv3::StatusCode;

use super::source::OperationSource;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Location, Place};
use crate::document::{Document, Pointer};

/// Reports callbacks, links and webhooks: each kind once, at its first
/// place, since one document can hold hundreds.
pub(super) fn report(
    document: &Document,
    sources: &[OperationSource<'_>],
    diagnostics: &mut Diagnostics,
) {
    let openapi = &document.openapi;
    let callbacks: Vec<Pointer> = sources
        .iter()
        .filter(|source| !source.operation.callbacks.is_empty())
        .map(|source| source.pointer.join("callbacks"))
        .collect();
    let links: Vec<Pointer> = sources
        .iter()
        .flat_map(|source| source.responses(openapi))
        .filter(|(_, response): &(Option<StatusCode>, _)| !response.value.links.is_empty())
        .map(|(_, response)| response.pointer.join("links"))
        .collect();
    let webhooks: Vec<Pointer> = openapi
        .extensions
        .get("webhooks")
        .filter(|webhooks| webhooks.as_object().is_some_and(|all| !all.is_empty()))
        .map(|_| Pointer::root().join("webhooks"))
        .into_iter()
        .collect();
    let kinds = [
        (callbacks, "callbacks are requests that the server makes"),
        (links, "links are advice to the reader"),
        (webhooks, "webhooks are requests that the server makes"),
    ];
    for (places, kind) in kinds {
        let Some(first) = places.first() else {
            continue;
        };
        let location = Location {
            file: document.file,
            place: Place::Value(first.clone()),
        };
        let others = match places.len() {
            1 => String::new(),
            count => format!(" (here and at {} other places)", count - 1),
        };
        let message = format!("{kind}: nothing is emitted for them{others}");
        let help = "their schemas are emitted where they are components";
        diagnostics.push(Diagnostic::new(Code::NotEmitted, location, message).help(help));
    }
}
