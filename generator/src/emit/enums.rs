//! Enumerations.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use serde_json::Value;

use super::docs::{attributes, code, deprecated_note, markdown};
use super::models::type_docs;
use super::types::{Place, ident, owned};
use crate::format::{Item, Row, Table, fact, quoted};
use crate::ir::{Docs, StringEnum, TypeDef, TypeRef, ValueEnum};

/// The enumeration, and the facts from which the runtime makes its conversions.
pub(super) fn string_enum(definition: &TypeDef, shape: &StringEnum) -> Vec<Item> {
    let docs = type_docs(definition);
    let name = ident(&definition.name);
    let catch_all = ident(&shape.catch_all);
    let (default, mark) = default_of_one(shape.values.len()).unzip();
    let variants = shape.values.iter().map(|value| {
        let otherwise = match value.wire_name.as_str() {
            "" => "The empty text.".to_owned(),
            wire_name => format!("{}.", code(wire_name)),
        };
        variant(&value.name, &value.docs, otherwise, mark.as_ref())
    });
    let catch_all_docs = attributes(
        "A value that this version does not know, as it came.",
        false,
    );
    let values = shape
        .values
        .iter()
        .map(|value| fact(ident(&value.name), quoted(&value.wire_name)));
    let conversions = conversions("string_enum", &name, &catch_all, values.collect());
    vec![
        Item::Code(quote! {
            #docs
            #[derive(Debug, Clone, PartialEq, Eq, Hash, #default)]
            #[non_exhaustive]
            pub enum #name {
                #(#variants,)*
                #catch_all_docs
                #catch_all(String),
            }
        }),
        conversions,
    ]
}

/// What derives the default and what marks the variant, where that is the only one that the document knows.
fn default_of_one(count: usize) -> Option<(TokenStream, TokenStream)> {
    (count == 1).then(|| (quote!(Default,), quote!(#[default])))
}

fn variant(
    name: &str,
    docs: &Docs,
    otherwise: String,
    default: Option<&TokenStream>,
) -> TokenStream {
    let text = match markdown(&docs.text) {
        text if text.is_empty() => otherwise,
        text => text,
    };
    let docs = attributes(&deprecated_note(text, docs.deprecated), false);
    let name = ident(name);
    quote!(#docs #default #name)
}

/// The enumeration of integers or of scalars, and the facts from which the runtime makes its
/// conversions.
pub(super) fn value_enum(definition: &TypeDef, shape: &ValueEnum) -> Vec<Item> {
    let docs = type_docs(definition);
    let name = ident(&definition.name);
    let catch_all = ident(&shape.catch_all);
    let (default, mark) = default_of_one(shape.values.len()).unzip();
    let variants = shape.values.iter().map(|value| {
        let otherwise = format!("{}.", code(&value.value.to_string()));
        variant(&value.name, &value.docs, otherwise, mark.as_ref())
    });
    let catch_all_docs = attributes(
        "A value that this version does not know, as it came.",
        false,
    );
    let values = shape.values.iter();
    let values = values.map(|value| fact(ident(&value.name), literal(&value.value)));
    let (derives, held, table) = if shape.type_ref == TypeRef::Any {
        (quote!(), quote!(serde_json::Value), "value_enum")
    } else {
        let held = owned(&shape.type_ref, Place::Models);
        (quote!(Copy, Eq, Hash,), held, "integer_enum")
    };
    let conversions = conversions(table, &name, &catch_all, values.collect());
    vec![
        Item::Code(quote! {
            #docs
            #[derive(Debug, Clone, PartialEq, #derives #default)]
            #[non_exhaustive]
            pub enum #name {
                #(#variants,)*
                #catch_all_docs
                #catch_all(#held),
            }
        }),
        conversions,
    ]
}

/// The facts from which the runtime makes the conversions of an enumeration.
fn conversions(table: &'static str, name: &Ident, catch_all: &Ident, values: Vec<String>) -> Item {
    Item::Table(Table {
        name: table,
        subject: name.to_string(),
        rows: vec![Row {
            kind: None,
            facts: values,
        }],
        rest: Some(catch_all.to_string()),
    })
}

/// A scalar as Rust writes it.
fn literal(value: &Value) -> String {
    match value {
        Value::String(text) => quoted(text),
        other => other.to_string(),
    }
}
