//! Reads what a client is generated from.

use std::{fs, path::Path};

use generator::{
    Request, Settings,
    document::{FileId, Sources},
};

use crate::{
    cli::Format,
    clients::{self, Client},
    failure::Failure,
    report,
    workspace::{CLIENTS, Workspace},
};

/// A document with its overlays, read but not yet understood.
#[derive(Debug)]
pub(crate) struct Input {
    /// The document.
    pub(crate) document: FileId,
    /// The overlays, in the order of their application.
    pub(crate) overlays: Vec<FileId>,
    /// The settings of the client.
    pub(crate) settings: Settings,
}

impl Input {
    /// What the generator is asked for.
    pub(crate) fn request<'a>(&'a self, sources: &'a Sources) -> Request<'a> {
        Request {
            sources,
            document: self.document,
            overlays: &self.overlays,
            settings: &self.settings,
        }
    }
}

/// Reads the list of clients, and reports what is wrong with it.
pub(crate) fn clients(
    workspace: &Workspace,
    sources: &mut Sources,
    format: Format,
) -> Result<Vec<Client>, Failure> {
    let text = workspace.read(CLIENTS)?;
    let file = sources.add(CLIENTS, text.as_str());
    clients::read(&text, file).map_err(|problems| {
        report::diagnostics(&problems, sources, format);
        Failure::Reported
    })
}

/// Picks clients by their names, in the order of the list; all of them where no name is given.
pub(crate) fn select(clients: Vec<Client>, names: &[String]) -> Result<Vec<Client>, Failure> {
    let known: Vec<&str> = clients.iter().map(|client| client.name.as_str()).collect();
    for name in names {
        if !known.contains(&name.as_str()) {
            let help = match clients::nearest(name, &known) {
                Some(nearest) => format!("did you mean '{nearest}'?"),
                None => format!("{CLIENTS} lists: {}", known.join(", ")),
            };
            return Err(Failure::Usage(format!(
                "there is no client '{name}'; {help}"
            )));
        }
    }
    if names.is_empty() {
        return Ok(clients);
    }
    Ok(clients
        .into_iter()
        .filter(|client| names.contains(&client.name))
        .collect())
}

/// Reads the texts of a client.
pub(crate) fn read_client(
    workspace: &Workspace,
    client: &Client,
    sources: &mut Sources,
) -> Result<Input, Failure> {
    let mut add =
        |name: &String| -> Result<FileId, Failure> { Ok(sources.add(name, workspace.read(name)?)) };
    Ok(Input {
        document: add(&client.document)?,
        overlays: client.overlays.iter().map(add).collect::<Result<_, _>>()?,
        settings: Settings {
            module: client.module.clone(),
        },
    })
}

/// Reads a document that belongs to no client.
pub(crate) fn read_files(
    document: &Path,
    overlays: &[impl AsRef<Path>],
    sources: &mut Sources,
) -> Result<Input, Failure> {
    let mut add = |path: &Path| -> Result<FileId, Failure> {
        let text = fs::read_to_string(path).map_err(|error| Failure::io("read", path, &error))?;
        Ok(sources.add(path.display().to_string(), text))
    };
    Ok(Input {
        document: add(document)?,
        overlays: overlays
            .iter()
            .map(|path| add(path.as_ref()))
            .collect::<Result<_, _>>()?,
        settings: Settings {
            module: "client".to_owned(),
        },
    })
}
