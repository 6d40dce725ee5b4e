//! Unions.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::code;
use super::models::type_text;
use super::types::{Place, ident, owned, variants};
use crate::format::{Comments, Item, Row, Table, fact, quoted};
use crate::ir::{Api, TypeDef, TypeRef, Union, UnionVariant};

/// The enumeration of the types, and the facts from which the runtime makes its conversions.
pub(super) fn union(
    api: &Api,
    definition: &TypeDef,
    shape: &Union,
    comments: &Comments,
) -> Vec<Item> {
    let docs = comments.attribute(type_text(definition));
    let name = ident(&definition.name);
    let catch_all = ident(&shape.catch_all);
    let known = shape.variants.iter();
    let known = known.map(|variant| declare(variant, comments));
    let variants = variants(known, &catch_all, &quote!(serde_json::Value));
    vec![
        Item::Code(quote! {
            #docs
            #[derive(Debug, Clone, PartialEq)]
            #[non_exhaustive]
            pub enum #name #variants
        }),
        conversions(api, definition, shape),
    ]
}

fn declare(variant: &UnionVariant, comments: &Comments) -> TokenStream {
    let text = match variant.tags.as_slice() {
        [] => format!("{}.", code(&variant.name)),
        tags => format!(
            "{}.",
            tags.iter()
                .map(|tag| code(tag))
                .collect::<Vec<_>>()
                .join(" or ")
        ),
    };
    let docs = comments.attribute(text);
    let name = ident(&variant.name);
    let value = held(variant);
    quote!(#docs #name(#value),)
}

fn held(variant: &UnionVariant) -> TokenStream {
    let value = owned(&variant.type_ref, Place::Models);
    if variant.boxed {
        quote!(Box<#value>)
    } else {
        value
    }
}

fn conversions(api: &Api, definition: &TypeDef, shape: &Union) -> Item {
    let name = ident(&definition.name);
    let (table, subject, facts) = match &shape.discriminator {
        None => {
            let variants = by_breadth(api, shape).into_iter();
            let facts = variants.map(|variant| ident(&variant.name).to_string());
            ("union", name.to_string(), facts.collect())
        }
        Some(property) => {
            let subject = fact(name, quoted(property));
            let facts = shape.variants.iter().map(|variant| {
                let tags: Vec<String> = variant.tags.iter().map(|tag| quoted(tag)).collect();
                fact(ident(&variant.name), tags.join(" | "))
            });
            let table = if shape.has_shared_tags() {
                "overlapping_union"
            } else {
                "tagged_union"
            };
            (table, subject, facts.collect())
        }
    };
    let default = shape.default.as_ref().map(|default| Row {
        kind: Some("default"),
        facts: vec![ident(default).to_string()],
    });
    let sources = Row {
        kind: Some("From"),
        facts: sources(api, definition, shape),
    };
    let sources = Some(sources).filter(|sources| !sources.facts.is_empty());
    let is_patched = sources.is_some() && api.types.is_patched(&definition.name);
    let patch = is_patched.then(|| Row {
        kind: None,
        facts: vec!["Patch".to_owned()],
    });
    let rows = [Row { kind: None, facts }].into_iter();
    let rows = rows.chain(default).chain(sources).chain(patch);
    Item::Table(Table {
        name: table,
        subject,
        rows: rows.collect(),
        rest: Some(ident(&shape.catch_all).to_string()),
    })
}

/// The variants that are made of their types alone, with these where they are not called as the variants are. What
/// holds a text is made of a borrowed one, too.
fn sources(api: &Api, definition: &TypeDef, shape: &Union) -> Vec<String> {
    let variants = api.variants_by_type(definition, shape).into_iter();
    let facts = variants.flat_map(|variant| {
        let name = ident(&variant.name).to_string();
        let held = text(&variant.type_ref);
        let is_text = *api.resolved(&variant.type_ref) == TypeRef::String;
        let borrowed = is_text.then(|| fact(&name, "&str"));
        let own = if name == held { name } else { fact(name, held) };
        [Some(own), borrowed].into_iter().flatten()
    });
    facts.collect()
}

/// A type as Rust writes it.
fn text(type_ref: &TypeRef) -> String {
    match type_ref {
        TypeRef::List(item) => format!("Vec<{}>", text(item)),
        TypeRef::Map(item) => format!("std::collections::BTreeMap<String, {}>", text(item)),
        other => owned(other, Place::Models)
            .to_string()
            .replace(" :: ", "::"),
    }
}

/// The variants, the narrowest first.
pub(super) fn by_breadth<'a>(api: &Api, shape: &'a Union) -> Vec<&'a UnionVariant> {
    let mut variants: Vec<&UnionVariant> = shape.variants.iter().collect();
    variants.sort_by_key(|variant| breadth(api.resolved(&variant.type_ref)));
    variants
}

/// How much else a type accepts. Of two that keep all of a value the narrower one is meant: a day
/// rather than any text, an integer rather than any number.
fn breadth(type_ref: &TypeRef) -> u8 {
    match type_ref {
        TypeRef::Any => 3,
        TypeRef::Map(item) | TypeRef::List(item) if **item == TypeRef::Any => 2,
        TypeRef::String | TypeRef::Secret | TypeRef::F64 => 1,
        _ => 0,
    }
}
