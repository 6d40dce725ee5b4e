//! The client against the vendor's own Python SDK.

use std::path::PathBuf;

use crate::{failure::Failure, process, tools, workspace::Workspace};

use super::{DOCUMENT, client_test};

/// What the comparison has found, as JSON.
pub(super) fn report(workspace: &Workspace) -> PathBuf {
    tools::folder(workspace).join("differential.json")
}

/// Lets both clients carry out the same cases, and compares each with the document.
pub(super) fn run(workspace: &Workspace) -> Result<(), Failure> {
    let python = tools::python(workspace, "sdk")?;
    let mut test = client_test(workspace, "differential");
    process::succeed(client_test(workspace, "differential").arg("--no-run"))?;
    test.args(["--", "--ignored"]);
    process::succeed(
        python
            .script(workspace, "sdk/run.py")
            .arg(DOCUMENT)
            .arg(report(workspace))
            .arg(test.get_program())
            .args(test.get_args()),
    )
}
