//! The emitted files are those that the generator makes now, and they are committed.

use crate::{cli::RegenArguments, failure::Failure, process, regen, workspace::Workspace};

use super::Verdict;

pub(super) fn run(workspace: &Workspace) -> Result<Verdict, Failure> {
    regen::run(workspace, &RegenArguments::check())?;
    // Unlike a diff, the status sees new files as well.
    let mut git = process::program(workspace, "git");
    let listed = process::output(git.args(["status", "--porcelain"]))?;
    if listed.trim().is_empty() {
        Ok(Verdict::Passed)
    } else {
        Err(Failure::Problem(format!(
            "some files are not committed:\n{}",
            listed.trim_end()
        )))
    }
}
