//! The documents, as programs see them that share none of our code.

use generator::document::Sources;

use crate::{cli::Format, failure::Failure, input, process, tools, workspace::Workspace};

use super::Verdict;

pub(super) fn run(workspace: &Workspace) -> Result<Verdict, Failure> {
    let clients = input::clients(workspace, &mut Sources::default(), Format::Human)?;
    let python = tools::python(workspace, "spec")?;
    let node = tools::node(workspace)?;
    for client in clients {
        process::succeed(
            python
                .script(workspace, "check_spec.py")
                .arg(&client.document),
        )?;
        process::succeed(
            process::program(workspace, "node")
                .arg(node.script("@redocly/cli/bin/cli.js"))
                .args(["lint", "--config", "xtask/conformance/redocly.yaml"])
                .arg(&client.document)
                .env("REDOCLY_TELEMETRY", "off")
                .env("REDOCLY_SUPPRESS_UPDATE_NOTICE", "true"),
        )?;
    }
    Ok(Verdict::Passed)
}
