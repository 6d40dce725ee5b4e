//! `cargo xtask diff`: what an update of a document means for callers.

use std::{
    io,
    path::{self, Path},
};

use generator::{Settings, diff::Effect, document::Sources};

use crate::{
    changes::{self, Report, State},
    cli::{DiffArguments, Format, Limit, ReportFormat},
    clients::Client,
    failure::Failure,
    input::{self, Input},
    report,
    revision::Origin,
    terminal,
    workspace::{CLIENTS, Workspace},
};

/// Compares two documents and prints the report.
pub(crate) fn run(workspace: &Workspace, arguments: &DiffArguments) -> Result<(), Failure> {
    let old = state(workspace, &arguments.old, &arguments.overlay)?;
    let new = state(workspace, &arguments.new, &arguments.overlay)?;
    let report = Report::of(&old, &new);
    print(&report, arguments.format);
    judge(&report, arguments.fail_on)
}

/// Prints a report to standard output.
pub(crate) fn print(report: &Report, format: ReportFormat) {
    match format {
        ReportFormat::Human => {
            print!("{}", changes::text(report, terminal::style(&io::stdout())));
        }
        ReportFormat::Markdown => print!("{}", changes::markdown(report)),
        ReportFormat::Json => report::json(&changes::json(report)),
    }
}

fn judge(report: &Report, limit: Option<Limit>) -> Result<(), Failure> {
    let worst = report.comparison.changes.first();
    let worst = worst.map(|change| change.effect);
    let (reached, word) = match limit {
        None => return Ok(()),
        Some(Limit::Breaking) => (Effect::CompileError, "break compilation"),
        Some(Limit::Behaviour) => (Effect::Behaviour, "break compilation or change behaviour"),
        Some(Limit::Any) => (Effect::Nothing, "are changes at all"),
    };
    if worst.is_some_and(|worst| worst >= reached) {
        return Err(Failure::Problem(format!("there are changes that {word}")));
    }
    Ok(())
}

/// Reads one side with its overlays: those of the command line, or else those of the client whose
/// document it is, in the same state.
fn state(workspace: &Workspace, text: &str, overlays: &[path::PathBuf]) -> Result<State, Failure> {
    let origin = Origin::parse(text)?;
    let mut sources = Sources::default();
    let document = origin.add(workspace, &mut sources)?;
    let overlays: Vec<Origin> = if overlays.is_empty() {
        client_of(workspace, &origin)?
            .map(|client| client_overlays(workspace, &client, &origin))
            .unwrap_or_default()
    } else {
        let files = overlays.iter();
        files
            .map(|file| Origin::File(file.display().to_string()))
            .collect()
    };
    let overlays = overlays
        .iter()
        .map(|overlay| Ok(sources.add(overlay.name(), overlay.read(workspace)?)))
        .collect::<Result<_, Failure>>()?;
    let settings = Settings {
        module: "client".to_owned(),
    };
    let input = Input {
        document,
        overlays,
        settings,
    };
    State::read(&input, sources).map_err(|faulty| {
        faulty.show();
        Failure::Problem(format!("{} has errors", origin.name()))
    })
}

/// The client whose document this is.
fn client_of(workspace: &Workspace, origin: &Origin) -> Result<Option<Client>, Failure> {
    if !workspace.path(CLIENTS).is_file() {
        return Ok(None);
    }
    let clients = input::clients(workspace, &mut Sources::default(), Format::Human)?;
    let absolute = |path: &Path| path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let is_document = |client: &Client| match origin {
        Origin::Revision { path, .. } => *path == client.document,
        Origin::File(path) => {
            absolute(Path::new(path)) == absolute(&workspace.path(&client.document))
        }
    };
    Ok(clients.into_iter().find(is_document))
}

/// The client's overlays; those that an older state does not have did not exist yet.
fn client_overlays(workspace: &Workspace, client: &Client, origin: &Origin) -> Vec<Origin> {
    let overlays = client.overlays.iter();
    match origin {
        Origin::File(_) => overlays
            .map(|overlay| Origin::File(workspace.path(overlay).display().to_string()))
            .collect(),
        Origin::Revision { .. } => overlays
            .map(|overlay| origin.sibling(overlay))
            .filter(|overlay| overlay.read(workspace).is_ok())
            .collect(),
    }
}
