//! The styles in which values become text outside of JSON.
//!
//! A value is serialised once and written by its shape, so no parameter needs code of its own.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde::Serialize;
use zeroize::Zeroizing;

use super::path::SEGMENT;
use super::value::{Tree, tree};

/// How a value becomes text in a path, a query, a header, a cookie or a form.
///
/// What the specification leaves open is settled here: a value within a value is a JSON text, except
/// that [`DeepObject`](Self::DeepObject) names every step to it, by index where it is in a list, and that
/// [`FormExploded`](Self::FormExploded) repeats the name of a list within an object; null is left out;
/// and so is an empty list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// `color=blue,black` and `color=R,100,G,200`.
    Form,
    /// `color=blue&color=black` and `R=100&G=200`.
    FormExploded,
    /// `color=blue%20black` and `color=R%20100%20G%20200`.
    SpaceDelimited,
    /// `color=blue%7Cblack` and `color=R%7C100%7CG%7C200`.
    PipeDelimited,
    /// `color%5BR%5D=100&color%5BG%5D=200`.
    DeepObject,
    /// `blue,black` and `R,100,G,200`.
    Simple,
    /// `blue,black` and `R=100,G=200`.
    SimpleExploded,
    /// `.blue,black` and `.R,100,G,200`.
    Label,
    /// `.blue.black` and `.R=100.G=200`.
    LabelExploded,
    /// `;color=blue,black` and `;color=R,100,G,200`.
    Matrix,
    /// `;color=blue;color=black` and `;R=100;G=200`.
    MatrixExploded,
    /// A JSON text.
    Json,
}

/// Which characters of a value are percent-encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Escape {
    /// All but the unreserved ones of RFC 3986.
    All,
    /// As [`All`](Self::All), but for the reserved characters that no query is cut at, and for what
    /// is percent-encoded already.
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

/// A value as names and texts: parameters of a query, cookies or the fields of a form. Names are as
/// they are; texts are escaped.
pub(super) fn pairs<T: Serialize + ?Sized>(
    name: &str,
    value: &T,
    style: Style,
    escape: Escape,
) -> Result<Vec<(String, String)>, String> {
    let mut pairs = Vec::new();
    add_pairs(name, &tree(value)?, style, escape, &mut pairs);
    Ok(pairs)
}

/// As [`pairs`], of a value that has been read.
pub(super) fn add_pairs(
    name: &str,
    value: &Tree,
    style: Style,
    escape: Escape,
    pairs: &mut Vec<(String, String)>,
) {
    let mut push = |name: &str, text: String| pairs.push((name.to_owned(), text));
    match (value, style) {
        (Tree::Null, _) => {}
        (value, Style::Json) => push(name, escape.text(&value.json())),
        (value, Style::DeepObject) => add_deep(name, value, escape, pairs),
        (Tree::List(items), Style::FormExploded) => {
            for text in items.iter().filter_map(Tree::text).map(Zeroizing::new) {
                push(name, escape.text(&text));
            }
        }
        (Tree::Object(members), Style::FormExploded) => {
            // Each member stands for itself, so a list repeats its name.
            for (member, value) in members {
                let texts = match value {
                    Tree::List(items) => items.iter().filter_map(Tree::text).collect(),
                    other => Vec::from_iter(other.text()),
                };
                for text in texts.into_iter().map(Zeroizing::new) {
                    push(member, escape.text(&text));
                }
            }
        }
        (Tree::List(_) | Tree::Object(_), _) => {
            let separator = match style {
                Style::SpaceDelimited => ' ',
                Style::PipeDelimited => '|',
                _ => ',',
            };
            let parts = parts(value);
            if !parts.is_empty() {
                push(name, joined(parts, separator, escape));
            }
        }
        (scalar, _) => {
            let text = Zeroizing::new(scalar.text().unwrap_or_default());
            push(name, escape.text(&text));
        }
    }
}

