//! Enumerations.

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

use super::docs::{attributes, code, deprecated_note, markdown};
use super::models::type_docs;
use super::types::{Place, ident, owned};
use crate::format::Item;
use crate::ir::{Docs, StringEnum, TypeDef, TypeRef, ValueEnum};

/// The enumeration, and the facts from which the runtime makes its conversions.
pub(super) fn string_enum(definition: &TypeDef, shape: &StringEnum) -> Vec<Item> {
    let docs = type_docs(definition);
    let name = ident(&definition.name);
    let catch_all = ident(&shape.catch_all);
    let variants = shape.values.iter().map(|value| {
        let otherwise = match value.wire_name.as_str() {
            "" => "The empty text.".to_owned(),
            wire_name => format!("{}.", code(wire_name)),
        };
        variant(&value.name, &value.docs, otherwise)
    });
    let catch_all_docs = attributes(
        "A value that this version does not know, as it came.",
        false,
    );
    let values = shape.values.iter().map(|value| {
        let variant = ident(&value.name);
        let wire_name = &value.wire_name;
        quote!(#variant = #wire_name)
    });
    let values: Vec<_> = values.collect();
    vec![
        Item(quote! {
            #docs
            #[derive(Debug, Clone, PartialEq, Eq, Hash)]
            #[non_exhaustive]
            pub enum #name {
                #(#variants,)*
                #catch_all_docs
                #catch_all(String),
            }
        }),
        Item(quote!(
            runtime::string_enum! { #name, #catch_all, { #(#values),* } }
        )),
    ]
}

fn variant(name: &str, docs: &Docs, otherwise: String) -> TokenStream {
    let text = match markdown(&docs.text) {
        text if text.is_empty() => otherwise,
        text => text,
    };
    let docs = attributes(&deprecated_note(text, docs.deprecated), false);
    let name = ident(name);
    quote!(#docs #name)
}

/// The enumeration of integers or of scalars, and the facts from which the runtime makes its
/// conversions.
pub(super) fn value_enum(definition: &TypeDef, shape: &ValueEnum) -> Vec<Item> {
    let docs = type_docs(definition);
    let name = ident(&definition.name);
    let catch_all = ident(&shape.catch_all);
    let variants = shape.values.iter().map(|value| {
        let otherwise = format!("{}.", code(&value.value.to_string()));
        variant(&value.name, &value.docs, otherwise)
    });
    let catch_all_docs = attributes(
        "A value that this version does not know, as it came.",
        false,
    );
    let values = shape.values.iter().map(|value| {
        let variant = ident(&value.name);
        let literal = literal(&value.value);
        quote!(#variant = #literal)
    });
    let values: Vec<_> = values.collect();
    let (derives, held, conversions) = if shape.type_ref == TypeRef::Any {
        (quote!(), quote!(serde_json::Value), ident("value_enum"))
    } else {
        (
            quote!(Copy, Eq, Hash,),
            owned(&shape.type_ref, Place::Models),
            ident("integer_enum"),
        )
    };
    vec![
        Item(quote! {
            #docs
            #[derive(Debug, Clone, PartialEq, #derives)]
            #[non_exhaustive]
            pub enum #name {
                #(#variants,)*
                #catch_all_docs
                #catch_all(#held),
            }
        }),
        Item(quote!(
            runtime::#conversions! { #name, #catch_all, { #(#values),* } }
        )),
    ]
}

/// A scalar as Rust writes it.
fn literal(value: &Value) -> TokenStream {
    match value {
        Value::String(text) => quote!(#text),
        Value::Bool(flag) => quote!(#flag),
        other => other.to_string().parse().unwrap_or_default(),
    }
}
