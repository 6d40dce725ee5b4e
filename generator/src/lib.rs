//! Generates idiomatic Rust clients from OpenAPI documents.
//!
//! A pure library: texts go in, files and diagnostics come out. It reads no file, no clock and no
//! environment, so the same input gives the same bytes everywhere.
//!
//! ```
//! use generator::{Request, Settings, document::Sources};
//!
//! let mut sources = Sources::default();
//! let document = sources.add(
//!     "ping.yaml",
//!     "
//! openapi: 3.0.3
//! info: {title: Ping, version: 1.0.0}
//! paths:
//!   /ping:
//!     get:
//!       tags: [Health]
//!       responses: {'204': {description: The service runs.}}
//! ",
//! );
//! let settings = Settings { module: "v1".to_owned() };
//! let generated = generator::generate(&Request {
//!     sources: &sources,
//!     document,
//!     overlays: &[],
//!     settings: &settings,
//! });
//! assert!(generated.files.iter().any(|file| file.path == "v1/api/health.rs"));
//! ```

pub mod diagnostic;
pub mod diff;
pub mod document;
mod emit;
mod format;
mod http_token;
pub mod ir;
mod lower;
mod media_types;
pub mod parallel;
mod pattern;
mod runtime_names;
mod singular;
pub mod support;

use diagnostic::{Code, Diagnostic, Diagnostics, Location, Place};
use document::{FileId, Origins, Pointer, Sources};
pub use lower::is_keyword;

/// What differs from one client to another.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The Rust module that holds the emitted code, for example `v1`.
    pub module: String,
}

/// The input of a run.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// The texts.
    pub sources: &'a Sources,
    /// The OpenAPI document.
    pub document: FileId,
    /// The overlays, in the order of their application.
    pub overlays: &'a [FileId],
    /// The client's settings.
    pub settings: &'a Settings,
}

/// What a document says, as far as it could be understood.
#[derive(Debug)]
pub struct Lowered {
    /// The API; nothing where the text could not even be read.
    pub api: Option<ir::Api>,
    /// Where the parts stand to which the pointers of the API lead.
    pub origins: Origins,
    /// What there is to say about the input, in the order of its discovery.
    pub diagnostics: Vec<Diagnostic>,
}

/// The output of a run.
#[derive(Debug)]
pub struct Generated {
    /// The API; nothing where the text could not even be read.
    pub api: Option<ir::Api>,
    /// The emitted files, ordered by path; none where a diagnostic is an error.
    pub files: Vec<GeneratedFile>,
    /// What there is to say about the input, in the order of its discovery.
    pub diagnostics: Vec<Diagnostic>,
}

/// A file of emitted code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GeneratedFile {
    /// The path, with `/` between its parts, starting with the client's module.
    pub path: String,
    /// The text, formatted.
    pub text: String,
}

/// Reads a document and settles what its client looks like.
pub fn lower(request: &Request<'_>) -> Lowered {
    let mut diagnostics = Diagnostics::default();
    let document = document::load(
        request.sources,
        request.document,
        request.overlays,
        &mut diagnostics,
    );
    let (api, origins) = document
        .map(|document| {
            let said = diagnostics.len();
            let api = lower::lower(&document, &mut diagnostics);
            diagnostics.relocate(said, |location| document.origins.of(location));
            (api, document.origins)
        })
        .unzip();
    Lowered {
        api,
        origins: origins.unwrap_or_default(),
        diagnostics: diagnostics.into_vec(),
    }
}

/// Generates the client of a document.
pub fn generate(request: &Request<'_>) -> Generated {
    generate_accepting(request, &[])
}

/// Generates the client of a document, even where it has errors of some codes. Only those that have a
/// repair can be accepted, see [`Code::has_repair`].
pub fn generate_accepting(request: &Request<'_>, accepted: &[Code]) -> Generated {
    let Lowered {
        api,
        mut diagnostics,
        ..
    } = lower(request);
    for diagnostic in &mut diagnostics {
        let code = diagnostic.code;
        diagnostic.accepted = code.has_repair() && accepted.contains(&code);
    }
    let healthy = diagnostics
        .iter()
        .all(|diagnostic| diagnostic.severity() != diagnostic::Severity::Error);
    let files = match &api {
        Some(api) if healthy => emit::emit(api, request.settings),
        _ => Ok(Vec::new()),
    };
    let files = files.unwrap_or_else(|message| {
        diagnostics.push(invalid_output(request.document, message));
        Vec::new()
    });
    Generated {
        api,
        files,
        diagnostics,
    }
}

fn invalid_output(file: FileId, message: String) -> Diagnostic {
    let location = Location {
        file,
        place: Place::Value(Pointer::root()),
    };
    Diagnostic::new(Code::InvalidOutput, location, message)
        .help("this is a defect of the generator: please report it with the document")
}
