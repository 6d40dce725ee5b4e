//! Names of methods, by rule from HTTP method, path and tag.
//!
//! 1. `x-rust-name` of the operation wins.
//! 2. Where the path has the tag as a segment, the name is a verb and the words after that segment:
//!    `GET /clusters` is `list`, `GET /clusters/{id}` is `get`, `GET /clusters/{id}/disks` is
//!    `list_disks`. The verb follows from the method: `list` or `get`, `create`, `replace`, `patch`
//!    and `delete`. A `POST` to a word behind an ID is an action, named by that word alone, and so is
//!    whatever ends in a verb itself: `GET /pets/findByTag` is `find_by_tag`.
//! 3. An `operationId` that starts with another verb than those which the method stands for knows better:
//!    `archivePet` is `archive`, though it be a `DELETE`.
//! 4. Where the path has not, the name is the `operationId`, without the tag it may start with, and without
//!    path and method that it may end with, as `FastAPI` makes it, if that still tells the operations apart.
//! 5. Of operations that come to the same name, the one with the shortest path keeps it; the others
//!    add `_for_` and what holds the resource, or use their `operationId`. What acts on a whole collection
//!    leaves the plain verb to what acts on one of it.

#[cfg(test)]
mod tests;
mod verbs;

use std::borrow::Cow;
use std::collections::HashSet;

use serde_json::Value;

use super::functions::Functions;
use super::names::{Scope, singular, snake_words, value_name};
use super::source::OperationSource;
use crate::ir::HttpMethod;
use verbs::{Says, is_action, says};

/// What a name is made from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate<'s, 'a> {
    pub(super) source: &'s OperationSource<'a>,
    /// The answer of a success is a list, or an object with a list of items.
    pub(super) answers_list: bool,
}

/// The names of a tag's methods, in the order of its operations.
pub(super) fn method_names(tag: &str, candidates: &[Candidate<'_, '_>]) -> Vec<String> {
    let mut scope = Scope::with(&["new"]);
    let group = Group::of(tag, candidates);
    let mut names = vec![String::new(); candidates.len()];
    let mut order: Vec<usize> = (0..candidates.len()).collect();
    order.sort_by_key(|&index| {
        candidates.get(index).map(|candidate| {
            let given = rust_name(candidate.source).is_some();
            (!given, candidate.source.path.split('/').count())
        })
    });
    for index in order {
        let (Some(candidate), Some(name)) = (candidates.get(index), names.get_mut(index)) else {
            continue;
        };
        *name = group.claim(&mut scope, *candidate);
    }
    names
}

/// What has to be known of all operations of a tag.
struct Group<'g> {
    tag: &'g str,
    functions: Functions<'g>,
    /// Methods of operations on one member of a collection, with the collection's path.
    on_members: HashSet<(&'g HttpMethod, &'g str)>,
}

impl<'g> Group<'g> {
    fn of(tag: &'g str, candidates: &[Candidate<'g, '_>]) -> Self {
        let on_members = candidates.iter().filter_map(|candidate| {
            let (collection, member) = candidate.source.path.rsplit_once('/')?;
            is_template(member).then_some((&candidate.source.method, collection))
        });
        Self {
            tag,
            functions: Functions::of(candidates.iter().map(|candidate| candidate.source)),
            on_members: on_members.collect(),
        }
    }

    fn claim(&self, scope: &mut Scope, candidate: Candidate<'_, '_>) -> String {
        let source = candidate.source;
        if let Some(name) = rust_name(source) {
            return scope.claim([value_name(name)]);
        }
        let from_id = self.name_of_id(source);
        let mut offers = Vec::new();
        let tag = comparable(self.tag);
        let own = |id: &&String| {
            let is_noun = id.split('_').next().is_some_and(|word| word == tag);
            !is_noun && says(id, &source.method) == Says::Other
        };
        if let Some(id) = from_id.as_ref().filter(own) {
            offers.push(without_object(id, self.tag));
            offers.push(id.clone());
        }
        if let Some(PathName { name, parent }) = path_name(self.tag, candidate, from_id.as_deref())
        {
            if self.is_for_many(source, &name) {
                offers.extend(from_id.clone());
                offers.push(format!("{name}_many"));
            }
            offers.push(value_name(&name));
            offers.extend(parent.map(|parent| value_name(&format!("{name}_for_{parent}"))));
            offers.extend(from_id);
            let last = source
                .path
                .rsplit('/')
                .next()
                .filter(|last| is_template(last));
            offers.extend(last.map(|last| value_name(&format!("{name}_by_{last}"))));
        } else {
            let words = || value_name(&operation_words(source));
            offers.push(from_id.unwrap_or_else(words));
        }
        scope.claim(offers)
    }

    /// The `operationId` as a name.
    fn name_of_id(&self, source: &OperationSource<'_>) -> Option<String> {
        let id = source.operation.operation_id.as_deref()?;
        Some(without_tag(self.functions.shortest(id, source), self.tag))
    }

    /// The operation acts on a collection, where another one does the same with one member.
    fn is_for_many(&self, source: &OperationSource<'_>, name: &str) -> bool {
        let path = source.path.trim_end_matches('/');
        ["replace", "patch", "delete"].contains(&name)
            && self.on_members.contains(&(&source.method, path))
    }
}

