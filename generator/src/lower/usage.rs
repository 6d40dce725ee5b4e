//! Which direction each component travels in, and which ones need a view per direction.

use std::collections::{HashMap, HashSet};

use openapiv3::{AdditionalProperties, OpenAPI, ReferenceOr, Schema};

use super::hierarchy::Hierarchy;
use super::node::{SchemaUse, component, component_name, keywords};
use crate::ir::Usage;
use crate::media_types::is_file_format;

/// The direction for which a type is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum View {
    /// What a caller sends: without what only the server sets.
    Request,
    /// What the server answers: without what it never tells.
    Response,
}

/// What is known of the use of every component.
#[derive(Debug, Default)]
pub(super) struct Usages<'a> {
    directions: HashMap<&'a str, Usage>,
    split: HashSet<&'a str>,
    hierarchy: Hierarchy<'a>,
    /// How a component travels that no operation holds.
    unheld: Usage,
    /// Components that multipart bodies are made of.
    in_multipart: HashSet<&'a str>,
    /// Components that describe errors.
    of_errors: HashSet<&'a str>,
}

impl<'a> Usages<'a> {
    /// Follows references from the schemas that requests and responses hold.
    ///
    /// Where operations hold some, a component that they do not hold is taken for something that
    /// arrives on another way, such as the body of a webhook: nobody has to put it together. A
    /// document without such operations is a collection of schemas, which can be used both ways.
    pub(super) fn of(
        openapi: &'a OpenAPI,
        roots: impl Iterator<Item = (&'a ReferenceOr<Schema>, View)>,
        multipart_bodies: impl Iterator<Item = &'a ReferenceOr<Schema>>,
    ) -> Self {
        let mut usages = Self {
            hierarchy: Hierarchy::of(openapi),
            ..Self::default()
        };
        for body in multipart_bodies {
            usages.add_multipart(openapi, body);
        }
        for (root, view) in roots {
            usages.unheld.response = true;
            usages.visit(openapi, root, view);
        }
        let directional = usages.directional_components(openapi);
        usages.split = directional
            .into_iter()
            .filter(|name| {
                let usage = usages.usage(name);
                usage.request && usage.response
            })
            .collect();
        usages
    }

    /// Which components stand for one another.
    pub(super) fn hierarchy(&self) -> &Hierarchy<'a> {
        &self.hierarchy
    }

    /// Follows references from the schema of a multipart body.
    fn add_multipart(&mut self, openapi: &'a OpenAPI, root: &'a ReferenceOr<Schema>) {
        let mut pending = vec![schema_use(root)];
        while let Some(schema) = pending.pop() {
            match schema {
                SchemaUse::Inline(schema) => {
                    pending.extend(children(schema).map(|child| child.schema));
                }
                SchemaUse::Component(name) => {
                    if self.in_multipart.insert(name) {
                        pending.extend(component(openapi, name).map(|node| node.schema));
                    }
                }
            }
        }
    }

    /// A multipart body holds the component, so it may hold files.
    pub(super) fn holds_files(&self, name: &str) -> bool {
        self.in_multipart.contains(name)
    }

    /// Notes the schema of an answer that is an error for sure.
    pub(super) fn add_error(&mut self, root: &'a ReferenceOr<Schema>) {
        if let SchemaUse::Component(name) = schema_use(root) {
            self.of_errors.insert(name);
        }
    }

    /// A component that some answer describes an error by.
    pub(super) fn is_of_errors(&self, schema: &ReferenceOr<Schema>) -> bool {
        matches!(schema_use(schema), SchemaUse::Component(name) if self.of_errors.contains(name))
    }

    /// The directions in which a component travels.
    pub(super) fn usage(&self, name: &str) -> Usage {
        self.directions.get(name).copied().unwrap_or(self.unheld)
    }

    /// Requests and responses hold different views of a component.
    pub(super) fn is_split(&self, name: &str) -> bool {
        self.split.contains(name)
    }

    /// The view of a component that a given view of its holder uses.
    pub(super) fn view(&self, name: &str, wanted: View) -> View {
        let usage = self.usage(name);
        match (self.is_split(name), usage.request, usage.response) {
            (true, ..) => wanted,
            (false, true, false) => View::Request,
            (false, ..) => View::Response,
        }
    }

