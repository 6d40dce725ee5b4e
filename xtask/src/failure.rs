//! How a command fails.

use std::{fmt, io, path::Path, process::ExitCode};

/// Why a command failed, and with which exit code it ends.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// Something is wrong or out of date; exit code 1.
    Problem(String),
    /// As above, but everything has been said already.
    Reported,
    /// The command was called in a way that makes no sense; exit code 2, as for clap's own errors.
    Usage(String),
}

impl Failure {
    /// A file or folder that cannot be read or written.
    pub(crate) fn io(action: &str, path: &Path, error: &io::Error) -> Self {
        Self::Problem(format!("cannot {action} {}: {error}", path.display()))
    }

    /// Prints the message and gives the exit code.
    pub(crate) fn report(&self) -> ExitCode {
        match self {
            Self::Problem(message) => eprintln!("error: {message}"),
            Self::Reported => {}
            Self::Usage(message) => {
                eprintln!("error: {message}\n\nFor more information, try '--help'.");
            }
        }
        match self {
            Self::Problem(_) | Self::Reported => ExitCode::from(1),
            Self::Usage(_) => ExitCode::from(2),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Problem(message) | Self::Usage(message) => formatter.write_str(message),
            Self::Reported => Ok(()),
        }
    }
}
