//! The key without a colon, which a YAML parser notices only in a later line.

use super::SyntaxError;

/// The error where it was made, if the parser stumbles over a line above that lacks its colon.
pub(super) fn relocated(text: &str, error: &SyntaxError) -> Option<SyntaxError> {
    let line = Line::at(text, error.offset);
    let mut above = Line::all_before(text, line.start);
    if error.message.contains("expect ':'") {
        // The text that lacks a colon may go on in further lines.
        let key = above.find(|key| line.content.is_empty() || key.column <= line.column)?;
        let message =
            "a key without a colon and a space behind it, or a text that is indented too little";
        return (!key.is_entry()).then(|| SyntaxError::new(key.offset(), message));
    }
    let key = above.next()?;
    let is_name = !key.is_entry() && !key.content.contains([' ', '\'', '"', '|', '>']);
    let is_first = if key.is_item {
        line.column == key.column
    } else {
        line.column > key.column && above.next()?.content.ends_with(':')
    };
    let is_noticed = error.message.contains("mapping values are not allowed") && line.is_entry();
    (is_noticed && is_name && is_first)
        .then(|| SyntaxError::new(key.offset(), "a key without a colon"))
}

/// A line of a text.
struct Line<'t> {
    /// The byte at which it begins.
    start: usize,
    /// How many bytes stand before its content: spaces, and the marks of items.
    column: usize,
    /// An item of an array begins in it.
    is_item: bool,
    content: &'t str,
}

impl<'t> Line<'t> {
    fn at(text: &'t str, offset: usize) -> Self {
        let before = text.get(..offset).unwrap_or(text);
        let start = before.rfind('\n').map_or(0, |end| end + 1);
        let line = text[start..].lines().next().unwrap_or_default();
        let content = line.trim_start_matches([' ', '-']);
        let column = line.len() - content.len();
        Self {
            start,
            column,
            is_item: line[..column].contains('-'),
            content: content.trim_end(),
        }
    }

    /// The lines before one, from below, without comments.
    fn all_before(text: &'t str, start: usize) -> impl Iterator<Item = Self> {
        let above = move |start: usize| Some(Self::at(text, start.checked_sub(1)?));
        let lines = std::iter::successors(above(start), move |line| above(line.start));
        lines.filter(|line| !line.content.is_empty() && !line.content.starts_with('#'))
    }

    fn offset(&self) -> usize {
        self.start + self.column
    }

    /// It has a key and a colon.
    fn is_entry(&self) -> bool {
        self.content.contains(": ") || self.content.ends_with(':')
    }
}
