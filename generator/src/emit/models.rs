//! The modules of the models.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::quote;

use super::Module;
use super::docs::{code, deprecated_note, markdown_or, value_text};
use super::enums::{string_enum, value_enum};
use super::rules::Limited;
use super::structs::structure;
use super::types::{Place, ident, mentioned, needs_runtime, owned};
use super::unions::union;
use crate::format::{Comments, File, Item};
use crate::ir::{Alias, Api, Construction, Shape, TypeDef, TypeRef};

/// The modules, the one that mounts the others first.
pub(super) fn modules<'a>(api: &'a Api, limited: &'a Limited<'a>) -> Vec<Module<'a>> {
    let mut groups: BTreeMap<&str, Vec<&TypeDef>> = BTreeMap::new();
    for definition in &api.types {
        groups
            .entry(&definition.module)
            .or_default()
            .push(definition);
    }
    let names: Vec<&str> = groups.keys().copied().collect();
    let mut modules = vec![Module {
        path: "models.rs".to_owned(),
        size: names.len(),
        content: Box::new(move || root(&names)),
    }];
    modules.extend(groups.into_iter().map(|(name, definitions)| Module {
        path: format!("models/{name}.rs"),
        size: definitions.len(),
        content: Box::new(move || group(api, limited, name, &definitions)),
    }));
    modules
}

fn root(names: &[&str]) -> File {
    let modules: TokenStream = names
        .iter()
        .map(|name| {
            let name = ident(name);
            quote!(mod #name;)
        })
        .collect();
    let exports: TokenStream = names
        .iter()
        .map(|name| {
            let name = ident(name);
            quote!(pub use #name::*;)
        })
        .collect();
    File {
        comments: Comments::default(),
        docs: "What requests and responses hold.".to_owned(),
        items: vec![Item::Code(modules), Item::Code(exports)],
    }
}

fn group<'a>(
    api: &'a Api,
    limited: &Limited<'a>,
    module: &str,
    definitions: &[&'a TypeDef],
) -> File {
    let comments = Comments::default();
    let mut items: Vec<Item> = Vec::new();
    let mut used = Used::default();
    for definition in definitions {
        used.add(definition);
        used.names.extend(limited.mentioned(definition));
        items.extend(type_items(api, limited, definition, &comments));
    }
    let local: BTreeSet<&str> = definitions
        .iter()
        .map(|definition| definition.name.as_str())
        .collect();
    let foreign: Vec<_> = used
        .names
        .difference(&local)
        .map(|name| ident(name))
        .collect();
    let runtime = used.runtime.then(|| {
        quote!(
            use crate::runtime;
        )
    });
    let models = (!foreign.is_empty()).then(|| quote!(use super::{#(#foreign),*};));
    let head = quote!(#runtime #models);
    let head = (!head.is_empty()).then_some(Item::Code(head));
    File {
        docs: match module {
            "shared" => "Models that belong to no single group of operations.".to_owned(),
            _ => format!("Models of the operations in `{module}`."),
        },
        comments,
        items: head.into_iter().chain(items).collect(),
    }
}

/// What a module has to import.
#[derive(Default)]
struct Used<'a> {
    names: BTreeSet<&'a str>,
    runtime: bool,
}

impl<'a> Used<'a> {
    fn add(&mut self, definition: &'a TypeDef) {
        match &definition.shape {
            Shape::Struct(shape) => {
                self.runtime = true;
                for field in &shape.fields {
                    self.add_type(&field.type_ref);
                }
                if let Some(additional) = &shape.additional {
                    self.add_type(&additional.type_ref);
                }
            }
            Shape::StringEnum(_) | Shape::ValueEnum(_) => self.runtime = true,
            Shape::Union(shape) => {
                self.runtime = true;
                for variant in &shape.variants {
                    self.add_type(&variant.type_ref);
                }
            }
            Shape::Alias(alias) => self.add_type(&alias.target),
        }
    }

    fn add_type(&mut self, type_ref: &'a TypeRef) {
        mentioned(type_ref, &mut self.names);
        self.runtime |= needs_runtime(type_ref);
    }
}

fn type_items(
    api: &Api,
    limited: &Limited<'_>,
    definition: &TypeDef,
    comments: &Comments,
) -> Vec<Item> {
    match &definition.shape {
        Shape::Struct(shape) => {
            let construction = Construction::of(definition, shape);
            let mut items = structure(api, definition, shape, construction, comments);
            items.extend(limited.item(definition, shape));
            items
        }
        Shape::StringEnum(shape) => string_enum(definition, shape, comments),
        Shape::ValueEnum(shape) => value_enum(definition, shape, comments),
        Shape::Union(shape) => {
            let mut items = union(api, definition, shape, comments);
            items.extend(limited.union(api, definition, shape));
            items
        }
        Shape::Alias(shape) => vec![alias(definition, shape, comments)],
    }
}

fn alias(definition: &TypeDef, alias: &Alias, comments: &Comments) -> Item {
    let otherwise = || place_text(definition);
    let text = value_text(&definition.docs, &alias.constraints, None, otherwise);
    let docs = comments.attribute(text);
    let name = ident(&definition.name);
    let target = owned(&alias.target, Place::Models);
    Item::Code(quote!(#docs pub type #name = #target;))
}

/// The documentation of a type: its text, or its place in the document where it has none.
pub(super) fn type_text(definition: &TypeDef) -> String {
    let text = markdown_or(&definition.docs.text, || place_text(definition));
    deprecated_note(text, definition.docs.deprecated)
}

fn place_text(definition: &TypeDef) -> String {
    format!("The schema at {}.", code(&definition.place))
}
