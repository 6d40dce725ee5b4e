//! What unions are made of: the one place that decides it, for emission and for comparison.

use super::{Api, Shape, TypeDef, TypeRef, Union, UnionVariant};

impl Api {
    /// The variants of a union that are made of their types alone, where callers send the union: those of
    /// which no other one holds the type, or what might be meant for it.
    pub fn variants_by_type<'u>(
        &self,
        definition: &TypeDef,
        union: &'u Union,
    ) -> Vec<&'u UnionVariant> {
        if !definition.usage.request {
            return Vec::new();
        }
        let own = TypeRef::Named(definition.name.clone());
        let types = union.variants.iter();
        let types: Vec<TypeRef> = types.map(|one| self.spelled_out(&one.type_ref)).collect();
        let variants = union.variants.iter().zip(&types);
        let variants = variants.filter(|(variant, meant)| {
            let is_named = is_named(&variant.type_ref);
            let is_alike =
                |other: &&TypeRef| *other == *meant || !is_named && kind(other) == kind(meant);
            let is_only = types.iter().filter(is_alike).count() == 1;
            is_only && kind(meant).is_some() && **meant != own
        });
        variants.map(|(variant, _)| variant).collect()
    }

    /// Whether a type is a union that callers make of what a variant holds.
    pub fn is_made_of_variants(&self, name: &str) -> bool {
        self.type_named(name)
            .is_some_and(|definition| match &definition.shape {
                Shape::Union(union) => !self.variants_by_type(definition, union).is_empty(),
                _ => false,
            })
    }

    /// A type without aliases.
    fn spelled_out(&self, type_ref: &TypeRef) -> TypeRef {
        match self.resolved(type_ref) {
            TypeRef::List(item) => TypeRef::List(Box::new(self.spelled_out(item))),
            TypeRef::Map(item) => TypeRef::Map(Box::new(self.spelled_out(item))),
            other => other.clone(),
        }
    }
}

/// What literals and lists look like before their types are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Named,
    Text,
    Bool,
    Integer,
    Number,
    List,
    Map,
}

/// What a value of a type looks like; nothing where it tells little of what is meant by it.
fn kind(type_ref: &TypeRef) -> Option<Kind> {
    use TypeRef::{I8, I16, I32, I64, U8, U16, U32, U64};
    match type_ref {
        TypeRef::Named(_) => Some(Kind::Named),
        TypeRef::String => Some(Kind::Text),
        TypeRef::Bool => Some(Kind::Bool),
        I8 | I16 | I32 | I64 | U8 | U16 | U32 | U64 => Some(Kind::Integer),
        TypeRef::F64 => Some(Kind::Number),
        TypeRef::List(_) => Some(Kind::List),
        TypeRef::Map(_) => Some(Kind::Map),
        _ => None,
    }
}

/// Whether a type is made of texts and of types with names.
fn is_named(type_ref: &TypeRef) -> bool {
    match type_ref {
        TypeRef::Named(_) | TypeRef::String => true,
        TypeRef::List(item) => is_named(item),
        _ => false,
    }
}
