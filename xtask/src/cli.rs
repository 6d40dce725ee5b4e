//! The command line.

use std::{
    num::{NonZeroU32, NonZeroU64, NonZeroUsize},
    path::{Path, PathBuf},
};

use clap::{Args, Parser, Subcommand, ValueEnum};

/// What the command line says.
#[derive(Debug, Parser)]
#[command(
    name = "cargo xtask",
    bin_name = "cargo xtask",
    about = "The commands of this workspace",
    after_help = EXIT_CODES,
    subcommand_required = true,
    arg_required_else_help = true
)]
pub(crate) struct Arguments {
    /// The folder that holds `spec/clients.toml`; by default the one above the current folder
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) root: Option<PathBuf>,
    #[command(subcommand)]
    pub(crate) command: Command,
}

const EXIT_CODES: &str = "\
Exit codes:
  0  all is well
  1  the input has errors, or a check failed
  2  the command line is wrong

Environment:
  NO_COLOR        never use colours
  CLICOLOR_FORCE  use colours even where the output is no terminal";

/// The commands, one module each.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Regen(RegenArguments),
    Ir(IrArguments),
    Lint(LintArguments),
    Explain(ExplainArguments),
    Diff(DiffArguments),
    Fetch(FetchArguments),
    Overlay(OverlayArguments),
    Ci(CiArguments),
    Conformance(ConformanceArguments),
    Bench(BenchArguments),
    Corpus(CorpusArguments),
    Agreement(AgreementArguments),
    Coverage(CoverageArguments),
    Mutants(MutantsArguments),
}

impl Command {
    /// It needs no list of clients, only what the command line names.
    pub(crate) fn works_anywhere(&self) -> bool {
        match self {
            Self::Explain(_) | Self::Diff(_) => true,
            Self::Regen(arguments) => arguments.spec.is_some(),
            Self::Lint(arguments) => arguments.document.is_some(),
            Self::Ir(arguments) => {
                let document = arguments.document.as_deref();
                document.is_some_and(|document| Path::new(document).is_file())
            }
            _ => false,
        }
    }
}

/// Generate the clients of `spec/clients.toml` anew
///
/// Everything is generated in memory first. Then files whose content differs are written, and files
/// that are no longer generated are removed. Where the input has an error, no file is touched.
///
/// With --spec and --out, one document becomes a crate of its own instead, whatever
/// `spec/clients.toml` lists.
#[derive(Debug, Default, Args)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct RegenArguments {
    /// The clients to generate; all of them by default
    #[arg(value_name = "CLIENT")]
    pub(crate) clients: Vec<String>,
    /// Write nothing; fail, with a diff, where a file is out of date
    #[arg(long, conflicts_with = "dry_run")]
    pub(crate) check: bool,
    /// Write nothing; show what would change
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Generate a complete crate from this OpenAPI document
    #[arg(
        long,
        value_name = "FILE",
        requires = "out",
        conflicts_with = "clients"
    )]
    pub(crate) spec: Option<PathBuf>,
    /// The folder of that crate
    #[arg(long, value_name = "DIR", requires = "spec")]
    pub(crate) out: Option<PathBuf>,
    /// The name of that crate; by default it comes from the document's title
    #[arg(long, value_name = "CRATE", requires = "spec")]
    pub(crate) name: Option<String>,
    /// An overlay to apply to that document; may be given several times
    #[arg(long, value_name = "FILE", requires = "spec")]
    pub(crate) overlay: Vec<PathBuf>,
    /// Accept degradations of this kind, and errors that have a repair: they are counted, but not shown;
    /// may be given several times
    #[arg(long, value_name = "CODE", requires = "spec")]
    pub(crate) allow: Vec<String>,
    /// How to print the report
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

impl RegenArguments {
    /// `regen --check` for all clients.
    pub(crate) fn check() -> Self {
        Self {
            check: true,
            ..Self::default()
        }
    }
}

/// Generate, compile and count clients for all documents of folders
///
/// Every document becomes a crate of its own below the target folder, and all are checked together.
/// A document that cannot be generated, a compiler error and a compiler warning each fail the run.
#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct CorpusArguments {
    /// The folders with the documents, in YAML and JSON
    #[arg(value_name = "DIR", required = true)]
    pub(crate) folders: Vec<PathBuf>,
    /// Leave out documents of more than this many kilobytes
    #[arg(long, value_name = "KILOBYTES")]
    pub(crate) largest: Option<u64>,
    /// How to print the report
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

