//! Servers that run while a check needs them.

use std::{
    fs::{self, File},
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use crate::{failure::Failure, process, tools, workspace::Workspace};

/// A running server; it stops when the value goes.
pub(super) struct Server {
    child: Child,
    address: SocketAddr,
}

impl Server {
    /// Starts a program that listens at this address, and waits until it does. Its output goes to a
    /// file of this name.
    pub(super) fn start(
        workspace: &Workspace,
        name: &str,
        mut command: Command,
        address: SocketAddr,
    ) -> Result<Self, Failure> {
        let folder = tools::folder(workspace);
        fs::create_dir_all(&folder).map_err(|error| Failure::io("create", &folder, &error))?;
        let path = folder.join(format!("{name}.log"));
        let (output, errors) = log(&path)?;
        command.stdin(Stdio::null()).stdout(output).stderr(errors);
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
                let message = format!("the server does not start; see {log}");
                return Err(Failure::Problem(message));
            }
            thread::sleep(Duration::from_millis(50));
        }
        Ok(())
    }

    pub(super) fn url(&self) -> String {
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
fn log(path: &Path) -> Result<(File, File), Failure> {
    let open = || {
        let output = File::create(path)?;
        let errors = output.try_clone()?;
        Ok((output, errors))
    };
    open().map_err(|error| Failure::io("write", path, &error))
}

/// A port of loopback that nobody listens at.
pub(super) fn free_address() -> Result<SocketAddr, Failure> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .and_then(|listener| listener.local_addr())
        .map_err(|error| Failure::Problem(format!("no free port on loopback: {error}")))
}
