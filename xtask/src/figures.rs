//! Figures that take long to measure: they are kept, and the page of the conformance shows them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::{failure::Failure, members, workspace::Workspace};

/// Where the figures and the reasons for them are.
const FOLDER: &str = "xtask/conformance/figures";

/// Lines of a file, and those that a test has run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize)]
pub(crate) struct Lines {
    pub(crate) lines: u64,
    pub(crate) covered: u64,
}

impl Lines {
    /// How much of it a test has run, in tenths of a per cent, rounded down. Nothing is all run.
    pub(crate) fn per_mille(self) -> u64 {
        (self.covered * 1000)
            .checked_div(self.lines)
            .unwrap_or(1000)
    }

    /// Less than this has to have a reason.
    pub(crate) fn is_low(self) -> bool {
        self.per_mille() < 900
    }

    pub(crate) fn add(&mut self, other: Self) {
        self.lines += other.lines;
        self.covered += other.covered;
    }
}

/// The lines of all files, by their paths.
pub(crate) type Coverage = BTreeMap<String, Lines>;

/// How many changes of some modules the tests have noticed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
pub(crate) struct Mutation {
    /// All changes that there are.
    pub(crate) all: usize,
    /// One of so many was tried.
    pub(crate) every: u32,
    pub(crate) caught: usize,
    /// Changes that made the tests run too long, which is noticed too.
    pub(crate) timeout: usize,
    /// Changes that do not compile.
    pub(crate) unviable: usize,
    pub(crate) survivors: Vec<Survivor>,
}

impl Mutation {
    /// How many changes were noticed.
    pub(crate) fn noticed(&self) -> usize {
        self.caught + self.timeout
    }

    /// The part of the changes that was noticed, in tenths of a per cent, rounded down.
    pub(crate) fn per_mille(&self) -> u64 {
        let noticed = self.noticed();
        let all = noticed + self.survivors.len();
        Lines {
            lines: all as u64,
            covered: noticed as u64,
        }
        .per_mille()
    }
}

/// A change that no test has noticed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
pub(crate) struct Survivor {
    pub(crate) file: String,
    pub(crate) change: String,
}

/// What was found in each area, by its name.
pub(crate) type Mutations = BTreeMap<String, Mutation>;

/// Why something is as it is.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Reasons {
    /// For files of which tests run little, by their paths.
    pub(crate) coverage: BTreeMap<String, String>,
    /// For changes that nobody notices.
    #[serde(default)]
    survivor: Vec<Accepted>,
}

#[derive(Debug, Deserialize)]
struct Accepted {
    #[serde(flatten)]
    survivor: Survivor,
    reason: String,
}

impl Reasons {
    pub(crate) fn read(workspace: &Workspace) -> Result<Self, Failure> {
        read(workspace, "reasons")
    }

    /// Why nobody notices this change.
    pub(crate) fn of(&self, survivor: &Survivor) -> Option<&str> {
        let accepted = self.survivor.iter();
        let mut fitting = accepted.filter(|one| one.survivor == *survivor);
        fitting.next().map(|one| one.reason.as_str())
    }
}

/// Reads the figures of this name.
pub(crate) fn read<T: DeserializeOwned>(workspace: &Workspace, name: &str) -> Result<T, Failure> {
    let path = path(name);
    toml::from_str(&workspace.read(&path)?)
        .map_err(|error| Failure::Problem(format!("{path}: {error}")))
}

/// Writes the figures of this name, and says how to make them again.
pub(crate) fn write(
    workspace: &Workspace,
    name: &str,
    figures: &impl Serialize,
) -> Result<(), Failure> {
    let path = path(name);
    let text =
        toml::to_string(figures).map_err(|error| Failure::Problem(format!("{path}: {error}")))?;
    let text = format!("# Written by `cargo xtask {name} --report`.\n\n{text}");
    members::write(&workspace.path(&path), &text)?;
    println!("{path} is written; `cargo xtask conformance --report` shows it on the page");
    Ok(())
}

/// For example `97.5 %`.
pub(crate) fn per_cent(per_mille: u64) -> String {
    format!("{}.{} %", per_mille / 10, per_mille % 10)
}

fn path(name: &str) -> String {
    format!("{FOLDER}/{name}.toml")
}

#[cfg(test)]
mod tests {
    use super::{Lines, Mutation, Survivor, per_cent};

    #[test]
    fn little_is_told_from_enough() {
        let of_thousand = |covered| Lines {
            lines: 1000,
            covered,
        };
        assert!(of_thousand(899).is_low());
        assert!(!of_thousand(900).is_low());
        assert!(!Lines::default().is_low());
        assert_eq!(per_cent(of_thousand(899).per_mille()), "89.9 %");
    }

    #[test]
    fn what_does_not_compile_and_what_was_not_tried_is_no_part_of_the_score() {
        let survivor = Survivor {
            file: "a.rs".to_owned(),
            change: "replace a with b".to_owned(),
        };
        let mutation = Mutation {
            all: 1000,
            every: 100,
            caught: 5,
            timeout: 1,
            unviable: 2,
            survivors: vec![survivor.clone(), survivor],
        };
        assert_eq!(mutation.per_mille(), 750);
    }
}
