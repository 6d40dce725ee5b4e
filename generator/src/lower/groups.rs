//! Groups of operations: those of one tag, or of one word of their paths.

use std::collections::{HashMap, HashSet};

use super::method_names::{is_prefix, is_template};
use super::source::OperationSource;

/// The group of operations that have none.
const UNTAGGED: &str = "Operations";

/// So many operations are found without groups.
const FEW: usize = 20;

/// By what the operations of a document are grouped.
#[derive(Debug, Clone, Copy)]
pub(super) enum Grouping {
    Tags,
    /// No operation has a tag. The word behind those that all paths begin with is what they are about.
    Words {
        shared: usize,
    },
}

impl Grouping {
    pub(super) fn of(sources: &[OperationSource<'_>]) -> Self {
        let is_tagged = |source: &OperationSource<'_>| !source.operation.tags.is_empty();
        let shared = shared_words(sources);
        let groups: HashSet<_> = sources
            .iter()
            .filter_map(|source| words(source.path).nth(shared))
            .collect();
        // Remote calls have a word each.
        let are_told = groups.len() > 1 && groups.len() * 2 <= sources.len();
        if sources.len() > FEW && are_told && !sources.iter().any(is_tagged) {
            Self::Words { shared }
        } else {
            Self::Tags
        }
    }

    /// The operations of each group, in the order of their first ones.
    pub(super) fn groups<'s, 'a>(
        self,
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

    fn name<'s>(self, source: &'s OperationSource<'_>) -> Option<&'s str> {
        match self {
            Self::Tags => source.operation.tags.first().map(String::as_str),
            Self::Words { shared } => words(source.path).nth(shared),
        }
    }
}

/// How many words all paths begin with and go on behind.
fn shared_words(sources: &[OperationSource<'_>]) -> usize {
    let Some(first) = sources.first() else {
        return 0;
    };
    let is_shared = |place: usize, word: &str| {
        sources.iter().all(|source| {
            let mut words = words(source.path).skip(place);
            words.next() == Some(word) && words.next().is_some()
        })
    };
    words(first.path)
        .enumerate()
        .take_while(|(place, word)| is_shared(*place, word))
        .count()
}

/// The words of a path that name things: no parameters, and neither API nor version.
fn words(path: &str) -> impl Iterator<Item = &str> {
    let segments = path.split('/').filter(|segment| !segment.is_empty());
    segments.filter(|segment| !is_template(segment) && !is_prefix(segment))
}
