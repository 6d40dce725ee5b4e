//! Names of functions in the IDs of operations.

use std::collections::HashMap;

use super::names::type_name;
use super::source::OperationSource;

/// How many of some operations have the same name of a function in their IDs.
#[derive(Debug)]
pub(super) struct Functions<'s>(HashMap<&'s str, usize>);

impl<'s> Functions<'s> {
    pub(super) fn of<'a: 's>(sources: impl Iterator<Item = &'s OperationSource<'a>>) -> Self {
        let mut functions = HashMap::new();
        for source in sources {
            if let Some(id) = source.operation.operation_id.as_deref() {
                *functions.entry(function(id, source)).or_default() += 1;
            }
        }
        Self(functions)
    }

    /// The ID of an operation without what only repeats its path and method, if that still tells it from all
    /// others.
    pub(super) fn shortest<'i>(&self, id: &'i str, source: &OperationSource<'_>) -> &'i str {
        let function = function(id, source);
        if self.0.get(function) == Some(&1) {
            function
        } else {
            id
        }
    }
}

/// Names for the components that `FastAPI` makes of the parameters in a body, and names `Body_` and the ID
/// of their operation.
pub(super) fn body_names(sources: &[OperationSource<'_>]) -> HashMap<String, String> {
    let functions = Functions::of(sources.iter());
    let named = sources.iter().filter_map(|source| {
        let id = source.operation.operation_id.as_deref()?;
        let name = type_name(functions.shortest(id, source));
        Some((format!("Body_{id}"), format!("{name}Body")))
    });
    named.collect()
}

/// The ID as far as it is the name of a function. `FastAPI` adds path and method to that, with an underscore
/// for each character that no name can hold.
fn function<'i>(id: &'i str, source: &OperationSource<'_>) -> &'i str {
    let is_kept = |character: char| character.is_alphanumeric() || character == '_';
    let path = source.path.replace(|character| !is_kept(character), "_");
    let added = format!("{path}_{}", source.method.as_str().to_ascii_lowercase());
    let name = id.strip_suffix(&added).unwrap_or_default();
    if name.is_empty() { id } else { name }
}
