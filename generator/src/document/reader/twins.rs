//! Schemas that stand somewhere in the document and say the very same as a component.
//!
//! Many tools write a schema out wherever it is used, though it has a name. It is the component that is meant:
//! with a type of its own at each place, what one operation answers could not be sent by another.

use std::collections::HashMap;

use serde_json::{Map, Value};

/// Objects with fewer properties may be equal by chance.
const MIN_PROPERTIES: usize = 3;

/// What an object has in common with those that are equal: the number of its properties and the first of their
/// names.
type Likeness<'v> = (usize, &'v str);

/// The components that are objects, with their names.
#[derive(Debug, Default)]
pub(super) struct Twins<'v>(HashMap<Likeness<'v>, Vec<Component<'v>>>);

type Component<'v> = (&'v str, &'v Map<String, Value>);

impl<'v> Twins<'v> {
    /// The components of a document.
    pub(super) fn of(document: &'v Value) -> Self {
        let mut twins = Self::default();
        let schemas = document.pointer("/components/schemas");
        for (name, schema) in schemas.and_then(Value::as_object).into_iter().flatten() {
            if let Some(schema) = schema.as_object()
                && let Some(likeness) = likeness(schema)
            {
                twins.0.entry(likeness).or_default().push((name, schema));
            }
        }
        twins
    }

    /// The name of the component that has a schema. Of several that do, nothing tells which is meant.
    pub(super) fn name(&self, schema: &Map<String, Value>) -> Option<&'v str> {
        let alike = self.0.get(&likeness(schema)?)?;
        let mut twins = alike.iter().filter(|(_, component)| *component == schema);
        let (name, _) = twins.next()?;
        twins.next().is_none().then_some(*name)
    }
}

fn likeness(schema: &Map<String, Value>) -> Option<Likeness<'_>> {
    let properties = schema.get("properties")?.as_object()?;
    let first = properties.keys().min()?;
    (properties.len() >= MIN_PROPERTIES).then_some((properties.len(), first))
}
