//! Makes types finite: boxes the fields through which a struct would contain itself, and cuts
//! aliases and unions that would never end.

use std::collections::HashMap;

use super::graph;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::{Document, Pointer};
use crate::ir::{Shape, TypeDef, TypeRef};

/// Cuts aliases that lead to themselves through aliases, lists and maps alone, which Rust cannot
/// name: their content becomes any JSON.
pub(super) fn cut_endless_aliases(
    types: &mut [TypeDef],
    document: &Document,
    diagnostics: &mut Diagnostics,
) {
    let mut leads = Leads::of(types, |shape| match shape {
        Shape::Alias(alias) => named(&alias.target),
        _ => Vec::new(),
    });
    for (position, definition) in types.iter_mut().enumerate() {
        let Shape::Alias(alias) = &mut definition.shape else {
            continue;
        };
        let targets = named(&alias.target);
        if !targets.iter().any(|target| leads.back(position, target)) {
            continue;
        }
        cut(&mut alias.target);
        leads.cut(position);
        diagnostics.push(unsupported(
            document,
            definition,
            "the schema contains itself without an object between: its content is kept as JSON",
        ));
    }
}

fn unsupported(document: &Document, definition: &TypeDef, message: &str) -> Diagnostic {
    let location = document.value_at(Pointer::from_text(definition.pointer.as_str()));
    Diagnostic::new(Code::UnsupportedSchema, location, message)
}

/// Takes alternatives out of unions that lead back to the union through unions and aliases alone:
/// reading the same value as each in turn would never end. What only they accept is kept as an
/// unknown value.
pub(super) fn cut_endless_unions(
    types: &mut [TypeDef],
    document: &Document,
    diagnostics: &mut Diagnostics,
) {
    let mut leads = Leads::of(types, |shape| match shape {
        Shape::Union(union) => {
            let variants = union.variants.iter();
            variants
                .filter_map(|one| same_value(&one.type_ref))
                .collect()
        }
        Shape::Alias(alias) => same_value(&alias.target).into_iter().collect(),
        _ => Vec::new(),
    });
    for (position, definition) in types.iter_mut().enumerate() {
        let Shape::Union(union) = &mut definition.shape else {
            continue;
        };
        let count = union.variants.len();
        union.variants.retain(|variant| {
            !same_value(&variant.type_ref).is_some_and(|target| leads.back(position, target))
        });
        if union.variants.len() == count {
            continue;
        }
        leads.cut(position);
        diagnostics.push(unsupported(
            document,
            definition,
            "an alternative leads back to the schema without an object between: it is left out",
        ));
    }
}

/// Which types lead to which, in one of several ways.
struct Leads {
    positions: HashMap<String, usize>,
    edges: Vec<Vec<usize>>,
    /// A number for each type; those that lead to one another have the same.
    rings: Vec<usize>,
}

impl Leads {
    fn of(types: &[TypeDef], targets: fn(&Shape) -> Vec<&str>) -> Self {
        let names = types.iter().map(|definition| definition.name.clone());
        let positions: HashMap<String, usize> = names.zip(0..).collect();
        let position = |name: &str| positions.get(name).copied();
        let edges: Vec<Vec<usize>> = types
            .iter()
            .map(|definition| {
                let targets = targets(&definition.shape).into_iter();
                targets.filter_map(position).collect()
            })
            .collect();
        Self {
            rings: graph::components(&edges),
            positions,
            edges,
        }
    }

    /// Whether a type that another one leads to leads back to it.
    fn back(&self, from: usize, target: &str) -> bool {
        let target = self.positions.get(target);
        target.is_some_and(|&target| self.rings.get(target) == self.rings.get(from))
    }

    /// Takes away what leads a type back to itself.
    fn cut(&mut self, position: usize) {
        let ring = self.rings.get(position).copied();
        if let Some(edges) = self.edges.get_mut(position) {
            edges.retain(|&target| self.rings.get(target).copied() != ring);
        }
        let members = self.rings.iter().filter(|other| Some(**other) == ring);
        if members.count() > 1 {
            self.rings = graph::components(&self.edges);
        }
    }
}

/// The named type that reads the very value that is there.
fn same_value(type_ref: &TypeRef) -> Option<&str> {
    match type_ref {
        TypeRef::Named(name) => Some(name),
        TypeRef::Nullable(inner) => same_value(inner),
        _ => None,
    }
}

/// The named types within lists, maps and tuples.
fn named(type_ref: &TypeRef) -> Vec<&str> {
    match type_ref {
        TypeRef::Named(name) => vec![name],
        _ => type_ref.parts().iter().flat_map(named).collect(),
    }
}

fn cut(type_ref: &mut TypeRef) {
    match type_ref {
        TypeRef::List(inner) | TypeRef::Map(inner) | TypeRef::Nullable(inner) => cut(inner),
        other => *other = TypeRef::Any,
    }
}

/// Boxes every field and variant that lies on a cycle of types held by value.
pub(super) fn box_recursive_fields(types: &mut [TypeDef]) {
    let leads = Leads::of(types, held_by_value);
    let recursive = |type_ref: &TypeRef, holder: usize| {
        let mut targets = by_value(type_ref).into_iter();
        targets.any(|target| leads.back(holder, target))
    };
    for (holder, definition) in types.iter_mut().enumerate() {
        match &mut definition.shape {
            Shape::Struct(structure) => {
                for field in &mut structure.fields {
                    field.boxed = recursive(&field.type_ref, holder);
                }
            }
            Shape::Union(union) => {
                for variant in &mut union.variants {
                    variant.boxed = recursive(&variant.type_ref, holder);
                }
            }
            Shape::StringEnum(_) | Shape::ValueEnum(_) | Shape::Alias(_) => {}
        }
    }
}

/// The named types that a value holds without a list or a map between them.
fn by_value(type_ref: &TypeRef) -> Vec<&str> {
    match type_ref {
        TypeRef::Named(name) => vec![name],
        TypeRef::Nullable(_) | TypeRef::Tuple(_) => {
            type_ref.parts().iter().flat_map(by_value).collect()
        }
        _ => Vec::new(),
    }
}

fn held_by_value(shape: &Shape) -> Vec<&str> {
    let types: Vec<&TypeRef> = match shape {
        Shape::Struct(structure) => structure
            .fields
            .iter()
            .map(|field| &field.type_ref)
            .collect(),
        Shape::Union(union) => union
            .variants
            .iter()
            .map(|variant| &variant.type_ref)
            .collect(),
        Shape::Alias(alias) => vec![&alias.target],
        Shape::StringEnum(_) | Shape::ValueEnum(_) => Vec::new(),
    };
    types.into_iter().flat_map(by_value).collect()
}
