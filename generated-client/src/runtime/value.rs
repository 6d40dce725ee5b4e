//! Serialised values whose members keep their order.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::Serialize;
use zeroize::Zeroize;

use super::wiped::WipedBuffer;

/// A value as JSON has it. Numbers and booleans are held as they are written.
#[derive(Clone, PartialEq)]
pub(super) enum Tree {
    Null,
    Text(String),
    Literal(String),
    List(Vec<Tree>),
    Object(Vec<(String, Tree)>),
}

/// Serialises a value.
#[allow(dead_code, reason = "not every document has forms, styles or unions")]
pub(super) fn tree<T: Serialize + ?Sized>(value: &T) -> Result<Tree, String> {
    let mut text = WipedBuffer::default();
    serde_json::to_writer(&mut text, value).map_err(|error| error.to_string())?;
    serde_json::from_slice(&text.into_bytes()).map_err(|error| error.to_string())
}

/// It may hold secrets.
impl Drop for Tree {
    fn drop(&mut self) {
        if let Self::Text(text) = self {
            text.zeroize();
        }
    }
}

impl Tree {
    /// The text of a scalar, or the JSON text of anything else; nothing for null.
    pub(super) fn text(&self) -> Option<String> {
        match self {
            Self::Null => None,
            Self::Text(text) | Self::Literal(text) => Some(text.clone()),
            Self::List(_) | Self::Object(_) => Some(self.json()),
        }
    }

    /// The JSON text.
    pub(super) fn json(&self) -> String {
        let mut text = String::new();
        self.append_json(&mut text);
        text
    }

    fn append_json(&self, text: &mut String) {
        match self {
            Self::Null => text.push_str("null"),
            Self::Text(value) => append_quoted(text, value),
            Self::Literal(value) => text.push_str(value),
            Self::List(items) => {
                text.push('[');
                for (index, item) in items.iter().enumerate() {
                    text.push_str(if index > 0 { "," } else { "" });
                    item.append_json(text);
                }
                text.push(']');
            }
            Self::Object(members) => {
                text.push('{');
                for (index, (name, value)) in members.iter().enumerate() {
                    text.push_str(if index > 0 { "," } else { "" });
                    append_quoted(text, name);
                    text.push(':');
                    value.append_json(text);
                }
                text.push('}');
            }
        }
    }
}

fn append_quoted(text: &mut String, value: &str) {
    text.push_str(&serde_json::Value::from(value).to_string());
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TreeVisitor)
    }
}

struct TreeVisitor;

impl<'de> Visitor<'de> for TreeVisitor {
    type Value = Tree;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Tree, E> {
        Ok(Tree::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Tree, E> {
        Ok(Tree::Literal(value.to_string()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Tree, E> {
        Ok(Tree::Literal(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Tree, E> {
        Ok(Tree::Literal(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Tree, E> {
        Ok(Tree::Literal(value.to_string()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Tree, E> {
        Ok(Tree::Text(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Tree, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Tree::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Tree, A::Error> {
        let mut object = Vec::new();
        while let Some(member) = members.next_entry()? {
            object.push(member);
        }
        Ok(Tree::Object(object))
    }
}
