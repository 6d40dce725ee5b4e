//! Reads what a client is generated from.

use std::{
    collections::HashSet,
    path::{Path, PathBuf},
};

use generator::{
    Request, Settings,
    document::{FileId, Sources},
};

use crate::{
    cli::Format,
    clients::{self, Client},
    failure::Failure,
    references, report,
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

/// Reports the documents and overlays of these clients that are not there.
pub(crate) fn require_files(
    workspace: &Workspace,
    clients: &[Client],
    sources: &Sources,
    format: Format,
) -> Result<(), Failure> {
    let Some(file) = sources.find(CLIENTS) else {
        return Ok(());
    };
    let text = &sources.get(file).text;
    let problems = clients::missing(text, file, clients, |name| workspace.path(name));
    if problems.is_empty() {
        return Ok(());
    }
    report::diagnostics(&problems, sources, format);
    Err(Failure::Reported)
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
    let path_of = |name: &str| workspace.path(name);
    let document = references::add_document(&client.document, path_of, sources)?;
    with_overlays(workspace, client, document, sources)
}

/// Reads the texts of a client, with these bytes in the place of its document.
pub(crate) fn with_document(
    workspace: &Workspace,
    client: &Client,
    bytes: Vec<u8>,
    sources: &mut Sources,
) -> Result<Input, Failure> {
    let path_of = |name: &str| workspace.path(name);
    let document = references::add_bytes(&client.document, bytes, path_of, sources)?;
    with_overlays(workspace, client, document, sources)
}

fn with_overlays(
    workspace: &Workspace,
    client: &Client,
    document: FileId,
    sources: &mut Sources,
) -> Result<Input, Failure> {
    let add = |name: &String| -> Result<FileId, Failure> {
        Ok(sources.add_bytes(name, references::read(&workspace.path(name))?))
    };
    Ok(Input {
        document,
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
    // The names of files are written with `/` everywhere.
    let name_of = |path: &Path| {
        path.display()
            .to_string()
            .replace(std::path::MAIN_SEPARATOR, "/")
    };
    let document =
        references::add_document(&name_of(document), |name| PathBuf::from(name), sources)?;
    let mut add = |path: &Path| -> Result<FileId, Failure> {
        Ok(sources.add_bytes(name_of(path), references::read(path)?))
    };
    Ok(Input {
        document,
        overlays: overlays
            .iter()
            .map(|path| add(path.as_ref()))
            .collect::<Result<_, _>>()?,
        settings: Settings {
            module: "client".to_owned(),
        },
    })
}

/// Those files that another one refers to, and that are no documents themselves.
pub(crate) fn parts_of_others(paths: &[PathBuf]) -> HashSet<PathBuf> {
    let mut parts = HashSet::new();
    for path in paths {
        let mut sources = Sources::default();
        // What cannot be read is reported when it is that document's turn.
        if read_files(path, &[] as &[PathBuf], &mut sources).is_err() {
            continue;
        }
        let others = sources.iter().skip(1);
        let others = others.filter(|source| !names_its_version(&source.text));
        parts.extend(others.map(|source| PathBuf::from(&source.name)));
    }
    parts
}

/// Whether a text says somewhere which version of OpenAPI it is written in.
fn names_its_version(text: &str) -> bool {
    ["openapi:", "\"openapi\"", "swagger:", "\"swagger\""]
        .iter()
        .any(|keyword| text.contains(keyword))
}
