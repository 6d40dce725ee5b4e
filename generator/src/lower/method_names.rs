//! Names of methods, by rule from HTTP method, path and tag.
//!
//! 1. `x-rust-name` of the operation wins.
//! 2. Where the path has the tag as a segment, the name is a verb and the words after that segment:
//!    `GET /clusters` is `list`, `GET /clusters/{id}` is `get`, `GET /clusters/{id}/disks` is
//!    `list_disks`. The verb follows from the method: `list` or `get`, `create`, `replace`, `patch`
//!    and `delete`. A `POST` to a word behind an ID is an action, named by that word alone, and so is
//!    whatever ends in a verb itself: `GET /pets/findByTag` is `find_by_tag`.
//! 3. Where it has not, the name is the `operationId`, without the tag it may start with, and without path
//!    and method that it may end with, as `FastAPI` makes it, if that still tells the operations apart.
//! 4. Of operations that come to the same name, the one with the shortest path keeps it; the others
//!    add `_for_` and what holds the resource, or use their `operationId`.

use std::borrow::Cow;
use std::collections::HashMap;

use heck::ToSnakeCase;
use serde_json::Value;

use super::names::{Scope, singular, value_name};
use super::source::OperationSource;
use crate::ir::HttpMethod;

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
    let functions = functions(candidates);
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
        *name = claim(&mut scope, tag, *candidate, &functions);
    }
    names
}

/// How many operations have the same name of a function in their IDs.
fn functions<'a>(candidates: &[Candidate<'_, 'a>]) -> HashMap<&'a str, usize> {
    let mut functions = HashMap::new();
    for candidate in candidates {
        let id = candidate.source.operation.operation_id.as_deref();
        if let Some(id) = id {
            let name = without_path(id, candidate.source);
            *functions.entry(name).or_default() += 1;
        }
    }
    functions
}

