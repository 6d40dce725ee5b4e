//! How to mend what a parser stumbles over: the mistakes that people make most, told by the text around
//! the place.

use super::SyntaxError;

/// What begins a conflict that a merge by git has left.
const CONFLICT: &str = "<<<<<<< ";

/// How a JSON text is mended.
pub(super) fn json(text: &str, offset: usize) -> Option<String> {
    let (before, rest) = text.split_at_checked(offset)?;
    let help = match rest.bytes().next() {
        Some(b'/' | b'#') => "JSON has no comments: remove it, or write the document as YAML",
        Some(b'\'') => "JSON takes double quotes alone",
        Some(b'}' | b']') if before.trim_end().ends_with(',') => "remove the comma before it",
        Some(b'"') if before.trim_end().ends_with(['}', ']', '"']) => {
            "a comma is missing before it"
        }
        None => "something is not closed: the text ends where more has to follow",
        _ => return None,
    };
    Some(help.to_owned())
}

/// How a YAML text is mended, of which the parser says this.
pub(super) fn yaml(text: &str, offset: usize, message: &str) -> Option<String> {
    let (before, rest) = text.split_at_checked(offset)?;
    let line = before.rsplit('\n').next().unwrap_or_default();
    let first = rest.chars().next();
    let says = |words: &str| message.contains(words);
    let help = match first {
        _ if says("tab") => "indent with spaces: YAML takes no tabs for that",
        Some(character) if says("unexpected character") => {
            return Some(format!(
                "put the value in quotes: without them none begins with {character:?}"
            ));
        }
        Some('*') if says("unknown anchor") => {
            "put a text that begins with `*` in quotes; without them it repeats what an anchor marks"
        }
        _ if says("escape") => {
            "write `\\\\` for a backslash, or use single quotes, between which it is one"
        }
        Some('"' | '\'') if says("quoted scalar") => {
            "close the quote that opens here, and indent what stands between the quotes"
        }
        _ if says("trailing content") => {
            "put the whole value in quotes: it ends with the one that closes"
        }
        Some(':') if says("not allowed") && line.contains(": ") => {
            "put the value in quotes: without them it cannot hold a colon before a space"
        }
        _ if says("expected key") && is_bracketed(line) => {
            "put the value in quotes: without them, what begins with a bracket ends with it"
        }
        _ if says("not allowed") => {
            "indent this line like those of the same object, or put the text that it goes on with in quotes"
        }
        _ if says("expected key") => "indent this line like those of the same object",
        _ if says("expect ':'") => {
            "a line above lacks a colon and the space behind it, or is indented too little"
        }
        _ if says("text that is indented") => {
            "write a colon and a space behind the key, or indent the line like the text it goes on with"
        }
        _ if says("a key without a colon") => "write a colon behind the key",
        _ if says("invalid indentation") => {
            "close the bracket that is open above, or indent what it holds"
        }
        _ if says("comment or line break") => "begin the text in the next line, and indent it",
        Some(',') => "remove a comma: between two of them a value is missing",
        _ => return None,
    };
    Some(help.to_owned())
}

/// Where a merge by git has left a conflict, in any text.
pub(super) fn conflict(text: &str) -> Option<SyntaxError> {
    let is_first = text.starts_with(CONFLICT);
    let within = || Some(text.find(&format!("\n{CONFLICT}"))? + 1);
    let offset = if is_first { 0 } else { within()? };
    Some(SyntaxError::new(
        offset,
        "a conflict of a merge begins here",
    ))
}

/// The last value of the line is a list or an object in brackets.
fn is_bracketed(line: &str) -> bool {
    let value = line.rsplit(": ").next().unwrap_or_default().trim();
    (value.starts_with('{') && value.ends_with('}'))
        || (value.starts_with('[') && value.ends_with(']'))
}
