//! Patterns of documents, which are regular expressions of ECMA 262.

/// The same pattern for `regex-lite`, with which clients check values.
///
/// # Errors
///
/// It uses a construct that `regex-lite` does not know, such as looking ahead; the text names it.
pub(crate) fn portable(pattern: &str) -> Result<String, String> {
    let pattern = portable_classes(pattern);
    match regex_lite::Regex::new(&pattern) {
        Ok(_) => Ok(pattern),
        Err(error) => Err(error.to_string()),
    }
}

/// Within a class, ECMA takes `[`, `&&`, `--` and `~~` for characters. A `]` ends it even where nothing
/// stands before: `[^]` is any character, and `[]` is none.
fn portable_classes(pattern: &str) -> String {
    let mut text = String::with_capacity(pattern.len());
    let mut characters = pattern.chars().peekable();
    let mut in_class = false;
    while let Some(character) = characters.next() {
        match character {
            '\\' => {
                text.push('\\');
                text.extend(characters.next());
                continue;
            }
            '[' | '&' | '~' if in_class => text.push('\\'),
            '-' if in_class && characters.peek() == Some(&'-') => text.push('\\'),
            '[' => {
                let is_negated = characters.next_if_eq(&'^').is_some();
                in_class = characters.next_if_eq(&']').is_none();
                text.push_str(match (in_class, is_negated) {
                    (true, true) => "[^",
                    (true, false) => "[",
                    (false, true) => r"[\s\S]",
                    (false, false) => r"[^\s\S]",
                });
                continue;
            }
            ']' => in_class = false,
            _ => {}
        }
        text.push(character);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::portable;

    fn matches(pattern: &str, text: &str) -> bool {
        let pattern = portable(pattern).expect("the pattern is portable");
        regex_lite::Regex::new(&pattern).is_ok_and(|regex| regex.is_match(text))
    }

    #[test]
    fn a_portable_pattern_means_the_same() {
        assert!(matches(r"^[a-z\-]+$", "a-b"));
        assert!(matches(r"^[[a]+$", "a["));
        assert!(matches("^[&&a~~]+$", "&~a"));
        assert!(matches(r"^\d{2}\/\d{2}$", "12/34"));
        assert!(!matches(r"^\d+$", "٣"));
        assert!(matches(r"^[^\]]$", "a"));
        assert!(matches(r"^\u00e4$", "ä"));
        assert!(!matches("^a$", "a\n"));
        assert!(matches("^a[^]b$", "a\nb"));
        assert!(!matches("^[^]]$", "a"));
        assert!(matches("^[^]]$", "a]"));
        assert!(!matches("a[]|b[]]", "a]b]"));
    }

    #[test]
    fn a_pattern_that_is_not_portable_is_refused() {
        for pattern in [r"^(?!a)", r"(a)\1", r"\p{L}", "(", r"\cA"] {
            assert!(portable(pattern).is_err(), "{pattern}");
        }
    }
}
