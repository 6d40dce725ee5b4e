//! A change of a document changes what it concerns, and nothing else.

mod shuffling;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use generator::document::Sources;
use generator::{Request, Settings};
use serde_json::{Value, json};
use shuffling::{Random, shuffle};

/// Emitted files by their paths.
type Files = BTreeMap<String, String>;

#[test]
fn the_order_of_keys_changes_nothing() {
    let mut tried = 0;
    for path in documents() {
        let document = read(&path);
        let expected = emit(&document);
        for seed in 1..=3 {
            let shuffled = shuffle(&document, &mut Random(seed));
            assert_ne!(
                shuffled.to_string(),
                document.to_string(),
                "it was shuffled"
            );
            assert!(
                emit(&shuffled) == expected,
                "{} with seed {seed}",
                path.display()
            );
            tried += 1;
        }
    }
    assert!(tried >= 30, "only {tried} documents were tried");
}

#[test]
fn one_more_group_adds_files_and_lines() {
    let document = published();
    let mut larger = document.clone();
    larger["paths"]["/aardvarks"] = json!({"get": {
        "tags": ["Aardvarks"],
        "responses": {
            "200": {"description": "Fine.", "content": {"application/json": {
                "schema": {"$ref": "#/components/schemas/Aardvark"}
            }}},
            "default": {"description": "Failed.", "content": {"application/json": {
                "schema": {"$ref": "#/components/schemas/ErrorResponse"}
            }}}
        }
    }});
    larger["components"]["schemas"]["Aardvark"] = json!({
        "type": "object",
        "properties": {"name": {"type": "string"}}
    });
    let changed = additions(&emit(&document), &emit(&larger));
    assert_eq!(
        changed,
        [
            "v1/api.rs",
            "v1/api/aardvarks.rs",
            "v1/mod.rs",
            "v1/models.rs",
            "v1/models/aardvarks.rs"
        ]
    );
}

#[test]
fn one_more_operation_of_a_group_adds_lines_to_its_file() {
    let document = published();
    let mut larger = document.clone();
    larger["paths"]["/clusters/{clusterId}/users/{username}/sessions"] = json!({"delete": {
        "tags": ["Users"],
        "operationId": "usersSessionsDelete",
        "security": [{"basicAuth": []}, {"tokenAuth": []}],
        "parameters": [
            {"name": "clusterId", "in": "path", "required": true, "schema": {"type": "string"}},
            {"name": "username", "in": "path", "required": true, "schema": {"type": "string"}}
        ],
        "responses": {"204": {"description": "Gone."}, "default": {
            "description": "Failed.",
            "content": {"application/json": {
                "schema": {"$ref": "#/components/schemas/ErrorResponse"}
            }}
        }}
    }});
    let changed = additions(&emit(&document), &emit(&larger));
    assert_eq!(changed, ["v1/api/users.rs"]);
}

#[test]
fn one_more_property_adds_to_its_file() {
    let document = published();
    let mut larger = document.clone();
    larger["components"]["schemas"]["DatabaseProperties"]["properties"]["encoding"] =
        json!({"type": "string"});
    let changed = additions(&emit(&document), &emit(&larger));
    assert_eq!(changed, ["v1/models/databases.rs"]);
}

#[test]
fn one_more_error_keeps_the_names_of_the_others() {
    let error = |property: &str| {
        json!({"description": "Failed.", "content": {"application/json": {
            "schema": {"type": "object", "properties": {property: {"type": "string"}}}
        }}})
    };
    let mut document = published();
    let path = "/clusters/{clusterId}/users/{username}";
    for (status, property) in [
        ("404", "missing"),
        ("5XX", "incident"),
        ("default", "reason"),
    ] {
        document["paths"][path]["delete"]["responses"][status] = error(property);
    }
    let mut larger = document.clone();
    larger["paths"][path]["delete"]["responses"]["401"] = error("realm");
    let before = emit(&document);
    for name in [
        "UsersDeleteError404",
        "UsersDeleteError5XX",
        "UsersDeleteError",
    ] {
        let item = format!("pub struct {name} {{");
        assert!(before["v1/models/users.rs"].contains(&item), "{name}");
    }
    let changed = additions(&before, &emit(&larger));
    assert_eq!(changed, ["v1/api/users.rs", "v1/models/users.rs"]);
}

#[test]
fn a_description_changes_the_comments_of_its_own_item_alone() {
    let document = published();
    let mut described = document.clone();
    described["components"]["schemas"]["DatabaseProperties"]["description"] =
        json!("Something else.");
    let (before, after) = (emit(&document), emit(&described));
    let changed: Vec<&String> = before
        .iter()
        .filter(|(path, text)| after.get(*path) != Some(text))
        .map(|(path, _)| path)
        .collect();
    assert_eq!(changed, ["v1/models/databases.rs"]);
    let code = |files: &Files| {
        let text = &files["v1/models/databases.rs"];
        let lines = text
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(code(&before), code(&after));
}

/// The paths of files that differ; what was there before must all be there, in its order, though tables
/// may have other lines.
fn additions(before: &Files, after: &Files) -> Vec<String> {
    for (path, text) in before {
        let mut words = words(&after[path]);
        for word in self::words(text) {
            assert!(
                words.any(|candidate| candidate == word),
                "{path} lost or moved {word:?}"
            );
        }
    }
    let differs = |(path, text): &(&String, &String)| before.get(*path) != Some(*text);
    let changed = after.iter().filter(differs);
    changed.map(|(path, _)| path.clone()).collect()
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|character: char| character.is_whitespace() || ",;".contains(character));
    words.filter(|word| !word.is_empty())
}

fn emit(document: &Value) -> Files {
    let mut sources = Sources::default();
    let settings = Settings {
        module: "v1".to_owned(),
    };
    let generated = generator::generate(&Request {
        document: sources.add("document.json", document.to_string()),
        sources: &sources,
        overlays: &[],
        settings: &settings,
    });
    let files = generated.files.into_iter();
    files.map(|file| (file.path, file.text)).collect()
}

fn documents() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = vec![root.join("../spec/postgresql-v1.yaml")];
    for folder in ["api", "client", "models"] {
        let entries = fs::read_dir(root.join("tests/fixtures").join(folder));
        let entries = entries.expect("the folder can be read");
        paths.extend(entries.map(|entry| entry.expect("the entry can be read").path()));
    }
    paths.sort();
    paths
}

fn published() -> Value {
    read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec/postgresql-v1.yaml"))
}

fn read(path: &Path) -> Value {
    let text = fs::read_to_string(path).expect("the document can be read");
    serde_yaml::from_str(&text).expect("the document is YAML")
}
