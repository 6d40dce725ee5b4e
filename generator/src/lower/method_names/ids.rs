//! Names from the IDs of operations.

use super::paths::{comparable, is_prefix, is_template, segments};
use super::verbs::{Says, ends_as_usual, is_action, is_plain, is_verb, says, verb_of_many};
use crate::ir::HttpMethod;
use crate::lower::names::{snake_words, value_name};
use crate::lower::source::OperationSource;
use crate::singular::singular;

/// Words that put what stands behind them in relation to what stands before.
const PREPOSITIONS: &[&str] = &[
    "as", "at", "by", "for", "from", "in", "into", "of", "on", "to", "under", "using", "via",
    "with",
];

/// The `operationId` as a name, without the words of the tag that it starts with, or those of a controller,
/// as `NestJS` makes it.
pub(super) fn without_tag(id: &str, tag: &str) -> String {
    let method = id.split_once("Controller_").map(|(_, method)| method);
    let name = method.unwrap_or(id).replace(['/', '.'], "_");
    let name = snake_words(&name);
    let name = once(&name);
    let tag = snake_words(tag);
    // A verb is what is done, though it be the tag as well: nothing else says that `searchData` searches.
    if is_verb(&tag) && !id.contains(['/', '.']) {
        return value_name(name);
    }
    let behind = |prefix: &str| name.strip_prefix(prefix)?.strip_prefix('_');
    // `zoneList` is the list of the tag `Zones`, but `zonePhoto` says no more than its path.
    let of_one = || {
        let rest = behind(&singular(&tag)?)?;
        begins_with_verb(rest).then_some(rest)
    };
    let without = behind(&tag).or_else(of_one);
    value_name(
        without
            .or_else(|| without_short(name, &tag))
            .unwrap_or(name),
    )
}

/// A name that begins with a short form of a tag, before what is done and with what: `repo_list_tags` lists tags
/// of the tag `repository`.
fn without_short<'n>(name: &'n str, tag: &str) -> Option<&'n str> {
    /// Fewer letters begin too many words.
    const LETTERS: usize = 3;
    let (short, rest) = name.split_once('_')?;
    let is_short = short.len() >= LETTERS && tag.starts_with(short) && !tag.contains('_');
    let is_verb = is_plain(short) || is_verb(short);
    (is_short && !is_verb && rest.contains('_') && begins_with_verb(rest)).then_some(rest)
}

/// A verb is what a name begins with, and none that says more is at its end.
fn begins_with_verb(name: &str) -> bool {
    let first = name.split('_').next().unwrap_or_default();
    let last = name.rsplit('_').next().unwrap_or_default();
    (is_plain(first) || is_verb(first)) && (first == last || !is_plain(last))
}

/// A name that ends with the usual verb of its method, and has none at its start, with that verb at its start:
/// `members_list` is `list_members`. What is listed has to be several things; what is told by an ID, or is
/// created, is one of them.
pub(super) fn verb_first(name: String, source: &OperationSource<'_>) -> String {
    let first = verb_of_many(&name).unwrap_or_default();
    if is_plain(first) || is_verb(first) || !ends_as_usual(&name, &source.method) {
        return name;
    }
    let Some((object, verb)) = name.rsplit_once('_') else {
        return name;
    };
    let (object, verb) = match object.strip_suffix("_partial") {
        Some(object) => (object, format!("partial_{verb}")),
        None => (object, verb.to_owned()),
    };
    let is_adverb = ["partial", "bulk", "batch"].contains(&object);
    if is_adverb || (verb == "list" && singular(object).is_none()) {
        return name;
    }
    let creates = source.method == HttpMethod::Post && says(&verb, &source.method) == Says::Usual;
    let is_one = creates || segments(source.path).next_back().is_some_and(is_template);
    let one = singular(object).filter(|_| is_one && verb != "list");
    let object = one.as_deref().unwrap_or(object);
    value_name(&format!("{verb}_{object}"))
}

/// An ID without the API and its version, where it starts with the same words as its path: they say nothing of
/// what the operation does.
pub(super) fn without_prefix<'i>(id: &'i str, path: &str) -> &'i str {
    let mut rest = id;
    for segment in path.trim_start_matches('/').split('/') {
        let behind = rest.strip_prefix(snake_words(segment).as_str());
        match behind.and_then(|behind| behind.strip_prefix('_')) {
            Some(behind) if is_prefix(segment) => rest = behind,
            Some(_) => return rest,
            None => break,
        }
    }
    id
}

/// A name without its first word, where the next one repeats it: fastapi-users has the ID `verify:verify`.
fn once(name: &str) -> &str {
    let rest = name
        .split_once('_')
        .map(|(first, rest)| (rest, rest.strip_prefix(first)));
    match rest {
        Some((rest, Some(behind))) if behind.is_empty() || behind.starts_with('_') => rest,
        _ => name,
    }
}

