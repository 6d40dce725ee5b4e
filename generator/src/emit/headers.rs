//! A module for the headers of answers.

use proc_macro2::TokenStream;
use quote::quote;

use super::Module;
use super::docs::{code, deprecation, markdown_or};
use super::types::{Place, ident, owned};
use crate::format::{Comments, File, Item};
use crate::ir::{AnswerHeader, Api};

/// The headers of all answers, each once, ordered by name.
pub(super) fn all(api: &Api) -> Vec<&AnswerHeader> {
    let mut headers: Vec<&AnswerHeader> = api
        .operations()
        .flat_map(|operation| &operation.headers)
        .collect();
    headers.sort_by(|one, other| one.constant.cmp(&other.constant));
    headers.dedup_by(|one, other| one.constant == other.constant);
    headers
}

/// The module, where answers have headers.
pub(super) fn module(api: &Api) -> Option<Module<'_>> {
    let headers = all(api);
    (!headers.is_empty()).then(|| Module {
        path: "headers.rs".to_owned(),
        size: headers.len(),
        content: Box::new(move || file(&headers)),
    })
}

fn file(headers: &[&AnswerHeader]) -> File {
    let types = headers.iter().map(|header| &header.type_ref);
    let written: Vec<TokenStream> = types.map(|type_ref| owned(type_ref, Place::Api)).collect();
    let mentions = |module: &str| {
        let texts = written.iter().map(ToString::to_string);
        texts
            .into_iter()
            .any(|text| text.contains(&format!("{module} ::")))
    };
    let models = mentions("models").then(|| {
        quote!(
            use super::models;
        )
    });
    let runtime = mentions("runtime").then(|| quote!(self,));
    let comments = Comments::default();
    let constants = headers.iter().zip(&written).map(|(header, value)| {
        let docs = comments.attribute(text(header));
        let deprecated = deprecation(header.docs.deprecated);
        let name = ident(&header.constant);
        let wire_name = &header.wire_name;
        let new = if header.is_json {
            quote!(json)
        } else {
            quote!(new)
        };
        Item::Code(quote! {
            #docs
            #deprecated
            pub const #name: Header<#value> = Header::#new(#wire_name);
        })
    });
    let imports = Item::Code(quote! {
        #models
        use crate::runtime::{#runtime Header};
    });
    let items = std::iter::once(imports).chain(constants).collect();
    File {
        docs: "The headers of answers, for `header` of a response or of an error.".to_owned(),
        comments,
        items,
    }
}

fn text(header: &AnswerHeader) -> String {
    markdown_or(&header.docs.text, || {
        format!("The header {}.", code(&header.wire_name))
    })
}
