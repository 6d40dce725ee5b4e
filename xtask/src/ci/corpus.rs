//! Real documents, which are not part of this repository.

use crate::{failure::Failure, process, workspace::Workspace};

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
    // The checks before this one may have built this program anew, in place of the one that runs.
    process::succeed(
        process::cargo(workspace)
            .args(["run", "--quiet", "--package", "xtask", "--", "corpus"])
            .arg(folder)
            .args(["--largest", LARGEST_KILOBYTES]),
    )?;
    Ok(Verdict::Passed)
}
