//! `cargo xtask conformance`: the client beside programs that share none of our code.

mod examples;
mod fake;
mod measures;
mod operations;
mod prism;
mod promises;
mod report;
mod sdk;
mod server;

use std::process::Command;

use clap::ValueEnum as _;

use crate::{
    cli::{ConformanceArguments, ConformanceCheck},
    failure::Failure,
    process,
    workspace::Workspace,
};

/// The document that all parties go by.
const DOCUMENT: &str = "spec/postgresql-v1.yaml";

/// Runs the checks that the command line names, and writes the page where it asks for that.
pub(crate) fn run(workspace: &Workspace, arguments: &ConformanceArguments) -> Result<(), Failure> {
    if arguments.report {
        checks(workspace)?;
        return report::write(workspace);
    }
    if arguments.checks.is_empty() {
        return all(workspace);
    }
    arguments
        .checks
        .iter()
        .try_for_each(|check| check.run(workspace))
}

/// Runs all checks, and requires the page to hold what they find.
pub(crate) fn all(workspace: &Workspace) -> Result<(), Failure> {
    checks(workspace)?;
    report::check(workspace)
}

fn checks(workspace: &Workspace) -> Result<(), Failure> {
    ConformanceCheck::value_variants()
        .iter()
        .try_for_each(|check| check.run(workspace))
}

impl ConformanceCheck {
    fn run(self, workspace: &Workspace) -> Result<(), Failure> {
        match self {
            Self::Sdk => sdk::run(workspace),
            Self::Prism => prism::run(workspace),
            Self::Fake => fake::run(workspace),
            Self::Examples => examples::run(workspace),
        }
    }
}

/// A test of the client that does something only with the right server beside it.
fn client_test(workspace: &Workspace, name: &str) -> Command {
    let mut command = process::cargo(workspace);
    command.args(["test", "--quiet", "--package", "ionos-dbaas-postgres"]);
    command.args(["--all-features", "--test", name]);
    command
}
