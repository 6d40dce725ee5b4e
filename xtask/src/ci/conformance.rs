//! The client against Prism, a server that knows the document and none of our code.

use std::{
    fs::File,
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use crate::{failure::Failure, process, workspace::Workspace};

use super::{Verdict, tools};

/// The document that the server obeys.
const DOCUMENT: &str = "spec/postgresql-v1.yaml";

/// Tells the tests where the server is.
const VARIABLE: &str = "CONFORMANCE_URL";

/// Where the server's answers come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answers {
    /// The samples of the document.
    Samples,
    /// Made up from the schemas, the same ones in every run.
    Generated,
}

impl Answers {
    fn arguments(self) -> &'static [&'static str] {
        match self {
            Self::Samples => &[],
            Self::Generated => &["--dynamic", "--seed", "1"],
        }
    }
}

pub(super) fn run(workspace: &Workspace) -> Result<Verdict, Failure> {
    let python = tools::python(workspace)?;
    let prism = tools::node(workspace)?.script("@stoplight/prism-cli/dist/index.js");
    let document = workspace.path("target/tools/prism.json");
    process::succeed(
        process::program(workspace, python.program("python"))
            .arg("-B")
            .arg(workspace.path("xtask/conformance/prism_document.py"))
            .arg(DOCUMENT)
            .arg(&document),
    )?;
    // Built first, so that the server does not wait for the compiler.
    process::succeed(tests(workspace).arg("--no-run"))?;
    for answers in [Answers::Samples, Answers::Generated] {
        let server = Server::start(workspace, &prism, &document, answers)?;
        process::succeed(
            tests(workspace)
                .args(["--", "--ignored"])
                .env(VARIABLE, server.url()),
        )?;
    }
    Ok(Verdict::Passed)
}

fn tests(workspace: &Workspace) -> Command {
    let mut command = process::cargo(workspace);
    command.args(["test", "--package", "ionos-dbaas-postgres"]);
    command.args(["--all-features", "--test", "conformance"]);
    command
}

/// A running Prism; it stops when the value goes.
struct Server {
    child: Child,
    address: SocketAddr,
}

impl Server {
    /// Starts it on a free port of loopback, and waits until it answers.
    fn start(
        workspace: &Workspace,
        prism: &Path,
        document: &Path,
        answers: Answers,
    ) -> Result<Self, Failure> {
        let address = free_address()?;
        let path = workspace.path("target/tools/prism.log");
        let (output, errors) = log(&path)?;
        let mut command = process::program(workspace, "node");
        command
            .arg(prism)
            .args(["mock", "--errors", "--host", "127.0.0.1", "--port"])
            .arg(address.port().to_string())
            .args(answers.arguments())
            .arg(document)
            .stdin(Stdio::null())
            .stdout(output)
            .stderr(errors);
        let child = command
            .spawn()
            .map_err(|error| process::cannot_run(&command, &error))?;
        let mut server = Self { child, address };
        server.wait(&path)?;
        Ok(server)
    }

    /// Waits until the port is open, for half a minute at most.
    fn wait(&mut self, log: &Path) -> Result<(), Failure> {
        let start = Instant::now();
        while TcpStream::connect(self.address).is_err() {
            let ended = matches!(self.child.try_wait(), Ok(Some(_)) | Err(_));
            if ended || start.elapsed() > Duration::from_secs(30) {
                let log = log.display();
                let message = format!("Prism does not start; see {log}");
                return Err(Failure::Problem(message));
            }
            thread::sleep(Duration::from_millis(50));
        }
        Ok(())
    }

    fn url(&self) -> String {
        format!("http://{}", self.address)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Both fail only where it has ended by itself, which is as well.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// One file for both streams.
fn log(path: &PathBuf) -> Result<(File, File), Failure> {
    let open = || {
        let output = File::create(path)?;
        let errors = output.try_clone()?;
        Ok((output, errors))
    };
    open().map_err(|error| Failure::io("write", path, &error))
}

fn free_address() -> Result<SocketAddr, Failure> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .and_then(|listener| listener.local_addr())
        .map_err(|error| Failure::Problem(format!("no free port on loopback: {error}")))
}
