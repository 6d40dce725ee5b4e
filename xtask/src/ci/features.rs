//! The client with every choice of features that its users can make.
//!
//! All features together are what the step `clippy` checks.

use std::path::Path;

use serde_json::Value;

use crate::{failure::Failure, process, workspace::Workspace};

use super::Verdict;

const PACKAGE: &str = "ionos-dbaas-postgres";

/// A target without threads, sockets and files: what compiles there needs none of them.
const WEB: &str = "wasm32-unknown-unknown";

/// The library for TLS that no other step tests, as the default one comes before it.
const OTHER_TLS: &str = "native-tls";

pub(super) fn run(workspace: &Workspace) -> Result<Verdict, Failure> {
    lint(workspace, None)?;
    for feature in features(workspace)? {
        lint(workspace, Some(&feature))?;
    }
    let alone = ["--no-default-features", "--features", OTHER_TLS];
    process::succeed(
        process::cargo(workspace)
            .args(["test", "--package", PACKAGE, "--test", "wire"])
            .args(alone)
            .args(["--", "tls"]),
    )?;
    if !is_installed(workspace, WEB)? {
        let missing = format!("{WEB} skipped, for this machine does not have it");
        return Ok(Verdict::Partly(missing));
    }
    process::succeed(
        process::cargo(workspace)
            .args(["check", "--package", PACKAGE, "--lib", "--target", WEB])
            .arg("--no-default-features"),
    )?;
    Ok(Verdict::Passed)
}

/// All targets with one feature, or with none.
fn lint(workspace: &Workspace, feature: Option<&str>) -> Result<(), Failure> {
    println!("-- {}", feature.unwrap_or("no feature"));
    process::succeed(
        process::cargo(workspace)
            .args(["clippy", "--quiet", "--package", PACKAGE, "--all-targets"])
            .args(["--no-default-features", "--features"])
            .arg(feature.unwrap_or_default())
            .args(["--", "-D", "warnings"]),
    )
}

/// The names of the features, as the manifest declares them.
fn features(workspace: &Workspace) -> Result<Vec<String>, Failure> {
    let metadata = process::output(process::cargo(workspace).args([
        "metadata",
        "--format-version=1",
        "--no-deps",
    ]))?;
    let metadata: Value = serde_json::from_str(&metadata)
        .map_err(|error| Failure::Problem(format!("cargo metadata is not JSON: {error}")))?;
    let packages = metadata.get("packages").and_then(Value::as_array);
    let package = packages
        .into_iter()
        .flatten()
        .find(|package| package.get("name").and_then(Value::as_str) == Some(PACKAGE));
    let declared = package
        .and_then(|package| package.get("features")?.as_object())
        .ok_or_else(|| Failure::Problem(format!("there is no package {PACKAGE}")))?;
    let names = declared.keys().filter(|name| *name != "default");
    Ok(names.cloned().collect())
}

/// The standard library of a target is there.
fn is_installed(workspace: &Workspace, target: &str) -> Result<bool, Failure> {
    let folder = process::output(process::program(workspace, "rustc").args([
        "--print",
        "target-libdir",
        "--target",
        target,
    ]))?;
    Ok(Path::new(folder.trim()).is_dir())
}
