//! The stand-in for the service against Schemathesis, which makes requests from the document and judges
//! the answers by it.

use serde_json::Value;

use crate::{failure::Failure, process, tools, workspace::Workspace};

use super::{
    DOCUMENT,
    server::{self, Server},
};

/// What `examples/fake_service.rs` accepts.
const AUTHORIZATION: &str = "Authorization: Bearer fake-token";

/// Serves the stand-in on loopback and sends it the same requests in every run, sense and nonsense.
pub(super) fn run(workspace: &Workspace) -> Result<(), Failure> {
    let python = tools::python(workspace, "fake")?;
    let server = start(workspace)?;
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
            .args(["--generation-database", "none"]),
    )
}

fn start(workspace: &Workspace) -> Result<Server, Failure> {
    let address = server::free_address()?;
    let mut command = process::program(workspace, build(workspace)?);
    command.arg(address.to_string());
    Server::start(workspace, "fake", command, address)
}

/// Builds the example and gives its path, as cargo tells it. Run by cargo, it would outlive cargo.
fn build(workspace: &Workspace) -> Result<String, Failure> {
    let messages = process::output(
        process::cargo(workspace)
            .args(["build", "--quiet", "--package", "ionos-dbaas-postgres"])
            .args(["--all-features", "--example", "fake_service"])
            .args(["--message-format", "json"]),
    )?;
    messages
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .filter_map(|message| message["executable"].as_str().map(str::to_owned))
        .next_back()
        .ok_or_else(|| Failure::Problem("cargo names no example that it has built".to_owned()))
}
