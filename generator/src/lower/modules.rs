//! Decides which module holds each type: that of the one tag which uses it, or the shared one.

use std::collections::{HashMap, HashSet};

use crate::ir::{Operation, Payload, Resource, Shape, TypeDef, TypeRef};

/// The module of types that several tags use, or none.
const SHARED: &str = "shared";

/// Sets the module of every type.
pub(super) fn assign_modules(types: &mut [TypeDef], resources: &[Resource]) {
    let index: HashMap<String, Vec<String>> = types
        .iter()
        .map(|definition| (definition.name.clone(), mentioned(&definition.shape)))
        .collect();
    let mut users: HashMap<String, HashSet<&str>> = HashMap::new();
    for resource in resources {
        let mut pending: Vec<String> = Vec::new();
        for operation in &resource.operations {
            roots(operation, &mut pending);
        }
        let mut seen = HashSet::new();
        while let Some(name) = pending.pop() {
            if seen.insert(name.clone()) {
                users
                    .entry(name.clone())
                    .or_default()
                    .insert(&resource.module);
                pending.extend(index.get(&name).into_iter().flatten().cloned());
            }
        }
    }
    for definition in types {
        let module = match users.get(&definition.name) {
            Some(modules) if modules.len() == 1 => modules.iter().next().copied(),
            _ => None,
        };
        module.unwrap_or(SHARED).clone_into(&mut definition.module);
    }
}

fn roots(operation: &Operation, names: &mut Vec<String>) {
    for param in &operation.params {
        add_named(&param.type_ref, names);
    }
    if let Some(body) = &operation.body {
        add_named(&body.type_ref, names);
    }
    let payloads = [&operation.success.payload, &operation.failure.payload];
    for type_ref in payloads.into_iter().flat_map(Payload::types) {
        add_named(type_ref, names);
    }
}

fn mentioned(shape: &Shape) -> Vec<String> {
    let mut names = Vec::new();
    match shape {
        Shape::Struct(structure) => {
            for field in &structure.fields {
                add_named(&field.type_ref, &mut names);
            }
            if let Some(additional) = &structure.additional {
                add_named(&additional.type_ref, &mut names);
            }
        }
        Shape::Union(union) => {
            for variant in &union.variants {
                add_named(&variant.type_ref, &mut names);
            }
        }
        Shape::Alias(alias) => add_named(&alias.target, &mut names),
        Shape::StringEnum(_) | Shape::ValueEnum(_) => {}
    }
    names
}

fn add_named(type_ref: &TypeRef, names: &mut Vec<String>) {
    if let TypeRef::Named(name) = type_ref {
        names.push(name.clone());
    }
    for part in type_ref.parts() {
        add_named(part, names);
    }
}