/// Compare what `diff` predicts with what the compiler and cargo-semver-checks say
///
/// For each pair of documents in `generator/tests/changes`, a program that uses all of the client of the
/// older document is compiled against the client of the newer one, and the other way round.
/// What cargo-semver-checks finds between both clients is read from an earlier run, unless this one is to
/// carry it out.
#[derive(Debug, Default, Args)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct AgreementArguments {
    /// Run cargo-semver-checks, which is built first where it is not there yet
    #[arg(long)]
    pub(crate) semver_checks: bool,
    /// Run it, and write what is found to `generator/tests/changes/AGREEMENT.md`
    #[arg(long)]
    pub(crate) report: bool,
}

/// Measure which lines of the generator and of the client their tests run
///
/// A file of which they run less than 90 % needs a reason in `xtask/conformance/figures/reasons.toml`.
#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct CoverageArguments {
    /// Write what is found to `xtask/conformance/figures/coverage.toml`
    #[arg(long)]
    pub(crate) report: bool,
}

/// Change the code in one place at a time, and see whether tests notice
///
/// A change that none notices needs a reason in `xtask/conformance/figures/reasons.toml`.
#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct MutantsArguments {
    /// The modules to change; all of these by default
    #[arg(value_name = "AREA", value_enum)]
    pub(crate) areas: Vec<MutationArea>,
    /// Try one of so many changes; by default as many as take some minutes for each area
    #[arg(long, value_name = "NUMBER")]
    pub(crate) every: Option<NonZeroU32>,
    /// Write what is found to `xtask/conformance/figures/mutants.toml`
    #[arg(long)]
    pub(crate) report: bool,
}

/// Modules whose tests are put to the test.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum MutationArea {
    /// From a document to the intermediate representation
    Lowering,
    /// What an update of a document means for callers
    Diff,
    /// When the client repeats a request
    Retry,
}

/// Print the intermediate representation of a document as JSON
#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct IrArguments {
    /// A client of `spec/clients.toml`, or else a file; may be left out where there is one client
    #[arg(value_name = "CLIENT|FILE")]
    pub(crate) document: Option<String>,
    /// An overlay to apply to the file; may be given several times
    #[arg(long, value_name = "FILE")]
    pub(crate) overlay: Vec<PathBuf>,
}

/// Print what `regen` would say about a document, without generating anything
#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct LintArguments {
    /// An OpenAPI document; by default those of all clients, with their overlays
    #[arg(value_name = "FILE")]
    pub(crate) document: Option<PathBuf>,
    /// An overlay to apply to the file; may be given several times
    #[arg(long, value_name = "FILE", requires = "document")]
    pub(crate) overlay: Vec<PathBuf>,
    /// How to print the diagnostics
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

/// Explain a diagnostic: what it means, an example, how to mend or accept it
#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct ExplainArguments {
    /// The code that stands in brackets; all codes are listed by default
    #[arg(value_name = "CODE")]
    pub(crate) code: Option<String>,
}

/// Show what an update of a document means for callers
///
/// The two documents are compared as the generator understands them. Each change is named with its
/// lines in both documents, what it means for a caller's code, and the operations that it reaches.
/// Where one of them is that of a client of `spec/clients.toml`, the client's overlays are applied to both.
#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct DiffArguments {
    /// The older document: a file, or a revision of git as in HEAD~1:spec/postgresql-v1.yaml
    #[arg(value_name = "OLD")]
    pub(crate) old: String,
    /// The newer document
    #[arg(value_name = "NEW")]
    pub(crate) new: String,
    /// An overlay to apply to both instead; may be given several times
    #[arg(long, value_name = "FILE")]
    pub(crate) overlay: Vec<PathBuf>,
    /// Compare the documents as they are, without overlays
    #[arg(long, conflicts_with = "overlay")]
    pub(crate) raw: bool,
    /// How to print the report
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: ReportFormat,
    /// Fail where there is a change of this kind or of a graver one
    #[arg(long, value_enum, value_name = "KIND")]
    pub(crate) fail_on: Option<Limit>,
}

/// Fetch the document of a client, and lock it
///
/// The document has to be read without errors, and the overlay has to fit, before anything is
/// written. Document and `spec/lock.toml` are then written together, or neither is, and a report tells
/// what the update means for callers. Downloads need https, except from this machine.
#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct FetchArguments {
    /// The client; all of them by default
    #[arg(value_name = "CLIENT")]
    pub(crate) client: Option<String>,
    /// Where the document is; by default at the URL that `spec/lock.toml` names. The document's own
    /// file locks what a person has edited
    #[arg(long, value_name = "URL|FILE")]
    pub(crate) from: Option<String>,
    #[command(flatten)]
    pub(crate) network: Network,
    /// How to print the report
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: ReportFormat,
}

/// How a document is downloaded.
#[derive(Debug, Args)]
pub(crate) struct Network {
    /// Trust the authorities of this PEM file, and no others, as a proxy within a company may need it
    #[arg(long, value_name = "FILE")]
    pub(crate) ca: Option<PathBuf>,
    /// Give up where the whole download takes longer than this
    #[arg(long, value_name = "SECONDS", default_value = "120")]
    pub(crate) timeout: NonZeroU64,
}

