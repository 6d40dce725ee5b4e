//! `cargo xtask fetch`: documents and their locks, together or not at all.

#[cfg(feature = "fetch")]
mod http;

use std::{collections::BTreeMap, path::Path, process::Command};

use generator::document::{MAX_TEXT_BYTES, Sources};

use crate::{
    changes::{Report, State},
    cli::{FetchArguments, Format, Network, ReportFormat},
    clients::Client,
    diff,
    failure::Failure,
    input::{self, Input},
    lock::{LOCK, Lock, Locks, sha256},
    process, references,
    regen::{
        apply,
        plan::{Change, Plan},
        update,
    },
    workspace::Workspace,
};

/// What a source gave.
enum Answer {
    /// The document is the one that is locked.
    #[cfg_attr(
        not(feature = "fetch"),
        allow(dead_code, reason = "only a server says so")
    )]
    NotModified,
    /// The document, and what is known of it apart from its text.
    Document { bytes: Vec<u8>, lock: Lock },
}

/// What is to be written for a client.
struct Update<'c> {
    client: &'c Client,
    source: String,
    bytes: Vec<u8>,
    lock: Lock,
    /// What it means for callers, where the document before could be read.
    report: Option<Report>,
}

impl Update<'_> {
    fn tell(&self, format: ReportFormat) {
        let (client, source) = (self.client, &self.source);
        eprintln!(
            "{}: {} and {LOCK} hold what {source} gave",
            client.name, client.document
        );
        if let Some(report) = &self.report {
            diff::print(report, format);
        }
    }
}

/// Fetches the documents of clients. Where something is wrong with one, none is written.
pub(crate) fn run(workspace: &Workspace, arguments: &FetchArguments) -> Result<(), Failure> {
    let clients = input::clients(workspace, &mut Sources::default(), Format::Human)?;
    let names: Vec<String> = arguments.client.iter().cloned().collect();
    let clients = input::select(clients, &names)?;
    if clients.len() > 1 && arguments.from.is_some() {
        return Err(Failure::Usage(
            "--from goes with one client; name it".to_owned(),
        ));
    }
    let mut requests = Vec::new();
    for client in &clients {
        requests.push((client, source(workspace, client, arguments)?));
    }
    let by_network = requests.iter().any(|(_, source)| is_url(source));
    if by_network && !cfg!(feature = "fetch") {
        return again(workspace, arguments);
    }
    let locks = Locks::read(workspace)?.unwrap_or_default();
    let mut updates = Vec::new();
    for (client, source) in requests {
        updates.extend(one(workspace, client, source, &locks, arguments)?);
    }
    write(workspace, locks, &updates)?;
    for update in &updates {
        update.tell(arguments.format);
    }
    Ok(())
}

fn is_url(source: &str) -> bool {
    source.starts_with("https://") || source.starts_with("http://")
}

/// Where a client's document comes from: the command line says it, or else the lock does.
fn source(
    workspace: &Workspace,
    client: &Client,
    arguments: &FetchArguments,
) -> Result<String, Failure> {
    if let Some(from) = &arguments.from {
        return Ok(from.clone());
    }
    let locks = Locks::read(workspace)?.unwrap_or_default();
    let lock = locks.document.get(&client.document);
    lock.and_then(|lock| lock.url.clone()).ok_or_else(|| {
        Failure::Problem(format!(
            "{LOCK} names no URL for {}; give one with `cargo xtask fetch {} --from URL`",
            client.document, client.name
        ))
    })
}

/// Lets cargo build this program anew while it runs. Windows replaces no program that runs, so that it has
/// to be built elsewhere there.
pub(crate) fn replacing(cargo: &mut Command) -> &mut Command {
    if cfg!(windows) {
        cargo.args(["--target-dir", "target/fetch"]);
    }
    cargo
}

/// Runs this program again with its HTTP client, which is left out of other commands: a fresh clone has
/// to build them.
fn again(workspace: &Workspace, arguments: &FetchArguments) -> Result<(), Failure> {
    let mut cargo = process::cargo(workspace);
    cargo.args(["run", "--quiet", "--package", "xtask"]);
    replacing(cargo.args(["--features", "fetch"]))
        .args(["--", "--root"])
        .arg(workspace.root())
        .arg("fetch")
        .args(&arguments.client);
    if let Some(from) = &arguments.from {
        cargo.arg("--from").arg(from);
    }
    if let Some(ca) = &arguments.network.ca {
        cargo.arg("--ca").arg(ca);
    }
    cargo.args(["--timeout", &arguments.network.timeout.to_string()]);
    cargo.args(["--format", arguments.format.name()]);
    let status = cargo
        .status()
        .map_err(|error| process::cannot_run(&cargo, &error))?;
    // The other run has said what was wrong.
    status.success().then_some(()).ok_or(Failure::Reported)
}

