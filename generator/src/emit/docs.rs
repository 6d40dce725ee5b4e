//! Documentation: the document's Markdown made fit for rustdoc, and limits put into words.

mod html;

use std::fmt::Write;

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

use crate::ir::{Bounds, Constraints, Docs};

/// What stands before what is deprecated.
pub(super) fn deprecation(is_deprecated: bool) -> Option<TokenStream> {
    is_deprecated.then(|| quote!(#[deprecated]))
}

/// Says that a type, field or variant is deprecated. The attribute would warn of the emitted code's
/// own use of it.
pub(super) fn deprecated_note(mut text: String, deprecated: bool) -> String {
    if deprecated {
        text.push_str("\n\n**Deprecated.**");
    }
    text
}

/// The documentation of a value: its text, limits and default; or a sentence where there is nothing.
pub(super) fn value_text(
    docs: &Docs,
    constraints: &Constraints,
    default: Option<&Value>,
    otherwise: impl FnOnce() -> String,
) -> String {
    let mut text = markdown_or(&docs.text, otherwise);
    let mut facts = limits(constraints);
    if let Some(default) = default {
        facts.push(format!("Default: {}.", code(&default_text(default))));
    }
    if !facts.is_empty() {
        text.push_str("\n\n");
        text.push_str(&facts.join(" "));
    }
    text
}

fn default_text(default: &Value) -> String {
    match default {
        Value::String(text) if !text.is_empty() => text.clone(),
        other => other.to_string(),
    }
}

/// Text as code; the fence is longer than any run of backticks within.
pub(super) fn code(text: &str) -> String {
    if !text.contains(['\n', '\r', '`']) {
        return format!("`{text}`");
    }
    let text = text.replace(['\n', '\r'], " ");
    let runs = text.split(|character| character != '`').map(str::len);
    match runs.max() {
        None | Some(0) => format!("`{text}`"),
        Some(longest) => {
            let fence = "`".repeat(longest + 1);
            format!("{fence} {text} {fence}")
        }
    }
}

/// The limits, a sentence each.
fn limits(constraints: &Constraints) -> Vec<String> {
    let mut sentences = Vec::new();
    let lower = constraints
        .minimum
        .map(|limit| (limit, constraints.exclusive_minimum));
    let upper = constraints
        .maximum
        .map(|limit| (limit, constraints.exclusive_maximum));
    if let (Some((low, false)), Some((high, false))) = (lower, upper) {
        sentences.push(format!("From {low} to {high}."));
    } else {
        let word = |exclusive, one: &'static str, other| if exclusive { one } else { other };
        sentences.extend(lower.map(|(low, exclusive)| {
            format!("{} {low}.", word(exclusive, "More than", "At least"))
        }));
        sentences.extend(upper.map(|(high, exclusive)| {
            format!("{} {high}.", word(exclusive, "Less than", "At most"))
        }));
    }
    if let Some(step) = constraints.multiple_of {
        sentences.push(format!("A multiple of {step}."));
    }
    sentences.extend(count(constraints.length, "character"));
    sentences.extend(count(constraints.items, "item"));
    sentences.extend(count(constraints.properties, "entry"));
    if constraints.unique_items {
        sentences.push("All items differ.".to_owned());
    }
    if let Some(pattern) = &constraints.pattern {
        sentences.push(format!("Matches {}.", code(pattern)));
    }
    let allowed: Vec<String> = constraints
        .allowed
        .iter()
        .map(|value| code(&value.to_string()))
        .collect();
    match allowed.as_slice() {
        [] => {}
        [only] => sentences.push(format!("Always {only}.")),
        several => sentences.push(format!("One of {}.", several.join(", "))),
    }
    sentences
}

fn count(bounds: Bounds, unit: &str) -> Option<String> {
    let plural = |number: u64| match (number, unit) {
        (1, _) => unit.to_owned(),
        (_, "entry") => "entries".to_owned(),
        _ => format!("{unit}s"),
    };
    Some(
        match (bounds.minimum.filter(|least| *least > 0), bounds.maximum) {
            (None, None) => return None,
            (Some(least), None) => format!("At least {least} {}.", plural(least)),
            (None, Some(most)) => format!("At most {most} {}.", plural(most)),
            (Some(least), Some(most)) if least == most => {
                format!("Exactly {least} {}.", plural(most))
            }
            (Some(least), Some(most)) => format!("From {least} to {most} {}.", plural(most)),
        },
    )
}

/// Markdown fit for rustdoc, or another text where the document has none.
pub(super) fn markdown_or(text: &str, otherwise: impl FnOnce() -> String) -> String {
    match markdown(text) {
        empty if empty.is_empty() => otherwise(),
        text => text,
    }
}

/// Makes Markdown of the document fit for rustdoc: code blocks are text and no tests, brackets are
/// no links to items, HTML is Markdown, other angle brackets are text, and addresses are links.
pub(super) fn markdown(text: &str) -> String {
    let mut output = String::with_capacity(text.len());
    let mut fence: Option<String> = None;
    for line in html::to_markdown(text).trim().lines() {
        let line = line.trim_end().replace('\t', "    ");
        let trimmed = line.trim_start();
        let marker: String = trimmed
            .chars()
            .take_while(|character| matches!(character, '`' | '~'))
            .collect();
        if let Some(open) = &fence {
            output.push_str(&line);
            if trimmed.starts_with(open.as_str()) {
                fence = None;
            }
        } else if marker.len() >= 3 && !trimmed[marker.len()..].contains('`') {
            output.push_str(&line[..line.len() - trimmed.len()]);
            output.push_str(&marker);
            output.push_str("text");
            fence = Some(marker);
        } else {
            push_line(&mut output, &line);
        }
        output.push('\n');
    }
    if let Some(open) = fence {
        output.push_str(&open);
    }
    output.trim_end().to_owned()
}

fn push_line(output: &mut String, line: &str) {
    // Four spaces would open a code block, which rustdoc runs as a test; lists may be indented less
    // without changing their meaning for a reader.
    let indent = line.len() - line.trim_start().len();
    let _ = write!(output, "{:1$}", "", indent.min(3));
    let mut rest = line.trim_start();
    while let Some(start) = rest.find(['`', '[', '<', '\\', 'h']) {
        let (plain, marked) = rest.split_at(start);
        output.push_str(plain);
        let taken = match marked.as_bytes().first() {
            Some(b'`') => code_span(output, marked),
            Some(b'[') => bracket(output, marked),
            Some(b'<') => angle(output, marked),
            Some(b'\\') => escape(output, marked),
            _ if marked.starts_with("http://") || marked.starts_with("https://") => {
                address(output, marked)
            }
            _ => {
                output.push('h');
                1
            }
        };
        rest = marked.get(taken..).unwrap_or_default();
    }
    output.push_str(rest);
}

fn escape(output: &mut String, rest: &str) -> usize {
    let length = 1 + rest.chars().nth(1).map_or(0, char::len_utf8);
    output.push_str(rest.get(..length).unwrap_or(rest));
    length
}

/// Code within a line is copied; a single backtick is escaped.
fn code_span(output: &mut String, rest: &str) -> usize {
    let ticks = rest.len() - rest.trim_start_matches('`').len();
    let (opening, content) = rest.split_at(ticks);
    if let Some(end) = content.find(opening) {
        let length = ticks + end + ticks;
        output.push_str(rest.get(..length).unwrap_or(rest));
        length
    } else {
        for _ in 0..ticks {
            output.push_str("\\`");
        }
        ticks
    }
}

/// A link with its target is copied; any other bracket is text, not the name of a Rust item.
fn bracket(output: &mut String, rest: &str) -> usize {
    let label = rest.get(1..).and_then(|text| text.split(['[', ']']).next());
    let label = label.unwrap_or_default();
    let end = 1 + label.len();
    let target = rest.get(end..).filter(|tail| tail.starts_with("]("));
    if let Some(target) = target
        && let Some(target_end) = target.find(')')
    {
        let target = target.get(2..target_end).unwrap_or_default();
        let address = target.split_whitespace().next().unwrap_or_default();
        if address.contains("://") || address.starts_with("mailto:") {
            output.push('[');
            output.push_str(&label.replace('<', "\\<"));
            let title = target.trim_start().get(address.len()..).map(str::trim);
            if title.is_some_and(|title| !title.is_empty() && !title.starts_with(['"', '\''])) {
                // The link is not closed: what stands behind its address is text.
                let _ = write!(output, "]({address})");
                let start = target.find(address).unwrap_or_default();
                return end + 2 + start + address.len();
            }
            let _ = write!(output, "]({target})");
        } else {
            push_line(output, label);
        }
        return end + target_end + 1;
    }
    output.push_str("\\[");
    1
}

/// An address in angle brackets is copied; any other angle bracket is text, not HTML.
fn angle(output: &mut String, rest: &str) -> usize {
    if rest.starts_with("<http")
        && let Some(end) = rest.find('>')
    {
        let length = end + 1;
        output.push_str(rest.get(..length).unwrap_or(rest));
        return length;
    }
    if let Some(length) = line_break(rest) {
        output.push(' ');
        return length;
    }
    output.push_str("\\<");
    1
}

fn line_break(rest: &str) -> Option<usize> {
    ["<br>", "<br/>", "<br />"]
        .iter()
        .find(|tag| {
            rest.len() >= tag.len()
                && rest
                    .get(..tag.len())
                    .is_some_and(|start| start.eq_ignore_ascii_case(tag))
        })
        .map(|tag| tag.len())
}

fn address(output: &mut String, rest: &str) -> usize {
    let end = rest
        .find(|character: char| character.is_whitespace() || "<>\"`|".contains(character))
        .unwrap_or(rest.len());
    let address = rest.get(..end).unwrap_or(rest);
    let address =
        address.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '*', '_', '\'', '}']);
    let _ = write!(output, "<{address}>");
    address.len()
}

