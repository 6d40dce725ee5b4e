//! Names what a document holds beside calls to its server, so that nothing is dropped in silence.

use indexmap::IndexMap;
use openapiv3::{OpenAPI, Parameter, StatusCode};

use super::source::OperationSource;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::{Document, Pointer};

/// Why nothing is emitted for most of it.
const NO_CALLS: &str = "their schemas are emitted where they are components";

/// Reports callbacks, links, webhooks and the one header that no parameter can be: each kind once, at its
/// first place, since one document can hold hundreds.
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
        (
            callbacks,
            "callbacks are requests that the server makes",
            NO_CALLS,
        ),
        (links, "links are advice to the reader", NO_CALLS),
        (
            webhooks,
            "webhooks are requests that the server makes",
            NO_CALLS,
        ),
        (
            authorization(openapi, sources),
            "headers called `Authorization` are no parameters to OpenAPI",
            "a security scheme, which an overlay can add, lets the client show who calls; else give the \
             header to `ClientBuilder::header`",
        ),
    ];
    for (places, kind, help) in kinds {
        let Some(first) = places.first() else {
            continue;
        };
        let location = document.value_at(first.clone());
        let others = match places.len() {
            1 => String::new(),
            count => format!(" (here and at {} other places)", count - 1),
        };
        let message = format!("{kind}: nothing is emitted for them{others}");
        diagnostics.push(Diagnostic::new(Code::NotEmitted, location, message).help(help));
    }
}

/// The parameters by which callers would show who they are, where no security scheme does.
fn authorization(openapi: &OpenAPI, sources: &[OperationSource<'_>]) -> Vec<Pointer> {
    let without_security = sources.iter().filter(|source| {
        let security = source.operation.security.as_ref();
        let security = security.or(openapi.security.as_ref());
        security.is_none_or(|security| security.iter().all(IndexMap::is_empty))
    });
    without_security
        .flat_map(|source| source.parameters(openapi))
        .filter(|parameter| {
            let name = &parameter.value.parameter_data_ref().name;
            matches!(parameter.value, Parameter::Header { .. })
                && name.eq_ignore_ascii_case("authorization")
        })
        .map(|parameter| parameter.pointer)
        .collect()
}
