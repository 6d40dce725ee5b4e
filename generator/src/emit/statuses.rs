//! Bodies whose type depends on the status code.

use proc_macro2::TokenStream;
use quote::quote;

use super::answers::{event_data, receiver};
use super::docs::attributes;
use super::types::{Place, ident, owned};
use crate::ir::{Payload, StatusEnum, StatusPattern, StatusVariant};

/// The enumeration of the bodies, and how the status code chooses one.
pub(super) fn status_enum(by_status: &StatusEnum) -> Vec<TokenStream> {
    let name = ident(&by_status.name);
    let variants = by_status.variants.iter().map(declare);
    let streams = by_status.variants.iter().any(|one| one.payload.streams());
    // A stream can be read once, so it equals nothing and has no copy.
    let derived = if streams {
        quote!(Debug)
    } else {
        quote!(Debug, Clone, PartialEq)
    };
    let reading = if streams {
        receive(by_status)
    } else {
        decode(by_status)
    };
    vec![
        quote! {
            /// What the answer holds, by its status code.
            #[derive(#derived)]
            #[non_exhaustive]
            pub enum #name {
                #(#variants,)*
            }
        },
        reading,
    ]
}

/// Bodies that are all read whole.
fn decode(by_status: &StatusEnum) -> TokenStream {
    let name = ident(&by_status.name);
    let unknown = quote!(Err(runtime::DecodeFault::unexpected_status(status)));
    let arms = arms(by_status, &unknown, |variant| {
        read(variant, &quote!(decode(status, body)))
    });
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
    }
}

/// Bodies of which some are handed out as they arrive.
fn receive(by_status: &StatusEnum) -> TokenStream {
    let name = ident(&by_status.name);
    let streams = arms(&streaming(by_status), &quote!(false), |variant| {
        if variant.payload.streams() {
            let reader = reader(variant);
            quote!(#reader::streams(status, headers))
        } else {
            quote!(false)
        }
    });
    let unknown = quote!(Err(runtime::DecodeFault::unexpected_status(status)));
    let arms = arms(by_status, &unknown, |variant| {
        read(variant, &quote!(receive(status, body)))
    });
    quote! {
        impl runtime::Receive for #name {
            type Value = Self;

            fn streams(status: runtime::StatusCode, headers: &runtime::HeaderMap) -> bool {
                match status.as_u16() {
                    #(#streams)*
                }
            }

            fn receive(
                status: runtime::StatusCode,
                body: runtime::Received,
            ) -> Result<Self, runtime::DecodeFault> {
                match status.as_u16() {
                    #(#arms)*
                }
            }
        }
    }
}

/// The variants that tell which statuses announce a stream: all but those that no pattern of a stream
/// covers.
fn streaming(by_status: &StatusEnum) -> StatusEnum {
    let streams = |variant: &&StatusVariant| variant.payload.streams();
    let mut patterns = by_status
        .variants
        .iter()
        .filter(streams)
        .flat_map(|variant| &variant.statuses);
    let by_code = patterns.all(|status| matches!(status, StatusPattern::Code(_)));
    let variants = by_status.variants.iter();
    StatusEnum {
        name: by_status.name.clone(),
        variants: variants
            .filter(|variant| !by_code || streams(variant))
            .cloned()
            .collect(),
    }
}

fn declare(variant: &StatusVariant) -> TokenStream {
    let statuses: Vec<String> = variant
        .statuses
        .iter()
        .map(|status| format!("`{}`", status.text()))
        .collect();
    let docs = attributes(&format!("Status {}.", statuses.join(", ")), false);
    let name = ident(&variant.name);
    let value = match &variant.payload {
        Payload::Empty | Payload::ByStatus(_) => return quote!(#docs #name),
        Payload::Json(type_ref) | Payload::OptionalJson(type_ref) => owned(type_ref, Place::Api),
        Payload::Text => quote!(String),
        Payload::Bytes => quote!(bytes::Bytes),
        streamed => receiver(streamed, &quote!(runtime::)),
    };
    quote!(#docs #name(#value))
}

/// Exact codes first, then hundreds, then the default; a code that none names has no body to read.
fn arms(
    by_status: &StatusEnum,
    unknown: &TokenStream,
    reading: impl Fn(&StatusVariant) -> TokenStream,
) -> Vec<TokenStream> {
    let mut codes = Vec::new();
    let mut ranges = Vec::new();
    let mut default = None;
    for variant in &by_status.variants {
        let reading = reading(variant);
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
    let default = default.unwrap_or_else(|| quote!(_ => #unknown,));
    codes.into_iter().chain(ranges).chain([default]).collect()
}

fn number(code: u16) -> proc_macro2::Literal {
    proc_macro2::Literal::u16_unsuffixed(code)
}

/// The type of the runtime that reads a variant, as the beginning of an expression.
fn reader(variant: &StatusVariant) -> TokenStream {
    let (name, value) = match &variant.payload {
        Payload::Json(type_ref) | Payload::OptionalJson(type_ref) => {
            ("Json", owned(type_ref, Place::Api))
        }
        Payload::Items(type_ref) => ("ItemStream", owned(type_ref, Place::Api)),
        Payload::Events(data) => ("EventStream", event_data(data, &quote!(runtime::))),
        other => return receiver(other, &quote!(runtime::)),
    };
    let name = ident(name);
    quote!(runtime::#name::<#value>)
}

fn read(variant: &StatusVariant, call: &TokenStream) -> TokenStream {
    let name = ident(&variant.name);
    if matches!(variant.payload, Payload::Empty | Payload::ByStatus(_)) {
        return quote!(Ok(Self::#name));
    }
    let reader = reader(variant);
    quote!(#reader::#call.map(Self::#name))
}
