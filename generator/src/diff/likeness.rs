//! How much alike two names or two sets are.

use std::collections::BTreeSet;

use heck::ToSnakeCase as _;

/// How much of two sets is common to both: from 0 to 1.
pub(super) fn overlap<T: Ord>(one: &BTreeSet<T>, other: &BTreeSet<T>) -> f64 {
    let (common, all) = (
        one.intersection(other).count(),
        one.union(other).count().max(1),
    );
    ratio(common, all)
}

/// How much alike two names are: the share of words, or of letters, that they have in common.
pub(super) fn names(one: &str, other: &str) -> f64 {
    let (one, other) = (one.to_snake_case(), other.to_snake_case());
    let words = overlap(&one.split('_').collect(), &other.split('_').collect());
    words.max(letters(&one, &other))
}

/// The share of letters that stay where one name is edited into the other.
fn letters(one: &str, other: &str) -> f64 {
    let other: Vec<char> = other.chars().collect();
    let mut last: Vec<usize> = vec![0; other.len() + 1];
    let mut length = 0;
    for character in one.chars() {
        length += 1;
        let mut current = vec![0];
        for (column, candidate) in other.iter().enumerate() {
            let cell = |row: &[usize], at: usize| row.get(at).copied().unwrap_or(0);
            let kept = if character == *candidate {
                cell(&last, column) + 1
            } else {
                cell(&last, column + 1).max(cell(&current, column))
            };
            current.push(kept);
        }
        last = current;
    }
    let kept = last.last().copied().unwrap_or(0);
    ratio(kept, other.len().max(length).max(1))
}

fn ratio(part: usize, whole: usize) -> f64 {
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    f64::from(number(part)) / f64::from(number(whole))
}

/// Pairs of indices of two lists that are each other's best match, and good enough.
///
/// A match that is not clearly better than the next one is none: a wrong claim of a rename misleads
/// more than two changes that stand side by side.
pub(super) fn pairs<A, B>(
    old: &[A],
    new: &[B],
    threshold: f64,
    score: impl Fn(&A, &B) -> f64,
) -> Vec<(usize, usize)> {
    let scores: Vec<Vec<f64>> = old
        .iter()
        .map(|one| new.iter().map(|other| score(one, other)).collect())
        .collect();
    let best = |values: &mut dyn Iterator<Item = f64>| {
        let (mut first, mut second, mut index) = (f64::MIN, f64::MIN, None);
        for (position, value) in values.enumerate() {
            if value > first {
                (second, first, index) = (first, value, Some(position));
            } else if value > second {
                second = value;
            }
        }
        index.filter(|_| first >= threshold && first > second + 0.05)
    };
    let mut found = Vec::new();
    for (index, row) in scores.iter().enumerate() {
        let Some(partner) = best(&mut row.iter().copied()) else {
            continue;
        };
        let column = scores.iter().map(|row| row.get(partner).copied());
        if best(&mut column.map(|value| value.unwrap_or(f64::MIN))) == Some(index) {
            found.push((index, partner));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{names, pairs};

    #[test]
    fn names_that_share_words_or_letters_are_alike() {
        assert!(names("cores", "cpuCores") >= 0.5);
        assert!(names("colour", "color") >= 0.8);
        assert!(names("cores", "location") < 0.5);
    }

    #[test]
    fn an_ambiguous_match_is_none() {
        let score = |one: &&str, other: &&str| names(one, other);
        assert_eq!(pairs(&["size"], &["sizeMb"], 0.5, score), [(0, 0)]);
        assert_eq!(pairs(&["size"], &["sizeMb", "sizeGb"], 0.5, score), []);
        assert_eq!(pairs(&["size"], &["owner"], 0.5, score), []);
    }
}