fn add_deep(name: &str, value: &Tree, escape: Escape, pairs: &mut Vec<(String, String)>) {
    match value {
        Tree::List(items) => {
            for (index, item) in items.iter().enumerate() {
                add_deep(&format!("{name}[{index}]"), item, escape, pairs);
            }
        }
        Tree::Object(members) => {
            for (member, value) in members {
                add_deep(&format!("{name}[{member}]"), value, escape, pairs);
            }
        }
        scalar => {
            let text = scalar
                .text()
                .map(|text| (name.to_owned(), escape.text(&text)));
            pairs.extend(text);
        }
    }
}

/// A value as one text: a parameter of a path, or a header.
pub(super) fn text<T: Serialize + ?Sized>(
    name: &str,
    value: &T,
    style: Style,
    escape: Escape,
) -> Result<String, String> {
    let value = tree(value)?;
    Ok(match style {
        Style::Json => escape.text(&value.json()),
        Style::Label => match joined(parts(&value), ',', escape) {
            text if text.is_empty() && matches!(value, Tree::List(_) | Tree::Object(_)) => text,
            text => format!(".{text}"),
        },
        Style::LabelExploded => prefixed(&assignments(&value, escape), "."),
        Style::Matrix => match joined(parts(&value), ',', escape) {
            text if text.is_empty() => format!(";{name}"),
            text => format!(";{name}={text}"),
        },
        Style::MatrixExploded if matches!(value, Tree::Object(_)) => {
            prefixed(&assignments(&value, escape), ";")
        }
        Style::MatrixExploded => {
            let named = |text: String| match escape.text(&text) {
                text if text.is_empty() => name.to_owned(),
                text => format!("{name}={text}"),
            };
            let named: Vec<String> = parts(&value).into_iter().map(named).collect();
            prefixed(&named, ";")
        }
        Style::SimpleExploded => assignments(&value, escape).join(","),
        _ => joined(parts(&value), ',', escape),
    })
}

/// The texts of a list, of an object with its names before its values, or of a scalar.
fn parts(value: &Tree) -> Vec<String> {
    match value {
        Tree::List(items) => items.iter().filter_map(Tree::text).collect(),
        Tree::Object(members) => members
            .iter()
            .filter_map(|(name, value)| Some([name.clone(), value.text()?]))
            .flatten()
            .collect(),
        scalar => scalar.text().into_iter().collect(),
    }
}

/// As [`parts`], escaped, with `=` between the names of an object and their values.
fn assignments(value: &Tree, escape: Escape) -> Vec<String> {
    match value {
        Tree::Object(members) => members
            .iter()
            .filter_map(|(name, value)| {
                let (name, text) = (escape.text(name), escape.text(&value.text()?));
                Some(format!("{name}={text}"))
            })
            .collect(),
        other => parts(other).iter().map(|text| escape.text(text)).collect(),
    }
}

fn prefixed(parts: &[String], prefix: &str) -> String {
    parts
        .iter()
        .fold(String::new(), |text, part| text + prefix + part)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Escape, Style, pairs, text};

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

    #[test]
    fn values_within_values_are_json_or_named_step_by_step() {
        let value = json!({"a": {"b": [1, {"c": "x"}], "none": null}});
        let written = |style| pairs("f", &value, style, Escape::Nothing).expect("it is written");
        let owned = |pairs: &[(&str, &str)]| -> Vec<(String, String)> {
            let pairs = pairs.iter();
            pairs
                .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
                .collect()
        };
        assert_eq!(
            written(Style::DeepObject),
            owned(&[("f[a][b][0]", "1"), ("f[a][b][1][c]", "x")])
        );
        let json = r#"{"b":[1,{"c":"x"}],"none":null}"#;
        assert_eq!(written(Style::FormExploded), owned(&[("a", json)]));
        let value = json!({"list": ["x", 1, null], "one": true, "none": []});
        let written = pairs("f", &value, Style::FormExploded, Escape::Nothing);
        let expected = owned(&[("list", "x"), ("list", "1"), ("one", "true")]);
        let sorted = written.map(|mut pairs| {
            pairs.sort_by(|one, other| one.0.cmp(&other.0));
            pairs
        });
        assert_eq!(sorted, Ok(expected));
    }

    #[test]
    fn a_separator_within_a_value_is_encoded() {
        let value = ["a,b", "c"];
        let written = text("p", &value, Style::Simple, Escape::All).expect("it is written");
        assert_eq!(written, "a%2Cb,c");
    }
}
