//! Forms: `application/x-www-form-urlencoded`.

use serde::Serialize;

use super::auth::encode;
use super::multipart::FieldEncoding;
use super::style::{Escape, Style, add_pairs};
use super::value::{Tree, tree};

/// The properties of a value as pairs. Where the document does not say otherwise, a list repeats its
/// name and an object within is a JSON text; null is left out.
pub(super) fn form<T: Serialize + ?Sized>(
    value: &T,
    encodings: &[(&str, FieldEncoding)],
) -> Result<String, String> {
    let Tree::Object(members) = tree(value)? else {
        return Err("only an object can be sent as a form".to_owned());
    };
    let mut pairs = Vec::new();
    for (name, member) in &members {
        let encoding = encodings.iter().find(|(known, _)| known == name);
        let style = match (encoding, member) {
            (Some((_, FieldEncoding::Style(style))), _) => *style,
            (None, Tree::List(_)) => Style::FormExploded,
            _ if matches!(member, Tree::List(_) | Tree::Object(_)) => Style::Json,
            _ => Style::Form,
        };
        add_pairs(name, member, style, Escape::All, &mut pairs);
    }
    let pairs = pairs.iter();
    let pairs: Vec<String> = pairs
        .map(|(name, text)| format!("{}={text}", encode(name)))
        .collect();
    Ok(pairs.join("&"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::{FieldEncoding, Style};
    use super::form;

    #[test]
    fn properties_become_pairs() {
        let value = json!({"a b": "c&d", "n": 1, "no": null, "list": ["x", true], "o": {"k": 1}});
        let text = form(&value, &[]).expect("an object is a form");
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
        let text = form(&value, &encodings).expect("an object is a form");
        let mut pairs: Vec<&str> = text.split('&').collect();
        pairs.sort_unstable();
        assert_eq!(pairs, ["list=1%7C2", "o%5Bk%5D%5B0%5D=1"]);
    }
}
