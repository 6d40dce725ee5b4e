//! Crates below the target folder that are compiled together, so that they share their dependencies.

use std::{fs, path::Path};

use serde_json::Value;

use crate::{failure::Failure, process, workspace::Workspace};

/// What the compiler leaves; all such crates depend on the same others.
pub(crate) const BUILD: &str = "target/emitted-build";

/// Writes a file and the folders above it. A file that holds the text already is not touched, so that
/// what depends on it need not be compiled again.
pub(crate) fn write(path: &Path, text: &str) -> Result<(), Failure> {
    if fs::read_to_string(path).is_ok_and(|present| present == text) {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| Failure::io("create", folder, &error))?;
    }
    fs::write(path, text).map_err(|error| Failure::io("write", path, &error))
}

/// Removes a folder with all that is in it, if it is there.
pub(crate) fn remove(folder: &Path) -> Result<(), Failure> {
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(|error| Failure::io("remove", folder, &error))?;
    }
    Ok(())
}

/// The manifest of a crate that was to stand alone: a member cannot be a workspace itself.
pub(crate) fn as_member(manifest: &str) -> String {
    manifest.replace("\n[workspace]\n", "\n")
}

/// Writes the workspace of these crates, with the versions of dependencies that ours is tested with.
pub(crate) fn unite(workspace: &Workspace, folder: &Path, names: &[&str]) -> Result<(), Failure> {
    let names: Vec<String> = names.iter().map(|name| format!("{name:?}")).collect();
    let manifest = format!(
        "[workspace]\nresolver = \"3\"\nmembers = [{}]\n",
        names.join(", ")
    );
    write(&folder.join("Cargo.toml"), &manifest)?;
    write(&folder.join("Cargo.lock"), &workspace.read("Cargo.lock")?)
}

/// What the compiler says of all crates of a workspace, message by message, errors included.
pub(crate) fn check(workspace: &Workspace, folder: &Path) -> Result<Vec<Value>, Failure> {
    let mut cargo = process::cargo(workspace);
    cargo
        .args(["check", "--workspace", "--keep-going", "--quiet"])
        .args(["--message-format", "json"])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", workspace.path(BUILD));
    let output = cargo
        .output()
        .map_err(|error| process::cannot_run(&cargo, &error))?;
    let messages: Vec<Value> = String::from_utf8_lossy(&output.stdout)
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok())
        .collect();
    let is_error = |message: &Value| text(message, "/message/level") == "error";
    if output.status.success() || messages.iter().any(is_error) {
        return Ok(messages);
    }
    let reason = String::from_utf8_lossy(&output.stderr).into_owned();
    Err(Failure::Problem(format!("cargo check failed:\n{reason}")))
}

/// A text within a message.
pub(crate) fn text<'m>(message: &'m Value, pointer: &str) -> &'m str {
    let found = message.pointer(pointer).and_then(Value::as_str);
    found.unwrap_or_default()
}
