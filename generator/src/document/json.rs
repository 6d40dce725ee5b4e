//! Reads JSON.

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use super::limits::{MAX_DEPTH, MAX_VALUES};
use super::syntax::{Duplicate, Parsed, SyntaxError};
use super::tree::{Kind, NodeId, Notation, Scalar, Tree};
use super::yaml;

/// Reads a text. The fast reader knows no positions, so only where it meets something wrong is the
/// text read again by the one that does.
pub(super) fn parse(text: &str) -> Result<Parsed, SyntaxError> {
    match checked(text) {
        Ok(Checked {
            value,
            repeats,
            height,
        }) => {
            if height > MAX_DEPTH {
                tree(text)?;
            }
            let duplicates = if repeats {
                duplicates(text)?
            } else {
                Vec::new()
            };
            Ok(Parsed { value, duplicates })
        }
        // The reader with positions tells more of what is wrong, and takes numbers that are too large.
        Err(_) => yaml::parse_tree(&tree(text)?),
    }
}

/// The message of the fast reader without the position that it appends.
fn reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    match text.rfind(" at line ") {
        Some(end) => text.get(..end).unwrap_or(&text).to_owned(),
        None => text,
    }
}

/// A value and what is to be checked of it.
struct Checked {
    value: Value,
    /// Whether a key stands twice in one of its objects.
    repeats: bool,
    /// How many levels of objects and arrays it has.
    height: usize,
}

fn checked(text: &str) -> serde_json::Result<Checked> {
    let left = Cell::new(MAX_VALUES);
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let checked = CheckedVisitor { left: &left }.deserialize(&mut deserializer)?;
    deserializer.end()?;
    Ok(checked)
}

#[derive(Clone, Copy)]
struct CheckedVisitor<'c> {
    /// How many more keys and values the text may hold.
    left: &'c Cell<usize>,
}

impl CheckedVisitor<'_> {
    fn count<E: Error>(self) -> Result<(), E> {
        let left = self.left.get().checked_sub(1);
        self.left
            .set(left.ok_or_else(|| E::custom("too many values"))?);
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for CheckedVisitor<'_> {
    type Value = Checked;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Checked, D::Error> {
        self.count()?;
        deserializer.deserialize_any(self)
    }
}

impl<T: Into<Value>> From<T> for Checked {
    fn from(value: T) -> Self {
        Self {
            value: value.into(),
            repeats: false,
            height: 0,
        }
    }
}

