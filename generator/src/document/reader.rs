//! From a value to OpenAPI's model, keyword by keyword.
//!
//! `openapiv3`'s own way of reading is all or nothing: one bad keyword costs the whole document, and
//! the message names neither the keyword nor its place. Here every keyword is read by itself. One
//! that is wrong is reported, then repaired where its meaning is plain and left out where it is not,
//! and reading goes on.
//!
//! OpenAPI 3.1 and 3.0 are read alike; what 3.1 says differently is turned into what 3.0 says.
//!
//! # What the model cannot hold
//!
//! `openapiv3` models OpenAPI 3.0. What it has no field for is kept in `extensions`, under its own
//! name:
//!
//! - of a schema: `KEPT` in `schema::keywords`, and `minimum` and `maximum` where a float cannot hold them,
//! - of a media type: `itemSchema`, to tell what its schema describes, see [`ItemPart`],
//! - of a discriminator: `defaultMapping`, as a reference,
//! - of an encoding: `explode`, to tell absent from `false`,
//! - of the document: `webhooks` and `jsonSchemaDialect`.
//!
//! Operations of other methods than those of 3.0 stand beside the model.
//!
//! A security scheme of the type `mutualTLS` becomes an HTTP scheme of the name `mutualTLS`.
//! A callback that is a reference becomes an empty one: nothing is generated for callbacks.

mod components;
mod errors;
mod legacy;
mod media;
mod object;
mod operation;
mod parameter;
mod path_item;
mod resolve;
mod resources;
mod root;
mod schema;
mod security;
mod stream;
mod twins;
mod version;

use std::collections::HashMap;

use indexmap::IndexMap;
use serde_json::Value;

use self::errors::Errors;
use self::object::Object;
use self::resolve::{Hoists, Targets};
pub(crate) use self::schema::DEFAULT_MAPPING;
pub(super) use self::schema::{anything, made_of};
pub(crate) use self::stream::ItemPart;
use self::twins::Twins;
pub(super) use self::version::Version;
use super::lookup::Lookup;
use super::moves::Moves;
use super::operations::{Model, OtherOperations};
use super::pointer::{Path, Pointer};
use super::source::{FileId, Sources};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Location, Place};

/// A document and the files that it refers to, as values.
#[derive(Debug)]
pub(super) struct Files<'v> {
    /// The texts.
    pub(super) sources: &'v Sources,
    /// The file that holds the document.
    pub(super) main: FileId,
    /// The values; the main one among them.
    pub(super) values: &'v HashMap<FileId, Value>,
    /// What stands elsewhere than in the document's file, for an overlay has put it there.
    pub(super) overlaid: &'v Moves,
}

/// A document as read.
#[derive(Debug)]
pub(super) struct Outcome {
    pub(super) model: Model,
    /// What the model has elsewhere than the text.
    pub(super) moves: Moves,
    /// Where the components stand that are schemas within operations or within others.
    pub(super) unnamed_schemas: HashMap<String, Pointer>,
}

/// Reads a document; nothing where it is not OpenAPI at all.
pub(super) fn read(files: &Files<'_>, diagnostics: &mut Diagnostics) -> Option<Outcome> {
    let value = files.values.get(&files.main)?;
    let version = version::check(value, files.main, diagnostics)?;
    let twins = Twins::of(value);
    let mut reader = Reader {
        files,
        file: files.main,
        version,
        diagnostics,
        hoists: Hoists::default(),
        moves: Moves::default(),
        others: OtherOperations::new(),
        takes_bodies: false,
        reads_events: false,
        spellings: HashMap::new(),
        repeated: IndexMap::new(),
        errors: Errors::of(value, &twins),
        twins,
        targets: Targets::of(value),
    };
    reader.adopt_components();
    let path = Path::root();
    let mut openapi = root::document(&mut reader, value, &path)?;
    reader.read_hoisted(&mut openapi);
    reader.report_repeated();
    Some(Outcome {
        model: Model {
            openapi,
            others: reader.others,
        },
        moves: reader.moves,
        unnamed_schemas: reader.hoists.into_unnamed(),
    })
}

/// A reading function: it reports what is wrong, and gives nothing where nothing is left.
type Read<'d, 'v, T> = fn(&mut Reader<'d, 'v>, &'v Value, &Path<'_>) -> Option<T>;

/// What reading needs to know everywhere.
struct Reader<'d, 'v> {
    files: &'v Files<'v>,
    /// The file that is being read.
    file: FileId,
    version: Version,
    diagnostics: &'d mut Diagnostics,
    hoists: Hoists,
    moves: Moves,
    /// What of the paths the model has no field for.
    others: OtherOperations,
    /// Whether parameters that are bodies, as in Swagger 2.0, are taken for the body around them.
    takes_bodies: bool,
    /// Whether schemas are those of events, whose data may be a text of JSON.
    reads_events: bool,
    /// Texts that were read for how a value is written.
    spellings: HashMap<FileId, Option<Lookup<'v>>>,
    /// What is reported once, by message: at its first place, and how often it stands somewhere.
    repeated: IndexMap<String, (Diagnostic, usize)>,
    /// The components and resources that schemas elsewhere may be equal to.
    twins: Twins<'v>,
    /// The bodies of errors that become components.
    errors: Errors,
    /// Where references lead.
    targets: Targets,
}

