//! From the intermediate representation to Rust.

use crate::{GeneratedFile, Settings, ir::Api};

/// Writes the modules of a client.
pub(crate) fn emit(api: &Api, settings: &Settings) -> Vec<GeneratedFile> {
    vec![GeneratedFile {
        path: format!("{}/mod.rs", settings.module),
        text: format!("//! {} {}\n", api.title, api.version),
    }]
}
