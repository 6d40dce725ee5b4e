//! What methods take for parameters and bodies.

use proc_macro2::TokenStream;
use quote::quote;

use super::types::{Place, owned};
use crate::ir::Argument;

/// The type of the argument.
pub(super) fn argument(argument: &Argument<'_>) -> TokenStream {
    match argument {
        Argument::Text => quote!(&str),
        Argument::Secret => quote!(&runtime::Secret),
        Argument::Plain => quote!(impl ParamValue),
        Argument::Value(type_ref) => owned(type_ref, Place::Api),
        Argument::Borrowed(type_ref) => {
            let value = owned(type_ref, Place::Api);
            quote!(&#value)
        }
        Argument::Slice(item) => {
            let item = owned(item, Place::Api);
            quote!(&[#item])
        }
        Argument::Serialisable => quote!(impl serde::Serialize),
        Argument::Items(item) => {
            let item = self::argument(item);
            quote!(impl IntoIterator<Item = #item>)
        }
        Argument::IntoText => quote!(impl Into<String>),
        Argument::IntoFile => quote!(impl Into<runtime::FileUpload>),
    }
}
