//! `cargo xtask explain`: what a diagnostic means, and how to mend it.

use generator::diagnostic::{Code, Severity};

use crate::{clients, failure::Failure};

/// Prints the page of a code, or the list of all codes.
pub(crate) fn run(code: Option<&str>) -> Result<(), Failure> {
    let Some(name) = code else {
        print!("{}", list());
        return Ok(());
    };
    let code = Code::ALL.iter().find(|code| code.as_str() == name);
    let code = code.ok_or_else(|| unknown(name))?;
    println!("{name}\n\n{}", code.explanation());
    Ok(())
}

fn list() -> String {
    let lines = Code::ALL.iter().map(|code| {
        let severity = match code.severity() {
            Severity::Error if code.has_repair() => "error, can be allowed",
            Severity::Error => "error",
            Severity::Degradation => "degradation",
            Severity::Note => "note",
        };
        format!("{:<28} {severity}\n", code.as_str())
    });
    lines.collect()
}

fn unknown(name: &str) -> Failure {
    let names: Vec<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
    let help = match clients::nearest(name, &names) {
        Some(nearest) => format!("did you mean '{nearest}'?"),
        None => "`cargo xtask explain` lists all".to_owned(),
    };
    Failure::Usage(format!("there is no code '{name}'; {help}"))
}
