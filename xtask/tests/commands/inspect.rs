//! `cargo xtask ir`, `lint` and the command line.

use crate::workspace::Workspace;
use serde_json::json;

#[test]
fn the_intermediate_representation_of_a_client_or_a_file_is_json() {
    let workspace = Workspace::new();
    for arguments in [&["ir"][..], &["ir", "ping"], &["ir", "spec/ping.yaml"]] {
        let run = workspace.run(arguments).succeeded();
        assert_eq!(run.json()["title"], json!("Ping"));
    }
    workspace.run(&["ir", "pong"]).failed(2, "no client 'pong'");
}

#[test]
fn lint_covers_all_clients_or_one_file() {
    let workspace = Workspace::new();
    workspace.run(&["lint"]).succeeded();
    let run = workspace
        .run(&["lint", "spec/ping.yaml", "--format", "json"])
        .succeeded();
    assert_eq!(run.json()["diagnostics"], json!([]));
}

#[test]
fn every_command_explains_itself() {
    let workspace = Workspace::new();
    for command in ["regen", "ir", "lint", "ci", "bench"] {
        let run = workspace.run(&[command, "--help"]).succeeded();
        assert!(run.stdout.contains("Exit codes:"), "{run:#?}");
    }
    workspace.run(&["regne"]).failed(2, "regen");
}

#[test]
fn the_steps_of_the_checks_can_be_listed_and_chosen() {
    let workspace = Workspace::new();
    let run = workspace.run(&["ci", "--list"]).succeeded();
    assert!(run.stdout.contains("clippy"), "{run:#?}");
    let run = workspace.run(&["ci", "--list", "fmt"]).succeeded();
    assert!(!run.stdout.contains("clippy"), "{run:#?}");
    workspace
        .run(&["ci", "clipy"])
        .failed(2, "did you mean 'clippy'?");
}

#[test]
fn errors_are_shown_with_their_place_and_as_data() {
    let workspace = Workspace::new();
    workspace.write("spec/ping.yaml", "openapi: 3.0.3\ninfo: [\n");
    for command in ["regen", "lint"] {
        workspace.run(&[command]).failed(1, "spec/ping.yaml:");
        let run = workspace.run(&[command, "--format", "json"]);
        assert_eq!(run.code, 1);
        let report = run.json();
        let diagnostics = match command {
            "regen" => &report["clients"][0]["diagnostics"],
            _ => &report["diagnostics"],
        };
        assert_eq!(diagnostics[0]["file"], json!("spec/ping.yaml"));
        assert_eq!(diagnostics[0]["severity"], json!("error"));
    }
}
