//! What programs of this workspace take to build: the one behind `cargo xtask`, which a fresh clone
//! builds before it regenerates anything, and a small one that uses the client.

use std::{env::consts::EXE_SUFFIX, fs};

use serde::Serialize;

use super::{builds::Builder, measure::Cost};
use crate::{failure::Failure, members};

/// What one program takes.
#[derive(Debug, Serialize)]
pub(super) struct Program {
    pub(super) name: String,
    /// Crates that are built for it, but for itself.
    pub(super) dependencies: usize,
    /// A build with nothing built before.
    pub(super) cold: Cost,
    /// Its size, with what an optimised build keeps for backtraces.
    pub(super) kilobytes: u64,
}

/// Builds both from nothing.
pub(super) fn measure(builder: &Builder<'_>) -> Result<Vec<Program>, Failure> {
    let regen = ["build", "--offline", "--package", "xtask"];
    let list = [
        "build",
        "--offline",
        "--release",
        "--package",
        "ionos-dbaas-postgres",
        "--example",
        "list_clusters",
    ];
    Ok([
        program(
            builder,
            "`cargo xtask regen` on a fresh clone",
            &regen,
            "xtask",
            "debug/xtask",
        )?,
        program(
            builder,
            "the optimised example `list_clusters`",
            &list,
            "ionos-dbaas-postgres",
            "release/examples/list_clusters",
        )?,
    ]
    .into_iter()
    .flatten()
    .collect())
}

fn program(
    builder: &Builder<'_>,
    name: &str,
    arguments: &[&str],
    package: &str,
    file: &str,
) -> Result<Option<Program>, Failure> {
    let root = builder.workspace.root();
    let target = builder.folder.join("programs");
    members::remove(&target)?;
    let cost = super::measure::run(&mut builder.cargo(root, &target, arguments))?;
    let path = target.join(format!("{file}{EXE_SUFFIX}"));
    let size = fs::metadata(&path).map(|data| data.len().div_ceil(1024));
    members::remove(&target)?;
    let Some(cold) = cost else {
        return Ok(None);
    };
    Ok(Some(Program {
        name: name.to_owned(),
        dependencies: builder.dependencies(root, &target, &["--package", package])?,
        cold,
        kilobytes: size.map_err(|error| Failure::io("read", &path, &error))?,
    }))
}
