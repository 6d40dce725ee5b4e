//! The commands of this workspace: `cargo xtask ci` runs the checks beyond the tests.

use std::process::{Command, ExitCode};

/// Name, arguments of cargo, and variables of the environment, of each check.
const CHECKS: &[(&str, &[&str], &[(&str, &str)])] = &[
    ("fmt", &["fmt", "--all", "--check"], &[]),
    (
        "clippy",
        &[
            "clippy",
            "--workspace",
            "--all-targets",
            "--",
            "-D",
            "warnings",
        ],
        &[],
    ),
    (
        "rustdoc",
        &["doc", "--workspace", "--no-deps"],
        &[("RUSTDOCFLAGS", "-D warnings")],
    ),
];

fn main() -> ExitCode {
    match std::env::args().nth(1).as_deref() {
        Some("ci") => ci(),
        _ => {
            eprintln!("usage: cargo xtask ci");
            ExitCode::from(2)
        }
    }
}

/// Runs all checks, so that one failure does not hide another.
fn ci() -> ExitCode {
    let failed: Vec<&str> = CHECKS
        .iter()
        .filter(|(name, arguments, variables)| !passes(name, arguments, variables))
        .map(|(name, ..)| *name)
        .collect();
    if failed.is_empty() {
        println!("all checks passed");
        ExitCode::SUCCESS
    } else {
        eprintln!("failed: {}", failed.join(", "));
        ExitCode::FAILURE
    }
}

fn passes(name: &str, arguments: &[&str], variables: &[(&str, &str)]) -> bool {
    println!("== {name}: cargo {}", arguments.join(" "));
    let status = Command::new("cargo")
        .args(arguments)
        .envs(variables.iter().copied())
        .status();
    match status {
        Ok(status) => status.success(),
        Err(error) => {
            eprintln!("cannot run cargo: {error}");
            false
        }
    }
}
