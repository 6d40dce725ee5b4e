//! Texts as their places in a request take them.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use super::path::SEGMENT;

/// Which characters of a value are percent-encoded.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Escape {
    /// All but the unreserved ones of RFC 3986.
    All,
    /// As [`All`](Self::All), but for the reserved characters that no query is cut at, and for what
    /// is percent-encoded already.
    #[allow(dead_code, reason = "not every document has parameters in styles")]
    KeepReserved,
    /// Those that no cookie can hold, and `%`, which servers decode.
    Cookie,
    /// None.
    Nothing,
}

impl Escape {
    /// The text as its place takes it.
    pub(super) fn text(self, text: &str) -> String {
        match self {
            Self::All => utf8_percent_encode(text, SEGMENT).to_string(),
            Self::KeepReserved => keep_reserved(text),
            Self::Cookie => utf8_percent_encode(text, ENCODED_IN_COOKIES).to_string(),
            Self::Nothing => text.to_owned(),
        }
    }

    /// A character that stands between values.
    fn separator(self, separator: char) -> String {
        match (self, separator) {
            (Self::Nothing, _) | (_, ',' | '.' | ';') => separator.to_string(),
            _ => Self::All.text(separator.encode_utf8(&mut [0; 4])),
        }
    }
}

/// What no cookie can hold by RFC 6265. Servers that do not decode cookies read all else as it is.
pub(super) const NOT_IN_COOKIES: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b',').add(b';').add(b'\\');

const ENCODED_IN_COOKIES: &AsciiSet = &NOT_IN_COOKIES.add(b'%');

/// `&` and `#` would cut the value off and `+` would be read as a space, so they are encoded even
/// where reserved characters are allowed; the server reads the same value either way.
const RESERVED_KEPT: &AsciiSet = &SEGMENT
    .remove(b':')
    .remove(b'/')
    .remove(b'?')
    .remove(b'[')
    .remove(b']')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b',')
    .remove(b';')
    .remove(b'=');

fn keep_reserved(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('%') {
        encoded.extend(utf8_percent_encode(before, RESERVED_KEPT));
        let is_triple = behind
            .as_bytes()
            .get(..2)
            .is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit));
        encoded.push_str(if is_triple { "%" } else { "%25" });
        rest = behind;
    }
    encoded.extend(utf8_percent_encode(rest, RESERVED_KEPT));
    encoded
}

/// Texts with a separator between them.
pub(super) fn joined(
    items: impl IntoIterator<Item = String>,
    separator: char,
    escape: Escape,
) -> String {
    let separator = escape.separator(separator);
    let mut text = String::new();
    for (index, item) in items.into_iter().enumerate() {
        if index > 0 {
            text.push_str(&separator);
        }
        text.push_str(&escape.text(&item));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::Escape;

    #[test]
    fn reserved_characters_stay_where_they_do_no_harm() {
        let cases = [
            ("a/b?c:d@e", "a/b?c:d@e"),
            ("a&b#c+d", "a%26b%23c%2Bd"),
            ("100% of %41", "100%25%20of%20%41"),
            ("ü", "%C3%BC"),
            ("%", "%25"),
        ];
        for (value, expected) in cases {
            assert_eq!(Escape::KeepReserved.text(value), expected, "{value}");
        }
    }
}
