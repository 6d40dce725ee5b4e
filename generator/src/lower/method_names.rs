//! Names of methods, by rule from HTTP method, path and tag.
//!
//! 1. `x-rust-name` of the operation wins.
//! 2. Where the path has the tag as a segment, or its words as several, the name is a verb and the words after
//!    that: `GET /clusters` is `list`, `GET /clusters/{id}` is `get`, `GET /clusters/{id}/disks` is
//!    `list_disks`. The verb follows from the method: `list` or `get`, `create`, `replace`, `patch`
//!    and `delete`. What is read is listed where it is a list, where one of it is read as well, or where the
//!    `operationId` says so. A `json` behind it names a format only. A `POST` to one of what a `POST` creates
//!    is `update`. A `POST` to a word behind an ID, or behind `actions`, is an action, named by that word
//!    alone, and so is whatever ends in a verb itself: `GET /pets/findByTag` is `find_by_tag`, and `POST
//!    /pets/feed/{id}` is `feed`. A lone verb comes before what it acts on: `POST
//!    /pets/{id}/toys/{toy}/rename` is `rename_toy`. A verb right before the tag is what a `POST` does: `POST
//!    /search/pets` is `search`.
//! 3. An `operationId` that starts with another verb than those which the method stands for knows better:
//!    `archivePet` is `archive`, though it be a `DELETE`, and `upsert_points` replaces nothing. So does one
//!    that starts with the very word its path ends with: `PUT /zones/{id}/rectify` is `rectify`, if the ID is
//!    `rectifyZone`. Where a tag has nothing but `POST`, all are remote calls, named by their IDs.
//! 4. Where the path has not, the name is the `operationId`, without the tag at its start, though it be cut
//!    short there, or behind its verb, and without path and method that it may end with, as `FastAPI` makes it,
//!    or begin with, as Litestar does, if that still tells the operations apart, nor the number that springdoc
//!    makes it end with. A verb at its end comes first: `members_list` is `list_members`.
//!    Where there is no ID, or only one of method and path again, it is as if the tag stood before the path,
//!    and the operation's own types are named so, too; a fragment such as `#add_link` says what is done.
//! 5. Of operations that come to the same name, the one with the shortest path keeps it, and none that is
//!    deprecated where another is not; the others add `_for_` and what holds the resource, best what does not
//!    hold the other one's as well, or use their `operationId`, or a word of their path or their method that
//!    tells them apart. What acts on a whole collection leaves the plain verb to what acts on one of it.

mod ids;
mod neighbours;
mod paths;
#[cfg(test)]
mod tests;
mod verbs;

use std::collections::HashMap;

use super::functions::{Functions, Ids};
use super::hints::rust_name;
use super::names::{Scope, value_name, with_word};
use super::source::OperationSource;
use crate::ir::{HttpMethod, TypeRef};
use crate::singular::singular;
use ids::{
    is_function, is_made_of_path, own_names, verb_first, without_object, without_prefix,
    without_tag,
};
pub(super) use neighbours::place;
use neighbours::{Neighbours, collection};
use paths::{
    PathName, SEPARATORS, action_of_fragment, has_format, holder, path_name, resource_path,
    told_apart, whole_path_name,
};
pub(super) use paths::{is_prefix, is_template, segments};
use verbs::{is_plain, is_verb};

/// What a name is made from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate<'s, 'a> {
    pub(super) source: &'s OperationSource<'a>,
    /// What a success answers, if that is JSON.
    pub(super) answer: Option<&'s TypeRef>,
    /// The answer of a success is a list, an object with a list of items, or a page of them.
    pub(super) answers_list: bool,
}

/// The names of a tag's methods, in the order of its operations.
pub(super) fn method_names(
    tag: &str,
    ids: &Ids<'_>,
    candidates: &[Candidate<'_, '_>],
) -> Vec<String> {
    let mut claims = Claims {
        scope: Scope::with(&["new"]),
        paths: HashMap::new(),
    };
    let group = Group::of(tag, ids, candidates);
    let mut names = vec![String::new(); candidates.len()];
    let mut order: Vec<usize> = (0..candidates.len()).collect();
    order.sort_by_key(|&index| {
        candidates.get(index).map(|candidate| {
            let given = rust_name(&candidate.source.operation.extensions).is_some();
            let is_numbered = operation_id(candidate.source).is_some_and(|id| ids.is_numbered(id));
            (
                !given,
                candidate.source.operation.deprecated,
                candidate.source.path.split(SEPARATORS).count(),
                has_format(candidate.source.path),
                is_numbered,
            )
        })
    });
    for index in order {
        let (Some(candidate), Some(name)) = (candidates.get(index), names.get_mut(index)) else {
            continue;
        };
        *name = group.claim(&mut claims, *candidate);
    }
    names
}

/// The names that are taken, and the paths of the operations that have them.
struct Claims<'p> {
    scope: Scope,
    paths: HashMap<String, &'p str>,
}

