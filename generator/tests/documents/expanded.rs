//! Emitted code as the macros of the runtime expand it, as far as its names and types go.

use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::parse::{Parse, ParseStream, Parser};
use syn::{
    Attribute, Error, Expr, File, Ident, Item, LitInt, LitStr, Macro, Pat, Token, Type, braced,
    parenthesized,
};

/// The items of a file, those in place of macros among them.
pub(crate) fn items(text: &str) -> syn::Result<Vec<Item>> {
    let file: File = syn::parse_str(text)?;
    let mut items = Vec::new();
    for item in file.items {
        match &item {
            Item::Macro(call) => items.extend(expand(&call.mac)?),
            _ => items.push(item),
        }
    }
    Ok(items)
}

fn expand(call: &Macro) -> syn::Result<Vec<Item>> {
    let name = call.path.segments.last().map(|last| last.ident.to_string());
    let tokens = call.tokens.clone();
    let expanded = match name.as_deref() {
        Some("endpoint") => endpoint.parse2(tokens)?,
        Some("parameters") => parameters.parse2(tokens)?,
        Some("construction") => construction.parse2(tokens)?,
        Some("by_status" | "received_by_status") => by_status.parse2(tokens)?,
        Some("rules" | "union_rules") => rules.parse2(tokens)?,
        Some("paged") => paged.parse2(tokens)?,
        // These add nothing that has a name.
        Some(
            "blocking_client" | "integer_enum" | "object" | "string_enum" | "tagged_union"
            | "overlapping_union" | "union" | "value_enum",
        ) => TokenStream::new(),
        _ => return Err(Error::new_spanned(&call.path, "there is no such macro")),
    };
    let file: File = syn::parse2(expanded)?;
    Ok(file.items)
}

fn endpoint(input: ParseStream<'_>) -> syn::Result<TokenStream> {
    let marker: Ident = input.parse()?;
    input.parse::<Token![->]>()?;
    let result: Type = input.parse()?;
    input.parse::<Token![;]>()?;
    if input.parse::<Option<LitStr>>()?.is_none() {
        input.parse::<Ident>()?;
    }
    input.parse::<LitStr>()?;
    input.parse::<Token![as]>()?;
    input.parse::<LitStr>()?;
    input.parse::<Token![;]>()?;
    let mut facts = FACTS.iter();
    while !input.is_empty() {
        let name: Ident = input.parse()?;
        if !facts.any(|fact| name == fact) {
            return Err(Error::new_spanned(
                name,
                "there is no such fact, or not here",
            ));
        }
        input.parse::<Token![=]>()?;
        if name == "bodies" || name == "parameters" {
            let rules;
            braced!(rules in input);
            rules.parse_terminated(named_rules, Token![,])?;
        } else {
            input.parse::<Expr>()?;
        }
        input.parse::<Token![;]>()?;
    }
    Ok(quote! {
        pub struct #marker;
        impl Endpoint for #marker {
            type Result = #result;
        }
    })
}

/// What an endpoint may say besides, in this order.
const FACTS: &[&str] = &[
    "doc",
    "retry",
    "security",
    "server",
    "accept",
    "redirects",
    "bodies",
    "parameters",
];

/// Rules behind what they are about.
fn named_rules(input: ParseStream<'_>) -> syn::Result<()> {
    while !input.peek(Token![:]) {
        input.parse::<TokenTree>()?;
    }
    input.parse::<Token![:]>()?;
    braced_rules(input)
}

fn braced_rules(input: ParseStream<'_>) -> syn::Result<()> {
    let rules;
    braced!(rules in input);
    rules.parse_terminated(rule, Token![,])?;
    Ok(())
}

fn rule(input: ParseStream<'_>) -> syn::Result<()> {
    let name: Ident = input.parse()?;
    input.parse::<Token![:]>()?;
    if name == "each" {
        return braced_rules(input);
    }
    input.parse::<Expr>()?;
    Ok(())
}

fn rules(input: ParseStream<'_>) -> syn::Result<TokenStream> {
    input.parse::<Option<Token![impl]>>()?;
    input.parse::<Ident>()?;
    if input.parse::<Option<Token![=]>>()?.is_some() {
        input.parse::<LitStr>()?;
    }
    input.parse::<Token![;]>()?;
    while !input.is_empty() {
        named_rules(input)?;
        input.parse::<Token![;]>()?;
    }
    Ok(TokenStream::new())
}

