//! Documents whose clients are compiled: real ones, which are not part of this repository, ones that are
//! made at random, and ones that need little of the runtime. One client is tested too.

use std::{fs, path::Path};

use crate::{failure::Failure, members, process, workspace::Workspace};

use super::Verdict;

/// Beside the repository, where there is one.
const FOLDER: &str = "../shared/corpus";

/// Larger documents would take most of the time and show little more.
const LARGEST_KILOBYTES: &str = "600";

pub(super) fn run(workspace: &Workspace) -> Result<Verdict, Failure> {
    let folder = workspace.root().join(FOLDER);
    if !folder.is_dir() {
        return Ok(Verdict::Partly(format!(
            "skipped, for there are no real documents at {FOLDER}"
        )));
    }
    compile(workspace, &folder, &["--largest", LARGEST_KILOBYTES])
}

/// Lets the property tests write documents, the same ones in every run.
pub(super) fn generated(workspace: &Workspace) -> Result<Verdict, Failure> {
    let folder = workspace.path("target/generated-documents");
    members::remove(&folder)?;
    fs::create_dir_all(&folder).map_err(|error| Failure::io("create", &folder, &error))?;
    process::succeed(
        process::cargo(workspace)
            // In the build that `cargo test --workspace` has left.
            .args(["test", "--quiet", "--workspace", "--test", "properties"])
            .args(["--", "--ignored"])
            .env("GENERATED_DOCUMENTS", &folder),
    )?;
    compile(workspace, &folder, &[])
}

/// What a crate leaves out of the runtime must not leave anything without a use.
pub(super) fn parts(workspace: &Workspace) -> Result<Verdict, Failure> {
    compile(workspace, &workspace.path("xtask/tests/parts"), &[])
}

/// Tests a crate as who has it emitted would.
pub(super) fn standalone(workspace: &Workspace) -> Result<Verdict, Failure> {
    let folder = workspace.path("target/standalone");
    members::remove(&folder.join("src"))?;
    process::succeed(
        process::cargo(workspace)
            .args(["run", "--quiet", "--package", "xtask", "--", "regen"])
            .args(["--spec", "generator/tests/fixtures/executed/values.yaml"])
            .args(["--name", "standalone", "--out"])
            .arg(&folder),
    )?;
    process::succeed(
        process::cargo(workspace)
            .args(["test", "--quiet"])
            .current_dir(&folder)
            .env("CARGO_TARGET_DIR", folder.join("target")),
    )?;
    Ok(Verdict::Passed)
}

fn compile(workspace: &Workspace, folder: &Path, options: &[&str]) -> Result<Verdict, Failure> {
    // The checks before this one may have built this program anew, in place of the one that runs.
    process::succeed(
        process::cargo(workspace)
            .args(["run", "--quiet", "--package", "xtask", "--", "corpus"])
            .arg(folder)
            .args(options),
    )?;
    Ok(Verdict::Passed)
}
