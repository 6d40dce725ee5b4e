//! From OpenAPI's model to the intermediate representation.
//!
//! All names are settled here. What cannot be expressed is reported and expressed less exactly.

mod bodies;
mod component_names;
mod constraints;
mod contents;
mod enums;
mod functions;
mod graph;
mod groups;
mod headers;
mod hierarchy;
mod hints;
mod merge;
mod method_names;
mod modules;
mod names;
mod node;
mod operation_names;
mod operations;
mod paging;
mod params;
mod patterns;
mod place_names;
mod recursion;
mod requests;
mod scalars;
mod schemas;
mod security;
mod servers;
mod source;
mod streams;
mod styles;
mod tags;
mod unemitted;
mod unions;
mod usage;
mod waiters;
mod ways;

use openapiv3::{MediaType, OpenAPI, ParameterSchemaOrContent, ReferenceOr, Schema};

use crate::diagnostic::{Diagnostics, Location, Place};
use crate::document::{Document, Pointer};
use crate::ir::Api;
use functions::{Functions, Ids};
pub use names::is_keyword;
use operation_names::OperationNames;
use schemas::Schemas;
use security::SecuritySchemes;
use source::OperationSource;
use usage::{Usages, View};

/// Settles what the client of a document looks like.
pub(crate) fn lower(document: &Document, diagnostics: &mut Diagnostics) -> Api {
    let openapi = &document.openapi;
    let sources = source::operations(document);
    unemitted::report(document, &sources, diagnostics);
    let security = SecuritySchemes::of(document, &sources, diagnostics);
    let mut usages = Usages::of(
        openapi,
        held_schemas(openapi, &sources).into_iter(),
        multipart_schemas(openapi, &sources).into_iter(),
    );
    for schema in bodies::error_schemas(openapi, &sources) {
        usages.add_error(schema);
    }
    let ids = Ids::of(&sources);
    let functions = Functions::of(sources.iter(), &ids);
    let operation_names = OperationNames::of(&sources, &functions);
    let names = component_names::wished_names(document, &sources, &operation_names);
    let mut schemas = Schemas::new(document, usages, &names, diagnostics);
    schemas.lower_components();
    let resources = operations::resources(&mut schemas, &security, &sources, &operation_names);
    schemas.name_required_types();
    let mut types = schemas.types;
    recursion::cut_endless_aliases(&mut types, document, diagnostics);
    recursion::cut_endless_unions(&mut types, document, diagnostics);
    recursion::box_recursive_fields(&mut types);
    let patterns = patterns::checked(&types, &resources, document, diagnostics);
    modules::assign_modules(&mut types, &resources);
    for definition in &mut types {
        definition.place = place(document, &definition.pointer);
    }
    Api {
        title: openapi.info.title.clone(),
        version: openapi.info.version.clone(),
        description: openapi.info.description.clone(),
        servers: openapi.servers.iter().map(servers::server).collect(),
        operation_servers: servers::of_operations(document, &sources),
        security_schemes: security.usable,
        resources,
        patterns,
        types: types.into(),
    }
}

/// Where the document's text has what the model has at a pointer. What comes from another file has only the
/// place that the model gives it.
fn place(document: &Document, pointer: &str) -> String {
    let location = document.value_at(Pointer::from_text(pointer));
    match document.origins.of(&location) {
        Location {
            file,
            place: Place::Value(origin),
        } if file == document.file => origin.to_string(),
        _ => pointer.to_owned(),
    }
}

/// The schemas that requests and responses hold directly.
fn held_schemas<'a>(
    openapi: &'a OpenAPI,
    sources: &[OperationSource<'a>],
) -> Vec<(&'a ReferenceOr<Schema>, View)> {
    let mut held = Vec::new();
    for source in sources {
        let schema = |media_type: &'a MediaType| media_type.schema.as_ref();
        for parameter in source.parameters(openapi) {
            let schema = match &parameter.value.parameter_data_ref().format {
                ParameterSchemaOrContent::Schema(schema) => Some(schema),
                ParameterSchemaOrContent::Content(content) => {
                    content.values().next().and_then(schema)
                }
            };
            held.extend(schema.map(|schema| (schema, View::Request)));
        }
        if let Some(body) = source.request_body(openapi) {
            let schemas = body.value.content.values().filter_map(schema);
            held.extend(schemas.map(|schema| (schema, View::Request)));
        }
        for (_, response) in source.responses(openapi) {
            let schemas = response.value.content.values().filter_map(schema);
            held.extend(schemas.map(|schema| (schema, View::Response)));
            held.extend(
                headers::schemas(openapi, &response).map(|schema| (schema, View::Response)),
            );
        }
    }
    held
}

/// The schemas of multipart bodies.
fn multipart_schemas<'a>(
    openapi: &'a OpenAPI,
    sources: &[OperationSource<'a>],
) -> Vec<&'a ReferenceOr<Schema>> {
    let bodies = sources
        .iter()
        .filter_map(|source| source.request_body(openapi));
    let contents = bodies.flat_map(|body| &body.value.content);
    contents
        .filter(|(name, _)| requests::is_multipart(name))
        .filter_map(|(_, media_type)| media_type.schema.as_ref())
        .collect()
}
