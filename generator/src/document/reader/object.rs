//! Takes an object's keywords one by one and reports those that nobody asked for.

use std::sync::LazyLock;

use indexmap::IndexMap;
use serde_json::{Map, Number, Value};

use super::version::Version;
use super::{Read, Reader, describe, subject};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::nearest::nearest;
use crate::document::pointer::Path;

static EMPTY: LazyLock<Map<String, Value>> = LazyLock::new(Map::new);

/// So many entries are looked through one by one.
const FEW: usize = 8;

/// An object without keywords.
pub(super) fn empty() -> &'static Map<String, Value> {
    &EMPTY
}

/// A keyword and its value.
type Entry<'v> = (&'v str, &'v Value);

/// An object whose keywords are being read.
pub(super) struct Object<'r, 'd, 'v, 'p> {
    pub(super) reader: &'r mut Reader<'d, 'v>,
    pub(super) map: &'v Map<String, Value>,
    pub(super) path: &'p Path<'p>,
    /// The keywords asked for so far.
    known: Vec<&'static str>,
    /// Keywords that stand there in upper case: how they should be, and how they are.
    spelled: Vec<(&'static str, &'v str)>,
}

impl<'r, 'd, 'v, 'p> Object<'r, 'd, 'v, 'p> {
    pub(super) fn new(
        reader: &'r mut Reader<'d, 'v>,
        map: &'v Map<String, Value>,
        path: &'p Path<'p>,
    ) -> Self {
        Self {
            reader,
            map,
            path,
            known: Vec::with_capacity(64),
            spelled: Vec::new(),
        }
    }

