//! Forms: `application/x-www-form-urlencoded`.

use serde::Serialize;
use zeroize::Zeroizing;

use super::call::with_body;
use super::escape::Escape;
use super::request_body::Body;
use super::style::{Style, add_pairs};
use super::value::{Tree, tree};
use super::wiped::WipedBuffer;
use super::{Call, Endpoint};

const MEDIA_TYPE: &str = "application/x-www-form-urlencoded";

/// How a field of a form is written, where the document says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldEncoding {
    /// As a part of this media type.
    ContentType(&'static str),
    /// In this style.
    Style(Style),
}

impl<E: Endpoint, M> Call<E, M> {
    /// Sets the body to the pairs of a form.
    pub fn form<T: Serialize + ?Sized>(self, value: &T) -> Self {
        self.form_encoded(value, &[])
    }

    /// Sets the body to the pairs of a form, some of which are written in a way of their own.
    pub fn form_encoded<T: Serialize + ?Sized>(
        self,
        value: &T,
        encodings: &[(&str, FieldEncoding)],
    ) -> Self {
        let body = form(value, encodings);
        let body = body.map(|form| Body::bytes(MEDIA_TYPE, form.into_bytes()));
        with_body(self, MEDIA_TYPE, value, body)
    }
}

/// The properties of a value as pairs. Where the document does not say otherwise, a list repeats its
/// name and an object within is a JSON text; null is left out.
fn form<T: Serialize + ?Sized>(
    value: &T,
    encodings: &[(&str, FieldEncoding)],
) -> Result<WipedBuffer, String> {
    let tree = tree(value)?;
    let Tree::Object(members) = &tree else {
        return Err("only an object can be sent as a form".to_owned());
    };
    let mut pairs = Vec::new();
    for (name, member) in members {
        let encoding = encodings.iter().find(|(known, _)| known == name);
        let style = match (encoding, member) {
            (Some((_, FieldEncoding::Style(style))), _) => *style,
            (None, Tree::List(_)) => Style::FormExploded,
            _ if matches!(member, Tree::List(_) | Tree::Object(_)) => Style::Json,
            _ => Style::Form,
        };
        add_pairs(name, member, style, Escape::All, &mut pairs);
    }
    let mut form = WipedBuffer::default();
    for (index, (name, text)) in pairs.into_iter().enumerate() {
        let text = Zeroizing::new(text);
        let name = Escape::All.text(&name);
        for part in [if index > 0 { "&" } else { "" }, &name, "=", &text] {
            form.push(part);
        }
    }
    Ok(form)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::{FieldEncoding, Style};
    use super::form;

    fn text(value: &serde_json::Value, encodings: &[(&str, FieldEncoding)]) -> String {
        let form = form(value, encodings).expect("an object is a form");
        String::from_utf8_lossy(&form.into_bytes()).into_owned()
    }

    #[test]
    fn properties_become_pairs() {
        let value = json!({"a b": "c&d", "n": 1, "no": null, "list": ["x", true], "o": {"k": 1}});
        let text = text(&value, &[]);
        let mut pairs: Vec<&str> = text.split('&').collect();
        pairs.sort_unstable();
        let expected = [
            "a%20b=c%26d",
            "list=true",
            "list=x",
            "n=1",
            "o=%7B%22k%22%3A1%7D",
        ];
        assert_eq!(pairs, expected);
        assert!(form(&json!([1]), &[]).is_err());
    }

    #[test]
    fn a_field_may_have_a_style_of_its_own() {
        let value = json!({"o": {"k": [1]}, "list": [1, 2]});
        let encodings = [
            ("o", FieldEncoding::Style(Style::DeepObject)),
            ("list", FieldEncoding::Style(Style::PipeDelimited)),
        ];
        let text = text(&value, &encodings);
        let mut pairs: Vec<&str> = text.split('&').collect();
        pairs.sort_unstable();
        assert_eq!(pairs, ["list=1%7C2", "o%5Bk%5D%5B0%5D=1"]);
    }
}
