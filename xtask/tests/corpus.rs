//! What the generator emits compiles without a warning: its fixtures, each as a crate of its own.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

#[test]
fn emitted_fixtures_compile() {
    let fixtures = root().join("generator/tests/fixtures");
    let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .arg("corpus")
        .args(["models", "api", "client", "executed", "odd"].map(|folder| fixtures.join(folder)))
        .arg("--root")
        .arg(root())
        .output()
        .expect("the command runs");
    assert!(
        output.status.success(),
        "{}{}",
        String::from_utf8_lossy(&output.stderr),
        String::from_utf8_lossy(&output.stdout)
    );
}

#[test]
fn a_document_with_errors_fails_the_run() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    std::fs::write(folder.path().join("broken.yaml"), "openapi: 3.0.3\n")
        .expect("a file is written");
    let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .arg("corpus")
        .arg(folder.path())
        .arg("--root")
        .arg(root())
        .output()
        .expect("the command runs");
    assert_eq!(output.status.code(), Some(1));
    let text = String::from_utf8_lossy(&output.stderr);
    assert!(text.contains("invalid-document"), "{text}");
    assert!(text.contains("1 document failed"), "{text}");
}

/// One would otherwise be compiled in place of the other.
#[test]
fn documents_of_one_name_are_two_crates() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    for extension in ["json", "yaml"] {
        std::fs::write(folder.path().join(format!("a__b.{extension}")), "{}")
            .expect("a file is written");
    }
    let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(["corpus", "--format", "json"])
        .arg(folder.path())
        .arg("--root")
        .arg(root())
        .output()
        .expect("the command runs");
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(text.contains("\"corpus-a-b\""), "{text}");
    assert!(text.contains("\"corpus-a-b-2\""), "{text}");
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}
