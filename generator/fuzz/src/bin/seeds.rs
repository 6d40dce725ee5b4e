//! Writes the documents of the tests into a folder, as the inputs that a fuzz target begins with.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

use generator::document::{Sources, value};

fn main() -> io::Result<()> {
    let mut arguments = env::args().skip(1);
    let (Some(target), Some(folder)) = (arguments.next(), arguments.next()) else {
        return Err(io::Error::other("name a target and a folder"));
    };
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests");
    let mut paths = Vec::new();
    collect(&tests, &mut paths)?;
    for (number, path) in paths.iter().enumerate() {
        let bytes = fs::read(path)?;
        let seed = if target == "tree" {
            let mut sources = Sources::default();
            let file = sources.add_bytes(path.display().to_string(), bytes);
            match value(&sources, file) {
                Some(value) => value.to_string().into_bytes(),
                None => continue,
            }
        } else {
            bytes
        };
        fs::write(Path::new(&folder).join(format!("seed-{number}")), seed)?;
    }
    Ok(())
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let extension = path.extension().and_then(|extension| extension.to_str());
        if path.is_dir() {
            collect(&path, paths)?;
        } else if matches!(extension, Some("yaml" | "json")) {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(())
}
