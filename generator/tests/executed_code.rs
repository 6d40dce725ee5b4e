//! Fixtures whose code is not only compiled: tests of the client run it against a server.
//!
//! The code is kept beside those tests. Where it is out of date, run this test with the variable
//! `UPDATE_EXECUTED_CODE` set, and read the difference.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use generator::document::Sources;
use generator::{Request, Settings};

#[test]
fn the_code_that_tests_of_the_client_run_is_fresh() {
    let folder = root().join("../generated-client/tests/operations");
    for name in names() {
        let expected = emitted(&name);
        if env::var_os("UPDATE_EXECUTED_CODE").is_some() {
            write(&folder, &name, &expected);
        }
        let mut present = BTreeMap::new();
        read(&folder, &folder.join(&name), &mut present);
        assert!(
            present == expected,
            "the code of `{name}` is out of date: run this test with UPDATE_EXECUTED_CODE=1"
        );
    }
}

/// The documents of `fixtures/executed`, each a module of the tests.
fn names() -> Vec<String> {
    let entries = fs::read_dir(root().join("tests/fixtures/executed"));
    let entries = entries.expect("the folder can be read");
    let stem = |path: PathBuf| path.file_stem().map(|stem| stem.to_string_lossy().into());
    let mut names: Vec<String> = entries
        .filter_map(|entry| stem(entry.expect("the entry can be read").path()))
        .collect();
    names.sort();
    assert!(!names.is_empty(), "the folder holds documents");
    names
}

/// The emitted files of a fixture, by path.
fn emitted(name: &str) -> BTreeMap<String, String> {
    let path = root().join(format!("tests/fixtures/executed/{name}.yaml"));
    let text = fs::read_to_string(path).expect("the document can be read");
    let mut sources = Sources::default();
    let document = sources.add(format!("{name}.yaml"), text);
    let settings = Settings {
        module: name.to_owned(),
    };
    let generated = generator::generate(&Request {
        sources: &sources,
        document,
        overlays: &[],
        settings: &settings,
    });
    let files = generated.files.into_iter();
    files.map(|file| (file.path, file.text)).collect()
}

fn write(folder: &Path, name: &str, files: &BTreeMap<String, String>) {
    let module = folder.join(name);
    if module.exists() {
        fs::remove_dir_all(&module).expect("the old code can be removed");
    }
    for (path, text) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().expect("a file has a folder"))
            .expect("a folder can be made");
        fs::write(path, text).expect("a file can be written");
    }
}

fn read(root: &Path, folder: &Path, files: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.expect("the entry can be read").path();
        if path.is_dir() {
            read(root, &path, files);
        } else {
            let name = path.strip_prefix(root).expect("the file is in the folder");
            let text = fs::read_to_string(&path).expect("the file can be read");
            files.insert(name.to_string_lossy().replace('\\', "/"), text);
        }
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}
