//! The client against Prism, a server that knows the document and none of our code.

use std::{path::PathBuf, process::Command};

use crate::{failure::Failure, members, process, tools, workspace::Workspace};

use super::{
    DOCUMENT, client_test,
    server::{self, Server},
};

/// Tells the tests where the server is.
const VARIABLE: &str = "CONFORMANCE_URL";

/// Where the server's answers come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Answers {
    /// The samples of the document.
    Samples,
    /// Made up from the schemas, the same ones in every run.
    Generated,
}

impl Answers {
    fn arguments(self) -> &'static [&'static str] {
        match self {
            Self::Samples => &[],
            Self::Generated => &["--dynamic", "--seed", "1"],
        }
    }
}

/// Prism, installed, and its document, prepared.
pub(super) struct Prism {
    script: PathBuf,
    document: PathBuf,
}

impl Prism {
    /// Gets it ready; the prefix stands before every path of the document.
    pub(super) fn install(workspace: &Workspace, prefix: Option<&str>) -> Result<Self, Failure> {
        let python = tools::python(workspace, "spec")?;
        let script = tools::node(workspace)?.script("@stoplight/prism-cli/dist/index.js");
        let document = tools::folder(workspace).join("prism.json");
        process::succeed(
            python
                .script(workspace, "prism_document.py")
                .arg(DOCUMENT)
                .arg(&document)
                .args(prefix),
        )?;
        Ok(Self { script, document })
    }

    pub(super) fn start(&self, workspace: &Workspace, answers: Answers) -> Result<Server, Failure> {
        let address = server::free_address()?;
        let mut command = process::program(workspace, "node");
        command
            .arg(&self.script)
            .args(["mock", "--errors", "--host", "127.0.0.1", "--port"])
            .arg(address.port().to_string())
            .args(answers.arguments())
            .arg(&self.document);
        Server::start(workspace, "prism", command, address)
    }
}

pub(super) fn run(workspace: &Workspace) -> Result<(), Failure> {
    let prism = Prism::install(workspace, None)?;
    // Built first, so that the server does not wait for the compiler.
    process::succeed(tests(workspace).arg("--no-run"))?;
    for answers in [Answers::Samples, Answers::Generated] {
        let server = prism.start(workspace, answers)?;
        process::succeed(
            tests(workspace)
                .args(["--", "--ignored"])
                .env(VARIABLE, server.url()),
        )?;
    }
    let list = process::output(tests(workspace).args(["--", "--ignored", "--list"]))?;
    members::write(&report(workspace), &list)
}

/// The tests that have passed.
pub(super) fn report(workspace: &Workspace) -> PathBuf {
    tools::folder(workspace).join("prism.txt")
}

fn tests(workspace: &Workspace) -> Command {
    client_test(workspace, "conformance")
}
