//! `cargo xtask corpus`: generates and compiles a client for every document of folders.

use std::{
    collections::HashSet,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    time::Instant,
};

use generator::{Generated, diagnostic::Code, document::Sources};
use serde_json::{Value, json};

use crate::{
    cli::{CorpusArguments, Format},
    failure::Failure,
    input, members, memory,
    regen::standalone::{Template, by_code, joined_words},
    report,
    workspace::Workspace,
};

mod check;

/// What became of one document.
#[derive(Debug, Default)]
struct Row {
    name: String,
    kilobytes: u64,
    operations: usize,
    types: usize,
    lines: usize,
    codes: Vec<(&'static str, usize)>,
    /// Operations that could not be emitted.
    skipped: usize,
    milliseconds: u128,
    /// The most memory that was held while the document was worked on, in kilobytes.
    memory: Option<u64>,
    /// Errors of the generator, or of the compiler.
    errors: usize,
    warnings: usize,
}

/// Runs all documents and prints a table.
pub(crate) fn run(workspace: &Workspace, arguments: &CorpusArguments) -> Result<(), Failure> {
    let folder = workspace.root().join("target").join("corpus");
    let mut documents = Vec::new();
    for folder in &arguments.folders {
        documents.extend(documents_of(folder, arguments.largest)?);
    }
    let template = Template::new();
    let mut rows = Vec::with_capacity(documents.len());
    let mut names = HashSet::new();
    for document in &documents {
        let name = unused_name(document, &mut names);
        rows.push(generate(&template, document, &folder, name)?);
    }
    check::check(workspace, &folder, &mut rows)?;
    match arguments.format {
        Format::Json => report::json(&rows.iter().map(as_json).collect()),
        Format::Sarif => {
            return Err(Failure::Usage("a table cannot be SARIF".to_owned()));
        }
        Format::Human => print!("{}", as_text(&rows)),
    }
    let failed = rows
        .iter()
        .filter(|row| row.errors + row.warnings > 0)
        .count();
    if failed > 0 {
        let documents = report::count(failed, "document");
        return Err(Failure::Problem(format!("{documents} failed")));
    }
    Ok(())
}

/// The documents of a folder, by name.
fn documents_of(folder: &Path, largest: Option<u64>) -> Result<Vec<PathBuf>, Failure> {
    let unreadable = |error| Failure::io("read", folder, &error);
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let path = entry.path();
        let extension = path.extension().and_then(|extension| extension.to_str());
        let fits = match largest {
            Some(kilobytes) => entry.metadata().map_err(unreadable)?.len() <= kilobytes * 1024,
            None => true,
        };
        if fits && matches!(extension, Some("yaml" | "yml" | "json")) {
            paths.push(path);
        }
    }
    paths.sort();
    let parts = input::parts_of_others(&paths);
    paths.retain(|path| !parts.contains(path));
    if paths.is_empty() {
        let reason = format!("{} holds no document that could be tried", folder.display());
        return Err(Failure::Problem(reason));
    }
    Ok(paths)
}

/// A name for the crate of a document, which another document of the same name does not have yet.
fn unused_name(document: &Path, names: &mut HashSet<String>) -> String {
    let stem = document.file_stem().unwrap_or_default();
    let first = format!("corpus-{}", joined_words(&stem.to_string_lossy()));
    let mut name = first.clone();
    let mut number = 2_usize;
    while !names.insert(name.clone()) {
        name = format!("{first}-{number}");
        number += 1;
    }
    name
}

/// Generates one crate below a folder; a document with errors leaves none.
fn generate(
    template: &Template,
    document: &Path,
    folder: &Path,
    name: String,
) -> Result<Row, Failure> {
    memory::forget_peak();
    let start = Instant::now();
    let mut sources = Sources::default();
    let input = input::read_files(document, &[] as &[PathBuf], &mut sources)?;
    let Generated {
        api,
        files,
        diagnostics,
    } = generator::generate(&input.request(&sources));
    let milliseconds = start.elapsed().as_millis();
    let size = fs::metadata(document).map_err(|error| Failure::io("read", document, &error))?;
    let mut row = Row {
        kilobytes: size.len() / 1024,
        lines: files.iter().map(|file| file.text.lines().count()).sum(),
        codes: by_code(&diagnostics).into_iter().collect(),
        skipped: diagnostics
            .iter()
            .filter(|one| one.code == Code::UnsupportedOperation)
            .count(),
        milliseconds,
        memory: memory::peak(),
        errors: usize::from(report::has_errors(&diagnostics) || api.is_none()),
        ..Row::default()
    };
    let target = folder.join(&name);
    members::remove(&target)?;
    match &api {
        Some(api) if row.errors == 0 => {
            row.operations = api.operations().count();
            row.types = api.types.len();
            for file in template.crate_files(api, files, &name) {
                members::write(&target.join(&file.path), &file.text)?;
            }
        }
        _ => report::text(&diagnostics, &sources),
    }
    row.name = name;
    Ok(row)
}

fn as_json(row: &Row) -> Value {
    let codes: serde_json::Map<String, Value> = row
        .codes
        .iter()
        .map(|(code, count)| ((*code).to_owned(), json!(count)))
        .collect();
    json!({
        "name": row.name,
        "kilobytes": row.kilobytes,
        "operations": row.operations,
        "skipped": row.skipped,
        "types": row.types,
        "lines": row.lines,
        "codes": codes,
        "milliseconds": row.milliseconds,
        "peak_kilobytes": row.memory,
        "errors": row.errors,
        "warnings": row.warnings,
    })
}

fn as_text(rows: &[Row]) -> String {
    let width = rows.iter().map(|row| row.name.len()).max().unwrap_or(0);
    let mut text = format!(
        "{:<width$} {:>7} {:>10} {:>6} {:>7} {:>6} {:>7} {:>6} {:>8}  diagnostics\n",
        "document", "kB", "operations", "types", "lines", "ms", "peak MB", "errors", "warnings"
    );
    for row in rows {
        let codes: Vec<String> = row
            .codes
            .iter()
            .map(|(code, count)| format!("{count} {code}"))
            .collect();
        let _ = writeln!(
            text,
            "{:<width$} {:>7} {:>10} {:>6} {:>7} {:>6} {:>7} {:>6} {:>8}  {}",
            row.name,
            row.kilobytes,
            format!("{}/{}", row.operations, row.operations + row.skipped),
            row.types,
            row.lines,
            row.milliseconds,
            row.memory
                .map_or_else(|| "?".to_owned(), |peak| peak.div_ceil(1024).to_string()),
            row.errors,
            row.warnings,
            codes.join(", ")
        );
    }
    text
}
