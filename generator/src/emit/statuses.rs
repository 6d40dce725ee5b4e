//! Bodies whose type depends on the status code.

use std::collections::BTreeSet;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::answers::{event_data, receiver};
use super::types::ident;
use crate::format::{Invocation, Item, Statement, lines};
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
    statements.extend(variants.map(|variant| statement(by_status, variant)));
    Item::Invocation(Invocation {
        name: if streams {
            "received_by_status"
        } else {
            "by_status"
        },
        statements,
    })
}

fn statement(by_status: &StatusEnum, variant: &StatusVariant) -> Statement {
    let pattern = pattern(by_status, variant);
    let name = ident(&variant.name);
    let reader = match &variant.payload {
        Payload::Empty | Payload::ByStatus(_) => None,
        payload => {
            let reader = reader(payload);
            Some(quote!(: #reader))
        }
    };
    Statement {
        attributes: lines(&status_text(&variant.statuses)),
        ..Statement::new(quote!(#pattern => #name #reader))
    }
}

fn status_text(statuses: &[StatusPattern]) -> String {
    let named = statuses
        .iter()
        .filter(|status| **status != StatusPattern::Default);
    let named: Vec<String> = named.map(|status| format!("`{}`", status.text())).collect();
    let has_default = named.len() < statuses.len();
    let text = named.join(", ");
    if named.is_empty() {
        "Any other status.".to_owned()
    } else if has_default {
        format!("Status {text}, and any other.")
    } else {
        format!("Status {text}.")
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

/// The status codes of a variant. A code that another variant names is not part of a range.
fn pattern(by_status: &StatusEnum, variant: &StatusVariant) -> TokenStream {
    if variant.statuses.contains(&StatusPattern::Default) {
        return quote!(_);
    }
    let others = by_status.variants.iter();
    let others = others.filter(|other| other.name != variant.name);
    let named = others.flat_map(|other| &other.statuses);
    let named: Vec<u16> = named.filter_map(|status| status.code()).collect();
    let mut codes = BTreeSet::new();
    for status in &variant.statuses {
        match status {
            StatusPattern::Code(code) => codes.extend([*code]),
            StatusPattern::Range(hundred) => {
                let all = (hundred * 100)..(hundred * 100 + 100);
                codes.extend(all.filter(|code| !named.contains(code)));
            }
            StatusPattern::Default => {}
        }
    }
    let codes: Vec<u16> = codes.into_iter().collect();
    let runs = codes.chunk_by(|code, next| code + 1 == *next).map(run);
    quote!(#(#runs)|*)
}

/// The pattern of codes that follow each other.
fn run(codes: &[u16]) -> TokenStream {
    match codes {
        [first, .., last] if codes.len() > 2 => {
            let (first, last) = (number(*first), number(*last));
            quote!(#first..=#last)
        }
        few => {
            let few = few.iter().map(|code| number(*code));
            quote!(#(#few)|*)
        }
    }
}

fn number(code: u16) -> Literal {
    Literal::u16_unsuffixed(code)
}
