//! `cargo xtask agreement`: whether the compiler agrees with what the comparison of documents predicts.
//!
//! For each pair of documents the clients of both are generated, and a program that uses all of each.
//! Every program is compiled against both clients. The program of the older document shows what an
//! update breaks; the one of the newer document shows whether there is something new to use. Beside that
//! stands what cargo-semver-checks finds between both clients.

mod caller;
mod crates;
mod page;
mod pairs;
mod semver;
mod verdict;

use crate::{cli::AgreementArguments, failure::Failure, report::count, workspace::Workspace};

use verdict::Verdict;

/// Below the root of the workspace.
const FOLDER: &str = "target/agreement";

/// Checks all pairs, prints a table, and writes or checks the page.
pub(crate) fn run(workspace: &Workspace, arguments: &AgreementArguments) -> Result<(), Failure> {
    let pairs = pairs::read(workspace)?;
    crates::write(workspace, &pairs)?;
    let compiled = crates::compile(workspace, &pairs)?;
    let findings = if arguments.report || arguments.semver_checks {
        semver::compare(workspace, &pairs)?
    } else {
        semver::kept(workspace, &pairs)?
    };
    let verdicts: Vec<Verdict> = pairs
        .iter()
        .map(|pair| Verdict::of(pair, &compiled, &findings))
        .collect();
    print!("{}", verdict::table(&verdicts));
    if arguments.report {
        semver::keep(workspace, &findings)?;
        page::write(workspace, &verdicts)?;
    } else {
        page::check(workspace, &verdicts)?;
    }
    let wrong = verdicts.iter().filter(|one| !one.agrees()).count();
    if wrong > 0 {
        let pairs = count(wrong, "pair");
        return Err(Failure::Problem(format!(
            "the prediction for {pairs} is not what the tools say"
        )));
    }
    Ok(())
}
