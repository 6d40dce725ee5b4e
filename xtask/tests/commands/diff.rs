//! `cargo xtask diff`, and what `regen` tells of an update.

use std::{fs, path::Path, process::Command};

use serde_json::Value;

use crate::workspace::{PING, Workspace};

/// A document with an object that travels in both directions.
fn document(more: &str) -> String {
    format!(
        "\
openapi: 3.0.3
info: {{title: Shop, version: 1.0.0}}
paths:
  /things:
    post:
      tags: [Things]
      requestBody:
        required: true
        content: {{application/json: {{schema: {{$ref: '#/components/schemas/Thing'}}}}}}
      responses:
        '200':
          description: Fine.
          content: {{application/json: {{schema: {{$ref: '#/components/schemas/Thing'}}}}}}
components:
  schemas:
    Thing:
      type: object
      properties:
        name: {{type: string}}
{more}"
    )
}

fn with_documents() -> Workspace {
    let workspace = Workspace::new();
    workspace.write("old.yaml", &document("        size: {type: integer}\n"));
    workspace.write("new.yaml", &document("        size: {type: string}\n"));
    workspace
}

#[test]
fn a_change_is_named_with_both_lines_and_its_operations() {
    let run = with_documents().run(&["diff", "old.yaml", "new.yaml"]);
    let text = run.succeeded().stdout;
    insta::assert_snapshot!("a_type_changes", text);
}

#[test]
fn machines_get_json() {
    let run = with_documents().run(&["diff", "old.yaml", "new.yaml", "--format", "json"]);
    let json = run.succeeded().json();
    assert_eq!(json["advice"], "major");
    let change = &json["changes"][0];
    assert_eq!(change["kind"], "field-type-changed");
    assert_eq!(change["effect"], "compile-error");
    assert_eq!(change["old"]["line"], 20);
    assert_eq!(change["new"]["column"], 9);
    assert_eq!(change["reach"][0]["operation"], "POST /things");
    assert_eq!(change["reach"][0]["path"], "size");
}

#[test]
fn a_limit_fails_the_run() {
    let workspace = with_documents();
    let diff = |new, limit| workspace.run(&["diff", "old.yaml", new, "--fail-on", limit]);
    diff("new.yaml", "breaking").failed(1, "break compilation");
    diff("old.yaml", "any").succeeded();
    let larger = document("        size: {type: integer}\n        more: {type: integer}\n");
    workspace.write("larger.yaml", &larger);
    diff("larger.yaml", "breaking").succeeded();
    diff("larger.yaml", "behaviour").succeeded();
    diff("larger.yaml", "any").failed(1, "changes");
}

#[test]
fn what_is_missing_or_broken_is_said() {
    let workspace = with_documents();
    workspace
        .run(&["diff", "old.yaml", "missing.yaml"])
        .failed(1, "there is no file missing.yaml");
    workspace.write("broken.yaml", "openapi: 3.0.3\n");
    workspace
        .run(&["diff", "old.yaml", "broken.yaml"])
        .failed(1, "broken.yaml has errors");
}

/// A workspace whose last commit has the older state of the contract, and whose files have today's.
fn with_update() -> Workspace {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |path: &str| fs::read_to_string(root.join(path)).expect("the file is there");
    let workspace = Workspace::new();
    workspace.write(
        "spec/clients.toml",
        "\
[client.postgresql-v1]
document = 'spec/postgresql-v1.yaml'
overlay = 'spec/postgresql-v1.overlay.yaml'
output = 'client/src/generated'
module = 'v1'
",
    );
    workspace.write(
        "client/Cargo.toml",
        "[package]\nname = 'client'\nversion = '0.1.0'\n",
    );
    workspace.write("spec/postgresql-v1.yaml", &read("tests/update/older.yaml"));
    workspace.write(
        "spec/postgresql-v1.overlay.yaml",
        &read("tests/update/older.overlay.yaml"),
    );
    git(&workspace, &["init", "--quiet"]);
    git(&workspace, &["add", "--all"]);
    git(&workspace, &["commit", "--quiet", "--message", "Older"]);
    workspace.write(
        "spec/postgresql-v1.yaml",
        &read("../spec/postgresql-v1.yaml"),
    );
    workspace.write(
        "spec/postgresql-v1.overlay.yaml",
        &read("../spec/postgresql-v1.overlay.yaml"),
    );
    workspace
}

