//! The styles in which values become text outside of JSON.
//!
//! A value is serialised once and written by its shape, so no parameter needs code of its own.

use std::borrow::Cow;

use serde::Serialize;
use zeroize::Zeroizing;

use super::call::{Draft, Pairs, checks};
use super::error::RequestFault;
use super::escape::{Escape, joined};
use super::value::{Tree, tree};
use super::{Call, Endpoint, ParameterPlace};

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

impl<E: Endpoint, M> Call<E, M> {
    /// Sets an argument of the path in a style of its own.
    pub fn path_styled(mut self, name: &'static str, value: impl Serialize, style: Style) -> Self {
        checks::value::<E, _>(&mut self.draft, ParameterPlace::Path, name, &value);
        let written = text(name, &value, style, Escape::All);
        add(&mut self.draft, name, written, |draft, text| {
            draft.path.push((name, text));
        });
        self
    }

    /// Adds query parameters in a style of their own.
    pub fn query_styled(self, name: &'static str, value: impl Serialize, style: Style) -> Self {
        query_escaped(self, name, &value, style, Escape::All)
    }

    /// Adds query parameters whose values may hold reserved characters. `&`, `#` and `+` are encoded
    /// all the same, since they would change what the server reads.
    pub fn query_reserved(self, name: &'static str, value: impl Serialize, style: Style) -> Self {
        query_escaped(self, name, &value, style, Escape::KeepReserved)
    }

    /// Adds a header that the document names, in a style of its own, unless the value has nothing to write, as
    /// an empty object.
    pub fn header_param_styled(
        mut self,
        name: &'static str,
        value: impl Serialize,
        style: Style,
    ) -> Self {
        checks::value::<E, _>(&mut self.draft, ParameterPlace::Header, name, &value);
        let written = text(name, &value, style, Escape::Nothing);
        add(&mut self.draft, name, written, |draft, text| {
            if !text.is_empty() {
                draft.add_header(name, &text);
            }
        });
        self
    }

    /// Adds cookies in a style of their own.
    pub fn cookie_styled(
        mut self,
        name: &'static str,
        value: impl Serialize,
        style: Style,
    ) -> Self {
        checks::value::<E, _>(&mut self.draft, ParameterPlace::Cookie, name, &value);
        let written = pairs(name, &value, style, Escape::Cookie);
        add(&mut self.draft, name, written, |draft, pairs| {
            draft.cookies.extend(pairs);
        });
        self
    }
}

// No method, for it would take the name of a parameter's setter.
fn query_escaped<E: Endpoint, M, T: Serialize + ?Sized>(
    mut call: Call<E, M>,
    name: &'static str,
    value: &T,
    style: Style,
    escape: Escape,
) -> Call<E, M> {
    checks::value::<E, _>(&mut call.draft, ParameterPlace::Query, name, value);
    let written = pairs(name, value, style, escape);
    add(&mut call.draft, name, written, |draft, pairs| {
        draft.query.extend(pairs);
    });
    call
}

/// Adds what a style makes of a value, or notes why it makes nothing of it.
fn add<W>(
    draft: &mut Draft,
    name: &str,
    written: Result<W, String>,
    add: impl FnOnce(&mut Draft, W),
) {
    match written {
        Ok(written) => add(draft, written),
        Err(reason) => draft.fail(RequestFault::Parameter(name.to_owned(), reason)),
    }
}

/// A value as names and texts: parameters of a query, cookies or the fields of a form. Names are as
/// they are; texts are escaped.
fn pairs<T: Serialize + ?Sized>(
    name: &str,
    value: &T,
    style: Style,
    escape: Escape,
) -> Result<Pairs, String> {
    let mut pairs = Vec::new();
    add_pairs(name, &tree(value)?, style, escape, &mut pairs);
    Ok(pairs
        .into_iter()
        .map(|(name, text)| (Cow::Owned(name), text))
        .collect())
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
fn text<T: Serialize + ?Sized>(
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

    use super::{Escape, Pairs, Style, pairs, text};

    #[test]
    fn values_within_values_are_json_or_named_step_by_step() {
        let value = json!({"a": {"b": [1, {"c": "x"}], "none": null}});
        let written = |style| pairs("f", &value, style, Escape::Nothing).expect("it is written");
        let owned = |pairs: &[(&'static str, &str)]| -> Pairs {
            let pairs = pairs.iter();
            pairs
                .map(|(name, text)| ((*name).into(), (*text).to_owned()))
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
