//! Lists that are fetched page by page.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::types::{Place, ident, owned};
use crate::format::{Invocation, Item};
use crate::ir::{
    Continuation, CursorSource, FieldStep, Holder, Operation, Paging, PagingPlace, Payload,
    Position,
};

/// The declaration of a list.
pub(super) fn paged(operation: &Operation, paging: &Paging) -> Item {
    let marker = ident(&operation.marker);
    let item = owned(&paging.item, Place::Api);
    let start = position(&paging.position);
    let place = match paging.place {
        PagingPlace::Query => None,
        PagingPlace::Body => Some(quote!(in InBody)),
    };
    let mut statements = vec![quote!(#marker -> #item), quote!(#start #place)];
    if let Some(limit) = &paging.limit {
        let parameter = &limit.parameter;
        let most = limit.most.map(|most| {
            let most = Literal::u64_unsuffixed(most);
            quote!(to #most)
        });
        statements.push(quote!(limit = #parameter #most));
    }
    let (whole, borrowed_whole) = match &operation.success.payload {
        Payload::OptionalJson(_) => (quote!(page?), quote!(page.as_ref()?)),
        _ => (quote!(page), quote!(page)),
    };
    let items = moved(&paging.items);
    statements.push(quote!(items(page) = #whole #items));
    if let Position::Cursor { next, .. } = &paging.position {
        statements.push(match next {
            CursorSource::Answer(steps) => {
                let next = borrowed(steps);
                quote!(next(page) = #borrowed_whole #next)
            }
            CursorSource::LastItem(steps) => {
                let (list, id) = (borrowed(&paging.items), borrowed(steps));
                quote!(next(page) = #borrowed_whole #list .last()? #id)
            }
            CursorSource::Link(steps) => {
                let link = borrowed(steps);
                quote!(link(page) = #borrowed_whole #link)
            }
        });
    }
    statements.extend(paging.continuation.as_ref().map(|told| match told {
        Continuation::Text(steps) => {
            let steps = borrowed(steps);
            quote!(next(page) = #borrowed_whole #steps)
        }
        Continuation::Flag(steps) => {
            let steps = copied(steps);
            quote!(more(page) = #borrowed_whole #steps)
        }
    }));
    Item::Invocation(Invocation::new("paged", statements))
}

fn position(position: &Position) -> TokenStream {
    let parameter = position.parameter();
    match position {
        Position::Offset { .. } => quote!(Offset = #parameter),
        Position::Number { first, .. } => {
            let first = Literal::u64_unsuffixed(*first);
            quote!(PageNumber = #parameter from #first)
        }
        Position::Cursor { .. } => quote!(Cursor = #parameter),
    }
}

/// The way to a field that is taken out of a value.
fn moved(steps: &[FieldStep]) -> TokenStream {
    let steps = steps.iter().map(|step| {
        let field = ident(&step.field);
        match step.holder {
            Holder::Plain => quote!(.#field),
            Holder::Option => quote!(.#field?),
            Holder::Patch => quote!(.#field.value()?.clone()),
        }
    });
    quote!(#(#steps)*)
}

/// The way from a borrowed value to a field of it.
pub(super) fn borrowed(steps: &[FieldStep]) -> TokenStream {
    let steps = steps.iter().map(|step| {
        let field = ident(&step.field);
        match step.holder {
            Holder::Plain => quote!(.#field),
            Holder::Option => quote!(.#field.as_ref()?),
            Holder::Patch => quote!(.#field.value()?),
        }
    });
    quote!(#(#steps)*)
}

/// The way from a borrowed value to a field of it whose value can be copied.
fn copied(steps: &[FieldStep]) -> TokenStream {
    let Some((last, before)) = steps.split_last() else {
        return TokenStream::new();
    };
    let before = borrowed(before);
    let field = ident(&last.field);
    match last.holder {
        Holder::Plain => quote!(#before.#field),
        Holder::Option => quote!(#before.#field?),
        Holder::Patch => quote!(#before.#field.value().copied()?),
    }
}
