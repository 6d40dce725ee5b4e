//! The report of what an update of a document means for callers.

mod machine;
mod markdown;
mod text;

use generator::{
    Lowered,
    diagnostic::{self, Diagnostic, Location, Place},
    diff::{self, Advice, Change, Comparison, Direction, Effect, Reach},
    document::{FileId, Origins, Pointer, Sources},
    ir::Api,
};

use crate::{input::Input, report};

pub(crate) use machine::json;
pub(crate) use markdown::{entry, markdown};
pub(crate) use text::text;

/// One of the two states that are compared.
pub(crate) struct State {
    /// What the document says.
    pub(crate) api: Api,
    origins: Origins,
    sources: Sources,
    document: FileId,
}

/// A document that has errors.
pub(crate) struct Faulty {
    diagnostics: Vec<Diagnostic>,
    sources: Sources,
}

impl Faulty {
    /// Shows the errors.
    pub(crate) fn show(&self) {
        report::text(&self.diagnostics, &self.sources);
    }
}

impl State {
    /// Reads a document.
    pub(crate) fn read(input: &Input, sources: Sources) -> Result<Self, Box<Faulty>> {
        let Lowered {
            api,
            origins,
            diagnostics,
        } = generator::lower(&input.request(&sources));
        match api {
            Some(api) if !report::has_errors(&diagnostics) => Ok(Self {
                api,
                origins,
                sources,
                document: input.document,
            }),
            _ => Err(Box::new(Faulty {
                diagnostics,
                sources,
            })),
        }
    }

    /// The name of the document.
    fn name(&self) -> &str {
        &self.sources.get(self.document).name
    }

    /// The places to which pointers lead.
    fn locate<'c>(&self, pointers: impl Iterator<Item = Option<&'c str>>) -> Vec<Option<Spot>> {
        let origin = |pointer: &str| {
            self.origins.of(&Location {
                file: self.document,
                place: Place::Key(Pointer::from_text(pointer)),
            })
        };
        let locations: Vec<Option<Location>> =
            pointers.map(|pointer| pointer.map(origin)).collect();
        let found =
            diagnostic::lines_and_columns(&self.sources, locations.iter().flatten().cloned());
        let mut found = found.into_iter();
        locations
            .into_iter()
            .map(|location| {
                let Location { file, place } = location?;
                let (line, column) = found.next()?;
                Some(Spot {
                    file: self.sources.get(file).name.clone(),
                    pointer: pointer(&place),
                    line,
                    column,
                })
            })
            .collect()
    }
}

/// A place in a text. The file is another one than the document where that refers to others, or where
/// an overlay has put something.
#[derive(Debug, Clone)]
struct Spot {
    file: String,
    pointer: String,
    line: usize,
    column: usize,
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
#[derive(Debug, Clone, Default)]
struct Places {
    old: Option<Spot>,
    new: Option<Spot>,
}

impl Report {
    /// Compares two states.
    pub(crate) fn of(old: &State, new: &State) -> Self {
        let comparison = diff::compare(&old.api, &new.api);
        let changes = &comparison.changes;
        let old_places = old.locate(changes.iter().map(|change| change.old.as_deref()));
        let new_places = new.locate(changes.iter().map(|change| change.new.as_deref()));
        let places = old_places.into_iter().zip(new_places);
        let places = places.map(|(old, new)| Places { old, new }).collect();
        Self {
            old_name: old.name().to_owned(),
            new_name: new.name().to_owned(),
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

    fn with_effect(&self, effect: Effect) -> Vec<(&Change, &Places)> {
        let changes = self.comparison.changes.iter().zip(&self.places);
        changes
            .filter(|(change, _)| change.effect == effect)
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

fn pointer(place: &Place) -> String {
    match place {
        Place::Key(pointer) | Place::Value(pointer) => pointer.to_string(),
        Place::Offset(_) => String::new(),
    }
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
