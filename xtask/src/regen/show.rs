//! The report of a run.

use std::{fmt::Write as _, io};

use generator::{
    diagnostic::{self, Style},
    document::Sources,
};
use serde_json::{Value, json};
use similar::{ChangeTag, TextDiff};

use crate::{
    report,
    terminal::{self, Colour, paint},
};

use super::{Change, Mode, Outcome, Plan};

/// Prints diagnostics, then differences where nothing is written, then a table.
pub(super) fn text(mode: Mode, outcomes: &[Outcome], sources: &Sources, healthy: bool) {
    for outcome in outcomes {
        report::text(&outcome.diagnostics, sources);
    }
    if !healthy {
        return;
    }
    match mode {
        Mode::Write => {
            let style = terminal::style(&io::stdout());
            let changes = outcomes.iter().flat_map(|outcome| &outcome.plan.changes);
            changes.for_each(|change| println!("{}", headline(change, style)));
        }
        Mode::Check | Mode::DryRun => {
            let plans = outcomes.iter().map(|outcome| &outcome.plan);
            plans.for_each(differences);
        }
    }
    print!("{}", table(outcomes));
}

/// Prints what a plan would do to each file.
pub(super) fn differences(plan: &Plan) {
    let style = terminal::style(&io::stdout());
    for change in &plan.changes {
        print!("{}", diff(change, style));
    }
}

/// The report for machines.
pub(super) fn json(mode: Mode, outcomes: &[Outcome], sources: &Sources) -> Value {
    let mode = match mode {
        Mode::Write => "write",
        Mode::Check => "check",
        Mode::DryRun => "dry-run",
    };
    let clients: Vec<Value> = outcomes
        .iter()
        .map(|outcome| {
            let paths = Paths::of(&outcome.plan.changes);
            json!({
                "name": outcome.name,
                "operations": outcome.operations,
                "schemas": outcome.schemas,
                "files": {
                    "added": paths.added,
                    "changed": paths.changed,
                    "removed": paths.removed,
                    "unchanged": outcome.plan.unchanged,
                },
                "diagnostics": diagnostic::to_json(&outcome.diagnostics, sources),
                "milliseconds": outcome.duration.as_millis(),
            })
        })
        .collect();
    json!({ "mode": mode, "clients": clients })
}

/// The paths of changes by their kind.
#[derive(Default)]
struct Paths<'a> {
    added: Vec<&'a str>,
    changed: Vec<&'a str>,
    removed: Vec<&'a str>,
}

impl<'a> Paths<'a> {
    fn of(changes: &'a [Change]) -> Self {
        let mut paths = Self::default();
        for change in changes {
            match change {
                Change::Add { path, .. } => paths.added.push(path),
                Change::Replace { path, .. } => paths.changed.push(path),
                Change::Remove { path, .. } => paths.removed.push(path),
            }
        }
        paths
    }
}

/// One line for a file.
fn headline(change: &Change, style: Style) -> String {
    let (colour, verb) = match change {
        Change::Add { .. } => (Colour::Green, "added"),
        Change::Replace { .. } => (Colour::Yellow, "changed"),
        Change::Remove { .. } => (Colour::Red, "removed"),
    };
    format!("{} {}", paint(style, colour, verb), change.path())
}

/// What a run would do to a file, as a unified diff; new and removed files only say their length.
fn diff(change: &Change, style: Style) -> String {
    match change {
        Change::Replace { path, old, new } => {
            let [old, new] = [old, new].map(|content| String::from_utf8_lossy(content));
            unified(path, &old, &new, style)
        }
        Change::Add { new: content, .. } | Change::Remove { old: content, .. } => {
            let lines = String::from_utf8_lossy(content).lines().count();
            let lines = report::count(lines, "line");
            format!("{} ({lines})\n", headline(change, style))
        }
    }
}

fn unified(path: &str, old: &str, new: &str, style: Style) -> String {
    let mut output = format!(
        "{}\n{}\n",
        paint(style, Colour::Red, &format!("--- {path}")),
        paint(style, Colour::Green, &format!("+++ {path}")),
    );
    let diff = TextDiff::from_lines(old, new);
    for hunk in diff.unified_diff().context_radius(3).iter_hunks() {
        output.push_str(&paint(style, Colour::Cyan, &hunk.header().to_string()));
        output.push('\n');
        for change in hunk.iter_changes() {
            let line = change.value().trim_end_matches('\n');
            let line = match change.tag() {
                ChangeTag::Equal => format!(" {line}"),
                ChangeTag::Delete => paint(style, Colour::Red, &format!("-{line}")),
                ChangeTag::Insert => paint(style, Colour::Green, &format!("+{line}")),
            };
            output.push_str(&line);
            output.push('\n');
            if change.missing_newline() {
                output.push_str("\\ No newline at end of file\n");
            }
        }
    }
    output
}

const COLUMNS: [&str; 9] = [
    "client",
    "operations",
    "schemas",
    "added",
    "changed",
    "unchanged",
    "removed",
    "diagnostics",
    "ms",
];

/// A row for each client, numbers aligned to the right.
fn table(outcomes: &[Outcome]) -> String {
    let mut rows = vec![COLUMNS.map(str::to_owned)];
    rows.extend(outcomes.iter().map(row));
    let widths = |column: usize| {
        rows.iter()
            .filter_map(|row| row.get(column))
            .map(|cell| cell.chars().count())
            .max()
            .unwrap_or(0)
    };
    let mut output = String::new();
    for row in &rows {
        let mut line = String::new();
        for (column, cell) in row.iter().enumerate() {
            let width = widths(column);
            let _ = match column {
                0 => write!(line, "{cell:<width$}"),
                _ => write!(line, "  {cell:>width$}"),
            };
        }
        output.push_str(&line);
        output.push('\n');
    }
    output
}

fn row(outcome: &Outcome) -> [String; 9] {
    let paths = Paths::of(&outcome.plan.changes);
    [
        outcome.name.clone(),
        outcome.operations.to_string(),
        outcome.schemas.to_string(),
        paths.added.len().to_string(),
        paths.changed.len().to_string(),
        outcome.plan.unchanged.to_string(),
        paths.removed.len().to_string(),
        outcome.diagnostics.len().to_string(),
        outcome.duration.as_millis().to_string(),
    ]
}
