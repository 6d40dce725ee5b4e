//! The stand-in for the service against Schemathesis, which makes requests from the document and judges
//! the answers by it.

use std::path::PathBuf;

use crate::{failure::Failure, process, tools, workspace::Workspace};

use super::{
    DOCUMENT,
    examples::{self, Programs},
    server::{self, Server},
};

/// What `examples/fake_service.rs` accepts.
const AUTHORIZATION: &str = "Authorization: Bearer fake-token";

/// Serves the stand-in on loopback and sends it the same requests in every run, sense and nonsense.
pub(super) fn run(workspace: &Workspace) -> Result<(), Failure> {
    let python = tools::python(workspace, "fake")?;
    let server = start(workspace, &examples::build(workspace)?, 300)?;
    process::succeed(
        process::program(workspace, python.program("schemathesis"))
            // It leaves what it has learnt in the current folder.
            .current_dir(tools::folder(workspace))
            .args(["--no-color", "--config-file"])
            .arg(workspace.path("xtask/conformance/schemathesis.toml"))
            .arg("run")
            .arg(workspace.path(DOCUMENT))
            .args(["--header", AUTHORIZATION, "--url"])
            .arg(format!("{}/databases/postgresql", server.url()))
            .args(["--phases", "examples,coverage,fuzzing"])
            .args(["--checks", "all", "--max-examples", "10", "--seed", "1"])
            .args(["--generation-database", "none"])
            .args(["--report", "junit", "--report-junit-path"])
            .arg(report(workspace)),
    )
}

/// What Schemathesis has tried, in the format of `JUnit`.
pub(super) fn report(workspace: &Workspace) -> PathBuf {
    tools::folder(workspace).join("fake.xml")
}

/// Starts the stand-in, whose clusters are busy for so many seconds.
pub(super) fn start(
    workspace: &Workspace,
    programs: &Programs,
    busy: u32,
) -> Result<Server, Failure> {
    let address = server::free_address()?;
    let mut command = process::program(workspace, examples::program(programs, "fake_service")?);
    command.args([address.to_string(), busy.to_string()]);
    Server::start(workspace, "fake", command, address)
}
