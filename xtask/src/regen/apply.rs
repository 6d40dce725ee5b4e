//! Writes what has changed, or nothing at all.

use std::{
    cmp::Reverse,
    collections::BTreeMap,
    ffi::OsStr,
    fs, io,
    path::{Path, PathBuf},
    process,
};

use generator::parallel;

use crate::{failure::Failure, workspace::Workspace};

use super::plan::{Change, Plan};

/// Carries out plans. Where a step fails, those before it are taken back.
///
/// New files and what replaces others are written first, the latter beside its place, from where it is
/// renamed. So most failures, such as a full disk or a read-only folder, happen before any file has
/// changed.
pub(crate) fn apply(workspace: &Workspace, plans: &[&Plan]) -> Result<(), Failure> {
    let mut transaction = Transaction::default();
    let result = transaction.run(workspace, plans);
    if result.is_err() {
        transaction.roll_back();
    }
    result
}

/// How to take a step back.
#[derive(Debug)]
enum Undo {
    RemoveFile(PathBuf),
    RemoveFolder(PathBuf),
    CreateFolder(PathBuf),
    Restore(PathBuf, Vec<u8>),
}

#[derive(Debug, Default)]
struct Transaction {
    done: Vec<Undo>,
}

impl Transaction {
    fn run(&mut self, workspace: &Workspace, plans: &[&Plan]) -> Result<(), Failure> {
        let changes = || plans.iter().flat_map(|plan| &plan.changes);
        let contents = changes().filter_map(|change| match change {
            Change::Add { path, new } => Some((workspace.path(path), new.as_slice())),
            Change::Replace { path, new, .. } => {
                Some((temporary(&workspace.path(path)), new.as_slice()))
            }
            Change::Remove { .. } => None,
        });
        self.stage(&contents.collect::<Vec<_>>())?;
        for change in changes() {
            self.commit(&workspace.path(change.path()), change)?;
        }
        for plan in plans {
            for change in &plan.changes {
                if let Change::Remove { path, .. } = change {
                    self.remove_empty_folders(workspace, &plan.folder, path)?;
                }
            }
        }
        Ok(())
    }

    /// Writes contents on all processors: where there are many small files, making them takes longer than
    /// generating what they hold. The files of a folder are made one by one, as the system does it anyway.
    fn stage(&mut self, contents: &[(PathBuf, &[u8])]) -> Result<(), Failure> {
        let mut folders: BTreeMap<&OsStr, Vec<_>> = BTreeMap::new();
        for (path, content) in contents {
            let folder = path.parent().unwrap_or(path);
            folders
                .entry(folder.as_os_str())
                .or_default()
                .push((path, content));
        }
        for folder in folders.keys() {
            self.create_folder(Path::new(folder))?;
        }
        let files = contents.iter().map(|(path, _)| path.clone());
        self.done.extend(files.map(Undo::RemoveFile));
        let mut folders: Vec<_> = folders.into_values().collect();
        folders.sort_by_key(|files| Reverse(files.len()));
        let written = parallel::map(&folders, |files| {
            files.iter().try_for_each(|(path, content)| {
                fs::write(path, content).map_err(|error| Failure::io("write", path, &error))
            })
        });
        written.into_iter().collect()
    }

    fn create_folder(&mut self, folder: &Path) -> Result<(), Failure> {
        let mut missing: Vec<&Path> = folder.ancestors().take_while(|one| !one.exists()).collect();
        while let Some(folder) = missing.pop() {
            fs::create_dir(folder).map_err(|error| Failure::io("create", folder, &error))?;
            self.done.push(Undo::RemoveFolder(folder.to_owned()));
        }
        Ok(())
    }

    fn commit(&mut self, path: &Path, change: &Change) -> Result<(), Failure> {
        let (result, undo) = match change {
            Change::Add { .. } => return Ok(()),
            Change::Replace { old, .. } => (
                fs::rename(temporary(path), path),
                Undo::Restore(path.to_owned(), old.clone()),
            ),
            Change::Remove { old, .. } => (
                fs::remove_file(path),
                Undo::Restore(path.to_owned(), old.clone()),
            ),
        };
        result.map_err(|error| Failure::io("replace", path, &error))?;
        self.done.push(undo);
        Ok(())
    }

    /// Removes the folders that a removed file leaves empty, up to and including the client's own.
    fn remove_empty_folders(
        &mut self,
        workspace: &Workspace,
        top: &str,
        file: &str,
    ) -> Result<(), Failure> {
        let mut folder = file;
        while let Some((parent, _)) = folder.rsplit_once('/') {
            if !parent.starts_with(top) {
                break;
            }
            let path = workspace.path(parent);
            match fs::remove_dir(&path) {
                Ok(()) => self.done.push(Undo::CreateFolder(path)),
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) if error.kind() == io::ErrorKind::DirectoryNotEmpty => break,
                Err(error) => return Err(Failure::io("remove", &path, &error)),
            }
            folder = parent;
        }
        Ok(())
    }

    /// Takes all steps back, as far as possible, the last one first. An error here is less
    /// interesting than the one that led here, which is the one that gets shown.
    fn roll_back(&mut self) {
        while let Some(undo) = self.done.pop() {
            let _ = match undo {
                Undo::RemoveFile(path) => fs::remove_file(path),
                Undo::RemoveFolder(path) => fs::remove_dir(path),
                Undo::CreateFolder(path) => fs::create_dir(path),
                Undo::Restore(path, content) => fs::write(path, content),
            };
        }
    }
}

fn temporary(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.{}.tmp", process::id()))
}
