//! Lines of JSON, and the JSON text sequences of RFC 7464.

use serde::de::IgnoredAny;

use crate::runtime::frames::{Framing, Unread};

/// What stands before each text of a sequence, and in no JSON text.
const RECORD_SEPARATOR: u8 = 0x1E;

/// Finds records: between separators where the body starts with one, else one in each line.
#[derive(Debug, Default)]
pub(super) struct RecordFraming {
    unread: Unread,
    kind: Option<Kind>,
    nesting: Nesting,
}

/// What is open at a place of a JSON text, so that a long record is not read anew with each piece of it.
#[derive(Debug, Default)]
struct Nesting {
    /// How much of the record has been seen.
    seen: usize,
    brackets: usize,
    in_text: bool,
    is_escaped: bool,
}

impl Nesting {
    /// Whether nothing is open behind what there is of a record.
    fn is_closed(&mut self, record: &[u8]) -> bool {
        for byte in record.iter().skip(self.seen) {
            match (self.in_text, byte) {
                (true, _) if self.is_escaped => self.is_escaped = false,
                (true, b'\\') => self.is_escaped = true,
                (_, b'"') => self.in_text = !self.in_text,
                (false, b'{' | b'[') => self.brackets += 1,
                (false, b'}' | b']') => self.brackets = self.brackets.saturating_sub(1),
                _ => {}
            }
        }
        self.seen = record.len();
        self.brackets == 0 && !self.in_text
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Lines,
    Sequence,
}

/// One record.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Record {
    pub(super) text: bytes::Bytes,
    /// It may have lost its end: nothing tells `12` from the beginning of `123`.
    pub(super) truncated: bool,
}

impl RecordFraming {
    /// How the records are told apart, once the first byte of the first one is there.
    fn kind(&mut self) -> Option<Kind> {
        if self.kind.is_none() {
            let blank = |byte: &u8| byte.is_ascii_whitespace();
            let rest = self.unread.rest().iter();
            let first = rest.copied().find(|byte| !blank(byte))?;
            self.kind = Some(match first {
                RECORD_SEPARATOR => Kind::Sequence,
                _ => Kind::Lines,
            });
        }
        self.kind
    }

    /// The next record that ends with one of these, without what ends it.
    fn until(&mut self, separator: u8) -> Option<bytes::Bytes> {
        let (record, _) = self.unread.until(|byte| byte == separator)?;
        let record = bytes::Bytes::copy_from_slice(record);
        self.nesting = Nesting::default();
        Some(record)
    }

    fn rest(&mut self) -> bytes::Bytes {
        let rest = bytes::Bytes::copy_from_slice(self.unread.rest());
        self.unread.skip(rest.len());
        self.nesting = Nesting::default();
        rest
    }

    /// The last record of a sequence need not wait for the separator of the next one, where it has
    /// the line feed that a writer ends it with.
    fn complete_record(&mut self) -> Option<bytes::Bytes> {
        let rest = self.unread.rest();
        let complete = rest.ends_with(b"\n")
            && self.nesting.is_closed(rest)
            && serde_json::from_slice::<IgnoredAny>(rest).is_ok();
        complete.then(|| self.rest())
    }
}

/// A record that holds more than white space. Only what has brackets or quotes of its own shows that
/// it is whole; a number or a word of a sequence needs white space behind it.
fn record(text: &bytes::Bytes, kind: Kind) -> Option<Record> {
    let trimmed = text.trim_ascii();
    let has_brackets = matches!(trimmed.first()?, b'{' | b'[' | b'"');
    let truncated = kind == Kind::Sequence
        && !has_brackets
        && !text.last().is_some_and(u8::is_ascii_whitespace);
    Some(Record {
        text: text.slice_ref(trimmed),
        truncated,
    })
}

impl Framing for RecordFraming {
    type Frame = Record;

    fn push(&mut self, piece: &[u8]) {
        self.unread.push(piece);
    }

    fn next(&mut self) -> Option<Record> {
        let kind = self.kind()?;
        loop {
            let text = match kind {
                Kind::Lines => self.until(b'\n')?,
                Kind::Sequence => match self.until(RECORD_SEPARATOR) {
                    Some(text) => text,
                    None => self.complete_record()?,
                },
            };
            if let Some(record) = record(&text, kind) {
                return Some(record);
            }
        }
    }

    fn end(&mut self) -> Option<Record> {
        let kind = self.kind()?;
        let rest = self.rest();
        record(&rest, kind)
    }

    fn held(&self) -> usize {
        self.unread.rest().len()
    }

    fn discard(&mut self) {
        *self = Self::default();
    }
}

#[cfg(test)]
mod tests {
    use super::{Framing, RecordFraming};

    /// The records of a text, which must not depend on the pieces in which it arrives.
    fn records(text: &str) -> Vec<(String, bool)> {
        let in_pieces = |size: usize| {
            let mut framing = RecordFraming::default();
            let mut records = Vec::new();
            for piece in text.as_bytes().chunks(size) {
                framing.push(piece);
                while let Some(record) = framing.next() {
                    records.push(record);
                }
            }
            records.extend(framing.end());
            let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("it is UTF-8");
            let records = records.into_iter();
            records
                .map(|record| (text(&record.text), record.truncated))
                .collect::<Vec<_>>()
        };
        let whole = in_pieces(text.len().max(1));
        for size in 1..text.len() {
            assert_eq!(in_pieces(size), whole, "in pieces of {size}");
        }
        whole
    }

    fn texts(text: &str) -> Vec<String> {
        let records = records(text).into_iter();
        records
            .inspect(|(text, truncated)| assert!(!truncated, "{text}"))
            .map(|(text, _)| text)
            .collect()
    }

    #[test]
    fn lines() {
        assert_eq!(
            texts("{\"a\":1}\n\r\n2\r\n  \n\"x\""),
            ["{\"a\":1}", "2", "\"x\""]
        );
        assert_eq!(texts("\n \n"), [""; 0]);
        assert_eq!(texts(""), [""; 0]);
    }

    /// RFC 7464, sections 2.1 to 2.4.
    #[test]
    fn sequences() {
        let rs = '\u{1e}';
        assert_eq!(
            texts(&format!(
                "{rs}{{\"a\":\n1}}\n{rs}true\n{rs}{rs}\n{rs}[1,\n2]\n"
            )),
            ["{\"a\":\n1}", "true", "[1,\n2]"]
        );
        let cut = records(&format!("{rs}12{rs}[3{rs}4 {rs}{{}}{rs}nul"));
        let expected = [
            ("12", true),
            ("[3", false),
            ("4", false),
            ("{}", false),
            ("nul", true),
        ];
        let expected = expected.map(|(text, truncated)| (text.to_owned(), truncated));
        assert_eq!(cut, expected);
    }

    #[test]
    fn a_record_may_hold_what_looks_like_its_end() {
        let rs = '\u{1e}';
        let record = "{\"a\": \"}\\\"]\\n\\\\\", \"b\":\n[{}]\n}";
        assert_eq!(texts(&format!("{rs}{record}\n")), [record]);
        let mut framing = RecordFraming::default();
        framing.push(format!("{rs}{record}\n").as_bytes());
        assert!(framing.next().is_some(), "it is whole");
    }

    #[test]
    fn the_last_record_does_not_wait_for_the_next() {
        let mut framing = RecordFraming::default();
        framing.push(b"\x1e{\"a\":\n");
        assert_eq!(framing.next(), None);
        framing.push(b"1}\n");
        assert!(framing.next().is_some());
        assert_eq!(framing.held(), 0);
    }
}
