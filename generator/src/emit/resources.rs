//! A module per group of operations.

use std::collections::BTreeSet;
use std::sync::Arc;

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;

use super::Module;
use super::client::resource_text;
use super::operations::{endpoint, methods, setters, status_enums};
use super::rules::Limited;
use super::security::SecurityConstants;
use super::types::{braces, ident};
use crate::format::{Comments, File, Item};
use crate::ir::{Api, Resource};
use crate::runtime_names;

/// The modules, the one that mounts the others first.
pub(super) fn modules<'a>(api: &'a Api, limited: &'a Limited<'a>) -> Vec<Module<'a>> {
    let security = Arc::new(SecurityConstants::of(api));
    let constants = Arc::clone(&security);
    let mut modules = vec![Module {
        path: "api.rs".to_owned(),
        size: api.resources.len(),
        content: Box::new(move || root(api, &constants)),
    }];
    modules.extend(api.resources.iter().map(|resource| {
        let security = Arc::clone(&security);
        Module {
            path: format!("api/{}.rs", resource.module),
            size: resource.operations.len(),
            content: Box::new(move || group(api, resource, &security, limited)),
        }
    }));
    modules
}

fn root(api: &Api, security: &SecurityConstants<'_>) -> File {
    let modules = api.resources.iter().map(|resource| {
        let module = ident(&resource.module);
        quote!(pub mod #module;)
    });
    let constants = security.items();
    let mut items = vec![Item::Code(quote!(#(#modules)*))];
    items.extend(security_imports(&constants).map(Item::Code));
    items.extend(constants.into_iter().map(Item::Code));
    File {
        comments: Comments::default(),
        docs: "The operations, a module for each group.".to_owned(),
        items,
    }
}

fn security_imports(constants: &[TokenStream]) -> Option<TokenStream> {
    let mut mentioned = BTreeSet::new();
    for constant in constants {
        identifiers(constant.clone(), &mut mentioned);
    }
    let runtime = mentioned.contains("runtime").then(|| quote!(self,));
    let scheme = mentioned
        .contains("SecurityScheme")
        .then(|| quote!(SecurityScheme));
    mentioned
        .contains("Security")
        .then(|| quote!(use crate::runtime::{#runtime Security, #scheme};))
}

fn group(
    api: &Api,
    resource: &Resource,
    security: &SecurityConstants<'_>,
    limited: &Limited<'_>,
) -> File {
    let type_name = ident(&resource.type_name);
    let comments = Comments::default();
    let docs = comments.attribute(resource_text(resource));
    let operations = resource.operations.iter();
    let methods = operations.flat_map(|operation| methods(api, operation, &comments));
    let constructor = quote! {
        pub(crate) fn new(client: &'c Client<M>) -> Self {
            Self { client }
        }
    };
    let methods = braces([constructor].into_iter().chain(methods).collect());
    let mut items = vec![
        Item::Code(quote! {
            #docs
            #[derive(Debug, Clone, Copy)]
            pub struct #type_name<'c, M = Async> {
                client: &'c Client<M>,
            }
        }),
        Item::Code(quote!(impl<'c, M> #type_name<'c, M> #methods)),
    ];
    for operation in &resource.operations {
        items.extend(endpoint(operation, security, limited));
        items.extend(setters(api, operation, &comments));
    }
    // The variants of these have names of models, which need not mean what is imported.
    let status_enums: Vec<Item> = resource.operations.iter().flat_map(status_enums).collect();
    let imports = imports(&items, &status_enums);
    File {
        docs: resource_text(resource),
        comments,
        items: [imports]
            .into_iter()
            .chain(items)
            .chain(status_enums)
            .collect(),
    }
}

/// Imports of what the items mention.
fn imports(items: &[Item], status_enums: &[Item]) -> Item {
    let mut mentioned = mentioned(items);
    let paths = self::mentioned(status_enums);
    let modules = ["models", "runtime"].map(ToOwned::to_owned);
    mentioned.extend(modules.into_iter().filter(|module| paths.contains(module)));
    let names: Vec<_> = runtime_names::IMPORTED
        .iter()
        .filter(|name| mentioned.contains(**name))
        .map(|name| ident(name))
        .collect();
    let runtime = mentioned.contains("runtime").then(|| quote!(self,));
    let models = mentioned.contains("models").then(|| {
        quote!(
            use super::super::models;
        )
    });
    Item::Code(quote! {
        #models
        use crate::runtime::{#runtime #(#names),*};
    })
}

fn mentioned(items: &[Item]) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for item in items {
        match item {
            Item::Code(tokens) => identifiers(tokens.clone(), &mut names),
            Item::Invocation(invocation) => {
                names.insert("runtime".to_owned());
                for statement in &invocation.statements {
                    identifiers(statement.tokens.clone(), &mut names);
                }
            }
            Item::Table(_) => {
                names.insert("runtime".to_owned());
            }
        }
    }
    names
}

/// Adds the identifiers at which paths start: in `models::Text`, `Text` is not one of ours.
fn identifiers(tokens: TokenStream, names: &mut BTreeSet<String>) {
    let mut colons = 0;
    for token in tokens {
        let is_colon = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == ':');
        match token {
            TokenTree::Ident(ident) if colons < 2 => {
                names.insert(ident.to_string());
            }
            TokenTree::Group(group) => identifiers(group.stream(), names),
            TokenTree::Ident(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
        colons = if is_colon { colons + 1 } else { 0 };
    }
}
