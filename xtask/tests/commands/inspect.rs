//! `cargo xtask ir`, `lint` and the command line.

use std::fs;

use crate::workspace::{CLIENTS, PING, Workspace};
use serde_json::{Value, json};

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
fn a_reader_may_go_before_the_end() {
    let workspace = Workspace::new();
    for arguments in [&["ir"][..], &["explain"], &["regen", "--dry-run"]] {
        let run = workspace.run_unread(arguments).succeeded();
        assert!(!run.stderr.contains("panicked"), "{run:#?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn what_cannot_be_printed_is_no_success() {
    let workspace = Workspace::new();
    let full = fs::OpenOptions::new().write(true).open("/dev/full");
    let run = workspace.run_into(&["ir"], full.expect("Linux has it"));
    run.failed(1, "cannot print");
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
    for command in ["regen", "ir", "lint", "ci", "bench", "explain"] {
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

/// A document with a fault of each severity, and one with two places.
const FAULTY: &str = "\
openapi: 3.0.3
info: {title: Faulty, version: 1.0}
paths:
  /a b:
    get:
      operationId: same
      responses: {'200': {$ref: '#/components/responses/Dnoe'}}
    put:
      operationId: same
      responses: {'200': {$ref: '#/components/responses/Done'}}
components:
  responses:
    Done: {description: Done.}
";

#[test]
fn every_code_can_be_explained() {
    let workspace = Workspace::new();
    let run = workspace
        .run(&["explain", "unresolved-reference"])
        .succeeded();
    assert!(
        run.stdout.contains("--allow unresolved-reference"),
        "{run:#?}"
    );
    let list = workspace.run(&["explain"]).succeeded().stdout;
    let codes = list.lines().filter_map(|line| line.split(' ').next());
    for code in codes {
        let run = workspace.run(&["explain", code]).succeeded();
        assert!(run.stdout.lines().count() > 3, "{run:#?}");
    }
    assert!(list.lines().count() > 30, "{list}");
    workspace
        .run(&["explain", "unresolved-refrence"])
        .failed(2, "did you mean 'unresolved-reference'?");
}

#[test]
fn an_error_with_a_repair_can_be_allowed() {
    let workspace = Workspace::new();
    workspace.write("faulty.yaml", FAULTY);
    let regen = ["regen", "--spec", "faulty.yaml", "--out", "out"];
    workspace
        .run(&regen)
        .failed(1, "error[unresolved-reference]");
    assert!(!workspace.path("out").exists());
    let allow = ["--allow", "syntax"];
    workspace
        .run(&[&regen[..], &allow[..]].concat())
        .failed(2, "'syntax' is no code that could be allowed");
}

#[test]
fn a_file_that_a_client_lacks_is_shown_where_it_is_named() {
    let workspace = Workspace::new();
    let wrong = CLIENTS.replace("ping.yaml", "pimg.yaml");
    workspace.write("spec/clients.toml", &wrong);
    for command in ["lint", "regen", "ir"] {
        let run = workspace.run(&[command]);
        assert_eq!(run.code, 1, "{run:#?}");
        let said = [run.stdout, run.stderr].concat();
        for expected in [
            "error[invalid-settings]: there is no file `spec/pimg.yaml`",
            "spec/clients.toml:2:12",
            "did you mean `spec/ping.yaml`?",
        ] {
            assert!(said.contains(expected), "{expected} is not in {said}");
        }
    }
}

/// The demands of the schema of SARIF 2.1.0 on the properties that are used.
#[test]
fn diagnostics_are_given_in_sarif() {
    let workspace = Workspace::new();
    workspace.write("faulty one.yaml", FAULTY);
    let run = workspace.run(&["lint", "faulty one.yaml", "--format", "sarif"]);
    assert_eq!(run.code, 1, "{run:#?}");
    let log = run.json();
    assert_eq!(log["version"], json!("2.1.0"));
    assert!(
        log["$schema"]
            .as_str()
            .is_some_and(|uri| uri.contains("2.1.0"))
    );
    let runs = log["runs"].as_array().expect("runs are a list");
    assert_eq!(runs.len(), 1);
    let driver = &runs[0]["tool"]["driver"];
    assert!(driver["name"].is_string());
    let rules = driver["rules"].as_array().expect("rules are a list");
    let results = runs[0]["results"].as_array().expect("results are a list");
    let levels: Vec<_> = results.iter().map(|one| one["level"].clone()).collect();
    assert_eq!(levels, ["note", "error", "warning"], "{log:#}");
    for result in results {
        let index = result["ruleIndex"].as_u64().expect("an index");
        let rule = &rules[usize::try_from(index).expect("it is small")];
        assert_eq!(rule["id"], result["ruleId"]);
        assert!(rule["shortDescription"]["text"].is_string());
        assert!(result["message"]["text"].is_string());
        let related = result["relatedLocations"].as_array().expect("a list");
        let own = result["locations"].as_array().expect("a list");
        assert_eq!(own.len(), 1);
        for location in own.iter().chain(related) {
            let physical = &location["physicalLocation"];
            let uri = &physical["artifactLocation"]["uri"];
            assert_eq!(uri, &json!("faulty%20one.yaml"));
            for side in ["startLine", "startColumn", "endLine", "endColumn"] {
                assert!(physical["region"][side].as_u64() >= Some(1), "{location}");
            }
        }
    }
    let two_places = &results[2]["relatedLocations"][0];
    assert_eq!(two_places["physicalLocation"]["region"]["startLine"], 6);
    assert!(two_places["message"]["text"].is_string());
}

/// Each result names the file that it is about, and its place there.
#[test]
fn results_in_sarif_name_the_files_that_they_are_about() {
    let workspace = Workspace::new();
    let document = PING.replace(
        "{'204': {description: The service runs.}}",
        "{'200': {description: Fine., content: {application/json: {schema: \
         {$ref: 'models/state.yaml#/State'}}}}}",
    );
    workspace.write("spec/ping.yaml", &document);
    workspace.write(
        "spec/models/state.yaml",
        "State:\n  type: object\n  properties:\n    since: {type: moment}\n",
    );
    workspace.write(
        "spec/first.overlay.yaml",
        "overlay: 1.0.0\ninfo: {title: First, version: 1.0.0}\nactions:\n\
         - {target: $.info, update: {description: New.}}\n",
    );
    workspace.write(
        "spec/second.overlay.yaml",
        "overlay: 1.0.0\ninfo: {title: Second, version: 1.0.0}\nactions:\n\
         - {target: $.servers, remove: true}\n",
    );
    let overlays = "overlay = ['spec/first.overlay.yaml', 'spec/second.overlay.yaml']\n";
    workspace.write("spec/clients.toml", &format!("{CLIENTS}{overlays}"));
    let log = workspace.run(&["lint", "--format", "sarif"]).json();
    let places: Vec<_> = results_of(&log).map(place).collect();
    assert!(
        places.contains(&("spec/second.overlay.yaml".to_owned(), 4)),
        "{log:#}"
    );

    workspace.write("spec/clients.toml", CLIENTS);
    let log = workspace.run(&["lint", "--format", "sarif"]).json();
    let places: Vec<_> = results_of(&log).map(place).collect();
    assert_eq!(
        places,
        [("spec/models/state.yaml".to_owned(), 4)],
        "{log:#}"
    );

    workspace.write("spec/clients.toml", &format!("{CLIENTS}outptu = 'x'\n"));
    let log = workspace.run(&["lint", "--format", "sarif"]).json();
    let places: Vec<_> = results_of(&log).map(place).collect();
    assert_eq!(places, [("spec/clients.toml".to_owned(), 5)], "{log:#}");
}

fn results_of(log: &Value) -> impl Iterator<Item = &Value> {
    let results = log["runs"][0]["results"].as_array();
    results.expect("results are a list").iter()
}

/// The file and the line of a result.
fn place(result: &Value) -> (String, u64) {
    let physical = &result["locations"][0]["physicalLocation"];
    let file = physical["artifactLocation"]["uri"].as_str();
    let line = physical["region"]["startLine"].as_u64();
    (
        file.expect("a file").to_owned(),
        line.expect("a line of it"),
    )
}

#[test]
fn a_file_can_be_looked_at_where_there_are_no_clients() {
    let workspace = Workspace::new();
    workspace.write("newer.yaml", &PING.replace("/ping", "/pong"));
    fs::rename(workspace.path("spec/ping.yaml"), workspace.path("a.yaml")).expect("a file");
    fs::remove_dir_all(workspace.path("spec")).expect("a folder");
    workspace.run(&["lint", "a.yaml"]).succeeded();
    workspace.run(&["ir", "a.yaml"]).succeeded();
    workspace.run(&["explain"]).succeeded();
    let run = workspace.run(&["diff", "a.yaml", "newer.yaml"]).succeeded();
    assert!(run.stdout.contains("/pong"), "{run:#?}");
    for command in ["lint", "regen", "fetch"] {
        workspace.run(&[command]).failed(2, "name one with --root");
    }
}

/// It would not fit into memory.
#[test]
fn of_a_document_that_is_too_long_only_the_start_is_read() {
    let workspace = Workspace::new();
    let file = fs::File::create(workspace.path("spec/ping.yaml")).expect("a file");
    file.set_len(1 << 40)
        .expect("a file of zeros takes no space");
    for arguments in [
        &["lint"][..],
        &["fetch", "--from", "spec/ping.yaml"],
        &["diff", "spec/ping.yaml", "spec/ping.yaml"],
    ] {
        workspace.run(arguments).failed(1, "longer than 128 MiB");
    }
}
