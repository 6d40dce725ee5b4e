//! Which type and which operation of the older state is which one of the newer state.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::likeness;
use crate::ir::{Api, Operation, Resource, Shape, TypeDef};

/// How much of two shapes must be the same for a type to count as renamed.
const SAME_SHAPE: f64 = 0.75;

/// An operation with the group that holds it.
pub(super) type Call<'a> = (&'a Resource, &'a Operation);

/// What belongs together.
pub(super) struct Matches<'a> {
    /// Types of both states.
    pub(super) types: Vec<(&'a TypeDef, &'a TypeDef)>,
    /// Types of the older state alone.
    pub(super) types_removed: Vec<&'a TypeDef>,
    /// Types of the newer state alone.
    pub(super) types_added: Vec<&'a TypeDef>,
    /// Operations of both states.
    pub(super) operations: Vec<(Call<'a>, Call<'a>)>,
    /// Operations of the older state alone.
    pub(super) operations_removed: Vec<Call<'a>>,
    /// Operations of the newer state alone.
    pub(super) operations_added: Vec<Call<'a>>,
    /// The newer names of types that were renamed, by the older ones.
    renamed: HashMap<&'a str, &'a str>,
}

impl<'a> Matches<'a> {
    pub(super) fn of(old: &'a Api, new: &'a Api) -> Self {
        let (mut types_removed, mut types_added) =
            (old.types.iter().collect(), new.types.iter().collect());
        let mut types = take(&mut types_removed, &mut types_added, |one| one.name.clone());
        types.extend(take(&mut types_removed, &mut types_added, |one| {
            one.pointer.clone()
        }));
        types.extend(take_alike(&mut types_removed, &mut types_added));
        let (mut operations_removed, mut operations_added) = (calls(old), calls(new));
        let operations = match_operations(&mut operations_removed, &mut operations_added);
        let renamed = types
            .iter()
            .filter(|(old, new)| old.name != new.name)
            .map(|(old, new)| (old.name.as_str(), new.name.as_str()))
            .collect();
        Self {
            types,
            types_removed,
            types_added,
            operations,
            operations_removed,
            operations_added,
            renamed,
        }
    }

    /// The name that a type of the older state has in the newer one.
    pub(super) fn newer_name(&self, name: &str) -> String {
        self.renamed.get(name).copied().unwrap_or(name).to_owned()
    }
}

fn calls(api: &Api) -> Vec<Call<'_>> {
    let resources = api.resources.iter();
    resources
        .flat_map(|resource| {
            let operations = resource.operations.iter();
            operations.map(move |operation| (resource, operation))
        })
        .collect()
}

/// By method and path first, then by `operationId`, then by the method that callers write.
fn match_operations<'a>(
    removed: &mut Vec<Call<'a>>,
    added: &mut Vec<Call<'a>>,
) -> Vec<(Call<'a>, Call<'a>)> {
    let mut pairs = take(removed, added, |(_, operation)| {
        (operation.method.as_str(), plain_path(&operation.path))
    });
    pairs.extend(take(removed, added, |(_, operation)| operation.id.clone()));
    pairs.extend(take(removed, added, |(resource, operation)| {
        (resource.module.clone(), operation.name.clone())
    }));
    pairs
}

/// A path whose parameters have no names: those are no part of the request.
pub(super) fn plain_path(path: &str) -> String {
    let mut plain = String::with_capacity(path.len());
    let mut inside = false;
    for character in path.chars() {
        match character {
            '{' => inside = true,
            '}' => inside = false,
            _ if inside => continue,
            _ => {}
        }
        plain.push(character);
    }
    plain
}

