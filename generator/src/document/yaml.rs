//! Reads YAML 1.2.
//!
//! A healthy text is read with `serde_yaml`, a long one in pieces. Where something about it has to be
//! shown, or it uses what that reader cannot tell, it is read with positions.

mod pieces;
mod values;

use std::borrow::Cow;
use std::collections::HashMap;

use saphyr_parser::{Event, Parser, ScalarStyle, Span, Tag};
use serde_json::{Map, Number, Value};

use super::limits::{MAX_ALIASED_VALUES, MAX_DEPTH, MAX_VALUES};
use super::syntax::{Duplicate, Parsed, SyntaxError};
use super::tree::{Kind, NodeId, Notation, Offsets, Scalar, Tree};

/// Reads a text.
pub(super) fn parse(text: &str) -> Result<Parsed, SyntaxError> {
    match values::value(text) {
        Some(value) => Ok(Parsed {
            value,
            duplicates: Vec::new(),
        }),
        None => parse_with_positions(text),
    }
}

fn parse_with_positions(text: &str) -> Result<Parsed, SyntaxError> {
    parse_tree(&tree(text)?)
}

/// Reads what a text that was read for its positions says.
pub(super) fn parse_tree(tree: &Tree<'_>) -> Result<Parsed, SyntaxError> {
    let mut builder = Builder {
        tree,
        aliased: 0,
        in_alias: false,
        duplicates: Vec::new(),
    };
    let value = match tree.root {
        Some(root) => builder.value(root, 0)?,
        None => Value::Null,
    };
    Ok(Parsed {
        value,
        duplicates: builder.duplicates,
    })
}

/// Reads a text into a tree.
pub(crate) fn tree(text: &str) -> Result<Tree<'_>, SyntaxError> {
    let mut composer = Composer {
        tree: Tree::default(),
        open: Vec::new(),
        anchors: HashMap::new(),
    };
    let outcome = composer.compose(text);
    if !text.is_ascii() {
        composer.tree.offsets = Some(Offsets::new(text));
    }
    match outcome {
        Ok(()) => Ok(composer.tree),
        Err(error) => Err(SyntaxError {
            offset: composer.tree.byte(error.offset).min(text.len()),
            ..error
        }),
    }
}

/// Builds a tree from the parser's events. It keeps its own stack, so no nesting can exhaust the
/// program's.
struct Composer<'t> {
    tree: Tree<'t>,
    open: Vec<Open>,
    anchors: HashMap<usize, NodeId>,
}

/// An object or array whose end has not been seen.
struct Open {
    id: NodeId,
    /// The key that waits for its value.
    key: Option<NodeId>,
}

impl<'t> Composer<'t> {
    fn compose(&mut self, text: &'t str) -> Result<(), SyntaxError> {
        for event in Parser::new_from_str(text) {
            let (event, span) = event.map_err(|error| match error.info() {
                // The parser has a limit of its own, beyond ours.
                "recursion limit exceeded" => SyntaxError::too_deep(error.marker().index()),
                info => SyntaxError::new(error.marker().index(), info),
            })?;
            self.event(event, span)?;
        }
        Ok(())
    }

    fn event(&mut self, event: Event<'t>, span: Span) -> Result<(), SyntaxError> {
        let range = span.start.index()..span.end.index();
        if self.tree.nodes.len() >= MAX_VALUES {
            return Err(SyntaxError::too_many(range.start));
        }
        match event {
            Event::DocumentStart(_) if self.tree.root.is_some() => {
                return Err(SyntaxError::new(
                    range.start,
                    "a second document starts here, but a file holds one",
                ));
            }
            Event::Nothing
            | Event::StreamStart
            | Event::StreamEnd
            | Event::DocumentStart(_)
            | Event::DocumentEnd => {}
            Event::Alias(anchor) => {
                let target = self.target(anchor, range.start)?;
                let id = self.tree.add(range, Kind::Alias(target));
                self.attach(id);
            }
            Event::Scalar(text, style, anchor, tag) => {
                let notation = notation(style, tag.as_deref());
                let id = self
                    .tree
                    .add(range, Kind::Scalar(Scalar { text, notation }));
                self.anchor(anchor, id);
                self.attach(id);
            }
            Event::SequenceStart(anchor, _) => {
                let id = self.tree.add(range, Kind::Sequence(Vec::new()));
                self.open(anchor, id)?;
            }
            Event::MappingStart(anchor, _) => {
                let id = self.tree.add(range, Kind::Mapping(Vec::new()));
                self.open(anchor, id)?;
            }
            Event::SequenceEnd | Event::MappingEnd => {
                if let Some(open) = self.open.pop() {
                    self.close(open.id, range.end);
                }
            }
        }
        Ok(())
    }

