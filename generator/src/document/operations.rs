//! Operations, those included for which the model has no field.

use std::borrow::Cow;

use indexmap::IndexMap;
use openapiv3::{OpenAPI, Operation, Parameter, PathItem, ReferenceOr};

use super::pointer::Pointer;

/// The keyword under which OpenAPI 3.2 has operations of any method.
pub(crate) const ADDITIONAL: &str = "additionalOperations";

/// The keyword of the only method that has one, but no field in the model.
pub(super) const QUERY: &str = "query";

/// An operation for which OpenAPI's model, which is that of 3.0, has no field.
#[derive(Debug, Clone)]
pub struct OtherOperation {
    /// Its method, as HTTP spells it.
    pub method: String,
    /// What the document says of it.
    pub operation: Operation,
}

impl OtherOperation {
    /// Where it stands in the path item at a place.
    pub(crate) fn pointer(&self, path_item: &Pointer) -> Pointer {
        if self.method.eq_ignore_ascii_case(QUERY) {
            path_item.join(QUERY)
        } else {
            path_item.join(ADDITIONAL).join(&self.method)
        }
    }
}

/// The name that tells a parameter from others at its location: those of headers are the same in any case.
pub(crate) fn telling_name(parameter: &Parameter) -> Cow<'_, str> {
    let name = &parameter.parameter_data_ref().name;
    match parameter {
        Parameter::Header { .. } => name.to_ascii_lowercase().into(),
        _ => name.into(),
    }
}

/// Operations for which the model has no field, by the templates of their paths.
pub type OtherOperations = IndexMap<String, Vec<OtherOperation>>;

/// OpenAPI's model, and what it has no place for.
#[derive(Debug)]
pub(super) struct Model {
    pub(super) openapi: OpenAPI,
    pub(super) others: OtherOperations,
}

impl Model {
    /// The path items with their places.
    pub(super) fn path_items(&mut self) -> impl Iterator<Item = PathOperations<'_>> {
        let paths = Pointer::root().join("paths");
        let mut others: IndexMap<&str, &mut [OtherOperation]> = self
            .others
            .iter_mut()
            .map(|(path, others)| (path.as_str(), others.as_mut_slice()))
            .collect();
        let items = self.openapi.paths.paths.iter_mut();
        items.filter_map(move |(template, item)| match item {
            ReferenceOr::Item(item) => Some(PathOperations {
                template,
                place: paths.join(template),
                others: others.swap_remove(template.as_str()).unwrap_or_default(),
                item,
            }),
            ReferenceOr::Reference { .. } => None,
        })
    }
}

/// A path with its operations.
pub(super) struct PathOperations<'m> {
    pub(super) template: &'m str,
    pub(super) place: Pointer,
    pub(super) item: &'m mut PathItem,
    others: &'m mut [OtherOperation],
}

impl PathOperations<'_> {
    /// The operations with their places.
    pub(super) fn operations(&mut self) -> impl Iterator<Item = (Pointer, &mut Operation)> {
        let item = &mut *self.item;
        let place = &self.place;
        let operations = [
            ("get", &mut item.get),
            ("put", &mut item.put),
            ("post", &mut item.post),
            ("delete", &mut item.delete),
            ("options", &mut item.options),
            ("head", &mut item.head),
            ("patch", &mut item.patch),
            ("trace", &mut item.trace),
        ];
        let operations = operations.into_iter();
        let known = operations.filter_map(|(key, one)| Some((place.join(key), one.as_mut()?)));
        let others = self.others.iter_mut();
        known.chain(others.map(|one| (one.pointer(place), &mut one.operation)))
    }
}
