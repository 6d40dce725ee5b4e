//! Documentation, kept beside the tokens of what it documents.

use std::cell::RefCell;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::visible;

/// What the names of attributes begin with that stand for texts.
const PREFIX: &str = "docs_";

/// The documentation of a file's items.
///
/// It is most of what is emitted. Within the tokens it would be escaped, parsed, unescaped and measured
/// before it is written; so they hold a number in its place.
#[derive(Debug, Default)]
pub(crate) struct Comments {
    texts: RefCell<Vec<String>>,
}

impl Comments {
    /// The attribute that stands for a text; nothing where there is none.
    pub(crate) fn attribute(&self, text: String) -> Option<TokenStream> {
        if text.is_empty() {
            return None;
        }
        let mut texts = self.texts.borrow_mut();
        // A path takes the parser less time than a value would.
        let name = format_ident!("{PREFIX}{}", texts.len());
        texts.push(text);
        Some(quote!(#[#name]))
    }

    /// Adds a formatted line, or the text that it stands for.
    pub(super) fn push_line(&self, line: &str, output: &mut String) {
        let content = line.trim_start();
        let texts = self.texts.borrow();
        if let Some(text) = number(content).and_then(|number| texts.get(number)) {
            let indent = &line[..line.len() - content.len()];
            push_comments(output, indent, "///", text);
        } else {
            output.push_str(line);
            output.push('\n');
        }
    }
}

/// The number of an attribute that stands for a text.
fn number(line: &str) -> Option<usize> {
    let name = line.strip_prefix("#[")?.strip_suffix(']')?;
    name.strip_prefix(PREFIX)?.parse().ok()
}

/// Adds a text as comments, one a line, behind these blanks and slashes.
pub(super) fn push_comments(output: &mut String, indent: &str, slashes: &str, text: &str) {
    for line in text.lines() {
        output.push_str(indent);
        output.push_str(slashes);
        let line = line.trim_end();
        if !line.is_empty() {
            output.push(' ');
            output.push_str(&visible(line));
        }
        output.push('\n');
    }
}

/// A text as comments, one a line.
pub(crate) fn lines(text: &str) -> Vec<String> {
    let mut comments = String::new();
    push_comments(&mut comments, "", "///", text);
    comments.lines().map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use proc_macro2::TokenStream;
    use quote::quote;

    use super::Comments;
    use crate::format::{File, Item, format};

    fn formatted(text: &str, code: impl Fn(Option<TokenStream>) -> TokenStream) -> String {
        let comments = Comments::default();
        let code = code(comments.attribute(text.to_owned()));
        let file = File {
            docs: "A module.".to_owned(),
            comments,
            items: vec![Item::Code(code)],
        };
        let text = format(file).expect("the code is Rust");
        let (_, code) = text.split_once("//! A module.\n\n").expect("the head");
        code.to_owned()
    }

    #[test]
    fn documentation_is_indented_as_what_it_documents() {
        let code = formatted(
            "One.  \n\n\"Two\\\" \u{202e}",
            |docs| quote!(pub struct Line { #docs pub length: u8, }),
        );
        let expected = "pub struct Line {
    /// One.
    ///
    /// \"Two\\\" \\u{202e}
    pub length: u8,
}
";
        assert_eq!(code, expected);
    }

    #[test]
    fn nothing_is_documented_with_nothing() {
        let code = formatted("", |docs| quote!(#docs pub struct Line;));
        assert_eq!(code, "pub struct Line;\n");
    }
}
