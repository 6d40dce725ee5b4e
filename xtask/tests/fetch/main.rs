//! `cargo xtask fetch` against servers on loopback.

mod faults;
mod server;
mod tls;

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use server::{Server, answer};
use tempfile::TempDir;

const OLD: &str = "\
openapi: 3.0.3
info: {title: Ping, version: 1.0.0}
paths:
  /ping:
    get: {tags: [Health], operationId: ping, responses: {'204': {description: Fine.}}}
";

const NEW: &str = "\
openapi: 3.0.3
info: {title: Ping, version: 1.1.0}
paths:
  /ping:
    get: {tags: [Health], operationId: ping, responses: {'204': {description: Fine.}}}
  /pong:
    get: {tags: [Health], operationId: pong, responses: {'204': {description: Fine.}}}
";

struct Workspace(TempDir);

impl Workspace {
    fn new() -> Self {
        let folder = TempDir::new().expect("a folder");
        fs::create_dir(folder.path().join("spec")).expect("a folder");
        let workspace = Self(folder);
        let clients = "[client.ping]\ndocument = 'spec/ping.yaml'\noutput = 'out'\nmodule = 'v1'\n";
        fs::write(workspace.path("spec/clients.toml"), clients).expect("a file");
        fs::write(workspace.path("spec/ping.yaml"), OLD).expect("a file");
        let output = workspace.run(&[
            "--from",
            &workspace.path("spec/ping.yaml").to_string_lossy(),
        ]);
        assert!(output.status.success(), "{output:?}");
        workspace
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn run(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_xtask"))
            .arg("fetch")
            .args(arguments)
            .current_dir(self.0.path())
            .env_remove("CARGO_MANIFEST_DIR")
            .env("NO_PROXY", "127.0.0.1")
            .output()
            .expect("the program runs")
    }

    /// All files.
    fn state(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let mut files = Vec::new();
        collect(self.0.path(), &mut files);
        files.sort();
        files
    }

    /// The run succeeds, and the document is there and locked.
    #[track_caller]
    fn takes(&self, arguments: &[&str]) -> Output {
        let output = self.run(arguments);
        assert!(output.status.success(), "{output:?}");
        let document = fs::read_to_string(self.path("spec/ping.yaml")).expect("a file");
        assert_eq!(document, NEW);
        let lock = fs::read_to_string(self.path("spec/lock.toml")).expect("a file");
        assert!(lock.contains(&format!("size = {}", NEW.len())), "{lock}");
        output
    }

    /// The run fails, says this, and leaves everything as it was.
    #[track_caller]
    fn refuses(&self, url: &str, message: &str) {
        self.refuses_with(&["--from", url], message);
    }

    #[track_caller]
    fn refuses_with(&self, arguments: &[&str], message: &str) {
        let before = self.state();
        let output = self.run(arguments);
        let text = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{output:?}");
        assert!(text.contains(message), "{text}");
        assert_eq!(self.state(), before);
    }
}

fn collect(folder: &Path, files: &mut Vec<(PathBuf, Vec<u8>)>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(&path, files);
        } else {
            let bytes = fs::read(&path).expect("a file");
            files.push((path, bytes));
        }
    }
}

#[test]
fn document_and_lock_are_written_and_the_change_is_told() {
    let headers = "ETag: \"1\"\r\nLast-Modified: Tue, 03 Jan 2023 10:00:00 GMT\r\n";
    let server = Server::start(move |_| answer("200 OK", headers, NEW));
    let workspace = Workspace::new();
    let output = workspace.run(&["--from", &server.url("/ping.yaml")]);
    assert!(output.status.success(), "{output:?}");
    let report = String::from_utf8_lossy(&output.stdout);
    assert!(
        report.contains("there is a new operation `GET /pong`"),
        "{report}"
    );
    // A bar would be noise where nobody looks at a terminal.
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!said.contains('\r'), "{said}");
    let read = |name| fs::read_to_string(workspace.path(name)).expect("a file");
    assert_eq!(read("spec/ping.yaml"), NEW);
    let lock = read("spec/lock.toml");
    for expected in [
        format!("url = \"{}\"", server.url("/ping.yaml")),
        format!("size = {}", NEW.len()),
        "version = \"1.1.0\"".to_owned(),
        "date = \"Tue, 03 Jan 2023 10:00:00 GMT\"".to_owned(),
    ] {
        assert!(lock.contains(&expected), "{lock}");
    }
}

