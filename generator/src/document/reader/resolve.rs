//! Follows references.
//!
//! Afterwards every reference reads `#/components/<section>/<name>`, where the name stands as it is,
//! without escapes, and the component exists. What a reference finds elsewhere, in the middle of
//! another schema or in another file, becomes a component of its own.

mod displaced;
mod hoists;
mod section;
mod targets;
mod unresolved;

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::Reader;
use crate::diagnostic::{Code, Diagnostic, Location, Place};
use crate::document::external;
use crate::document::moves::Origin;
use crate::document::pointer::{Path, Pointer, unescape};
use crate::document::source::FileId;
pub(super) use hoists::{Hoist, Hoists, push_pascal};
pub(in crate::document) use section::Section;
pub(super) use targets::Targets;
use unresolved::{Unresolved, no_such_member, refused};

/// How many references one reference may lead through.
const MAX_STEPS: usize = 16;

/// An object that refers to something.
pub(super) fn reference_object(value: &Value) -> Option<&Map<String, Value>> {
    match value {
        Value::Object(map) if map.contains_key("$ref") => Some(map),
        _ => None,
    }
}

/// An object that refers to something and says nothing else.
fn lone_reference(value: &Value) -> Option<&Map<String, Value>> {
    reference_object(value).filter(|map| map.len() == 1)
}

/// Where a reference leads.
struct Target<'v> {
    file: FileId,
    segments: Vec<String>,
    value: &'v Value,
}

impl Target<'_> {
    fn pointer(&self) -> Pointer {
        let root = Pointer::root();
        self.segments
            .iter()
            .fold(root, |pointer, segment| pointer.join(segment))
    }

    /// The name, where this is a component of the document.
    fn component(&self, section: Section, main: FileId) -> Option<&str> {
        match self.segments.as_slice() {
            [components, kind, name]
                if components == "components" && kind == section.key() && self.file == main =>
            {
                Some(name)
            }
            _ => None,
        }
    }
}

