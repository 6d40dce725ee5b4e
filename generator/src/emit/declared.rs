//! The constant that holds the servers and security schemes of a document.

use std::fmt::Write;

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::{code, markdown};
use super::security::scheme_value;
use crate::format::{Comments, Item};
use crate::ir::{Api, SecurityScheme, SecuritySchemeKind, Server, ServerVariable};

/// What a client is built with.
pub(super) fn declared(api: &Api, comments: &Comments) -> Item {
    let docs = comments.attribute(text(api));
    let servers = api.servers.iter().map(server);
    let operation_servers = api.operation_servers.iter().map(server);
    let schemes = api.security_schemes.iter().map(|scheme| {
        let value = scheme_value(scheme);
        quote!(runtime:: #value)
    });
    Item::Code(quote! {
        #docs
        pub const API: runtime::Api = runtime::Api {
            servers: &[#(#servers),*],
            operation_servers: &[#(#operation_servers),*],
            security_schemes: &[#(#schemes),*]
        };
    })
}

fn server(server: &Server) -> TokenStream {
    let url = &server.template;
    let variables = server.variables.iter().map(|variable| {
        let ServerVariable {
            name,
            default,
            values,
            ..
        } = variable;
        quote!(runtime::ServerVariable { name: #name, default: #default, values: &[#(#values),*] })
    });
    quote!(runtime::Server { url: #url, variables: &[#(#variables),*] })
}

fn text(api: &Api) -> String {
    let mut text = "The servers and security schemes that the document declares.".to_owned();
    list(&mut text, "Servers:", api.servers.iter().map(server_text));
    let own = api.operation_servers.iter().map(server_text);
    list(&mut text, "Servers that operations have of their own:", own);
    let schemes = api.security_schemes.iter().map(scheme_text);
    list(
        &mut text,
        "Security schemes, by the names that a builder takes:",
        schemes,
    );
    text
}

fn list(text: &mut String, title: &str, items: impl Iterator<Item = String>) {
    for (index, item) in items.enumerate() {
        if index == 0 {
            let _ = write!(text, "\n\n{title}\n");
        }
        let _ = write!(text, "\n- {item}");
    }
}

fn server_text(server: &Server) -> String {
    let mut text = with_description(&code(&server.template), server.description.as_deref());
    for variable in &server.variables {
        let mut name = format!(
            "{} ({} by default",
            code(&variable.name),
            code(&variable.default)
        );
        if !variable.values.is_empty() {
            let values: Vec<String> = variable.values.iter().map(|value| code(value)).collect();
            let _ = write!(name, ", one of {}", values.join(", "));
        }
        name.push(')');
        let variable = with_description(&name, variable.description.as_deref());
        let _ = write!(text, "\n  - {variable}");
    }
    text
}

fn scheme_text(scheme: &SecurityScheme) -> String {
    let what = match &scheme.kind {
        SecuritySchemeKind::Basic => "user and password".to_owned(),
        SecuritySchemeKind::Bearer => "a token".to_owned(),
        SecuritySchemeKind::MutualTls => "a certificate of the client".to_owned(),
        SecuritySchemeKind::ApiKey { .. } => "a key".to_owned(),
    };
    let name = format!("{}, {what}", code(&scheme.name));
    with_description(&name, Some(&scheme.docs.text))
}

/// A name and, in one line, what the document says of it.
fn with_description(name: &str, description: Option<&str>) -> String {
    let words = markdown(description.unwrap_or_default());
    let words: Vec<&str> = words.split_whitespace().collect();
    match words.join(" ") {
        empty if empty.is_empty() => name.to_owned(),
        words => format!("{name}: {words}"),
    }
}
