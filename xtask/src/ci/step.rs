//! The steps.

use std::process::Command;

use crate::{failure::Failure, workspace::Workspace};

/// A check with a name.
pub(super) struct Step {
    /// What the command line calls it.
    pub(super) name: &'static str,
    /// What it checks.
    pub(super) purpose: &'static str,
    /// The check itself.
    pub(super) run: fn(&Workspace) -> Result<(), Failure>,
}

/// All steps, in the order in which they run: the quick ones first.
pub(super) const STEPS: &[Step] = &[
    Step {
        name: "fmt",
        purpose: "the code is formatted",
        run: |workspace| cargo(workspace, &["fmt", "--all", "--check"]),
    },
    Step {
        name: "clippy",
        purpose: "clippy has nothing to say",
        run: |workspace| {
            let arguments = "clippy --workspace --all-targets --all-features -- -D warnings";
            cargo(workspace, &arguments.split(' ').collect::<Vec<_>>())
        },
    },
    Step {
        name: "rustdoc",
        purpose: "the documentation builds without warnings",
        run: |workspace| {
            let mut command = cargo_command(workspace);
            command
                .args(["doc", "--workspace", "--no-deps", "--all-features"])
                .env("RUSTDOCFLAGS", "-D warnings");
            succeed(&mut command)
        },
    },
];

/// The cargo that runs this program, started at the root of the workspace.
fn cargo_command(workspace: &Workspace) -> Command {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.current_dir(workspace.root());
    command
}

fn cargo(workspace: &Workspace, arguments: &[&str]) -> Result<(), Failure> {
    succeed(cargo_command(workspace).args(arguments))
}

/// Runs a program that must succeed, with its output shown.
fn succeed(command: &mut Command) -> Result<(), Failure> {
    let status = command.status().map_err(|error| {
        let program = command.get_program().to_string_lossy().into_owned();
        Failure::Problem(format!("cannot run {program}: {error}"))
    })?;
    if status.success() {
        return Ok(());
    }
    let words: Vec<_> = std::iter::once(command.get_program())
        .chain(command.get_args())
        .map(|word| word.to_string_lossy())
        .collect();
    Err(Failure::Problem(format!("{status}: {}", words.join(" "))))
}
