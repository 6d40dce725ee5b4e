//! The servers of a document, and those that operations have of their own.

use std::collections::BTreeMap;

use super::source::OperationSource;
use crate::document::Document;
use crate::ir::{Server, ServerVariable};

/// A server, with the default values of its variables filled in.
pub(super) fn server(server: &openapiv3::Server) -> Server {
    let mut url = server.url.clone();
    let mut variables = Vec::new();
    for (name, variable) in server.variables.iter().flatten() {
        url = url.replace(&format!("{{{name}}}"), &variable.default);
        variables.push(ServerVariable {
            name: name.clone(),
            default: variable.default.clone(),
            values: variable.enumeration.clone(),
            description: variable.description.clone(),
        });
    }
    Server {
        url,
        template: server.url.clone(),
        variables,
        description: server.description.clone(),
    }
}

/// The server that an operation has of its own. Those of an operation replace those of its path, and
/// both replace the document's; where the document's are among them, they are nothing of its own.
pub(super) fn own<'a>(
    document: &Document,
    source: &OperationSource<'a>,
) -> Option<&'a openapiv3::Server> {
    let own = match source.operation.servers.as_slice() {
        [] => source.path_item.servers.as_slice(),
        own => own,
    };
    let known = &document.openapi.servers;
    let is_own = |url: &str| own.iter().any(|server| server.url == url);
    if !known.is_empty() && known.iter().all(|server| is_own(&server.url)) {
        return None;
    }
    own.first()
}

/// The servers that operations have of their own, each once.
pub(super) fn of_operations(document: &Document, sources: &[OperationSource<'_>]) -> Vec<Server> {
    let own = sources.iter().filter_map(|source| own(document, source));
    let by_url: BTreeMap<&str, Server> = own.map(|own| (own.url.as_str(), server(own))).collect();
    by_url.into_values().collect()
}
