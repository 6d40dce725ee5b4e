//! The folder that everything else is relative to.

use std::{
    env,
    path::{self, Path, PathBuf},
};

use crate::{failure::Failure, references};

/// The file that lists the clients, which is also what marks a workspace.
pub(crate) const CLIENTS: &str = "spec/clients.toml";

/// A folder with `spec/clients.toml`.
#[derive(Debug, Clone)]
pub(crate) struct Workspace {
    root: PathBuf,
}

impl Workspace {
    /// Takes the given folder, or looks for one from the current folder upwards, then from the
    /// folder of this package, as cargo names it at run time.
    pub(crate) fn find(root: Option<&Path>) -> Result<Self, Failure> {
        if let Some(root) = root {
            // Absolute, because the programs that we run start elsewhere.
            let root = path::absolute(root).map_err(|error| Failure::io("find", root, &error))?;
            return Ok(Self { root });
        }
        let current = env::current_dir().ok();
        let manifest = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
        [current, manifest]
            .into_iter()
            .flatten()
            .find_map(|start| ascend(&start))
            .map(|root| Self { root })
            .ok_or_else(|| {
                Failure::Usage(format!(
                    "neither this folder nor one above it holds {CLIENTS}; name one with --root"
                ))
            })
    }

    /// The folder itself.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// A path of the workspace, written with `/`.
    pub(crate) fn path(&self, relative: &str) -> PathBuf {
        let parts = relative.split('/');
        let mut path = self.root.clone();
        path.extend(parts.filter(|part| !part.is_empty() && *part != "."));
        path
    }

    /// Reads a text of the workspace.
    pub(crate) fn read(&self, relative: &str) -> Result<String, Failure> {
        references::text(&self.path(relative))
    }
}

fn ascend(start: &Path) -> Option<PathBuf> {
    start
        .ancestors()
        .find(|folder| folder.join(CLIENTS).is_file())
        .map(Path::to_owned)
}
