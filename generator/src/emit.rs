//! From the intermediate representation to Rust.
//!
//! Emitted code states facts of the document; whatever would be the same for two operations is in
//! the client's runtime.

mod client;
mod docs;
mod enums;
mod models;
mod operations;
mod resources;
mod rules;
mod security;
mod statuses;
mod structs;
mod types;
mod unions;

use rules::Limited;

use crate::format::{File, format};
use crate::ir::Api;
use crate::{GeneratedFile, Settings};

/// Writes the modules of a client, ordered by path.
///
/// # Errors
///
/// What is emitted is no Rust, which is a defect of this crate; the text says where.
pub(crate) fn emit(api: &Api, settings: &Settings) -> Result<Vec<GeneratedFile>, String> {
    let limited = Limited::of(api);
    let root = ("mod.rs".to_owned(), client::root(api));
    let mut files: Vec<GeneratedFile> = std::iter::once(root)
        .chain(models::modules(api, &limited))
        .chain(resources::modules(api, &limited))
        .map(|(path, file)| written(&settings.module, &path, &file))
        .collect::<Result<_, _>>()?;
    files.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(files)
}

fn written(module: &str, path: &str, file: &File) -> Result<GeneratedFile, String> {
    let path = format!("{module}/{path}");
    match format(file) {
        Ok(text) => Ok(GeneratedFile { path, text }),
        Err(error) => Err(format!("{path} would be no valid Rust: {error}")),
    }
}
