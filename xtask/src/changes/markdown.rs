//! The report for a pull request, and the entry for the list of changes.

use std::fmt::Write as _;

use generator::diff::{Change, Effect, Kind};

use super::{EFFECTS, Places, Report, heading, reached};
use crate::report;

/// More operations than these are counted, not listed.
const SHOWN: usize = 3;

/// The report as Markdown.
pub(crate) fn markdown(report: &Report) -> String {
    if report.is_empty() {
        return "The document changes nothing for callers.\n".to_owned();
    }
    let mut text = format!(
        "Advice for the version: **{}**\n\n| Effect on callers | Changes |\n|---|---:|\n",
        report.advice()
    );
    for effect in EFFECTS {
        let count = report.comparison.count(effect);
        let _ = writeln!(text, "| {} | {count} |", heading(effect));
    }
    for effect in EFFECTS {
        let changes = report.with_effect(effect);
        if changes.is_empty() {
            continue;
        }
        let _ = writeln!(text, "\n## {}\n", heading(effect));
        // What needs no attention is folded away.
        let folded = effect == Effect::Nothing;
        if folded {
            let count = report::count(changes.len(), "change");
            let _ = writeln!(text, "<details><summary>{count}</summary>\n");
        }
        for (change, places) in changes {
            text.push_str(&one(change, places));
        }
        if folded {
            text.push_str("\n</details>\n");
        }
    }
    text
}

fn one(change: &Change, places: &Places) -> String {
    let documented = change.kind == Kind::DocumentationChanged;
    let what = capital(&plain(&change.what));
    let mut text = if documented {
        format!("- {what}.")
    } else {
        format!("- {what}: {}.", plain(&change.meaning))
    };
    let itself = change
        .reach
        .iter()
        .all(|reach| change.what.contains(&reach.operation));
    if !itself && !documented {
        let shown: Vec<String> = change.reach.iter().take(SHOWN).map(reached).collect();
        let _ = write!(text, " Used by {}", shown.join(", "));
        match change.reach.len() - shown.len() {
            0 => text.push('.'),
            more => {
                let _ = write!(text, " and {}.", report::count(more, "other place"));
            }
        }
    }
    let places: Vec<String> = [&places.old, &places.new]
        .into_iter()
        .flatten()
        .map(|spot| format!("`{}:{}`", spot.file, spot.line))
        .collect();
    if !places.is_empty() {
        let _ = write!(text, "\n  ({})", places.join(" to "));
    }
    text.push('\n');
    text
}

/// A line of its own cannot hold another one.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn capital(text: &str) -> String {
    let mut characters = text.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => String::new(),
    }
}

/// The entry that is proposed for the list of changes: what a caller has to know, grouped as such
/// lists are. A person edits it.
pub(crate) fn entry(report: &Report) -> String {
    let mut text = String::from("## Unreleased\n");
    let groups = [
        (Effect::CompileError, "Breaking"),
        (Effect::Behaviour, "Changed"),
        (Effect::Recompile, "Added"),
    ];
    for (effect, title) in groups {
        let changes = report.with_effect(effect);
        if changes.is_empty() {
            continue;
        }
        let _ = writeln!(text, "\n### {title}\n");
        for (change, _) in changes {
            let what = capital(&plain(&change.what));
            let _ = writeln!(text, "- {what}: {}.", plain(&change.meaning));
        }
    }
    let documented = report.comparison.count(Effect::Nothing);
    if documented > 0 {
        let places = report::count(documented, "place");
        let _ = writeln!(text, "\nThe documentation changes in {places}.");
    }
    text
}
