//! Texts in an older encoding than UTF-8.

use http::HeaderMap;
use http::header::CONTENT_ENCODING;

use super::media_type::charset;

/// The names of the encodings that have a byte for each character of Western Europe. Programs do not tell them
/// apart, and neither do browsers.
const LATIN: &[&str] = &[
    "iso-8859-1",
    "iso8859-1",
    "iso_8859-1",
    "latin-1",
    "latin1",
    "windows-1252",
    "cp1252",
];

/// What the bytes from 0x80 to 0x9f stand for in `windows-1252`. The other bytes are numbers of characters.
const BELOW_A0: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// The text of a body in a Latin encoding; nothing where the server names none, writes UTF-8 all the same, or
/// has compressed the text.
pub(super) fn from_latin(headers: &HeaderMap, body: &[u8]) -> Option<String> {
    let named = charset(headers)?;
    let is_latin = LATIN.iter().any(|name| name.eq_ignore_ascii_case(named));
    let is_plain = !headers.contains_key(CONTENT_ENCODING);
    (is_latin && is_plain && str::from_utf8(body).is_err())
        .then(|| body.iter().map(|byte| character(*byte)).collect())
}

fn character(byte: u8) -> char {
    let below_a0 = byte.checked_sub(0x80).map(usize::from);
    let special = below_a0.and_then(|index| BELOW_A0.get(index));
    special.copied().unwrap_or(char::from(byte))
}

#[cfg(test)]
mod tests {
    use http::header::{CONTENT_ENCODING, CONTENT_TYPE, HeaderMap, HeaderValue};

    use super::from_latin;

    fn text(media_type: &'static str, body: &[u8]) -> Option<String> {
        let media_type = HeaderValue::from_static(media_type);
        let headers = HeaderMap::from_iter([(CONTENT_TYPE, media_type)]);
        from_latin(&headers, body)
    }

    #[test]
    fn latin_texts_are_read_where_the_server_says_so() {
        let expected = Some("gr\u{fc}n \u{20ac}".to_owned());
        for media_type in [
            "text/plain;charset=ISO-8859-1",
            "text/html; format=flowed; Charset=\"windows-1252\"",
        ] {
            assert_eq!(text(media_type, b"gr\xfcn \x80"), expected, "{media_type}");
        }
    }

    #[test]
    fn other_texts_are_left_alone() {
        assert_eq!(text("text/plain", b"gr\xfcn"), None);
        assert_eq!(text("text/plain; charset=utf-8", b"gr\xfcn"), None);
        assert_eq!(text("text/plain; charset=shift_jis", b"gr\xfcn"), None);
        assert_eq!(text("text/plain; charset=latin1", b"gr\xc3\xbcn"), None);
        let headers = HeaderMap::from_iter([
            (
                CONTENT_TYPE,
                HeaderValue::from_static("text/plain; charset=latin1"),
            ),
            (CONTENT_ENCODING, HeaderValue::from_static("gzip")),
        ]);
        assert_eq!(from_latin(&headers, b"\x1f\x8b"), None);
    }
}