fn paged(input: ParseStream<'_>) -> syn::Result<TokenStream> {
    let marker: Ident = input.parse()?;
    input.parse::<Token![->]>()?;
    let item: Type = input.parse()?;
    input.parse::<Token![;]>()?;
    let mut ways = TokenStream::new();
    while !input.is_empty() {
        let name: Ident = input.parse()?;
        if input.parse::<Option<Token![=]>>()?.is_some() {
            input.parse::<LitStr>()?;
            if input.parse::<Option<Ident>>()?.is_some() {
                input.parse::<LitInt>()?;
            }
            if input.parse::<Option<Token![in]>>()?.is_some() {
                input.parse::<Ident>()?;
            }
        } else {
            let page;
            parenthesized!(page in input);
            let page: Ident = page.parse()?;
            input.parse::<Token![=]>()?;
            let way: Expr = input.parse()?;
            ways.extend(quote!(fn #name(#page: Page) -> Option<Way> { Some(#way) }));
        }
        input.parse::<Token![;]>()?;
    }
    Ok(quote! {
        impl Paged for #marker {
            type Item = #item;
            #ways
        }
    })
}

fn parameters(input: ParseStream<'_>) -> syn::Result<TokenStream> {
    let marker = subject(input)?;
    let mut setters = TokenStream::new();
    while !input.is_empty() {
        let Declared { name, given } = input.parse()?;
        input.parse::<Token![=]>()?;
        let method: Ident = input.parse()?;
        let arguments;
        parenthesized!(arguments in input);
        let arguments: TokenStream = arguments.parse()?;
        input.parse::<Token![;]>()?;
        setters.extend(quote! {
            pub fn #name(self, #name: #given) -> Self { self.#method(#name, #arguments) }
        });
    }
    Ok(quote!(impl<M> Call<#marker, M> { #setters }))
}

fn construction(input: ParseStream<'_>) -> syn::Result<TokenStream> {
    let name = subject(input)?;
    let mut methods = TokenStream::new();
    while !input.is_empty() && !input.peek(Token![..]) {
        if input.peek(Ident) && input.peek2(syn::token::Paren) {
            let constructor: Ident = input.parse()?;
            let arguments;
            parenthesized!(arguments in input);
            let arguments = constructor_arguments(&arguments)?;
            methods.extend(quote!(pub fn #constructor(#arguments) -> Self {}));
        } else {
            let Declared { name, given } = input.parse()?;
            methods.extend(quote!(pub fn #name(self, #name: #given) -> Self {}));
        }
        input.parse::<Token![;]>()?;
    }
    if input.parse::<Option<Token![..]>>()?.is_some() {
        input.parse::<Ident>()?;
        input.parse::<Token![;]>()?;
    }
    Ok(quote!(impl #name { #methods }))
}

fn constructor_arguments(input: ParseStream<'_>) -> syn::Result<TokenStream> {
    let mut arguments = TokenStream::new();
    while !input.is_empty() {
        let Declared { name, given } = input.parse()?;
        arguments.extend(quote!(#name: #given,));
        if input.peek(syn::token::Brace) {
            let members;
            braced!(members in input);
            members.parse_terminated(Ident::parse, Token![,])?;
        }
        input.parse::<Option<Token![,]>>()?;
        if input.parse::<Option<Token![;]>>()?.is_some() {
            input.parse_terminated(Ident::parse, Token![,])?;
        }
    }
    Ok(arguments)
}

fn by_status(input: ParseStream<'_>) -> syn::Result<TokenStream> {
    let name = subject(input)?;
    let mut variants = TokenStream::new();
    while !input.is_empty() {
        input.call(Attribute::parse_outer)?;
        Pat::parse_multi(input)?;
        input.parse::<Token![=>]>()?;
        let variant: Ident = input.parse()?;
        let held = match input.parse::<Option<Token![:]>>()? {
            Some(_) => input.parse::<Type>()?.into_token_stream(),
            None => TokenStream::new(),
        };
        input.parse::<Token![;]>()?;
        variants.extend(quote!(#variant(#held),));
    }
    Ok(quote!(pub enum #name { #variants }))
}

/// What the statements are about.
fn subject(input: ParseStream<'_>) -> syn::Result<Ident> {
    let name = input.parse()?;
    input.parse::<Token![;]>()?;
    Ok(name)
}

/// A name and a type.
struct Declared {
    name: Ident,
    given: Type,
}

impl Parse for Declared {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        input.call(Attribute::parse_outer)?;
        let name = input.parse()?;
        input.parse::<Token![:]>()?;
        let given = input.parse()?;
        Ok(Self { name, given })
    }
}
