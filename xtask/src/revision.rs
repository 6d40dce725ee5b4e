//! Texts of files as they are, or as git has them.

use std::path::{Path, PathBuf};

use generator::document::{FileId, Sources};

use crate::{failure::Failure, process, references, workspace::Workspace};

/// Where a text comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Origin {
    /// A file.
    File(String),
    /// A file of a revision; the path starts at the root of the repository.
    Revision { revision: String, path: String },
}

impl Origin {
    /// Reads what the command line names: a file that exists, or else `REVISION:PATH`.
    pub(crate) fn parse(text: &str) -> Result<Self, Failure> {
        if Path::new(text).is_file() {
            return Ok(Self::File(text.to_owned()));
        }
        match text.split_once(':') {
            Some((revision, path)) if !revision.is_empty() && !path.is_empty() => {
                Ok(Self::Revision {
                    revision: revision.to_owned(),
                    path: path.to_owned(),
                })
            }
            _ => Err(Failure::Problem(format!(
                "there is no file {text}; a revision is written as in HEAD~1:spec/document.yaml"
            ))),
        }
    }

    /// Another file of the same state.
    pub(crate) fn sibling(&self, path: &str) -> Self {
        match self {
            Self::File(_) => Self::File(path.to_owned()),
            Self::Revision { revision, .. } => Self::Revision {
                revision: revision.clone(),
                path: path.to_owned(),
            },
        }
    }

    /// How reports name it.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::File(path) => path.clone(),
            Self::Revision { revision, path } => format!("{revision}:{path}"),
        }
    }

    /// Adds the text, and those that it refers to.
    pub(crate) fn add(
        &self,
        workspace: &Workspace,
        sources: &mut Sources,
    ) -> Result<FileId, Failure> {
        match self {
            Self::File(path) => {
                let name = path.replace(std::path::MAIN_SEPARATOR, "/");
                references::add_document(&name, |name| PathBuf::from(name), sources)
            }
            Self::Revision { revision, path } => {
                add_revision(workspace, revision, path, &self.name(), sources)
            }
        }
    }

    /// The bytes of the text.
    pub(crate) fn read(&self, workspace: &Workspace) -> Result<Vec<u8>, Failure> {
        match self {
            Self::File(path) => references::read(Path::new(path)),
            Self::Revision { revision, path } => show(workspace, revision, path),
        }
    }
}

/// Adds a file of a revision under the name that reports give it, and the files of the same revision
/// that it refers to.
pub(crate) fn add_revision(
    workspace: &Workspace,
    revision: &str,
    path: &str,
    name: &str,
    sources: &mut Sources,
) -> Result<FileId, Failure> {
    let bytes = show(workspace, revision, path)?;
    // The names of the others begin as this one does, and so do their paths.
    let start = path.strip_prefix("./").map_or("", |_| "./");
    let prefix = format!("{revision}:");
    let read = |name: &str| {
        let path = format!("{start}{}", name.strip_prefix(&prefix).unwrap_or(name));
        if !exists(workspace, revision, &path) {
            return Ok(None);
        }
        let bytes = show(workspace, revision, &path);
        bytes.map(Some).map_err(|failure| failure.to_string())
    };
    Ok(references::add_from(name, bytes, read, sources))
}

/// Whether a revision that there is has anything at a path.
fn exists(workspace: &Workspace, revision: &str, path: &str) -> bool {
    let mut git = process::program(workspace, "git");
    let object = format!("{revision}:{path}");
    process::output(git.args(["rev-parse", "--verify", "--quiet", &object])).is_ok()
}

/// A file of a revision.
pub(crate) fn show(workspace: &Workspace, revision: &str, path: &str) -> Result<Vec<u8>, Failure> {
    // Without this, a revision that begins with a hyphen would be an option.
    if revision.starts_with('-') {
        return Err(Failure::Usage(format!("'{revision}' is no revision")));
    }
    let mut git = process::program(workspace, "git");
    process::output_bytes(git.args(["cat-file", "blob", &format!("{revision}:{path}")]))
}

#[cfg(test)]
mod tests {
    use super::Origin;

    #[test]
    fn a_revision_is_known_by_its_colon() {
        let parsed = Origin::parse("HEAD~1:spec/a.yaml").expect("a revision");
        assert_eq!(parsed.name(), "HEAD~1:spec/a.yaml");
        assert_eq!(parsed.sibling("b").name(), "HEAD~1:b");
        assert!(Origin::parse("missing.yaml").is_err());
        assert_eq!(
            Origin::parse("Cargo.toml").expect("a file"),
            Origin::File("Cargo.toml".to_owned())
        );
    }
}
