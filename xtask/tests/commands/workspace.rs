//! A workspace in a temporary folder, and the program run on it.

use std::{
    fs, io,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use serde_json::Value;
use tempfile::TempDir;

/// A document with one operation.
pub(crate) const PING: &str = "\
openapi: 3.0.3
info: {title: Ping, version: 1.0.0}
paths:
  /ping:
    get:
      tags: [Health]
      operationId: ping
      responses: {'204': {description: The service runs.}}
";

/// One client of that document.
pub(crate) const CLIENTS: &str = "\
[client.ping]
document = 'spec/ping.yaml'
output = 'out'
module = 'v1'
";

/// A workspace that vanishes with the value.
pub(crate) struct Workspace {
    folder: TempDir,
}

impl Workspace {
    /// A workspace with one client.
    pub(crate) fn new() -> Self {
        let workspace = Self {
            folder: TempDir::new().expect("a temporary folder"),
        };
        workspace.write("spec/clients.toml", CLIENTS);
        workspace.write("spec/ping.yaml", PING);
        workspace
    }

    /// A path of the workspace.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file.
    pub(crate) fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    /// Reads a file.
    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).expect("a file")
    }

    /// The files below a folder and their contents.
    pub(crate) fn files(&self, folder: &str) -> Vec<(PathBuf, String)> {
        let mut files = Vec::new();
        collect(&self.path(folder), &mut files);
        files.sort();
        files
    }

    /// Runs `cargo xtask` with these words.
    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        let output = self.command(arguments).output().expect("the program runs");
        Run::new(&output)
    }

    /// Runs `cargo xtask` with these words, while nobody reads what it prints.
    pub(crate) fn run_unread(&self, arguments: &[&str]) -> Run {
        let (reader, writer) = io::pipe().expect("a pipe");
        drop(reader);
        self.run_into(arguments, writer)
    }

    /// Runs `cargo xtask` with these words, and prints to this.
    pub(crate) fn run_into(&self, arguments: &[&str], stdout: impl Into<Stdio>) -> Run {
        let mut command = self.command(arguments);
        let output = command.stdout(stdout).output().expect("the program runs");
        Run::new(&output)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .env_remove("CARGO_MANIFEST_DIR")
            .env_remove("CLICOLOR_FORCE");
        command
    }
}

fn collect(folder: &Path, files: &mut Vec<(PathBuf, String)>) {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(&path, files);
        } else {
            let text = fs::read_to_string(&path).expect("a file");
            files.push((path, text));
        }
    }
}

/// What a run printed, and how it ended.
#[derive(Debug)]
pub(crate) struct Run {
    /// The exit code.
    pub(crate) code: i32,
    /// Standard output.
    pub(crate) stdout: String,
    /// Standard error.
    pub(crate) stderr: String,
}

impl Run {
    fn new(output: &Output) -> Self {
        Self {
            code: output.status.code().expect("an exit code"),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// The run succeeded.
    #[track_caller]
    pub(crate) fn succeeded(self) -> Self {
        assert_eq!(self.code, 0, "{self:#?}");
        self
    }

    /// The run ended with this code, and standard error says this.
    #[track_caller]
    pub(crate) fn failed(self, code: i32, message: &str) -> Self {
        assert_eq!(self.code, code, "{self:#?}");
        assert!(self.stderr.contains(message), "{self:#?}");
        self
    }

    /// Standard output as JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).expect("JSON")
    }
}
