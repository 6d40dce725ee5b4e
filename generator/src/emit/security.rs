//! The constants that say what an operation accepts as authentication.

use heck::ToShoutySnakeCase;
use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::{Api, ApiKeyLocation, SecurityRequirement, SecurityScheme, SecuritySchemeKind};

/// The distinct alternatives of all operations and the constants that hold them.
#[derive(Debug)]
pub(super) struct SecurityConstants<'a> {
    api: &'a Api,
    distinct: Vec<(&'a [SecurityRequirement], String)>,
}

impl<'a> SecurityConstants<'a> {
    pub(super) fn of(api: &'a Api) -> Self {
        let mut constants = Self {
            api,
            distinct: Vec::new(),
        };
        for operation in api.operations() {
            if constants.name(&operation.security).is_none() {
                let mut name = constant_name(&operation.security);
                while constants.distinct.iter().any(|(_, taken)| *taken == name) {
                    name.push('_');
                }
                constants.distinct.push((&operation.security, name));
            }
        }
        // Whichever operation comes first, so that one more moves none.
        let order = |one: &(_, String), other: &(_, String)| one.1.cmp(&other.1);
        constants.distinct.sort_by(order);
        constants
    }

    /// The constant for the alternatives of an operation.
    pub(super) fn name(&self, security: &[SecurityRequirement]) -> Option<&str> {
        let found = self.distinct.iter().find(|(known, _)| *known == security);
        found.map(|(_, name)| name.as_str())
    }

    /// The constants themselves.
    pub(super) fn items(&self) -> Vec<TokenStream> {
        let items = self.distinct.iter().map(|(security, name)| {
            let name = super::types::ident(name);
            let alternatives = security.iter().map(|requirement| {
                let schemes = requirement
                    .schemes
                    .iter()
                    .filter_map(|name| self.scheme(name));
                quote!(&[#(#schemes),*])
            });
            quote! {
                const #name: Security = &[#(#alternatives),*];
            }
        });
        items.collect()
    }

    fn scheme(&self, name: &str) -> Option<TokenStream> {
        let scheme = self
            .api
            .security_schemes
            .iter()
            .find(|scheme| scheme.name == name)?;
        Some(scheme_value(scheme))
    }
}

fn constant_name(security: &[SecurityRequirement]) -> String {
    let alternative = |requirement: &SecurityRequirement| match requirement.schemes.as_slice() {
        [] => "anonymous".to_owned(),
        schemes => schemes.join(" and "),
    };
    let name = match security {
        [] => "anonymous".to_owned(),
        security => security
            .iter()
            .map(alternative)
            .collect::<Vec<_>>()
            .join(" or "),
    };
    let name = name.to_shouty_snake_case();
    let valid = |character: char| character.is_ascii_alphanumeric() || character == '_';
    match name.chars().next() {
        Some(first) if first.is_ascii_alphabetic() && name.chars().all(valid) => name,
        _ => "SECURITY".to_owned(),
    }
}

/// A scheme as a constant.
pub(super) fn scheme_value(scheme: &SecurityScheme) -> TokenStream {
    let name = &scheme.name;
    match &scheme.kind {
        SecuritySchemeKind::Basic => quote!(SecurityScheme::Basic { name: #name }),
        SecuritySchemeKind::Bearer => quote!(SecurityScheme::Bearer { name: #name }),
        SecuritySchemeKind::MutualTls => quote!(SecurityScheme::MutualTls { name: #name }),
        SecuritySchemeKind::ApiKey { key, location } => {
            let location = match location {
                ApiKeyLocation::Header => quote!(Header),
                ApiKeyLocation::Query => quote!(Query),
                ApiKeyLocation::Cookie => quote!(Cookie),
            };
            quote!(SecurityScheme::ApiKey {
                name: #name,
                key: #key,
                location: runtime::ApiKeyLocation::#location
            })
        }
    }
}
