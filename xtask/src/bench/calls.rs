//! What calls through the client cost; a program of the client's crate measures it, for this one
//! never depends on that crate.

use std::num::NonZeroUsize;

use serde::{Deserialize, Serialize};

use crate::{cli::Build, failure::Failure, process, workspace::Workspace};

/// A figure of a call; the program writes one a line.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Figure {
    /// What was done.
    pub(super) task: String,
    /// With what: the client, or code that uses a library directly.
    pub(super) with: String,
    pub(super) value: f64,
    pub(super) unit: String,
}

/// Runs the program for so many calls of a kind.
pub(super) fn measure(
    workspace: &Workspace,
    build: Build,
    calls: NonZeroUsize,
) -> Result<Vec<Figure>, Failure> {
    let mut cargo = process::cargo(workspace);
    cargo.args(["bench", "--quiet", "--package", "ionos-dbaas-postgres"]);
    cargo.args(["--bench", "calls"]);
    if build == Build::Development {
        cargo.args(["--profile", "dev"]);
    }
    let text = process::output(cargo.arg("--").arg(calls.to_string()))?;
    text.lines()
        .filter(|line| line.starts_with('{'))
        .map(|line| {
            serde_json::from_str(line)
                .map_err(|error| Failure::Problem(format!("{line} is no figure: {error}")))
        })
        .collect()
}
