//! The lock of a document: `regen` refuses another one, and `fetch --from FILE` locks it.

use std::fs;

use crate::workspace::{PING, Workspace};

const FILE: &str = "spec/ping.yaml";

#[test]
fn regen_refuses_a_document_that_is_not_the_locked_one() {
    let workspace = Workspace::new();
    workspace.run(&["fetch", "--from", FILE]).succeeded();
    workspace.run(&["regen"]).succeeded();
    let before = workspace.files("out");

    workspace.write(FILE, &PING.replace("1.0.0", "1.0.1"));
    let mend = "`cargo xtask fetch ping --from spec/ping.yaml` locks it";
    workspace.run(&["regen"]).failed(1, mend);
    workspace.run(&["regen", "--check"]).failed(1, mend);
    assert_eq!(workspace.files("out"), before);

    workspace
        .run(&["fetch", "ping", "--from", FILE])
        .succeeded();
    workspace.run(&["regen"]).succeeded();
    assert_ne!(workspace.files("out"), before);
}

#[test]
fn a_file_is_put_in_the_place_of_the_document_and_the_change_is_told() {
    let workspace = Workspace::new();
    workspace.write(
        "new.yaml",
        &PING.replace("operationId: ping", "operationId: pong"),
    );
    let run = workspace.run(&["fetch", "--from", "new.yaml"]).succeeded();
    assert!(
        run.stdout.contains("is called `pong`, no longer `ping`"),
        "{run:#?}"
    );
    assert_eq!(workspace.read(FILE), workspace.read("new.yaml"));
    let lock = workspace.read("spec/lock.toml");
    assert!(lock.contains("[document.\"spec/ping.yaml\"]"), "{lock}");
    assert!(!lock.contains("url"), "{lock}");
}

#[test]
fn a_note_of_a_person_stays() {
    let workspace = Workspace::new();
    workspace.run(&["fetch", "--from", FILE]).succeeded();
    let lock = workspace.read("spec/lock.toml");
    workspace.write(
        "spec/lock.toml",
        &lock.replace("sha256", "note = 'Mine.'\nsha256"),
    );
    workspace.write(FILE, &PING.replace("1.0.0", "1.0.1"));
    workspace.run(&["fetch", "--from", FILE]).succeeded();
    assert!(
        workspace
            .read("spec/lock.toml")
            .contains("note = \"Mine.\"")
    );
}

#[test]
fn a_document_with_errors_is_not_locked() {
    let workspace = Workspace::new();
    workspace.run(&["fetch", "--from", FILE]).succeeded();
    let before = workspace.files("spec");
    workspace.write("new.yaml", "openapi: 3.0.3\n");
    workspace
        .run(&["fetch", "--from", "new.yaml"])
        .failed(1, "nothing was changed");
    assert_eq!(workspace.files("spec"), before);
}

#[test]
fn without_a_url_fetch_asks_for_one() {
    Workspace::new().run(&["fetch"]).failed(1, "--from URL");
}

#[test]
fn documents_and_overlays_may_be_in_another_encoding() {
    let utf16 = |text: &str| -> Vec<u8> {
        let units = "\u{feff}".encode_utf16().chain(text.encode_utf16());
        units.flat_map(u16::to_le_bytes).collect()
    };
    let workspace = Workspace::new();
    let overlay = "overlay: 1.0.0\ninfo: {title: O, version: 1.0.0}\nactions:\n\
                   - {target: $.info, update: {title: Pong}}\n";
    for (name, text) in [("new.yaml", PING), ("overlay.yaml", overlay)] {
        fs::write(workspace.path(name), utf16(text)).expect("a file");
    }
    workspace.run(&["lint", "new.yaml"]).succeeded();
    workspace.run(&["fetch", "--from", "new.yaml"]).succeeded();
    let document = fs::read(workspace.path(FILE)).expect("a file");
    assert_eq!(document, utf16(PING));
    workspace.run(&["regen"]).succeeded();
    workspace.run(&["regen", "--check"]).succeeded();
    workspace.run(&["lint"]).succeeded();
    let arguments = ["diff", FILE, "new.yaml", "--overlay", "overlay.yaml"];
    workspace.run(&arguments).succeeded();
}
