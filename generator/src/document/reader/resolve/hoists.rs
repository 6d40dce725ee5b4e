//! What becomes a component because a reference leads to it.

use std::collections::{HashMap, HashSet, VecDeque};

use serde_json::{Map, Value};

use super::{Section, Target};
use crate::document::moves::Origin;
use crate::document::pointer::Pointer;
use crate::document::reader::Reader;
use crate::document::source::FileId;

/// Something that becomes a component because a reference leads to it.
#[derive(Debug, Clone)]
pub(in crate::document::reader) struct Hoist {
    pub(in crate::document::reader) section: Section,
    pub(in crate::document::reader) file: FileId,
    pub(in crate::document::reader) pointer: Pointer,
    pub(in crate::document::reader) name: String,
}

/// What has become a component so far.
#[derive(Debug, Default)]
pub(in crate::document::reader) struct Hoists {
    pub(super) names: HashMap<(Section, FileId, Pointer), String>,
    taken: HashSet<(Section, String)>,
    /// The next number to try behind a name.
    numbers: HashMap<(Section, String), usize>,
    /// Components of the document that are what they refer to.
    pub(super) adopted: HashMap<(Section, String), Origin>,
    waiting: VecDeque<Hoist>,
    /// Where the one stands that is being read.
    reading: Option<Origin>,
    /// The schemas of the document that have no names of their own, by those that they are given.
    unnamed: HashMap<String, Pointer>,
}

impl Hoists {
    /// The next one to read.
    pub(in crate::document::reader) fn next(&mut self) -> Option<Hoist> {
        self.waiting.pop_front()
    }

    /// Enters that what stands at a place is being read as what it becomes; gives what was before.
    pub(in crate::document::reader) fn set_reading(
        &mut self,
        place: Option<Origin>,
    ) -> Option<Origin> {
        std::mem::replace(&mut self.reading, place)
    }

    pub(super) fn is_reading(&self, file: FileId, pointer: &Pointer) -> bool {
        let reading = self.reading.as_ref();
        reading.is_some_and(|(other, place)| *other == file && place == pointer)
    }

    /// The schemas of the document that stand within others or within operations, by the names that they have
    /// as components.
    pub(in crate::document::reader) fn into_unnamed(self) -> HashMap<String, Pointer> {
        self.unnamed
    }
}

impl<'v> Reader<'_, 'v> {
    pub(super) fn hoist(&mut self, section: Section, target: &Target<'v>) -> String {
        self.hoist_as(None, section, target)
    }

    /// The name of the component that an error or a resource becomes; nothing for others, and where it is
    /// read as that.
    pub(in crate::document::reader) fn hoist_twin(
        &mut self,
        schema: &Map<String, Value>,
        pointer: &Pointer,
    ) -> Option<String> {
        let error = self.errors.at(pointer);
        let error = error.map(|error| (&error.name, &error.pointer));
        let resource = || self.twins.resource(schema);
        let resource = || resource().map(|resource| (&resource.name, &resource.pointer));
        let (name, origin) = error.or_else(resource)?;
        let is_itself = pointer == origin;
        if is_itself && self.hoists.is_reading(self.file, pointer) {
            return None;
        }
        let (name, target) = (name.clone(), self.target_at(self.files.main, origin)?);
        Some(self.hoist_as(Some(name), Section::Schemas, &target))
    }

    /// Makes a component, by the name that is given or by one from its place.
    fn hoist_as(&mut self, name: Option<String>, section: Section, target: &Target<'v>) -> String {
        let pointer = target.pointer();
        let key = (section, target.file, pointer.clone());
        if let Some(name) = self.hoists.names.get(&key) {
            return name.clone();
        }
        let own_name = name.or_else(|| self.own_name(section, target));
        let is_unnamed = own_name.is_none();
        let stem = own_name.unwrap_or_else(|| self.stem(section, target));
        let mut name = stem.clone();
        let known = self.hoists.numbers.get(&(section, stem.clone()));
        let mut number = known.copied().unwrap_or(2);
        while self.is_taken(section, &name) {
            name = format!("{stem}{number}");
            number += 1;
        }
        self.hoists.numbers.insert((section, stem), number);
        self.hoists.taken.insert((section, name.clone()));
        self.hoists.names.insert(key, name.clone());
        if is_unnamed && section == Section::Schemas && target.file == self.files.main {
            self.hoists.unnamed.insert(name.clone(), pointer.clone());
        }
        let parent = (self.files.main, section.pointer());
        self.moves
            .insert(&parent, &name, (target.file, pointer.clone()));
        self.hoists.waiting.push_back(Hoist {
            section,
            file: target.file,
            pointer,
            name: name.clone(),
        });
        name
    }

    fn is_taken(&self, section: Section, name: &str) -> bool {
        self.hoists.taken.contains(&(section, name.to_owned()))
            || self
                .value_at(self.files.main, &section.pointer().join(name))
                .is_some()
    }

    /// The name by which the document keeps it: as a component, as what a schema of an operation defines, or
    /// as hapi-swagger does in `x-alt-definitions`.
    fn own_name(&self, section: Section, target: &Target<'_>) -> Option<String> {
        let name = match target.segments.as_slice() {
            [components, _, name] if components == "components" => name,
            [paths, .., defs, name]
                if paths == "paths" && defs == "$defs" && !self.is_taken(section, name) =>
            {
                name
            }
            [extension, name] if extension.starts_with("x-") => name,
            _ => return None,
        };
        Some(name.clone())
    }

    /// A name from the place: its file and its segments other than keywords, in Pascal case.
    fn stem(&self, section: Section, target: &Target<'_>) -> String {
        let mut stem = String::new();
        if target.segments.is_empty() {
            let name = &self.files.sources.get(target.file).name;
            let file = name.rsplit('/').next().unwrap_or(name);
            push_pascal(&mut stem, file.split('.').next().unwrap_or(file));
        }
        for segment in &target.segments {
            match segment.as_str() {
                "items" | "additionalProperties" => stem.push_str("Item"),
                "requestBody" => stem.push_str("Request"),
                "components" | "schemas" | "properties" | "paths" | "content" | "schema"
                | "definitions" | "$defs" | "application/json" => {}
                "responses" | "parameters" | "headers" if target.segments.len() <= 2 => {}
                other => push_pascal(&mut stem, other),
            }
        }
        if stem.is_empty() {
            push_pascal(&mut stem, section.key());
        }
        stem
    }
}

/// Adds a segment's words in Pascal case.
pub(in crate::document::reader) fn push_pascal(text: &mut String, segment: &str) {
    let mut starts = true;
    for character in segment.chars() {
        if !character.is_alphanumeric() {
            starts = true;
        } else if starts {
            text.extend(character.to_uppercase());
            starts = false;
        } else {
            text.push(character);
        }
    }
}