impl<'p> Claims<'p> {
    fn take(&mut self, offers: Vec<String>, path: &'p str) -> String {
        let name = self.scope.claim(offers);
        self.paths.insert(name.clone(), path);
        name
    }
}

/// What has to be known of all operations of a tag.
struct Group<'g> {
    tag: &'g str,
    functions: Functions<'g>,
    neighbours: Neighbours<'g>,
    /// What is answered for one member of a collection, by the collection's path.
    members: HashMap<String, &'g TypeRef>,
    /// How many IDs come to a name without the tag.
    without_tag: HashMap<String, usize>,
}

impl<'g> Group<'g> {
    fn of(tag: &'g str, ids: &'g Ids<'g>, candidates: &[Candidate<'g, '_>]) -> Self {
        let sources = candidates.iter().map(|candidate| candidate.source);
        let read = candidates
            .iter()
            .filter(|candidate| candidate.source.method == HttpMethod::Get);
        let members = read.filter_map(|one| Some((collection(one.source)?, one.answer?)));
        let mut group = Self {
            tag,
            members: members.collect(),
            without_tag: HashMap::new(),
            neighbours: Neighbours::of(sources.clone()),
            functions: Functions::of(sources, ids),
        };
        for candidate in candidates {
            if let Some(id) = group.name_of_id(candidate.source) {
                let short = without_object(&id, tag);
                *group.without_tag.entry(short).or_default() += 1;
            }
        }
        group
    }

    fn claim<'p>(&self, claims: &mut Claims<'p>, candidate: Candidate<'p, '_>) -> String {
        let source = candidate.source;
        let offers = match rust_name(&source.operation.extensions) {
            Some(name) => vec![value_name(name)],
            None => self.offers(claims, candidate),
        };
        claims.take(offers, source.path)
    }

    /// Names for an operation, the best one first.
    fn offers(&self, claims: &Claims<'_>, candidate: Candidate<'_, '_>) -> Vec<String> {
        let source = candidate.source;
        let from_id = self.name_of_id(source);
        let action = action_of_fragment(source.template).filter(|_| !has_telling_id(source));
        let mut offers: Vec<String> = action.map(value_name).into_iter().collect();
        if let Some(id) = &from_id {
            offers.extend(own_names(id, self.tag, source));
            if self.neighbours.are_remote && is_function(id, &source.method) {
                offers.push(id.clone());
            }
        }
        let answers_list = candidate.answers_list || self.lists(candidate, from_id.as_deref());
        let facts = self
            .neighbours
            .facts(source, from_id.as_deref(), answers_list);
        let whole = || whole_path_name(&facts).filter(|_| !has_telling_id(source));
        let from_path = path_name(self.tag, &facts).or_else(whole);
        match (from_path, from_id) {
            (Some(from_path), from_id) => {
                offers.extend(self.offers_of_path(claims, source, from_path, from_id));
            }
            (None, Some(id)) => {
                let id = value_name(without_prefix(&id, source.path));
                // Of remote calls the method says nothing: their IDs stay as they are.
                let id = if self.neighbours.are_remote {
                    id
                } else {
                    verb_first(id, source)
                };
                let short = without_object(&id, self.tag);
                offers.extend(Some(short).filter(|short| self.tells_apart(short)));
                offers.push(id.clone());
                let rival = claims.paths.get(&id).into_iter();
                offers.extend(rival.flat_map(|rival| told_apart(&id, source, rival)));
                offers.extend(operation_id(source).map(value_name));
            }
            (None, None) => offers.push(value_name(&operation_words(source))),
        }
        offers
    }

    /// The name from a path, and what tells it apart where it is taken.
    fn offers_of_path(
        &self,
        claims: &Claims<'_>,
        source: &OperationSource<'_>,
        from_path: PathName,
        from_id: Option<String>,
    ) -> Vec<String> {
        let PathName { name, parent } = from_path;
        let mut offers = Vec::new();
        if self.is_for_many(source, &name) {
            offers.extend(from_id.clone());
            offers.push(format!("{name}_many"));
        }
        let name = value_name(&name);
        offers.push(name.clone());
        let rival = claims.paths.get(&name);
        if has_format(source.path) && rival.is_some_and(|rival| !has_format(rival)) {
            offers.push(with_word(&name, "json"));
        }
        let other = || holder(source.path, rival?, &name);
        let holder = parent.map(|parent| other().unwrap_or(parent));
        offers.extend(holder.map(|holder| value_name(&format!("{name}_for_{holder}"))));
        offers.extend(from_id);
        let last = segments(resource_path(source.path)).next_back();
        let last = last.filter(|last| is_template(last));
        offers.extend(last.map(|last| value_name(&format!("{name}_by_{last}"))));
        offers.extend(
            rival
                .into_iter()
                .flat_map(|rival| told_apart(&name, source, rival)),
        );
        offers
    }

    /// A name that an ID leaves without the tag: `list_core_v1_pod` lists pods of the tag `core_v1`. A lone
    /// verb is left to operations with the tag in their paths, where it is known what they act on.
    fn tells_apart(&self, short: &str) -> bool {
        let (verb, rest) = short.split_once('_').unwrap_or((short, ""));
        (is_verb(verb) || is_plain(verb))
            && !rest.is_empty()
            && self.without_tag.get(short) == Some(&1)
    }

    /// The `operationId` as a name.
    fn name_of_id(&self, source: &OperationSource<'_>) -> Option<String> {
        let id = operation_id(source)?;
        // A plain verb alone would not say what is listed, or changed.
        let shared = self.functions.shared(id, source);
        let function = shared.filter(|function| !is_plain(function));
        let function = function.unwrap_or_else(|| self.functions.without_number(id, source));
        Some(without_tag(function, self.tag))
    }

    /// The operation reads a collection, of which another one reads one member, or its ID says so.
    fn lists(&self, candidate: Candidate<'_, '_>, id: Option<&str>) -> bool {
        let source = candidate.source;
        if id.is_some_and(|id| id.split('_').next() == Some("list") || id.ends_with("_list")) {
            return true;
        }
        let is_one = segments(source.path).next_back().is_some_and(is_template);
        source.method == HttpMethod::Get
            && !is_one
            && self.neighbours.acts_on_members(source)
            && !self.reads_one(candidate)
    }

    /// The operation reads the very type that is read of a member, under a word for one thing:
    /// `/threads/{id}/state` is the last of those that `/threads/{id}/state/{version}` tells apart.
    fn reads_one(&self, candidate: Candidate<'_, '_>) -> bool {
        let path = place(resource_path(candidate.source.path));
        let is_same = self.members.get(&path).copied() == candidate.answer;
        is_same
            && matches!(candidate.answer, Some(TypeRef::Named(_)))
            && last_word(candidate.source).is_some_and(|last| singular(last).is_none())
    }

    /// The operation acts on a collection, where another one does the same with one member.
    fn is_for_many(&self, source: &OperationSource<'_>, name: &str) -> bool {
        ["replace", "patch", "delete"].contains(&name) && self.neighbours.acts_on_members(source)
    }
}

