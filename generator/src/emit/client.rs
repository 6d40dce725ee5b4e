//! The module that mounts all others: constants, the error type and the client.

use proc_macro2::TokenStream;
use quote::quote;

use super::declared::declared;
use super::docs::{code, markdown, markdown_or};
use super::types::{Place, ident, owned};
use crate::format::{Comments, File, Item};
use crate::ir::{Api, Resource};

/// The root module of a client.
pub(super) fn root(api: &Api) -> File {
    let headers = (!super::headers::all(api).is_empty()).then(|| {
        quote!(
            pub mod headers;
        )
    });
    let comments = Comments::default();
    let mut items = vec![
        Item::Code(quote!(
            pub mod api;
            #headers
            pub mod models;
        )),
        Item::Code(quote!(
            use crate::runtime;
        )),
        api_version(api),
    ];
    items.extend(default_base_url(api, &comments));
    items.push(declared(api, &comments));
    items.extend(error(api));
    items.extend(client(api, &comments));
    File {
        docs: docs(api),
        comments,
        items,
    }
}

fn docs(api: &Api) -> String {
    let first = format!("{}.", markdown(&api.title_and_version()));
    let description = markdown(api.description.as_deref().unwrap_or_default());
    if description.is_empty() {
        first
    } else {
        format!("{first}\n\n{description}")
    }
}

fn api_version(api: &Api) -> Item {
    let version = &api.version;
    Item::Code(quote! {
        /// The version of the document that this client was generated from.
        pub const API_VERSION: &str = #version;
    })
}

fn default_base_url(api: &Api, comments: &Comments) -> Option<Item> {
    let server = api
        .servers
        .first()
        .filter(|server| server.url.contains("://"))?;
    let url = server.url.trim_end_matches('/');
    let mut text = "The base URL, unless the client is told another one.".to_owned();
    if let Some(description) = &server.description {
        text = format!("{text}\n\n{}", markdown(description));
    }
    let docs = comments.attribute(text);
    Some(Item::Code(quote! {
        #docs
        pub const DEFAULT_BASE_URL: &str = #url;
    }))
}

/// The error of all operations, where they share the type of its body.
fn error(api: &Api) -> Option<Item> {
    let body = owned(api.shared_error()?, Place::Api);
    Some(Item::Code(quote! {
        /// Why a call failed.
        pub type Error = runtime::Error<#body>;
    }))
}

fn client(api: &Api, comments: &Comments) -> Vec<Item> {
    let methods = api.resources.iter();
    let methods = methods.map(|resource| resource_method(resource, comments));
    vec![
        Item::Code(quote! {
            /// The client: one method for each group of operations.
            ///
            /// Clones share connections and limits.
            #[derive(Debug, Clone)]
            pub struct Client<M = runtime::Async> {
                inner: runtime::Client<M>,
            }
        }),
        Item::Code(quote! {
            impl Client {
                /// Starts to configure a client.
                pub fn builder() -> runtime::ClientBuilder<Self> {
                    runtime::ClientBuilder::for_api(&API)
                }
            }
        }),
        Item::Code(quote! {
            impl<M> Client<M> {

                /// What all calls share: the connection, its limits and its credentials.
                pub fn runtime(&self) -> &runtime::Client<M> {
                    &self.inner
                }

                #(#methods)*
            }
        }),
        Item::Code(quote! {
            impl<M> From<runtime::Client> for Client<M> {
                fn from(inner: runtime::Client) -> Self {
                    Self { inner: inner.in_mode() }
                }
            }
        }),
        Item::Code(quote! {
            runtime::blocking_client!();
        }),
    ]
}

fn resource_method(resource: &Resource, comments: &Comments) -> TokenStream {
    let docs = comments.attribute(resource_text(resource));
    let module = ident(&resource.module);
    let type_name = ident(&resource.type_name);
    quote! {
        #docs
        pub fn #module(&self) -> api::#module::#type_name<'_, M> {
            api::#module::#type_name::new(&self.inner)
        }
    }
}

/// What a group of operations is for.
pub(super) fn resource_text(resource: &Resource) -> String {
    markdown_or(&resource.docs.text, || {
        format!("The operations of {}.", code(&resource.tag))
    })
}
