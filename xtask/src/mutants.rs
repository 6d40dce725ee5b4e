//! `cargo xtask mutants`: whether tests notice when the code is changed where they matter most.
//!
//! cargo-mutants changes one place at a time, in a copy of the project, and runs the tests. Trying every
//! place would take days, so one of so many is tried, always the same ones.

use std::{fs, num::NonZeroU32, path::PathBuf, process::Command};

use clap::ValueEnum as _;
use serde::Deserialize;
use serde_json::Value;

use crate::{
    cli::{MutantsArguments, MutationArea},
    failure::Failure,
    figures::{self, Mutation, Mutations, Reasons, Survivor, per_cent},
    process, references, tools,
    workspace::Workspace,
};

/// The version of cargo-mutants.
const VERSION: &str = "27.1.0";

/// The name of the figures.
pub(crate) const FIGURES: &str = "mutants";

/// Below the target folder.
const FOLDER: &str = "target/mutants";

/// The generator's package.
const GENERATOR: &str = "openapi-client-generator";

/// Modules, and the tests that are to notice changes of them.
struct Scope {
    package: &'static str,
    files: &'static [&'static str],
    tests: &'static [&'static str],
    /// One change of so many is tried, unless the command line says otherwise.
    every: u32,
}

impl MutationArea {
    fn scope(self) -> Scope {
        match self {
            Self::Lowering => Scope {
                package: GENERATOR,
                files: &["generator/src/lower.rs", "generator/src/lower/*.rs"],
                tests: &[
                    "emitted_code",
                    "broken_documents",
                    "breaches",
                    "explanations",
                    "many_faults",
                    "executed_code",
                    "load_limits",
                ],
                every: 40,
            },
            Self::Diff => Scope {
                package: GENERATOR,
                files: &["generator/src/diff.rs", "generator/src/diff/*.rs"],
                tests: &["changes"],
                every: 20,
            },
            Self::Retry => Scope {
                package: "ionos-dbaas-postgres",
                files: &[
                    "generated-client/src/runtime/retry.rs",
                    "generated-client/src/runtime/budget.rs",
                    "generated-client/src/runtime/execute.rs",
                ],
                tests: &["wire", "operations"],
                every: 4,
            },
        }
    }

    /// What the command line and the page call it.
    fn name(self) -> String {
        let value = self.to_possible_value();
        value.map_or_else(String::new, |value| value.get_name().to_owned())
    }
}

/// What cargo-mutants reports, as far as it matters.
#[derive(Deserialize)]
struct Report {
    outcomes: Vec<Outcome>,
}

#[derive(Deserialize)]
struct Outcome {
    scenario: Value,
    summary: String,
}

/// Tries the areas, prints what nobody has noticed, and keeps the figures where that is asked for. A
/// change that survives without a reason fails the run.
pub(crate) fn run(workspace: &Workspace, arguments: &MutantsArguments) -> Result<(), Failure> {
    let program = tools::cargo_install(workspace, "cargo-mutants", VERSION)?;
    let areas = match arguments.areas.as_slice() {
        [] => MutationArea::value_variants(),
        some => some,
    };
    let reasons = Reasons::read(workspace)?;
    let mut unexplained = 0;
    for area in areas {
        let run = Run {
            workspace,
            program: &program,
            scope: area.scope(),
            name: area.name(),
        };
        let mutation = run.carry_out(arguments.every)?;
        show(&run.name, &mutation, &reasons);
        let survivors = mutation.survivors.iter();
        unexplained += survivors
            .filter(|survivor| reasons.of(survivor).is_none())
            .count();
        if arguments.report {
            let mut figures: Mutations = figures::read(workspace, FIGURES)?;
            figures.insert(run.name, mutation);
            figures::write(workspace, FIGURES, &figures)?;
        }
    }
    if unexplained == 0 {
        return Ok(());
    }
    let message = format!("no test notices {unexplained} changes, and none has a reason");
    Err(Failure::Problem(message))
}

fn show(area: &str, mutation: &Mutation, reasons: &Reasons) {
    let score = per_cent(mutation.per_mille());
    println!("{area}: {score} of the changes are noticed");
    for survivor in &mutation.survivors {
        let reason = reasons.of(survivor).unwrap_or("no reason");
        println!("  {}: {}: {reason}", survivor.file, survivor.change);
    }
}