#[test]
fn a_document_that_has_not_changed_is_not_sent_again() {
    let server = Server::start(|request| {
        if request.to_lowercase().contains("if-none-match: \"1\"") {
            b"HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n".to_vec()
        } else {
            answer("200 OK", "ETag: \"1\"\r\n", NEW)
        }
    });
    let workspace = Workspace::new();
    let first = workspace.run(&["--from", &server.url("/")]);
    assert!(first.status.success(), "{first:?}");
    let before = workspace.state();
    // The lock knows the URL by now.
    let second = workspace.run(&[]);
    assert!(second.status.success(), "{second:?}");
    let text = String::from_utf8_lossy(&second.stderr);
    assert!(text.contains("has not changed"), "{text}");
    assert_eq!(workspace.state(), before);
    // The mark says nothing of a file that was edited.
    fs::write(workspace.path("spec/ping.yaml"), OLD).expect("a file");
    let third = workspace.run(&[]);
    assert!(third.status.success(), "{third:?}");
    assert_eq!(workspace.state(), before);
    assert_eq!(server.requests().len(), 3);
}

#[test]
fn a_redirection_within_the_rules_is_followed() {
    let server = Server::start(|request| match request.split(' ').nth(1) {
        Some("/new") => answer("200 OK", "", NEW),
        _ => answer("301 Moved Permanently", "Location: /new\r\n", ""),
    });
    Workspace::new().takes(&["--from", &server.url("/old")]);
    assert_eq!(server.requests().len(), 2);
}

#[test]
fn a_redirection_never_leads_away_from_https_or_loopback() {
    let other = Server::start(|_| answer("200 OK", "", NEW));
    let target = other.address.replace("127.0.0.1", "127.0.0.2");
    let server =
        Server::start(move |_| answer("302 Found", &format!("Location: http://{target}/\r\n"), ""));
    Workspace::new().refuses(&server.url("/"), "is not https");
    assert!(other.requests().is_empty());
}

#[test]
fn an_overlay_that_no_longer_fits_refuses_the_document() {
    let server = Server::start(|_| answer("200 OK", "", NEW));
    let workspace = Workspace::new();
    let clients = "[client.ping]\ndocument = 'spec/ping.yaml'\noverlay = 'spec/o.yaml'\n\
                   output = 'out'\nmodule = 'v1'\n";
    fs::write(workspace.path("spec/clients.toml"), clients).expect("a file");
    let overlay = "overlay: 1.0.0\ninfo: {title: O, version: 1.0.0}\nactions:\n\
                   - {target: $.paths['/gone'], remove: true}\n";
    fs::write(workspace.path("spec/o.yaml"), overlay).expect("a file");
    workspace.refuses(&server.url("/"), "its overlay does not fit any more");
}

#[test]
fn what_is_wrong_with_one_document_leaves_those_of_all_clients_as_they_were() {
    let is_broken = Arc::new(AtomicBool::new(false));
    let seen = Arc::clone(&is_broken);
    let server = Server::start(move |request| {
        let document = match (request.split(' ').nth(1), seen.load(Ordering::SeqCst)) {
            (_, false) => OLD,
            (Some("/first"), true) => NEW,
            (_, true) => "openapi: 3.0.3\n",
        };
        answer("200 OK", "", document)
    });
    let workspace = Workspace::new();
    let client = |name| {
        format!(
            "[client.{name}]\ndocument = 'spec/{name}.yaml'\noutput = 'out'\nmodule = '{name}'\n"
        )
    };
    let clients = client("first") + &client("second");
    fs::write(workspace.path("spec/clients.toml"), clients).expect("a file");
    for name in ["first", "second"] {
        let output = workspace.run(&[name, "--from", &server.url(&format!("/{name}"))]);
        assert!(output.status.success(), "{output:?}");
    }
    is_broken.store(true, Ordering::SeqCst);
    workspace.refuses_with(&[], "nothing was changed");
}
