//! `regen --spec FILE --out DIR`: a crate of its own.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

const DOCUMENT: &str = "
openapi: 3.0.3
info: {title: A Small API, version: 1.0.0}
paths:
  /things:
    get:
      tags: [Things]
      responses:
        '200':
          description: Fine.
          content:
            application/json:
              schema:
                oneOf: [{type: string}, {type: integer}]
                anyOf: [{type: boolean}, {type: integer}]
";

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder can be made");
        fs::write(folder.path().join("small.yaml"), DOCUMENT).expect("a file is written");
        Self(folder)
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).expect("the file is there")
    }

    fn regen(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_xtask"))
            .args(["regen", "--spec"])
            .arg(self.path("small.yaml"))
            .arg("--out")
            .arg(self.path("out"))
            .arg("--root")
            .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join(".."))
            .args(arguments)
            .output()
            .expect("the command runs")
    }
}

#[test]
fn a_document_becomes_a_whole_crate() {
    let folder = Folder::new();
    let output = folder.regen(&[]);
    assert!(output.status.success(), "{output:?}");
    assert!(String::from_utf8_lossy(&output.stderr).contains("unsupported-schema"));
    assert!(
        folder
            .read("out/Cargo.toml")
            .contains("name = \"a-small-api\"")
    );
    assert!(
        folder
            .read("out/src/client/api/things.rs")
            .contains("pub fn get")
    );
    assert!(!folder.read("out/src/runtime/secret.rs").contains("ionos"));
    for page in ["out/README.md", "out/src/lib.rs"] {
        let page = folder.read(page);
        assert!(page.contains("use a_small_api::Client;"), "{page}");
        assert!(page.contains("client.things().get().await?"), "{page}");
    }
    assert_eq!(folder.regen(&["--check"]).status.code(), Some(0));
}

#[test]
fn an_allowed_degradation_is_counted_only() {
    let folder = Folder::new();
    let output = folder.regen(&["--allow", "unsupported-schema", "--name", "small"]);
    assert!(output.status.success(), "{output:?}");
    assert!(output.stderr.is_empty(), "{output:?}");
    assert!(String::from_utf8_lossy(&output.stdout).contains("1 unsupported-schema"));
    assert_eq!(folder.regen(&["--allow", "syntax"]).status.code(), Some(2));
}

#[test]
fn an_allowed_error_is_no_error() {
    let folder = Folder::new();
    let mut document = DOCUMENT.replace("{type: boolean}", "{$ref: '#/components/schemas/Thnig'}");
    document.push_str("components: {schemas: {Thing: {type: boolean}}}\n");
    fs::write(folder.path("small.yaml"), document).expect("a file is written");
    assert_eq!(folder.regen(&[]).status.code(), Some(1));
    assert!(!folder.path("out").exists());
    let output = folder.regen(&["--allow", "unresolved-reference"]);
    assert!(output.status.success(), "{output:?}");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(said.contains("1 unresolved-reference"), "{said}");
    assert!(folder.path("out/src/client/api/things.rs").is_file());
}

#[test]
fn files_beside_the_sources_are_left_alone_without_the_mark() {
    let folder = Folder::new();
    assert!(folder.regen(&[]).status.success());
    for path in ["out/Cargo.toml", "out/README.md"] {
        fs::write(folder.path(path), "mine\n").expect("a file is written");
    }
    assert!(folder.regen(&[]).status.success());
    for path in ["out/Cargo.toml", "out/README.md"] {
        assert_eq!(folder.read(path), "mine\n");
    }
}

#[test]
fn a_name_that_is_none_is_refused() {
    let folder = Folder::new();
    for name in ["2 words", "Small", "type", "proc-macro", "serde_json"] {
        let output = folder.regen(&["--name", name]);
        assert_eq!(output.status.code(), Some(2), "{name}");
    }
    assert!(!folder.path("out").exists());
}

#[test]
fn a_title_that_is_no_name_is_lengthened() {
    let names = [
        ("Type", "type-client"),
        ("CORE", "core-client"),
        ("Serde JSON", "serde-json-client"),
        ("3D Print", "client-3d-print"),
        ("接口", "client"),
    ];
    for (title, name) in names {
        let folder = Folder::new();
        let document = DOCUMENT.replace("A Small API", title);
        fs::write(folder.path("small.yaml"), document).expect("a file is written");
        assert!(folder.regen(&[]).status.success(), "{title}");
        let manifest = folder.read("out/Cargo.toml");
        assert!(
            manifest.contains(&format!("\nname = \"{name}\"\n")),
            "{manifest}"
        );
    }
}

#[test]
fn names_beyond_ascii_are_allowed_where_there_are_some() {
    let folder = Folder::new();
    assert!(folder.regen(&[]).status.success());
    assert!(!folder.read("out/src/lib.rs").contains("confusable_idents"));
    let (head, _) = DOCUMENT.split_once("oneOf").expect("there is a schema");
    let document = format!("{head}{{type: object, properties: {{größe: {{type: string}}}}}}");
    fs::write(folder.path("small.yaml"), document).expect("a file is written");
    assert!(folder.regen(&[]).status.success());
    assert!(folder.read("out/src/lib.rs").contains("confusable_idents"));
}
