//! Makes types finite: boxes the fields through which a struct would contain itself, and cuts
//! aliases and unions that would never end.

use std::collections::{HashMap, HashSet};

use super::graph;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Location, Place};
use crate::document::{Document, Pointer};
use crate::ir::{Shape, TypeDef, TypeRef};

/// Cuts aliases that lead to themselves through aliases, lists and maps alone, which Rust cannot
/// name: their content becomes any JSON.
pub(super) fn cut_endless_aliases(
    types: &mut [TypeDef],
    document: &Document,
    diagnostics: &mut Diagnostics,
) {
    let mut aliases: HashMap<String, Vec<String>> = HashMap::new();
    for definition in types.iter() {
        if let Shape::Alias(alias) = &definition.shape {
            let targets = named(&alias.target).into_iter().map(ToOwned::to_owned);
            aliases.insert(definition.name.clone(), targets.collect());
        }
    }
    for definition in types {
        let Shape::Alias(alias) = &mut definition.shape else {
            continue;
        };
        let targets = named(&alias.target);
        if !targets
            .iter()
            .any(|target| reaches(&aliases, target, &definition.name))
        {
            continue;
        }
        cut(&mut alias.target);
        aliases.remove(&definition.name);
        let location = Location {
            file: document.file,
            place: Place::Value(Pointer::from_text(definition.pointer.as_str())),
        };
        diagnostics.push(Diagnostic::new(
            Code::UnsupportedSchema,
            location,
            "the schema contains itself without an object between: its content is kept as JSON",
        ));
    }
}

/// Takes alternatives out of unions that lead back to the union through unions and aliases alone:
/// reading the same value as each in turn would never end. What only they accept is kept as an
/// unknown value.
pub(super) fn cut_endless_unions(
    types: &mut [TypeDef],
    document: &Document,
    diagnostics: &mut Diagnostics,
) {
    let mut edges: HashMap<String, Vec<String>> = HashMap::new();
    for definition in types.iter() {
        let targets: Vec<&TypeRef> = match &definition.shape {
            Shape::Union(union) => union.variants.iter().map(|one| &one.type_ref).collect(),
            Shape::Alias(alias) => vec![&alias.target],
            _ => continue,
        };
        let names = targets.into_iter().filter_map(same_value);
        edges.insert(definition.name.clone(), names.map(str::to_owned).collect());
    }
    for definition in types {
        let Shape::Union(union) = &mut definition.shape else {
            continue;
        };
        let count = union.variants.len();
        union.variants.retain(|variant| {
            !same_value(&variant.type_ref)
                .is_some_and(|target| reaches(&edges, target, &definition.name))
        });
        if union.variants.len() == count {
            continue;
        }
        let left = union.variants.iter();
        let left = left.filter_map(|one| same_value(&one.type_ref));
        edges.insert(definition.name.clone(), left.map(str::to_owned).collect());
        let location = Location {
            file: document.file,
            place: Place::Value(Pointer::from_text(definition.pointer.as_str())),
        };
        diagnostics.push(Diagnostic::new(
            Code::UnsupportedSchema,
            location,
            "an alternative leads back to the schema without an object between: it is left out",
        ));
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
    let rings = rings(types);
    let recursive = |type_ref: &TypeRef, holder: usize| {
        let mut targets = by_value(type_ref).into_iter();
        targets.any(|target| rings.get(target) == Some(&holder))
    };
    for definition in types {
        let Some(holder) = rings.get(&definition.name).copied() else {
            continue;
        };
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

/// A number for each type; types that hold one another by value have the same.
fn rings(types: &[TypeDef]) -> HashMap<String, usize> {
    let positions: HashMap<&str, usize> = types
        .iter()
        .enumerate()
        .map(|(position, definition)| (definition.name.as_str(), position))
        .collect();
    let edges: Vec<Vec<usize>> = types
        .iter()
        .map(|definition| {
            let names = held_by_value(definition).into_iter();
            names
                .filter_map(|name| positions.get(name).copied())
                .collect()
        })
        .collect();
    let names = types.iter().map(|definition| definition.name.clone());
    names.zip(graph::components(&edges)).collect()
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

fn held_by_value(definition: &TypeDef) -> Vec<&str> {
    let types: Vec<&TypeRef> = match &definition.shape {
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

fn reaches(edges: &HashMap<String, Vec<String>>, from: &str, to: &str) -> bool {
    let mut seen = HashSet::new();
    let mut pending = vec![from];
    while let Some(name) = pending.pop() {
        if name == to {
            return true;
        }
        if seen.insert(name) {
            pending.extend(edges.get(name).into_iter().flatten().map(String::as_str));
        }
    }
    false
}