/// A run for one area.
struct Run<'w> {
    workspace: &'w Workspace,
    program: &'w PathBuf,
    scope: Scope,
    name: String,
}

impl Run<'_> {
    fn carry_out(&self, every: Option<NonZeroU32>) -> Result<Mutation, Failure> {
        let every = every.map_or(self.scope.every, NonZeroU32::get);
        let all = process::output(self.command().arg("--list"))?;
        let output = self.workspace.path(&format!("{FOLDER}/{}", self.name));
        fs::create_dir_all(&output).map_err(|error| Failure::io("create", &output, &error))?;
        let mut command = self.command();
        command
            .args(["--no-times", "--sharding", "round-robin"])
            .args(["--shard", &format!("0/{every}"), "--output"])
            .arg(&output);
        self.restrict(&mut command);
        let status = command
            .status()
            .map_err(|error| process::cannot_run(&command, &error))?;
        // 2 and 3 are for changes that survived, or took too long.
        if !matches!(status.code(), Some(0 | 2 | 3)) {
            return Err(Failure::Problem(format!("cargo-mutants: {status}")));
        }
        let path = output.join("mutants.out").join("outcomes.json");
        let text = references::text(&path)?;
        let report = serde_json::from_str(&text)
            .map_err(|error| Failure::Problem(format!("{}: {error}", path.display())))?;
        Ok(Mutation {
            all: all.lines().count(),
            every,
            ..count(report)
        })
    }

    fn command(&self) -> Command {
        let mut command = process::program(self.workspace, self.program);
        command.args(["mutants", "--package", self.scope.package]);
        for file in self.scope.files {
            command.args(["--file", file]);
        }
        command
    }

    /// Builds and runs no other tests, and without what debuggers need.
    fn restrict(&self, command: &mut Command) {
        command.arg("--cargo-arg=--lib");
        for test in self.scope.tests {
            command.arg(format!("--cargo-arg=--test={test}"));
        }
        command
            .env("CARGO_TARGET_DIR", self.workspace.path(FOLDER))
            .env("CARGO_PROFILE_DEV_DEBUG", "none");
    }
}

fn count(report: Report) -> Mutation {
    let mut mutation = Mutation::default();
    for outcome in report.outcomes {
        let mutant = &outcome.scenario["Mutant"];
        match outcome.summary.as_str() {
            "CaughtMutant" => mutation.caught += 1,
            "Timeout" => mutation.timeout += 1,
            "Unviable" => mutation.unviable += 1,
            "MissedMutant" => mutation.survivors.push(survivor(mutant)),
            // The code as it is.
            _ => {}
        }
    }
    mutation.survivors.sort();
    mutation
}

/// A change without its line and column, which move.
fn survivor(mutant: &Value) -> Survivor {
    let name = mutant["name"].as_str().unwrap_or_default();
    Survivor {
        file: mutant["file"].as_str().unwrap_or_default().to_owned(),
        change: name.splitn(2, ": ").last().unwrap_or_default().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Report, Survivor, count};

    #[test]
    fn outcomes_are_counted_and_survivors_are_named() {
        let outcome = |summary: &str| {
            serde_json::json!({"summary": summary, "scenario": {"Mutant": {
                "file": "src/a.rs",
                "name": "src/a.rs:7:9: replace == with != in a: b",
            }}})
        };
        let outcomes = serde_json::json!({"outcomes": [
            {"summary": "Success", "scenario": "Baseline"},
            outcome("CaughtMutant"),
            outcome("CaughtMutant"),
            outcome("MissedMutant"),
            outcome("Timeout"),
            outcome("Unviable"),
        ]});
        let report: Report = serde_json::from_value(outcomes).expect("it can be read");
        let mutation = count(report);
        assert_eq!(
            (mutation.caught, mutation.timeout, mutation.unviable),
            (2, 1, 1)
        );
        let survivor = Survivor {
            file: "src/a.rs".to_owned(),
            change: "replace == with != in a: b".to_owned(),
        };
        assert_eq!(mutation.survivors, [survivor]);
    }
}
