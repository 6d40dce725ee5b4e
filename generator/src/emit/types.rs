//! Types as Rust writes them.

use std::collections::BTreeSet;

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream};
use quote::quote;

use crate::ir::TypeRef;

/// An identifier; names are settled so that every one of them is valid.
pub(super) fn ident(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

/// Tokens in braces. Within `quote!` each of them would be copied, which pays only for few.
pub(super) fn braces(content: TokenStream) -> Group {
    Group::new(Delimiter::Brace, content)
}

/// The variants of an enumeration in braces, with the one that keeps what the others are not.
pub(super) fn variants(
    known: impl Iterator<Item = TokenStream>,
    catch_all: &Ident,
    held: &TokenStream,
) -> Group {
    let other = quote! {
        /// A value that this version does not know, as it came.
        #catch_all(#held),
    };
    braces(known.chain([other]).collect())
}

/// Where a type is written, which decides how others are reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// A module of the models, which imports what it needs.
    Models,
    /// A module of the operations, which reaches the models by their module.
    Api,
}

/// The type of a value that is held.
pub(super) fn owned(type_ref: &TypeRef, place: Place) -> TokenStream {
    match type_ref {
        TypeRef::Named(name) => {
            let name = ident(name);
            match place {
                Place::Models => quote!(#name),
                Place::Api => quote!(models::#name),
            }
        }
        TypeRef::String => quote!(String),
        TypeRef::Secret => quote!(runtime::Secret),
        TypeRef::Bool => quote!(bool),
        TypeRef::I8 => quote!(i8),
        TypeRef::I16 => quote!(i16),
        TypeRef::I32 => quote!(i32),
        TypeRef::I64 => quote!(i64),
        TypeRef::U8 => quote!(u8),
        TypeRef::U16 => quote!(u16),
        TypeRef::U32 => quote!(u32),
        TypeRef::U64 => quote!(u64),
        TypeRef::F64 => quote!(f64),
        TypeRef::DateTime => quote!(runtime::DateTime),
        TypeRef::Date => quote!(runtime::Date),
        TypeRef::Time => quote!(runtime::Time),
        TypeRef::Duration => quote!(runtime::IsoDuration),
        TypeRef::Uuid => quote!(runtime::Uuid),
        TypeRef::Base64 => quote!(runtime::Base64),
        TypeRef::Ip => quote!(std::net::IpAddr),
        TypeRef::Ipv4 => quote!(std::net::Ipv4Addr),
        TypeRef::Ipv6 => quote!(std::net::Ipv6Addr),
        TypeRef::Any => quote!(serde_json::Value),
        TypeRef::Bytes => quote!(Vec<u8>),
        TypeRef::File => quote!(runtime::FileUpload),
        TypeRef::FormPart => quote!(runtime::FormPart),
        TypeRef::FormParts => quote!(runtime::FormParts),
        TypeRef::Nullable(inner) => {
            let inner = owned(inner, place);
            quote!(Option<#inner>)
        }
        TypeRef::List(inner) => {
            let inner = owned(inner, place);
            quote!(Vec<#inner>)
        }
        TypeRef::Map(inner) => {
            let inner = owned(inner, place);
            quote!(std::collections::BTreeMap<String, #inner>)
        }
        TypeRef::Tuple(items) => {
            let items = items.iter().map(|item| owned(item, place));
            quote!((#(#items,)*))
        }
    }
}

/// Adds the names of the types that a type mentions.
pub(super) fn mentioned<'a>(type_ref: &'a TypeRef, names: &mut BTreeSet<&'a str>) {
    if let TypeRef::Named(name) = type_ref {
        names.insert(name);
    }
    for part in type_ref.parts() {
        mentioned(part, names);
    }
}

/// Whether a type says `runtime::` where it is written.
pub(super) fn needs_runtime(type_ref: &TypeRef) -> bool {
    match type_ref {
        TypeRef::Secret
        | TypeRef::DateTime
        | TypeRef::Date
        | TypeRef::Time
        | TypeRef::Duration
        | TypeRef::Uuid
        | TypeRef::Base64
        | TypeRef::File
        | TypeRef::FormPart
        | TypeRef::FormParts => true,
        _ => type_ref.parts().iter().any(needs_runtime),
    }
}
