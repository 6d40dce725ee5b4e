//! Snapshots are accepted, and each belongs to a test.

use crate::{failure::Failure, process, tools, workspace::Workspace};

use super::Verdict;

/// The version of cargo-insta; it goes with the version of insta that the tests use.
const VERSION: &str = "1.49.0";

pub(super) fn run(workspace: &Workspace) -> Result<Verdict, Failure> {
    let program = tools::cargo_install(workspace, "cargo-insta", VERSION)?;
    process::succeed(process::program(workspace, program).args([
        "insta",
        "test",
        "--workspace",
        "--check",
        "--unreferenced=reject",
        "--test-runner=cargo-test",
    ]))?;
    Ok(Verdict::Passed)
}