/// What the types of operations are named after where their IDs say nothing.
pub(super) struct PathNames<'s> {
    neighbours: Neighbours<'s>,
    count: HashMap<String, usize>,
}

impl<'s> PathNames<'s> {
    pub(super) fn of<'a: 's>(sources: &'s [OperationSource<'a>]) -> Self {
        let mut names = Self {
            neighbours: Neighbours::of(sources.iter()),
            count: HashMap::new(),
        };
        for source in sources {
            let id = || operation_id(source).map(value_name);
            if let Some(name) = names.name(source).or_else(id) {
                *names.count.entry(name).or_default() += 1;
            }
        }
        names
    }

    /// The words of an operation's path, if they tell it from all others.
    pub(super) fn unique(&self, source: &OperationSource<'_>) -> Option<String> {
        self.name(source)
            .filter(|name| self.count.get(name) == Some(&1))
    }

    fn name(&self, source: &OperationSource<'_>) -> Option<String> {
        if has_telling_id(source) {
            return None;
        }
        let is_for_many = self.neighbours.acts_on_members(source);
        let lists = is_for_many && source.method == HttpMethod::Get;
        let facts = self.neighbours.facts(source, None, lists);
        let name = whole_path_name(&facts)?.name;
        // Nothing but this tells `DELETE /pet` from `DELETE /pet/{id}`.
        let is_plural = last_word(source).is_some_and(|last| singular(last).is_some());
        let changes = !matches!(source.method, HttpMethod::Get | HttpMethod::Post);
        if is_for_many && changes && !is_plural {
            return Some(value_name(&format!("{name}_many")));
        }
        Some(value_name(&name))
    }
}

/// The last segment of the path of a resource.
fn last_word<'a>(source: &OperationSource<'a>) -> Option<&'a str> {
    segments(resource_path(source.path)).next_back()
}

/// The ID says something that method and path do not.
fn has_telling_id(source: &OperationSource<'_>) -> bool {
    operation_id(source).is_some_and(|id| !is_made_of_path(id, source))
}

/// The ID, unless it ends with a hash: apistos puts one behind method and path where nobody has named the
/// operation.
fn operation_id<'a>(source: &OperationSource<'a>) -> Option<&'a str> {
    const DIGITS: usize = 32;
    let id = source.operation.operation_id.as_deref()?;
    let last = id.rsplit(['-', '_']).next().unwrap_or_default();
    let is_hash = last.len() == DIGITS && last.bytes().all(|one| one.is_ascii_hexdigit());
    (!is_hash).then_some(id)
}

/// Method and path in words, for an operation without an ID.
pub(super) fn operation_words(source: &OperationSource<'_>) -> String {
    format!(
        "{} {}",
        source.method.as_str().to_ascii_lowercase(),
        source.template
    )
}
