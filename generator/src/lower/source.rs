//! The operations of a document with their places, and look-up of its components.

use std::borrow::Cow;
use std::mem::{Discriminant, discriminant};

use openapiv3::{
    Components, OpenAPI, Operation, Parameter, PathItem, ReferenceOr, RequestBody, Response,
    StatusCode,
};

use super::names::type_name;
use super::node::component_name;
use crate::document::{Document, Pointer, telling_name};
use crate::ir::HttpMethod;

/// An operation where the document defines it.
#[derive(Debug, Clone)]
pub(super) struct OperationSource<'a> {
    pub(super) method: HttpMethod,
    /// The key in `paths`, of which `path` may be only a part.
    pub(super) template: &'a str,
    /// What is acted on. A query or a fragment behind it tells operations apart that act on the same.
    pub(super) path: &'a str,
    pub(super) pointer: Pointer,
    pub(super) path_item: &'a PathItem,
    pub(super) operation: &'a Operation,
}

/// A value and its place.
#[derive(Debug, Clone)]
pub(super) struct Located<'a, T> {
    pub(super) value: &'a T,
    pub(super) pointer: Pointer,
}

/// All operations, ordered by path.
pub(super) fn operations(document: &Document) -> Vec<OperationSource<'_>> {
    let mut sources = Vec::new();
    for (template, item) in &document.openapi.paths.paths {
        let ReferenceOr::Item(path_item) = item else {
            continue;
        };
        let place = Pointer::root().join("paths").join(template);
        let path = template.split(['?', '#']).next().unwrap_or_default();
        sources.extend(path_item.iter().filter_map(|(name, operation)| {
            Some(OperationSource {
                method: method(name)?,
                template,
                path,
                pointer: place.join(name),
                path_item,
                operation,
            })
        }));
        let others = document
            .other_operations
            .get(template)
            .into_iter()
            .flatten();
        sources.extend(others.map(|other| OperationSource {
            method: other_method(&other.method),
            template,
            path,
            pointer: other.pointer(&place),
            path_item,
            operation: &other.operation,
        }));
    }
    sources
}

fn method(name: &str) -> Option<HttpMethod> {
    Some(match name {
        "get" => HttpMethod::Get,
        "put" => HttpMethod::Put,
        "post" => HttpMethod::Post,
        "delete" => HttpMethod::Delete,
        "options" => HttpMethod::Options,
        "head" => HttpMethod::Head,
        "patch" => HttpMethod::Patch,
        "trace" => HttpMethod::Trace,
        _ => return None,
    })
}

fn other_method(name: &str) -> HttpMethod {
    match name {
        "QUERY" => HttpMethod::Query,
        other => HttpMethod::Other(other.to_owned()),
    }
}

impl<T> Located<'_, T> {
    /// A name for what is within a component that operations share, which says no more than the document;
    /// nothing where it belongs to one operation.
    pub(super) fn shared_name(&self, suffix: &str) -> Option<String> {
        let (_, name) = self.pointer.component()?;
        let name = type_name(&name);
        let suffix = if name.ends_with(suffix) { "" } else { suffix };
        Some(name + suffix)
    }
}

