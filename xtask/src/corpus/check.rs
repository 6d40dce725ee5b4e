//! Compiles the crates of a corpus together.

use std::{fs, path::Path};

use serde_json::Value;

use super::Row;
use crate::{failure::Failure, members, workspace::Workspace};

/// Compiles all crates and counts errors and warnings.
pub(super) fn check(workspace: &Workspace, folder: &Path, rows: &mut [Row]) -> Result<(), Failure> {
    let names: Vec<&str> = rows
        .iter()
        .filter(|row| row.errors == 0)
        .map(|row| row.name.as_str())
        .collect();
    if names.is_empty() {
        return Ok(());
    }
    for name in &names {
        let path = folder.join(name).join("Cargo.toml");
        let text = fs::read_to_string(&path).map_err(|error| Failure::io("read", &path, &error))?;
        members::write(&path, &members::as_member(&text))?;
    }
    members::unite(workspace, folder, &names)?;
    for message in members::check(workspace, folder)? {
        count(&message, rows);
    }
    Ok(())
}

/// Adds a message of the compiler to the row of its crate, and shows it.
fn count(message: &Value, rows: &mut [Row]) {
    let name = members::text(message, "/target/name").replace('_', "-");
    let mut rows = rows.iter_mut();
    let Some(row) = rows.find(|row| row.name.replace('_', "-") == name) else {
        return;
    };
    match members::text(message, "/message/level") {
        "error" => row.errors += 1,
        "warning" => row.warnings += 1,
        _ => return,
    }
    if row.errors + row.warnings <= 5 {
        eprint!("{}", members::text(message, "/message/rendered"));
    }
}
