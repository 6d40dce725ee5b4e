//! The page that reports the agreement.

use std::{fmt::Write as _, fs};

use generator::diff::Effect;

use crate::{failure::Failure, workspace::Workspace};

use super::{
    pairs::FOLDER,
    verdict::{Verdict, word},
};

const INTRODUCTION: &str = "\
# Agreement

What `cargo xtask diff` predicts, beside what the compiler and cargo-semver-checks say. Each folder here holds two states of a
document that differ in one change; `cargo xtask agreement` generates the clients of both, and a program
that uses all of each: every method with all its setters, every field, constructor, variant and body, with
all types written out. This page is written by `cargo xtask agreement --report`; `cargo xtask ci agreement`
fails where it is out of date, or where a prediction is wrong. It compiles all programs anew, but takes what
cargo-semver-checks finds from [semver-checks.toml](semver-checks.toml), which the report writes too:
building that program takes minutes.

| Predicted | What has to hold |
|---|---|
| compile error | The program for the old client does not compile against the new one |
| recompile | It compiles, and there is something new: the program for the new client does not compile against the old one, or the old program is warned that something is deprecated |
| nothing | Each program compiles against both clients, without such a warning |
| all but compile error | Between the old client and the new one cargo-semver-checks finds nothing that only a major version may change |
| behaviour | The old program compiles. That it does something else when it runs is nothing that a compiler could see |
";

/// Writes the page.
pub(super) fn write(workspace: &Workspace, verdicts: &[Verdict]) -> Result<(), Failure> {
    let path = workspace.path(&place());
    fs::write(&path, page(verdicts)).map_err(|error| Failure::io("write", &path, &error))
}

/// Fails where the page is not what would be written.
pub(super) fn check(workspace: &Workspace, verdicts: &[Verdict]) -> Result<(), Failure> {
    if workspace.read(&place())? == page(verdicts) {
        return Ok(());
    }
    Err(Failure::Problem(format!(
        "{} is out of date: run `cargo xtask agreement --report` and commit",
        place()
    )))
}

fn place() -> String {
    format!("{FOLDER}/AGREEMENT.md")
}

fn page(verdicts: &[Verdict]) -> String {
    let mut text = format!("{INTRODUCTION}\n{}", totals(verdicts));
    text.push_str("\n| Pair | Predicted | Old program, new client | New program, old client | cargo-semver-checks |\n");
    text.push_str("|---|---|---|---|---|\n");
    for verdict in verdicts {
        let compiles = |holds: bool| if holds { "compiles" } else { "fails" };
        let backward = match (verdict.warned, verdict.backward) {
            (true, _) => "deprecated by now",
            (false, holds) => compiles(holds),
        };
        let mark = if verdict.agrees() { "" } else { " (**wrong**)" };
        let _ = writeln!(
            text,
            "| `{}` | {}{mark} | {} | {backward} | {} |",
            verdict.name,
            word(verdict.predicted),
            compiles(verdict.breaks.is_empty()),
            lints(verdict),
        );
    }
    text
}

fn lints(verdict: &Verdict) -> String {
    let lints = verdict.lints.iter().map(|lint| format!("`{lint}`"));
    match lints.collect::<Vec<_>>().join(", ") {
        none if none.is_empty() => "finds nothing".to_owned(),
        some => some,
    }
}

/// How many of the predictions hold, effect by effect.
fn totals(verdicts: &[Verdict]) -> String {
    let mut text = "\
| Predicted | Pairs | As the tools say | cargo-semver-checks finds something |
|---|---|---|---|
"
    .to_owned();
    for effect in [
        Effect::CompileError,
        Effect::Behaviour,
        Effect::Recompile,
        Effect::Nothing,
    ] {
        let pairs: Vec<&Verdict> = verdicts
            .iter()
            .filter(|one| one.predicted == effect)
            .collect();
        let agree = pairs.iter().filter(|one| one.agrees()).count();
        let found = pairs.iter().filter(|one| !one.lints.is_empty()).count();
        let agree = match effect {
            Effect::Behaviour => format!("{agree}, as far as it can tell"),
            _ => agree.to_string(),
        };
        let _ = writeln!(
            text,
            "| {} | {} | {agree} | {found} |",
            word(effect),
            pairs.len()
        );
    }
    text
}