/// Work with the corrections of documents
#[derive(Debug, Args)]
pub(crate) struct OverlayArguments {
    #[command(subcommand)]
    pub(crate) command: OverlayCommand,
}

/// What to do with overlays.
#[derive(Debug, Subcommand)]
pub(crate) enum OverlayCommand {
    /// Show each action of an overlay: its target, its reason, and what it makes of the document
    ///
    /// An action that no longer has an effect is an error, as it is for all commands.
    #[command(after_help = EXIT_CODES)]
    Explain {
        /// The clients; all of them by default
        #[arg(value_name = "CLIENT")]
        clients: Vec<String>,
    },
}

/// Run the checks that go beyond `cargo test --workspace`
///
/// All steps run, even where one fails, and a summary comes last.
#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct CiArguments {
    /// The steps to run; all of them by default
    #[arg(value_name = "STEP")]
    pub(crate) steps: Vec<String>,
    /// List the steps and what each checks
    #[arg(long)]
    pub(crate) list: bool,
}

/// Compare the client with programs that share none of our code
///
/// The programs are pinned, and installed below `target/tools`. All servers listen on this machine
/// only.
#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct ConformanceArguments {
    /// The checks to run; all of them by default
    #[arg(value_name = "CHECK", value_enum)]
    pub(crate) checks: Vec<ConformanceCheck>,
    /// Write what is found to `generated-client/CONFORMANCE.md`, with the figures of `coverage` and `mutants`
    #[arg(long, conflicts_with = "checks")]
    pub(crate) report: bool,
}

/// A party to compare with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ConformanceCheck {
    /// The vendor's Python SDK makes the same calls and reads the same answers
    Sdk,
    /// The server Prism validates all calls, and answers from the document
    Prism,
    /// Schemathesis checks that our stand-in for the service obeys the document
    Fake,
    /// The client's examples do their work, and fail well, against the stand-in and against Prism
    Examples,
}

/// Measure generation, how it grows, and calls through the client
///
/// Programs are measured as whole processes: wall time, processor time and peak memory. Everything
/// is written below `target/bench`.
#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct BenchArguments {
    /// How often to run each program; the medians are shown
    #[arg(long, value_name = "NUMBER", default_value = "5")]
    pub(crate) runs: NonZeroUsize,
    /// A folder of other documents, of which a medium and the largest ones are generated; skipped
    /// where there is none
    #[arg(long, value_name = "DIR", default_value = "../shared/corpus")]
    pub(crate) corpus: PathBuf,
    /// The sizes of documents that are made to see how generation grows
    #[arg(
        long,
        value_name = "NUMBERS",
        value_delimiter = ',',
        default_value = "100,400,1600,6400,20000"
    )]
    pub(crate) sizes: Vec<usize>,
    /// How many calls to make of each kind
    #[arg(long, value_name = "NUMBER", default_value = "2000")]
    pub(crate) calls: NonZeroUsize,
    /// Generate with other generators too, which are installed below `target/tools`
    #[arg(long)]
    pub(crate) peers: bool,
    /// Build what was emitted too: each crate alone, and the first one from nothing
    #[arg(long)]
    pub(crate) builds: bool,
    /// Which builds of our own programs to measure
    #[arg(long, value_enum, default_value_t)]
    pub(crate) build: Build,
    /// Write the figures into `xtask/benchmarks.md` too
    #[arg(long)]
    pub(crate) report: bool,
    /// How to print the figures
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: ReportFormat,
}

/// How our own programs are built to be measured.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Build {
    /// As others are when they are installed
    #[default]
    Optimised,
    /// As they are there already
    Development,
}

/// Who reads a report of changes or of figures.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportFormat {
    /// Text for people
    #[default]
    #[value(alias = "text")]
    Human,
    /// Markdown for a page or a pull request
    Markdown,
    /// JSON for machines
    Json,
}

impl ReportFormat {
    /// How the command line calls it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Human => "human",
            Self::Markdown => "markdown",
            Self::Json => "json",
        }
    }
}

/// The least grave change that fails a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Limit {
    /// Code of callers no longer compiles
    Breaking,
    /// Code of callers does something else when it runs
    Behaviour,
    /// Anything, documentation included
    Any,
}

/// Who reads a report.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Text for people
    #[default]
    Human,
    /// JSON for machines
    Json,
    /// The diagnostics alone, in SARIF 2.1.0 for code hosts
    Sarif,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::Arguments;

    #[test]
    fn the_command_line_is_consistent() {
        Arguments::command().debug_assert();
    }
}