impl<'v> Reader<'_, 'v> {
    /// The value at a place.
    pub(super) fn value_at(&self, file: FileId, pointer: &Pointer) -> Option<&'v Value> {
        let mut value = self.files.values.get(&file)?;
        for segment in pointer.segments() {
            value = child(value, &segment)?;
        }
        Some(value)
    }

    fn target_at(&self, file: FileId, pointer: &Pointer) -> Option<Target<'v>> {
        Some(Target {
            file,
            segments: pointer.segments().collect(),
            value: self.value_at(file, pointer)?,
        })
    }

    /// A component that is nothing but a reference gives its name to what it refers to, where that
    /// is no component itself: the usual shape of a document whose schemas are files of their own.
    pub(super) fn adopt_components(&mut self) {
        let main = self.files.values.get(&self.files.main);
        let Some(components) = main.and_then(|main| main.get("components")) else {
            return;
        };
        for section in Section::OF_COMPONENTS {
            let Some(Value::Object(entries)) = components.get(section.key()) else {
                continue;
            };
            for (name, value) in entries {
                if let Some(map) = lone_reference(value) {
                    self.adopt(*section, name, map);
                }
            }
        }
    }

    fn adopt(&mut self, section: Section, name: &str, map: &'v Map<String, Value>) {
        let main = self.files.main;
        let (mut file, mut map) = (main, map);
        let mut passed = Vec::new();
        loop {
            let Some(Value::String(text)) = map.get("$ref") else {
                return;
            };
            let Ok(target) = self.resolve(file, text) else {
                return;
            };
            let key = (section, target.file, target.pointer());
            let is_component = matches!(target.segments.first(), Some(first) if first == "components")
                && target.segments.len() == 3
                && target.file == main;
            if is_component || self.hoists.names.contains_key(&key) || passed.contains(&key) {
                return;
            }
            passed.push(key);
            match lone_reference(target.value) {
                Some(next) => (file, map) = (target.file, next),
                None => break,
            }
        }
        let Some((_, file, pointer)) = passed.last().cloned() else {
            return;
        };
        for key in passed {
            self.hoists.names.insert(key, name.to_owned());
        }
        let components = section.pointer();
        let origin = (file, pointer);
        self.moves.insert(&(main, components), name, origin.clone());
        let component = (section, name.to_owned());
        self.hoists.adopted.insert(component, origin);
    }

    /// The place of what a component of the document is, where it only refers to it.
    pub(super) fn adopted(&self, section: Section, name: &str) -> Option<Origin> {
        let component = (section, name.to_owned());
        self.hoists.adopted.get(&component).cloned()
    }

    /// A reference to a component. What it leads to becomes one if it is not.
    pub(super) fn reference(
        &mut self,
        section: Section,
        map: &'v Map<String, Value>,
        path: &Path<'_>,
    ) -> Option<String> {
        let target = self.target(section, map, path)?;
        Some(self.component_of(section, &target))
    }

    /// What a reference leads to, in the end.
    pub(super) fn follow(
        &mut self,
        section: Section,
        map: &'v Map<String, Value>,
        path: &Path<'_>,
    ) -> Option<(FileId, Pointer, &'v Value)> {
        let mut target = self.target(section, map, path)?;
        let mut seen = HashSet::new();
        while let Some(next) = reference_object(target.value) {
            if !seen.insert((target.file, target.segments.clone())) {
                self.cyclic(path);
                return None;
            }
            target = self.target_from(target.file, next, path)?;
        }
        Some((target.file, target.pointer(), target.value))
    }

    /// A discriminator's name of a schema, or reference to one, as a reference.
    pub(super) fn mapped_schema(&mut self, text: &str, path: &Path<'_>) -> Option<String> {
        let components = Section::Schemas.pointer();
        if self
            .value_at(self.files.main, &components.join(text))
            .is_some()
        {
            return Some(format!("#/components/schemas/{text}"));
        }
        let target = self.displaced(Section::Schemas, text, path);
        let Some(target) = target.or_else(|| self.resolve(self.file, text).ok()) else {
            self.ignored(path, "names no schema");
            return None;
        };
        Some(self.component_of(Section::Schemas, &target))
    }

    /// Whether an object refers to a component of a section.
    pub(super) fn refers_to(&self, section: Section, map: &Map<String, Value>) -> bool {
        let target = self.target_if_any(map);
        target.is_some_and(|target| target.component(section, self.files.main).is_some())
    }

    /// Whether a type says nothing new of the schema to which an object refers.
    pub(super) fn implies_type(&self, reference: &Map<String, Value>, own: &Value) -> bool {
        let Some(target) = self.target_if_any(reference).filter(|_| own.is_string()) else {
            return false;
        };
        match target.value.get("type") {
            Some(other) => other == own,
            None => own == "object" && target.value.get("properties").is_some(),
        }
    }

    /// What an object refers to; whoever follows the reference reports where that is nothing.
    fn target_if_any(&self, map: &Map<String, Value>) -> Option<Target<'v>> {
        let text = map.get("$ref")?.as_str()?;
        self.resolve(self.file, text).ok()
    }

    fn component_of(&mut self, section: Section, target: &Target<'v>) -> String {
        let name = match target.component(section, self.files.main) {
            Some(name) => name.to_owned(),
            None => self.hoist(section, target),
        };
        format!("#/components/{}/{name}", section.key())
    }

    fn target(
        &mut self,
        section: Section,
        map: &'v Map<String, Value>,
        path: &Path<'_>,
    ) -> Option<Target<'v>> {
        let text = map.get("$ref").and_then(Value::as_str);
        let target = match text.and_then(|text| self.displaced(section, text, &path.key("$ref"))) {
            Some(target) => target,
            None => self.target_from(self.file, map, path)?,
        };
        if let [components, other, _] = target.segments.as_slice()
            && components == "components"
            && other != section.key()
            && Section::is_known(other)
        {
            let message = format!(
                "this leads into `{other}`, where one of `{}` is due",
                section.key()
            );
            let help = format!("refer to one of `#/components/{}`", section.key());
            self.invalid(&path.key("$ref"), message, help);
            return None;
        }
        Some(target)
    }

    fn target_from(
        &mut self,
        file: FileId,
        map: &'v Map<String, Value>,
        path: &Path<'_>,
    ) -> Option<Target<'v>> {
        let path = path.key("$ref");
        let value = map.get("$ref")?;
        let Value::String(text) = value else {
            self.wrong_type(value, &path, "a text");
            return None;
        };
        match self.resolve(file, text) {
            Ok(target) => Some(target),
            Err(unresolved) => {
                let location = self.at_value(&path);
                let message = format!("`{text}` leads nowhere");
                let mut diagnostic =
                    Diagnostic::new(unresolved.code, location, message).label(unresolved.message);
                diagnostic.help = unresolved.help;
                self.push(diagnostic);
                None
            }
        }
    }

    fn resolve(&self, file: FileId, text: &str) -> Result<Target<'v>, Unresolved> {
        self.resolve_by(file, text, &mut { MAX_STEPS })
    }

    /// As [`Self::resolve`], by way of so many other references at most.
    fn resolve_by(
        &self,
        file: FileId,
        text: &str,
        steps: &mut usize,
    ) -> Result<Target<'v>, Unresolved> {
        let (name, fragment) = text.split_once('#').unwrap_or((text, ""));
        let file = if name.is_empty() {
            file
        } else {
            self.file_of(file, name)?
        };
        let root = self.files.values.get(&file);
        let root = root.ok_or_else(|| Unresolved::slip("the file could not be read"))?;
        if !fragment.is_empty() && !fragment.starts_with('/') {
            return Err(Unresolved::missing(
                "a reference within a document begins with `#/`",
            ));
        }
        let mut target = Target {
            file,
            segments: Vec::new(),
            value: root,
        };
        for raw in fragment.split('/').skip(1) {
            let segment = decode(raw);
            target.value = loop {
                if let Some(value) = child(target.value, &segment) {
                    break value;
                }
                let Some(Value::String(next)) = target.value.get("$ref") else {
                    return Err(no_such_member(&target, &segment));
                };
                // The way leads through something that only refers to what holds the rest.
                let too_long = || {
                    let message = format!("the way leads through more than {MAX_STEPS} references");
                    Unresolved::missing(&message)
                };
                *steps = steps.checked_sub(1).ok_or_else(too_long)?;
                target = self.resolve_by(target.file, next, steps)?;
            };
            target.segments.push(segment);
        }
        Ok(target)
    }

    fn file_of(&self, base: FileId, name: &str) -> Result<FileId, Unresolved> {
        if self.is_main(name) {
            return Ok(self.files.main);
        }
        let sources = self.files.sources;
        let main = &sources.get(self.files.main).name;
        let path = external::resolve(main, &sources.get(base).name, name).map_err(refused)?;
        if path == *main {
            return Ok(self.files.main);
        }
        if let Some(reason) = sources.withheld(&path) {
            return Err(Unresolved::slip(format!("the file `{path}` {reason}")));
        }
        sources
            .find(&path)
            .ok_or_else(|| Unresolved::slip(format!("there is no file `{path}`")))
    }

    /// Whether a URL is the one by which the document, as of OpenAPI 3.2, calls itself.
    fn is_main(&self, url: &str) -> bool {
        let main = self.files.values.get(&self.files.main);
        let own = main.and_then(|main| main.get("$self"));
        own.and_then(Value::as_str) == Some(url)
    }

    fn cyclic(&mut self, path: &Path<'_>) {
        let location = Location {
            file: self.file,
            place: Place::Value(path.key("$ref").to_pointer()),
        };
        self.push(
            Diagnostic::new(
                Code::CyclicReference,
                location,
                "the reference leads to itself",
            )
            .label("comes back here")
            .help("describe the thing itself in one of the places"),
        );
    }
}

fn child<'v>(value: &'v Value, segment: &str) -> Option<&'v Value> {
    match value {
        Value::Object(map) => map.get(segment),
        Value::Array(items) => items.get(segment.parse::<usize>().ok()?),
        _ => None,
    }
}

/// A segment of a reference's fragment: percent-encoded, and escaped as in a JSON pointer.
fn decode(raw: &str) -> String {
    let decoded = external::percent_decoded(raw);
    let text = decoded.unwrap_or_else(|| raw.to_owned());
    unescape(&text)
}
