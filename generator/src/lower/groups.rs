//! Groups of operations: those of one tag, or of one word of their paths.

use std::collections::{HashMap, HashSet};

use super::method_names::{self, is_prefix, is_template};
use super::source::OperationSource;

/// The group of operations that have none.
const UNTAGGED: &str = "Operations";

/// So many operations are found without groups.
const FEW: usize = 20;

/// By what the operations of a document are grouped.
#[derive(Debug)]
pub(super) enum Grouping<'s> {
    Tags,
    /// No operation has a tag. The word behind those that most paths begin with is what they are about.
    Words {
        common: Vec<&'s str>,
    },
}

impl<'s> Grouping<'s> {
    pub(super) fn of(sources: &'s [OperationSource<'_>]) -> Self {
        let is_tagged = |source: &OperationSource<'_>| !source.operation.tags.is_empty();
        if sources.len() <= FEW || sources.iter().any(is_tagged) {
            return Self::Tags;
        }
        let common = common_words(sources);
        let groups: HashSet<_> = sources
            .iter()
            .filter_map(|source| word_behind(source.path, &common))
            .collect();
        // Remote calls have a word each.
        if groups.len() > 1 && groups.len() * 2 <= sources.len() {
            Self::Words { common }
        } else {
            Self::Tags
        }
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
        match self {
            Self::Tags => source.operation.tags.first().map(String::as_str),
            Self::Words { common } => word_behind(source.path, common),
        }
    }
}

/// The words that more than half of the paths begin with, as in `/shop/v1/accounts`. What has members is no
/// such word, but what a path is about; and a path more or less changes none of them.
fn common_words<'s>(sources: &'s [OperationSource<'_>]) -> Vec<&'s str> {
    let mut common = Vec::new();
    while let Some(next) = next_common_word(sources, &common) {
        common.push(next);
    }
    common
}

fn next_common_word<'s>(sources: &'s [OperationSource<'_>], common: &[&str]) -> Option<&'s str> {
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
