//! Names of functions in the IDs of operations.

use std::collections::HashMap;

use super::source::OperationSource;

/// How many of some operations have the same name of a function in their IDs.
#[derive(Debug)]
pub(super) struct Functions<'s> {
    /// What the IDs of the whole document begin with.
    module: &'s str,
    count: HashMap<&'s str, usize>,
}

impl<'s> Functions<'s> {
    pub(super) fn of<'a: 's>(
        sources: impl Iterator<Item = &'s OperationSource<'a>>,
        module: &'s str,
    ) -> Self {
        let mut count = HashMap::new();
        for source in sources {
            if let Some(id) = source.operation.operation_id.as_deref() {
                *count.entry(function(id, source, module)).or_default() += 1;
            }
        }
        Self { module, count }
    }

    /// The ID of an operation without what only repeats its path and method, if that still tells it from all
    /// others.
    pub(super) fn shortest<'i>(&self, id: &'i str, source: &OperationSource<'_>) -> &'i str {
        let function = function(id, source, self.module);
        if self.count.get(function) == Some(&1) {
            function
        } else {
            id
        }
    }
}

/// The module that all of a document's IDs begin with, and its dot: Connexion finds the function of an
/// operation by the ID. It says nothing of any one of them.
pub(super) fn module<'a>(sources: &[OperationSource<'a>]) -> &'a str {
    let mut ids = sources
        .iter()
        .map(|source| source.operation.operation_id.as_deref().unwrap_or_default());
    let first = ids.next().unwrap_or_default();
    let others: Vec<&str> = ids.collect();
    let dots = first.match_indices('.').map(|(dot, _)| dot);
    let mut beginnings = dots.filter_map(|dot| first.get(..=dot)).rev();
    let module = beginnings.find(|beginning| others.iter().all(|id| id.starts_with(beginning)));
    module.filter(|_| !others.is_empty()).unwrap_or_default()
}

/// The ID as far as it is the name of a function. `FastAPI` adds path and method to that, with an underscore
/// for each character that no name can hold.
fn function<'i>(id: &'i str, source: &OperationSource<'_>, module: &str) -> &'i str {
    let id = id.strip_prefix(module).unwrap_or(id);
    let name = without_path(id, source).filter(|name| !name.is_empty());
    name.unwrap_or(id)
}

fn without_path<'i>(id: &'i str, source: &OperationSource<'_>) -> Option<&'i str> {
    /// What Flask has before the name of a parameter, as in `<uuid:id>`; flask-openapi3 adds that, too.
    const CONVERTERS: [&str; 5] = ["float_", "int_", "path_", "string_", "uuid_"];
    let is_kept = |character: char| character.is_alphanumeric() || character == '_';
    let method = source.method.as_str().to_ascii_lowercase();
    let mut rest = id.strip_suffix(&method)?.strip_suffix('_')?;
    let (first, parts) = source.path.split_once('{').unwrap_or((source.path, ""));
    for part in parts.rsplit('{').filter(|part| !part.is_empty()) {
        rest = rest.strip_suffix(&part.replace(|one| !is_kept(one), "_"))?;
        let mut converters = CONVERTERS.iter();
        let before = converters.find_map(|converter| rest.strip_suffix(converter));
        rest = before.unwrap_or(rest).strip_suffix('_')?;
    }
    rest.strip_suffix(&first.replace(|one| !is_kept(one), "_"))
}
