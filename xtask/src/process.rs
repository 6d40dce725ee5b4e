//! Programs that the checks run.

use std::{env, io, process::Command};

use crate::{failure::Failure, workspace::Workspace};

/// The cargo that runs this program, started at the root of the workspace.
pub(crate) fn cargo(workspace: &Workspace) -> Command {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    program(workspace, cargo)
}

/// A program that starts at the root of the workspace.
pub(crate) fn program(workspace: &Workspace, name: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = Command::new(name);
    command.current_dir(workspace.root());
    command
}

/// Runs a program that must succeed, with its output shown.
pub(crate) fn succeed(command: &mut Command) -> Result<(), Failure> {
    let status = command
        .status()
        .map_err(|error| cannot_run(command, &error))?;
    if status.success() {
        return Ok(());
    }
    Err(Failure::Problem(format!("{status}: {}", line(command))))
}

/// Runs a program that must succeed, and gives the text that it printed to standard output.
pub(crate) fn output(command: &mut Command) -> Result<String, Failure> {
    let bytes = output_bytes(command)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Runs a program that must succeed, and gives the bytes that it printed to standard output.
pub(crate) fn output_bytes(command: &mut Command) -> Result<Vec<u8>, Failure> {
    let output = command
        .output()
        .map_err(|error| cannot_run(command, &error))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    Err(Failure::Problem(format!(
        "{}: {}\n{}",
        output.status,
        line(command),
        String::from_utf8_lossy(&output.stderr).trim_end()
    )))
}

/// A program that could not be started at all.
pub(crate) fn cannot_run(command: &Command, error: &io::Error) -> Failure {
    let name = command.get_program().to_string_lossy();
    Failure::Problem(format!("cannot run {name}: {error}"))
}

/// The command as it would be typed, near enough for a message.
fn line(command: &Command) -> String {
    std::iter::once(command.get_program())
        .chain(command.get_args())
        .map(|word| word.to_string_lossy())
        .collect::<Vec<_>>()
        .join(" ")
}
