//! The table of models from which tests of the client make values.
//!
//! It is kept beside those tests. Where it is out of date, run this test with the variable
//! `UPDATE_MODEL_TABLE` set, and read the difference.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use generator::document::Sources;
use generator::ir::Api;
use generator::{Request, Settings};
use serde_json::Value;

#[test]
fn the_table_of_models_is_fresh() {
    let folder = root().join("../generated-client/tests/properties/table");
    let api = published();
    for (name, expected) in [("models.json", shapes(&api)), ("models.rs", names(&api))] {
        let path = folder.join(name);
        if env::var_os("UPDATE_MODEL_TABLE").is_some() {
            fs::create_dir_all(&folder).expect("a folder can be made");
            fs::write(&path, &expected).expect("a file can be written");
        }
        assert!(
            fs::read_to_string(&path).is_ok_and(|present| present == expected),
            "the table of models is out of date: run this test with UPDATE_MODEL_TABLE=1"
        );
    }
}

/// What the client's own document says, with our corrections.
fn published() -> Api {
    let mut sources = Sources::default();
    let [document, overlay] = ["postgresql-v1.yaml", "postgresql-v1.overlay.yaml"].map(|name| {
        let path = root().join("../spec").join(name);
        let text = fs::read_to_string(path).expect("the document can be read");
        sources.add(name.to_owned(), text)
    });
    let settings = Settings {
        module: "v1".to_owned(),
    };
    let lowered = generator::lower(&Request {
        sources: &sources,
        document,
        overlays: &[overlay],
        settings: &settings,
    });
    lowered.api.expect("the document can be understood")
}

/// What each model is, one a line.
fn shapes(api: &Api) -> String {
    let lines = api.types.iter().map(|model| {
        let name = Value::from(model.name.as_str());
        let mut model = serde_json::to_value(model).expect("a model is data");
        forget_prose(&mut model);
        format!("{name}: {model}")
    });
    format!("{{\n{}\n}}\n", lines.collect::<Vec<_>>().join(",\n"))
}

/// Leaves out what makes no difference to a value.
fn forget_prose(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.retain(|name, _| !["docs", "pointer", "constraints"].contains(&name.as_str()));
            members.sort_keys();
            members.values_mut().for_each(forget_prose);
        }
        Value::Array(items) => items.iter_mut().for_each(forget_prose),
        _ => {}
    }
}

fn names(api: &Api) -> String {
    let lines = api
        .types
        .iter()
        .map(|model| format!("    {},\n", model.name));
    format!(
        "// Written by the test `model_table` of the generator.\n\nmodels! {{\n{}}}\n",
        lines.collect::<String>()
    )
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}
