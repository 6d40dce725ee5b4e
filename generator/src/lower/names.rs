//! From the document's names to Rust's.

mod plain;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;

use heck::{ToSnakeCase, ToUpperCamelCase};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use plain::{Case, plain_words};

/// Names that the prelude and the derives give a meaning; a type of the models that took one of them
/// would hide it.
const RESERVED_TYPES: &[&str] = &[
    "Any",
    "AsRef",
    "Box",
    "Clone",
    "Copy",
    "DateTime",
    "Debug",
    "Default",
    "Drop",
    "Eq",
    "Err",
    "From",
    "HashMap",
    "Hash",
    "Into",
    "Iterator",
    "None",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Patch",
    "Result",
    "Secret",
    "Self",
    "Send",
    "Sized",
    "Some",
    "String",
    "Sync",
    "ToOwned",
    "ToString",
    "Value",
    "Vec",
];

const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate",
    "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl",
    "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref",
    "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof",
    "union", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Whether Rust reserves a word now or has announced to, up to the edition of the emitted code.
#[must_use]
pub fn is_keyword(word: &str) -> bool {
    KEYWORDS.contains(&word)
}

/// The name of a type or variant.
pub(super) fn type_name(text: &str) -> String {
    let name = plain_words(text, Case::UpperCamel);
    let name =
        name.unwrap_or_else(|| with_plain_acronyms(&ascii_words(text)).to_upper_camel_case());
    match name.chars().next() {
        None => "Unnamed".to_owned(),
        Some(first) if !unicode_ident::is_xid_start(first) => format!("N{name}"),
        Some(_) => name,
    }
}

/// The name of a field, parameter, method or module.
pub(super) fn value_name(text: &str) -> String {
    let name = plain_words(text, Case::Snake).unwrap_or_else(|| snake_words(&ascii_words(text)));
    match name.chars().next() {
        None => "unnamed".to_owned(),
        Some(first) if !unicode_ident::is_xid_start(first) => format!("n{name}"),
        Some(_) if is_keyword(&name) => format!("{name}_"),
        Some(_) => name,
    }
}

/// The name of a module that has a file of its own, which has to be ASCII: without the accents of
/// letters, and other characters by their numbers.
pub(super) fn module_name(text: &str) -> String {
    let mut ascii = String::with_capacity(text.len());
    for character in text.nfkd().filter(|one| !is_combining_mark(*one)) {
        if character.is_alphabetic() && !character.is_ascii() {
            let _ = write!(ascii, " u{:x} ", u32::from(character));
        } else {
            ascii.push(character);
        }
    }
    value_name(&ascii)
}

/// A name with a word behind it.
pub(super) fn with_word(name: &str, word: &str) -> String {
    format!("{}_{word}", name.trim_end_matches('_'))
}

/// The words of a text in lower case, with underscores between them.
pub(super) fn snake_words(text: &str) -> String {
    let words = plain_words(text, Case::Snake);
    words.unwrap_or_else(|| with_plain_acronyms(text).to_snake_case())
}

/// Words that start a new word with a capital in their middle, for whoever goes by capitals alone.
const MIXED_CASE: &[&str] = &["IPv4", "IPv6", "OAuth"];

/// Writes acronyms that hold small letters as plain words, so that they stay whole: the last capital of
/// `URLs` starts no word, nor does the second one of `OAuth`. So it is before a version, as in `TLSv1`, which
/// is a word of its own, as is the number that `404NotFound` begins with.
fn with_plain_acronyms(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    let mut before = ' ';
    while let Some(first) = rest.chars().next() {
        let may_start = first.is_uppercase() && !before.is_uppercase();
        let length = if may_start { acronym(rest) } else { None };
        let (word, behind) = rest.split_at(length.unwrap_or(first.len_utf8()));
        if may_start && behind.starts_with(char::is_lowercase) && ends_with_lone_number(&plain) {
            plain.push('_');
        }
        plain.push(first);
        if length.is_some() {
            let others = word.chars().skip(1);
            plain.extend(others.flat_map(char::to_lowercase));
            if is_version(behind) {
                plain.push('_');
            }
        }
        before = word.chars().next_back().unwrap_or(first);
        rest = behind;
    }
    plain
}

/// A text ends with a number that no letter stands before.
fn ends_with_lone_number(text: &str) -> bool {
    let before = text.trim_end_matches(|last: char| last.is_ascii_digit());
    before.len() < text.len() && !before.ends_with(char::is_alphanumeric)
}

