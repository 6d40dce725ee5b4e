//! Names from paths.

use std::borrow::Cow;

use super::has_telling_id;
use super::verbs::{Says, is_action, is_plain, is_verb, says, verb_of_many};
use crate::ir::HttpMethod;
use crate::lower::names::{snake_words, value_name};
use crate::lower::source::OperationSource;
use crate::singular::singular;

/// How many segments of a path may say one tag.
const MOST_SEGMENTS: usize = 3;

/// What a path's name is made from.
pub(super) struct Facts<'f, 'a> {
    pub(super) source: &'f OperationSource<'a>,
    /// The `operationId` as a name.
    pub(super) id: Option<&'f str>,
    pub(super) answers_list: bool,
    pub(super) others: Others,
    pub(super) post: Post,
}

/// Where a tag has other operations than one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Others {
    /// On the same path.
    pub(super) on_path: bool,
    /// On members of what the path names.
    pub(super) on_members: bool,
    /// On the collection of which the path names a member.
    pub(super) on_collection: bool,
}

impl Others {
    fn any(self) -> bool {
        self.on_path || self.on_members || self.on_collection
    }
}

/// What a `POST` to a path does, if the path does not say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Post {
    Creates,
    /// Another `POST` has created what the path names.
    Updates,
    /// It is a remote call, with the name of a function for a path.
    Calls,
}

pub(super) struct PathName {
    pub(super) name: String,
    /// The resource that holds the tag's resource.
    pub(super) parent: Option<String>,
}

/// What parts the segments of a path. `OData` has the key of a member in parentheses: `/Books({id})/author`.
pub(super) const SEPARATORS: [char; 2] = ['/', '('];

/// The segments of a path; a key in parentheses is one like others.
pub(in crate::lower) fn segments(path: &str) -> impl DoubleEndedIterator<Item = &str> {
    let parts = path.split(SEPARATORS);
    parts.filter(|segment| !matches!(*segment, "" | ")"))
}

/// What is done, where a fragment tells operations of one path apart: `/files/{id}#add_shared_link`.
pub(super) fn action_of_fragment(template: &str) -> Option<&str> {
    let (_, fragment) = template.split_once('#')?;
    let name = snake_words(fragment);
    let verb = verb_of_many(&name)?;
    (is_verb(verb) || is_plain(verb)).then_some(fragment)
}

/// The path of a resource, without the format in which it is answered: `/containers/{id}/json` is that of
/// `/containers/{id}`, and `/users.json` that of `/users`.
pub(super) fn resource_path(path: &str) -> &str {
    let path = path.trim_end_matches('/');
    let rest = path.strip_suffix("json").unwrap_or_default();
    match rest.strip_suffix(['/', '.']) {
        None | Some("") => path,
        Some(rest) if rest.ends_with('/') => path,
        Some(rest) => rest,
    }
}

pub(super) fn has_format(path: &str) -> bool {
    resource_path(path) != path.trim_end_matches('/')
}

pub(super) fn path_name(tag: &str, facts: &Facts<'_, '_>) -> Option<PathName> {
    let segments: Vec<&str> = segments(resource_path(facts.source.path)).collect();
    let (first, last) = place_of(tag, &segments)?;
    let (before, behind) = (segments.get(..first)?, segments.get(last + 1..)?);
    let name = match before.last() {
        // `POST /search/users` creates none.
        Some(action) if behind.is_empty() && acts_before(action, facts) => snake_words(action),
        _ => name_of(without_version(behind), facts),
    };
    // Only what an ID follows holds anything; others are versions and the like.
    let parent = before.iter().rev().find(|segment| !is_template(segment));
    let parent = parent
        .filter(|parent| !is_prefix(parent) && before.last().is_some_and(|last| is_template(last)));
    Some(PathName {
        name,
        parent: parent.map(|parent| singular(parent).unwrap_or_else(|| (*parent).to_owned())),
    })
}

