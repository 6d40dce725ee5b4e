//! `cargo xtask lint`: what `regen` would say, without generating anything.

use generator::document::Sources;

use crate::{
    cli::{Format, LintArguments},
    failure::Failure,
    input::{self, Input},
    report,
    workspace::Workspace,
};

/// Reads and lowers the documents, and prints what there is to say.
pub(crate) fn run(workspace: &Workspace, arguments: &LintArguments) -> Result<(), Failure> {
    let mut sources = Sources::default();
    let inputs = inputs(workspace, arguments, &mut sources)?;
    let mut readable = true;
    let mut diagnostics = Vec::new();
    for input in &inputs {
        let lowered = generator::lower(&input.request(&sources));
        readable &= lowered.api.is_some();
        diagnostics.extend(lowered.diagnostics);
    }
    report::diagnostics(&diagnostics, &sources, arguments.format);
    if arguments.format == Format::Human {
        eprintln!("{}", report::summary(&diagnostics));
    }
    if !readable || report::has_errors(&diagnostics) {
        return Err(Failure::Reported);
    }
    Ok(())
}

fn inputs(
    workspace: &Workspace,
    arguments: &LintArguments,
    sources: &mut Sources,
) -> Result<Vec<Input>, Failure> {
    if let Some(document) = &arguments.document {
        return Ok(vec![input::read_files(
            document,
            &arguments.overlay,
            sources,
        )?]);
    }
    let clients = input::clients(workspace, sources, arguments.format)?;
    input::require_files(workspace, &clients, sources, arguments.format)?;
    let clients = clients.iter();
    clients
        .map(|client| input::read_client(workspace, client, sources))
        .collect()
}
