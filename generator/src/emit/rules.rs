//! What the document allows in requests.

use std::collections::{HashMap, HashSet};

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::types::{Place, ident, owned};
use super::unions::by_breadth;
use crate::format::{Invocation, Item};
use crate::ir::{
    Api, Body, BodyEncoding, Bounds, Constraints, Operation, Param, ParamLocation, Shape, Struct,
    TypeDef, TypeRef, Union, UnionVariant,
};

/// The types of requests that limit what they hold, themselves or by a type within.
pub(super) struct Limited<'a> {
    types: HashMap<&'a str, &'a TypeDef>,
    names: HashSet<&'a str>,
    /// The patterns that can be checked.
    patterns: &'a HashMap<String, String>,
}

impl<'a> Limited<'a> {
    pub(super) fn of(api: &'a Api) -> Self {
        let types = api.types.iter();
        let mut limited = Self {
            types: types.map(|known| (known.name.as_str(), known)).collect(),
            names: HashSet::new(),
            patterns: &api.patterns,
        };
        // A type that holds one that limits something limits something itself.
        let mut holders: HashMap<&str, Vec<&str>> = HashMap::new();
        let mut open = Vec::new();
        for definition in &api.types {
            if !definition.usage.request {
                continue;
            }
            let name = definition.name.as_str();
            if limited.limits_itself(&definition.shape) {
                open.push(name);
            }
            let parts = parts_of(&definition.shape).into_iter();
            for held in parts.filter_map(|held| limited.held(held)) {
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

    /// A type has limits other than those of the types within it.
    fn limits_itself(&self, shape: &Shape) -> bool {
        match shape {
            Shape::Struct(shape) => !self.parts(shape).is_empty(),
            Shape::Union(union) => {
                let mut variants = union.variants.iter();
                variants.any(|variant| self.variant(variant).is_some())
            }
            _ => false,
        }
    }

    /// The struct or union that a type is, or that is within it.
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

    /// The types that the rules of a type mention, which its fields need not do: an alias may stand
    /// between.
    pub(super) fn mentioned(&self, definition: &'a TypeDef) -> Vec<&'a str> {
        if !definition.usage.request {
            return Vec::new();
        }
        let parts = parts_of(&definition.shape).into_iter();
        let held = parts.filter_map(|part| self.held(part));
        held.filter(|name| self.names.contains(name)).collect()
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
        Some(invocation("rules", quote!(#prefix #name), parts))
    }

    /// The rules of a union of requests.
    pub(super) fn union(&self, api: &Api, definition: &TypeDef, shape: &Union) -> Option<Item> {
        if !definition.usage.request {
            return None;
        }
        let name = ident(&definition.name);
        if !self.names.contains(definition.name.as_str()) {
            return Some(invocation("rules", quote!(#name), Vec::new()));
        }
        let told = shape.discriminator.as_ref();
        let (subject, variants) = if let Some(property) = told.filter(|_| !shape.has_shared_tags())
        {
            let variants = shape.variants.iter().filter_map(|variant| {
                let (tags, rules) = (&variant.tags, self.variant(variant)?);
                Some(quote!([#(#tags),*]: #rules))
            });
            (quote!(#name = #property), variants.collect())
        } else {
            let variants = by_breadth(api, shape).into_iter().map(|variant| {
                let name = ident(&variant.name);
                let rules = self.variant(variant).unwrap_or_else(|| quote!({}));
                quote!(#name: #rules)
            });
            (quote!(#name), variants.collect())
        };
        Some(invocation("union_rules", subject, variants))
    }

    fn variant(&self, variant: &UnionVariant) -> Option<TokenStream> {
        let constraints = self.within(&variant.type_ref, &variant.constraints);
        self.rules(&variant.type_ref, constraints, Place::Models)
    }

    /// The rules of properties, and behind them those of all that have no name.
    fn parts(&self, shape: &Struct) -> Vec<TokenStream> {
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
        let mut parts: Vec<TokenStream> = fields.collect();
        parts.extend(rest.map(|rest| quote!(each: #rest)));
        parts
    }

    /// The rules of what an operation sends.
    pub(super) fn operation(&self, operation: &Operation) -> Vec<TokenStream> {
        let bodies = operation.bodies();
        let bodies: Vec<_> = bodies.filter_map(|body| self.body(body)).collect();
        let params = operation.params.iter();
        let params: Vec<_> = params.filter_map(|param| self.param(param)).collect();
        let bodies = (!bodies.is_empty()).then(|| quote!(bodies = { #(#bodies),* }));
        let params = (!params.is_empty()).then(|| quote!(parameters = { #(#params),* }));
        bodies.into_iter().chain(params).collect()
    }

    /// The rules of a request body, by the media type that the runtime gives it.
    fn body(&self, body: &Body) -> Option<TokenStream> {
        let media_type = match body.encoding {
            BodyEncoding::Json | BodyEncoding::Multipart => body.media_type.as_str(),
            BodyEncoding::Form => "application/x-www-form-urlencoded",
            BodyEncoding::Text | BodyEncoding::Bytes => return None,
        };
        let constraints = self.within(&body.type_ref, &body.constraints);
        let rules = self.rules(&body.type_ref, constraints, Place::Api)?;
        Some(quote!(#media_type: #rules))
    }

    fn param(&self, param: &Param) -> Option<TokenStream> {
        let constraints = self.within(&param.type_ref, &param.constraints);
        let rules = self.rules(&param.type_ref, constraints, Place::Api)?;
        let place = ident(match param.location {
            ParamLocation::Path => "Path",
            ParamLocation::Query => "Query",
            ParamLocation::Header => "Header",
            ParamLocation::Cookie => "Cookie",
        });
        let name = &param.wire_name;
        Some(quote!(#place #name: #rules))
    }

    /// The rules of a use of a type, in braces; nothing where it limits nothing.
    fn rules(
        &self,
        type_ref: &TypeRef,
        constraints: &Constraints,
        place: Place,
    ) -> Option<TokenStream> {
        let mut parts = Vec::new();
        // A parameter that is a text cannot be told from a number where it looks like one.
        if !self.is_text(type_ref) {
            parts.extend(number_rules(constraints));
        }
        parts.extend(own_rules(constraints));
        let pattern = constraints.pattern.as_ref();
        let pattern = pattern.and_then(|pattern| self.patterns.get(pattern));
        parts.extend(pattern.map(|pattern| quote!(pattern: #pattern)));
        parts.extend(self.type_rules(type_ref, constraints, place));
        (!parts.is_empty()).then(|| quote!({ #(#parts),* }))
    }

    fn is_text(&self, type_ref: &TypeRef) -> bool {
        match type_ref {
            TypeRef::String | TypeRef::Secret | TypeRef::Base64 => true,
            TypeRef::Nullable(inner) => self.is_text(inner),
            TypeRef::Named(name) => match self.types.get(name.as_str()).map(|known| &known.shape) {
                Some(Shape::Alias(alias)) => self.is_text(&alias.target),
                Some(Shape::StringEnum(_)) => true,
                _ => false,
            },
            other => other.is_formatted_text(),
        }
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

/// A call of a macro: what it is about, and a statement for each part of that.
fn invocation(name: &'static str, subject: TokenStream, parts: Vec<TokenStream>) -> Item {
    Item::Invocation(Invocation::new(name, [subject].into_iter().chain(parts)))
}

/// The types that a type is made of.
fn parts_of(shape: &Shape) -> Vec<&TypeRef> {
    match shape {
        Shape::Struct(shape) => {
            let fields = shape.fields.iter().map(|field| &field.type_ref);
            let rest = shape.additional.iter().map(|rest| &rest.type_ref);
            fields.chain(rest).collect()
        }
        Shape::Union(union) => {
            let variants = union.variants.iter();
            variants.map(|variant| &variant.type_ref).collect()
        }
        _ => Vec::new(),
    }
}

/// The rules of a number.
fn number_rules(constraints: &Constraints) -> Vec<TokenStream> {
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
    if !constraints.allowed.is_empty() {
        let allowed = constraints.allowed.iter().map(ToString::to_string);
        parts.push(quote!(allowed: [#(#allowed),*]));
    }
    parts
}

/// The rules of a value that do not depend on what is within it, but for those of numbers and patterns.
fn own_rules(constraints: &Constraints) -> Vec<TokenStream> {
    let mut parts = Vec::new();
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
