//! What is read from answers, and the ways to be answered.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::code;
use super::types::{Place, ident, owned};
use crate::ir::{EventData, Operation, Payload, Success, Way};

/// The type of the runtime that reads a body. In front of its name stands the path to the runtime,
/// where that is not imported.
pub(super) fn receiver(payload: &Payload, path: &TokenStream) -> TokenStream {
    match payload {
        Payload::Empty => quote!(#path Empty),
        Payload::Text => quote!(#path Text),
        Payload::Bytes => quote!(#path Bytes),
        Payload::ByteStream => quote!(#path ByteStream),
        Payload::Json(type_ref) => {
            let value = owned(type_ref, Place::Api);
            quote!(#path Json<#value>)
        }
        Payload::OptionalJson(type_ref) => {
            let value = owned(type_ref, Place::Api);
            quote!(#path OptionalJson<#value>)
        }
        Payload::Items(type_ref) => {
            let value = owned(type_ref, Place::Api);
            quote!(#path ItemStream<#value>)
        }
        Payload::Events(data) => {
            let data = event_data(data, path);
            quote!(#path EventStream<#data>)
        }
        Payload::ByStatus(by_status) => {
            let name = ident(&by_status.name);
            quote!(#name)
        }
    }
}

/// The type of the runtime that reads an event.
pub(super) fn event_data(data: &EventData, path: &TokenStream) -> TokenStream {
    match data {
        EventData::Text => quote!(#path Text),
        EventData::Json(type_ref) => {
            let value = owned(type_ref, Place::Api);
            quote!(#path Json<#value>)
        }
        EventData::Whole(type_ref) => {
            let value = owned(type_ref, Place::Api);
            quote!(#path WholeEvent<#value>)
        }
    }
}

/// What an endpoint says of its answers, where that is not the usual.
pub(super) fn facts(success: &Success) -> Vec<TokenStream> {
    let accept = (!success.accept.is_empty()).then(|| {
        let media_types = success.accept.join(", ");
        quote!(accept = #media_types)
    });
    let redirects = success.redirects.then(|| quote!(redirects = true));
    accept.into_iter().chain(redirects).collect()
}

/// The ways to be answered that are not the usual one.
pub(super) fn alternatives(operation: &Operation) -> Vec<TokenStream> {
    let marker = ident(&operation.marker);
    let alternatives = operation.success.alternatives.iter();
    alternatives
        .map(|alternative| {
            let way = ident(match alternative.way {
                Way::Text => "AsText",
                Way::Stream => "AsStream",
                Way::Download => "AsFile",
            });
            let success = receiver(&alternative.payload, &TokenStream::new());
            let media_types = alternative.accept.join(", ");
            quote! {
                impl Alternative<#way> for #marker {
                    type Success = #success;

                    const ACCEPT: &'static str = #media_types;
                }
            }
        })
        .collect()
}

/// What the documentation of a call says of the other ways to be answered.
pub(super) fn alternatives_text(success: &Success) -> String {
    let alternatives = success.alternatives.iter();
    let words = alternatives.map(|alternative| {
        let given = match alternative.payload {
            Payload::Events(_) => "a stream of events",
            Payload::Items(_) => "a stream of items",
            Payload::Text => "a text",
            _ => "bytes",
        };
        let media_types: Vec<String> = alternative.accept.iter().map(|name| code(name)).collect();
        format!(
            "`{}()` on the call asks for {given} ({}).",
            alternative.way.method(),
            media_types.join(", ")
        )
    });
    words.collect::<Vec<_>>().join(" ")
}
