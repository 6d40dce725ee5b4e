//! Which operations a change reaches, and on which way.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};

use super::change::{Change, Direction, Draft, Reach, Side, Subject};
use super::words;
use crate::ir::{Api, Operation, Shape, TypeDef, TypeRef};

/// Adds to each change the operations that it reaches.
pub(super) fn complete(old: &Api, new: &Api, drafts: Vec<Draft>) -> Vec<Change> {
    let wanted = |side: Side| -> HashSet<String> {
        let subjects = drafts.iter().map(|draft| &draft.subject);
        subjects
            .filter_map(|subject| match subject {
                Subject::Type { side: of, name, .. } if *of == side => Some(name.clone()),
                _ => None,
            })
            .collect()
    };
    let (old, new) = (ways(old, &wanted(Side::Old)), ways(new, &wanted(Side::New)));
    let reach = |subject: &Subject| match subject {
        Subject::Api => Vec::new(),
        Subject::Operation(operation) => vec![Reach {
            operation: operation.clone(),
            direction: Direction::Call,
            path: String::new(),
        }],
        Subject::Parameter(operation, name) => vec![Reach {
            operation: operation.clone(),
            direction: Direction::Parameter,
            path: name.clone(),
        }],
        Subject::Type { side, name, member } => {
            let ways = match side {
                Side::Old => &old,
                Side::New => &new,
            };
            let ways = ways.get(name).into_iter().flatten();
            ways.map(|way| extended(way, member.as_deref())).collect()
        }
    };
    drafts
        .into_iter()
        .map(|draft| Change {
            reach: reach(&draft.subject),
            kind: draft.kind,
            effect: draft.effect,
            what: draft.what,
            meaning: draft.meaning,
            old: draft.old,
            new: draft.new,
        })
        .collect()
}

fn extended(way: &Reach, member: Option<&str>) -> Reach {
    let path = match member {
        Some(member) => joined(&way.path, member),
        None => way.path.clone(),
    };
    Reach {
        path,
        ..way.clone()
    }
}

fn joined(path: &str, step: &str) -> String {
    if path.is_empty() {
        step.to_owned()
    } else {
        format!("{path}.{step}")
    }
}

/// The shortest way from each part of each operation to each of the types.
fn ways(api: &Api, wanted: &HashSet<String>) -> BTreeMap<String, BTreeSet<Reach>> {
    let mut found: BTreeMap<String, BTreeSet<Reach>> = BTreeMap::new();
    if wanted.is_empty() {
        return found;
    }
    let types: HashMap<&str, &TypeDef> = api
        .types
        .iter()
        .map(|definition| (definition.name.as_str(), definition))
        .collect();
    for operation in api.operations() {
        for (direction, roots) in parts(operation) {
            let mut waiting: VecDeque<(&str, String)> = VecDeque::new();
            for (type_ref, path) in roots {
                step(type_ref, path, &mut waiting);
            }
            let mut seen = HashSet::new();
            while let Some((name, path)) = waiting.pop_front() {
                if !seen.insert(name) {
                    continue;
                }
                if let Some(definition) = types.get(name) {
                    steps(definition, &path, &mut waiting);
                }
                if wanted.contains(name) {
                    found.entry(name.to_owned()).or_default().insert(Reach {
                        operation: words::operation(operation),
                        direction,
                        path,
                    });
                }
            }
        }
    }
    found
}

/// The types that the parts of a call hold directly.
fn parts(operation: &Operation) -> Vec<(Direction, Vec<(&TypeRef, String)>)> {
    let params = operation.params.iter();
    let params = params.map(|param| (&param.type_ref, param.wire_name.clone()));
    let whole = |type_ref| (type_ref, String::new());
    let (success, failure) = (&operation.success, &operation.failure.payload);
    let headers = operation.headers.iter();
    let headers = headers.map(|header| (&header.type_ref, header.wire_name.clone()));
    vec![
        (Direction::Parameter, params.collect()),
        (
            Direction::Request,
            operation
                .bodies()
                .map(|body| whole(&body.type_ref))
                .collect(),
        ),
        (
            Direction::Answer,
            success
                .types()
                .into_iter()
                .map(whole)
                .chain(headers)
                .collect(),
        ),
        (
            Direction::Error,
            failure.types().into_iter().map(whole).collect(),
        ),
    ]
}

/// The types that a type holds.
fn steps<'a>(definition: &'a TypeDef, path: &str, waiting: &mut VecDeque<(&'a str, String)>) {
    match &definition.shape {
        Shape::Struct(shape) => {
            for field in &shape.fields {
                step(&field.type_ref, joined(path, &field.wire_name), waiting);
            }
            if let Some(additional) = &shape.additional {
                step(&additional.type_ref, joined(path, "*"), waiting);
            }
        }
        Shape::Union(shape) => {
            for variant in &shape.variants {
                step(&variant.type_ref, path.to_owned(), waiting);
            }
        }
        Shape::Alias(alias) => step(&alias.target, path.to_owned(), waiting),
        Shape::StringEnum(_) | Shape::ValueEnum(_) => {}
    }
}

fn step<'a>(type_ref: &'a TypeRef, path: String, waiting: &mut VecDeque<(&'a str, String)>) {
    match type_ref {
        TypeRef::Named(name) => waiting.push_back((name, path)),
        TypeRef::Nullable(inner) => step(inner, path, waiting),
        TypeRef::List(inner) => step(inner, format!("{path}[]"), waiting),
        TypeRef::Map(inner) => step(inner, joined(&path, "*"), waiting),
        TypeRef::Tuple(items) => {
            for (index, item) in items.iter().enumerate() {
                step(item, format!("{path}[{index}]"), waiting);
            }
        }
        _ => {}
    }
}
