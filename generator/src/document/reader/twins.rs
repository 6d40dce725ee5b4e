//! Schemas that stand somewhere in the document and say the very same as a component, or as what another
//! operation answers.
//!
//! Many tools write a schema out wherever it is used, though it has a name. It is the component that is meant:
//! with a type of its own at each place, what one operation answers could not be sent by another.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, RandomState};

use serde_json::{Map, Value};

use super::resources::{Resource, resources};

/// Objects with fewer properties may be equal by chance.
const MIN_PROPERTIES: usize = 3;

/// What an object has in common with those that are equal: the number of its properties and the first of their
/// names.
type Likeness<'v> = (usize, &'v str);

/// A component and its name.
type Component<'v> = (&'v str, &'v Map<String, Value>);

/// The components and the resources that are objects.
#[derive(Debug, Default)]
pub(super) struct Twins<'v> {
    /// Most schemas elsewhere are like none of them, which is found out at once.
    likenesses: HashSet<Likeness<'v>>,
    /// The components by their hashes.
    components: HashMap<u64, Vec<Component<'v>>>,
    /// The resources by the hashes of their schemas.
    resources: HashMap<u64, Resource<'v>>,
    hasher: RandomState,
}

impl<'v> Twins<'v> {
    /// The components of a document.
    pub(super) fn of(document: &'v Value) -> Self {
        let mut twins = Self::default();
        let schemas = document.pointer("/components/schemas");
        for (name, schema) in schemas.and_then(Value::as_object).into_iter().flatten() {
            if let Some(schema) = schema.as_object()
                && let Some(likeness) = likeness(schema)
            {
                twins.likenesses.insert(likeness);
                let hash = twins.hasher.hash_one(schema);
                let equal = twins.components.entry(hash).or_default();
                equal.push((name, schema));
            }
        }
        let mut names: HashSet<String> = HashSet::new();
        for resource in resources(document) {
            let is_component = schemas.is_some_and(|schemas| schemas.get(&resource.name).is_some());
            if !is_component && names.insert(resource.name.clone()) {
                twins.add_resource(resource);
            }
        }
        twins
    }

    fn add_resource(&mut self, resource: Resource<'v>) {
        let hash = self.hasher.hash_one(resource.schema);
        let is_new = !self.components.contains_key(&hash) && !self.resources.contains_key(&hash);
        if let Some(likeness) = likeness(resource.schema).filter(|_| is_new) {
            self.likenesses.insert(likeness);
            self.resources.insert(hash, resource);
        }
    }

    /// Whether a schema may be equal to a component or a resource.
    pub(super) fn may_have(&self, schema: &Map<String, Value>) -> bool {
        likeness(schema).is_some_and(|likeness| self.likenesses.contains(&likeness))
    }

    /// The name of the component that has a schema. Of several that do, nothing tells which is meant.
    pub(super) fn name(&self, schema: &Map<String, Value>) -> Option<&'v str> {
        let components = self.components.get(&self.hasher.hash_one(schema))?;
        let mut twins = components.iter().filter(|(_, one)| *one == schema);
        let (name, _) = twins.next()?;
        twins.next().is_none().then_some(*name)
    }

    pub(super) fn names_of_resources(&self) -> impl Iterator<Item = &str> {
        self.resources
            .values()
            .map(|resource| resource.name.as_str())
    }

    /// The resource that has a schema.
    pub(super) fn resource(&self, schema: &Map<String, Value>) -> Option<&Resource<'v>> {
        let resource = self.resources.get(&self.hasher.hash_one(schema))?;
        (resource.schema == schema).then_some(resource)
    }
}

/// What tells most objects apart; nothing for those of few properties.
pub(super) fn likeness(schema: &Map<String, Value>) -> Option<Likeness<'_>> {
    let properties = schema.get("properties")?.as_object()?;
    let first = properties.keys().min()?;
    (properties.len() >= MIN_PROPERTIES).then_some((properties.len(), first))
}
