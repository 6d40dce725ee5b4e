//! Inheritance: a schema with a discriminator, and the schemas that extend it by `allOf`.

use std::collections::{HashMap, HashSet};

use openapiv3::{Discriminator, OpenAPI, ReferenceOr, Schema};

use super::node::{SchemaUse, component, component_name, keywords};

/// The components that stand for one another because of a discriminator.
#[derive(Debug, Default)]
pub(super) struct Hierarchy<'a> {
    /// The place of each component in the document's order.
    positions: HashMap<&'a str, usize>,
    /// The components that extend a base, at every depth, in the document's order.
    subtypes: HashMap<&'a str, Vec<&'a str>>,
}

impl<'a> Hierarchy<'a> {
    pub(super) fn of(openapi: &'a OpenAPI) -> Self {
        let schemas = || openapi.components.iter().flat_map(|all| &all.schemas);
        let mut children: HashMap<&str, Vec<&str>> = HashMap::new();
        for (name, schema) in schemas() {
            for parent in parents(schema) {
                children.entry(parent).or_default().push(name);
            }
        }
        let names = schemas().map(|(name, _)| name.as_str());
        let mut hierarchy = Self {
            positions: names.zip(0..).collect(),
            subtypes: HashMap::new(),
        };
        for (name, _) in schemas() {
            let Some(discriminator) = base_discriminator(openapi, name) else {
                continue;
            };
            let mapped = discriminator.mapping.values();
            let mut reached: HashSet<&str> = HashSet::new();
            let mut pending: Vec<&str> = mapped.map(|target| component_name(target)).collect();
            pending.extend(children.get(name.as_str()).into_iter().flatten());
            while let Some(child) = pending.pop() {
                if child != name && reached.insert(child) {
                    pending.extend(children.get(child).into_iter().flatten());
                }
            }
            let known = |name: &&str| hierarchy.positions.contains_key(name);
            let mut subtypes: Vec<&str> = reached.into_iter().filter(known).collect();
            subtypes.sort_unstable_by_key(|name| hierarchy.position(name));
            if !subtypes.is_empty() {
                hierarchy.subtypes.insert(name, subtypes);
            }
        }
        hierarchy
    }

    /// The components that extend this one and may stand in its place; none where it is no base.
    pub(super) fn subtypes(&self, name: &str) -> &[&'a str] {
        self.subtypes.get(name).map_or(&[], Vec::as_slice)
    }

    /// Other components may stand in its place.
    pub(super) fn is_base(&self, name: &str) -> bool {
        self.subtypes.contains_key(name)
    }

    /// The components that stand in the place of this one directly: those below another base are
    /// reached through it.
    pub(super) fn direct_subtypes(&self, name: &str) -> Vec<&'a str> {
        let subtypes = self.subtypes(name).iter().copied();
        let bases: Vec<&str> = subtypes.clone().filter(|one| self.is_base(one)).collect();
        let below = |one: &&str| {
            bases
                .iter()
                .any(|base| base != one && self.is_below(one, base) && !self.is_below(base, one))
        };
        subtypes.filter(|one| !below(one)).collect()
    }

    fn is_below(&self, name: &str, base: &str) -> bool {
        let position = self.position(name);
        let found = self
            .subtypes(base)
            .binary_search_by_key(&position, |subtype| self.position(subtype));
        found.is_ok()
    }

    fn position(&self, name: &str) -> Option<usize> {
        self.positions.get(name).copied()
    }
}

/// The discriminator of an object that says itself what it is, without alternatives.
pub(super) fn base_discriminator<'a>(
    openapi: &'a OpenAPI,
    name: &str,
) -> Option<&'a Discriminator> {
    let SchemaUse::Inline(schema) = component(openapi, name)?.schema else {
        return None;
    };
    let own = keywords(schema)?;
    let alternatives = own.one_of.len() + own.any_of.len();
    let discriminator = schema.schema_data.discriminator.as_ref()?;
    (alternatives == 0).then_some(discriminator)
}

/// The components that a schema extends.
fn parents(schema: &ReferenceOr<Schema>) -> Vec<&str> {
    let ReferenceOr::Item(schema) = schema else {
        return Vec::new();
    };
    let mut parents = Vec::new();
    for part in keywords(schema).into_iter().flat_map(|own| &own.all_of) {
        match part {
            ReferenceOr::Reference { reference } => parents.push(component_name(reference)),
            inline @ ReferenceOr::Item(_) => parents.extend(self::parents(inline)),
        }
    }
    parents
}
