//! Where the examples get a password from: never from an argument, which shows in the list of processes
//! and in the shell's history.

use std::fs::File;
use std::io::{self, BufRead, BufReader, IsTerminal as _};
use std::path::Path;
use std::process::Command;

use ionos_dbaas_postgres::Secret;

/// The first line of a file, or of the standard input.
pub(crate) fn read(file: Option<&Path>) -> Result<Secret, String> {
    let password = match file {
        Some(path) => File::open(path)
            .and_then(|file| first_line(BufReader::new(file)))
            .map_err(|error| {
                format!(
                    "the password cannot be read from {}: {error}",
                    path.display()
                )
            })?,
        None => from_input().map_err(|error| format!("the password cannot be read: {error}"))?,
    };
    if password.expose().is_empty() {
        return Err("the password is empty".to_owned());
    }
    Ok(password)
}

fn from_input() -> io::Result<Secret> {
    let input = io::stdin();
    if !input.is_terminal() {
        return first_line(input.lock());
    }
    let hidden = Hidden::start();
    eprint!("new password: ");
    let password = first_line(input.lock());
    drop(hidden);
    eprintln!();
    password
}

fn first_line(mut input: impl BufRead) -> io::Result<Secret> {
    let mut line = String::new();
    input.read_line(&mut line)?;
    line.truncate(line.trim_end_matches(['\r', '\n']).len());
    Ok(Secret::from(line))
}

/// The terminal does not show what is typed for as long as this lasts.
struct Hidden;

impl Hidden {
    fn start() -> Option<Self> {
        if echo("-echo") {
            return Some(Self);
        }
        eprintln!("this terminal shows what is typed");
        None
    }
}

impl Drop for Hidden {
    fn drop(&mut self) {
        echo("echo");
    }
}

fn echo(setting: &str) -> bool {
    let status = Command::new("stty").arg(setting).status();
    status.is_ok_and(|status| status.success())
}