    /// Components that hold, at any depth, a `readOnly` or `writeOnly` property, or a file: it is sent as
    /// such, but what comes back in JSON is a text, such as its address.
    fn directional_components(&self, openapi: &'a OpenAPI) -> HashSet<&'a str> {
        let Some(components) = &openapi.components else {
            return HashSet::new();
        };
        let mut holders: HashMap<&str, Vec<&str>> = HashMap::new();
        let mut pending = Vec::new();
        for (name, schema) in &components.schemas {
            let mut open = vec![schema_use(schema)];
            let subtypes = self.hierarchy.subtypes(name).iter();
            open.extend(subtypes.map(|name| SchemaUse::Component(name)));
            while let Some(schema) = open.pop() {
                match schema {
                    SchemaUse::Component(target) => holders.entry(target).or_default().push(name),
                    SchemaUse::Inline(schema) => {
                        if self.holds_files(name) && is_file(schema) {
                            pending.push(name.as_str());
                        }
                        for child in children(schema) {
                            if child.travels_one_way(openapi) {
                                pending.push(name.as_str());
                            }
                            open.push(child.schema);
                        }
                    }
                }
            }
        }
        let mut directional = HashSet::new();
        while let Some(name) = pending.pop() {
            if directional.insert(name) {
                pending.extend(holders.get(name).into_iter().flatten());
            }
        }
        directional
    }

    fn visit(&mut self, openapi: &'a OpenAPI, schema: &'a ReferenceOr<Schema>, view: View) {
        let mut pending = vec![schema_use(schema)];
        while let Some(schema) = pending.pop() {
            match schema {
                SchemaUse::Inline(schema) => pending.extend(
                    children(schema)
                        .filter(|child| child.travels(openapi, view))
                        .map(|child| child.schema),
                ),
                SchemaUse::Component(name) => {
                    let usage = self.directions.entry(name).or_default();
                    let seen = match view {
                        View::Request => &mut usage.request,
                        View::Response => &mut usage.response,
                    };
                    if !std::mem::replace(seen, true) {
                        pending.extend(component(openapi, name).map(|node| node.schema));
                        let subtypes = self.hierarchy.subtypes(name).iter();
                        pending.extend(subtypes.map(|name| SchemaUse::Component(name)));
                    }
                }
            }
        }
    }
}

/// A schema that another one holds.
struct Child<'a> {
    schema: SchemaUse<'a>,
    is_property: bool,
}

impl Child<'_> {
    /// Only requests or only responses hold it.
    fn travels_one_way(&self, openapi: &OpenAPI) -> bool {
        self.is_property && direction(openapi, self.schema) != (false, false)
    }

    fn travels(&self, openapi: &OpenAPI, view: View) -> bool {
        !self.is_property || property_travels(openapi, self.schema, view)
    }
}

/// A property belongs to a view, as its own schema or the one it refers to says.
pub(super) fn property_travels(openapi: &OpenAPI, schema: SchemaUse<'_>, view: View) -> bool {
    let (read_only, write_only) = direction(openapi, schema);
    match view {
        View::Request => !read_only,
        View::Response => !write_only,
    }
}

/// Whether a schema is the same for requests and for responses, at any depth. Where requests may hold files,
/// responses hold texts in their place.
pub(super) fn is_same_both_ways(
    openapi: &OpenAPI,
    usages: &Usages<'_>,
    schema: &Schema,
    holds_files: bool,
) -> bool {
    let mut open = vec![SchemaUse::Inline(schema)];
    while let Some(schema) = open.pop() {
        match schema {
            SchemaUse::Component(name) if usages.is_split(name) => return false,
            SchemaUse::Component(_) => {}
            SchemaUse::Inline(schema) if holds_files && is_file(schema) => return false,
            SchemaUse::Inline(schema) => {
                for child in children(schema) {
                    if child.travels_one_way(openapi) {
                        return false;
                    }
                    open.push(child.schema);
                }
            }
        }
    }
    true
}

fn direction(openapi: &OpenAPI, schema: SchemaUse<'_>) -> (bool, bool) {
    let schema = match schema {
        SchemaUse::Inline(schema) => Some(schema),
        SchemaUse::Component(name) => component(openapi, name).and_then(|node| match node.schema {
            SchemaUse::Inline(schema) => Some(schema),
            SchemaUse::Component(_) => None,
        }),
    };
    schema.map_or((false, false), |schema| {
        (schema.schema_data.read_only, schema.schema_data.write_only)
    })
}

fn is_file(schema: &Schema) -> bool {
    let format = keywords(schema).and_then(|keywords| keywords.format.as_deref());
    format.is_some_and(is_file_format)
}

fn schema_use(schema: &ReferenceOr<Schema>) -> SchemaUse<'_> {
    match schema {
        ReferenceOr::Reference { reference } => SchemaUse::Component(component_name(reference)),
        ReferenceOr::Item(schema) => SchemaUse::Inline(schema),
    }
}

fn boxed_use(schema: &ReferenceOr<Box<Schema>>) -> SchemaUse<'_> {
    match schema {
        ReferenceOr::Reference { reference } => SchemaUse::Component(component_name(reference)),
        ReferenceOr::Item(schema) => SchemaUse::Inline(schema),
    }
}

fn children(schema: &Schema) -> impl Iterator<Item = Child<'_>> {
    let keywords = keywords(schema);
    let properties = keywords
        .into_iter()
        .flat_map(|keywords| keywords.properties.values())
        .map(|schema| Child {
            schema: boxed_use(schema),
            is_property: true,
        });
    let parts = keywords
        .into_iter()
        .flat_map(|keywords| [&keywords.all_of, &keywords.one_of, &keywords.any_of])
        .flatten()
        .map(schema_use);
    let items = keywords
        .and_then(|keywords| keywords.items.as_ref())
        .map(boxed_use);
    let additional = match keywords.and_then(|keywords| keywords.additional_properties.as_ref()) {
        Some(AdditionalProperties::Schema(schema)) => Some(schema_use(schema)),
        Some(AdditionalProperties::Any(_)) | None => None,
    };
    let others = parts.chain(items).chain(additional);
    properties.chain(others.map(|schema| Child {
        schema,
        is_property: false,
    }))
}
