//! The harness of the benchmarks.

use crate::{failure::Failure, process, workspace::Workspace};

use super::Verdict;

/// The smallest setting with which everything is measured once.
const ARGUMENTS: &[&str] = &[
    "--build",
    "development",
    "--runs",
    "1",
    "--sizes",
    "50,100,200",
    "--calls",
    "20",
];

pub(super) fn run(workspace: &Workspace) -> Result<Verdict, Failure> {
    process::succeed(
        process::cargo(workspace)
            .args(["run", "--quiet", "--package", "xtask", "--", "bench"])
            .args(ARGUMENTS),
    )?;
    Ok(Verdict::Passed)
}
