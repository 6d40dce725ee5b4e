//! `cargo xtask regen`: brings the emitted code up to date with the documents.
//!
//! Everything is generated and compared in memory first, so a run that fails touches nothing.

pub(crate) mod apply;
pub(crate) mod plan;
mod show;
pub(crate) mod standalone;
pub(crate) mod update;

use std::time::{Duration, Instant};

use generator::{Generated, GeneratedFile, diagnostic::Diagnostic, document::Sources};

use crate::{
    cli::{Format, RegenArguments},
    clients::Client,
    failure::Failure,
    input::{self, Input},
    lock::Locks,
    references, report,
    workspace::Workspace,
};

use plan::{Change, Plan};

/// What to do about files that are out of date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    Write,
    Check,
    DryRun,
}

/// A client's part of a run.
#[derive(Debug)]
pub(crate) struct Outcome {
    name: String,
    operations: usize,
    schemas: usize,
    diagnostics: Vec<Diagnostic>,
    /// The document could be understood, and there are files.
    healthy: bool,
    plan: Plan,
    duration: Duration,
}

/// Generates the clients, and writes, checks or shows the difference.
pub(crate) fn run(workspace: &Workspace, arguments: &RegenArguments) -> Result<(), Failure> {
    if let (Some(document), Some(folder)) = (&arguments.spec, &arguments.out) {
        return standalone::run(document, folder, arguments);
    }
    let mode = mode(arguments);
    let format = arguments.format;
    let mut sources = Sources::default();
    let outcomes = generate(workspace, &arguments.clients, format, &mut sources)?;
    let healthy = outcomes.iter().all(|outcome| outcome.healthy);
    if healthy && mode == Mode::Write {
        let plans: Vec<&Plan> = outcomes.iter().map(|outcome| &outcome.plan).collect();
        apply::apply(workspace, &plans)?;
    }
    match format {
        Format::Json => report::json(&show::json(mode, &outcomes, &sources)),
        Format::Sarif => {
            let all = outcomes.iter().flat_map(|outcome| &outcome.diagnostics);
            let all: Vec<Diagnostic> = all.cloned().collect();
            report::diagnostics(&all, &sources, format);
        }
        Format::Human => {
            show::text(mode, &outcomes, &sources, healthy);
            if healthy && mode != Mode::Check {
                tell(workspace, &arguments.clients)?;
            }
        }
    }
    conclude(mode, &outcomes, healthy)
}

/// Tells for each client what has changed for its callers.
fn tell(workspace: &Workspace, names: &[String]) -> Result<(), Failure> {
    let clients = input::clients(workspace, &mut Sources::default(), Format::Human)?;
    for client in input::select(clients, names)? {
        update::tell(workspace, &client);
    }
    Ok(())
}

/// Generates the clients with these names, all of them where there is none, and compares the result
/// with the files; writes nothing.
pub(crate) fn generate(
    workspace: &Workspace,
    names: &[String],
    format: Format,
    sources: &mut Sources,
) -> Result<Vec<Outcome>, Failure> {
    let clients = input::clients(workspace, sources, format)?;
    let clients = input::select(clients, names)?;
    input::require_files(workspace, &clients, sources, format)?;
    if let Some(locks) = Locks::read(workspace)? {
        for client in &clients {
            let bytes = references::read(&workspace.path(&client.document))?;
            locks.check(&client.document, &bytes, &client.name)?;
        }
    }
    let inputs: Vec<Input> = clients
        .iter()
        .map(|client| input::read_client(workspace, client, sources))
        .collect::<Result<_, _>>()?;
    clients
        .iter()
        .zip(&inputs)
        .map(|(client, input)| outcome(workspace, client, input, sources))
        .collect()
}

fn mode(arguments: &RegenArguments) -> Mode {
    match (arguments.check, arguments.dry_run) {
        (true, _) => Mode::Check,
        (false, true) => Mode::DryRun,
        (false, false) => Mode::Write,
    }
}

fn outcome(
    workspace: &Workspace,
    client: &Client,
    input: &Input,
    sources: &Sources,
) -> Result<Outcome, Failure> {
    let start = Instant::now();
    let Generated {
        api,
        files,
        diagnostics,
    } = generator::generate(&input.request(sources));
    let duration = start.elapsed();
    // A client with errors has no files, which must not read as "all its files are stale".
    let healthy = api.is_some() && !report::has_errors(&diagnostics);
    let plan = if healthy {
        let files = files.into_iter().map(|file| GeneratedFile {
            path: format!("{}/{}", client.output.trim_end_matches('/'), file.path),
            ..file
        });
        plan::plan(workspace, client.folder(), files.collect())?
    } else {
        Plan::default()
    };
    Ok(Outcome {
        name: client.name.clone(),
        operations: api.as_ref().map_or(0, |api| api.operations().count()),
        schemas: api.as_ref().map_or(0, |api| api.types.len()),
        diagnostics,
        healthy,
        plan,
        duration,
    })
}

fn conclude(mode: Mode, outcomes: &[Outcome], healthy: bool) -> Result<(), Failure> {
    if !healthy {
        return Err(Failure::Problem(
            "the input has errors; no file was touched".to_owned(),
        ));
    }
    let stale: Vec<&str> = outcomes
        .iter()
        .filter(|outcome| !outcome.plan.changes.is_empty())
        .map(|outcome| outcome.name.as_str())
        .collect();
    if mode == Mode::Check && !stale.is_empty() {
        return Err(Failure::Problem(format!(
            "the emitted files are out of date; mend them with `cargo xtask regen {}`",
            stale.join(" ")
        )));
    }
    Ok(())
}
