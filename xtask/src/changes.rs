//! The report of what an update of a document means for callers.

mod machine;
mod markdown;
mod text;

use generator::{
    diagnostic::{self, Place},
    diff::{self, Advice, Change, Comparison, Direction, Effect, Reach},
    document::{FileId, Pointer, Sources},
    ir::Api,
};

pub(crate) use machine::json;
pub(crate) use markdown::{entry, markdown};
pub(crate) use text::text;

/// One of the two states that are compared.
#[derive(Clone, Copy)]
pub(crate) struct State<'a> {
    /// What the document is.
    pub(crate) api: &'a Api,
    /// The texts, among them that of the document.
    pub(crate) sources: &'a Sources,
    /// The document.
    pub(crate) document: FileId,
}

/// The changes between two states, with their lines in both documents.
pub(crate) struct Report {
    /// The name of the older document.
    old_name: String,
    /// The name of the newer document.
    new_name: String,
    /// The changes.
    pub(crate) comparison: Comparison,
    /// The places of each change, in the order of the changes.
    places: Vec<Places>,
    /// The version of the crate, where there is one.
    version: Option<String>,
}

/// Where a change is to be seen.
#[derive(Debug, Clone, Copy, Default)]
struct Places {
    old: Option<(usize, usize)>,
    new: Option<(usize, usize)>,
}

impl Report {
    /// Compares two states.
    pub(crate) fn of(old: State<'_>, new: State<'_>) -> Self {
        let comparison = diff::compare(old.api, new.api);
        let changes = &comparison.changes;
        let old_places = locate(old, changes.iter().map(|change| change.old.as_deref()));
        let new_places = locate(new, changes.iter().map(|change| change.new.as_deref()));
        let places = old_places.into_iter().zip(new_places);
        let places = places.map(|(old, new)| Places { old, new }).collect();
        let name = |state: State<'_>| state.sources.get(state.document).name.clone();
        Self {
            old_name: name(old),
            new_name: name(new),
            comparison,
            places,
            version: None,
        }
    }

    /// Adds the version of the crate, so that the advice can name the next one.
    pub(crate) fn for_version(mut self, version: Option<String>) -> Self {
        self.version = version;
        self
    }

    /// Nothing has changed at all.
    pub(crate) fn is_empty(&self) -> bool {
        self.comparison.changes.is_empty()
    }

    fn with_effect(&self, effect: Effect) -> Vec<(&Change, Places)> {
        let changes = self.comparison.changes.iter().zip(&self.places);
        changes
            .filter(|(change, _)| change.effect == effect)
            .map(|(change, places)| (change, *places))
            .collect()
    }

    /// The advice in words, for example `major: 0.1.0 becomes 0.2.0`.
    pub(crate) fn advice(&self) -> String {
        let advice = self.comparison.advice;
        let word = advice_word(advice);
        let version = self.version.as_deref();
        match version.and_then(|version| Some((version, next_version(version, advice)?))) {
            Some((version, next)) if version != next => {
                format!("{word}: {version} becomes {next}")
            }
            _ => word.to_owned(),
        }
    }
}

/// The word for an advice.
fn advice_word(advice: Advice) -> &'static str {
    match advice {
        Advice::Keep => "no new version",
        Advice::Patch => "patch",
        Advice::Minor => "minor",
        Advice::Major => "major",
    }
}

/// All effects, the gravest one first.
const EFFECTS: [Effect; 4] = [
    Effect::CompileError,
    Effect::Behaviour,
    Effect::Recompile,
    Effect::Nothing,
];

/// What an effect is called above its changes.
fn heading(effect: Effect) -> &'static str {
    match effect {
        Effect::CompileError => "Breaks compilation",
        Effect::Behaviour => "Changes what code does when it runs",
        Effect::Recompile => "Compiles as before",
        Effect::Nothing => "Changes the documentation at most",
    }
}

/// An operation that a change reaches, as reports write it.
fn reached(reach: &Reach) -> String {
    let Reach {
        operation, path, ..
    } = reach;
    let part = match reach.direction {
        Direction::Call | Direction::Request => "",
        Direction::Parameter => ", parameter",
        Direction::Answer => ", answer",
        Direction::Error => ", error",
    };
    if path.is_empty() {
        format!("`{operation}`{part}")
    } else {
        format!("`{operation}`{part} -> `{path}`")
    }
}

fn locate<'c>(
    state: State<'_>,
    pointers: impl Iterator<Item = Option<&'c str>>,
) -> Vec<Option<(usize, usize)>> {
    let pointers: Vec<Option<&str>> = pointers.collect();
    let places = pointers.iter().flatten();
    let places = places.map(|pointer| Place::Key(Pointer::from_text(*pointer)));
    let found = diagnostic::lines_and_columns(state.sources, state.document, places);
    let mut found = found.into_iter();
    pointers
        .into_iter()
        .map(|pointer| pointer.and_then(|_| found.next()))
        .collect()
}

/// The version that follows, by the rules of semantic versioning as cargo reads them: below 1.0.0, the
/// second number tells a break.
fn next_version(version: &str, advice: Advice) -> Option<String> {
    let plain = version.split(['-', '+']).next()?;
    let numbers: Vec<u64> = plain
        .split('.')
        .map(|number| number.parse().ok())
        .collect::<Option<_>>()?;
    let [major, minor, patch] = numbers.try_into().ok()?;
    let next = match (advice, major, minor) {
        (Advice::Keep, ..) => [major, minor, patch],
        (Advice::Major, 0, 0) | (Advice::Minor, 0, _) | (Advice::Patch, ..) => {
            [major, minor, patch + 1]
        }
        (Advice::Major, 0, _) | (Advice::Minor, ..) => [major, minor + 1, 0],
        (Advice::Major, ..) => [major + 1, 0, 0],
    };
    Some(next.map(|number| number.to_string()).join("."))
}

#[cfg(test)]
mod tests {
    use generator::diff::Advice;

    use super::next_version;

    #[test]
    fn the_next_version_follows_cargo() {
        let next = |version, advice| next_version(version, advice).expect("a version");
        assert_eq!(next("1.2.3", Advice::Major), "2.0.0");
        assert_eq!(next("1.2.3", Advice::Minor), "1.3.0");
        assert_eq!(next("1.2.3", Advice::Patch), "1.2.4");
        assert_eq!(next("0.2.3", Advice::Major), "0.3.0");
        assert_eq!(next("0.2.3", Advice::Minor), "0.2.4");
        assert_eq!(next("0.0.3", Advice::Major), "0.0.4");
        assert_eq!(next("0.2.3", Advice::Keep), "0.2.3");
        assert_eq!(next_version("one", Advice::Major), None);
    }
}
