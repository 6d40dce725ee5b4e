//! What an update of a document means for callers, told when its client is generated anew.

use std::path::Path;

use generator::{Settings, document::Sources};

use crate::{
    changes::{Report, State, entry},
    cli::ReportFormat,
    clients::Client,
    diff,
    input::{self, Input},
    revision,
    workspace::Workspace,
};

/// Prints what has changed since the last commit, and proposes an entry for the list of changes.
///
/// Nothing is said where git knows no earlier state that could be read: the comparison is a service,
/// not a check.
pub(super) fn tell(workspace: &Workspace, client: &Client) {
    let mut sources = Sources::default();
    let Ok(now) = input::read_client(workspace, client, &mut sources) else {
        return;
    };
    let mut old_sources = Sources::default();
    let Some(before) = committed(workspace, client, &mut old_sources) else {
        return;
    };
    let texts = |sources: &Sources| -> Vec<String> {
        sources.iter().map(|source| source.text.clone()).collect()
    };
    if texts(&sources) == texts(&old_sources) {
        return;
    }
    let (Ok(old), Ok(new)) = (
        State::read(&before, old_sources),
        State::read(&now, sources),
    ) else {
        return;
    };
    let report = Report::of(&old, &new).for_version(crate_version(workspace, client));
    println!("\nSince the last commit:\n");
    diff::print(&report, ReportFormat::Human);
    if !report.is_empty() {
        let list = format!("{}/CHANGELOG.md", crate_folder(workspace, client));
        println!("\nProposed for {list}, to be edited:\n\n{}", entry(&report));
    }
}

/// The texts of the last commit. An overlay that it lacks did not exist yet.
fn committed(workspace: &Workspace, client: &Client, sources: &mut Sources) -> Option<Input> {
    // With `./`, git takes the path as relative to the workspace, wherever the repository begins.
    let here = |path: &str| format!("./{path}");
    let show = |path: &str| revision::show(workspace, "HEAD", &here(path)).ok();
    let (path, name) = (here(&client.document), format!("HEAD:{}", client.document));
    let document = revision::add_revision(workspace, "HEAD", &path, &name, sources).ok()?;
    let overlays = client.overlays.iter();
    let overlays = overlays
        .filter_map(|path| Some(sources.add_bytes(format!("HEAD:{path}"), show(path)?)))
        .collect();
    Some(Input {
        document,
        overlays,
        settings: Settings {
            module: client.module.clone(),
        },
    })
}

/// The folder of the crate that holds the client.
fn crate_folder(workspace: &Workspace, client: &Client) -> String {
    let folders = Path::new(&client.output).ancestors();
    let is_crate = |folder: &&Path| {
        let folder = workspace.path(&folder.to_string_lossy());
        folder.join("Cargo.toml").is_file()
    };
    let mut folders = folders.filter(is_crate);
    folders.next().map_or_else(
        || client.output.clone(),
        |folder| folder.to_string_lossy().into_owned(),
    )
}

/// The version of the crate that holds the client.
pub(crate) fn crate_version(workspace: &Workspace, client: &Client) -> Option<String> {
    let manifest = format!("{}/Cargo.toml", crate_folder(workspace, client));
    let manifest: toml::Table = workspace.read(&manifest).ok()?.parse().ok()?;
    let version = manifest.get("package")?.get("version")?;
    version.as_str().map(str::to_owned)
}
