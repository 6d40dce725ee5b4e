//! `cargo xtask bench`: what generation costs in time and memory, how that grows, what other
//! generators take for the same, what the emitted crates take to build, and what a call through the
//! client costs.
//!
//! Programs are measured from outside, as whole processes, so that ours and others are measured
//! alike. Figures are medians of several runs.

mod builds;
mod calls;
mod documents;
mod growth;
mod measure;
mod page;
mod peers;
mod programs;
mod synthetic;

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use serde::Serialize;

use crate::{
    cli::{BenchArguments, Build, ReportFormat},
    failure::Failure,
    members, process, report,
    workspace::Workspace,
};

use builds::Builder;
use documents::Document;
use measure::Cost;

/// Where documents, output and figures go.
const FOLDER: &str = "target/bench";

/// How our own rows are called.
const OURS: &str = "this project";

/// What the folders of our own output start with.
const OUR_FOLDERS: &str = "ours";

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

/// What one program took for one document.
#[derive(Debug, Serialize)]
struct Row {
    program: String,
    document: String,
    kilobytes: u64,
    /// Lines of Rust; of ours without the copied runtime.
    lines: usize,
    cost: Cost,
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
    let bench = Bench {
        workspace,
        program: &program,
        folder: &folder,
        runs: arguments.runs.get(),
    };
    bench.documents(&documents, &mut figures)?;
    if arguments.peers {
        bench.peers(&documents, &mut figures)?;
    }
    if arguments.builds {
        bench.builds(&documents, &mut figures)?;
    }
    bench.growth(&arguments.sizes, &mut figures)?;
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

/// What measuring needs everywhere.
struct Bench<'a> {
    workspace: &'a Workspace,
    program: &'a Path,
    folder: &'a Path,
    runs: usize,
}

impl Bench<'_> {
    fn documents(&self, documents: &[Document], figures: &mut Figures) -> Result<(), Failure> {
        for document in documents {
            figures.documents.push(self.ours(document)?);
        }
        Ok(())
    }

    /// Others may fail on a document, which is a figure of its own.
    fn peers(&self, documents: &[Document], figures: &mut Figures) -> Result<(), Failure> {
        for peer in peers::PEERS {
            let Some(program) = peers::install(self.workspace, peer, &mut figures.missing)? else {
                continue;
            };
            for document in documents {
                let output = self.output(peer.name, document);
                let command = || peers::command(peer, &program, &document.path, &output);
                match self.row(peer.name, document, &output, command)? {
                    Some(row) => figures.documents.push(row),
                    None => figures
                        .missing
                        .push(format!("{} fails on {}", peer.name, document.name)),
                }
            }
        }
        Ok(())
    }

    /// What each program has emitted before; the first document from nothing too, and with a program
    /// that uses it.
    fn builds(&self, documents: &[Document], figures: &mut Figures) -> Result<(), Failure> {
        let builder = Builder {
            workspace: self.workspace,
            folder: self.folder.join("builds"),
            runs: self.runs,
        };
        figures.programs.extend(programs::regen(&builder)?);
        for row in &figures.documents {
            let name = row.program.as_str();
            let found = documents.iter().position(|one| one.name == row.document);
            let Some(index) = found else { continue };
            let folder = if name == OURS { OUR_FOLDERS } else { name };
            let emitted = self.output(folder, &documents[index]);
            let is_first = index == 0;
            let Some(build) = builder.measure(name, &row.document, &emitted, is_first)? else {
                let document = &row.document;
                let message = format!("what {name} emits for {document} does not compile");
                figures.missing.push(message);
                continue;
            };
            figures.builds.push(build);
            if is_first {
                match programs::lister(&builder, name, &emitted)? {
                    Some(program) => figures.programs.push(program),
                    None => figures
                        .missing
                        .push(format!("the program that lists clusters with {name}")),
                }
            }
        }
        Ok(())
    }

    fn growth(&self, sizes: &[usize], figures: &mut Figures) -> Result<(), Failure> {
        let mut points = Vec::new();
        for size in sizes {
            let name = format!("{size} operations and schemas");
            let path = self.folder.join(format!("synthetic-{size}.json"));
            synthetic::write(&path, *size).map_err(|error| Failure::io("write", &path, &error))?;
            let row = self.ours(&Document::new(name, path)?)?;
            points.push((*size, row.cost.cpu_seconds));
            figures.synthetic.push(row);
        }
        figures.exponent = growth::exponent(&points);
        Ok(())
    }

    fn ours(&self, document: &Document) -> Result<Row, Failure> {
        let output = self.output(OUR_FOLDERS, document);
        let command = || {
            let mut command = process::program(self.workspace, self.program);
            command.args(["regen", "--spec"]).arg(&document.path);
            command.arg("--out").arg(&output);
            command
        };
        let row = self.row(OURS, document, &output, command)?;
        row.ok_or_else(|| Failure::Problem(format!("{} cannot be generated", document.name)))
    }

    fn output(&self, program: &str, document: &Document) -> PathBuf {
        let name = document
            .name
            .replace(|one: char| !one.is_ascii_alphanumeric(), "-");
        self.folder.join(format!("{program}-{name}"))
    }

    /// The medians of several runs; nothing where the program fails.
    fn row(
        &self,
        program: &str,
        document: &Document,
        output: &Path,
        command: impl Fn() -> Command,
    ) -> Result<Option<Row>, Failure> {
        let mut costs = Vec::with_capacity(self.runs);
        for _ in 0..self.runs {
            // Whoever finds files of the same content would have less to write.
            members::remove(output)?;
            match measure::run(&mut command())? {
                Some(cost) => costs.push(cost),
                None => return Ok(None),
            }
        }
        Ok(Some(Row {
            program: program.to_owned(),
            document: document.name.clone(),
            kilobytes: document.kilobytes,
            lines: measure::lines(output)?,
            cost: measure::median(&costs),
        }))
    }
}
