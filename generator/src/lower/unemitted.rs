//! Names what a document holds beside calls to its server, so that nothing is dropped in silence.

use openapiv3::{Server, StatusCode};

use super::source::OperationSource;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Location, Place};
use crate::document::{Document, Pointer};

/// Reports servers of single operations, callbacks, links and webhooks: each kind once, at its first
/// place, since one document can hold hundreds.
pub(super) fn report(
    document: &Document,
    sources: &[OperationSource<'_>],
    diagnostics: &mut Diagnostics,
) {
    let openapi = &document.openapi;
    let servers: Vec<Pointer> = sources
        .iter()
        .filter_map(|source| other_servers(source, &openapi.servers))
        .collect();
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
    let mut push = |code, places: Vec<Pointer>, message: &str, help: &str| {
        let Some(first) = places.first() else {
            return;
        };
        let location = Location {
            file: document.file,
            place: Place::Value(first.clone()),
        };
        let others = match places.len() {
            1 => String::new(),
            count => format!(" (here and at {} other places)", count - 1),
        };
        let diagnostic = Diagnostic::new(code, location, format!("{message}{others}"));
        diagnostics.push(diagnostic.help(help));
    };
    push(
        Code::UnsupportedServer,
        servers,
        "the client sends all calls to one server, not to one of an operation's own",
        "for these operations, build a second client with `base_url`",
    );
    let kinds = [
        (callbacks, "callbacks are requests that the server makes"),
        (links, "links are advice to the reader"),
        (webhooks, "webhooks are requests that the server makes"),
    ];
    for (places, kind) in kinds {
        push(
            Code::NotEmitted,
            places,
            &format!("{kind}: nothing is emitted for them"),
            "their schemas are emitted where they are components",
        );
    }
}

/// Where an operation names servers that are not the document's.
fn other_servers(source: &OperationSource<'_>, known: &[Server]) -> Option<Pointer> {
    let differ = |servers: &[Server]| {
        servers
            .iter()
            .any(|server| !known.iter().any(|other| other.url == server.url))
    };
    if differ(&source.operation.servers) {
        return Some(source.pointer.join("servers"));
    }
    let (path_item, _) = source.pointer.split_last()?;
    differ(&source.path_item.servers).then(|| path_item.join("servers"))
}
