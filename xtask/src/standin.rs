//! Shows diagnostics until the generator does it itself.

use std::fmt::Write as _;

use generator::{
    diagnostic::{Diagnostic, Place},
    document::Sources,
};
use serde_json::{Value, json};

/// Whether text may hold colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    /// It may not.
    Plain,
    /// It may.
    Coloured,
}

fn place(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let source = sources.get(diagnostic.location.file);
    match &diagnostic.location.place {
        Place::Key(pointer) | Place::Value(pointer) => format!("{}#{pointer}", source.name),
        Place::Offset(offset) => {
            let before = source.text.get(..*offset).unwrap_or_default();
            let line = before.matches('\n').count() + 1;
            let column = before.rsplit('\n').next().unwrap_or_default().len() + 1;
            format!("{}:{line}:{column}", source.name)
        }
    }
}

/// Text for people.
pub(crate) fn render(list: &[Diagnostic], sources: &Sources, _style: Style) -> String {
    let mut text = String::new();
    for one in list {
        let _ = writeln!(
            text,
            "error[{}]: {}\n --> {}",
            one.code.as_str(),
            one.message,
            place(one, sources)
        );
        if let Some(help) = &one.help {
            let _ = writeln!(text, "help: {help}");
        }
    }
    text
}

/// Data for machines.
pub(crate) fn to_json(list: &[Diagnostic], sources: &Sources) -> Value {
    list.iter()
        .map(|one| {
            json!({
                "code": one.code,
                "severity": one.severity(),
                "message": one.message,
                "place": place(one, sources),
                "help": one.help,
            })
        })
        .collect()
}