/// Takes what has the same key on both sides out of two lists. A key that is not unique is none.
pub(super) fn take<T: Copy, K: std::hash::Hash + Eq>(
    old: &mut Vec<T>,
    new: &mut Vec<T>,
    key: impl Fn(&T) -> K,
) -> Vec<(T, T)> {
    let mut index: HashMap<K, Option<usize>> = HashMap::new();
    for (position, one) in new.iter().enumerate() {
        let entry = index.entry(key(one)).or_insert(Some(position));
        if *entry != Some(position) {
            *entry = None;
        }
    }
    let mut pairs = Vec::new();
    let mut taken = HashSet::new();
    old.retain(|one| {
        let partner = index.get(&key(one)).copied().flatten();
        let partner = partner.filter(|position| taken.insert(*position));
        match partner.and_then(|position| new.get(position)) {
            Some(other) => {
                pairs.push((*one, *other));
                false
            }
            None => true,
        }
    });
    let mut position = 0;
    new.retain(|_| {
        position += 1;
        !taken.contains(&(position - 1))
    });
    pairs
}

/// Takes pairs of indices out of two lists.
pub(super) fn take_indices<T: Copy>(
    old: &mut Vec<T>,
    new: &mut Vec<T>,
    indices: &[(usize, usize)],
) -> Vec<(T, T)> {
    let found = indices
        .iter()
        .filter_map(|(one, other)| Some((*old.get(*one)?, *new.get(*other)?)))
        .collect();
    let remove = |list: &mut Vec<T>, gone: HashSet<usize>| {
        let mut position = 0;
        list.retain(|_| {
            position += 1;
            !gone.contains(&(position - 1))
        });
    };
    remove(old, indices.iter().map(|(one, _)| *one).collect());
    remove(new, indices.iter().map(|(_, other)| *other).collect());
    found
}

/// Types of another name that hold the same: the evidence is their content.
fn take_alike<'a>(
    removed: &mut Vec<&'a TypeDef>,
    added: &mut Vec<&'a TypeDef>,
) -> Vec<(&'a TypeDef, &'a TypeDef)> {
    let contents = |list: &[&'a TypeDef]| list.iter().map(|one| content(one)).collect::<Vec<_>>();
    let (old, new) = (contents(removed), contents(added));
    let indices = likeness::pairs(&old, &new, SAME_SHAPE, |one, other| match (one, other) {
        // One member in common is no evidence.
        (Some((kind, one)), Some((other_kind, other)))
            if kind == other_kind && one.len() > 1 && other.len() > 1 =>
        {
            likeness::overlap(one, other)
        }
        _ => 0.0,
    });
    take_indices(removed, added, &indices)
}

fn content(definition: &TypeDef) -> Option<(&'static str, BTreeSet<&str>)> {
    match &definition.shape {
        Shape::Struct(shape) => {
            let fields = shape.fields.iter();
            Some(("struct", fields.map(|one| one.wire_name.as_str()).collect()))
        }
        Shape::StringEnum(shape) => {
            let values = shape.values.iter();
            Some(("enum", values.map(|one| one.wire_name.as_str()).collect()))
        }
        Shape::ValueEnum(shape) => {
            let values = shape.values.iter();
            Some(("values", values.map(|one| one.name.as_str()).collect()))
        }
        Shape::Union(shape) => {
            let variants = shape.variants.iter();
            Some(("union", variants.map(|one| one.name.as_str()).collect()))
        }
        Shape::Alias(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{plain_path, take};

    #[test]
    fn names_of_path_parameters_do_not_tell_operations_apart() {
        assert_eq!(plain_path("/a/{id}/b"), plain_path("/a/{aId}/b"));
        assert_ne!(plain_path("/a/{id}"), plain_path("/a/id"));
    }

    #[test]
    fn only_what_has_one_partner_is_taken() {
        let (mut old, mut new) = (vec!["a1", "b1", "c1"], vec!["b2", "a2", "d2", "d3"]);
        let pairs = take(&mut old, &mut new, |one| one.get(..1));
        assert_eq!(pairs, [("a1", "a2"), ("b1", "b2")]);
        assert_eq!(old, ["c1"]);
        assert_eq!(new, ["d2", "d3"]);
    }
}
