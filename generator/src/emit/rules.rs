//! What the document allows in requests.

use std::collections::{HashMap, HashSet};

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::types::{Place, ident, owned};
use crate::format::Item;
use crate::ir::{Api, Body, BodyEncoding, Bounds, Constraints, Shape, Struct, TypeDef, TypeRef};
use crate::pattern::portable;

/// The types of requests that limit what they hold, themselves or by a type within.
pub(super) struct Limited<'a> {
    types: HashMap<&'a str, &'a TypeDef>,
    names: HashSet<&'a str>,
}

impl<'a> Limited<'a> {
    pub(super) fn of(api: &'a Api) -> Self {
        let types = api.types.iter();
        let mut limited = Self {
            types: types.map(|known| (known.name.as_str(), known)).collect(),
            names: HashSet::new(),
        };
        // A type that holds one that limits something limits something itself.
        let mut holders: HashMap<&str, Vec<&str>> = HashMap::new();
        let mut open = Vec::new();
        for definition in &api.types {
            let (Shape::Struct(shape), true) = (&definition.shape, definition.usage.request) else {
                continue;
            };
            let name = definition.name.as_str();
            if !limited.parts(shape).is_empty() {
                open.push(name);
            }
            let fields = shape.fields.iter().map(|field| &field.type_ref);
            let rest = shape.additional.iter().map(|rest| &rest.type_ref);
            for held in fields.chain(rest).filter_map(|held| limited.held(held)) {
                holders.entry(held).or_default().push(name);
            }
        }
        while let Some(name) = open.pop() {
            if limited.names.insert(name) {
                open.extend(holders.remove(name).unwrap_or_default());
            }
        }
        limited
    }

