//! Names whose words are plain to see, which are most.

/// How a name shows where its words start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Case {
    /// By underscores, as in `display_name`.
    Snake,
    /// By capitals, as in `DisplayName`.
    UpperCamel,
}

/// The words of a text of ASCII letters and digits; nothing where something else stands in it, where two
/// capitals follow one another, or where a digit begins a word.
pub(super) fn plain_words(text: &str, case: Case) -> Option<String> {
    let mut name = String::with_capacity(text.len() + 4);
    let mut in_word = false;
    let mut bytes = text.bytes().peekable();
    while let Some(byte) = bytes.next() {
        let starts = match byte {
            b'A'..=b'Z' if bytes.peek().is_some_and(u8::is_ascii_lowercase) => true,
            b'a'..=b'z' => !in_word,
            b'0'..=b'9' if in_word => false,
            b'_' | b' ' => {
                in_word = false;
                continue;
            }
            _ => return None,
        };
        let letter = match (case, starts) {
            (Case::UpperCamel, true) => byte.to_ascii_uppercase(),
            _ => byte.to_ascii_lowercase(),
        };
        if starts && case == Case::Snake && !name.is_empty() {
            name.push('_');
        }
        name.push(char::from(letter));
        in_word = true;
    }
    Some(name)
}

#[cfg(test)]
mod tests {
    use heck::{ToSnakeCase as _, ToUpperCamelCase as _};

    use super::{Case, plain_words};

    /// All texts of up to five of these characters.
    fn texts() -> impl Iterator<Item = String> {
        const CHARACTERS: [char; 6] = ['a', 'B', 'c', '1', '_', '-'];
        (0..7_usize.pow(5)).map(|number| {
            let digits = (0..5).map(|place| number / 7_usize.pow(place) % 7);
            digits.filter_map(|digit| CHARACTERS.get(digit)).collect()
        })
    }

    #[test]
    fn what_is_plain_to_see_is_what_a_closer_look_finds() {
        let mut count = 0;
        for text in texts() {
            if let Some(name) = plain_words(&text, Case::Snake) {
                assert_eq!(name, text.to_snake_case(), "{text}");
                count += 1;
            }
            if let Some(name) = plain_words(&text, Case::UpperCamel) {
                assert_eq!(name, text.to_upper_camel_case(), "{text}");
            }
        }
        assert!(count > 1_000, "{count}");
    }
}
