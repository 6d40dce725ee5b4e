//! Structs, and how a caller builds them.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::{attributes, code, deprecated_note, value_text};
use super::models::type_docs;
use super::objects::object;
use super::types::{Place, ident, owned};
use crate::format::Item;
use crate::ir::{Api, Construction, Field, Presence, Struct, TypeDef, TypeRef};

/// The struct and what builds it.
pub(super) fn structure(
    api: &Api,
    definition: &TypeDef,
    shape: &Struct,
    construction: Construction<'_>,
) -> Vec<Item> {
    let mut items = vec![
        declaration(definition, shape),
        object(api, definition, shape),
    ];
    match construction {
        Construction::None => {}
        Construction::Default => items.extend(setters(api, definition, shape, None)),
        Construction::Arguments => {
            let constructor = constructor(api, definition, shape);
            items.extend(setters(api, definition, shape, Some(&constructor)));
        }
        Construction::Required(required_type) => {
            items.push(required_struct(definition, shape, required_type));
            let constructor = constructor_from_required(definition, shape, required_type);
            items.extend(setters(api, definition, shape, Some(&constructor)));
        }
    }
    items
}

fn declaration(definition: &TypeDef, shape: &Struct) -> Item {
    let docs = type_docs(definition);
    let name = ident(&definition.name);
    let default = shape.required().next().is_none().then(|| quote!(Default,));
    let fields = shape.fields.iter().map(|field| declare(definition, field));
    let additional = shape.additional.as_ref().map(|additional| {
        let name = ident(&additional.name);
        let value = owned(&additional.type_ref, Place::Models);
        quote! {
            /// Properties that the document does not name.
            pub #name: std::collections::BTreeMap<String, #value>,
        }
    });
    Item::Code(quote! {
        #docs
        #[derive(Debug, Clone, PartialEq, #default)]
        #[non_exhaustive]
        pub struct #name {
            #(#fields,)*
            #additional
        }
    })
}

