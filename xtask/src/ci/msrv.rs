//! The oldest Rust that works: declared once, documented, and enough for every dependency.
//!
//! That the code itself keeps to it is checked by clippy's `incompatible_msrv`, and by building it
//! with that version where the machine has it.

use serde_json::Value;

use crate::{failure::Failure, process, workspace::Workspace};

use super::Verdict;

pub(super) fn run(workspace: &Workspace) -> Result<Verdict, Failure> {
    let metadata = process::output(process::cargo(workspace).args([
        "metadata",
        "--format-version=1",
        "--all-features",
    ]))?;
    let metadata: Value = serde_json::from_str(&metadata)
        .map_err(|error| Failure::Problem(format!("cargo metadata is not JSON: {error}")))?;
    let mut problems = Vec::new();
    match declared(&metadata) {
        Some(declared) => {
            for (file, mention) in [
                ("README.md", format!("Rust {declared}")),
                (".github/workflows/ci.yml", format!("cargo +{declared} ")),
            ] {
                if !workspace.read(file)?.contains(&mention) {
                    problems.push(format!("{file} does not say `{mention}`"));
                }
            }
            problems.extend(exceptions(&metadata, declared));
        }
        None => problems.push("no `rust-version` is declared".to_owned()),
    }
    if problems.is_empty() {
        Ok(Verdict::Passed)
    } else {
        Err(Failure::Problem(problems.join("\n")))
    }
}

/// A package as `cargo metadata` describes it.
struct Package<'a> {
    name: &'a str,
    /// Packages of the workspace have no source.
    own: bool,
    rust_version: Option<&'a str>,
}

fn packages(metadata: &Value) -> impl Iterator<Item = Package<'_>> {
    let list = metadata["packages"].as_array().map(Vec::as_slice);
    list.unwrap_or_default().iter().map(|package| Package {
        name: package["name"].as_str().unwrap_or_default(),
        own: package["source"].is_null(),
        rust_version: package["rust_version"].as_str(),
    })
}

/// The version that the workspace declares.
fn declared(metadata: &Value) -> Option<&str> {
    packages(metadata)
        .find(|package| package.own)
        .and_then(|package| package.rust_version)
}

/// Packages that the declared version is not enough for, or that declare another one.
fn exceptions(metadata: &Value, declared: &str) -> Vec<String> {
    let mut problems = Vec::new();
    for Package {
        name,
        own,
        rust_version,
    } in packages(metadata)
    {
        match rust_version {
            Some(version) if own && version != declared => {
                problems.push(format!("{name} declares Rust {version}, not {declared}"));
            }
            None if own => problems.push(format!("{name} declares no Rust version")),
            Some(version) if number(version) > number(declared) => {
                problems.push(format!(
                    "{name} needs Rust {version}, we declare {declared}"
                ));
            }
            _ => {}
        }
    }
    problems
}

/// A version as numbers that compare; `1.88` is `1.88.0`.
fn number(version: &str) -> [u64; 3] {
    let mut numbers = [0; 3];
    for (number, text) in numbers.iter_mut().zip(version.split(['.', '-'])) {
        *number = text.parse().unwrap_or(0);
    }
    numbers
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{declared, exceptions, number};

    fn metadata(ours: &str, theirs: &str) -> Value {
        json!({"packages": [
            {"name": "ours", "source": null, "rust_version": ours},
            {"name": "theirs", "source": "registry", "rust_version": theirs},
            {"name": "silent", "source": "registry", "rust_version": null},
        ]})
    }

    #[test]
    fn versions_compare_by_number() {
        assert!(number("1.100") > number("1.88.0"));
        assert_eq!(number("1.88"), number("1.88.0"));
    }

    #[test]
    fn a_dependency_must_not_need_more_than_is_declared() {
        let fine = metadata("1.88", "1.88.0");
        assert_eq!(declared(&fine), Some("1.88"));
        assert!(exceptions(&fine, "1.88").is_empty());
        assert_eq!(
            exceptions(&metadata("1.88", "1.90"), "1.88"),
            ["theirs needs Rust 1.90, we declare 1.88"]
        );
    }

    #[test]
    fn all_packages_of_the_workspace_declare_the_same() {
        assert_eq!(declared(&json!({"packages": []})), None);
        assert_eq!(
            exceptions(&metadata("1.89", "1.60"), "1.88"),
            ["ours declares Rust 1.89, not 1.88"]
        );
    }
}
