//! Reads the values of a healthy text with `serde_yaml`, faster than with positions.
//!
//! This is the only module that knows the crate.

use std::cell::Cell;
use std::fmt;

use serde::Deserializer as _;
use serde::de::{DeserializeSeed, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use super::pieces::{Piece, pieces};
use crate::document::limits::{MAX_ALIASED_VALUES, MAX_DEPTH, MAX_VALUES};
use crate::parallel;

/// The value of a text; nothing where it is faulty, or uses what only the reader with positions can
/// tell: keys that stand twice or are no texts, merge keys, tags.
pub(super) fn value(text: &str) -> Option<Value> {
    match pieces(text).as_slice() {
        [] | [_] => part(text, 1),
        pieces => joined(pieces).or_else(|| part(text, 1)),
    }
}

/// The value of a text in pieces; nothing also where these have to be read together.
fn joined(pieces: &[Piece<'_>]) -> Option<Value> {
    let values = parallel::map(pieces, |piece| part(&piece.text(), pieces.len()));
    let mut parts = pieces.iter().zip(values);
    let (_, first) = parts.next()?;
    let mut whole = first?;
    for (piece, value) in parts {
        piece.join(&mut whole, value?)?;
    }
    Some(whole)
}

/// The value of one of several parts of a text, which share its limits.
fn part(text: &str, count: usize) -> Option<Value> {
    let deserializer = serde_yaml::Deserializer::from_str(text);
    // A value that is written out takes a byte at least; whatever is more comes from aliases.
    let left = Cell::new(text.len().min(MAX_VALUES / count) + MAX_ALIASED_VALUES / count);
    deserializer
        .deserialize_any(AnyValue {
            left: &left,
            depth: 0,
        })
        .ok()
}

/// Reads a value of any type.
#[derive(Clone, Copy)]
struct AnyValue<'c> {
    /// How many more values the document may hold.
    left: &'c Cell<usize>,
    /// How many objects and arrays hold it.
    depth: usize,
}

impl AnyValue<'_> {
    fn within<E: Error>(self) -> Result<Self, E> {
        let depth = self.depth + 1;
        if depth > MAX_DEPTH {
            return Err(E::custom("nested too deeply"));
        }
        Ok(Self { depth, ..self })
    }

    fn count<E: Error>(self) -> Result<(), E> {
        let left = self.left.get().checked_sub(1);
        self.left
            .set(left.ok_or_else(|| E::custom("aliases make too much of the text"))?);
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for AnyValue<'_> {
    type Value = Value;

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        self.count()?;
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for AnyValue<'_> {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value that JSON can hold")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        let number = Number::from_f64(value).map(Value::Number);
        number.ok_or_else(|| E::custom("JSON has no such number"))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let within = self.within()?;
        let mut array = Vec::new();
        while let Some(item) = items.next_element_seed(within)? {
            array.push(item);
        }
        Ok(Value::Array(array))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let within = self.within()?;
        let mut map = Map::new();
        while let Some(key) = entries.next_key_seed(within)? {
            let key = match key {
                Value::String(text) if text != "<<" => text,
                Value::Number(number) if number.is_u64() => number.to_string(),
                _ => return Err(A::Error::custom("a key that needs a closer look")),
            };
            let value = entries.next_value_seed(within)?;
            if map.insert(key, value).is_some() {
                return Err(A::Error::custom("a key stands twice"));
            }
        }
        Ok(Value::Object(map))
    }
}

#[cfg(test)]
mod tests {
    use super::{joined, part, value};
    use crate::document::yaml::parse_with_positions;
    use crate::document::yaml::pieces::{pieces, tests::long};

    #[test]
    fn both_readers_agree() {
        let texts = [
            "a: 1\nb: [x, -2, 0.5, 1e3, 0x1F, 0o17, 18446744073709551615]",
            "no: no\ntime: 16:30:59\nyes: on\nempty:\nnothing: ~\nnull_: null",
            "quoted: '1'\nwords: \"a\\n\\u00e9\"\nblock: |\n  one\n  two\nfolded: >-\n  one\n  two",
            "date: 2020-12-10\nversion: 1.10\nzero: 007\nplus: +1\ndotted: 1.2.3\nhash: a#b",
            "200: {description: ok}\n\"201\": x",
            "base: &base {a: [1, 2]}\ncopy: *base",
            "- true\n- True\n- 'true'\n- .5\n- 5.\n- 1_000",
        ];
        for text in texts {
            let parsed = parse_with_positions(text).map(|parsed| parsed.value).ok();
            assert_eq!(value(text), parsed, "{text}");
        }
    }

    #[test]
    fn what_needs_positions_is_left_to_the_other_reader() {
        let texts = [
            "a: 1\na: 2",
            "base: &base {a: 1}\ncopy: {<<: *base}",
            "a: !tag x",
            "a: [",
            "a: 1\n---\nb: 2",
            "1.5: x",
            "a: .inf",
            "",
        ];
        for text in texts {
            assert_eq!(value(text), None, "{text}");
        }
    }

    #[test]
    fn what_has_to_be_read_together_is() {
        let text = long("a: 1");
        let texts = [
            text.replace("3.0.3", "&version 3.0.3") + "again: *version\n",
            format!("quoted: \"\n{}\"\n", "name: text\n".repeat(text.len() / 10)),
            format!("list: [\n{}]\n", "name: text,\n".repeat(text.len() / 10)),
        ];
        for text in texts {
            let pieces = pieces(&text);
            assert!(pieces.len() > 1, "{}", &text[..20]);
            assert_eq!(joined(&pieces), None);
            assert!(value(&text).is_some());
            assert_eq!(value(&text), part(&text, 1));
        }
    }
}
