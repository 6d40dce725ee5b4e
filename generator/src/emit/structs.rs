//! Structs, and how a caller builds them.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::{code, deprecated_note, value_text};
use super::models::type_text;
use super::objects::object;
use super::types::{Place, braces, ident, owned};
use crate::format::{Comments, Invocation, Item};
use crate::ir::{Api, Construction, Field, Holder, Presence, Struct, TypeDef, TypeRef};

/// The struct and what builds it.
pub(super) fn structure(
    api: &Api,
    definition: &TypeDef,
    shape: &Struct,
    construction: Construction<'_>,
    comments: &Comments,
) -> Vec<Item> {
    let mut items = vec![
        declaration(definition, shape, comments),
        object(api, definition, shape),
    ];
    let constructor = match construction {
        Construction::None => return items,
        Construction::Default => None,
        Construction::Arguments => {
            let arguments = shape
                .required()
                .map(|field| setting(api, definition, field));
            let filled = filled(shape);
            Some(quote!(new(#(#arguments),* #filled)))
        }
        Construction::Required(required_type) => {
            items.push(required_struct(definition, shape, required_type, comments));
            let required_type = ident(required_type);
            let members = shape.required().map(|field| ident(&field.name));
            let filled = filled(shape);
            Some(quote!(new(required: #required_type { #(#members),* } #filled)))
        }
    };
    let optional = shape.fields.iter().filter(|field| field.is_optional());
    let setters = optional.map(|field| setting(api, definition, field));
    items.push(building(definition, shape, constructor, setters.collect()));
    items
}

/// The fields that a constructor fills in, for there is only one value.
fn filled(shape: &Struct) -> Option<TokenStream> {
    let fields = shape.fields.iter();
    let filled = fields.filter(|field| !field.is_required() && field.is_plain());
    let names: Vec<_> = filled.map(|field| ident(&field.name)).collect();
    (!names.is_empty()).then(|| quote!(; #(#names),*))
}

/// The facts from which the runtime makes the constructor and the setters.
fn building(
    definition: &TypeDef,
    shape: &Struct,
    constructor: Option<TokenStream>,
    setters: Vec<TokenStream>,
) -> Item {
    let name = ident(&definition.name);
    let additional = shape.additional.as_ref();
    let additional = additional.filter(|_| constructor.is_some()).map(|rest| {
        let name = ident(&rest.name);
        quote!(..#name)
    });
    let statements = [quote!(#name)].into_iter().chain(constructor);
    let statements = statements.chain(setters).chain(additional);
    Item::Invocation(Invocation::new("construction", statements))
}

/// The name of a field, and the type that a caller may give for it.
fn setting(api: &Api, definition: &TypeDef, field: &Field) -> TokenStream {
    let name = ident(&field.name);
    let given = given(api, definition, field);
    quote!(#name: #given)
}

/// What a caller is likely to have.
fn given(api: &Api, definition: &TypeDef, field: &Field) -> TokenStream {
    if field.holder(definition.usage) == Holder::Patch {
        let value = content(field);
        return quote!(impl Into<runtime::Patch<#value>>);
    }
    let value = owned(&field.type_ref, Place::Models);
    let converts = match api.resolved(&field.type_ref) {
        TypeRef::String | TypeRef::Secret | TypeRef::File | TypeRef::FormPart => true,
        TypeRef::Named(name) => api.is_made_of_variants(name),
        _ => false,
    };
    match field.presence {
        Presence::RequiredNullable => {
            let value = content(field);
            quote!(Option<#value>)
        }
        _ if converts && !field.boxed => quote!(impl Into<#value>),
        _ => value,
    }
}

fn declaration(definition: &TypeDef, shape: &Struct, comments: &Comments) -> Item {
    let docs = comments.attribute(type_text(definition));
    let name = ident(&definition.name);
    let default = shape.required().next().is_none().then(|| quote!(Default,));
    let fields = shape.fields.iter();
    let fields = fields.map(|field| declare(definition, field, comments));
    let additional = shape.additional.as_ref().map(|additional| {
        let name = ident(&additional.name);
        let value = owned(&additional.type_ref, Place::Models);
        quote! {
            /// Properties that the document does not name.
            pub #name: std::collections::BTreeMap<String, #value>,
        }
    });
    let fields = braces(fields.chain(additional).collect());
    Item::Code(quote! {
        #docs
        #[derive(Debug, Clone, PartialEq, #default)]
        #[non_exhaustive]
        pub struct #name #fields
    })
}

fn declare(definition: &TypeDef, field: &Field, comments: &Comments) -> TokenStream {
    let docs = comments.attribute(field_text(field));
    let name = ident(&field.name);
    let value = held(definition, field);
    quote!(#docs pub #name: #value,)
}

fn field_text(field: &Field) -> String {
    let otherwise = || format!("The property {}.", code(&field.wire_name));
    let text = value_text(
        &field.docs,
        &field.constraints,
        field.default.as_ref(),
        otherwise,
    );
    deprecated_note(text, field.docs.deprecated)
}

/// The type of a field with its presence.
fn held(definition: &TypeDef, field: &Field) -> TokenStream {
    let value = content(field);
    match field.holder(definition.usage) {
        Holder::Plain => value,
        Holder::Option => quote!(Option<#value>),
        Holder::Patch => quote!(runtime::Patch<#value>),
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

fn required_struct(
    definition: &TypeDef,
    shape: &Struct,
    required_type: &str,
    comments: &Comments,
) -> Item {
    let docs = comments.attribute(format!("What a [`{}`] requires.", definition.name));
    let name = ident(required_type);
    let fields = shape.required();
    let fields = fields.map(|field| declare(definition, field, comments));
    let fields = braces(fields.collect());
    Item::Code(quote! {
        #docs
        #[derive(Debug, Clone, PartialEq)]
        pub struct #name #fields
    })
}
