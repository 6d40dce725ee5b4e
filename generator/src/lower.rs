//! From OpenAPI's model to the intermediate representation.

use crate::{
    diagnostic::Diagnostics,
    document::Document,
    ir::{Api, Server},
};

/// Settles names, types and operations.
pub(crate) fn lower(document: &Document, _diagnostics: &mut Diagnostics) -> Api {
    let openapi = &document.openapi;
    let servers = openapi.servers.iter().map(|server| Server {
        url: server.url.clone(),
        description: server.description.clone(),
    });
    Api {
        title: openapi.info.title.clone(),
        version: openapi.info.version.clone(),
        description: openapi.info.description.clone(),
        servers: servers.collect(),
        security_schemes: Vec::new(),
        resources: Vec::new(),
        types: Vec::new(),
    }
}
