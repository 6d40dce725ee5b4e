//! Reads a document with the files that it refers to, and no others.

use std::{
    collections::HashSet,
    fs,
    io::{self, Read as _},
    path::{Path, PathBuf},
};

use generator::document::{self, FileId, MAX_FILES, MAX_TEXT_BYTES, Sources};

use crate::failure::Failure;

/// The most bytes that the files of one document may have together.
const MAX_TOTAL_BYTES: u64 = 4 * MAX_TEXT_BYTES as u64;

/// Adds a document and the files that it refers to, by way of others too.
///
/// Only files in the document's folder and below are read, whatever their names and symbolic links
/// say. A file that is missing or must not be read is reported later, where something needs it.
pub(crate) fn add_document(
    name: &str,
    path_of: impl Fn(&str) -> PathBuf,
    sources: &mut Sources,
) -> Result<FileId, Failure> {
    let bytes = read(&path_of(name))?;
    add_bytes(name, bytes, path_of, sources)
}

/// Reads a file that may hold anything, or never end, unless it is longer than any that is understood.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    let bytes = bounded(path).map_err(|error| Failure::io("read", path, &error))?;
    if bytes.len() > MAX_TEXT_BYTES {
        let mebibytes = MAX_TEXT_BYTES >> 20;
        let path = path.display();
        return Err(Failure::Problem(format!(
            "{path} is longer than {mebibytes} MiB"
        )));
    }
    Ok(bytes)
}

/// Reads a text.
pub(crate) fn text(path: &Path) -> Result<String, Failure> {
    String::from_utf8(read(path)?).map_err(|error| {
        let error = io::Error::new(io::ErrorKind::InvalidData, error.utf8_error());
        Failure::io("read", path, &error)
    })
}

/// No more of a file than it takes to see that it is too long.
fn bounded(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let limit = MAX_TEXT_BYTES as u64 + 1;
    fs::File::open(path)?.take(limit).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Adds a document with these bytes in the place of its own, and the files that it refers to.
pub(crate) fn add_bytes(
    name: &str,
    bytes: Vec<u8>,
    path_of: impl Fn(&str) -> PathBuf,
    sources: &mut Sources,
) -> Result<FileId, Failure> {
    let folder = Folder::of(&path_of(name))?;
    let read = |name: &str| folder.read(&path_of(name));
    Ok(add_from(name, bytes, read, sources))
}

/// As above, from wherever texts come: `read` gives nothing where there is no file of a name, and a
/// reason where it cannot be read.
pub(crate) fn add_from(
    name: &str,
    bytes: Vec<u8>,
    read: impl Fn(&str) -> Result<Option<Vec<u8>>, String>,
    sources: &mut Sources,
) -> FileId {
    let mut total = bytes.len() as u64;
    let document = sources.add_bytes(name, bytes);
    let mut seen = HashSet::from([name.to_owned()]);
    let mut waiting = vec![document];
    while let Some(file) = waiting.pop() {
        for name in document::external_files(sources, document, file) {
            if !seen.insert(name.clone()) {
                continue;
            }
            if let Some(known) = sources.find(&name) {
                waiting.push(known);
                continue;
            }
            let bytes = match seen.len() {
                files if files > MAX_FILES => Err(format!("is one of more than {MAX_FILES}")),
                _ => read(&name).and_then(|bytes| within(bytes, &mut total)),
            };
            match bytes {
                Ok(Some(bytes)) => waiting.push(sources.add_bytes(name, bytes)),
                Ok(None) => {}
                Err(reason) => sources.withhold(name, reason),
            }
        }
    }
    document
}

/// The bytes of a file, unless they make all files of a document too long together.
fn within(bytes: Option<Vec<u8>>, total: &mut u64) -> Result<Option<Vec<u8>>, String> {
    let with_it = *total + bytes.as_ref().map_or(0, |bytes| bytes.len() as u64);
    if with_it > MAX_TOTAL_BYTES {
        let mebibytes = MAX_TOTAL_BYTES >> 20;
        return Err(format!("makes the document longer than {mebibytes} MiB"));
    }
    *total = with_it;
    Ok(bytes)
}

/// The folder that files may come from.
struct Folder {
    /// Its path without symbolic links.
    path: PathBuf,
}

impl Folder {
    /// The folder of a document.
    fn of(document: &Path) -> Result<Self, Failure> {
        let parent = document.parent().unwrap_or(document);
        let parent = if parent.as_os_str().is_empty() {
            Path::new(".")
        } else {
            parent
        };
        let path = fs::canonicalize(parent).map_err(|error| Failure::io("find", parent, &error))?;
        Ok(Self { path })
    }

    /// Reads a file; nothing where there is none, and a reason where it must not or cannot be read.
    fn read(&self, path: &Path) -> Result<Option<Vec<u8>>, String> {
        let unreadable = |error: io::Error| format!("cannot be read: {error}");
        let real = match fs::canonicalize(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            real => real.map_err(unreadable)?,
        };
        if !real.starts_with(&self.path) {
            return Err("is a link that leads out of the document's folder".to_owned());
        }
        let metadata = fs::metadata(&real).map_err(unreadable)?;
        if !metadata.is_file() {
            return Err("is no file".to_owned());
        }
        if metadata.len() > MAX_TOTAL_BYTES {
            let mebibytes = MAX_TOTAL_BYTES >> 20;
            return Err(format!("is longer than {mebibytes} MiB"));
        }
        bounded(&real).map(Some).map_err(unreadable)
    }
}

#[cfg(test)]
mod tests {
    use std::{fmt::Write as _, fs::File};

    use generator::document::{MAX_FILES, Sources};
    use tempfile::TempDir;

    use super::{Folder, MAX_TOTAL_BYTES, add_from, within};

    #[test]
    fn files_are_counted() {
        let mut text = "openapi: 3.0.3\npaths:\n".to_owned();
        let names: Vec<_> = (0..=MAX_FILES).map(|one| format!("{one}.yaml")).collect();
        for (index, name) in names.iter().enumerate() {
            writeln!(text, "  /{index}: {{$ref: {name}}}").expect("it grows");
        }
        let mut sources = Sources::default();
        add_from("main.yaml", text.into_bytes(), |_| Ok(None), &mut sources);
        let refused: Vec<_> = names
            .iter()
            .filter_map(|name| sources.withheld(name))
            .collect();
        // The document itself is a file, too.
        assert_eq!(refused, ["is one of more than 10000"; 2]);
    }

    #[test]
    fn files_that_are_too_long_together_are_refused() {
        let mut total = MAX_TOTAL_BYTES - 1;
        let too_long = Err("makes the document longer than 512 MiB".to_owned());
        assert_eq!(within(Some(vec![0; 2]), &mut total), too_long);
        assert_eq!(within(Some(vec![0]), &mut total), Ok(Some(vec![0])));
        assert_eq!(within(Some(vec![0]), &mut total), too_long);
    }

    #[test]
    fn a_file_that_is_too_long_is_not_read() {
        let folder = TempDir::new().expect("a temporary folder");
        let path = folder.path().join("one.yaml");
        // A file with a hole takes no space.
        let file = File::create(&path).expect("a file");
        file.set_len(MAX_TOTAL_BYTES + 1).expect("a length");
        let files = Folder::of(&path).expect("the folder is there");
        let reason = "is longer than 512 MiB".to_owned();
        assert_eq!(files.read(&path), Err(reason));
    }
}
