//! The client names the generator in its requests, and its runtime is copied into crates of its own,
//! so that it cannot ask cargo for the version.

use std::fs;
use std::path::Path;

use toml::Table;

#[test]
fn the_runtime_names_the_version_of_the_generator() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let read = |path: &str| fs::read_to_string(root.join(path)).expect("the file can be read");
    let manifest: Table = read("generator/Cargo.toml").parse().expect("it is TOML");
    let version = manifest["package"]["version"]
        .as_str()
        .expect("it is a text");
    let product = format!("openapi-client-generator/{version}\"");
    assert!(read("generated-client/src/runtime/builder.rs").contains(&product));
}
