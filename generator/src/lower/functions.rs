//! Names of functions in the IDs of operations.

use std::collections::{HashMap, HashSet};

use super::source::OperationSource;

/// What the IDs of a document's operations have in common.
#[derive(Debug)]
pub(super) struct Ids<'s> {
    /// What they all begin with.
    module: &'s str,
    all: HashSet<&'s str>,
}

impl<'s> Ids<'s> {
    pub(super) fn of(sources: &'s [OperationSource<'_>]) -> Self {
        let ids = sources
            .iter()
            .map(|source| source.operation.operation_id.as_deref());
        Self {
            module: module(sources),
            all: ids.flatten().collect(),
        }
    }

    /// An ID without the number that springdoc puts behind the name of a function which has been seen before,
    /// in whatever tag: it tells in which order they were found.
    pub(super) fn without_number<'i>(&self, id: &'i str) -> &'i str {
        let is_number = |text: &str| text.bytes().all(|one| one.is_ascii_digit());
        let plain = id.rsplit_once('_').filter(|(_, number)| is_number(number));
        let plain = plain.map(|(plain, _)| plain);
        plain.filter(|plain| self.all.contains(plain)).unwrap_or(id)
    }

    pub(super) fn is_numbered(&self, id: &str) -> bool {
        self.without_number(id) != id
    }
}

/// How many of some operations have the same name of a function in their IDs.
#[derive(Debug)]
pub(super) struct Functions<'s> {
    ids: &'s Ids<'s>,
    count: HashMap<&'s str, usize>,
}

impl<'s> Functions<'s> {
    pub(super) fn of<'a: 's>(
        sources: impl Iterator<Item = &'s OperationSource<'a>>,
        ids: &'s Ids<'s>,
    ) -> Self {
        let mut count = HashMap::new();
        for source in sources {
            if let Some(id) = source.operation.operation_id.as_deref() {
                *count.entry(function(id, source, ids)).or_default() += 1;
            }
        }
        Self { ids, count }
    }

    /// What the IDs of the whole document have in common.
    pub(super) fn ids(&self) -> &'s Ids<'s> {
        self.ids
    }

    /// The ID of an operation without what only repeats its path and method, if that still tells it from all
    /// others.
    pub(super) fn shortest<'i>(&self, id: &'i str, source: &OperationSource<'_>) -> &'i str {
        let function = function(id, source, self.ids);
        if self.count.get(function) == Some(&1) {
            function
        } else {
            id
        }
    }

    /// The same without the number of its function, be there others of that name.
    pub(super) fn without_number<'i>(&self, id: &'i str, source: &OperationSource<'_>) -> &'i str {
        self.shortest(self.ids.without_number(id), source)
    }
}

/// The module that all of a document's IDs begin with, and its dot: Connexion finds the function of an
/// operation by the ID. It says nothing of any one of them.
fn module<'a>(sources: &[OperationSource<'a>]) -> &'a str {
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
/// for each character that no name can hold, and springfox the method.
fn function<'i>(id: &'i str, source: &OperationSource<'_>, ids: &Ids<'_>) -> &'i str {
    let id = id.strip_prefix(ids.module).unwrap_or(id);
    let id = ids.without_number(id);
    let name = without_path(id, source).or_else(|| without_method(id, source));
    name.filter(|name| !name.is_empty()).unwrap_or(id)
}

fn without_method<'i>(id: &'i str, source: &OperationSource<'_>) -> Option<&'i str> {
    id.strip_suffix(source.method.as_str())?
        .strip_suffix("Using")
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
