//! The commands of this workspace: `cargo xtask ci` runs the checks beyond the tests.

use std::process::{Command, ExitCode};

/// One run of cargo that must succeed.
struct Check {
    name: &'static str,
    arguments: &'static [&'static str],
    variables: &'static [(&'static str, &'static str)],
}

const CHECKS: &[Check] = &[
    Check {
        name: "fmt",
        arguments: &["fmt", "--all", "--check"],
        variables: &[],
    },
    Check {
        name: "clippy",
        arguments: &[
            "clippy",
            "--workspace",
            "--all-targets",
            "--",
            "-D",
            "warnings",
        ],
        variables: &[],
    },
    Check {
        name: "rustdoc",
        arguments: &["doc", "--workspace", "--no-deps"],
        variables: &[("RUSTDOCFLAGS", "-D warnings")],
    },
];

fn main() -> ExitCode {
    let command = std::env::args().nth(1);
    if command.as_deref() == Some("ci") {
        return ci();
    }
    eprintln!("usage: cargo xtask ci");
    ExitCode::from(2)
}

/// Runs all checks, so that one failure does not hide another.
fn ci() -> ExitCode {
    let failed: Vec<&str> = CHECKS
        .iter()
        .filter(|check| !passes(check))
        .map(|check| check.name)
        .collect();
    if failed.is_empty() {
        println!("all checks passed");
        ExitCode::SUCCESS
    } else {
        eprintln!("failed: {}", failed.join(", "));
        ExitCode::FAILURE
    }
}

fn passes(check: &Check) -> bool {
    println!("== {}: cargo {}", check.name, check.arguments.join(" "));
    let variables = check.variables.iter().copied();
    match Command::new("cargo")
        .args(check.arguments)
        .envs(variables)
        .status()
    {
        Ok(status) => status.success(),
        Err(error) => {
            eprintln!("cannot run cargo: {error}");
            false
        }
    }
}