impl<'de> Visitor<'de> for CheckedVisitor<'_> {
    type Value = Checked;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Checked, E> {
        Ok(Checked::from(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Checked, E> {
        Ok(Checked::from(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Checked, E> {
        Ok(Checked::from(value))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Checked, E> {
        Ok(Checked::from(
            Number::from_f64(value).map_or(Value::Null, Value::Number),
        ))
    }

    fn visit_str<E>(self, value: &str) -> Result<Checked, E> {
        Ok(Checked::from(value))
    }

    fn visit_string<E>(self, value: String) -> Result<Checked, E> {
        Ok(Checked::from(value))
    }

    fn visit_unit<E>(self) -> Result<Checked, E> {
        Ok(Checked::from(Value::Null))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Checked, A::Error> {
        let mut items = Vec::new();
        let mut repeats = false;
        let mut height = 0;
        while let Some(item) = access.next_element_seed(self)? {
            repeats |= item.repeats;
            height = height.max(item.height);
            items.push(item.value);
        }
        Ok(Checked {
            value: Value::Array(items),
            repeats,
            height: height + 1,
        })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Checked, A::Error> {
        let mut map = Map::new();
        let mut repeats = false;
        let mut height = 0;
        while let Some(key) = access.next_key::<String>()? {
            self.count()?;
            let value = access.next_value_seed(self)?;
            repeats |= value.repeats || map.contains_key(&key);
            height = height.max(value.height);
            map.entry(key).or_insert(value.value);
        }
        Ok(Checked {
            value: Value::Object(map),
            repeats,
            height: height + 1,
        })
    }
}

fn duplicates(text: &str) -> Result<Vec<Duplicate>, SyntaxError> {
    let tree = tree(text)?;
    let mut duplicates = Vec::new();
    for node in &tree.nodes {
        let Kind::Mapping(entries) = &node.kind else {
            continue;
        };
        let mut seen: HashMap<&str, (NodeId, NodeId)> = HashMap::new();
        for (key, value) in entries {
            let Some(name) = key_text(&tree, *key) else {
                continue;
            };
            match seen.entry(name) {
                Entry::Vacant(entry) => {
                    entry.insert((*key, *value));
                }
                Entry::Occupied(entry) => {
                    let (first, other) = *entry.get();
                    let [one, two] = [other, *value].map(|value| text.get(tree.span(value)));
                    duplicates.push(Duplicate {
                        first: tree.span(first).start,
                        second: tree.span(*key).start,
                        key: name.to_owned(),
                        is_same: one == two,
                    });
                }
            }
        }
    }
    duplicates.sort_by_key(|duplicate| duplicate.second);
    Ok(duplicates)
}

fn key_text<'t>(tree: &'t Tree<'_>, key: NodeId) -> Option<&'t str> {
    match &tree.node(key).kind {
        Kind::Scalar(scalar) => Some(&scalar.text),
        _ => None,
    }
}

/// Reads a text into a tree.
pub(crate) fn tree(text: &str) -> Result<Tree<'_>, SyntaxError> {
    let mut scanner = Scanner {
        text,
        offset: 0,
        tree: Tree::default(),
    };
    let root = scanner.value(0)?;
    scanner.skip_space();
    if scanner.offset < text.len() {
        return Err(SyntaxError::new(
            scanner.offset,
            "the document has ended before this",
        ));
    }
    scanner.tree.root = Some(root);
    Ok(scanner.tree)
}

/// Whether a text is a number, be it so large that none of Rust's types holds it.
fn is_number(text: &str) -> bool {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => {
            let digits = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
            (mantissa, Some(digits))
        }
        None => (unsigned, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let is_digits =
        |digits: &str| !digits.is_empty() && digits.bytes().all(|one| one.is_ascii_digit());
    is_digits(whole)
        && (whole.len() == 1 || !whole.starts_with('0'))
        && fraction.is_none_or(is_digits)
        && exponent.is_none_or(is_digits)
}

struct Scanner<'t> {
    text: &'t str,
    offset: usize,
    tree: Tree<'t>,
}

impl<'t> Scanner<'t> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.offset).copied()
    }

    fn skip_space(&mut self) {
        while let Some(b' ' | b'\t' | b'\r' | b'\n') = self.peek() {
            self.offset += 1;
        }
    }

    fn error<T>(&self, expected: &str) -> Result<T, SyntaxError> {
        let message = if self.offset < self.text.len() {
            format!("expected {expected}")
        } else {
            format!("expected {expected}, but the text ends")
        };
        Err(SyntaxError::new(self.offset, message))
    }

    fn value(&mut self, depth: usize) -> Result<NodeId, SyntaxError> {
        self.skip_space();
        if self.tree.nodes.len() >= MAX_VALUES {
            return Err(SyntaxError::too_many(self.offset));
        }
        match self.peek() {
            Some(b'{' | b'[') if depth == MAX_DEPTH => Err(SyntaxError::too_deep(self.offset)),
            Some(b'{') => self.mapping(depth),
            Some(b'[') => self.sequence(depth),
            Some(b'"') => self.string(),
            Some(b'-' | b'0'..=b'9' | b't' | b'f' | b'n') => self.word(),
            _ => self.error("a value"),
        }
    }

    fn mapping(&mut self, depth: usize) -> Result<NodeId, SyntaxError> {
        let start = self.offset;
        self.offset += 1;
        let id = self.tree.add(start..start, Kind::Sequence(Vec::new()));
        let mut entries = Vec::new();
        self.skip_space();
        if self.peek() != Some(b'}') {
            loop {
                self.skip_space();
                if self.peek() != Some(b'"') {
                    return self.error("a key in double quotes");
                }
                let key = self.string()?;
                self.skip_space();
                if self.peek() != Some(b':') {
                    return self.error("`:`");
                }
                self.offset += 1;
                entries.push((key, self.value(depth + 1)?));
                if !self.separator(b'}')? {
                    break;
                }
            }
        }
        self.offset += 1;
        self.finish(id, Kind::Mapping(entries));
        Ok(id)
    }

    fn sequence(&mut self, depth: usize) -> Result<NodeId, SyntaxError> {
        let start = self.offset;
        self.offset += 1;
        let id = self.tree.add(start..start, Kind::Sequence(Vec::new()));
        let mut items = Vec::new();
        self.skip_space();
        if self.peek() != Some(b']') {
            loop {
                items.push(self.value(depth + 1)?);
                if !self.separator(b']')? {
                    break;
                }
            }
        }
        self.offset += 1;
        self.finish(id, Kind::Sequence(items));
        Ok(id)
    }

    fn finish(&mut self, id: NodeId, kind: Kind<'t>) {
        let node = &mut self.tree.nodes[id.0];
        node.span.end = self.offset;
        node.kind = kind;
    }

    /// Takes a comma, or sees the end; tells whether there is more.
    fn separator(&mut self, end: u8) -> Result<bool, SyntaxError> {
        self.skip_space();
        match self.peek() {
            Some(b',') => {
                self.offset += 1;
                Ok(true)
            }
            Some(byte) if byte == end => Ok(false),
            _ => self.error(&format!("`,` or `{}`", char::from(end))),
        }
    }

    fn word(&mut self) -> Result<NodeId, SyntaxError> {
        let start = self.offset;
        while let Some(b'-' | b'+' | b'.' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z') = self.peek() {
            self.offset += 1;
        }
        let text = self.text.get(start..self.offset).unwrap_or_default();
        if serde_json::from_str::<Value>(text).is_err() && !is_number(text) {
            return Err(SyntaxError::new(start, "expected a value"));
        }
        let scalar = Scalar {
            text: Cow::Borrowed(text),
            notation: Notation::Plain,
        };
        Ok(self.tree.add(start..self.offset, Kind::Scalar(scalar)))
    }

    fn string(&mut self) -> Result<NodeId, SyntaxError> {
        let start = self.offset;
        let mut escaped = false;
        loop {
            self.offset += 1;
            match self.peek() {
                Some(b'"') => break,
                Some(b'\\') => {
                    escaped = true;
                    self.offset += 1;
                }
                Some(0..=0x1f) => {
                    return self.error("`\"`, for a text in JSON cannot hold a control character");
                }
                Some(_) => {}
                None => return self.error("`\"`"),
            }
        }
        self.offset += 1;
        let quoted = self.text.get(start..self.offset).unwrap_or_default();
        let text = if escaped {
            let text: String = serde_json::from_str(quoted)
                .map_err(|error| SyntaxError::new(start, reason(&error)))?;
            Cow::Owned(text)
        } else {
            Cow::Borrowed(quoted.trim_matches('"'))
        };
        let scalar = Scalar {
            text,
            notation: Notation::Text,
        };
        Ok(self.tree.add(start..self.offset, Kind::Scalar(scalar)))
    }
}
