//! What programs take to build: the one behind `cargo xtask`, which a fresh clone builds before it
//! regenerates anything, and small ones that use what each generator emits.

use std::{
    env::consts::EXE_SUFFIX,
    fs,
    path::{Path, PathBuf},
};

use serde::Serialize;

use super::{builds::Builder, measure, measure::Cost};
use crate::{failure::Failure, members, process, references};

/// The programs that list clusters, one for each generator.
const SOURCES: &str = "xtask/bench/list_clusters";

/// What one program takes.
#[derive(Debug, Serialize)]
pub(super) struct Program {
    pub(super) name: String,
    /// Crates that are built for it, but for itself.
    pub(super) dependencies: usize,
    /// A build with nothing built before.
    pub(super) cold: Cost,
    /// Its size, with what such a build keeps for backtraces.
    pub(super) kilobytes: u64,
}

/// The program behind `cargo xtask`, as a development build.
pub(super) fn regen(builder: &Builder<'_>) -> Result<Option<Program>, Failure> {
    Source {
        name: "`cargo xtask regen` on a fresh clone".to_owned(),
        folder: builder.workspace.root().to_owned(),
        arguments: &["build", "--offline", "--package", "xtask"],
        package: "xtask",
        file: "debug/xtask",
    }
    .build(builder)
}

/// A small program, optimised, that lists clusters through what a generator has emitted for our
/// document; nothing where it does not compile.
pub(super) fn lister(
    builder: &Builder<'_>,
    generator: &str,
    emitted: &Path,
) -> Result<Option<Program>, Failure> {
    let file = generator.replace(' ', "-");
    let folder = builder.folder.join(format!("lister-{file}"));
    let main = builder.workspace.read(&format!("{SOURCES}/{file}.rs"))?;
    members::write(&folder.join("src").join("main.rs"), &main)?;
    members::write(&folder.join("Cargo.toml"), &lister_manifest(emitted)?)?;
    let target = builder.folder.join("programs");
    process::succeed(&mut builder.cargo(&folder, &target, &["fetch", "--quiet"]))?;
    Source {
        name: format!("lists clusters with {generator}, optimised"),
        folder,
        arguments: &["build", "--offline", "--release"],
        package: "lister",
        file: "release/lister",
    }
    .build(builder)
}

fn lister_manifest(emitted: &Path) -> Result<String, Failure> {
    let path = emitted.join("Cargo.toml");
    let text = references::text(&path)?;
    let wrong = |reason: &str| Failure::Problem(format!("{}: {reason}", path.display()));
    let manifest: toml::Table = toml::from_str(&text).map_err(|error| wrong(error.message()))?;
    let package = manifest
        .get("package")
        .and_then(|package| package.get("name"));
    let package = package.ok_or_else(|| wrong("no package is named"))?;
    let mut peer = toml::Table::new();
    peer.insert("package".to_owned(), package.clone());
    peer.insert("path".to_owned(), emitted.display().to_string().into());
    let peer = toml::Value::from(peer);
    Ok(format!(
        "[package]\nname = \"lister\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
         [dependencies]\npeer = {peer}\n\
         tokio = {{ version = \"1\", features = [\"macros\", \"rt\"] }}\n\n\
         [workspace]\n"
    ))
}

/// How a program is built, and where it is then.
struct Source {
    name: String,
    folder: PathBuf,
    arguments: &'static [&'static str],
    package: &'static str,
    file: &'static str,
}

impl Source {
    fn build(self, builder: &Builder<'_>) -> Result<Option<Program>, Failure> {
        let target = builder.folder.join("programs");
        members::remove(&target)?;
        let cost = measure::run(&mut builder.cargo(&self.folder, &target, self.arguments))?;
        let path = target.join(format!("{}{EXE_SUFFIX}", self.file));
        let size = fs::metadata(&path).map(|data| data.len().div_ceil(1024));
        members::remove(&target)?;
        let Some(cold) = cost else {
            return Ok(None);
        };
        Ok(Some(Program {
            name: self.name,
            dependencies: builder.dependencies(
                &self.folder,
                &target,
                &["--package", self.package],
            )?,
            cold,
            kilobytes: size.map_err(|error| Failure::io("read", &path, &error))?,
        }))
    }
}
