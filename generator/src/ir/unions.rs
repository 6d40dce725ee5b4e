//! What unions are made of: the one place that decides it, for emission and for comparison.

use super::{Api, Shape, TypeDef, TypeRef, Union, UnionVariant};

impl Api {
    /// The variants of a union that are made of their types alone: those of which no other one holds the
    /// type, where callers send the union.
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
            let is_only = types.iter().filter(|other| other == meant).count() == 1;
            is_only && tells(meant) && is_named(&variant.type_ref) && **meant != own
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
            other => other.clone(),
        }
    }
}

/// Whether a value of a type tells what is meant by it, which a number hardly does.
fn tells(type_ref: &TypeRef) -> bool {
    matches!(
        type_ref,
        TypeRef::Named(_) | TypeRef::String | TypeRef::List(_)
    )
}

/// Whether a type is made of texts and of types with names.
fn is_named(type_ref: &TypeRef) -> bool {
    match type_ref {
        TypeRef::Named(_) | TypeRef::String => true,
        TypeRef::List(item) => is_named(item),
        _ => false,
    }
}
