//! What the emitted crates take to build, ours and those of other generators.

use std::{
    collections::BTreeSet,
    ffi::OsStr,
    fs::{self, File},
    path::{Path, PathBuf},
    process::Command,
    time::SystemTime,
};

use serde::Serialize;

use super::{
    generation::Row,
    measure::{self, Cost},
};
use crate::{failure::Failure, members, process, workspace::Workspace};

/// What one emitted crate takes.
#[derive(Debug, Serialize)]
pub(super) struct Build {
    pub(super) program: String,
    pub(super) document: String,
    /// Crates that are built for it, with its default features, but for itself.
    pub(super) dependencies: usize,
    /// `cargo build` with nothing built before.
    pub(super) cold: Option<Cost>,
    /// `cargo check` of the crate alone, with its dependencies checked before.
    pub(super) check: Cost,
}

/// How a crate is built to be measured.
#[derive(Debug)]
pub(super) struct Builder<'a> {
    pub(super) workspace: &'a Workspace,
    /// Where everything that is built goes.
    pub(super) folder: PathBuf,
    pub(super) runs: usize,
}

impl Builder<'_> {
    /// Builds what programs have emitted for one document, and leaves out what does not compile. A
    /// build from nothing is slow, and its time is that of the dependencies, so that it is worth its
    /// while for one document only.
    pub(super) fn measure(&self, emitted: &[&Row], cold: bool) -> Result<Vec<Build>, Failure> {
        let warm = self.folder.join("warm");
        let mut compiling = Vec::new();
        for one in emitted {
            complete(&one.output)?;
            detach(&one.output.join("Cargo.toml"))?;
            if measure::run(&mut self.check(&one.output, &warm))?.is_some() {
                compiling.push(one);
            }
        }
        let checks = measure::in_turn(self.runs, &compiling, |_, one| {
            touch(&one.output.join("src").join("lib.rs"))?;
            measure::run(&mut self.check(&one.output, &warm))
        })?;
        let mut builds = Vec::with_capacity(compiling.len());
        for (one, check) in compiling.into_iter().zip(checks) {
            let Some(check) = check else { continue };
            builds.push(Build {
                program: one.program.clone(),
                document: one.document.clone(),
                dependencies: self.dependencies(&one.output, &warm, &[])?,
                cold: if cold { self.cold(&one.output)? } else { None },
                check,
            });
        }
        Ok(builds)
    }

    /// Checks a crate anew: what the compiler remembers of the time before would leave it little to do.
    fn check(&self, emitted: &Path, target: &Path) -> Command {
        let mut command = self.cargo(emitted, target, &["check"]);
        command.env("CARGO_INCREMENTAL", "0");
        command
    }

    fn cold(&self, emitted: &Path) -> Result<Option<Cost>, Failure> {
        let target = self.folder.join("cold");
        members::remove(&target)?;
        // What has to be downloaded has been, by the check before.
        let cost = measure::run(&mut self.cargo(emitted, &target, &["build", "--offline"]))?;
        members::remove(&target)?;
        Ok(cost)
    }

    /// How many crates are built for a package, but for itself.
    pub(super) fn dependencies(
        &self,
        folder: &Path,
        target: &Path,
        package: &[&str],
    ) -> Result<usize, Failure> {
        let arguments = ["tree", "--prefix", "none", "--edges", "normal,build"];
        let mut command = self.cargo(folder, target, &arguments);
        let tree = process::output(command.args(package))?;
        let packages: BTreeSet<&str> = tree
            .lines()
            .map(|line| line.trim_end_matches(" (*)"))
            .filter(|line| !line.is_empty())
            .collect();
        Ok(packages.len().saturating_sub(1))
    }

    pub(super) fn cargo(&self, folder: &Path, target: &Path, arguments: &[&str]) -> Command {
        let mut command = process::cargo(self.workspace);
        command.current_dir(folder).args(arguments);
        command.env("CARGO_TARGET_DIR", AsRef::<OsStr>::as_ref(target));
        command
    }
}

/// Makes a crate of modules beside a list of what they depend on, which is what openapi-to-rust emits.
fn complete(emitted: &Path) -> Result<(), Failure> {
    let list = emitted.join("REQUIRED_DEPS.toml");
    if !list.is_file() || emitted.join("Cargo.toml").is_file() {
        return Ok(());
    }
    let unfinished = |error| Failure::io("complete", emitted, &error);
    let dependencies = fs::read_to_string(&list).map_err(unfinished)?;
    let package = "[package]\nname = \"peer\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n";
    let sources = emitted.join("src");
    fs::create_dir_all(&sources).map_err(unfinished)?;
    for entry in fs::read_dir(emitted).map_err(unfinished)? {
        let path = entry.map_err(unfinished)?.path();
        if path.extension().is_some_and(|extension| extension == "rs") {
            let name = path.file_name().unwrap_or_default();
            let name = if name == "mod.rs" {
                OsStr::new("lib.rs")
            } else {
                name
            };
            fs::rename(&path, sources.join(name)).map_err(unfinished)?;
        }
    }
    members::write(
        &emitted.join("Cargo.toml"),
        &(package.to_owned() + &dependencies),
    )
}

/// Keeps cargo from taking the crate for a member of the workspace around it.
fn detach(manifest: &Path) -> Result<(), Failure> {
    let mut text =
        fs::read_to_string(manifest).map_err(|error| Failure::io("read", manifest, &error))?;
    if text.lines().any(|line| line.trim() == "[workspace]") {
        return Ok(());
    }
    text.push_str("\n[workspace]\n");
    fs::write(manifest, text).map_err(|error| Failure::io("write", manifest, &error))
}

/// Makes cargo take a file for changed.
fn touch(file: &Path) -> Result<(), Failure> {
    File::options()
        .append(true)
        .open(file)
        .and_then(|file| file.set_modified(SystemTime::now()))
        .map_err(|error| Failure::io("touch", file, &error))
}
