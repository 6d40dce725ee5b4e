//! The pairs of documents with one change each.

use std::{fs, path::Path};

use generator::{
    Generated, GeneratedFile, Request, Settings,
    diff::{self, Effect},
    document::Sources,
    ir::Api,
};

use crate::{failure::Failure, report, workspace::Workspace};

/// The folder that holds them, in one folder for each effect.
pub(super) const FOLDER: &str = "generator/tests/changes";

/// Two states of a document.
pub(super) struct Pair {
    /// The folder, which is the module of both clients too.
    pub(super) name: String,
    /// The effect that the comparison predicts.
    pub(super) predicted: Effect,
    pub(super) old: State,
    pub(super) new: State,
}

/// One state of a document, and its client.
pub(super) struct State {
    pub(super) api: Api,
    pub(super) files: Vec<GeneratedFile>,
}

/// All pairs, ordered by effect and name.
pub(super) fn read(workspace: &Workspace) -> Result<Vec<Pair>, Failure> {
    let mut pairs = Vec::new();
    for effect in entries(&workspace.path(FOLDER))? {
        for name in entries(&workspace.path(&format!("{FOLDER}/{effect}")))? {
            let folder = format!("{FOLDER}/{effect}/{name}");
            let old = state(workspace, &format!("{folder}/old.yaml"), &name)?;
            let new = state(workspace, &format!("{folder}/new.yaml"), &name)?;
            let comparison = diff::compare(&old.api, &new.api);
            let worst = comparison.changes.first().map(|change| change.effect);
            pairs.push(Pair {
                predicted: worst.unwrap_or(Effect::Nothing),
                name,
                old,
                new,
            });
        }
    }
    Ok(pairs)
}

/// The names of the folders in a folder.
fn entries(folder: &Path) -> Result<Vec<String>, Failure> {
    let unreadable = |error| Failure::io("read", folder, &error);
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        if entry.path().is_dir() {
            names.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    names.sort();
    Ok(names)
}

fn state(workspace: &Workspace, path: &str, module: &str) -> Result<State, Failure> {
    let mut sources = Sources::default();
    let document = sources.add(path, workspace.read(path)?);
    let settings = Settings {
        module: module.to_owned(),
    };
    let Generated {
        api,
        files,
        diagnostics,
    } = generator::generate(&Request {
        sources: &sources,
        document,
        overlays: &[],
        settings: &settings,
    });
    match api {
        Some(api) if !report::has_errors(&diagnostics) => Ok(State { api, files }),
        _ => {
            report::text(&diagnostics, &sources);
            Err(Failure::Problem(format!("{path} cannot be generated")))
        }
    }
}
