//! Groups of operations: those of one tag, or of one word of their paths.

use std::collections::{HashMap, HashSet};

use super::method_names::{self, is_prefix, is_template, place};
use super::names::module_name;
use super::source::OperationSource;

/// The group of operations that have none.
const UNTAGGED: &str = "Operations";

/// So many operations are found without groups.
const FEW: usize = 20;

/// By what the operations of a document are grouped.
#[derive(Debug)]
pub(super) struct Grouping<'s> {
    /// The tag of all operations on a path that have one, if it is the same.
    tags_of_paths: HashMap<String, Option<&'s str>>,
    otherwise: Otherwise<'s>,
}

/// By what operations without a tag are grouped.
#[derive(Debug)]
enum Otherwise<'s> {
    Untagged,
    /// Many operations have no tag. The word behind those that most of their paths begin with is what they are
    /// about.
    Words {
        common: Vec<&'s str>,
        /// The tags of other operations, by the modules that they become.
        tags: HashMap<String, &'s str>,
    },
}

impl<'s> Grouping<'s> {
    pub(super) fn of(sources: &'s [OperationSource<'_>]) -> Self {
        let mut tags_of_paths = HashMap::new();
        for source in sources {
            if let Some(tag) = tag(source) {
                let known = tags_of_paths
                    .entry(place(source.path.trim_end_matches('/')))
                    .or_insert(Some(tag));
                *known = known.filter(|known| *known == tag);
            }
        }
        let mut grouping = Self {
            tags_of_paths,
            otherwise: Otherwise::Untagged,
        };
        let untagged = sources.iter();
        let untagged: Vec<_> = untagged
            .filter(|source| grouping.tag(source).is_none())
            .collect();
        grouping.otherwise = Otherwise::of(sources, &untagged);
        grouping
    }

    /// The operations of each group, in the order of their first ones.
    pub(super) fn groups<'a>(
        &self,
        sources: &'s [OperationSource<'a>],
    ) -> Vec<(&'s str, Vec<&'s OperationSource<'a>>)> {
        let mut groups: Vec<(&str, Vec<&OperationSource<'a>>)> = Vec::new();
        let mut positions: HashMap<&str, usize> = HashMap::new();
        for source in sources {
            let name = self.name(source).unwrap_or(UNTAGGED);
            let position = *positions.entry(name).or_insert(groups.len());
            match groups.get_mut(position) {
                Some((_, members)) => members.push(source),
                None => groups.push((name, vec![source])),
            }
        }
        groups
    }

    fn name(&self, source: &'s OperationSource<'_>) -> Option<&'s str> {
        let word = || match &self.otherwise {
            Otherwise::Untagged => None,
            Otherwise::Words { common, tags } => {
                let word = word_behind(source.path, common)?;
                Some(tags.get(&module_name(word)).copied().unwrap_or(word))
            }
        };
        self.tag(source).or_else(word)
    }

    /// The tag of an operation, or else of those on its path or on what that belongs to: `/tasks/{id}/logs` is
    /// about what `/tasks/{id}` is about.
    fn tag(&self, source: &'s OperationSource<'_>) -> Option<&'s str> {
        let inherited = || {
            let path = place(source.path);
            let paths = std::iter::successors(Some(path.as_str()), |path| {
                path.rsplit_once('/').map(|(before, _)| before)
            });
            let mut paths = paths.filter(|path| !path.is_empty());
            *paths.find_map(|path| self.tags_of_paths.get(path))?
        };
        tag(source).or_else(inherited)
    }
}

impl<'s> Otherwise<'s> {
    fn of(sources: &'s [OperationSource<'_>], untagged: &[&'s OperationSource<'_>]) -> Self {
        if untagged.len() <= FEW {
            return Self::Untagged;
        }
        let common = common_words(untagged);
        let groups: HashSet<_> = untagged
            .iter()
            .filter_map(|source| word_behind(source.path, &common))
            .collect();
        // Remote calls have a word each.
        if groups.len() > 1 && groups.len() * 2 <= untagged.len() {
            let tags = sources.iter().filter_map(tag);
            let tags = tags.map(|tag| (module_name(tag), tag)).collect();
            Self::Words { common, tags }
        } else {
            Self::Untagged
        }
    }
}

fn tag<'s>(source: &'s OperationSource<'_>) -> Option<&'s str> {
    source.operation.tags.first().map(String::as_str)
}

/// The words that more than half of the paths begin with, as in `/shop/v1/accounts`. What has members is no
/// such word, but what a path is about; and a path more or less changes none of them.
fn common_words<'s>(sources: &[&'s OperationSource<'_>]) -> Vec<&'s str> {
    let mut common = Vec::new();
    while let Some(next) = next_common_word(sources, &common) {
        common.push(next);
    }
    common
}

fn next_common_word<'s>(sources: &[&'s OperationSource<'_>], common: &[&str]) -> Option<&'s str> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    let mut collections = HashSet::new();
    for source in sources {
        let Some(mut rest) = behind(source.path, common) else {
            continue;
        };
        if let Some(word) = rest.next().filter(|word| !is_template(word)) {
            *counts.entry(word).or_default() += 1;
            if rest.next().is_none_or(is_template) {
                collections.insert(word);
            }
        }
    }
    let is_common =
        |(word, count): &(&str, usize)| count * 2 > sources.len() && !collections.contains(word);
    counts.into_iter().find(is_common).map(|(word, _)| word)
}

/// The first word of a path behind common ones, or of all where there is no more.
fn word_behind<'p>(path: &'p str, common: &[&str]) -> Option<&'p str> {
    let mut rest = segments(path).peekable();
    for word in common {
        rest.next_if_eq(word);
    }
    let mut words = rest.chain(segments(path));
    words.find(|segment| !is_template(segment))
}

/// The segments behind words that a path begins with.
fn behind<'p>(path: &'p str, words: &[&str]) -> Option<impl Iterator<Item = &'p str>> {
    let mut segments = segments(path);
    let begins = words.iter().all(|word| segments.next() == Some(word));
    begins.then_some(segments)
}

/// The segments of a path without API and version.
fn segments(path: &str) -> impl Iterator<Item = &str> {
    method_names::segments(path).filter(|segment| !is_prefix(segment))
}
