//! Bodies whose type depends on the status code.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::answers::{event_data, receiver};
use super::docs::lines;
use super::types::ident;
use crate::format::{Invocation, Item, Statement};
use crate::ir::{Payload, StatusEnum, StatusPattern, StatusVariant};

/// The enumeration of the bodies, and how the status code chooses one.
pub(super) fn status_enum(by_status: &StatusEnum) -> Item {
    let streams = by_status.variants.iter().any(|one| one.payload.streams());
    let name = ident(&by_status.name);
    let mut statements = vec![Statement::new(quote!(#name))];
    let is_default = |variant: &&StatusVariant| variant.statuses.contains(&StatusPattern::Default);
    let variants = by_status.variants.iter();
    let (last, first): (Vec<_>, Vec<_>) = variants.partition(is_default);
    // The first pattern that fits is taken, and the default fits all.
    let variants = first.into_iter().chain(last);
    statements.extend(variants.filter_map(|variant| statement(by_status, variant)));
    Item::Invocation(Invocation {
        name: if streams {
            "received_by_status"
        } else {
            "by_status"
        },
        statements,
    })
}

/// A variant; nothing where it stands for a range all of whose codes others name.
fn statement(by_status: &StatusEnum, variant: &StatusVariant) -> Option<Statement> {
    let pattern = pattern(by_status, variant);
    let name = ident(&variant.name);
    let reader = match &variant.payload {
        Payload::Empty | Payload::ByStatus(_) => None,
        payload => {
            let reader = reader(payload);
            Some(quote!(: #reader))
        }
    };
    (!pattern.is_empty()).then(|| Statement {
        docs: lines(&status_text(&variant.statuses)),
        ..Statement::new(quote!(#pattern => #name #reader))
    })
}

fn status_text(statuses: &[StatusPattern]) -> String {
    let is_default = |status: &&StatusPattern| **status == StatusPattern::Default;
    let named = statuses.iter().filter(|status| !is_default(status));
    let named: Vec<String> = named.map(|status| format!("`{}`", status.text())).collect();
    match (
        named.join(", "),
        statuses.iter().any(|status| is_default(&status)),
    ) {
        (named, true) if named.is_empty() => "Any other status.".to_owned(),
        (named, true) => format!("Status {named}, and any other."),
        (named, false) => format!("Status {named}."),
    }
}

/// The type of the runtime that reads a body, which the macro knows by its name alone.
fn reader(payload: &Payload) -> TokenStream {
    if let Payload::Events(data) = payload {
        let data = event_data(data, &quote!(runtime::));
        return quote!(EventStream<#data>);
    }
    receiver(payload, &TokenStream::new())
}

/// The status codes of a variant. A code that is named is not part of a range.
fn pattern(by_status: &StatusEnum, variant: &StatusVariant) -> TokenStream {
    if variant.statuses.contains(&StatusPattern::Default) {
        return quote!(_);
    }
    let mut named: Vec<u16> = by_status.variants.iter().flat_map(codes).collect();
    named.sort_unstable();
    let mut patterns: Vec<TokenStream> = Vec::new();
    for status in &variant.statuses {
        match status {
            StatusPattern::Code(code) => patterns.push(number(*code)),
            StatusPattern::Range(hundred) => patterns.extend(unnamed(*hundred, &named)),
            StatusPattern::Default => {}
        }
    }
    quote!(#(#patterns)|*)
}

/// The patterns of a hundred codes but for those that are named.
fn unnamed(hundred: u16, named: &[u16]) -> Vec<TokenStream> {
    let mut first = hundred * 100;
    let end = first + 100;
    let mut patterns = Vec::new();
    for code in named.iter().filter(|code| **code / 100 == hundred) {
        patterns.extend(range(first, *code));
        first = code + 1;
    }
    patterns.extend(range(first, end));
    patterns
}

fn codes(variant: &StatusVariant) -> impl Iterator<Item = u16> {
    variant.statuses.iter().filter_map(|status| match status {
        StatusPattern::Code(code) => Some(*code),
        StatusPattern::Range(_) | StatusPattern::Default => None,
    })
}

/// The pattern of the codes from one to before another, where there are any.
fn range(first: u16, end: u16) -> Option<TokenStream> {
    match end.saturating_sub(first) {
        0 => None,
        1 => Some(number(first)),
        _ => {
            let (first, last) = (number(first), number(end - 1));
            Some(quote!(#first..=#last))
        }
    }
}

fn number(code: u16) -> TokenStream {
    let code = Literal::u16_unsuffixed(code);
    quote!(#code)
}