impl<'d, 'v> Reader<'d, 'v> {
    fn object<'r, 'p>(
        &'r mut self,
        value: &'v Value,
        path: &'p Path<'p>,
    ) -> Option<Object<'r, 'd, 'v, 'p>> {
        match value {
            Value::Object(map) => Some(Object::new(self, map, path)),
            // Some libraries write an empty object as an empty list.
            Value::Array(items) if items.is_empty() => {
                self.coerced(path, "an empty list", "an empty object");
                Some(Object::new(self, object::empty(), path))
            }
            _ => {
                self.wrong_type(value, path, "an object");
                None
            }
        }
    }

    /// Reads a part of a file, and then goes on where it was.
    fn within<T>(&mut self, file: FileId, read: impl FnOnce(&mut Self) -> T) -> T {
        let outer = std::mem::replace(&mut self.file, file);
        let part = read(self);
        self.file = outer;
        part
    }

    fn at_value(&self, path: &Path<'_>) -> Location {
        Location {
            file: self.file,
            place: Place::Value(path.to_pointer()),
        }
    }

    fn at_key(&self, path: &Path<'_>) -> Location {
        Location {
            file: self.file,
            place: Place::Key(path.to_pointer()),
        }
    }

    fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Notes what tools write in the same way everywhere, and what is harmless: each message is reported once.
    fn push_once(&mut self, diagnostic: Diagnostic) {
        let message = diagnostic.message.clone();
        self.repeated.entry(message).or_insert((diagnostic, 0)).1 += 1;
    }

    fn report_repeated(&mut self) {
        for (_, (mut diagnostic, count)) in std::mem::take(&mut self.repeated) {
            if count > 1 {
                diagnostic.message = format!("{}, the first of {count}", diagnostic.message);
            }
            self.push(diagnostic);
        }
    }

    /// Reports that a part of the document is lost, for its value is of the wrong type.
    fn wrong_type(&mut self, value: &Value, path: &Path<'_>, expected: &str) {
        let message = format!(
            "{} has to be {expected}, but is {}",
            subject(path),
            describe(value)
        );
        let code = if self.is_section(path) {
            Code::InvalidDocument
        } else {
            Code::WrongType
        };
        let diagnostic = Diagnostic::new(code, self.at_value(path), message)
            .label(format!("expected {expected}"));
        self.push(diagnostic);
    }

    /// Whether so much stands at a place that nothing is left without it.
    fn is_section(&self, path: &Path<'_>) -> bool {
        let pointer = path.to_pointer();
        let mut segments = pointer.segments();
        let is_section = match (segments.next().as_deref(), segments.next()) {
            (None | Some("paths" | "components"), None) => true,
            (Some("components"), Some(_)) => segments.next().is_none(),
            _ => false,
        };
        is_section && self.file == self.files.main
    }

    /// Reports a keyword that is read as if it were written as it should be.
    fn coerced(&mut self, path: &Path<'_>, found: &str, taken: &str) {
        self.coerced_items(path, 1, found, taken);
    }

    /// Reports the first of so many items of a list, all of which are read in the same way.
    fn coerced_items(&mut self, first: &Path<'_>, count: usize, found: &str, taken: &str) {
        let mut message = format!("{} is {found}, and is taken as {taken}", subject(first));
        if count > 1 {
            message = format!("{message}, the first of {count}");
        }
        let diagnostic = Diagnostic::new(Code::CoercedValue, self.at_value(first), message)
            .label(format!("taken as {taken}"));
        self.push(diagnostic);
    }

    /// Reports a keyword that is left out, for its value is of no use.
    fn ignored(&mut self, path: &Path<'_>, reason: &str) {
        let message = format!("{} {reason}, and is ignored", subject(path));
        let location = self.at_value(path);
        self.push(Diagnostic::new(Code::IgnoredKeyword, location, message).label("ignored"));
    }

    /// Reports a keyword whose value is none of those allowed; the part that it stands in is lost.
    fn invalid(&mut self, path: &Path<'_>, message: String, help: String) {
        let location = self.at_value(path);
        self.push(Diagnostic::new(Code::InvalidValue, location, message).help(help));
    }

    /// The model has a member of a part elsewhere than the text, which has it at a path.
    fn moved(&mut self, parent: &Path<'_>, segment: &str, origin: &Path<'_>) {
        let origin = (self.file, origin.to_pointer());
        let parent = (self.file, parent.to_pointer());
        self.moves.insert(&parent, segment, origin);
    }

    /// As [`Self::moved`], for an item of a list.
    fn moved_item(&mut self, list: &Path<'_>, index: usize, origin: &Path<'_>) {
        self.moved(list, &index.to_string(), origin);
    }

    /// How a scalar is written in the text; `1.10` and `1.1` are the same number.
    fn spelling(&mut self, value: &Value, path: &Path<'_>) -> String {
        let (file, pointer) = self.files.overlaid.origin(self.file, &path.to_pointer());
        let source = self.files.sources.get(file);
        let lookup = self
            .spellings
            .entry(file)
            .or_insert_with(|| super::syntax::lookup(&source.name, &source.text));
        let written = lookup
            .as_mut()
            .and_then(|lookup| lookup.scalar(pointer.segments()));
        written.map_or_else(|| value.to_string(), str::to_owned)
    }
}

/// The words that name a keyword, an item or the document in a message.
fn subject(path: &Path<'_>) -> String {
    match (path.last(), path.list()) {
        (Some(index), Some(list)) => format!("item {index} of `{list}`"),
        (Some(segment), None) => format!("`{segment}`"),
        (None, _) => "the document".to_owned(),
    }
}

/// The words for a value's type.
fn describe(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}