/// The length of an acronym with small letters in or behind it that a text starts with: one in the plural,
/// such as `IDs`, one that is known, or one with a version.
fn acronym(text: &str) -> Option<usize> {
    let ends = |length: &usize| {
        let next = text.get(*length..).and_then(|rest| rest.chars().next());
        next.is_none_or(|next| !next.is_lowercase())
    };
    let capitals = text.chars().take_while(|letter| letter.is_uppercase());
    let (count, length) = capitals.fold((0, 0), |(count, length), letter| {
        (count + 1, length + letter.len_utf8())
    });
    let behind = text.get(length..).filter(|_| count > 1);
    let plural = behind.is_some_and(|rest| rest.starts_with('s'));
    let plural = Some(length + 1).filter(|_| plural);
    let mut known = MIXED_CASE.iter().filter_map(|word| {
        let behind = text.strip_prefix(word)?;
        Some(word.len() + usize::from(behind.starts_with('s')))
    });
    let known = known.next();
    let versioned = Some(length).filter(|_| behind.is_some_and(is_version));
    plural.or(known).filter(ends).or(versioned)
}

/// A text starts with the number of a version.
fn is_version(text: &str) -> bool {
    let number = text.strip_prefix('v');
    number.is_some_and(|number| number.starts_with(|first: char| first.is_ascii_digit()))
}

/// Spells out characters that tell values such as `+1` and `-1` apart, and drops the others that no
/// identifier may hold.
fn ascii_words(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    let text = without_brackets(text);
    for (index, character) in composed(&text).chars().enumerate() {
        match character {
            _ if character != '_' && unicode_ident::is_xid_continue(character) => {
                words.push(character);
            }
            '+' => words.push_str(" plus "),
            '-' if index == 0 => words.push_str(" minus "),
            '*' => words.push_str(" star "),
            '<' => words.push_str(" less "),
            '>' => words.push_str(" greater "),
            '=' => words.push_str(" equal "),
            '%' => words.push_str(" percent "),
            '&' => words.push_str(" and "),
            '!' => words.push_str(" not "),
            '\'' => {}
            _ => words.push(' '),
        }
    }
    words
}

/// A text without the brackets around the arguments of a type, as in `Page<Item>`: they compare nothing.
fn without_brackets(text: &str) -> Cow<'_, str> {
    if !text.contains('<') {
        return Cow::Borrowed(text);
    }
    let is_word = |one: char| unicode_ident::is_xid_continue(one);
    let mut open = Vec::new();
    let mut brackets = HashSet::new();
    let mut before = ' ';
    for (index, character) in text.char_indices() {
        match character {
            '<' if is_word(before) => open.push(index),
            '>' => {
                if let Some(start) = open.pop() {
                    brackets.extend([start, index]);
                }
            }
            '.' | ',' | ':' | '[' | ']' | '?' | ' ' => {}
            other if is_word(other) => {}
            _ => open.clear(),
        }
        before = character;
    }
    let plain = text.char_indices().map(|(index, character)| {
        let is_bracket = brackets.contains(&index);
        if is_bracket { ' ' } else { character }
    });
    Cow::Owned(plain.collect())
}

/// A text in plain characters: Rust takes names for equal whose characters are composed in different ways,
/// and warns of characters that have a plainer form.
fn composed(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    Cow::Owned(with_spelled_units(text).nfkc().collect())
}

/// The signs of units by their names: as letters, the capital of `µg` would look just like `Mg`.
fn with_spelled_units(text: &str) -> String {
    let mut spelled = String::with_capacity(text.len());
    let mut before = ' ';
    let mut behind = text.chars().skip(1);
    for character in text.chars() {
        let next = behind.next().unwrap_or(' ');
        match character {
            '\u{b5}' | 'μ' if !is_greek(before) && !is_greek(next) => spelled.push_str(" micro "),
            '\u{2126}' | 'Ω' if !is_greek(before) && !is_greek(next) => spelled.push_str(" ohm "),
            other => spelled.push(other),
        }
        before = character;
    }
    spelled
}

fn is_greek(character: char) -> bool {
    matches!(character, '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}')
}

/// Names that are taken in one scope.
#[derive(Debug, Default)]
pub(super) struct Scope {
    taken: HashSet<String>,
    /// The last number behind each name that was offered when it was taken.
    numbers: HashMap<String, usize>,
}

impl Scope {
    /// A scope for types, in which the reserved names are taken.
    pub(super) fn of_types() -> Self {
        Self {
            taken: RESERVED_TYPES.iter().map(ToString::to_string).collect(),
            numbers: HashMap::new(),
        }
    }

    /// A scope in which these names are taken.
    pub(super) fn with(names: &[&str]) -> Self {
        Self {
            taken: names.iter().map(ToString::to_string).collect(),
            numbers: HashMap::new(),
        }
    }

    /// The first free name of those offered, or the last one.
    pub(super) fn best(&self, offers: impl IntoIterator<Item = String>) -> String {
        let mut best = String::new();
        for offer in offers {
            let is_free = !self.taken.contains(&offer);
            best = offer;
            if is_free {
                break;
            }
        }
        best
    }

