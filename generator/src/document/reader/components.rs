//! Reads components: those of the document, and those that references make necessary.

use indexmap::IndexMap;
use openapiv3::{Components, OpenAPI};
use serde_json::Value;

use super::media::{example_or_reference, header_or_reference, link_or_reference};
use super::object::Object;
use super::operation::{callback_or_reference, request_body_or_reference, response_or_reference};
use super::parameter::parameter_or_reference;
use super::resolve::{Hoist, Section};
use super::schema::schema;
use super::security::scheme_or_reference;
use super::{Read, Reader};
use crate::document::pointer::{Path, Pointer};
use crate::document::source::FileId;

pub(super) fn components<'v>(
    reader: &mut Reader<'_, 'v>,
    value: &'v Value,
    path: &Path<'_>,
) -> Option<Components> {
    let mut object = reader.object(value, path)?;
    Some(Components {
        schemas: section(&mut object, Section::Schemas, schema),
        responses: section(&mut object, Section::Responses, response_or_reference),
        parameters: section(&mut object, Section::Parameters, parameter_or_reference),
        examples: section(&mut object, Section::Examples, example_or_reference),
        request_bodies: section(
            &mut object,
            Section::RequestBodies,
            request_body_or_reference,
        ),
        headers: section(&mut object, Section::Headers, header_or_reference),
        security_schemes: section(&mut object, Section::SecuritySchemes, scheme_or_reference),
        links: section(&mut object, Section::Links, link_or_reference),
        callbacks: section(&mut object, Section::Callbacks, callback_or_reference),
        extensions: {
            // These are read where they are referred to.
            object.value("pathItems");
            object.value("mediaTypes");
            object.finish()
        },
    })
}

/// The components of a section. What one only refers to is read in its place.
fn section<'d, 'v, T>(
    object: &mut Object<'_, 'd, 'v, '_>,
    section: Section,
    read: Read<'d, 'v, T>,
) -> IndexMap<String, T> {
    let Some(value) = object.take(section.key()) else {
        return IndexMap::new();
    };
    let path = object.path.key(section.key());
    let reader = &mut *object.reader;
    let Some(entries) = reader.object(value, &path).map(|object| object.map) else {
        return IndexMap::new();
    };
    let mut components = IndexMap::with_capacity(entries.len());
    for (name, value) in entries {
        let component = match reader.adopted(section, name) {
            Some((file, pointer)) => reader.at_origin(file, &pointer, read),
            None => read(reader, value, &path.key(name)),
        };
        if let Some(component) = component {
            components.insert(name.clone(), component);
        }
    }
    components
}

impl<'d, 'v> Reader<'d, 'v> {
    /// Reads something that stands elsewhere.
    pub(super) fn at_origin<T>(
        &mut self,
        file: FileId,
        pointer: &Pointer,
        read: Read<'d, 'v, T>,
    ) -> Option<T> {
        let value = self.value_at(file, pointer)?;
        let outer = self.hoists.set_reading(Some((file, pointer.clone())));
        let part = self.within(file, |reader| read(reader, value, &Path::at(pointer)));
        self.hoists.set_reading(outer);
        part
    }

    /// Reads what references lead to outside the components, until no reference is left open.
    pub(super) fn read_hoisted(&mut self, openapi: &mut OpenAPI) {
        while let Some(hoist) = self.hoists.next() {
            let components = openapi.components.get_or_insert_default();
            self.read_hoist(&hoist, components);
        }
    }

    fn read_hoist(&mut self, hoist: &Hoist, components: &mut Components) {
        macro_rules! read {
            ($map:ident, $read:ident) => {
                if let Some(item) = self.at_origin(hoist.file, &hoist.pointer, $read) {
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
            Section::PathItems | Section::MediaTypes => {}
        }
    }
}
