//! The report for a terminal.

use std::fmt::Write as _;

use generator::{
    diagnostic::Style,
    diff::{Change, Effect, Kind, Reach},
};

use super::{EFFECTS, Places, Report, Spot, heading, reached};
use crate::{
    report,
    terminal::{Colour, paint},
};

/// More operations than these are counted, not listed.
const SHOWN: usize = 3;

/// The report as text.
pub(crate) fn text(report: &Report, style: Style) -> String {
    if report.is_empty() {
        return match (report.old_name.as_str(), report.new_name.as_str()) {
            (old, new) if old == new => "the client stays the same\n".to_owned(),
            (old, new) => format!("{old} and {new} make the same client\n"),
        };
    }
    let mut text = String::new();
    for effect in EFFECTS {
        let changes = report.with_effect(effect);
        if changes.is_empty() {
            continue;
        }
        let title = format!("{} ({})", heading(effect), changes.len());
        let _ = writeln!(text, "{}", paint(style, colour(effect), &title));
        for (change, places) in changes {
            match change.kind {
                Kind::DocumentationChanged => text.push_str(&line(change, places)),
                _ => text.push_str(&one(change, places)),
            }
        }
        text.push('\n');
    }
    let count = report::count(report.comparison.changes.len(), "change");
    let _ = writeln!(text, "{count}; advice for the version: {}", report.advice());
    text
}

fn colour(effect: Effect) -> Colour {
    match effect {
        Effect::CompileError => Colour::Red,
        Effect::Behaviour => Colour::Yellow,
        Effect::Recompile => Colour::Green,
        Effect::Nothing => Colour::Cyan,
    }
}

/// A change of the documentation: there are many, and little to say of each.
fn line(change: &Change, places: &Places) -> String {
    match &places.new {
        Some(Spot {
            file, line, column, ..
        }) => {
            format!("  {} ({file}:{line}:{column})\n", change.what)
        }
        None => format!("  {}\n", change.what),
    }
}

fn one(change: &Change, places: &Places) -> String {
    let mut text = format!("  {}\n", change.what);
    let _ = writeln!(text, "    {}", change.meaning);
    let sides = [("old", &places.old), ("new", &places.new)];
    for (side, spot) in sides {
        if let Some(Spot {
            file,
            pointer,
            line,
            column,
        }) = spot
        {
            let _ = writeln!(text, "    {side} {file}:{line}:{column} {pointer}");
        }
    }
    // That an operation concerns itself is clear without a line of its own.
    let itself = |reach: &Reach| change.what.contains(&reach.operation);
    if change.reach.iter().all(itself) {
        return text;
    }
    let shown: Vec<String> = change.reach.iter().take(SHOWN).map(reached).collect();
    let more = change.reach.len() - shown.len();
    let more = match more {
        0 => String::new(),
        more => format!(" and {}", report::count(more, "other place")),
    };
    let _ = writeln!(text, "    used by {}{more}", shown.join(", "));
    text
}
