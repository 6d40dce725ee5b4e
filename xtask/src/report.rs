//! Shows what the generator says.

use std::io;

use generator::{
    diagnostic::{self, Diagnostic, Severity},
    document::Sources,
};
use serde_json::Value;

use crate::{cli::Format, terminal};

/// Prints diagnostics: text to standard error, JSON to standard output.
pub(crate) fn diagnostics(list: &[Diagnostic], sources: &Sources, format: Format) {
    match format {
        Format::Human => text(list, sources),
        Format::Json => json(&serde_json::json!({
            "diagnostics": diagnostic::to_json(list, sources),
        })),
        Format::Sarif => json(&diagnostic::to_sarif(list, sources)),
    }
}

/// Prints diagnostics as text to standard error.
pub(crate) fn text(list: &[Diagnostic], sources: &Sources) {
    if !list.is_empty() {
        let style = terminal::style(&io::stderr());
        eprintln!("{}", diagnostic::render(list, sources, style).trim_end());
    }
}

/// Prints a report for machines to standard output.
pub(crate) fn json(report: &Value) {
    println!("{report:#}");
}

/// Whether an error is among them.
pub(crate) fn has_errors(list: &[Diagnostic]) -> bool {
    list.iter()
        .any(|diagnostic| diagnostic.severity() == Severity::Error)
}

/// A count and what it counts, for example `2 errors`.
pub(crate) fn count(count: usize, singular: &str) -> String {
    match count {
        1 => format!("1 {singular}"),
        _ => format!("{count} {singular}s"),
    }
}

/// How many diagnostics there are, by severity, for example `1 error, 2 notes`.
pub(crate) fn summary(list: &[Diagnostic]) -> String {
    let parts: Vec<String> = [
        (Severity::Error, "error"),
        (Severity::Degradation, "degradation"),
        (Severity::Note, "note"),
    ]
    .into_iter()
    .map(|(severity, name)| {
        let number = list.iter().filter(|one| one.severity() == severity).count();
        (number, name)
    })
    .filter(|(number, _)| *number > 0)
    .map(|(number, name)| count(number, name))
    .collect();
    if parts.is_empty() {
        "no diagnostics".to_owned()
    } else {
        parts.join(", ")
    }
}
