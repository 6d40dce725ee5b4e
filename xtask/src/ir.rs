//! `cargo xtask ir`: the intermediate representation, to look at.

use std::path::Path;

use generator::document::Sources;

use crate::{
    cli::{Format, IrArguments},
    failure::Failure,
    input::{self, Input},
    report,
    workspace::Workspace,
};

/// Prints the intermediate representation of one document.
pub(crate) fn run(workspace: &Workspace, arguments: &IrArguments) -> Result<(), Failure> {
    let mut sources = Sources::default();
    let input = choose(workspace, arguments, &mut sources)?;
    let lowered = generator::lower(&input.request(&sources));
    report::text(&lowered.diagnostics, &sources);
    if let Some(api) = &lowered.api {
        let api = serde_json::to_value(api)
            .map_err(|error| Failure::Problem(format!("cannot print it as JSON: {error}")))?;
        report::json(&api);
    }
    if lowered.api.is_none() || report::has_errors(&lowered.diagnostics) {
        return Err(Failure::Reported);
    }
    Ok(())
}

/// A client where the name is that of one, and else a file.
fn choose(
    workspace: &Workspace,
    arguments: &IrArguments,
    sources: &mut Sources,
) -> Result<Input, Failure> {
    let wanted = arguments.document.as_deref();
    if let Some(file) = wanted.map(Path::new).filter(|path| path.is_file()) {
        return input::read_files(file, &arguments.overlay, sources);
    }
    if !arguments.overlay.is_empty() {
        let message = "--overlay goes with a file; a client's overlays are in its settings";
        return Err(Failure::Usage(message.to_owned()));
    }
    let clients = input::clients(workspace, sources, Format::Human)?;
    let names: Vec<String> = wanted.map(str::to_owned).into_iter().collect();
    let chosen = input::select(clients, &names)?;
    input::require_files(workspace, &chosen, sources, Format::Human)?;
    match chosen.as_slice() {
        [client] => input::read_client(workspace, client, sources),
        _ => Err(Failure::Usage(
            "there are several clients; name one".to_owned(),
        )),
    }
}