/// What is new of a client; nothing where nothing is.
fn one<'c>(
    workspace: &Workspace,
    client: &'c Client,
    source: String,
    locks: &Locks,
    arguments: &FetchArguments,
) -> Result<Option<Update<'c>>, Failure> {
    let old = locks.document.get(&client.document).cloned();
    let present = references::read(&workspace.path(&client.document)).ok();
    let answer = if is_url(&source) {
        let mark = known_mark(&source, old.as_ref(), present.as_deref());
        download(&source, mark, &arguments.network)?
    } else {
        open(workspace, &source, old.as_ref())?
    };
    let (bytes, lock) = match answer {
        Answer::NotModified => {
            eprintln!("{}: {source} has not changed", client.name);
            return Ok(None);
        }
        Answer::Document { bytes, lock } => (bytes, lock),
    };
    if bytes.len() > MAX_TEXT_BYTES {
        return Err(too_large(&source));
    }
    let same = |old: &Lock| old.url == lock.url && old.sha256 == sha256(&bytes);
    if present.as_ref() == Some(&bytes) && old.as_ref().is_some_and(same) {
        // Another date or mark for the same bytes is no news.
        eprintln!("{}: {source} has not changed", client.name);
        return Ok(None);
    }
    let (input, sources) = reading(workspace, client, bytes.clone())?;
    let new = State::read(&input, sources).map_err(|faulty| {
        faulty.show();
        Failure::Problem(
            "the document has errors, or its overlay does not fit any more; nothing was changed: \
             mend the overlay, then fetch again"
                .to_owned(),
        )
    })?;
    let lock = Lock {
        sha256: sha256(&bytes),
        size: bytes.len(),
        version: new.api.version.clone(),
        ..lock
    };
    let before = present.and_then(|bytes| {
        let (input, sources) = reading(workspace, client, bytes).ok()?;
        State::read(&input, sources).ok()
    });
    let report = before.map(|old| {
        let report = Report::of(&old, &new);
        report.for_version(update::crate_version(workspace, client))
    });
    Ok(Some(Update {
        client,
        source,
        bytes,
        lock,
        report,
    }))
}

/// Reads a document from a file.
fn open(workspace: &Workspace, source: &str, old: Option<&Lock>) -> Result<Answer, Failure> {
    // Messages name files as they stand in the workspace, wherever the command is run.
    let path = match Path::new(source) {
        path if path.exists() => path.to_owned(),
        _ => workspace.path(source),
    };
    let bytes = references::read(&path)?;
    let lock = Lock {
        // What a person wrote about the file holds until it is fetched from somewhere.
        note: old.and_then(|lock| lock.note.clone()),
        ..Lock::default()
    };
    Ok(Answer::Document { bytes, lock })
}

/// The server's mark of the content that is there; a file that was edited since has none.
fn known_mark<'l>(source: &str, old: Option<&'l Lock>, present: Option<&[u8]>) -> Option<&'l str> {
    let lock = old.filter(|lock| lock.url.as_deref() == Some(source))?;
    let found = sha256(present?);
    lock.etag.as_deref().filter(|_| found == lock.sha256)
}

#[cfg(feature = "fetch")]
fn download(url: &str, etag: Option<&str>, network: &Network) -> Result<Answer, Failure> {
    http::get(url, etag, network)
}

#[cfg(not(feature = "fetch"))]
fn download(url: &str, _: Option<&str>, _: &Network) -> Result<Answer, Failure> {
    Err(Failure::Problem(format!(
        "this program was built without what it takes to fetch {url}"
    )))
}

fn too_large(source: &str) -> Failure {
    Failure::Problem(format!(
        "{source} is larger than {MAX_TEXT_BYTES} bytes; nothing was changed"
    ))
}

/// The input of the generator with these bytes in the place of the client's document.
fn reading(
    workspace: &Workspace,
    client: &Client,
    bytes: Vec<u8>,
) -> Result<(Input, Sources), Failure> {
    let mut sources = Sources::default();
    let input = input::with_document(workspace, client, bytes, &mut sources)?;
    Ok((input, sources))
}

/// Writes documents and locks, all or none. Several clients may have the same document.
fn write(workspace: &Workspace, mut locks: Locks, updates: &[Update<'_>]) -> Result<(), Failure> {
    if updates.is_empty() {
        return Ok(());
    }
    let mut files = BTreeMap::new();
    for update in updates {
        let document = &update.client.document;
        locks.document.insert(document.clone(), update.lock.clone());
        files.insert(document.as_str(), update.bytes.clone());
    }
    files.insert(LOCK, locks.text()?.into_bytes());
    let mut plan = Plan::default();
    for (path, new) in files {
        plan.changes.extend(change(workspace, path, new)?);
    }
    apply::apply(workspace, &[&plan])
}

fn change(workspace: &Workspace, path: &str, new: Vec<u8>) -> Result<Option<Change>, Failure> {
    let path = path.to_owned();
    if !workspace.path(&path).exists() {
        return Ok(Some(Change::Add { path, new }));
    }
    let old = references::read(&workspace.path(&path))?;
    Ok((old != new).then_some(Change::Replace { path, old, new }))
}