impl<'a> OperationSource<'a> {
    /// Parameters of the path and of the operation; the operation's replace those of the path that
    /// share name and location.
    pub(super) fn parameters(&self, openapi: &'a OpenAPI) -> Vec<Located<'a, Parameter>> {
        let path_place = Pointer::root()
            .join("paths")
            .join(self.template)
            .join("parameters");
        let mut parameters: Vec<Located<'a, Parameter>> = Vec::new();
        let shared = self
            .path_item
            .parameters
            .iter()
            .map(|one| (one, &path_place));
        let own_place = self.pointer.join("parameters");
        let own = self
            .operation
            .parameters
            .iter()
            .map(|one| (one, &own_place));
        let mut index_of_list = 0;
        for (position, (parameter, place)) in shared.chain(own).enumerate() {
            if position == self.path_item.parameters.len() {
                index_of_list = position;
            }
            let place = place.join(&(position - index_of_list).to_string());
            let Some(located) = parameter_of(openapi, parameter, place) else {
                continue;
            };
            let known = key(located.value);
            match parameters
                .iter_mut()
                .find(|other| key(other.value) == known)
            {
                Some(earlier) => *earlier = located,
                None => parameters.push(located),
            }
        }
        parameters
    }

    /// The request body.
    pub(super) fn request_body(&self, openapi: &'a OpenAPI) -> Option<Located<'a, RequestBody>> {
        let place = self.pointer.join("requestBody");
        resolve(
            self.operation.request_body.as_ref()?,
            place,
            openapi,
            "requestBodies",
            |components, name| components.request_bodies.get(name),
        )
    }

    /// The responses by status code, those of `default` last.
    pub(super) fn responses(
        &self,
        openapi: &'a OpenAPI,
    ) -> Vec<(Option<StatusCode>, Located<'a, Response>)> {
        let place = self.pointer.join("responses");
        let responses = &self.operation.responses;
        let by_status = responses
            .responses
            .iter()
            .map(|(status, response)| (Some(status.clone()), response, status.to_string()));
        let default = responses
            .default
            .iter()
            .map(|response| (None, response, "default".to_owned()));
        by_status
            .chain(default)
            .filter_map(|(status, response, key)| {
                let located = resolve(
                    response,
                    place.join(&key),
                    openapi,
                    "responses",
                    |components, name| components.responses.get(name),
                )?;
                Some((status, located))
            })
            .collect()
    }
}

fn parameter_of<'a>(
    openapi: &'a OpenAPI,
    parameter: &'a ReferenceOr<Parameter>,
    place: Pointer,
) -> Option<Located<'a, Parameter>> {
    resolve(
        parameter,
        place,
        openapi,
        "parameters",
        |components, name| components.parameters.get(name),
    )
}

/// Name and location, which identify a parameter.
fn key(parameter: &Parameter) -> (Cow<'_, str>, Discriminant<Parameter>) {
    (telling_name(parameter), discriminant(parameter))
}

/// Follows references to components; a missing one has been reported while reading, and so has one
/// that leads back to itself.
pub(super) fn resolve<'a, T>(
    value: &'a ReferenceOr<T>,
    pointer: Pointer,
    openapi: &'a OpenAPI,
    kind: &str,
    get: impl Fn(&'a Components, &str) -> Option<&'a ReferenceOr<T>>,
) -> Option<Located<'a, T>> {
    /// More steps than a sensible document has; a cycle never ends otherwise.
    const MAX_STEPS: usize = 64;
    let mut located = (value, pointer);
    for _ in 0..MAX_STEPS {
        match located.0 {
            ReferenceOr::Item(value) => {
                return Some(Located {
                    value,
                    pointer: located.1,
                });
            }
            ReferenceOr::Reference { reference } => {
                let name = component_name(reference);
                let place = Pointer::of_component(kind, name);
                located = (get(openapi.components.as_ref()?, name)?, place);
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use openapiv3::{OpenAPI, Operation, PathItem};
    use serde_json::json;

    use super::OperationSource;
    use crate::document::Pointer;
    use crate::ir::HttpMethod;

    #[test]
    fn a_header_replaces_that_of_the_path_in_any_case() {
        let text = json!({"type": "string"});
        let path_item: PathItem = serde_json::from_value(json!({"parameters": [
            {"name": "X-Shelf", "in": "header", "required": true, "schema": text},
            {"name": "Shelf", "in": "query", "required": true, "schema": text},
        ]}))
        .expect("it is a path item");
        let operation: Operation = serde_json::from_value(json!({"responses": {}, "parameters": [
            {"name": "x-shelf", "in": "header", "schema": text},
            {"name": "shelf", "in": "query", "schema": text},
        ]}))
        .expect("it is an operation");
        let source = OperationSource {
            method: HttpMethod::Get,
            template: "/books",
            path: "/books",
            pointer: Pointer::root(),
            path_item: &path_item,
            operation: &operation,
        };
        let openapi = OpenAPI::default();
        let parameters = source.parameters(&openapi);
        let names = parameters
            .iter()
            .map(|one| one.value.parameter_data_ref().name.as_str());
        assert_eq!(names.collect::<Vec<_>>(), ["x-shelf", "Shelf", "shelf"]);
    }
}
