//! Decides which module holds each type: that of the one tag which uses it, or the shared one.

use std::collections::HashMap;

use crate::ir::{Operation, Resource, Shape, TypeDef, TypeRef};

/// The module of types that several tags use, or none.
const SHARED: &str = "shared";

/// The module of types that only a group called `models` uses: one of that name within `models` would confuse
/// readers.
const IN_MODELS: &str = "models_operations";

/// Who uses a type, as far as it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Users<'a> {
    None,
    One(&'a str),
    Several,
}

impl Users<'_> {
    /// Both together.
    fn with(self, other: Self) -> Self {
        match (self, other) {
            (Self::None, users) | (users, Self::None) => users,
            (one, other) if one == other => one,
            _ => Self::Several,
        }
    }
}

/// Sets the module of every type.
///
/// The users of a type are handed on to the types that it mentions. Those of a type change twice at
/// most, so the work grows with the document and no faster.
pub(super) fn assign_modules(types: &mut [TypeDef], resources: &[Resource]) {
    let positions: HashMap<&str, usize> = types
        .iter()
        .enumerate()
        .map(|(position, definition)| (definition.name.as_str(), position))
        .collect();
    let mut users = vec![Users::None; types.len()];
    let mut pending: Vec<(&str, Users<'_>)> = Vec::new();
    for resource in resources {
        let user = Users::One(&resource.module);
        let mut names = Vec::new();
        for operation in &resource.operations {
            roots(operation, &mut names);
        }
        pending.extend(names.into_iter().map(|name| (name, user)));
    }
    while let Some((name, more)) = pending.pop() {
        let position = positions.get(name).copied().unwrap_or(types.len());
        let (Some(known), Some(definition)) = (users.get_mut(position), types.get(position)) else {
            continue;
        };
        let together = known.with(more);
        if *known != together {
            *known = together;
            let names = mentioned(&definition.shape).into_iter();
            pending.extend(names.map(|name| (name, together)));
        }
    }
    for (definition, users) in types.iter_mut().zip(users) {
        let module = match users {
            Users::One("models") => IN_MODELS,
            Users::One(module) => module,
            Users::None | Users::Several => SHARED,
        };
        module.clone_into(&mut definition.module);
    }
}

fn roots<'a>(operation: &'a Operation, names: &mut Vec<&'a str>) {
    for param in &operation.params {
        add_named(&param.type_ref, names);
    }
    for body in operation.bodies() {
        add_named(&body.type_ref, names);
    }
    for header in &operation.headers {
        add_named(&header.type_ref, names);
    }
    let answers = operation.success.types().into_iter();
    for type_ref in answers.chain(operation.failure.payload.types()) {
        add_named(type_ref, names);
    }
}

fn mentioned(shape: &Shape) -> Vec<&str> {
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

fn add_named<'a>(type_ref: &'a TypeRef, names: &mut Vec<&'a str>) {
    if let TypeRef::Named(name) = type_ref {
        names.push(name);
    }
    for part in type_ref.parts() {
        add_named(part, names);
    }
}
