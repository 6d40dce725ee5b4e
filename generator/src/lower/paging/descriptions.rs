//! What descriptions tell of pages.

const BEGINNINGS: &[&str] = &[
    "begin",
    "beginning",
    "begins",
    "default",
    "defaults",
    "first",
    "start",
    "starting",
    "starts",
];

/// Words between a beginning and its number.
const BETWEEN: &[&str] = &["at", "from", "is", "number", "page", "to", "value", "with"];

/// The number of the first page, as in `Defaults to 1.`, `starting with page 0` or `(1-based)`.
pub(super) fn first_page(description: &str) -> Option<u64> {
    let text = description.to_lowercase();
    let words = text.split(|one: char| !one.is_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let mut numbers = words.iter().enumerate().filter_map(|(place, word)| {
        let mut behind = words.iter().skip(place + 1);
        let number = if BEGINNINGS.contains(word) {
            behind.find(|word| !BETWEEN.contains(word))?
        } else {
            let next = behind.next()?;
            Some(word).filter(|_| ["based", "indexed"].contains(next))?
        };
        match *number {
            "0" | "zero" => Some(0),
            "1" | "one" => Some(1),
            _ => None,
        }
    });
    let first = numbers.next()?;
    numbers.all(|other| other == first).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::first_page;

    #[test]
    fn descriptions_tell_the_first_page() {
        for (description, first) in [
            ("page number of results to return (1-based)", Some(1)),
            ("Pages are zero-indexed.", Some(0)),
            ("Page to fetch. Defaults to 1.", Some(1)),
            ("The page (default: '0'), of 100 items.", Some(0)),
            ("Page number, starting with page 1.", Some(1)),
            ("The first page is 0.", Some(0)),
            ("Starts at and defaults to 0", Some(0)),
            ("Starts at 1. Default is 0.", None),
            ("By default, the first 10 items are returned.", None),
            ("The page, of 1 to 100 items.", None),
        ] {
            assert_eq!(first_page(description), first, "{description}");
        }
    }
}
