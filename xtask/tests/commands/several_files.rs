//! Updates of documents that consist of several files.

use crate::diff::git;
use crate::workspace::Workspace;

const DOCUMENT: &str = "\
openapi: 3.0.3
info: {title: Ping, version: 1.0.0}
paths:
  /ping:
    get:
      tags: [Health]
      operationId: ping
      responses:
        '200':
          description: The service runs.
          content:
            application/json:
              schema: {$ref: 'models/state.yaml#/State'}
";

/// The other file, with this type of a property.
fn state(property: &str) -> String {
    format!("State:\n  type: object\n  properties:\n    since: {{type: {property}}}\n")
}

/// A workspace whose last commit has another type in the second file.
fn with_update() -> Workspace {
    let workspace = Workspace::new();
    workspace.write("spec/ping.yaml", DOCUMENT);
    workspace.write("spec/models/state.yaml", &state("integer"));
    git(&workspace, &["init", "--quiet"]);
    git(&workspace, &["add", "--all"]);
    git(&workspace, &["commit", "--quiet", "--message", "Older"]);
    workspace.write("spec/models/state.yaml", &state("string"));
    workspace
}

#[test]
fn a_change_in_another_file_is_found_and_named_there() {
    let workspace = with_update();
    let diff = ["diff", "HEAD:spec/ping.yaml", "spec/ping.yaml"];
    let text = workspace.run(&diff).succeeded().stdout;
    insta::assert_snapshot!("another_file_changes", text);
}

/// Names at the root of a repository have no folder that could hold the name of the revision.
#[test]
fn files_beside_a_document_at_the_root_are_of_its_revision() {
    let workspace = Workspace::new();
    let document = DOCUMENT.replace("models/", "");
    workspace.write("ping.yaml", &document);
    workspace.write("state.yaml", &state("integer"));
    git(&workspace, &["init", "--quiet"]);
    git(&workspace, &["add", "--all"]);
    git(&workspace, &["commit", "--quiet", "--message", "Older"]);
    workspace.write("state.yaml", &state("string"));
    let run = workspace.run(&["diff", "HEAD:ping.yaml", "ping.yaml"]);
    let text = run.succeeded().stdout;
    assert!(text.contains("has another type"), "{text}");
}

#[test]
fn regen_tells_of_a_change_in_another_file() {
    let told = with_update().run(&["regen"]).succeeded().stdout;
    assert!(told.contains("Since the last commit:"), "{told}");
    assert!(told.contains("spec/models/state.yaml:4"), "{told}");
}
