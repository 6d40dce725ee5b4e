//! Other generators, pinned, and installed below `target/tools` where somebody asks for them.

use std::{
    env::consts::EXE_SUFFIX,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{failure::Failure, process, tools, workspace::Workspace};

/// Another generator.
#[derive(Debug)]
pub(super) struct Peer {
    pub(super) name: &'static str,
    version: &'static str,
    origin: Origin,
    /// The arguments before the document and before the output, and those behind.
    arguments: [&'static [&'static str]; 3],
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Origin {
    Cargo,
    Python,
}

/// All that are known.
pub(super) const PEERS: &[Peer] = &[
    Peer {
        name: "ploidy",
        version: "0.15.0",
        origin: Origin::Cargo,
        arguments: [&["generate", "rust"], &["--output"], &["--name", "peer"]],
    },
    Peer {
        name: "oas3-gen",
        version: "0.29.0",
        origin: Origin::Cargo,
        arguments: [
            &["generate", "client-mod", "--workspace", "--input"],
            &["--output"],
            &[],
        ],
    },
    Peer {
        name: "openapi-to-rust",
        version: "0.23.0",
        origin: Origin::Cargo,
        arguments: [&["generate"], &["--output-dir"], &[]],
    },
    Peer {
        name: "cargo-progenitor",
        version: "0.15.1",
        origin: Origin::Cargo,
        arguments: [
            &["progenitor", "--input"],
            &["--output"],
            &[
                "--name",
                "peer",
                "--version",
                "0.1.0",
                "--license-name",
                "MIT",
            ],
        ],
    },
    Peer {
        name: "openapi-generator-cli",
        version: "7.26.0",
        origin: Origin::Python,
        arguments: [&["generate", "-g", "rust", "-i"], &["-o"], &[]],
    },
];

/// The command that generates a crate.
pub(super) fn command(peer: &Peer, program: &Path, document: &Path, output: &Path) -> Command {
    let [before_document, before_output, behind] = peer.arguments;
    let mut command = Command::new(program);
    command.args(before_document).arg(document);
    command.args(before_output).arg(output).args(behind);
    command
}

/// Installs a program, unless this version of it is there; one that cannot be had is noted.
pub(super) fn install(
    workspace: &Workspace,
    peer: &Peer,
    missing: &mut Vec<String>,
) -> Result<Option<PathBuf>, Failure> {
    let installed = match peer.origin {
        Origin::Cargo => cargo(workspace, peer),
        Origin::Python => python(workspace, peer),
    };
    match installed {
        Ok(program) => Ok(Some(program)),
        Err(Failure::Problem(reason)) => {
            missing.push(format!(
                "{} {} cannot be installed: {reason}",
                peer.name, peer.version
            ));
            Ok(None)
        }
        Err(failure) => Err(failure),
    }
}

fn cargo(workspace: &Workspace, peer: &Peer) -> Result<PathBuf, Failure> {
    let root = tools::folder(workspace);
    let program = root.join("bin").join(format!("{}{EXE_SUFFIX}", peer.name));
    // Not all of them tell their version, but cargo keeps a list.
    let list = fs::read_to_string(root.join(".crates.toml")).unwrap_or_default();
    if list.contains(&format!("\"{} {} ", peer.name, peer.version)) && program.exists() {
        return Ok(program);
    }
    process::succeed(
        process::cargo(workspace)
            .args(["install", "--quiet", "--locked", "--version", peer.version])
            .arg("--root")
            .arg(&root)
            .arg(peer.name),
    )?;
    Ok(program)
}

fn python(workspace: &Workspace, peer: &Peer) -> Result<PathBuf, Failure> {
    let folder = tools::folder(workspace).join(format!("{}-{}", peer.name, peer.version));
    let scripts = folder.join(if cfg!(windows) { "Scripts" } else { "bin" });
    let program = scripts.join(format!("{}{EXE_SUFFIX}", peer.name));
    if program.exists() {
        return Ok(program);
    }
    let system = if cfg!(windows) { "python" } else { "python3" };
    process::succeed(
        process::program(workspace, system)
            .args(["-m", "venv", "--clear"])
            .arg(&folder),
    )?;
    process::succeed(
        process::program(workspace, scripts.join(format!("python{EXE_SUFFIX}")))
            .args(["-m", "pip", "install", "--quiet", "--no-deps"])
            .arg("--disable-pip-version-check")
            .arg(format!("{}=={}", peer.name, peer.version)),
    )?;
    Ok(program)
}