/// What stands before the resource of a tag says what a `POST` does with it.
fn acts_before(action: &str, facts: &Facts<'_, '_>) -> bool {
    let method = &facts.source.method;
    let creates = facts.id.is_some_and(|id| says(id, method) == Says::Usual);
    let is_collection = facts.others.on_path || facts.others.on_members || creates;
    *method == HttpMethod::Post && !is_collection && is_action(action)
}

/// The first and the last segment that say the tag: `/threads/{id}/runs` is about the tag `Thread Runs`, and
/// `/sqllab` about `SQL Lab`.
fn place_of(tag: &str, segments: &[&str]) -> Option<(usize, usize)> {
    let letters = |text: &str| comparable(text).replace('_', "");
    let wanted = letters(tag);
    let words = segments.iter().enumerate();
    let words: Vec<(usize, String)> = words
        .filter(|(_, segment)| !is_template(segment))
        .map(|(at, segment)| (at, letters(segment)))
        .collect();
    (1..=MOST_SEGMENTS).find_map(|count| {
        let said = words.windows(count).rev().find(|said| {
            let said = said.iter().map(|(_, word)| word.as_str());
            said.collect::<String>() == wanted
        })?;
        Some((said.first()?.0, said.last()?.0))
    })
}

/// The name from a whole path, for an operation of which neither tag nor ID says anything. That it belongs to
/// an API, and to which version, is no part of it.
pub(super) fn whole_path_name(facts: &Facts<'_, '_>) -> Option<PathName> {
    let segments = segments(resource_path(facts.source.path));
    let behind: Vec<&str> = segments.skip_while(|segment| is_prefix(segment)).collect();
    let has_words = behind.iter().any(|segment| !is_template(segment));
    let name = match behind.last() {
        Some(last) if may_be_anything(&behind, last, facts) => {
            let words = words(&behind, false).join("_");
            if facts.post == Post::Calls {
                words
            } else {
                format!("post_{words}")
            }
        }
        _ => name_of(&behind, facts),
    };
    has_words.then_some(PathName { name, parent: None })
}

/// Nothing says that a `POST` creates something: neither an ID on the way, nor what else is done there.
fn may_be_anything(behind: &[&str], last: &str, facts: &Facts<'_, '_>) -> bool {
    facts.source.method == HttpMethod::Post
        && !behind.iter().any(|segment| is_template(segment))
        && !facts.others.on_path
        && !facts.others.on_members
        && !ends_with_action(last, behind, facts)
}

/// The segments behind a tag without the version of its API: `/users/api/v1/balance` is about the balance.
fn without_version<'s, 'p>(behind: &'s [&'p str]) -> &'s [&'p str] {
    match behind {
        ["api", version, rest @ ..] | [version, rest @ ..] if is_version(version) => rest,
        _ => behind,
    }
}

fn is_version(segment: &str) -> bool {
    match segment.strip_prefix(['v', 'V']) {
        Some(version) => version.starts_with(|first: char| first.is_ascii_digit()),
        None => segment
            .chars()
            .all(|one| one.is_ascii_digit() || one == '.'),
    }
}

/// That a path belongs to an API, or to which version of it.
pub(in crate::lower) fn is_prefix(segment: &str) -> bool {
    is_version(segment) || segment.eq_ignore_ascii_case("api")
}

/// Verb and words of what stands behind the resource of a tag.
fn name_of(behind: &[&str], facts: &Facts<'_, '_>) -> String {
    if let Some(name) = name_by_key(behind, facts) {
        return name;
    }
    let creates = facts.source.method == HttpMethod::Post;
    let one = words(behind, creates);
    let is_said = facts.source.method != HttpMethod::Get && facts.id == Some(&one.join("_"));
    let name: Vec<String> = if is_said {
        one
    } else {
        match verb(behind, facts) {
            Some(verb) if one.first().is_some_and(|first| *first == *verb) => one,
            Some(verb) => std::iter::once(verb.into_owned()).chain(one).collect(),
            None => action_first(behind, &facts.source.method),
        }
    };
    name.join("_")
}

