//! Enumerations.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use serde_json::Value;

use super::docs::{code, deprecated_note, markdown_or};
use super::models::type_text;
use super::types::{Place, ident, owned, variants};
use crate::format::{Comments, Item, Row, Table, fact, quoted};
use crate::ir::{Docs, StringEnum, TypeDef, TypeRef, ValueEnum};

/// The enumeration of texts, and the facts from which the runtime makes its conversions.
pub(super) fn string_enum(
    definition: &TypeDef,
    shape: &StringEnum,
    comments: &Comments,
) -> Vec<Item> {
    let values = shape.values.iter().map(|value| Variant {
        name: &value.name,
        docs: &value.docs,
        otherwise: match value.wire_name.as_str() {
            "" => "The empty text.".to_owned(),
            wire_name => format!("{}.", code(wire_name)),
        },
        value: quoted(&value.wire_name),
    });
    let enumeration = Enumeration {
        values: values.collect(),
        catch_all: &shape.catch_all,
        held: quote!(String),
        derives: quote!(Eq, Hash,),
        table: "string_enum",
    };
    enumeration.items(definition, comments)
}

/// The enumeration of integers or of scalars, and the facts from which the runtime makes its
/// conversions.
pub(super) fn value_enum(
    definition: &TypeDef,
    shape: &ValueEnum,
    comments: &Comments,
) -> Vec<Item> {
    let values = shape.values.iter().map(|value| Variant {
        name: &value.name,
        docs: &value.docs,
        otherwise: format!("{}.", code(&value.value.to_string())),
        value: literal(&value.value),
    });
    let (derives, held, table) = if shape.type_ref == TypeRef::Any {
        (quote!(), quote!(serde_json::Value), "value_enum")
    } else {
        let held = owned(&shape.type_ref, Place::Models);
        (quote!(Copy, Eq, Hash,), held, "integer_enum")
    };
    let enumeration = Enumeration {
        values: values.collect(),
        catch_all: &shape.catch_all,
        held,
        derives,
        table,
    };
    enumeration.items(definition, comments)
}

struct Enumeration<'v> {
    /// The variants for the values that the document lists.
    values: Vec<Variant<'v>>,
    /// The name of the variant for all others.
    catch_all: &'v str,
    /// What that variant holds.
    held: TokenStream,
    derives: TokenStream,
    /// The table of facts.
    table: &'static str,
}

struct Variant<'v> {
    name: &'v str,
    docs: &'v Docs,
    /// The documentation where the document has none.
    otherwise: String,
    /// The value, as the table of facts has it.
    value: String,
}

impl Enumeration<'_> {
    fn items(&self, definition: &TypeDef, comments: &Comments) -> Vec<Item> {
        let docs = comments.attribute(type_text(definition));
        let name = ident(&definition.name);
        let (default, mark) = default_of_one(self.values.len()).unzip();
        let known = self.values.iter();
        let known = known.map(|value| declare(value, mark.as_ref(), comments));
        let (held, derives) = (&self.held, &self.derives);
        let catch_all = ident(self.catch_all);
        let variants = variants(known, &catch_all, held);
        let values = self.values.iter();
        let values = values.map(|value| fact(ident(value.name), value.value.clone()));
        let conversions = conversions(self.table, &name, &catch_all, values.collect());
        vec![
            Item::Code(quote! {
                #docs
                #[derive(Debug, Clone, PartialEq, #derives #default)]
                #[non_exhaustive]
                pub enum #name #variants
            }),
            conversions,
        ]
    }
}

/// What derives the default and what marks the variant, where that is the only one that the document knows.
fn default_of_one(count: usize) -> Option<(TokenStream, TokenStream)> {
    (count == 1).then(|| (quote!(Default,), quote!(#[default])))
}

fn declare(
    variant: &Variant<'_>,
    default: Option<&TokenStream>,
    comments: &Comments,
) -> TokenStream {
    let text = markdown_or(&variant.docs.text, || variant.otherwise.clone());
    let docs = comments.attribute(deprecated_note(text, variant.docs.deprecated));
    let name = ident(variant.name);
    quote!(#docs #default #name,)
}

/// The facts from which the runtime makes the conversions of an enumeration.
fn conversions(table: &'static str, name: &Ident, catch_all: &Ident, values: Vec<String>) -> Item {
    Item::Table(Table {
        name: table,
        subject: name.to_string(),
        rows: vec![Row {
            kind: None,
            facts: values,
        }],
        rest: Some(catch_all.to_string()),
    })
}

/// A scalar as Rust writes it.
fn literal(value: &Value) -> String {
    match value {
        Value::String(text) => quoted(text),
        other => other.to_string(),
    }
}