    fn target(&self, anchor: usize, offset: usize) -> Result<NodeId, SyntaxError> {
        let target = self.anchors.get(&anchor).copied();
        let target = target
            .ok_or_else(|| SyntaxError::new(offset, "no anchor of this name stands before"))?;
        if self.open.iter().any(|open| open.id == target) {
            return Err(SyntaxError::new(
                offset,
                "the alias stands within what it stands for",
            ));
        }
        Ok(target)
    }

    fn anchor(&mut self, anchor: usize, id: NodeId) {
        // The parser numbers anchors from 1; 0 is for a node without one.
        if anchor > 0 {
            self.anchors.insert(anchor, id);
        }
    }

    fn open(&mut self, anchor: usize, id: NodeId) -> Result<(), SyntaxError> {
        self.anchor(anchor, id);
        self.attach(id);
        self.open.push(Open { id, key: None });
        if self.open.len() > MAX_DEPTH {
            let offset = self.tree.node(id).span.start;
            return Err(SyntaxError::too_deep(offset));
        }
        Ok(())
    }

    /// An object or array ends with its last part: the parser sees a block's end only on a later
    /// line.
    fn close(&mut self, id: NodeId, end: usize) {
        let last = match &self.tree.node(id).kind {
            Kind::Sequence(items) => items.last().copied(),
            Kind::Mapping(entries) => entries.last().map(|(_, value)| *value),
            Kind::Scalar(_) | Kind::Alias(_) => None,
        };
        let end = last.map_or(end, |last| self.tree.node(last).span.end);
        let node = &mut self.tree.nodes[id.0];
        node.span.end = end.max(node.span.start);
    }

    fn attach(&mut self, id: NodeId) {
        let Some(parent) = self.open.last_mut() else {
            self.tree.root = Some(id);
            return;
        };
        match &mut self.tree.nodes[parent.id.0].kind {
            Kind::Sequence(items) => items.push(id),
            Kind::Mapping(entries) => match parent.key.take() {
                None => parent.key = Some(id),
                Some(key) => entries.push((key, id)),
            },
            Kind::Scalar(_) | Kind::Alias(_) => {}
        }
    }
}

fn notation(style: ScalarStyle, tag: Option<&Tag>) -> Notation {
    match tag {
        Some(tag) if tag.is_yaml_core_schema() && tag.suffix != "str" => Notation::Plain,
        None if style == ScalarStyle::Plain => Notation::Plain,
        Some(_) | None => Notation::Text,
    }
}

/// Turns a tree into a value: follows aliases, applies merge keys, and understands scalars.
struct Builder<'t> {
    tree: &'t Tree<'t>,
    aliased: usize,
    in_alias: bool,
    duplicates: Vec<Duplicate>,
}