/// What is done, and with what: `/customers/{id}/cards/{card}/verify` verifies a card. More words than a verb
/// say both themselves, unless they stand among actions, and what is read may be an archive.
fn action_first(behind: &[&str], method: &HttpMethod) -> Vec<String> {
    let Some((last, before)) = behind.split_last() else {
        return Vec::new();
    };
    let action = snake_words(last);
    let is_verb_of = |verb: &str| (is_verb(verb) || is_plain(verb)) && action.ends_with(verb);
    let is_lone = verb_of_many(&action).is_some_and(is_verb_of);
    let object = match before {
        [object @ .., actions] if comparable(actions) == "action" => Some(object),
        _ => is_lone.then_some(before),
    };
    let Some(object) = object.filter(|_| !is_template(last) && !only_accesses(last, method)) else {
        return words(behind, false);
    };
    let object = words(object, action == "create");
    std::iter::once(action).chain(object).collect()
}

/// The name of what is told by another key than its ID, where the ID of the operation says so, too:
/// `/users/name/{name}` gets no name, but a user by its name.
fn name_by_key(behind: &[&str], facts: &Facts<'_, '_>) -> Option<String> {
    let [before @ .., key, parameter] = behind else {
        return None;
    };
    let key = comparable(key);
    let is_key = is_template(parameter)
        && comparable(parameter.trim_matches(['{', '}'])) == key
        && facts.id?.ends_with(&format!("_by_{key}"));
    let verb = verb(behind, facts).filter(|_| is_key)?.into_owned();
    let mut name = vec![verb];
    name.extend(words(before, true));
    name.extend(["by".to_owned(), key]);
    Some(name.join("_"))
}

/// What holds the resource of a path and not that of another path which came to the same name: best what the
/// other path does not mention, else what it does not have one of.
pub(super) fn holder(path: &str, rival: &str, name: &str) -> Option<String> {
    let holders = holders(path);
    let is_new = |holder: &&String| is_news(holder, rival, name);
    let others = self::holders(rival);
    let is_other = |holder: &&String| !is_said(holder, name) && !others.contains(holder);
    let mut from_last = holders.iter().rev();
    let found = from_last.clone().find(is_new);
    found.or_else(|| from_last.find(is_other)).cloned()
}

/// What a path has one of, told by an ID.
fn holders(path: &str) -> Vec<String> {
    let segments: Vec<&str> = segments(path).collect();
    let holders = segments.windows(2).filter_map(|pair| match pair {
        [holder, id] if is_template(id) && !is_template(holder) && !is_prefix(holder) => {
            Some(comparable(holder)).filter(|holder| !holder.is_empty())
        }
        _ => None,
    });
    holders.collect()
}

/// Neither a path nor a name holds a word of another path.
fn is_news(word: &str, rival: &str, name: &str) -> bool {
    !word.is_empty()
        && !is_said(word, name)
        && segments(rival).all(|segment| comparable(segment) != word)
}

/// A name has a word already.
fn is_said(word: &str, name: &str) -> bool {
    format!("_{name}_").contains(&format!("_{word}_"))
}

/// Names with a word that tells an operation from another one of the same name: one of its path, one of its
/// parameters, or its method.
pub(super) fn told_apart(name: &str, source: &OperationSource<'_>, rival: &str) -> Vec<String> {
    let reversed = || segments(source.path).rev();
    let words = reversed().filter(|segment| !is_template(segment));
    let word = words
        .map(comparable)
        .find(|word| is_news(word, rival, name));
    let mut ids = reversed().filter(|segment| is_template(segment));
    let id = ids.find(|id| !segments(rival).any(|other| other == *id));
    let method = source.method.as_str().to_ascii_lowercase();
    let is_said = name.starts_with(&format!("{method}_"));
    let offers = [
        word.map(|word| format!("{name}_for_{word}")),
        id.map(|id| format!("{name}_by_{id}")),
        Some(format!("{method}_{name}")).filter(|_| !is_said),
    ];
    offers
        .into_iter()
        .flatten()
        .map(|offer| value_name(&offer))
        .collect()
}

