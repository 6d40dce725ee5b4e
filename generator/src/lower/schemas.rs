//! From schemas to types.

mod plain;
mod shapes;
mod shared;

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::component_names::component_names;
use super::constraints::constraints;
use super::hierarchy::Hierarchy;
use super::merge::Merged;
use super::names::{Scope, type_name};
use super::node::{Node, Others, SchemaUse, annotated_component, annotation, component};
use super::unions::family;
use super::usage::{Usages, View};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Location};
use crate::document::{Document, MAX_DEPTH, MAX_REPEATED_TYPES, Pointer};
use crate::ir::{Alias, Constraints, Docs, Shape, TypeDef, TypeRef, Usage};

pub(super) use plain::{name_of_item, name_of_value, nullable_type, tuple_items};
use shared::Shared;

/// A use of a type and what the schema says of the values there.
#[derive(Debug, Clone)]
pub(super) struct TypeUse {
    pub(super) type_ref: TypeRef,
    pub(super) nullable: bool,
    pub(super) docs: Docs,
    pub(super) default: Option<Value>,
    pub(super) constraints: Constraints,
}

/// What makes an inline schema one type rather than another.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Occurrence<'a> {
    pointer: Pointer,
    /// The alternatives of a list of types stand at one place.
    only_type: Option<&'a str>,
    /// So do a property of several alternatives and its first one.
    is_either: bool,
    view: View,
}

impl<'a> Occurrence<'a> {
    fn new(node: &Node<'a>, view: View) -> Self {
        Self {
            pointer: node.pointer.clone(),
            only_type: node.only_type,
            is_either: node.is_either(),
            view,
        }
    }
}

