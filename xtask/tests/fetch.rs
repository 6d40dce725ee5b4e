//! `cargo xtask fetch` against a server on loopback.

use std::{
    fs,
    io::{BufRead as _, BufReader, Write as _},
    net::{TcpListener, TcpStream},
    path::PathBuf,
    process::{Command, Output},
    sync::{Arc, Mutex},
    thread,
};

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

/// A server that gives one answer for each path, and keeps what it was asked.
struct Server {
    address: String,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Server {
    fn start(answer: impl Fn(&str) -> Vec<u8> + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let address = listener.local_addr().expect("an address").to_string();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&requests);
        // It ends with the test's process.
        thread::spawn(move || {
            for stream in listener.incoming() {
                let Ok(mut stream) = stream else { return };
                let request = read(&stream);
                kept.lock().expect("no panic").push(request.clone());
                // A client that has seen enough closes the connection.
                let _ = stream.write_all(&answer(&request));
            }
        });
        Self { address, requests }
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    fn requests(&self) -> Vec<String> {
        self.requests.lock().expect("no panic").clone()
    }
}

fn read(stream: &TcpStream) -> String {
    let mut head = String::new();
    for line in BufReader::new(stream).lines() {
        match line {
            Ok(line) if !line.is_empty() => head.extend([line.as_str(), "\n"]),
            _ => break,
        }
    }
    head
}

fn answer(status: &str, headers: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    let head = format!("HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {length}\r\n");
    format!("{head}{headers}\r\n{body}").into_bytes()
}

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

    /// All files of the folder with the documents.
    fn state(&self) -> Vec<(PathBuf, String)> {
        let entries = fs::read_dir(self.path("spec")).expect("a folder");
        let mut files: Vec<_> = entries
            .map(|entry| entry.expect("an entry").path())
            .map(|path| (path.clone(), fs::read_to_string(path).expect("a text")))
            .collect();
        files.sort();
        files
    }

    /// The run fails, says this, and leaves everything as it was.
    #[track_caller]
    fn refuses(&self, url: &str, message: &str) {
        let before = self.state();
        let output = self.run(&["--from", url]);
        let text = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{output:?}");
        assert!(text.contains(message), "{text}");
        assert_eq!(self.state(), before);
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
fn whatever_is_wrong_leaves_everything_as_it_was() {
    let server = Server::start(|request| match request.split(' ').nth(1) {
        Some("/missing") => answer("404 Not Found", "", "no"),
        Some("/cut") => {
            b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 9000\r\n\r\nopenapi".to_vec()
        }
        Some("/large") => {
            b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 99999999999\r\n\r\n".to_vec()
        }
        Some("/garbage") => answer("200 OK", "", "<html>Sorry</html>"),
        Some("/bytes") => {
            b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\n\xff\xfe".to_vec()
        }
        Some("/elsewhere") => answer("302 Found", "Location: http://192.0.2.1/\r\n", ""),
        Some("/circle") => answer("302 Found", "Location: /circle\r\n", ""),
        Some("/unmodified") => answer("304 Not Modified", "", ""),
        _ => answer("500 Internal Server Error", "", ""),
    });
    let workspace = Workspace::new();
    for (path, message) in [
        ("/missing", "status 404"),
        ("/cut", "broke off"),
        ("/large", "is larger than"),
        ("/garbage", "the document has errors"),
        ("/bytes", "is not UTF-8"),
        ("/elsewhere", "is not https"),
        ("/circle", "more than 5 redirections"),
        ("/unmodified", "status 304"),
        ("/broken", "status 500"),
    ] {
        workspace.refuses(&server.url(path), message);
    }
    workspace.refuses("http://192.0.2.1/ping.yaml", "is not https");
}

#[test]
fn a_redirection_within_the_rules_is_followed() {
    let server = Server::start(|request| match request.split(' ').nth(1) {
        Some("/new") => answer("200 OK", "", NEW),
        _ => answer("301 Moved Permanently", "Location: /new\r\n", ""),
    });
    let workspace = Workspace::new();
    let output = workspace.run(&["--from", &server.url("/old")]);
    assert!(output.status.success(), "{output:?}");
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