    /// The struct that a type is, or that is within it.
    fn held(&self, type_ref: &'a TypeRef) -> Option<&'a str> {
        match type_ref {
            TypeRef::Named(name) => match &self.types.get(name.as_str())?.shape {
                Shape::Alias(alias) => self.held(&alias.target),
                _ => Some(name),
            },
            TypeRef::Nullable(inner) | TypeRef::List(inner) | TypeRef::Map(inner) => {
                self.held(inner)
            }
            _ => None,
        }
    }

    /// The rules of a type of requests.
    pub(super) fn item(&self, definition: &TypeDef, shape: &Struct) -> Option<Item> {
        if !definition.usage.request {
            return None;
        }
        let name = ident(&definition.name);
        let parts = self.parts(shape);
        // A property of this name has a setter where the method would be.
        let taken = shape.fields.iter().any(|field| field.name == "validate");
        let prefix = taken.then(|| quote!(impl));
        Some(Item(quote! {
            runtime::rules!(#prefix #name, { #parts });
        }))
    }

    /// The rules of properties, and behind a semicolon those of all that have no name.
    fn parts(&self, shape: &Struct) -> TokenStream {
        let rest = shape.additional.as_ref().and_then(|rest| {
            let constraints = self.within(&rest.type_ref, &rest.constraints);
            self.rules(&rest.type_ref, constraints, Place::Models)
        });
        let fields = shape.fields.iter().filter_map(|field| {
            let rules = self.rules(&field.type_ref, &field.constraints, Place::Models);
            // A property that is not listed would be taken for one without a name.
            let rules = rules.or_else(|| rest.is_some().then(|| quote!({})))?;
            let name = &field.wire_name;
            Some(quote!(#name: #rules))
        });
        let fields = quote!(#(#fields),*);
        let rest = rest.map(|rest| quote!(; each: #rest));
        quote!(#fields #rest)
    }

    /// The rules of a request body.
    pub(super) fn body(&self, body: &Body) -> Option<TokenStream> {
        if !matches!(body.encoding, BodyEncoding::Json | BodyEncoding::Form) {
            return None;
        }
        let rules = self.rules(&body.type_ref, &Constraints::default(), Place::Api)?;
        Some(quote!(runtime::body_rules!(#rules);))
    }

    /// The rules of a use of a type, in braces; nothing where it limits nothing.
    fn rules(
        &self,
        type_ref: &TypeRef,
        constraints: &Constraints,
        place: Place,
    ) -> Option<TokenStream> {
        let mut parts = own_rules(constraints);
        parts.extend(self.type_rules(type_ref, constraints, place));
        (!parts.is_empty()).then(|| quote!({ #(#parts),* }))
    }

    fn type_rules(
        &self,
        type_ref: &TypeRef,
        constraints: &Constraints,
        place: Place,
    ) -> Option<TokenStream> {
        match type_ref {
            TypeRef::Named(name) if self.names.contains(name.as_str()) => {
                let name = owned(type_ref, place);
                Some(quote!(of: [#name]))
            }
            TypeRef::Named(name) => match &self.types.get(name.as_str())?.shape {
                // The use of an alias repeats the limits of the alias itself.
                Shape::Alias(alias) => self.type_rules(&alias.target, &alias.constraints, place),
                _ => None,
            },
            TypeRef::Nullable(inner) => self.type_rules(inner, constraints, place),
            TypeRef::List(inner) | TypeRef::Map(inner) => {
                let none = Constraints::default();
                let each = constraints.each.as_deref().unwrap_or(&none);
                let rules = self.rules(inner, self.within(inner, each), place)?;
                Some(quote!(each: #rules))
            }
            _ => None,
        }
    }

    /// The limits of a value within another one: its own, or those of the alias that it is.
    fn within<'c>(&self, type_ref: &TypeRef, own: &'c Constraints) -> &'c Constraints
    where
        'a: 'c,
    {
        match self.alias_constraints(type_ref) {
            Some(constraints) if own.is_empty() => constraints,
            _ => own,
        }
    }

    fn alias_constraints(&self, type_ref: &TypeRef) -> Option<&'a Constraints> {
        match type_ref {
            TypeRef::Nullable(inner) => self.alias_constraints(inner),
            TypeRef::Named(name) => match &self.types.get(name.as_str())?.shape {
                Shape::Alias(alias) => Some(&alias.constraints),
                _ => None,
            },
            _ => None,
        }
    }
}

/// The rules of a value that do not depend on what is within it.
fn own_rules(constraints: &Constraints) -> Vec<TokenStream> {
    let mut parts = Vec::new();
    if let Some(limit) = constraints.minimum.map(number) {
        let key = key(
            constraints.exclusive_minimum,
            "exclusive_minimum",
            "minimum",
        );
        parts.push(quote!(#key: #limit));
    }
    if let Some(limit) = constraints.maximum.map(number) {
        let key = key(
            constraints.exclusive_maximum,
            "exclusive_maximum",
            "maximum",
        );
        parts.push(quote!(#key: #limit));
    }
    if let Some(step) = constraints.multiple_of.map(number) {
        parts.push(quote!(multiple_of: #step));
    }
    bounds(constraints.length, "min_length", "max_length", &mut parts);
    bounds(constraints.items, "min_items", "max_items", &mut parts);
    bounds(
        constraints.properties,
        "min_properties",
        "max_properties",
        &mut parts,
    );
    if constraints.unique_items {
        parts.push(quote!(unique_items: true));
    }
    if let Some(Ok(pattern)) = constraints.pattern.as_deref().map(portable) {
        parts.push(quote!(pattern: #pattern));
    }
    parts
}

fn key(exclusive: bool, one: &str, other: &str) -> proc_macro2::Ident {
    ident(if exclusive { one } else { other })
}

fn bounds(bounds: Bounds, least: &str, most: &str, parts: &mut Vec<TokenStream>) {
    for (name, limit) in [(least, bounds.minimum), (most, bounds.maximum)] {
        if let Some(limit) = limit {
            let name = ident(name);
            let limit = Literal::u64_unsuffixed(limit);
            parts.push(quote!(#name: #limit));
        }
    }
}

/// One token tree, as the macro of the runtime takes it.
fn number(value: f64) -> TokenStream {
    let size = Literal::f64_unsuffixed(value.abs());
    if value < 0.0 {
        quote!((-#size))
    } else {
        quote!(#size)
    }
}
