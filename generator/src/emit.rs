//! From the intermediate representation to Rust.
//!
//! Emitted code states facts of the document; whatever would be the same for two operations is in
//! the client's runtime.

mod answers;
mod arguments;
mod client;
mod declared;
mod docs;
mod enums;
mod headers;
mod models;
mod objects;
mod operations;
mod paging;
mod resources;
mod rules;
mod security;
mod statuses;
mod structs;
mod types;
mod unions;

use std::cmp::Reverse;

use rules::Limited;

use crate::format::{File, format};
use crate::ir::Api;
use crate::{GeneratedFile, Settings, parallel};

/// A module of the client that is still to be written.
///
/// Token streams take many times the memory of what they stand for, and belong to one thread, so a
/// module's come into being only where they are formatted.
struct Module<'a> {
    /// The path of its file within the client.
    path: String,
    /// How many definitions it holds: a measure of the work.
    size: usize,
    content: Box<dyn Fn() -> File + Send + Sync + 'a>,
}

/// Writes the modules of a client, ordered by path.
///
/// # Errors
///
/// What is emitted is no Rust, which is a defect of this crate; the text says where.
pub(crate) fn emit(api: &Api, settings: &Settings) -> Result<Vec<GeneratedFile>, String> {
    let limited = Limited::of(api);
    let mut modules = vec![Module {
        path: "mod.rs".to_owned(),
        size: api.resources.len(),
        content: Box::new(|| client::root(api)),
    }];
    modules.extend(headers::module(api));
    modules.extend(models::modules(api, &limited));
    modules.extend(resources::modules(api, &limited));
    // No thread is left with a large module while the others have nothing more to do.
    modules.sort_by_key(|module| Reverse(module.size));
    let files = parallel::map(&modules, |module| written(&settings.module, module));
    let mut files: Vec<GeneratedFile> = files.into_iter().collect::<Result<_, _>>()?;
    files.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(files)
}

fn written(folder: &str, module: &Module<'_>) -> Result<GeneratedFile, String> {
    let path = format!("{folder}/{}", module.path);
    match format((module.content)()) {
        Ok(text) => Ok(GeneratedFile { path, text }),
        Err(error) => Err(format!("{path} would be no valid Rust: {error}")),
    }
}
