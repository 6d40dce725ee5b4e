//! Bodies whose type depends on the status code.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::attributes;
use super::types::{Place, ident, owned};
use crate::ir::{Payload, StatusEnum, StatusPattern, StatusVariant};

/// The enumeration of the bodies, and how the status code chooses one.
pub(super) fn status_enum(by_status: &StatusEnum) -> Vec<TokenStream> {
    let name = ident(&by_status.name);
    let variants = by_status.variants.iter().map(declare);
    let arms = arms(by_status);
    vec![
        quote! {
            /// What the answer holds, by its status code.
            #[derive(Debug, Clone, PartialEq)]
            #[non_exhaustive]
            pub enum #name {
                #(#variants,)*
            }
        },
        quote! {
            impl runtime::Decode for #name {
                type Value = Self;

                fn decode(
                    status: runtime::StatusCode,
                    body: &bytes::Bytes,
                ) -> Result<Self, runtime::DecodeFault> {
                    match status.as_u16() {
                        #(#arms)*
                    }
                }
            }
        },
    ]
}

fn declare(variant: &StatusVariant) -> TokenStream {
    let statuses: Vec<String> = variant
        .statuses
        .iter()
        .map(|status| format!("`{}`", status.text()))
        .collect();
    let docs = attributes(&format!("Status {}.", statuses.join(", ")), false);
    let name = ident(&variant.name);
    match &variant.payload {
        Payload::Json(type_ref) | Payload::OptionalJson(type_ref) => {
            let value = owned(type_ref, Place::Api);
            quote!(#docs #name(#value))
        }
        Payload::Text => quote!(#docs #name(String)),
        Payload::Bytes => quote!(#docs #name(bytes::Bytes)),
        Payload::Empty | Payload::ByStatus(_) => quote!(#docs #name),
    }
}

/// Exact codes first, then hundreds, then the default; a code that none names has no body to read.
fn arms(by_status: &StatusEnum) -> Vec<TokenStream> {
    let mut codes = Vec::new();
    let mut ranges = Vec::new();
    let mut default = None;
    for variant in &by_status.variants {
        let reading = read(variant);
        let mut own = Vec::new();
        for status in &variant.statuses {
            match status {
                StatusPattern::Code(code) => own.push(number(*code)),
                StatusPattern::Range(hundred) => {
                    let (first, last) = (number(hundred * 100), number(hundred * 100 + 99));
                    ranges.push(quote!(#first..=#last => #reading,));
                }
                StatusPattern::Default => default = Some(quote!(_ => #reading,)),
            }
        }
        if !own.is_empty() {
            codes.push(quote!(#(#own)|* => #reading,));
        }
    }
    let default = default
        .unwrap_or_else(|| quote!(_ => Err(runtime::DecodeFault::unexpected_status(status)),));
    codes.into_iter().chain(ranges).chain([default]).collect()
}

fn number(code: u16) -> proc_macro2::Literal {
    proc_macro2::Literal::u16_unsuffixed(code)
}

fn read(variant: &StatusVariant) -> TokenStream {
    let name = ident(&variant.name);
    let decoder = match &variant.payload {
        Payload::Empty | Payload::ByStatus(_) => return quote!(Ok(Self::#name)),
        Payload::Json(type_ref) | Payload::OptionalJson(type_ref) => {
            let value = owned(type_ref, Place::Api);
            quote!(runtime::Json::<#value>)
        }
        Payload::Text => quote!(runtime::Text),
        Payload::Bytes => quote!(runtime::Bytes),
    };
    quote!(#decoder::decode(status, body).map(Self::#name))
}