fn rust_name<'a>(source: &OperationSource<'a>) -> Option<&'a str> {
    source
        .operation
        .extensions
        .get("x-rust-name")
        .and_then(Value::as_str)
}

/// Method and path in words, for an operation without an ID.
pub(super) fn operation_words(source: &OperationSource<'_>) -> String {
    format!(
        "{} {}",
        source.method.as_str().to_ascii_lowercase(),
        source.path
    )
}

/// The `operationId` as a name, without the words of the tag that it starts with, or those of a controller,
/// as `NestJS` makes it.
fn without_tag(id: &str, tag: &str) -> String {
    let method = id.split_once("Controller_").map(|(_, method)| method);
    let name = method.unwrap_or(id).replace(['/', '.'], "_");
    let name = snake_words(&name);
    let prefix = format!("{}_", snake_words(tag));
    value_name(name.strip_prefix(&prefix).unwrap_or(&name))
}

/// A name that starts with a verb, without the tag where that is what is acted on.
fn without_object(name: &str, tag: &str) -> String {
    let tag = comparable(tag);
    let (verb, rest) = name.split_once('_').unwrap_or((name, ""));
    let mut object = String::new();
    for (place, word) in rest.split('_').enumerate() {
        if place > 0 {
            object.push('_');
        }
        object.push_str(word);
        if comparable(&object) == tag {
            return value_name(&format!("{verb}{}", &rest[object.len()..]));
        }
    }
    name.to_owned()
}

struct PathName {
    name: String,
    /// The resource that holds the tag's resource.
    parent: Option<String>,
}

fn path_name(tag: &str, candidate: Candidate<'_, '_>, id: Option<&str>) -> Option<PathName> {
    let segments: Vec<&str> = candidate
        .source
        .path
        .split('/')
        .filter(|segment| !segment.is_empty())
        .collect();
    let wanted = comparable(tag);
    let at = segments
        .iter()
        .rposition(|segment| !is_template(segment) && comparable(segment) == wanted)?;
    let (before, behind) = (segments.get(..at)?, segments.get(at + 1..)?);
    let words = words(behind, &candidate.source.method);
    let is_said = candidate.source.method != HttpMethod::Get && id == Some(&words.join("_"));
    let verb = if is_said {
        None
    } else {
        verb(behind, candidate, id)
    };
    let name = match verb {
        Some(verb) => std::iter::once(verb.into_owned())
            .chain(words)
            .collect::<Vec<_>>(),
        None => words,
    };
    // Only what an ID follows holds anything; others are versions and the like.
    let parent = before.iter().rev().find(|segment| !is_template(segment));
    let parent = parent.filter(|_| before.last().is_some_and(|last| is_template(last)));
    Some(PathName {
        name: name.join("_"),
        parent: parent.map(|parent| singular(parent).unwrap_or_else(|| (*parent).to_owned())),
    })
}

/// The verb of the method; nothing where the path itself ends with one.
fn verb<'a>(
    behind: &[&str],
    candidate: Candidate<'_, 'a>,
    id: Option<&str>,
) -> Option<Cow<'a, str>> {
    let method = &candidate.source.method;
    let said = id.map_or(Says::Nothing, |id| says(id, method));
    let is_noun = said == Says::Usual && !matches!(method, HttpMethod::Get | HttpMethod::Post);
    let is_verb = |segment: &&str| !is_template(segment) && is_action(segment);
    if !is_noun && behind.last().is_some_and(is_verb) {
        return None;
    }
    let ends_static = behind.last().is_none_or(|segment| !is_template(segment));
    let behind_an_id = ends_static && behind.len() > 1 && !candidate.answers_list;
    let verb = match method {
        HttpMethod::Get if ends_static && candidate.answers_list => "list",
        HttpMethod::Get => "get",
        HttpMethod::Post
            if behind_an_id
                && said != Says::Usual
                && behind.last().is_some_and(|word| singular(word).is_none()) =>
        {
            return None;
        }
        HttpMethod::Post => "create",
        HttpMethod::Put => "replace",
        HttpMethod::Patch => "patch",
        HttpMethod::Delete => "delete",
        HttpMethod::Head => "head",
        HttpMethod::Options => "options",
        HttpMethod::Trace => "trace",
        HttpMethod::Query => "query",
        HttpMethod::Other(name) => return Some(snake_words(name).into()),
    };
    Some(verb.into())
}

/// The fixed segments, in the singular where an ID follows or one is created.
fn words(behind: &[&str], method: &HttpMethod) -> Vec<String> {
    behind
        .iter()
        .enumerate()
        .filter(|(_, segment)| !is_template(segment))
        .map(|(index, segment)| {
            let one = match behind.get(index + 1) {
                Some(next) => is_template(next),
                None => *method == HttpMethod::Post,
            };
            let word = if one {
                singular(segment).unwrap_or_else(|| (*segment).to_owned())
            } else {
                (*segment).to_owned()
            };
            snake_words(&word)
        })
        .collect()
}

fn is_template(segment: &str) -> bool {
    segment.contains('{')
}

/// A form in which tag and segment agree whatever their case and number.
fn comparable(text: &str) -> String {
    let name = snake_words(text);
    singular(&name).unwrap_or(name)
}
