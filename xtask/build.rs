//! Makes the texts of the client's runtime part of the program.
//!
//! A crate of its own takes them along, so the program needs no file beside the document, and reads none.
//! They are texts here: that they compile is not asked.

use std::{
    env, fs, io,
    path::{Path, PathBuf},
};

/// The sources of the client, from this package.
const SOURCES: &str = "../generated-client/src";

/// The name of a file that holds the tests of a module.
const TESTS: &str = "tests.rs";

fn main() -> io::Result<()> {
    let sources = Path::new(SOURCES);
    println!("cargo::rerun-if-changed={SOURCES}/runtime.rs");
    println!("cargo::rerun-if-changed={SOURCES}/runtime");
    let mut files = vec![sources.join("runtime.rs")];
    add_folder(&sources.join("runtime"), &mut files)?;
    files.sort();
    let entries = files.iter().map(|file| entry(sources, file));
    let entries = entries.collect::<io::Result<Vec<String>>>()?.concat();
    let out = env::var_os("OUT_DIR").map(PathBuf::from);
    let out = out.ok_or_else(|| io::Error::other("cargo names no folder for what is built"))?;
    fs::write(out.join("runtime.rs"), format!("[\n{entries}]\n"))
}

/// Adds the Rust files below a folder. Tests need crates that a client does not depend on.
fn add_folder(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            add_folder(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "rs")
            && path.file_name().is_some_and(|name| name != TESTS)
        {
            files.push(path);
        }
    }
    Ok(())
}

/// A file as an item of an array: its path below the sources, and its text without the tests, which are
/// the last that it holds.
fn entry(sources: &Path, file: &Path) -> io::Result<String> {
    let path = file.strip_prefix(sources).map_err(io::Error::other)?;
    let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
    let text = fs::read_to_string(file)?;
    let end = text.find("\n#[cfg(test)]\nmod tests");
    let kept = &text[..end.unwrap_or(text.len())];
    Ok(format!("({:?}, {kept:?}),\n", parts.join("/")))
}