/// The verb of the method; nothing where the path itself ends with what is done.
fn verb<'f>(behind: &[&str], facts: &Facts<'f, '_>) -> Option<Cow<'f, str>> {
    let last = behind.last().filter(|segment| !is_template(segment));
    if last.is_some_and(|last| ends_with_action(last, behind, facts)) || acts_on_key(behind, facts)
    {
        return None;
    }
    // What has members of its own is a collection, though it be told by a key: `/items/{collection}`.
    let may_list = last.is_some() || behind.is_empty() || facts.others.on_members;
    let sets = || !behind.is_empty() && facts.id.is_some_and(|id| id.starts_with("set_"));
    let verb = match &facts.source.method {
        HttpMethod::Get if facts.answers_list && may_list => "list",
        HttpMethod::Get => "get",
        HttpMethod::Post if facts.post == Post::Updates => "update",
        HttpMethod::Post => "create",
        HttpMethod::Put if sets() => "set",
        HttpMethod::Put => "replace",
        HttpMethod::Patch => "patch",
        HttpMethod::Delete => "delete",
        HttpMethod::Head => "head",
        HttpMethod::Options => "options",
        HttpMethod::Trace => "trace",
        HttpMethod::Query => "query",
        HttpMethod::Other(name) => return Some(snake_words(name).into()),
    };
    let is_said = last.is_some_and(|last| verb_of_many(&snake_words(last)) == Some(verb));
    (!is_said).then(|| verb.into())
}

/// The last word of a path says what is done: it is a verb, or stands behind the ID of what a `POST` acts on.
fn ends_with_action(last: &str, behind: &[&str], facts: &Facts<'_, '_>) -> bool {
    let method = &facts.source.method;
    let writes = matches!(
        method,
        HttpMethod::Post | HttpMethod::Put | HttpMethod::Patch
    );
    let id = facts.id.filter(|_| !writes || has_telling_id(facts.source));
    let said = id.map_or(Says::Nothing, |id| says(id, method));
    let is_plural = singular(last).is_some();
    let creates = facts.id.is_some_and(|id| id.starts_with("create_"));
    let is_noun = match method {
        HttpMethod::Get => false,
        HttpMethod::Post => (creates || facts.others.on_members) && is_plural,
        _ => said == Says::Usual,
    };
    if !is_noun && is_action(last) && !(facts.others.on_path && only_accesses(last, method)) {
        return true;
    }
    *method == HttpMethod::Post
        && (behind.len() > 1 || is_among_actions(facts.source.path))
        && !facts.answers_list
        && !facts.others.on_members
        && said != Says::Usual
        && !is_plural
}

/// The word before the key of one thing says what is done with it: `POST /orders/cancel/{id}`. Where there is
/// more to do with what the path names, the word is a noun.
fn acts_on_key(behind: &[&str], facts: &Facts<'_, '_>) -> bool {
    let [.., word, key] = behind else {
        return false;
    };
    is_template(key)
        && !is_template(word)
        && is_action(word)
        && !only_accesses(word, &facts.source.method)
        && !facts.others.any()
}

/// What can be done is listed under a word of its own: `/servers/{id}/actions/poweroff`.
fn is_among_actions(path: &str) -> bool {
    let before = segments(path).nth_back(1);
    before.is_some_and(|before| comparable(before) == "action")
}

/// The method does not do what a verb in the path says, where another one of the same path may: what is
/// done with a `PUT` is looked up or undone with these.
fn only_accesses(segment: &str, method: &HttpMethod) -> bool {
    matches!(
        method,
        HttpMethod::Get | HttpMethod::Head | HttpMethod::Delete
    ) && says(&snake_words(segment), method) != Says::Usual
}

/// The fixed segments, in the singular where an ID follows or one is created.
fn words(behind: &[&str], creates: bool) -> Vec<String> {
    behind
        .iter()
        .enumerate()
        .filter(|(_, segment)| !is_template(segment))
        .map(|(index, segment)| {
            let one = match behind.get(index + 1) {
                Some(next) => is_template(next),
                None => creates,
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

pub(in crate::lower) fn is_template(segment: &str) -> bool {
    segment.contains('{')
}

/// A form in which tag and segment agree whatever their case and number.
pub(super) fn comparable(text: &str) -> String {
    let name = snake_words(text);
    singular(&name).unwrap_or(name)
}
