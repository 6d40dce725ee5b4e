//! Programs that the checks need and the Rust toolchain does not bring.
//!
//! They are pinned, and installed once into `target/tools`.

use std::{
    env::consts::EXE_SUFFIX,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{failure::Failure, process, workspace::Workspace};

/// Where the lists of programs and our scripts are.
const LISTS: &str = "xtask/conformance";

/// Where they are installed, and where checks leave what they find.
pub(crate) fn folder(workspace: &Workspace) -> PathBuf {
    workspace.path("target/tools")
}

/// An extension of cargo that others have built, as `requirements/cargo.txt` lists it. There is none for
/// some machines, which build it.
pub(crate) fn cargo_extension(
    workspace: &Workspace,
    name: &str,
    version: &str,
) -> Result<PathBuf, Failure> {
    match python(workspace, "cargo") {
        Ok(python) if is_version(workspace, &python.program(name), version) => {
            Ok(python.program(name))
        }
        _ => {
            eprintln!("{name} {version} is not to be had built; building it, which takes minutes");
            cargo_install(workspace, name, version)
        }
    }
}

/// Builds a program of the Rust registry, unless this version of it is there already.
pub(crate) fn cargo_install(
    workspace: &Workspace,
    name: &str,
    version: &str,
) -> Result<PathBuf, Failure> {
    let root = folder(workspace);
    let program = root.join("bin").join(format!("{name}{EXE_SUFFIX}"));
    if is_version(workspace, &program, version) {
        return Ok(program);
    }
    // They run for a second; optimising them, or writing down what a debugger reads, would cost minutes.
    process::succeed(
        process::cargo(workspace)
            .args(["install", "--quiet", "--debug", "--locked"])
            .args(["--config", "profile.dev.debug=false"])
            .args(["--version", version])
            .arg("--root")
            .arg(root)
            .arg(name),
    )?;
    Ok(program)
}

/// A program is there in this version.
fn is_version(workspace: &Workspace, program: &Path, version: &str) -> bool {
    let told = process::output(process::program(workspace, program).arg("--version"));
    told.is_ok_and(|text| text.split_whitespace().any(|word| word == version))
}

/// A Python environment of our own.
pub(crate) struct Python {
    folder: PathBuf,
}

impl Python {
    /// A program that is installed in it, `python` among them.
    pub(crate) fn program(&self, name: &str) -> PathBuf {
        let scripts = if cfg!(windows) { "Scripts" } else { "bin" };
        let name = format!("{name}{EXE_SUFFIX}");
        self.folder.join(scripts).join(name)
    }

    /// Runs a script of ours, and leaves no compiled copy beside it.
    pub(crate) fn script(&self, workspace: &Workspace, name: &str) -> Command {
        let mut command = process::program(workspace, self.program("python"));
        let path = name
            .split('/')
            .fold(workspace.path(LISTS), |path, part| path.join(part));
        command.arg("-B").arg(path);
        command
    }
}

/// Installs what the list of this name asks for, into an environment of its own: the vendor's client
/// needs older packages than the other programs.
pub(crate) fn python(workspace: &Workspace, name: &str) -> Result<Python, Failure> {
    let python = Python {
        folder: folder(workspace).join(format!("python-{name}")),
    };
    let list = format!("{LISTS}/requirements/{name}.txt");
    install(workspace, &python.folder, &[&list], || {
        let system = if cfg!(windows) { "python" } else { "python3" };
        process::succeed(
            process::program(workspace, system)
                .args(["-m", "venv", "--clear"])
                .arg(&python.folder),
        )?;
        process::succeed(
            process::program(workspace, python.program("python"))
                .args(["-m", "pip", "install", "--quiet", "--no-deps"])
                .args(["--disable-pip-version-check", "--requirement", &list]),
        )
    })?;
    Ok(python)
}

/// A folder with Node packages.
pub(crate) struct Node {
    folder: PathBuf,
}

impl Node {
    /// A script of a package, to be run with `node`.
    pub(crate) fn script(&self, path: &str) -> PathBuf {
        path.split('/')
            .fold(self.folder.join("node_modules"), |path, part| {
                path.join(part)
            })
    }
}

/// Installs what `package-lock.json` lists.
pub(crate) fn node(workspace: &Workspace) -> Result<Node, Failure> {
    let node = Node {
        folder: folder(workspace).join("node"),
    };
    let lists = ["package.json", "package-lock.json", ".npmrc"];
    let sources = lists.map(|name| format!("{LISTS}/{name}"));
    install(workspace, &node.folder, &sources, || {
        create(&node.folder)?;
        for (name, source) in lists.iter().zip(&sources) {
            write(&node.folder.join(name), &workspace.read(source)?)?;
        }
        let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
        process::succeed(
            process::program(workspace, npm)
                .current_dir(&node.folder)
                .args(["ci", "--silent"]),
        )
    })?;
    Ok(node)
}

/// Carries out an installation, unless it is there from the same lists. The stamp with their
/// content is written last, so that an interrupted installation is done again.
fn install(
    workspace: &Workspace,
    folder: &Path,
    lists: &[impl AsRef<str>],
    carry_out: impl FnOnce() -> Result<(), Failure>,
) -> Result<(), Failure> {
    let wanted = lists
        .iter()
        .map(|list| workspace.read(list.as_ref()))
        .collect::<Result<Vec<_>, _>>()?
        .join("\n");
    let stamp = folder.join("installed-from");
    if fs::read_to_string(&stamp).is_ok_and(|present| present == wanted) {
        return Ok(());
    }
    carry_out()?;
    write(&stamp, &wanted)
}

fn create(folder: &Path) -> Result<(), Failure> {
    fs::create_dir_all(folder).map_err(|error| Failure::io("create", folder, &error))
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    fs::write(path, text).map_err(|error| Failure::io("write", path, &error))
}
