//! Files that the list of clients names, and that are not there.

use std::{fs, path::Path};

use generator::{
    diagnostic::{Code, Diagnostic, Location, Place},
    document::FileId,
};
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{Client, in_order, nearest};

/// A diagnostic for each document and overlay of these clients that is no file, with the name that was
/// probably meant.
pub(crate) fn missing(
    text: &str,
    file: FileId,
    clients: &[Client],
    path_of: impl Fn(&str) -> std::path::PathBuf,
) -> Vec<Diagnostic> {
    let Ok(list) = DeTable::parse(text) else {
        return Vec::new();
    };
    let tables = list.get_ref().get("client");
    let Some(tables) = tables.and_then(|value| value.get_ref().as_table()) else {
        return Vec::new();
    };
    let mut problems = Vec::new();
    for (name, client) in in_order(tables) {
        let is_meant = clients.iter().any(|one| one.name == *name.get_ref());
        let Some(client) = client.get_ref().as_table().filter(|_| is_meant) else {
            continue;
        };
        for key in ["document", "overlay"] {
            for named in client.get(key).into_iter().flat_map(texts) {
                let path = named.get_ref().as_str().unwrap_or_default();
                if !path_of(path).is_file() {
                    let place = Place::Offset(named.span().start);
                    problems.push(problem(path, &path_of(path), Location { file, place }));
                }
            }
        }
    }
    problems
}

/// A text, or those of a list.
fn texts<'v, 't>(value: &'v Spanned<DeValue<'t>>) -> Vec<&'v Spanned<DeValue<'t>>> {
    match value.get_ref() {
        DeValue::Array(items) => items.iter().collect(),
        _ => vec![value],
    }
}

fn problem(name: &str, path: &Path, location: Location) -> Diagnostic {
    let message = format!("there is no file `{name}`");
    let problem = Diagnostic::new(Code::InvalidSettings, location, message);
    match beside(path) {
        Some(near) => {
            let folder = name.rfind('/').map_or("", |end| &name[..=end]);
            problem.help(format!("did you mean `{folder}{near}`?"))
        }
        None => problem.help("paths are relative to the root of the workspace"),
    }
}

/// The file of the same folder whose name is most like this one's.
fn beside(path: &Path) -> Option<String> {
    let name = path.file_name()?.to_string_lossy().into_owned();
    let entries = fs::read_dir(path.parent()?).ok()?.filter_map(Result::ok);
    let files = entries.filter(|entry| entry.path().is_file());
    let mut names: Vec<String> = files
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    let known: Vec<&str> = names.iter().map(String::as_str).collect();
    nearest(&name, &known).map(str::to_owned)
}
