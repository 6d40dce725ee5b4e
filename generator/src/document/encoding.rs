//! From the bytes of a file to its text.

/// Why bytes are no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Undecodable {
    /// The byte of the text, as far as there is one, at which it was found.
    pub(super) offset: usize,
    /// A few words.
    pub(super) message: &'static str,
}

/// Decodes UTF-8, and UTF-16 as YAML and JSON allow it: told by a byte order mark, or by the zeros
/// that its first character brings along. What cannot be decoded is replaced.
pub(super) fn decode(bytes: Vec<u8>) -> (String, Option<Undecodable>) {
    match bytes.as_slice() {
        [0xff, 0xfe, ..] => utf16(&bytes, u16::from_le_bytes),
        [0xfe, 0xff, ..] => utf16(&bytes, u16::from_be_bytes),
        [first, 0, ..] if *first != 0 => utf16(&bytes, u16::from_le_bytes),
        [0, second, ..] if *second != 0 => utf16(&bytes, u16::from_be_bytes),
        _ => utf8(bytes),
    }
}

fn utf8(bytes: Vec<u8>) -> (String, Option<Undecodable>) {
    let (mut text, undecodable) = match String::from_utf8(bytes) {
        Ok(text) => (text, None),
        Err(error) => {
            let undecodable = Undecodable {
                offset: error.utf8_error().valid_up_to(),
                message: "these bytes are not UTF-8",
            };
            let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
            (text, Some(undecodable))
        }
    };
    let mark = '\u{feff}'.len_utf8();
    if !text.starts_with('\u{feff}') {
        return (text, undecodable);
    }
    text.drain(..mark);
    let undecodable = undecodable.map(|undecodable| Undecodable {
        offset: undecodable.offset.saturating_sub(mark),
        ..undecodable
    });
    (text, undecodable)
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> (String, Option<Undecodable>) {
    let mut units = bytes.chunks_exact(2);
    let whole: Vec<u16> = units
        .by_ref()
        .filter_map(|pair| Some(unit(pair.try_into().ok()?)))
        .collect();
    let mut text = String::with_capacity(whole.len());
    let mut first = None;
    for character in char::decode_utf16(whole) {
        match character {
            Ok('\u{feff}') if text.is_empty() => {}
            Ok(character) => text.push(character),
            Err(_) => {
                first = first.or(Some(text.len()));
                text.push(char::REPLACEMENT_CHARACTER);
            }
        }
    }
    if !units.remainder().is_empty() {
        first = first.or(Some(text.len()));
    }
    let undecodable = first.map(|offset| Undecodable {
        offset,
        message: "these bytes are not UTF-16",
    });
    (text, undecodable)
}

#[cfg(test)]
mod tests {
    use super::decode;

    fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn every_encoding_of_yaml_and_json_is_read() {
        let text = "a: „Öl“ 🛢";
        let marked = format!("\u{feff}{text}");
        let encoded = [
            text.as_bytes().to_vec(),
            marked.as_bytes().to_vec(),
            utf16(text, u16::to_le_bytes),
            utf16(text, u16::to_be_bytes),
            utf16(&marked, u16::to_le_bytes),
            utf16(&marked, u16::to_be_bytes),
        ];
        for bytes in encoded {
            assert_eq!(decode(bytes), (text.to_owned(), None));
        }
        assert_eq!(decode(Vec::new()), (String::new(), None));
    }

    #[test]
    fn bytes_that_are_no_text_have_a_place() {
        let faults = [
            (b"a: \xff\n".to_vec(), 3),
            (b"\xef\xbb\xbfa: \xff\n".to_vec(), 3),
            (b"\xff\xfea\0\0".to_vec(), 1),
            (b"\xff\xfea\0\0\xd8b\0".to_vec(), 1),
        ];
        for (bytes, offset) in faults {
            let (_, undecodable) = decode(bytes);
            assert_eq!(
                undecodable.map(|undecodable| undecodable.offset),
                Some(offset)
            );
        }
    }
}
