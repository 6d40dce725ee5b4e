//! What cargo itself checks about the code.

use crate::{failure::Failure, process, workspace::Workspace};

use super::Verdict;

/// Formatting.
pub(super) fn fmt(workspace: &Workspace) -> Result<Verdict, Failure> {
    process::succeed(process::cargo(workspace).args(["fmt", "--all", "--check"]))?;
    Ok(Verdict::Passed)
}

/// Lints.
pub(super) fn clippy(workspace: &Workspace) -> Result<Verdict, Failure> {
    process::succeed(
        process::cargo(workspace)
            .args(["clippy", "--workspace", "--all-targets", "--all-features"])
            .args(["--", "-D", "warnings"]),
    )?;
    Ok(Verdict::Passed)
}

/// Documentation.
pub(super) fn rustdoc(workspace: &Workspace) -> Result<Verdict, Failure> {
    process::succeed(
        process::cargo(workspace)
            .args(["doc", "--workspace", "--no-deps", "--all-features"])
            .env("RUSTDOCFLAGS", "-D warnings"),
    )?;
    Ok(Verdict::Passed)
}
