//! Reads YAML into texts. Nothing else knows of the YAML library.
//!
//! Every scalar stays the text that was written: a password `0123` is no number and a name `no` is no
//! truth value.

use saphyr_parser::{Event, Parser};

use crate::runtime::Secret;

/// Deeper files are no configuration.
const DEEPEST: usize = 32;

/// A value, with what may be a password not showing.
#[derive(Debug)]
pub(super) enum Node {
    Text(Secret),
    List(Vec<Node>),
    /// Keys in the order of the file.
    Table(Vec<(String, Node)>),
}

impl Node {
    /// The value of a key, where this is a table that has it.
    pub(super) fn get(&self, key: &str) -> Option<&Self> {
        let Self::Table(entries) = self else {
            return None;
        };
        let found = entries.iter().find(|(name, _)| name == key);
        found.map(|(_, value)| value)
    }
}

/// Where a text is no YAML that can be read, and why. It shows nothing of the text.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) line: usize,
    pub(super) reason: &'static str,
}

/// A list or a table that has not ended.
enum Open {
    List(Vec<Node>),
    /// With the key whose value comes next.
    Table(Vec<(String, Node)>, Option<String>),
}

/// Reads the first document of a text; an empty one is an empty table.
pub(super) fn read(text: &str) -> Result<Node, Fault> {
    let mut open: Vec<Open> = Vec::new();
    let mut line = 1;
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| Fault {
            line: error.marker().line(),
            // The library's own words may quote the text.
            reason: "this is not valid YAML",
        })?;
        line = span.start.line();
        let fail = |reason| Err(Fault { line, reason });
        let done = match event {
            Event::SequenceStart(..) => {
                open.push(Open::List(Vec::new()));
                None
            }
            Event::MappingStart(..) => {
                open.push(Open::Table(Vec::new(), None));
                None
            }
            Event::SequenceEnd | Event::MappingEnd => open.pop().map(|open| match open {
                Open::List(items) => Node::List(items),
                Open::Table(entries, _) => Node::Table(entries),
            }),
            Event::Scalar(text, ..) => Some(Node::Text(Secret::from(text.into_owned()))),
            Event::Alias(_) => return fail("aliases are not read here; write the value itself"),
            Event::DocumentEnd => break,
            _ => None,
        };
        if open.len() > DEEPEST {
            return fail("the nesting is too deep");
        }
        if let Some(node) = done {
            match place(node, &mut open) {
                Ok(None) => {}
                Ok(Some(root)) => return Ok(root),
                Err(reason) => return fail(reason),
            }
        }
    }
    if open.is_empty() {
        Ok(Node::Table(Vec::new()))
    } else {
        let reason = "the text ends too early";
        Err(Fault { line, reason })
    }
}

/// Puts a node where it belongs; one that belongs nowhere is the root.
fn place(node: Node, open: &mut [Open]) -> Result<Option<Node>, &'static str> {
    match open.last_mut() {
        None => return Ok(Some(node)),
        Some(Open::List(items)) => items.push(node),
        Some(Open::Table(entries, key)) => match (key.take(), node) {
            (Some(key), value) => entries.push((key, value)),
            (None, Node::Text(text)) => {
                if entries.iter().any(|(known, _)| known == text.expose()) {
                    return Err("the same key stands twice in a table");
                }
                *key = Some(text.expose().to_owned());
            }
            (None, _) => return Err("the key of a table is no text"),
        },
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::{Node, read};

    fn text<'n>(node: &'n Node, key: &str) -> Option<&'n str> {
        match node.get(key)? {
            Node::Text(text) => Some(text.expose()),
            _ => None,
        }
    }

    #[test]
    fn scalars_stay_as_they_are_written() {
        let root = read("a: 0123\nb: no\nc: 16:30:59\nd: \"x: y\"\ne: 1e3\nf: ~\n");
        let root = root.expect("it is YAML");
        let cases = [
            ("a", "0123"),
            ("b", "no"),
            ("c", "16:30:59"),
            ("d", "x: y"),
            ("e", "1e3"),
        ];
        for (key, expected) in cases {
            assert_eq!(text(&root, key), Some(expected), "{key}");
        }
    }

    #[test]
    fn nothing_of_a_broken_text_shows() {
        let broken = [
            "a: [canary",
            "a: 'canary",
            "a: 1\na: canary",
            "canary: *canary",
            "[canary]: 1",
            "a: canary: b",
            "a: [canary}",
        ];
        for text in broken {
            let fault = read(text).expect_err(text);
            assert!(!format!("{fault:?}").contains("canary"), "{fault:?}");
        }
        let deep = "[".repeat(10_000);
        assert!(read(&deep).is_err());
    }

    #[test]
    fn an_empty_text_is_an_empty_table() {
        for text in ["", "# only a comment\n"] {
            assert!(matches!(read(text), Ok(Node::Table(entries)) if entries.is_empty()));
        }
    }
}