/// Names from an ID that knows better than method and path what the operation does; none where it does not.
pub(super) fn own_names(id: &str, tag: &str, source: &OperationSource<'_>) -> Vec<String> {
    let method = &source.method;
    let wanted = comparable(tag);
    let first = id.split('_').next().unwrap_or_default();
    let writes = matches!(method, HttpMethod::Post | HttpMethod::Put);
    if first == wanted && !(writes && is_verb(first)) {
        return Vec::new();
    }
    let action = action_of_path(id, source);
    // A verb that is known needs no ID to be seen in the path.
    let is_new = action.is_some_and(|action| !is_action(action));
    let is_own = is_new || says(id, method) == Says::Other || says_more(id, source);
    if !is_own {
        return Vec::new();
    }
    let action = action.filter(|action| comparable(&id[action.len()..]) == wanted);
    let action = action.map(value_name);
    let names = [action, Some(without_object(id, tag)), Some(id.to_owned())];
    names.into_iter().flatten().collect()
}

/// The ID has nothing but the method and the path of its operation, as a machine makes it, be it without the
/// API and its version, or with `id` in place of each parameter. Where the path is one word, as in
/// `getDomainNames`, a person would have written the same, unless it is what no person calls a method.
pub(super) fn is_made_of_path(id: &str, source: &OperationSource<'_>) -> bool {
    let segments: Vec<&str> = source
        .template
        .trim_matches('/')
        .split(['/', '#'])
        .collect();
    let mut resource = segments.as_slice();
    while let [first, rest @ ..] = resource
        && is_prefix(first)
    {
        resource = rest;
    }
    let is_made_of = |path: &[&str], parameter: Option<&str>| {
        let parts = path.iter().map(|part| match parameter {
            Some(parameter) if is_template(part) => parameter,
            _ => part,
        });
        let spelled = std::iter::once(source.method.as_str()).chain(parts);
        let is_long = path.len() > 1 || source.method == HttpMethod::Post;
        is_long && spelled.flat_map(letters).eq(letters(id))
    };
    [resource, &segments]
        .iter()
        .any(|path| is_made_of(path, None) || is_made_of(path, Some("id")))
}

/// The letters and digits of a text, in whichever case.
fn letters(text: &str) -> impl Iterator<Item = char> {
    let letters = text.chars().filter(|letter| letter.is_alphanumeric());
    letters.flat_map(char::to_lowercase)
}

/// The ID goes on behind the verb that is all its path says: `GET /images/get` gets all, if it is `getAll`.
fn says_more(id: &str, source: &OperationSource<'_>) -> bool {
    let last = segments(source.path).next_back();
    let verb = id.split_once('_').map(|(verb, _)| verb);
    verb.is_some() && verb == last && verb.is_some_and(is_verb)
}

/// Says by itself what it does, where the method never says anything: it is neither the plain verb of the
/// method, nor made of method and path.
pub(super) fn is_function(id: &str, method: &HttpMethod) -> bool {
    let of_method = format!("{}_", method.as_str().to_ascii_lowercase());
    says(id, method) != Says::Usual
        && !ends_as_usual(id, method)
        && !id.starts_with(of_method.as_str())
}

/// The words of an ID that are the last one of its path, where it starts with them. No verb has to be known
/// to see that a `PUT` to `/zones/{id}/rectify` rectifies, if its ID is `rectifyZone`.
fn action_of_path<'i>(id: &'i str, source: &OperationSource<'_>) -> Option<&'i str> {
    let method = &source.method;
    let last = segments(source.path).next_back()?;
    let may_act = matches!(method, HttpMethod::Post | HttpMethod::Put)
        && !is_template(last)
        && singular(last).is_none()
        && says(id, method) != Says::Usual
        && !ends_as_usual(id, method);
    let wanted = snake_words(last).replace('_', "");
    let ends = id.match_indices('_').map(|(end, _)| end);
    let mut beginnings = ends.chain([id.len()]).filter_map(|end| id.get(..end));
    beginnings.find(|beginning| may_act && beginning.replace('_', "") == wanted)
}

/// A name that starts with a verb, without the tag where that is what is acted on.
pub(super) fn without_object(name: &str, tag: &str) -> String {
    let tag = comparable(tag);
    let (verb, rest) = name.split_once('_').unwrap_or((name, ""));
    let mut articles = ["a_", "an_", "the_"].iter();
    let rest = articles
        .find_map(|article| rest.strip_prefix(article))
        .unwrap_or(rest);
    let mut object = String::new();
    for (place, word) in rest.split('_').enumerate() {
        if place > 0 {
            object.push('_');
        }
        object.push_str(word);
        if comparable(&object) != tag {
            continue;
        }
        let behind = &rest[object.len()..];
        // What stands behind a plural is not what is acted on: `save_albums_user` saves no user.
        let next = behind.split('_').nth(1);
        if next == Some("s") {
            continue;
        }
        if singular(&object).is_none() || next.is_none_or(|next| PREPOSITIONS.contains(&next)) {
            return value_name(&format!("{verb}{behind}"));
        }
    }
    name.to_owned()
}
