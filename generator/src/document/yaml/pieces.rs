//! Cuts a long text into pieces that can be read at the same time.
//!
//! Each piece is a text of its own. Whether it says what it says in the whole need not be known for
//! certain where it is cut: a place that only looks like a key, within quotes for example, gives pieces
//! that cannot be read or joined.

use std::ops::Range;

use serde_json::Value;

/// The least length of a piece, in bytes: a shorter one is read about as fast as a thread starts.
const LEAST: usize = 8 << 10;

/// The most pieces, which are more than threads so that none of these is left with a long one.
const MOST: usize = 8;

/// A piece of a text.
#[derive(Debug)]
pub(super) struct Piece<'t> {
    /// The lines of the keys that hold its first one, the outermost first.
    holders: Vec<&'t str>,
    /// Its own part of the text.
    text: &'t str,
}

impl Piece<'_> {
    /// The piece as a text of its own.
    pub(super) fn text(&self) -> String {
        let holders = self.holders.iter().flat_map(|line| [line, "\n"]);
        holders.chain([self.text]).collect()
    }

    /// Adds what this piece says to what those before it say; nothing where they do not go together.
    pub(super) fn join(&self, whole: &mut Value, value: Value) -> Option<()> {
        join(whole, &self.holders, value)
    }
}

fn join(whole: &mut Value, holders: &[&str], part: Value) -> Option<()> {
    let (Value::Object(whole), Value::Object(part)) = (whole, part) else {
        return None;
    };
    let (holder, within) = match holders.split_first() {
        Some((line, within)) => (key(line), within),
        None => (None, holders),
    };
    for (name, value) in part {
        if holder == Some(name.as_str()) {
            join(whole.get_mut(&name)?, within, value)?;
        } else if whole.insert(name, value).is_some() {
            return None;
        }
    }
    Some(())
}

/// The pieces of a text in their order, one where it is short or not seen where to cut it.
pub(super) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut cuts = vec![(0, Vec::new())];
    let count = (text.len() / LEAST).clamp(1, MOST);
    let length = text.len() / count;
    // A second document in the text has to be found in whichever piece it is.
    let may_be_cut = count > 1 && !["\n---", "\n..."].iter().any(|mark| text.contains(mark));
    if may_be_cut {
        let middles = (1..count).map(|number| number * length);
        let near = |middle| middle - length / 4..middle + length / 4;
        cuts.extend(middles.filter_map(|middle| cut(text, near(middle))));
    }
    let ends = cuts.iter().skip(1).map(|(start, _)| *start);
    let ends: Vec<usize> = ends.chain([text.len()]).collect();
    cuts.into_iter()
        .zip(ends)
        .map(|((start, holders), end)| Piece {
            holders,
            text: &text[start..end],
        })
        .collect()
}

/// The start of the least indented key in a part of a text, with the lines of those that hold it.
fn cut(text: &str, range: Range<usize>) -> Option<(usize, Vec<&str>)> {
    let mut start = line_start(text, range.start);
    let mut least: Option<(usize, usize)> = None;
    while start < range.end {
        let line = text[start..].split('\n').next()?;
        let indent = indent(line);
        if looks_like_key(&line[indent..]) && least.is_none_or(|(least, _)| indent < least) {
            least = Some((indent, start));
        }
        start += line.len() + 1;
    }
    let (indent, start) = least?;
    Some((start, holders(&text[..start], indent)?))
}

/// Where the line starts that holds a byte.
fn line_start(text: &str, byte: usize) -> usize {
    let before = &text.as_bytes()[..byte];
    let end = before.iter().rposition(|byte| *byte == b'\n');
    end.map_or(0, |end| end + 1)
}

/// The lines of the keys that hold what stands behind a text; nothing where something else than a key
/// holds it.
fn holders(before: &str, mut indent: usize) -> Option<Vec<&str>> {
    let mut holders = Vec::new();
    let mut lines = before.lines();
    while indent > 0 {
        let line = lines.next_back()?;
        let own = self::indent(line);
        let says_nothing = matches!(line[own..].chars().next(), None | Some('#' | '\r'));
        if own < indent && !says_nothing {
            key(line)?;
            holders.push(line);
            indent = own;
        }
    }
    holders.reverse();
    Some(holders)
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

fn looks_like_key(content: &str) -> bool {
    let starts = |first: char| first.is_ascii_alphanumeric() || "/_$'\"".contains(first);
    content.starts_with(starts) && (content.trim_end().ends_with(':') || content.contains(": "))
}

/// The key in a line that holds nothing else, where it means what it looks like.
fn key(line: &str) -> Option<&str> {
    let key = line.trim().strip_suffix(':')?;
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    let is_plain = key.starts_with(|c: char| c.is_ascii_alphabetic()) && key.chars().all(is_word);
    is_plain.then_some(key)
}

#[cfg(test)]
pub(super) mod tests {
    use super::{LEAST, pieces};
    use crate::document::yaml::parse_with_positions;
    use crate::document::yaml::values::value;

    /// A text long enough to be cut, with entries below `paths` and `components.schemas`.
    pub(in crate::document::yaml) fn long(entry: &str) -> String {
        let comment = "x".repeat(LEAST / 100);
        let entries = |indent: &str, name: &str| {
            let entry = |number| {
                format!("{indent}{name}{number}:\n{indent}  # {comment}\n{indent}  {entry}\n")
            };
            (0..100).map(entry).collect::<Vec<String>>().concat()
        };
        let paths = entries("  ", "/things/");
        let schemas = entries("    ", "Thing");
        let tags = "tags:\n- name: last\n";
        format!("openapi: 3.0.3\npaths:\n{paths}components:\n  schemas:\n{schemas}{tags}")
    }

    #[test]
    fn the_pieces_say_what_the_whole_says() {
        let entries = [
            "a: {b: [1, 'x']}",
            "description: |\n        components:\n          schemas:\n          one: two",
            "description: >-\n\n        # no comment\n\n        more: 1",
            "'quoted key': \"several\n        lines: here\"",
            "list:\n      - one: 1\n        two: 2\r",
        ];
        for entry in entries {
            let text = long(entry);
            let pieces = pieces(&text);
            assert!(pieces.len() > 1, "{entry}");
            let own: String = pieces.iter().map(|piece| piece.text).collect();
            assert_eq!(own, text);
            let whole = parse_with_positions(&text).map(|parsed| parsed.value);
            assert_eq!(value(&text), whole.ok(), "{entry}");
        }
    }

    #[test]
    fn a_piece_begins_with_the_keys_that_hold_it() {
        let text = long("a: 1");
        let pieces = pieces(&text);
        let last = pieces.last().expect("a piece").text();
        let expected = "components:\n  schemas:\n    Thing";
        assert!(last.starts_with(expected), "{last}");
    }

    #[test]
    fn a_key_in_two_pieces_stands_twice() {
        let text = long("a: 1");
        let again = [
            "  /things/0: {}\n",
            "paths: {}\n",
            "openapi: 3.0.3\n",
            "---\n",
            "...\n",
        ];
        for again in again {
            let text = text.replace("components:", &format!("{again}components:"));
            assert_eq!(value(&text), None, "{again}");
        }
        let text = format!("{text}components:\n  schemas: {{}}\n");
        assert_eq!(value(&text), None);
    }
}