    /// Takes the first free name of those offered, or the last one with the first free number.
    pub(super) fn claim(&mut self, offers: impl IntoIterator<Item = String>) -> String {
        let mut last = String::new();
        for offer in offers {
            if self.taken.insert(offer.clone()) {
                return offer;
            }
            last = offer;
        }
        let number = self.numbers.entry(last.clone()).or_insert(1);
        loop {
            *number += 1;
            let name = format!("{last}{number}");
            if self.taken.insert(name.clone()) {
                return name;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Scope, module_name, type_name, value_name, with_word};

    #[test]
    fn brackets_around_the_arguments_of_a_type_are_no_comparison() {
        let cases = [
            ("Page<Owner>", "PageOwner"),
            ("api.Page<api.Owner>", "ApiPageApiOwner"),
            ("Map<string, List<Item[]>>", "MapStringListItem"),
            ("a<b", "ALessB"),
            ("a<=b>c", "ALessEqualBGreaterC"),
            ("<a>", "LessAGreater"),
        ];
        for (name, expected) in cases {
            assert_eq!(type_name(name), expected, "{name}");
        }
    }

    #[test]
    fn names_become_identifiers() {
        let cases = [
            ("DBUser", "DbUser", "db_user"),
            ("filter.name", "FilterName", "filter_name"),
            ("SSD Standard", "SsdStandard", "ssd_standard"),
            ("clientURLs", "ClientUrls", "client_urls"),
            ("VMs", "Vms", "vms"),
            ("podIPsCount", "PodIpsCount", "pod_ips_count"),
            ("CPUs_used", "CpusUsed", "cpus_used"),
            ("IsActive", "IsActive", "is_active"),
            ("ABTest", "AbTest", "ab_test"),
            ("EnableIPv6", "EnableIpv6", "enable_ipv6"),
            ("IPv4Address", "Ipv4Address", "ipv4_address"),
            ("OAuth2Token", "Oauth2Token", "oauth2_token"),
            ("useOAuth", "UseOauth", "use_oauth"),
            ("OAuthorization", "OAuthorization", "o_authorization"),
            ("NOAuth", "NoAuth", "no_auth"),
            ("TLSv1_2", "TlsV12", "tls_v1_2"),
            ("userDTOv2", "UserDtoV2", "user_dto_v2"),
            ("assignIPv4s", "AssignIpv4s", "assign_ipv4s"),
            ("NAVvalue", "NaVvalue", "na_vvalue"),
            ("type", "Type", "type_"),
            ("gen", "Gen", "gen_"),
            ("self", "Self", "self_"),
            ("2fa", "N2fa", "n2fa"),
            ("404NotFound", "N404NotFound", "n404_not_found"),
            ("Get_200OkBody", "Get200OkBody", "get_200_ok_body"),
            ("3DModel", "N3dModel", "n3d_model"),
            ("x2Factor", "X2Factor", "x2_factor"),
            ("+1", "Plus1", "plus_1"),
            ("-1", "Minus1", "minus_1"),
            ("", "Unnamed", "unnamed"),
            ("---", "Minus", "minus"),
            ("größe", "Größe", "größe"),
            ("e\u{301}t\u{e9}", "Été", "été"),
            ("ǆ", "Dž", "dž"),
            ("_links", "Links", "links"),
            ("\u{b5}g", "MicroG", "micro_g"),
            ("kΩ", "KOhm", "k_ohm"),
            ("μου", "Μου", "μου"),
        ];
        for (text, expected_type, expected_value) in cases {
            assert_eq!(type_name(text), expected_type, "{text:?} as a type");
            assert_eq!(value_name(text), expected_value, "{text:?} as a value");
        }
    }

    #[test]
    fn modules_are_ascii() {
        let cases = [
            ("Größe", "gro_udf_e"),
            ("日本", "u65e5_u672c"),
            ("Crème brûlée", "creme_brulee"),
            ("type", "type_"),
            ("🦀", "unnamed"),
        ];
        for (text, expected) in cases {
            assert_eq!(module_name(text), expected, "{text:?}");
        }
    }

    #[test]
    fn one_word_more_needs_one_underscore() {
        assert_eq!(with_word("type_", "param"), "type_param");
        assert_eq!(with_word("name", "param"), "name_param");
    }

    #[test]
    fn a_taken_name_gives_way_to_the_next_offer_and_then_to_a_number() {
        let mut scope = Scope::of_types();
        let claim =
            |scope: &mut Scope| scope.claim(["Option".to_owned(), "OptionModel".to_owned()]);
        assert_eq!(claim(&mut scope), "OptionModel");
        assert_eq!(claim(&mut scope), "OptionModel2");
    }
}