fn claim(
    scope: &mut Scope,
    tag: &str,
    candidate: Candidate<'_, '_>,
    functions: &HashMap<&str, usize>,
) -> String {
    let source = candidate.source;
    if let Some(name) = rust_name(source) {
        return scope.claim([value_name(name)]);
    }
    let from_id = source.operation.operation_id.as_deref().map(|id| {
        let function = without_path(id, source);
        let is_unique = functions.get(function) == Some(&1);
        without_tag(if is_unique { function } else { id }, tag)
    });
    let from_path = path_name(tag, candidate);
    match (from_path, from_id) {
        (Some(PathName { name, parent }), from_id) => {
            let longer =
                parent.map_or_else(|| name.clone(), |parent| format!("{name}_for_{parent}"));
            let longer = value_name(&longer);
            scope.claim([value_name(&name), longer.clone(), from_id.unwrap_or(longer)])
        }
        (None, Some(name)) => scope.claim([name]),
        (None, None) => scope.claim([value_name(&operation_words(source))]),
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

/// The `operationId` as far as it is the name of a function. `FastAPI` adds path and method to that, with an
/// underscore for each character that no name can hold.
fn without_path<'i>(id: &'i str, source: &OperationSource<'_>) -> &'i str {
    let is_kept = |character: char| character.is_alphanumeric() || character == '_';
    let path = source.path.replace(|character| !is_kept(character), "_");
    let added = format!("{path}_{}", source.method.as_str().to_ascii_lowercase());
    let name = id.strip_suffix(&added).unwrap_or_default();
    if name.is_empty() { id } else { name }
}

/// The `operationId` as a name, without the words of the tag that it starts with.
fn without_tag(id: &str, tag: &str) -> String {
    let name = id.replace(['/', '.'], "_").to_snake_case();
    let prefix = format!("{}_", tag.to_snake_case());
    match name.strip_prefix(&prefix) {
        Some(rest) => value_name(rest),
        None => value_name(&name),
    }
}

struct PathName {
    name: String,
    /// The resource that holds the tag's resource.
    parent: Option<String>,
}

fn path_name(tag: &str, candidate: Candidate<'_, '_>) -> Option<PathName> {
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
    let verb = verb(behind, candidate);
    let name = match verb {
        Some(verb) => std::iter::once(verb.into_owned())
            .chain(words)
            .collect::<Vec<_>>(),
        None => words,
    };
    let parent = before.iter().rev().find(|segment| !is_template(segment));
    Some(PathName {
        name: name.join("_"),
        parent: parent.map(|parent| singular(parent).unwrap_or_else(|| (*parent).to_owned())),
    })
}

/// Verbs that end paths of operations which are no plain access to a resource. Words that are nouns
/// as often (`export`, `import`, `test`) are left out.
const VERBS: &str = "\
    activate add approve archive assign attach cancel check clear clone close compute \
    confirm convert count deactivate decline decrement delete detach disable download enable \
    execute fetch filter find generate get increment invoke list login logout lookup merge move \
    paginate pause publish query reboot refresh register reject remove rename renew reset resize \
    restart restore resume retry revoke rotate run search send set start stop submit subscribe \
    suspend sync transfer unarchive unsubscribe update upload validate verify";

fn is_action(segment: &str) -> bool {
    let words = segment.to_snake_case();
    // One verb for many things stands behind that.
    let mut words = words
        .split('_')
        .filter(|word| !["batch", "bulk"].contains(word));
    let first = words.next().unwrap_or_default();
    VERBS.split(' ').any(|verb| verb == first)
}

/// The verb of the method; nothing where the path itself ends with one.
fn verb<'a>(behind: &[&str], candidate: Candidate<'_, 'a>) -> Option<Cow<'a, str>> {
    if behind.last().is_some_and(|segment| is_action(segment)) {
        return None;
    }
    let ends_static = behind.last().is_none_or(|segment| !is_template(segment));
    let behind_an_id = ends_static && behind.len() > 1 && !candidate.answers_list;
    let verb = match &candidate.source.method {
        HttpMethod::Get if ends_static && candidate.answers_list => "list",
        HttpMethod::Get => "get",
        HttpMethod::Post
            if behind_an_id && behind.last().is_some_and(|word| singular(word).is_none()) =>
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
        HttpMethod::Other(name) => return Some(name.to_snake_case().into()),
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
            word.to_snake_case()
        })
        .collect()
}

fn is_template(segment: &str) -> bool {
    segment.contains('{')
}

/// A form in which tag and segment agree whatever their case and number.
fn comparable(text: &str) -> String {
    let name = text.to_snake_case();
    singular(&name).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use openapiv3::{Operation, PathItem};

    use super::{Candidate, method_names};
    use crate::document::Pointer;
    use crate::ir::HttpMethod;
    use crate::lower::source::OperationSource;

    fn names(tag: &str, operations: &[(HttpMethod, &str, Option<&str>, bool)]) -> Vec<String> {
        let path_item = PathItem::default();
        let published: Vec<Operation> = operations
            .iter()
            .map(|(_, _, id, _)| Operation {
                operation_id: id.map(ToOwned::to_owned),
                ..Operation::default()
            })
            .collect();
        let sources: Vec<OperationSource<'_>> = operations
            .iter()
            .zip(&published)
            .map(|((method, path, ..), operation)| OperationSource {
                method: method.clone(),
                path,
                pointer: Pointer::root(),
                path_item: &path_item,
                operation,
            })
            .collect();
        let candidates: Vec<Candidate<'_, '_>> = sources
            .iter()
            .zip(operations)
            .map(|(source, (.., answers_list))| Candidate {
                source,
                answers_list: *answers_list,
            })
            .collect();
        method_names(tag, &candidates)
    }

    #[test]
    fn verbs_follow_from_method_and_path() {
        use HttpMethod::{Delete, Get, Patch, Post, Put};
        let operations = [
            (Get, "/clusters", None, true),
            (Post, "/clusters", None, false),
            (Get, "/clusters/{id}", None, false),
            (Put, "/clusters/{id}", None, false),
            (Patch, "/clusters/{id}", None, false),
            (Delete, "/clusters/{id}", None, false),
            (Get, "/clusters/{id}/disks", None, true),
            (Post, "/clusters/{id}/disks", None, false),
            (Get, "/clusters/{id}/disks/{disk}", None, false),
            (Post, "/clusters/{id}/reprovision", None, false),
            (Post, "/clusters/search", None, true),
            (Get, "/clusters/findByLabel", None, true),
            (Put, "/clusters/{id}/enable", None, false),
        ];
        let expected = [
            "list",
            "create",
            "get",
            "replace",
            "patch",
            "delete",
            "list_disks",
            "create_disk",
            "get_disk",
            "reprovision",
            "search",
            "find_by_label",
            "enable",
        ];
        assert_eq!(names("Clusters", &operations), expected);
    }

    #[test]
    fn the_shortest_path_keeps_a_shared_name() {
        use HttpMethod::Get;
        let operations = [
            (Get, "/clusters/{id}/backups", None, true),
            (Get, "/backups", None, true),
        ];
        assert_eq!(names("Backups", &operations), ["list_for_cluster", "list"]);
    }

    #[test]
    fn path_and_method_that_end_an_operation_id_are_no_part_of_the_name() {
        use HttpMethod::{Get, Post};
        let operations = [
            (
                Get,
                "/flows/{flow-id}/v1.2",
                Some("read_flow_flows__flow_id__v1_2_get"),
                false,
            ),
            (Post, "/flows", Some("_flows_post"), false),
            (Get, "/flows", Some("read_flows_flows_post"), false),
        ];
        assert_eq!(
            names("Things", &operations),
            ["read_flow", "flows_post", "read_flows_flows_post"]
        );
    }

    #[test]
    fn functions_of_one_name_are_told_apart_by_their_paths() {
        use HttpMethod::Get;
        let operations = [
            (Get, "/flows", Some("list_flows_get"), false),
            (Get, "/users", Some("list_users_get"), false),
            (Get, "/health", Some("check_health_get"), false),
        ];
        assert_eq!(
            names("Things", &operations),
            ["list_flows_get", "list_users_get", "check"]
        );
    }

    #[test]
    fn a_verb_for_many_things_is_an_action() {
        use HttpMethod::Post;
        let operations = [
            (Post, "/flows/bulk_delete", None, false),
            (Post, "/flows/filter", None, true),
            (Post, "/flows/batch", None, false),
        ];
        assert_eq!(
            names("Flows", &operations),
            ["bulk_delete", "filter", "create_batch"]
        );
    }

    #[test]
    fn a_path_without_the_tag_is_named_by_the_operation_id() {
        let operations = [
            (
                HttpMethod::Get,
                "/orgs/{org}/repos",
                Some("repos/list-for-org"),
                true,
            ),
            (HttpMethod::Get, "/feeds", None, true),
        ];
        assert_eq!(
            names("activity", &operations),
            ["repos_list_for_org", "get_feeds"]
        );
        let operations = [(
            HttpMethod::Get,
            "/orgs/{org}",
            Some("repos/list-for-org"),
            true,
        )];
        assert_eq!(names("repos", &operations), ["list_for_org"]);
    }
}