/// Turns schemas into types, each component once per view.
pub(super) struct Schemas<'a, 'd> {
    pub(super) document: &'a Document,
    pub(super) diagnostics: &'d mut Diagnostics,
    usages: Usages<'a>,
    /// The directions in which the type that is being made travels.
    usage: Usage,
    /// That type is part of a multipart body, which can hold files.
    holds_files: bool,
    scope: Scope,
    names: HashMap<(&'a str, View), String>,
    facts: HashMap<&'a str, TypeUse>,
    /// The types made so far, each before the types that it holds.
    pub(super) types: Vec<TypeDef>,
    positions: HashMap<String, usize>,
    /// Inline schemas that are being made, with their names where they have one.
    open: Vec<(Occurrence<'a>, Option<String>)>,
    /// What requests share with responses of the component that is being made.
    shared: Shared<'a>,
    /// What is within components that are no schemas, which several operations can hold.
    parts: HashMap<(Occurrence<'a>, bool), TypeUse>,
    /// The inline schemas that have become types.
    made: HashSet<Occurrence<'a>>,
    /// How many types have come from them since.
    repeated_types: usize,
}

impl<'a, 'd> Schemas<'a, 'd> {
    /// Settles the names of all components, so that no inline schema can take one of them.
    pub(super) fn new(
        document: &'a Document,
        usages: Usages<'a>,
        wished_names: &HashMap<&'a str, String>,
        diagnostics: &'d mut Diagnostics,
    ) -> Self {
        let mut schemas = Self {
            document,
            diagnostics,
            usages,
            usage: Usage::default(),
            holds_files: false,
            scope: Scope::of_types(),
            names: HashMap::new(),
            facts: HashMap::new(),
            types: Vec::new(),
            positions: HashMap::new(),
            open: Vec::new(),
            shared: Shared::default(),
            parts: HashMap::new(),
            made: HashSet::new(),
            repeated_types: 0,
        };
        schemas.name_components(wished_names);
        schemas
    }

    /// Makes the types of all components, in the document's order.
    pub(super) fn lower_components(&mut self) {
        let document = self.document;
        for name in component_names(document) {
            let views = if self.usages.is_split(name) {
                vec![View::Response, View::Request]
            } else {
                vec![self.usages.view(name, View::Response)]
            };
            self.shared = Shared::of(views.len() > 1, self.usages.holds_files(name));
            for view in views {
                self.lower_component(name, view);
            }
        }
        self.shared = Shared::default();
        self.holds_files = false;
    }

    /// The use of a schema by an operation.
    pub(super) fn operation_use(&mut self, node: &Node<'a>, view: View, offer: &str) -> TypeUse {
        let key = (Occurrence::new(node, view), self.holds_files);
        if let Some(known) = self.parts.get(&key) {
            return known.clone();
        }
        self.usage = Usage {
            request: view == View::Request,
            response: view == View::Response,
        };
        let used = self.type_use(node, view, offer);
        if is_of_component(&node.pointer) {
            self.parts.insert(key, used.clone());
        }
        used
    }

    /// Makes types of which a text of the format `binary` is a file, as a multipart body has them.
    pub(super) fn with_files<T>(&mut self, lower: impl FnOnce(&mut Self) -> T) -> T {
        let outer = std::mem::replace(&mut self.holds_files, true);
        let lowered = lower(self);
        self.holds_files = outer;
        lowered
    }

    /// The use of a schema; an inline one that needs a type of its own gets the name offered.
    pub(super) fn type_use(&mut self, node: &Node<'a>, view: View, offer: &str) -> TypeUse {
        match node.schema {
            SchemaUse::Component(name) if !node.is_either() => self.component_use(name, view),
            SchemaUse::Component(_) => self.merged_use(node, view, offer),
            SchemaUse::Inline(schema) => {
                if let Some(name) = annotated_component(schema)
                    && !node.is_either()
                {
                    let mut used = self.component_use(name, view);
                    let own = annotation(schema);
                    if !own.text.is_empty() {
                        used.docs.text = own.text;
                    }
                    used.docs.deprecated |= own.deprecated;
                    used.nullable |= schema.schema_data.nullable;
                    used.default = schema.schema_data.default.clone().or(used.default);
                    return used;
                }
                self.merged_use(node, view, offer)
            }
        }
    }

    fn merged_use(&mut self, node: &Node<'a>, view: View, offer: &str) -> TypeUse {
        if let Others::Instead(alternatives) = &node.others
            && let Some(common) = self.common_use(alternatives, view, offer)
        {
            return common;
        }
        let mut merged = Merged::of(self.document, node, self.diagnostics);
        self.inline_use(&mut merged, node, view, offer)
    }

    /// The use of a schema of which all alternatives come to one type without a name of its own.
    fn common_use(
        &mut self,
        alternatives: &[Node<'a>],
        view: View,
        offer: &str,
    ) -> Option<TypeUse> {
        let mut common: Option<TypeUse> = None;
        for node in alternatives {
            let merged = Merged::of(self.document, node, &mut Diagnostics::default());
            if self.kind(&merged).needs_name() {
                return None;
            }
            let used = self.type_use(node, view, offer);
            let Some(known) = &mut common else {
                common = Some(used);
                continue;
            };
            if known.type_ref != used.type_ref {
                return None;
            }
            known.nullable |= used.nullable;
            if known.constraints != used.constraints {
                known.constraints = Constraints::default();
            }
            if known.default != used.default {
                known.default = None;
            }
        }
        common
    }

    /// Names the structs of required properties, once all other names are settled.
    pub(super) fn name_required_types(&mut self) {
        /// More arguments than these are easily taken for one another.
        const MAX_ARGUMENTS: usize = 3;
        for definition in &mut self.types {
            let Shape::Struct(structure) = &mut definition.shape else {
                continue;
            };
            let made_by_caller = definition.usage.request || !definition.usage.response;
            if made_by_caller && structure.required().count() > MAX_ARGUMENTS {
                let name = self.scope.claim([format!("{}Required", definition.name)]);
                structure.required_type = Some(name);
            }
        }
    }

    /// Which components stand for one another.
    pub(super) fn hierarchy(&self) -> &Hierarchy<'a> {
        self.usages.hierarchy()
    }

    /// What is known of the use of components.
    pub(super) fn usages(&self) -> &Usages<'a> {
        &self.usages
    }

    /// The place of a value in the document.
    pub(super) fn location(&self, pointer: Pointer) -> Location {
        self.document.value_at(pointer)
    }

    /// A type that has been made.
    pub(super) fn definition(&self, name: &str) -> Option<&TypeDef> {
        self.types.get(*self.positions.get(name)?)
    }

    /// What a type that has been made is.
    pub(super) fn shape_named(&self, name: &str) -> Option<&Shape> {
        self.definition(name).map(|definition| &definition.shape)
    }

    fn name_components(&mut self, wished_names: &HashMap<&'a str, String>) {
        for name in component_names(self.document) {
            let Some(wished) = wished_names.get(name) else {
                continue;
            };
            let claimed = self.scope.claim([wished.clone(), format!("{wished}Model")]);
            if self.usages.is_split(name) {
                let request = self.scope.claim([format!("{claimed}Request")]);
                self.names.insert((name, View::Request), request);
                self.names.insert((name, View::Response), claimed);
            } else {
                self.names
                    .insert((name, self.usages.view(name, View::Response)), claimed);
            }
        }
    }

    fn lower_component(&mut self, name: &'a str, view: View) {
        let Some(node) = component(&self.document.openapi, name) else {
            return;
        };
        let Some(rust_name) = self.names.get(&(name, view)).cloned() else {
            return;
        };
        let usage = match (self.usages.is_split(name), view) {
            (false, _) => self.usages.usage(name),
            (true, View::Request) => Usage {
                request: true,
                response: false,
            },
            (true, View::Response) => Usage {
                request: false,
                response: true,
            },
        };
        self.usage = usage;
        self.holds_files = view == View::Request && self.usages.holds_files(name);
        let mut merged = Merged::of(self.document, &node, self.diagnostics);
        let definition = definition(rust_name.clone(), &node.pointer, merged.docs.clone(), usage);
        let position = self.reserve(definition.clone());
        if self.usages.hierarchy().is_base(name) {
            let base = self.scope.claim([format!("{rust_name}Base")]);
            let base_position = self.reserve(TypeDef {
                name: base.clone(),
                ..definition
            });
            let shape = self.shape(&mut merged, &node, view, &base);
            self.settle(base_position, shape);
            let union = family(self, name, view, base);
            self.settle(position, Shape::Union(union));
            return;
        }
        let target = other_component(&node);
        let shape = match target.filter(|target| !self.usages.hierarchy().is_base(target)) {
            Some(target) => Shape::Alias(Alias {
                target: self.component_use(target, view).type_ref,
                constraints: Constraints::default(),
            }),
            None => self.shape(&mut merged, &node, view, &rust_name),
        };
        self.settle(position, shape);
    }

    /// Adds a type whose shape follows, so that it stands before the types that it holds.
    fn reserve(&mut self, definition: TypeDef) -> usize {
        let position = self.types.len();
        self.positions.insert(definition.name.clone(), position);
        self.types.push(definition);
        position
    }

    fn settle(&mut self, position: usize, shape: Shape) {
        if let Some(definition) = self.types.get_mut(position) {
            definition.shape = shape;
        }
    }

    pub(super) fn component_use(&mut self, name: &'a str, view: View) -> TypeUse {
        let facts = self.component_facts(name);
        let key = (name, self.usages.view(name, view));
        match self.names.get(&key) {
            Some(rust_name) => TypeUse {
                type_ref: TypeRef::Named(rust_name.clone()),
                ..facts
            },
            None => facts,
        }
    }

    fn component_facts(&mut self, name: &'a str) -> TypeUse {
        if let Some(facts) = self.facts.get(name) {
            return facts.clone();
        }
        let unknown = TypeUse {
            type_ref: TypeRef::Any,
            nullable: false,
            docs: Docs::default(),
            default: None,
            constraints: Constraints::default(),
        };
        let Some(node) = component(&self.document.openapi, name) else {
            return unknown;
        };
        // What merging has to report is reported where the component itself is lowered.
        let merged = Merged::of(self.document, &node, &mut Diagnostics::default());
        let facts = TypeUse {
            nullable: merged.nullable,
            constraints: constraints(self.document, &merged),
            docs: merged.docs,
            default: merged.default.cloned(),
            ..unknown
        };
        self.facts.insert(name, facts.clone());
        facts
    }

    fn inline_use(
        &mut self,
        merged: &mut Merged<'a>,
        node: &Node<'a>,
        view: View,
        offer: &str,
    ) -> TypeUse {
        // The name of a property may be given there as well, in the case of fields.
        let given = merged.rust_name.map(|name| {
            let is_field = name.starts_with(char::is_lowercase);
            if is_field {
                type_name(name)
            } else {
                name.to_owned()
            }
        });
        let offer = given.as_deref().unwrap_or(offer);
        let type_ref = match self.made_already(node, view) {
            Some(type_ref) => type_ref,
            None => self.shared_type(merged, node, view, offer),
        };
        TypeUse {
            type_ref,
            nullable: merged.nullable,
            docs: merged.docs.clone(),
            default: merged.default.cloned(),
            constraints: constraints(self.document, merged),
        }
    }

    fn inline_type(
        &mut self,
        merged: &mut Merged<'a>,
        node: &Node<'a>,
        view: View,
        offer: &str,
    ) -> TypeRef {
        let needs_name = self.kind(merged).needs_name();
        let rust_name = needs_name.then(|| {
            self.scope
                .claim([offer.to_owned(), format!("{offer}Model")])
        });
        let occurrence = Occurrence::new(node, view);
        self.open.push((occurrence.clone(), rust_name.clone()));
        let type_ref = match rust_name {
            Some(rust_name) => {
                if !self.made.insert(occurrence) {
                    self.repeated_types += 1;
                }
                let docs = merged.docs.clone();
                let definition = definition(rust_name.clone(), &node.pointer, docs, self.usage);
                let position = self.reserve(definition);
                let shape = self.shape(merged, node, view, &rust_name);
                self.settle(position, shape);
                TypeRef::Named(rust_name)
            }
            None => self.plain_type(merged, node, view, offer),
        };
        self.open.pop();
        type_ref
    }

    /// The type of an inline schema that must not be made again: it is being made, for an `allOf` leads
    /// from within it back to what holds it, or on into ever deeper ones, or there are too many already.
    fn made_already(&mut self, node: &Node<'a>, view: View) -> Option<TypeRef> {
        let occurrence = Occurrence::new(node, view);
        let open = self.open.iter().find(|(other, _)| *other == occurrence);
        let reason = match open {
            Some((_, Some(name))) => return Some(TypeRef::Named(name.clone())),
            Some((_, None)) => "the schema contains itself without an object between",
            None if self.repeated_types >= MAX_REPEATED_TYPES => {
                "`allOf` multiplies the schemas of the document without bounds"
            }
            // No document nests its schemas deeper by itself.
            None if self.open.len() >= MAX_DEPTH => "`allOf` leads into ever deeper schemas",
            None => return None,
        };
        let location = self.location(node.pointer.clone());
        let message = format!("{reason}: its content is kept as JSON");
        self.diagnostics
            .push(Diagnostic::new(Code::UnsupportedSchema, location, message));
        Some(TypeRef::Any)
    }
}

/// Whether a schema stands in a component, which operations share.
fn is_of_component(pointer: &Pointer) -> bool {
    pointer.as_str().starts_with("/components/")
}

/// The component that a schema stands for without changing it.
fn other_component<'a>(node: &Node<'a>) -> Option<&'a str> {
    match node.schema {
        SchemaUse::Component(name) => Some(name),
        SchemaUse::Inline(schema) => annotated_component(schema),
    }
}

/// A type whose module, place and shape are settled later.
fn definition(name: String, pointer: &Pointer, docs: Docs, usage: Usage) -> TypeDef {
    TypeDef {
        name,
        module: String::new(),
        pointer: pointer.as_str().to_owned(),
        place: String::new(),
        docs,
        usage,
        shape: Shape::Alias(Alias {
            target: TypeRef::Any,
            constraints: Constraints::default(),
        }),
    }
}
