//! Compiles the crates of a corpus together, so that they share their dependencies.

use std::{fs, path::Path, process::Command};

use serde_json::Value;

use super::Row;
use crate::{failure::Failure, workspace::Workspace};

/// Writes a file and the folders above it.
pub(super) fn write(path: &Path, text: &str) -> Result<(), Failure> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| Failure::io("create", folder, &error))?;
    }
    fs::write(path, text).map_err(|error| Failure::io("write", path, &error))
}

/// Compiles all crates and counts errors and warnings.
pub(super) fn check(workspace: &Workspace, folder: &Path, rows: &mut [Row]) -> Result<(), Failure> {
    let members: Vec<&Row> = rows.iter().filter(|row| row.errors == 0).collect();
    if members.is_empty() {
        return Ok(());
    }
    for row in &members {
        remove_own_workspace(&folder.join(&row.name).join("Cargo.toml"))?;
    }
    let names: Vec<String> = members
        .iter()
        .map(|row| format!("{:?}", row.name))
        .collect();
    let manifest = format!(
        "[workspace]\nresolver = \"3\"\nmembers = [{}]\n",
        names.join(", ")
    );
    write(&folder.join("Cargo.toml"), &manifest)?;
    // The versions that the workspace itself is tested with.
    let lock = workspace.read("Cargo.lock")?;
    write(&folder.join("Cargo.lock"), &lock)?;
    let output = Command::new("cargo")
        .args([
            "check",
            "--workspace",
            "--keep-going",
            "--message-format",
            "json",
        ])
        .current_dir(folder)
        .env(
            "CARGO_TARGET_DIR",
            workspace.root().join("target").join("corpus-build"),
        )
        .output()
        .map_err(|error| Failure::Problem(format!("cannot run cargo: {error}")))?;
    let messages = String::from_utf8_lossy(&output.stdout);
    let (mut errors, mut any) = (0_usize, false);
    for message in messages
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
    {
        any = true;
        errors += count(&message, rows);
    }
    if !output.status.success() && (errors == 0 || !any) {
        let reason = String::from_utf8_lossy(&output.stderr).into_owned();
        return Err(Failure::Problem(format!("cargo check failed:\n{reason}")));
    }
    Ok(())
}

/// Adds a message of the compiler to the row of its crate, shows it, and says whether it is an error.
fn count(message: &Value, rows: &mut [Row]) -> usize {
    let text = |pointer: &str| {
        message
            .pointer(pointer)
            .and_then(Value::as_str)
            .unwrap_or_default()
    };
    let name = text("/target/name").replace('_', "-");
    let level = text("/message/level");
    let is_error = level == "error";
    let Some(row) = rows
        .iter_mut()
        .find(|row| row.name.replace('_', "-") == name)
    else {
        return usize::from(is_error);
    };
    match level {
        "error" => row.errors += 1,
        "warning" => row.warnings += 1,
        _ => return 0,
    }
    if row.errors + row.warnings <= 5 {
        eprint!("{}", text("/message/rendered"));
    }
    usize::from(is_error)
}

/// A member cannot be a workspace itself.
fn remove_own_workspace(path: &Path) -> Result<(), Failure> {
    let text = fs::read_to_string(path).map_err(|error| Failure::io("read", path, &error))?;
    write(path, &text.replace("\n[workspace]\n", "\n"))
}
