//! `cargo xtask overlay`.

use crate::workspace::Workspace;

const CLIENTS: &str = "\
[client.ping]
document = 'spec/ping.yaml'
overlay = 'spec/ping.overlay.yaml'
output = 'out'
module = 'v1'
";

const ACTIONS: &str = "\
overlay: 1.0.0
info: {title: Corrections, version: 1.0.0}
actions:
  - target: $.paths['/ping'].get
    description: The service may be asked again.
    update: {x-idempotent: true, tags: [Service]}
  - target: $.paths.*.get.operationId
    description: The name says nothing.
    remove: true
  - target: $.paths['/ping'].get.tags[?@ == 'Health']
    remove: true
";

fn with_overlay(actions: &str) -> Workspace {
    let workspace = Workspace::new();
    workspace.write("spec/clients.toml", CLIENTS);
    workspace.write("spec/ping.overlay.yaml", actions);
    workspace
}

#[test]
fn each_action_is_shown_with_before_and_after() {
    let run = with_overlay(ACTIONS).run(&["overlay", "explain"]);
    insta::assert_snapshot!("explained", run.succeeded().stdout);
}

#[test]
fn without_an_overlay_there_is_nothing_to_show() {
    let run = Workspace::new().run(&["overlay", "explain", "ping"]);
    let text = run.succeeded().stdout;
    assert!(text.contains("no overlay changes spec/ping.yaml"), "{text}");
}

#[test]
fn what_was_adopted_is_told_from_what_has_vanished() {
    let cases = [
        (
            "target: \"$.paths['/ping'].get.deprecated\", remove: true",
            "adopted",
        ),
        ("target: \"$.info\", update: {title: Ping}", "adopted"),
        (
            "target: \"$.paths['/ping'].get.tags\", update: [Health]",
            "adopted",
        ),
        (
            "target: \"$.paths['/pong'].get.deprecated\", remove: true",
            "vanished",
        ),
        (
            "target: \"$.paths['/gone'].get\", update: {x-rust-name: a}",
            "vanished",
        ),
    ];
    for (action, word) in cases {
        let overlay = format!(
            "overlay: 1.0.0\ninfo: {{title: O, version: 1.0.0}}\nactions:\n  - {{{action}}}\n"
        );
        let run = with_overlay(&overlay).run(&["overlay", "explain"]);
        run.failed(1, word);
        with_overlay(&overlay).run(&["regen"]).failed(1, word);
    }
}
