//! Names of functions in the IDs of operations.

use std::collections::{HashMap, HashSet};

use super::method_names::{is_prefix, segments};
use super::source::OperationSource;

/// What the IDs of a document's operations have in common.
#[derive(Debug)]
pub(super) struct Ids<'s> {
    /// What they all begin with.
    module: &'s str,
    /// They begin with their paths, as Litestar makes them.
    repeat_paths: bool,
    /// They end with hashes, as Django Ninja Extra makes them.
    have_hashes: bool,
    all: HashSet<&'s str>,
    /// How many there are of each without the version of their paths.
    unversioned: HashMap<&'s str, usize>,
}

impl<'s> Ids<'s> {
    pub(super) fn of(sources: &'s [OperationSource<'_>]) -> Self {
        let ids = sources
            .iter()
            .filter_map(|source| Some((source, source.operation.operation_id.as_deref()?)));
        let mut unversioned = HashMap::new();
        for (source, id) in ids.clone() {
            *unversioned.entry(before_version(id, source)).or_default() += 1;
        }
        let all: HashSet<&str> = ids.map(|(_, id)| id).collect();
        // Digits alone are rather a day.
        let hashed = all.iter().filter_map(|id| before_hash(id));
        let hashed = hashed.filter(|(_, hash)| !is_number(hash)).count();
        Self {
            module: module(sources),
            repeat_paths: sources.iter().any(has_template_before_function),
            // Some operations may have been named by a person.
            have_hashes: hashed > 1 && 2 * hashed > all.len(),
            all,
            unversioned,
        }
    }

    /// An ID without the version of its path, which `NestJS` puts behind the name of a function, if that still
    /// tells it from all others.
    pub(super) fn without_version<'i>(&self, id: &'i str, source: &OperationSource<'_>) -> &'i str {
        let plain = before_version(id, source);
        if self.unversioned.get(plain) == Some(&1) {
            plain
        } else {
            id
        }
    }

    fn without_hash<'i>(&self, id: &'i str) -> &'i str {
        let plain = before_hash(id).filter(|_| self.have_hashes);
        plain.map_or(id, |(plain, _)| plain)
    }

    /// An ID without its hash and the number that springdoc puts behind the name of a function which has been
    /// seen before, in whatever tag: it tells in which order they were found.
    pub(super) fn without_number<'i>(&self, id: &'i str) -> &'i str {
        let id = self.without_hash(id);
        let plain = id.rsplit_once('_').filter(|(_, number)| is_number(number));
        let plain = plain.map(|(plain, _)| plain);
        plain.filter(|plain| self.all.contains(plain)).unwrap_or(id)
    }

    pub(super) fn is_numbered(&self, id: &str) -> bool {
        self.without_number(id) != self.without_hash(id)
    }
}

/// What stands before eight hexadecimal digits at the end of an ID, and these.
fn before_hash(id: &str) -> Option<(&str, &str)> {
    const DIGITS: usize = 8;
    let is_hash =
        |hash: &str| hash.len() == DIGITS && hash.bytes().all(|one| one.is_ascii_hexdigit());
    id.rsplit_once('_').filter(|(_, hash)| is_hash(hash))
}

fn is_number(text: &str) -> bool {
    text.bytes().all(|one| one.is_ascii_digit())
}

/// What stands before the version of its path in an ID.
fn before_version<'i>(id: &'i str, source: &OperationSource<'_>) -> &'i str {
    let version = id.rsplit_once('_');
    let said = version.filter(|(_, version)| {
        is_prefix(version) && segments(source.path).any(|segment| segment == *version)
    });
    said.map_or(id, |(plain, _)| plain)
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

    /// The name of a function without its path, be there others of that name.
    pub(super) fn shared<'i>(&self, id: &'i str, source: &OperationSource<'_>) -> Option<&'i str> {
        let id = self.ids.without_number(id);
        beside_path(id, source, self.ids).filter(|function| !function.is_empty())
    }
}

