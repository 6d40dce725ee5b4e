//! The documents that are measured: ours, and of the real ones a medium and the largest.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::{failure::Failure, workspace::Workspace};

const OURS: &str = "spec/postgresql-v1.yaml";

/// How many of the largest documents are measured.
const LARGEST: usize = 2;

/// A document with its size.
#[derive(Debug)]
pub(super) struct Document {
    pub(super) name: String,
    pub(super) path: PathBuf,
    pub(super) kilobytes: u64,
}

impl Document {
    pub(super) fn new(name: String, path: PathBuf) -> Result<Self, Failure> {
        let data = fs::metadata(&path).map_err(|error| Failure::io("read", &path, &error))?;
        Ok(Self {
            name,
            path,
            kilobytes: data.len().div_ceil(1024),
        })
    }
}

/// Picks the documents; a folder that is not there is noted as missing.
pub(super) fn select(
    workspace: &Workspace,
    folder: &Path,
    missing: &mut Vec<String>,
) -> Result<Vec<Document>, Failure> {
    let mut selected = vec![document(workspace.path(OURS))?];
    let folder = workspace.root().join(folder);
    if !folder.is_dir() {
        missing.push("there is no folder of other documents".to_owned());
        return Ok(selected);
    }
    let mut others = Vec::new();
    let entries = fs::read_dir(&folder).map_err(|error| Failure::io("read", &folder, &error))?;
    for entry in entries {
        let path = entry
            .map_err(|error| Failure::io("read", &folder, &error))?
            .path();
        let extension = path.extension().and_then(|extension| extension.to_str());
        if matches!(extension, Some("json" | "yaml" | "yml")) {
            others.push(document(path)?);
        }
    }
    others.sort_by(|one, other| (one.kilobytes, &one.name).cmp(&(other.kilobytes, &other.name)));
    let medium = others.len() / 2;
    let largest = others.len().saturating_sub(LARGEST);
    let chosen = others.into_iter().enumerate();
    selected.extend(
        chosen
            .filter(|(index, _)| *index == medium || *index >= largest)
            .map(|(_, document)| document),
    );
    Ok(selected)
}

fn document(path: PathBuf) -> Result<Document, Failure> {
    let name = path.file_name().unwrap_or_default();
    Document::new(name.to_string_lossy().into_owned(), path)
}
