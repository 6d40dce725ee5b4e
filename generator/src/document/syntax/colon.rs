//! The key without a colon, which a YAML parser notices only in a later line.

use super::SyntaxError;

/// The error where it was made, if the parser stumbles over a line above that lacks its colon.
pub(super) fn relocated(text: &str, error: &SyntaxError) -> Option<SyntaxError> {
    let (above, line) = text.get(..error.offset)?.rsplit_once('\n')?;
    let (offset, key) = last_content(above).filter(|(_, key)| !is_entry(key))?;
    let message = if error.message.contains("expect ':'") {
        "a key without a colon and a space behind it, or a text that is indented too little"
    } else if error.message.contains("mapping values are not allowed")
        && !is_entry(line)
        && !key.contains([' ', '\'', '"', '|', '>'])
    {
        "a key without a colon"
    } else {
        return None;
    };
    Some(SyntaxError::new(offset, message))
}

/// The last line that is no comment, without its indentation and the marks of items, and where it begins.
fn last_content(text: &str) -> Option<(usize, &str)> {
    let mut end = text.len();
    while end > 0 {
        let start = text[..end].rfind('\n').map_or(0, |before| before + 1);
        let content = text[start..end].trim_start_matches([' ', '-']);
        if !content.trim().is_empty() && !content.starts_with('#') {
            return Some((end - content.len(), content.trim_end()));
        }
        end = start.saturating_sub(1);
    }
    None
}

/// A line that has a key and a colon.
fn is_entry(line: &str) -> bool {
    line.contains(": ") || line.ends_with(':')
}
