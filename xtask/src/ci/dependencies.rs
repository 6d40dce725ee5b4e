//! What we depend on, by the rules of `deny.toml`.

use std::process::Command;

use crate::{failure::Failure, process, tools, workspace::Workspace};

use super::Verdict;

/// The version of cargo-deny.
const VERSION: &str = "0.20.2";

pub(super) fn run(workspace: &Workspace) -> Result<Verdict, Failure> {
    let program = tools::cargo_extension(workspace, "cargo-deny", VERSION)?;
    let deny = || -> Command {
        let mut command = process::program(workspace, &program);
        command.args(["--workspace", "--all-features"]);
        command
    };
    process::succeed(deny().args(["check", "licenses", "bans", "sources"]))?;
    // The database of advisories comes from the network, which not every machine has.
    if process::output(deny().args(["fetch", "db"])).is_err() {
        let missing = "advisories skipped: their database cannot be reached";
        return Ok(Verdict::Partly(missing.to_owned()));
    }
    process::succeed(deny().args(["check", "advisories"]))?;
    Ok(Verdict::Passed)
}
