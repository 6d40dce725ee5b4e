//! One small document per feature, and the code that it becomes.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use generator::diagnostic::{Style, render};
use generator::document::Sources;
use generator::{Generated, Request, Settings};

#[test]
fn models() {
    snapshot_folder("models", |path| path.starts_with("v1/models/"));
}

#[test]
fn api() {
    snapshot_folder("api", |path| path.starts_with("v1/api/"));
}

#[test]
fn client() {
    snapshot_folder("client", |path| matches!(path, "v1/mod.rs" | "v1/api.rs"));
}

/// What there is to say about the documents whose code is kept, and run, among the client's tests.
#[test]
fn executed() {
    snapshot_folder("executed", |_| false);
}

/// Documents of which no code is emitted, for their faults are those of this project's extensions.
#[test]
fn refused() {
    snapshot_folder("refused", |_| true);
}

/// Takes a snapshot of what each document of a folder becomes, and of what there is to say about it.
fn snapshot_folder(folder: &str, shown: fn(&str) -> bool) {
    for path in documents(folder) {
        let name = path
            .file_stem()
            .expect("a document has a name")
            .to_string_lossy()
            .into_owned();
        let text = fs::read_to_string(&path).expect("the document can be read");
        let snapshot = describe(&name, text, shown);
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(
            Path::new(env!("CARGO_MANIFEST_DIR"))
                .join("tests/snapshots")
                .join(folder),
        );
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!(name, snapshot));
    }
}

fn documents(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures")
        .join(folder);
    let entries = fs::read_dir(folder).expect("the folder can be read");
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.expect("the entry can be read").path())
        .collect();
    paths.sort();
    assert!(!paths.is_empty(), "the folder holds documents");
    paths
}

fn describe(name: &str, text: String, shown: fn(&str) -> bool) -> String {
    let mut sources = Sources::default();
    let document = sources.add(format!("{name}.yaml"), text);
    let settings = Settings {
        module: "v1".to_owned(),
    };
    let request = Request {
        sources: &sources,
        document,
        overlays: &[],
        settings: &settings,
    };
    let Generated {
        files, diagnostics, ..
    } = generator::generate(&request);
    let mut description = render(&diagnostics, &sources, Style::Plain);
    for file in files.iter().filter(|file| shown(&file.path)) {
        let code = file.text.lines().skip(2).collect::<Vec<_>>().join("\n");
        writeln!(description, "// {}\n{code}\n", file.path).expect("a text grows");
    }
    description
}

/// As deep as reading allows, on the small stack of a test's thread.
#[test]
fn deeply_nested_schemas_are_emitted() {
    for (open, close) in [
        ("{\"type\": \"array\", \"items\": ", "}"),
        ("{\"allOf\": [", "]}"),
        ("{\"oneOf\": [{\"type\": \"integer\"}, ", "]}"),
        ("{\"type\": \"object\", \"properties\": {\"p\": ", "}}"),
    ] {
        let levels = 70 / open.matches(['{', '[']).count();
        let schema = format!(
            "{}{{\"type\": \"string\"}}{}",
            open.repeat(levels),
            close.repeat(levels)
        );
        let text = format!(
            "{{\"openapi\": \"3.0.3\", \"info\": {{\"title\": \"Deep\", \"version\": \"1\"}}, \
             \"paths\": {{}}, \"components\": {{\"schemas\": {{\"Deep\": {schema}}}}}}}"
        );
        let description = describe("deep", text, |path| path.starts_with("v1/models/"));
        let mut items = ["type", "struct", "enum"].into_iter();
        let is_emitted = items.any(|item| description.contains(&format!("pub {item} Deep ")));
        assert!(is_emitted, "{description}");
        assert!(!description.contains("error["), "{description}");
    }
}