impl Builder<'_> {
    fn value(&mut self, id: NodeId, depth: usize) -> Result<Value, SyntaxError> {
        let node = self.tree.node(id);
        if depth > MAX_DEPTH {
            return Err(SyntaxError::too_deep(self.tree.span(id).start));
        }
        if self.in_alias {
            self.aliased += 1;
            if self.aliased > MAX_ALIASED_VALUES {
                return Err(SyntaxError::new(
                    self.tree.span(id).start,
                    format!("aliases add more than {MAX_ALIASED_VALUES} values to the document"),
                ));
            }
        }
        match &node.kind {
            Kind::Scalar(scalar) => Ok(scalar_value(scalar)),
            Kind::Sequence(items) => {
                let items = items.iter().map(|item| self.value(*item, depth + 1));
                items.collect::<Result<_, _>>().map(Value::Array)
            }
            Kind::Mapping(entries) => self.mapping(entries, depth).map(Value::Object),
            Kind::Alias(target) => {
                let outer = std::mem::replace(&mut self.in_alias, true);
                let value = self.value(*target, depth);
                self.in_alias = outer;
                value
            }
        }
    }

    fn mapping(
        &mut self,
        entries: &[(NodeId, NodeId)],
        depth: usize,
    ) -> Result<Map<String, Value>, SyntaxError> {
        let mut map = Map::new();
        let mut merges = Vec::new();
        let mut repeats = Vec::new();
        for (key, value) in entries {
            let scalar = self.key(*key)?;
            if scalar.notation == Notation::Plain && scalar.text == "<<" {
                merges.push(*value);
                continue;
            }
            let name = scalar.text.to_string();
            let value = self.value(*value, depth + 1)?;
            if let Some(first) = map.get(&name) {
                repeats.push((*key, name, *first == value));
            } else {
                map.insert(name, value);
            }
        }
        self.note_repeats(entries, repeats);
        for merge in merges {
            self.merge(&mut map, merge, depth)?;
        }
        Ok(map)
    }

    fn key(&self, id: NodeId) -> Result<&Scalar<'_>, SyntaxError> {
        let node = self.tree.resolved(id);
        match &node.kind {
            Kind::Scalar(scalar) => Ok(scalar),
            _ => Err(SyntaxError::new(
                self.tree.span(id).start,
                "a key has to be a text",
            )),
        }
    }

    /// Notes keys that a mapping has more than once, each with whether its value is that of the first.
    fn note_repeats(&mut self, entries: &[(NodeId, NodeId)], repeats: Vec<(NodeId, String, bool)>) {
        if repeats.is_empty() {
            return;
        }
        let mut first: HashMap<&str, NodeId> = HashMap::new();
        for (key, _) in entries {
            if let Kind::Scalar(scalar) = &self.tree.resolved(*key).kind {
                first.entry(&scalar.text).or_insert(*key);
            }
        }
        let duplicates = repeats.into_iter().map(|(second, key, is_same)| {
            let first = first.get(key.as_str()).copied().unwrap_or(second);
            Duplicate {
                first: self.tree.span(first).start,
                second: self.tree.span(second).start,
                key,
                is_same,
            }
        });
        self.duplicates.extend(duplicates);
    }

    /// Adds what a merge key brings. What is there already wins, as the earlier of several merges
    /// does.
    fn merge(
        &mut self,
        map: &mut Map<String, Value>,
        source: NodeId,
        depth: usize,
    ) -> Result<(), SyntaxError> {
        let start = self.tree.span(source).start;
        let parts = match self.value(source, depth)? {
            Value::Array(parts) => parts,
            part => vec![part],
        };
        for part in parts {
            let Value::Object(part) = part else {
                return Err(SyntaxError::new(start, "`<<` can only merge objects"));
            };
            for (key, value) in part {
                if !map.contains_key(&key) {
                    map.insert(key, value);
                }
            }
        }
        Ok(())
    }
}

/// Understands a scalar by the core schema of YAML 1.2, in which `no` and `16:30` are text.
fn scalar_value(scalar: &Scalar<'_>) -> Value {
    let text: &str = &scalar.text;
    if scalar.notation == Notation::Text {
        return Value::String(text.to_owned());
    }
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        _ => number(text).map_or_else(|| Value::String(text.to_owned()), Value::Number),
    }
}

fn number(text: &str) -> Option<Number> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let first = unsigned.chars().next()?;
    if !first.is_ascii_digit() && first != '.' {
        return None;
    }
    for (prefix, radix) in [("0x", 16), ("0o", 8)] {
        if let Some(digits) = text.strip_prefix(prefix) {
            return u64::from_str_radix(digits, radix).ok().map(Number::from);
        }
    }
    if unsigned.bytes().all(|byte| byte.is_ascii_digit()) {
        return integer(text, unsigned);
    }
    let is_number = unsigned
        .bytes()
        .all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'e' | b'E' | b'+' | b'-'));
    let number = is_number.then(|| text.parse::<f64>().ok()).flatten()?;
    Number::from_f64(number)
}

/// A number with a leading zero stays text: it is an identifier more often than an octal number.
fn integer(text: &str, digits: &str) -> Option<Number> {
    if digits.len() > 1 && digits.starts_with('0') {
        return None;
    }
    let text: Cow<'_, str> = text.strip_prefix('+').unwrap_or(text).into();
    text.parse::<i64>()
        .map(Number::from)
        .or_else(|_| text.parse::<u64>().map(Number::from))
        .ok()
        .or_else(|| text.parse::<f64>().ok().and_then(Number::from_f64))
}
