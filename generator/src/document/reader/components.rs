//! Reads components: those of the document, and those that references make necessary.

use openapiv3::{Components, OpenAPI};
use serde_json::Value;

use super::Reader;
use super::media::{example_or_reference, header_or_reference, link_or_reference};
use super::operation::{callback_or_reference, request_body_or_reference, response_or_reference};
use super::parameter::parameter_or_reference;
use super::resolve::{Hoist, Section};
use super::schema::schema;
use super::security::scheme_or_reference;
use crate::document::pointer::Path;

pub(super) fn components<'v>(
    reader: &mut Reader<'_, 'v>,
    value: &'v Value,
    path: &Path<'_>,
) -> Option<Components> {
    let mut object = reader.object(value, path)?;
    Some(Components {
        schemas: object.map("schemas", schema),
        responses: object.map("responses", response_or_reference),
        parameters: object.map("parameters", parameter_or_reference),
        examples: object.map("examples", example_or_reference),
        request_bodies: object.map("requestBodies", request_body_or_reference),
        headers: object.map("headers", header_or_reference),
        security_schemes: object.map("securitySchemes", scheme_or_reference),
        links: object.map("links", link_or_reference),
        callbacks: object.map("callbacks", callback_or_reference),
        extensions: {
            // Path items are read where they are referred to.
            object.value("pathItems");
            object.finish()
        },
    })
}

impl Reader<'_, '_> {
    /// Reads what references lead to outside the components, until no reference is left open.
    pub(super) fn read_hoisted(&mut self, openapi: &mut OpenAPI) {
        while let Some(hoist) = self.hoists.next() {
            let components = openapi.components.get_or_insert_default();
            self.read_hoist(&hoist, components);
        }
    }

    fn read_hoist(&mut self, hoist: &Hoist, components: &mut Components) {
        let Some(value) = self.value_at(hoist.file, &hoist.pointer) else {
            return;
        };
        let outer = std::mem::replace(&mut self.file, hoist.file);
        let path = Path::at(&hoist.pointer);
        macro_rules! read {
            ($map:ident, $read:ident) => {
                if let Some(item) = $read(self, value, &path) {
                    components.$map.insert(hoist.name.clone(), item);
                }
            };
        }
        match hoist.section {
            Section::Schemas => read!(schemas, schema),
            Section::Responses => read!(responses, response_or_reference),
            Section::Parameters => read!(parameters, parameter_or_reference),
            Section::Examples => read!(examples, example_or_reference),
            Section::RequestBodies => read!(request_bodies, request_body_or_reference),
            Section::Headers => read!(headers, header_or_reference),
            Section::SecuritySchemes => read!(security_schemes, scheme_or_reference),
            Section::Links => read!(links, link_or_reference),
            Section::Callbacks => read!(callbacks, callback_or_reference),
            Section::PathItems => {}
        }
        self.file = outer;
    }
}
