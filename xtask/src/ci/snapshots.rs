//! Snapshots are accepted, and each belongs to a test.

use crate::{failure::Failure, process, tools, workspace::Workspace};

use super::Verdict;

/// The version of cargo-insta; it goes with the version of insta that the tests use.
const VERSION: &str = "1.49.0";

/// The test programs with snapshots. Only they run, in the build that `cargo test --workspace` has left; the
/// snapshots of one that is not named here would be left over, which fails.
const TESTS: &[&str] = &[
    "broken_documents",
    "changes",
    "commands",
    "emitted_code",
    "requests",
];

pub(super) fn run(workspace: &Workspace) -> Result<Verdict, Failure> {
    let program = tools::cargo_extension(workspace, "cargo-insta", VERSION)?;
    let tests = TESTS.iter().flat_map(|name| ["--test", name]);
    process::succeed(
        process::program(workspace, program)
            .args(["insta", "test", "--workspace", "--check"])
            .args(["--unreferenced=reject", "--test-runner=cargo-test"])
            .args(tests),
    )?;
    Ok(Verdict::Passed)
}
