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

/// A name, taken apart once for all the names that it is compared with.
pub(super) struct Name {
    words: BTreeSet<String>,
    letters: Vec<char>,
    places: Option<Places>,
}

/// The places of a name at which each letter of ASCII stands, one bit for each.
type Places = Box<[u64; 128]>;

impl Name {
    pub(super) fn of(name: &str) -> Self {
        let name = name.to_snake_case();
        let letters: Vec<char> = name.chars().collect();
        Self {
            words: name.split('_').map(str::to_owned).collect(),
            places: places(&letters),
            letters,
        }
    }

    /// How much alike two names are: the share of words, or of letters, that they have in common.
    pub(super) fn likeness(&self, other: &Self) -> f64 {
        let longer = self.letters.len().max(other.letters.len()).max(1);
        let letters = ratio(self.kept_letters(other), longer);
        overlap(&self.words, &other.words).max(letters)
    }

    /// How many letters stay where one name is edited into the other.
    fn kept_letters(&self, other: &Self) -> usize {
        match &self.places {
            Some(places) => kept_by_bits(places, &other.letters),
            None => kept_by_rows(&self.letters, &other.letters),
        }
    }
}

/// The places of letters, where they are few enough for bits and all of ASCII.
fn places(letters: &[char]) -> Option<Places> {
    let mut places: Places = Box::new([0; 128]);
    for (position, letter) in letters.iter().enumerate() {
        let bit = 1_u64.checked_shl(u32::try_from(position).ok()?)?;
        *places.get_mut(*letter as usize)? |= bit;
    }
    Some(places)
}

/// The length of the longest common subsequence by the method of Hyyrö, which does all columns of a row
/// at once: after each row, the bits that are not set are the columns at which the length grows.
fn kept_by_bits(places: &Places, letters: &[char]) -> usize {
    let mut row = u64::MAX;
    for letter in letters {
        let matches = row & places.get(*letter as usize).copied().unwrap_or(0);
        row = row.wrapping_add(matches) | (row - matches);
    }
    row.count_zeros() as usize
}

/// The same for all other names.
fn kept_by_rows(one: &[char], other: &[char]) -> usize {
    let mut last: Vec<usize> = vec![0; other.len() + 1];
    for letter in one {
        let mut current = vec![0];
        for (column, candidate) in other.iter().enumerate() {
            let cell = |row: &[usize], at: usize| row.get(at).copied().unwrap_or(0);
            let kept = if letter == candidate {
                cell(&last, column) + 1
            } else {
                cell(&last, column + 1).max(cell(&current, column))
            };
            current.push(kept);
        }
        last = current;
    }
    last.last().copied().unwrap_or(0)
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
    use super::{Name, kept_by_rows, pairs};

    fn names(one: &str, other: &str) -> f64 {
        Name::of(one).likeness(&Name::of(other))
    }

    #[test]
    fn names_that_share_words_or_letters_are_alike() {
        assert!(names("cores", "cpuCores") >= 0.5);
        assert!(names("colour", "color") >= 0.8);
        assert!(names("cores", "location") < 0.5);
    }

    #[test]
    fn letters_are_counted_alike_in_either_way() {
        let long = "a_name_of_more_letters_than_there_are_bits_".repeat(2);
        let names = [
            "",
            "a",
            "cores",
            "cpu_cores",
            "colour",
            "größe",
            "grösse",
            &long,
        ];
        for one in names.map(Name::of) {
            for other in names.map(Name::of) {
                let kept = kept_by_rows(&one.letters, &other.letters);
                assert_eq!(one.kept_letters(&other), kept);
            }
        }
    }

    #[test]
    fn an_ambiguous_match_is_none() {
        let score = |one: &&str, other: &&str| names(one, other);
        assert_eq!(pairs(&["size"], &["sizeMb"], 0.5, score), [(0, 0)]);
        assert_eq!(pairs(&["size"], &["sizeMb", "sizeGb"], 0.5, score), []);
        assert_eq!(pairs(&["size"], &["owner"], 0.5, score), []);
    }
}
