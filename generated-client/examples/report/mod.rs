//! How the examples end.

use std::error::Error;
use std::process::ExitCode;

/// Success, or a message with all causes and an exit status that says so.
pub(crate) fn exit(result: Result<(), Box<dyn Error>>) -> ExitCode {
    let Err(error) = result else {
        return ExitCode::SUCCESS;
    };
    eprintln!("error: {error}");
    let mut cause = error.source();
    while let Some(current) = cause {
        eprintln!("  caused by: {current}");
        cause = current.source();
    }
    ExitCode::FAILURE
}