    /// Takes these keywords for what they are in whatever case they stand.
    pub(super) fn read_in_any_case(&mut self, keywords: &[&'static str]) {
        for key in self.map.keys() {
            let keyword = keywords.iter().find(|one| one.eq_ignore_ascii_case(key));
            let Some(keyword) = keyword.filter(|one| *one != key) else {
                continue;
            };
            let is_known = self.spelled.iter().any(|(known, _)| known == keyword);
            if !is_known && !self.map.contains_key(*keyword) {
                let path = self.path.key(key);
                let taken = format!("`{keyword}`");
                self.reader.coerced(&path, "not in lower case", &taken);
                self.reader.moved(self.path, keyword, &path);
                self.spelled.push((keyword, key));
            }
        }
    }

    /// How a keyword is written here.
    fn spelled(&self, key: &'static str) -> &'v str {
        let spelled = self.spelled.iter().find(|(keyword, _)| *keyword == key);
        spelled.map_or(key, |(_, spelled)| spelled)
    }

    /// A keyword's value, null included.
    pub(super) fn value(&mut self, key: &'static str) -> Option<&'v Value> {
        self.known.push(key);
        let spelled = self.spelled(key);
        // Most objects have few keywords, and are asked for many: comparing is faster than hashing.
        if self.map.len() > FEW {
            return self.map.get(spelled);
        }
        let entry = self.map.iter().find(|(keyword, _)| *keyword == spelled);
        entry.map(|(_, value)| value)
    }

    /// A keyword's value; null counts as absent.
    pub(super) fn take(&mut self, key: &'static str) -> Option<&'v Value> {
        let value = self.value(key)?;
        if value.is_null() {
            let path = self.path.key(key);
            self.reader.coerced(&path, "null", "absent");
            return None;
        }
        Some(value)
    }

    /// A keyword's value, copied.
    pub(super) fn any(&mut self, key: &'static str) -> Option<Value> {
        self.value(key).cloned()
    }

    /// A text. Numbers and booleans are taken as they are written.
    pub(super) fn text(&mut self, key: &'static str) -> Option<String> {
        let value = self.take(key)?;
        let path = self.path.key(key);
        self.reader.text(value, &path)
    }

    /// A text that the specification requires; the given one where it is missing.
    pub(super) fn text_or(&mut self, key: &'static str, assumed: &str) -> String {
        if !self.map.contains_key(key) {
            let words = match assumed {
                "" => "an empty one".to_owned(),
                _ => format!("`{assumed}`"),
            };
            self.assumed(key, &words);
        }
        self.text(key).unwrap_or_else(|| assumed.to_owned())
    }

    /// A text without which the object means nothing.
    pub(super) fn required_text(&mut self, key: &'static str) -> Option<String> {
        let value = self.required(key)?;
        let path = self.path.key(key);
        self.reader.required_text(value, &path)
    }

    /// A value without which the object means nothing.
    pub(super) fn required(&mut self, key: &'static str) -> Option<&'v Value> {
        let value = self.value(key);
        if value.is_none() {
            self.missing(key);
        }
        value
    }

    /// A boolean. The texts `true` and `false` are taken for one.
    pub(super) fn flag(&mut self, key: &'static str) -> Option<bool> {
        let value = self.take(key)?;
        let path = self.path.key(key);
        match value {
            Value::Bool(flag) => Some(*flag),
            Value::String(text) if text == "true" || text == "false" => {
                self.reader.coerced(&path, "a text", "a boolean");
                Some(text == "true")
            }
            _ => {
                self.reader.ignored_type(value, &path, "a boolean");
                None
            }
        }
    }

    /// A number. A text that holds one is taken for it.
    pub(super) fn number(&mut self, key: &'static str) -> Option<Number> {
        let value = self.take(key)?;
        let path = self.path.key(key);
        let number = match value {
            Value::Number(number) => Some(number.clone()),
            Value::String(text) => text.parse().ok().inspect(|_: &Number| {
                self.reader.coerced(&path, "a text", "a number");
            }),
            _ => None,
        };
        if number.is_none() {
            self.reader.ignored_type(value, &path, "a number");
        }
        number
    }

    /// A count: an integer that is not negative.
    pub(super) fn count(&mut self, key: &'static str) -> Option<usize> {
        let value = self.take(key)?;
        let path = self.path.key(key);
        let count = match value {
            Value::Number(number) => number
                .as_u64()
                .or_else(|| number.as_f64().and_then(whole))
                .and_then(|count| usize::try_from(count).ok()),
            Value::String(text) => text.parse().ok().inspect(|_: &usize| {
                self.reader.coerced(&path, "a text", "a number");
            }),
            _ => None,
        };
        if count.is_none() {
            self.reader
                .ignored_type(value, &path, "an integer from 0 on");
        }
        count
    }

    /// A part of the document.
    pub(super) fn item<T>(&mut self, key: &'static str, read: Read<'d, 'v, T>) -> Option<T> {
        let value = self.take(key)?;
        let path = self.path.key(self.spelled(key));
        read(self.reader, value, &path)
    }

    /// A list of parts.
    pub(super) fn list<T>(&mut self, key: &'static str, read: Read<'d, 'v, T>) -> Vec<T> {
        let Some(value) = self.take(key) else {
            return Vec::new();
        };
        let path = self.path.key(key);
        self.reader.list(value, &path, read)
    }

    /// A list of texts. One text alone is taken for a list of one.
    pub(super) fn texts(&mut self, key: &'static str) -> Vec<String> {
        let Some(value) = self.take(key) else {
            return Vec::new();
        };
        let path = self.path.key(key);
        if let Value::String(text) = value {
            self.reader.coerced(&path, "a text", "a list of one");
            return vec![text.clone()];
        }
        self.reader.list(value, &path, Reader::text)
    }

    /// Parts by name.
    pub(super) fn map<T>(
        &mut self,
        key: &'static str,
        read: Read<'d, 'v, T>,
    ) -> IndexMap<String, T> {
        let Some(value) = self.take(key) else {
            return IndexMap::new();
        };
        let path = self.path.key(key);
        self.reader.map(value, &path, read)
    }

    /// Reports a keyword without which the object means nothing.
    pub(super) fn missing(&mut self, key: &'static str) {
        let location = self.reader.at_value(self.path);
        let message = format!("{} lacks `{key}`, which is required", subject(self.path));
        let diagnostic = Diagnostic::new(Code::MissingKeyword, location, message)
            .label(format!("`{key}` is missing"))
            .help(format!("add `{key}`"));
        self.reader.push(diagnostic);
    }

    /// Reports a missing keyword that can be done without.
    pub(super) fn assumed(&mut self, key: &'static str, assumed: &str) {
        let location = self.reader.at_value(self.path);
        let message = format!(
            "{} lacks `{key}`, which is required; {assumed} is assumed",
            subject(self.path)
        );
        let diagnostic = Diagnostic::new(Code::AssumedKeyword, location, message)
            .label(format!("`{key}` is missing"));
        self.reader.push(diagnostic);
    }

    /// The extensions. Every other keyword that nobody asked for is reported.
    pub(super) fn finish(mut self) -> IndexMap<String, Value> {
        self.rest()
    }

    /// As [`Self::finish`], where the object is only borrowed.
    pub(super) fn rest(&mut self) -> IndexMap<String, Value> {
        self.extensions(Reader::unknown)
    }

    /// As [`Self::finish`], of a schema: since OpenAPI 3.1, it may hold keywords of the document's own.
    pub(super) fn finish_schema(mut self) -> IndexMap<String, Value> {
        self.extensions(Reader::unknown_in_schema)
    }

    fn extensions(
        &mut self,
        unknown: fn(&mut Reader<'d, 'v>, Entry<'v>, &Path<'_>, &[&str]),
    ) -> IndexMap<String, Value> {
        let mut extensions = IndexMap::new();
        let map = self.map;
        for (key, value) in map {
            if key.starts_with("x-") {
                if key == "x-rust-name" && !value.is_string() {
                    let location = self.reader.at_value(&self.path.key(key));
                    let message = "`x-rust-name` is no text".to_owned();
                    self.reader
                        .push(Diagnostic::new(Code::InvalidHint, location, message));
                }
                extensions.insert(key.clone(), value.clone());
            } else if !self.known.contains(&key.as_str())
                && !self.spelled.iter().any(|(_, spelled)| spelled == key)
            {
                let path = self.path.key(key);
                unknown(self.reader, (key, value), &path, &self.known);
            }
        }
        extensions
    }
}

impl<'d, 'v> Reader<'d, 'v> {
    /// A text, or a scalar as it is written.
    pub(super) fn text(&mut self, value: &'v Value, path: &Path<'_>) -> Option<String> {
        match value {
            Value::String(text) => Some(text.clone()),
            Value::Number(_) | Value::Bool(_) => {
                self.coerced(path, describe(value), "text");
                Some(self.spelling(value, path))
            }
            _ => {
                self.ignored_type(value, path, "a text");
                None
            }
        }
    }

    /// A text without which the part that it stands in means nothing.
    pub(super) fn required_text(&mut self, value: &'v Value, path: &Path<'_>) -> Option<String> {
        match value {
            Value::Null | Value::Array(_) | Value::Object(_) => {
                self.wrong_type(value, path, "a text");
                None
            }
            _ => self.text(value, path),
        }
    }

    pub(super) fn list<T>(
        &mut self,
        value: &'v Value,
        path: &Path<'_>,
        read: Read<'d, 'v, T>,
    ) -> Vec<T> {
        match value {
            Value::Array(items) => {
                let mut list = Vec::with_capacity(items.len());
                for (index, item) in items.iter().enumerate() {
                    let place = path.index(index);
                    let Some(item) = read(self, item, &place) else {
                        continue;
                    };
                    if list.len() != index {
                        self.moved_item(path, list.len(), &place);
                    }
                    list.push(item);
                }
                list
            }
            Value::Object(map) if map.is_empty() => {
                self.coerced(path, "an empty object", "an empty list");
                Vec::new()
            }
            _ => {
                self.wrong_type(value, path, "a list");
                Vec::new()
            }
        }
    }

    pub(super) fn map<T>(
        &mut self,
        value: &'v Value,
        path: &Path<'_>,
        read: Read<'d, 'v, T>,
    ) -> IndexMap<String, T> {
        let Some(object) = self.object(value, path) else {
            return IndexMap::new();
        };
        let entries = object.map;
        let mut map = IndexMap::with_capacity(entries.len());
        for (key, value) in entries {
            if let Some(item) = read(self, value, &path.key(key)) {
                map.insert(key.clone(), item);
            }
        }
        map
    }

    pub(super) fn ignored_type(&mut self, value: &Value, path: &Path<'_>, expected: &str) {
        let reason = format!("has to be {expected}, but is {}", describe(value));
        self.ignored(path, &reason);
    }

    fn unknown(&mut self, (name, _): Entry<'v>, path: &Path<'_>, known: &[&str]) {
        let message = format!("the specification knows no `{name}` here");
        let mut diagnostic =
            Diagnostic::new(Code::UnknownKeyword, self.at_key(path), message).label("ignored");
        if let Some(nearest) = nearest(name, known.iter().copied()) {
            diagnostic = diagnostic.help(format!("is `{nearest}` meant?"));
        }
        self.push(diagnostic);
    }

    /// A keyword that JSON Schema does not know is an annotation, unless it looks like a slip, like a property
    /// that stands in the wrong place, or like a keyword that JSON Schema reserves.
    fn unknown_in_schema(&mut self, entry: Entry<'v>, path: &Path<'_>, known: &[&str]) {
        let (name, value) = entry;
        let is_schema = value.get("type").or_else(|| value.get("$ref")).is_some();
        let is_own = self.version != Version::V3_0
            && !name.starts_with('$')
            && !is_schema
            && nearest(name, known.iter().copied()).is_none();
        if is_own {
            let message =
                format!("JSON Schema knows no `{name}`: it is an annotation without effect");
            let diagnostic = Diagnostic::new(Code::Annotation, self.at_key(path), message);
            self.push_once(diagnostic.label("ignored"));
        } else {
            self.unknown(entry, path, known);
        }
    }
}

/// A float without a fraction as an integer.
fn whole(number: f64) -> Option<u64> {
    let text = format!("{number}");
    text.parse().ok()
}
