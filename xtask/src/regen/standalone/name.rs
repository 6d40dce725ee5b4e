//! What an emitted crate may be called.

use generator::ir::Api;

use crate::failure::Failure;

/// Crates that the compiler brings along.
const BROUGHT_ALONG: [&str; 5] = ["alloc", "core", "proc_macro", "std", "test"];

/// A name from the words of the document's title as they are, for the humps of names such as
/// `PostgreSQL` are no words.
pub(super) fn from_title(api: &Api, dependencies: &[String]) -> String {
    match joined_words(&api.title) {
        name if name.is_empty() => "client".to_owned(),
        name if !name.starts_with(|first: char| first.is_ascii_alphabetic()) => {
            format!("client-{name}")
        }
        name if clash(&name, dependencies).is_some() => format!("{name}-client"),
        name => name,
    }
}

/// The words of a text as a name has them; nothing where there is no letter or digit.
pub(crate) fn joined_words(text: &str) -> String {
    let text = text.to_ascii_lowercase();
    let words = text.split(|one: char| !one.is_ascii_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.join("-")
}

/// Refuses what cargo or the compiler would refuse or warn of, or what would hide another crate.
pub(super) fn check(name: &str, dependencies: &[String]) -> Result<(), Failure> {
    let starts = name.starts_with(|first: char| first.is_ascii_lowercase());
    let valid = |one: char| one.is_ascii_lowercase() || one.is_ascii_digit() || "-_".contains(one);
    if !starts || !name.chars().all(valid) {
        return Err(Failure::Usage(format!(
            "'{name}' is no name of a crate: use lower-case letters, digits, `-` and `_`, a letter first"
        )));
    }
    clash(name, dependencies).map_or(Ok(()), |what| {
        Err(Failure::Usage(format!(
            "no crate can be called '{name}', which is {what}: try '{name}-client'"
        )))
    })
}

/// What else has the name.
fn clash(name: &str, dependencies: &[String]) -> Option<&'static str> {
    let in_code = name.replace('-', "_");
    if generator::is_keyword(&in_code) {
        Some("a word of the language")
    } else if BROUGHT_ALONG.contains(&in_code.as_str()) {
        Some("a crate of Rust's own")
    } else if dependencies
        .iter()
        .any(|one| one.replace('-', "_") == in_code)
    {
        Some("a crate that the client depends on")
    } else {
        None
    }
}
