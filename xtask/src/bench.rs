//! `cargo xtask bench`: what generation costs in time and memory, how that grows, what other
//! generators take for the same, what the emitted crates take to build, and what a call through the
//! client costs.
//!
//! Programs are measured from outside, as whole processes, so that ours and others are measured
//! alike. Figures are medians of several runs.

mod builds;
mod calls;
mod documents;
mod generation;
mod growth;
mod measure;
mod page;
mod peers;
mod programs;
mod synthetic;

use std::{
    fs,
    path::{Path, PathBuf},
    slice,
};

use serde::Serialize;

use crate::{
    cli::{BenchArguments, Build, ReportFormat},
    failure::Failure,
    process, report,
    workspace::Workspace,
};

use builds::Builder;
use documents::Document;
use generation::{Generation, Generator, Row};

/// Where documents, output and figures go.
const FOLDER: &str = "target/bench";

/// All figures of a run.
#[derive(Debug, Serialize)]
struct Figures {
    machine: String,
    rust: String,
    command: String,
    runs: usize,
    /// Whether our own program was optimised, as the others are.
    optimised: bool,
    documents: Vec<Row>,
    synthetic: Vec<Row>,
    builds: Vec<builds::Build>,
    programs: Vec<programs::Program>,
    /// The power of the size with which processor time grows; 1 is linear.
    exponent: Option<f64>,
    /// What another process measured of calls.
    calls: Vec<calls::Figure>,
    /// What could not be measured here, and why.
    missing: Vec<String>,
}

/// Measures, and prints or writes what came out.
pub(crate) fn run(workspace: &Workspace, arguments: &BenchArguments) -> Result<(), Failure> {
    let folder = workspace.path(FOLDER);
    create(&folder)?;
    let program = program(workspace, arguments.build)?;
    let mut missing = Vec::new();
    let documents = documents::select(workspace, &arguments.corpus, &mut missing)?;
    let mut figures = Figures {
        machine: measure::machine(),
        rust: process::output(process::program(workspace, "rustc").arg("--version"))?
            .trim()
            .to_owned(),
        command: command_line(),
        runs: arguments.runs.get(),
        optimised: arguments.build == Build::Optimised,
        documents: Vec::new(),
        synthetic: Vec::new(),
        builds: Vec::new(),
        programs: Vec::new(),
        exponent: None,
        calls: Vec::new(),
        missing,
    };
    let generation = Generation {
        workspace,
        folder: &folder,
        runs: arguments.runs.get(),
    };
    let ours = Generator::Ours(program);
    let mut generators = vec![ours.clone()];
    if arguments.peers {
        generators.extend(Generator::peers(workspace, &mut figures.missing)?);
    }
    for document in &documents {
        measure_generation(&generation, &generators, document, &mut figures)?;
    }
    if arguments.builds {
        let builder = Builder {
            workspace,
            folder: folder.join("builds"),
            runs: arguments.runs.get(),
        };
        measure_builds(&builder, &documents, &mut figures)?;
    }
    measure_growth(&generation, &ours, &arguments.sizes, &mut figures)?;
    generation.remove_output()?;
    figures.calls = calls::measure(workspace, arguments.build, arguments.calls)?;
    match arguments.format {
        ReportFormat::Human => print!("{}", page::text(&figures)),
        ReportFormat::Markdown => print!("{}", page::markdown(&figures)),
        ReportFormat::Json => report::json(&serde_json::to_value(&figures).unwrap_or_default()),
    }
    if arguments.report {
        let path = workspace.path(page::PATH);
        fs::write(&path, page::markdown(&figures))
            .map_err(|error| Failure::io("write", &path, &error))?;
    }
    Ok(())
}

/// The program to measure.
fn program(workspace: &Workspace, build: Build) -> Result<PathBuf, Failure> {
    if build == Build::Development {
        return std::env::current_exe()
            .map_err(|error| Failure::Problem(format!("cannot find this program: {error}")));
    }
    process::succeed(process::cargo(workspace).args([
        "build",
        "--quiet",
        "--release",
        "-p",
        "xtask",
    ]))?;
    let name = format!("target/release/xtask{}", std::env::consts::EXE_SUFFIX);
    Ok(workspace.path(&name))
}

fn command_line() -> String {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    format!("cargo xtask {}", arguments.join(" "))
}

fn create(folder: &Path) -> Result<(), Failure> {
    fs::create_dir_all(folder).map_err(|error| Failure::io("create", folder, &error))
}

/// Others may fail on a document, which is a figure of its own.
fn measure_generation(
    generation: &Generation<'_>,
    generators: &[Generator],
    document: &Document,
    figures: &mut Figures,
) -> Result<(), Failure> {
    let rows = generation.measure(generators, document)?;
    for generator in generators {
        let name = generator.name();
        if rows.iter().any(|row| row.program == name) {
            continue;
        }
        let message = format!("{name} fails on {}", document.name);
        if let Generator::Ours(_) = generator {
            return Err(Failure::Problem(message));
        }
        figures.missing.push(message);
    }
    figures.documents.extend(rows);
    Ok(())
}

/// What each generator has emitted before; the first document from nothing too, and with a program
/// that uses it.
fn measure_builds(
    builder: &Builder<'_>,
    documents: &[Document],
    figures: &mut Figures,
) -> Result<(), Failure> {
    figures.programs.extend(programs::regen(builder)?);
    for (index, document) in documents.iter().enumerate() {
        let rows = figures.documents.iter();
        let rows: Vec<&Row> = rows.filter(|row| row.document == document.name).collect();
        let is_first = index == 0;
        let built = builder.measure(&rows, is_first)?;
        for row in rows {
            let Row {
                program, output, ..
            } = row;
            if !built.iter().any(|build| build.program == *program) {
                let message = format!(
                    "what {program} emits for {} does not compile",
                    document.name
                );
                figures.missing.push(message);
            } else if is_first {
                match programs::lister(builder, program, output)? {
                    Some(program) => figures.programs.push(program),
                    None => figures
                        .missing
                        .push(format!("the program that lists clusters with {program}")),
                }
            }
        }
        figures.builds.extend(built);
    }
    Ok(())
}

fn measure_growth(
    generation: &Generation<'_>,
    ours: &Generator,
    sizes: &[usize],
    figures: &mut Figures,
) -> Result<(), Failure> {
    let mut points = Vec::new();
    for size in sizes {
        let name = format!("{size} operations and schemas");
        let path = generation.folder.join(format!("synthetic-{size}.json"));
        synthetic::write(&path, *size).map_err(|error| Failure::io("write", &path, &error))?;
        let document = Document::new(name, path)?;
        let rows = generation.measure(slice::from_ref(ours), &document)?;
        if rows.is_empty() {
            let message = format!("{} cannot be generated", document.name);
            return Err(Failure::Problem(message));
        }
        points.extend(rows.iter().map(|row| (*size, row.cost.cpu_seconds)));
        figures.synthetic.extend(rows);
    }
    figures.exponent = growth::exponent(&points);
    Ok(())
}
