//! What the generator emits is not only compiled but run: the models of a document of many shapes
//! read and write JSON.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// The models, and the modules of the runtime that they need; the others would only take time to
/// compile.
const LIBRARY: &str = "
#![allow(dead_code, unused_imports, unused_macros)]

pub mod models;
mod runtime {
    mod base64_bytes;
    pub mod construction;
    mod date;
    mod date_time;
    mod duration;
    mod empty_text;
    mod formatted;
    mod known_properties;
    pub mod object;
    mod param;
    mod patch;
    mod reading;
    mod secret;
    pub mod string_enum;
    mod tally;
    mod time;
    mod unchecked;
    pub mod union;
    mod uuid;
    mod value;
    pub mod value_enum;
    mod wiped;

    pub(crate) use base64_bytes::Base64;
    pub(crate) use construction::construction;
    pub use date::Date;
    pub use date_time::DateTime;
    pub use duration::IsoDuration;
    pub use formatted::InvalidText;
    pub(crate) use object::{object, property_name, unnamed};
    pub use param::ParamValue;
    pub use patch::Patch;
    pub use secret::Secret;
    pub(crate) use string_enum::string_enum;
    pub use time::Time;
    pub(crate) use unchecked::{body_rules, rules};
    pub(crate) use union::{overlapping_union, tagged_union, union};
    pub use uuid::Uuid;
    pub(crate) use value_enum::{integer_enum, value_enum};
}

#[cfg(test)]
mod cases;
";

#[test]
fn emitted_models_keep_the_values_that_they_read() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/round_trips");
    let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(["regen", "--name", "round-trips", "--spec"])
        .arg(source.join("shapes.yaml"))
        .arg("--out")
        .arg(folder.path())
        .arg("--root")
        .arg(root())
        .output()
        .expect("the command runs");
    assert!(output.status.success(), "{output:?}");

    let path = |path: &str| folder.path().join(path);
    fs::write(path("src/lib.rs"), LIBRARY).expect("a file is written");
    fs::remove_file(path("src/runtime.rs")).expect("the runtime is there");
    fs::rename(path("src/client/models.rs"), path("src/models.rs")).expect("models are there");
    fs::rename(path("src/client/models"), path("src/models")).expect("models are there");
    fs::copy(source.join("cases.rs"), path("src/cases.rs")).expect("a file is copied");
    fs::copy(root().join("Cargo.lock"), path("Cargo.lock")).expect("a file is copied");

    let output = Command::new("cargo")
        .args(["test", "--lib", "--quiet", "--no-default-features"])
        .current_dir(folder.path())
        .env("CARGO_TARGET_DIR", root().join("target/round-trips"))
        .output()
        .expect("cargo runs");
    assert!(
        output.status.success(),
        "{}{}",
        String::from_utf8_lossy(&output.stderr),
        String::from_utf8_lossy(&output.stdout)
    );
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}
