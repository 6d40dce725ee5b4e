//! String enumerations.

use quote::quote;

use super::docs::{attributes, code, deprecated_note, markdown};
use super::models::type_docs;
use super::types::ident;
use crate::format::Item;
use crate::ir::{StringEnum, TypeDef};

/// The enumeration, and the facts from which the runtime makes its conversions.
pub(super) fn string_enum(definition: &TypeDef, shape: &StringEnum) -> Vec<Item> {
    let docs = type_docs(definition);
    let name = ident(&definition.name);
    let catch_all = ident(&shape.catch_all);
    let variants = shape.values.iter().map(|value| {
        let text = match markdown(&value.docs.text) {
            text if text.is_empty() => match value.wire_name.as_str() {
                "" => "The empty text.".to_owned(),
                wire_name => format!("{}.", code(wire_name)),
            },
            text => text,
        };
        let docs = attributes(&deprecated_note(text, value.docs.deprecated), false);
        let variant = ident(&value.name);
        quote!(#docs #variant)
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
