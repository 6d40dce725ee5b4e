//! The commands of this workspace; `cargo xtask --help` lists them.

#[macro_use]
mod print;

mod agreement;
mod bench;
mod changes;
mod ci;
mod cli;
mod clients;
mod conformance;
mod corpus;
mod coverage;
mod diff;
mod explain;
mod failure;
mod fetch;
mod figures;
mod input;
mod ir;
mod lint;
mod lock;
mod members;
mod memory;
mod mutants;
mod overlay;
mod process;
mod references;
mod regen;
mod report;
mod revision;
mod terminal;
mod tools;
mod workspace;

use std::{path::Path, process::ExitCode};

use clap::Parser as _;

use cli::{Arguments, Command};
use failure::Failure;
use workspace::Workspace;

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(()) if print::is_whole() => ExitCode::SUCCESS,
        Ok(()) => ExitCode::FAILURE,
        Err(failure) => failure.report(),
    }
}

fn run(arguments: &Arguments) -> Result<(), Failure> {
    let root = arguments.root.as_deref();
    let workspace = match Workspace::find(root) {
        Err(_) if arguments.command.works_anywhere() => Workspace::find(Some(Path::new(".")))?,
        found => found?,
    };
    match &arguments.command {
        Command::Regen(arguments) => regen::run(&workspace, arguments),
        Command::Ir(arguments) => ir::run(&workspace, arguments),
        Command::Explain(arguments) => explain::run(arguments.code.as_deref()),
        Command::Lint(arguments) => lint::run(&workspace, arguments),
        Command::Diff(arguments) => diff::run(&workspace, arguments),
        Command::Fetch(arguments) => fetch::run(&workspace, arguments),
        Command::Overlay(arguments) => overlay::run(&workspace, arguments),
        Command::Ci(arguments) => ci::run(&workspace, arguments),
        Command::Conformance(arguments) => conformance::run(&workspace, arguments),
        Command::Bench(arguments) => bench::run(&workspace, arguments),
        Command::Agreement(arguments) => agreement::run(&workspace, arguments),
        Command::Corpus(arguments) => corpus::run(&workspace, arguments),
        Command::Coverage(arguments) => coverage::run(&workspace, arguments),
        Command::Mutants(arguments) => mutants::run(&workspace, arguments),
    }
}