pub(crate) fn git(workspace: &Workspace, arguments: &[&str]) {
    let status = Command::new("git")
        .args(["-c", "user.name=Test", "-c", "user.email=test@localhost"])
        .args(["-c", "commit.gpgsign=false"])
        .args(arguments)
        .current_dir(workspace.path(""))
        .status()
        .expect("git runs");
    assert!(status.success());
}

/// The worked update that `spec/README.md` tells.
#[test]
fn the_worked_update_can_be_checked_by_hand() {
    let workspace = with_update();
    let old = "HEAD:spec/postgresql-v1.yaml";
    let new = "spec/postgresql-v1.yaml";
    let run = workspace.run(&["diff", old, new, "--format", "markdown"]);
    insta::assert_snapshot!("worked_update", run.succeeded().stdout);
}

/// The document calls it as before.
#[test]
fn a_parameter_may_change_its_name_in_rust_alone() {
    let workspace = Workspace::new();
    let with_hint = |hint: &str| {
        let parameter =
            format!("parameters: [{{name: n, in: query, {hint}schema: {{type: string}}}}]");
        PING.replace(
            "operationId: ping",
            &format!("operationId: ping\n      {parameter}"),
        )
    };
    workspace.write("old.yaml", &with_hint(""));
    workspace.write("new.yaml", &with_hint("x-rust-name: number, "));
    let run = workspace.run(&["diff", "old.yaml", "new.yaml"]).succeeded();
    let told = run.stdout;
    assert!(told.contains("has another name in Rust"), "{told}");
    assert!(told.contains("`n` becomes `number`"), "{told}");
}

/// A file beside the workspace's own is another state of the same document.
#[test]
fn the_overlay_of_a_client_is_applied_to_what_its_document_is_compared_with() {
    let workspace = with_update();
    let document = workspace.read("spec/postgresql-v1.yaml");
    workspace.write(
        "newer.yaml",
        &document.replace("version: 1.0.0", "version: 1.0.1"),
    );
    for (old, new) in [
        ("spec/postgresql-v1.yaml", "newer.yaml"),
        ("newer.yaml", "spec/postgresql-v1.yaml"),
    ] {
        let json = workspace.run(&["diff", old, new, "--format", "json"]);
        let json = json.succeeded().json();
        let changes = json["changes"].as_array().expect("a list");
        assert_eq!(changes.len(), 1, "{json:#}");
    }
    let moved = document.replace("  /infos/version:", "  /infos/other:");
    workspace.write("newer.yaml", &moved);
    let diff = ["diff", "spec/postgresql-v1.yaml", "newer.yaml"];
    workspace.run(&diff).failed(1, "--raw compares without");
    let raw = ["diff", "spec/postgresql-v1.yaml", "newer.yaml", "--raw"];
    let told = workspace.run(&raw).succeeded().stdout;
    assert!(told.contains("/infos/other"), "{told}");
}

#[test]
fn regen_tells_what_an_update_means_and_proposes_an_entry() {
    let workspace = with_update();
    let told = workspace.run(&["regen", "--dry-run"]).succeeded().stdout;
    assert!(told.contains("Since the last commit:"), "{told}");
    assert!(
        told.contains("advice for the version: minor: 0.1.0 becomes 0.1.1"),
        "{told}"
    );
    assert!(told.contains("Proposed for client/CHANGELOG.md"), "{told}");
    let json = workspace.run(&["regen", "--format", "json"]).succeeded();
    assert!(matches!(json.json(), Value::Object(_)));
    git(&workspace, &["add", "--all"]);
    git(&workspace, &["commit", "--quiet", "--message", "Newer"]);
    let told = workspace.run(&["regen"]).succeeded().stdout;
    assert!(!told.contains("Since the last commit:"), "{told}");
}