/// The module or the service that all of a document's IDs begin with, and the dot behind it or the two
/// underscores that `BentoML` writes: Connexion finds the function of an operation by the ID. It says nothing
/// of any one of them.
fn module<'a>(sources: &[OperationSource<'a>]) -> &'a str {
    let mut ids = sources
        .iter()
        .filter_map(|source| source.operation.operation_id.as_deref());
    let first = ids.next().unwrap_or_default();
    let others: Vec<&str> = ids.collect();
    let dots = first.match_indices('.').chain(first.match_indices("__"));
    let beginnings = dots.filter_map(|(dot, mark)| first.get(..dot + mark.len()));
    let modules = beginnings.filter(|beginning| others.iter().all(|id| id.starts_with(beginning)));
    let module = modules.max_by_key(|module| module.len());
    module.filter(|_| !others.is_empty()).unwrap_or_default()
}

/// The ID as far as it is the name of a function. `FastAPI` adds path and method to that, with an underscore
/// for each character that no name can hold, and springfox the method.
fn function<'i>(id: &'i str, source: &OperationSource<'_>, ids: &Ids<'_>) -> &'i str {
    let id = id.strip_prefix(ids.module).unwrap_or(id);
    let id = ids.without_version(ids.without_number(id), source);
    let name = beside_path(id, source, ids).or_else(|| without_method(id, source));
    name.filter(|name| !name.is_empty()).unwrap_or(id)
}

/// What an ID says beside its path.
fn beside_path<'i>(id: &'i str, source: &OperationSource<'_>, ids: &Ids<'_>) -> Option<&'i str> {
    let behind = || behind_path(id, source).filter(|_| ids.repeat_paths);
    without_path(id, source)
        .or_else(|| without_former_path(id, source))
        .or_else(behind)
}

/// No person writes the names of a path's parameters into an ID.
fn has_template_before_function(source: &OperationSource<'_>) -> bool {
    let id = source.operation.operation_id.as_deref();
    source.path.contains('{') && id.is_some_and(|id| behind_path(id, source).is_some())
}

/// What stands behind all words of its path, if it is more than the method.
fn behind_path<'i>(id: &'i str, source: &OperationSource<'_>) -> Option<&'i str> {
    let mut rest = id.chars();
    let is_word = |one: &char| one.is_alphanumeric();
    for wanted in source.path.chars().filter(is_word) {
        let found = rest.find(is_word)?;
        if !found.eq_ignore_ascii_case(&wanted) {
            return None;
        }
    }
    let function = rest.as_str().trim_start_matches('_');
    let begins = function.len() < rest.as_str().len() || function.starts_with(char::is_uppercase);
    let is_method = function.eq_ignore_ascii_case(source.method.as_str());
    (begins && !is_method && !function.is_empty()).then_some(function)
}

fn without_method<'i>(id: &'i str, source: &OperationSource<'_>) -> Option<&'i str> {
    id.strip_suffix(source.method.as_str())?
        .strip_suffix("Using")
}

/// The function before a path that has changed since, or the method has: no person writes the name of a
/// parameter between such underscores.
fn without_former_path<'i>(id: &'i str, source: &OperationSource<'_>) -> Option<&'i str> {
    const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];
    let (_, method) = id.rsplit_once('_')?;
    let end = source.path.find('}')?;
    let start = source.path.get(..=end).map(as_word)?;
    let place = id.find(&start)?;
    id.get(..place).filter(|_| METHODS.contains(&method))
}

/// A part of a path with an underscore for each character that no name can hold.
fn as_word(part: &str) -> String {
    let is_kept = |character: char| character.is_alphanumeric() || character == '_';
    part.replace(|one| !is_kept(one), "_")
}

fn without_path<'i>(id: &'i str, source: &OperationSource<'_>) -> Option<&'i str> {
    /// What Flask has before the name of a parameter, as in `<uuid:id>`; flask-openapi3 adds that, too.
    const CONVERTERS: [&str; 5] = ["float_", "int_", "path_", "string_", "uuid_"];
    let method = source.method.as_str().to_ascii_lowercase();
    let mut rest = id.strip_suffix(&method)?.strip_suffix('_')?;
    let (first, parts) = source.path.split_once('{').unwrap_or((source.path, ""));
    for part in parts.rsplit('{').filter(|part| !part.is_empty()) {
        rest = rest.strip_suffix(&as_word(part))?;
        let mut converters = CONVERTERS.iter();
        let before = converters.find_map(|converter| rest.strip_suffix(converter));
        rest = before.unwrap_or(rest).strip_suffix('_')?;
    }
    rest.strip_suffix(&as_word(first))
}