fn declare(definition: &TypeDef, field: &Field) -> TokenStream {
    let docs = field_docs(field);
    let name = ident(&field.name);
    let value = held(definition, field);
    quote!(#docs pub #name: #value)
}

fn field_docs(field: &Field) -> TokenStream {
    let otherwise = format!("The property {}.", code(&field.wire_name));
    let text = value_text(
        &field.docs,
        &field.constraints,
        field.default.as_ref(),
        &otherwise,
    );
    attributes(&deprecated_note(text, field.docs.deprecated), false)
}

/// A property that a request can leave out, set to null or set to a value.
pub(super) fn is_patch(definition: &TypeDef, field: &Field) -> bool {
    field.presence == Presence::OptionalNullable && definition.usage.request
}

/// The type of a field with its presence.
fn held(definition: &TypeDef, field: &Field) -> TokenStream {
    let value = content(field);
    match field.presence {
        Presence::Required => value,
        Presence::OptionalNullable if is_patch(definition, field) => {
            quote!(runtime::Patch<#value>)
        }
        _ => quote!(Option<#value>),
    }
}

/// The type of a field without its presence.
fn content(field: &Field) -> TokenStream {
    let value = owned(&field.type_ref, Place::Models);
    if field.boxed {
        quote!(Box<#value>)
    } else {
        value
    }
}

/// A parameter that takes what a caller is likely to have, and the expression that stores it.
fn argument(api: &Api, field: &Field) -> (TokenStream, TokenStream) {
    let name = ident(&field.name);
    let converts = matches!(
        api.resolved(&field.type_ref),
        TypeRef::String | TypeRef::Secret | TypeRef::File
    );
    let value = owned(&field.type_ref, Place::Models);
    let nullable = field.presence == Presence::RequiredNullable;
    match (converts, nullable, field.boxed) {
        (_, true, _) => {
            let value = content(field);
            (quote!(Option<#value>), quote!(#name))
        }
        (true, false, false) => (quote!(impl Into<#value>), quote!(#name.into())),
        (_, false, true) => (value, quote!(Box::new(#name))),
        (false, false, false) => (value, quote!(#name)),
    }
}

fn constructor(api: &Api, definition: &TypeDef, shape: &Struct) -> TokenStream {
    let text = format!("A `{}` with what is required.", definition.name);
    let docs = attributes(&text, false);
    let arguments = shape.required().map(|field| {
        let name = ident(&field.name);
        let (parameter, _) = argument(api, field);
        quote!(#name: #parameter)
    });
    let fields = shape.fields.iter().map(|field| {
        let name = ident(&field.name);
        if !field.is_required() {
            return absent(definition, field);
        }
        match argument(api, field).1 {
            value if value.to_string() == field.name => quote!(#name),
            value => quote!(#name: #value),
        }
    });
    let additional = additional_default(shape);
    quote! {
        #docs
        pub fn new(#(#arguments),*) -> Self {
            Self { #(#fields,)* #additional }
        }
    }
}

/// An optional field as it is before it is set.
fn absent(definition: &TypeDef, field: &Field) -> TokenStream {
    let name = ident(&field.name);
    if is_patch(definition, field) {
        quote!(#name: runtime::Patch::Absent)
    } else {
        quote!(#name: None)
    }
}

fn additional_default(shape: &Struct) -> Option<TokenStream> {
    let additional = shape.additional.as_ref()?;
    let name = ident(&additional.name);
    Some(quote!(#name: std::collections::BTreeMap::new()))
}

fn required_struct(definition: &TypeDef, shape: &Struct, required_type: &str) -> Item {
    let docs = attributes(&format!("What a [`{}`] requires.", definition.name), false);
    let name = ident(required_type);
    let fields = shape.required().map(|field| {
        let docs = field_docs(field);
        let name = ident(&field.name);
        let value = held(definition, field);
        quote!(#docs pub #name: #value)
    });
    Item::Code(quote! {
        #docs
        #[derive(Debug, Clone, PartialEq)]
        pub struct #name {
            #(#fields,)*
        }
    })
}

fn constructor_from_required(
    definition: &TypeDef,
    shape: &Struct,
    required_type: &str,
) -> TokenStream {
    let text = format!("A `{}` with what is required.", definition.name);
    let docs = attributes(&text, false);
    let required = ident(required_type);
    let fields = shape.fields.iter().map(|field| {
        let name = ident(&field.name);
        if field.is_required() {
            quote!(#name: required.#name)
        } else {
            absent(definition, field)
        }
    });
    let additional = additional_default(shape);
    quote! {
        #docs
        pub fn new(required: #required) -> Self {
            Self { #(#fields,)* #additional }
        }
    }
}

/// Methods that set what is optional, behind the constructor.
fn setters(
    api: &Api,
    definition: &TypeDef,
    shape: &Struct,
    constructor: Option<&TokenStream>,
) -> Option<Item> {
    let optional = shape.fields.iter().filter(|field| !field.is_required());
    let setters: Vec<TokenStream> = optional
        .map(|field| setter(api, definition, field))
        .collect();
    if constructor.is_none() && setters.is_empty() {
        return None;
    }
    let name = ident(&definition.name);
    Some(Item::Code(quote! {
        impl #name {
            #constructor
            #(#setters)*
        }
    }))
}

fn setter(api: &Api, definition: &TypeDef, field: &Field) -> TokenStream {
    let docs = setter_docs(field);
    let name = ident(&field.name);
    let (parameter, value) = if is_patch(definition, field) {
        let value = content(field);
        (
            quote!(impl Into<runtime::Patch<#value>>),
            quote!(#name.into()),
        )
    } else {
        let (parameter, value) = argument(api, field);
        (parameter, quote!(Some(#value)))
    };
    quote! {
        #docs
        #[must_use]
        pub fn #name(mut self, #name: #parameter) -> Self {
            self.#name = #value;
            self
        }
    }
}

fn setter_docs(field: &Field) -> TokenStream {
    attributes(&format!("Sets `{}`.", field.name), false)
}
