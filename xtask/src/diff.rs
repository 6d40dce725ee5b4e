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
    let old = Origin::parse(&arguments.old)?;
    let new = Origin::parse(&arguments.new)?;
    let corrections = Corrections::of(workspace, [&old, &new], arguments)?;
    let old = state(workspace, &old, &corrections)?;
    let new = state(workspace, &new, &corrections)?;
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

/// The overlays of a comparison.
enum Corrections {
    None,
    /// Those of the command line.
    Given(Vec<Origin>),
    /// Those of the client whose document is compared, each side in its own state.
    Client(Client),
}

impl Corrections {
    fn of(
        workspace: &Workspace,
        sides: [&Origin; 2],
        arguments: &DiffArguments,
    ) -> Result<Self, Failure> {
        if arguments.raw {
            return Ok(Self::None);
        }
        if !arguments.overlay.is_empty() {
            let files = arguments.overlay.iter();
            let files = files.map(|file| Origin::File(file.display().to_string()));
            return Ok(Self::Given(files.collect()));
        }
        // A document that is compared with that of a client is taken for another state of it.
        for side in sides {
            if let Some(client) = client_of(workspace, side)? {
                return Ok(Self::Client(client));
            }
        }
        Ok(Self::None)
    }

    fn overlays(&self, workspace: &Workspace, origin: &Origin) -> Vec<Origin> {
        match self {
            Self::None => Vec::new(),
            Self::Given(files) => files.clone(),
            Self::Client(client) => client_overlays(workspace, client, origin),
        }
    }

    /// What helps where a document has errors.
    fn help(&self) -> &'static str {
        match self {
            Self::None => "",
            Self::Given(_) | Self::Client(_) => "; --raw compares without overlays",
        }
    }
}

/// Reads one side with its overlays.
fn state(
    workspace: &Workspace,
    origin: &Origin,
    corrections: &Corrections,
) -> Result<State, Failure> {
    let mut sources = Sources::default();
    let document = origin.add(workspace, &mut sources)?;
    let overlays = corrections.overlays(workspace, origin);
    let overlays = overlays
        .iter()
        .map(|overlay| Ok(sources.add_bytes(overlay.name(), overlay.read(workspace)?)))
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
        let help = corrections.help();
        Failure::Problem(format!("{} has errors{help}", origin.name()))
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
