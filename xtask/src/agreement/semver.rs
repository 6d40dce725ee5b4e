//! What cargo-semver-checks finds between the clients of both states.
//!
//! It reads the documentation of both libraries as JSON, which a stable toolchain writes only where it is
//! told to take itself for a nightly one. Building the program takes minutes, so its findings are kept in a
//! file, and only a run that asks for it makes them anew.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::PathBuf,
};

use crate::{failure::Failure, members, process, tools, workspace::Workspace};

use super::{
    FOLDER,
    crates::{LIBRARY, Side},
    pairs::{self, Pair},
};

/// Its version goes with the format of the documentation that rustc writes.
const VERSION: &str = "0.51.0";

/// What the compiler leaves.
const BUILD: &str = "target/agreement-documentation";

/// The lints that fail for each pair; none where it finds nothing to break.
pub(super) type Findings = BTreeMap<String, BTreeSet<String>>;

/// Compares the libraries of both states.
pub(super) fn compare(workspace: &Workspace, pairs: &[Pair]) -> Result<Findings, Failure> {
    let program = tools::cargo_install(workspace, "cargo-semver-checks", VERSION)?;
    let mut command = process::program(workspace, program);
    command
        .args(["semver-checks", "--color", "never"])
        // What must not happen between releases that differ in the minor version.
        .args(["--release-type", "minor"])
        .arg("--baseline-rustdoc")
        .arg(documentation(workspace, Side::Old)?)
        .arg("--current-rustdoc")
        .arg(documentation(workspace, Side::New)?);
    let output = command
        .output()
        .map_err(|error| process::cannot_run(&command, &error))?;
    let progress = String::from_utf8_lossy(&output.stderr);
    // It fails where it finds something as well as where it could not look; only then it sums up.
    if !progress.contains("Summary") {
        let message = format!("cargo-semver-checks failed:\n{}", progress.trim_end());
        return Err(Failure::Problem(message));
    }
    let mut findings: Findings = pairs
        .iter()
        .map(|pair| (pair.name.clone(), BTreeSet::new()))
        .collect();
    sort(&String::from_utf8_lossy(&output.stdout), &mut findings)?;
    Ok(findings)
}

/// Writes the documentation of a library.
fn documentation(workspace: &Workspace, side: Side) -> Result<PathBuf, Failure> {
    let library = side.library();
    // Both libraries have the same name in code, so each needs a folder.
    let build = workspace.path(BUILD).join(&library);
    process::succeed(
        process::cargo(workspace)
            .current_dir(workspace.path(FOLDER))
            .args(["rustdoc", "--quiet", "--lib", "--package", &library, "--"])
            .args(["-Zunstable-options", "--output-format", "json"])
            .args(["--cap-lints", "allow"])
            .env("RUSTC_BOOTSTRAP", "1")
            .env("CARGO_TARGET_DIR", &build),
    )?;
    Ok(build.join("doc").join(format!("{LIBRARY}.json")))
}

/// Sorts the lints of a report by pair. Each finding names a place in a file, whose folder is the pair.
fn sort(report: &str, findings: &mut Findings) -> Result<(), Failure> {
    let mut lint = "";
    let mut is_listing = false;
    for line in report.lines() {
        if let Some(head) = line.strip_prefix("--- failure ") {
            lint = head.split(':').next().unwrap_or_default();
            is_listing = false;
        } else if line == "Failed in:" {
            is_listing = true;
        } else if line.is_empty() {
            is_listing = false;
        } else if is_listing {
            let lints = module(line).and_then(|module| findings.get_mut(module));
            let Some(lints) = lints else {
                let message = format!("cargo-semver-checks names no pair: {}", line.trim());
                return Err(Failure::Problem(message));
            };
            lints.insert(lint.to_owned());
        }
    }
    Ok(())
}

/// The module below the root of the library that a finding is about.
fn module(finding: &str) -> Option<&str> {
    let (_, path) = finding.rsplit_once("src/")?;
    path.split(['/', '.']).next()
}

/// Keeps the findings.
pub(super) fn keep(workspace: &Workspace, findings: &Findings) -> Result<(), Failure> {
    let path = path();
    let text =
        toml::to_string(findings).map_err(|error| Failure::Problem(format!("{path}: {error}")))?;
    let text = format!(
        "# What cargo-semver-checks {VERSION} finds between the clients of each pair. Written by\n\
         # `cargo xtask agreement --report`.\n\n{text}"
    );
    members::write(&workspace.path(&path), &text)
}

/// The findings that were kept, which must be those of all pairs.
pub(super) fn kept(workspace: &Workspace, pairs: &[Pair]) -> Result<Findings, Failure> {
    let path = path();
    let file = workspace.path(&path);
    let text = fs::read_to_string(&file).map_err(|error| Failure::io("read", &file, &error))?;
    let findings: Findings =
        toml::from_str(&text).map_err(|error| Failure::Problem(format!("{path}: {error}")))?;
    match pairs.iter().find(|pair| !findings.contains_key(&pair.name)) {
        Some(pair) => Err(Failure::Problem(format!(
            "{path} says nothing of {}: run `cargo xtask agreement --report` and commit",
            pair.name
        ))),
        None => Ok(findings),
    }
}

fn path() -> String {
    format!("{}/semver-checks.toml", pairs::FOLDER)
}

#[cfg(test)]
mod tests {
    use super::{Findings, sort};

    #[test]
    fn findings_belong_to_the_module_whose_file_they_name() {
        let report = "\n--- failure enum_variant_missing: pub enum variant removed ---\n\n\
            Description:\nA variant is gone.\n\nFailed in:\n  \
            variant A::B, previously in file /x/src/first/models.rs:3\n  \
            variant C::D, previously in file /x/src/second.rs:9\n\n\
            --- failure struct_missing: struct removed ---\n\nFailed in:\n  \
            struct a::B, previously in file /x/src/first/models.rs:1\n";
        let names = ["first", "second", "third"];
        let mut findings: Findings = names.map(|name| (name.to_owned(), [].into())).into();
        sort(report, &mut findings).expect("the report names pairs only");
        let found: Vec<Vec<&str>> = names
            .map(|name| findings[name].iter().map(String::as_str).collect())
            .into();
        let expected = [
            vec!["enum_variant_missing", "struct_missing"],
            vec!["enum_variant_missing"],
            vec![],
        ];
        assert_eq!(found, expected);
        findings.remove("second");
        assert!(sort(report, &mut findings).is_err());
    }
}