#[cfg(test)]
mod tests {
    use super::{code, limits, markdown};
    use crate::ir::{Bounds, Constraints};

    #[test]
    fn nothing_within_code_ends_it() {
        assert_eq!(code("a b"), "`a b`");
        assert_eq!(code("a`b"), "`` a`b ``");
        assert_eq!(code("``"), "``` `` ```");
    }

    #[test]
    fn markdown_becomes_fit_for_rustdoc() {
        let cases = [
            ("See [Item] and a[0].", "See \\[Item] and a\\[0]."),
            ("Give <id>.", "Give \\<id>."),
            ("At https://example.com/a.", "At <https://example.com/a>."),
            (
                "A [page](https://example.com/a).",
                "A [page](https://example.com/a).",
            ),
            (
                "A [https://example.com/a](https://example.com/a (PAT) of all.",
                "A [https://example.com/a](https://example.com/a) (PAT) of all.",
            ),
            (
                "A [page](https://example.com/a \"Title\").",
                "A [page](https://example.com/a \"Title\").",
            ),
            ("A [part](#part).", "A part."),
            ("Keep `<id>` and `a[0]`.", "Keep `<id>` and `a[0]`."),
            ("```\nlet x\n```", "```text\nlet x\n```"),
            ("a\n\n        code", "a\n\n   code"),
            ("an ` alone", "an \\` alone"),
            ("```json\n{}", "```text\n{}\n```"),
        ];
        for (text, expected) in cases {
            assert_eq!(markdown(text), expected, "{text:?}");
        }
    }

    #[test]
    fn limits_become_sentences() {
        let constraints = Constraints {
            minimum: Some(2048.0),
            maximum: Some(65536.0),
            multiple_of: Some(1024.0),
            length: Bounds {
                minimum: Some(1),
                maximum: Some(63),
            },
            items: Bounds {
                minimum: None,
                maximum: Some(1),
            },
            ..Constraints::default()
        };
        let expected = [
            "From 2048 to 65536.",
            "A multiple of 1024.",
            "From 1 to 63 characters.",
            "At most 1 item.",
        ];
        assert_eq!(limits(&constraints), expected);
    }
}
