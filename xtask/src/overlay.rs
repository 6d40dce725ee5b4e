//! `cargo xtask overlay`: what corrections do to a document.

mod yaml;

use std::{fmt::Write as _, io};

use generator::{
    diagnostic::{self, Location, Style},
    document::{self, AppliedAction, AppliedChange, Pointer, Sources},
};
use similar::{ChangeTag, TextDiff};

use crate::{
    cli::{Format, OverlayArguments, OverlayCommand},
    clients::Client,
    failure::Failure,
    input, report,
    terminal::{self, Colour, paint},
    workspace::Workspace,
};

/// How many lines that stay are shown around those that change.
const CONTEXT: usize = 1;

/// Shows the actions of the overlays of clients.
pub(crate) fn run(workspace: &Workspace, arguments: &OverlayArguments) -> Result<(), Failure> {
    let OverlayCommand::Explain { clients: names } = &arguments.command;
    let clients = input::clients(workspace, &mut Sources::default(), Format::Human)?;
    let style = terminal::style(&io::stdout());
    let mut has_errors = false;
    for client in input::select(clients, names)? {
        let mut sources = Sources::default();
        let input = input::read_client(workspace, &client, &mut sources)?;
        let (actions, diagnostics) =
            document::applied_actions(&sources, input.document, &input.overlays);
        print!("{}", explain(&client, &actions, &sources, style));
        report::text(&diagnostics, &sources);
        has_errors |= report::has_errors(&diagnostics);
    }
    if has_errors {
        return Err(Failure::Reported);
    }
    Ok(())
}

fn explain(client: &Client, actions: &[AppliedAction], sources: &Sources, style: Style) -> String {
    let mut text = match actions {
        [] => format!("{}: no overlay changes {}\n", client.name, client.document),
        _ => format!(
            "{}: {} to {}\n",
            client.name,
            report::count(actions.len(), "correction"),
            client.document
        ),
    };
    for (index, action) in actions.iter().enumerate() {
        let place = place(sources, &action.location);
        let target = paint(style, Colour::Cyan, &action.target);
        let _ = writeln!(text, "\n{}. {target} ({place})", index + 1);
        for line in wrapped(&action.description) {
            let _ = writeln!(text, "   {line}");
        }
        for change in &action.changes {
            text.push_str(&one(change, sources, style));
        }
    }
    text.push('\n');
    text
}

/// One part, with the lines that differ.
fn one(change: &AppliedChange, sources: &Sources, style: Style) -> String {
    let place = place(sources, &change.location);
    let mut text = format!("   {} ({place})\n", change.pointer);
    let split = Pointer::from_text(change.pointer.as_str()).split_last();
    let (_, name) = split.unwrap_or_default();
    // Items of lists have no names, and the name of a part stays as it is.
    let before = match &change.after {
        None if name.parse::<usize>().is_err() => yaml::member(&name, &change.before),
        _ => yaml::write(&change.before),
    };
    let after = change.after.as_ref().map(yaml::write).unwrap_or_default();
    let difference = TextDiff::from_lines(&before, &after);
    for (index, group) in difference.grouped_ops(CONTEXT).iter().enumerate() {
        if index > 0 {
            text.push_str("     ...\n");
        }
        for line in group.iter().flat_map(|part| difference.iter_changes(part)) {
            let (sign, colour) = match line.tag() {
                ChangeTag::Delete => ("-", Some(Colour::Red)),
                ChangeTag::Insert => ("+", Some(Colour::Green)),
                ChangeTag::Equal => (" ", None),
            };
            let line = format!("{sign} {}", line.value().trim_end_matches('\n'));
            let line = match colour {
                Some(colour) => paint(style, colour, &line),
                None => line,
            };
            let _ = writeln!(text, "     {line}");
        }
    }
    text
}

fn place(sources: &Sources, location: &Location) -> String {
    let found = diagnostic::lines_and_columns(sources, [location.clone()]);
    let (line, _) = found.first().copied().unwrap_or_default();
    format!("{}:{line}", sources.get(location.file).name)
}

/// The words of a text in lines that fit a terminal.
fn wrapped(text: &str) -> Vec<String> {
    const WIDTH: usize = 92;
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= WIDTH => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}
