//! Where a request says which page is wanted.

use crate::runtime::call::Draft;
use crate::runtime::escape::Escape;

/// The part of a request that says which page is wanted.
pub trait PagingPlace: 'static {
    /// The number that a call gives for a parameter.
    fn number(draft: &Draft, parameter: &str) -> Option<usize>;

    /// Sets a parameter in place of what it was.
    fn replace(draft: &mut Draft, parameter: &'static str, value: PageValue);
}

/// The value of a parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageValue {
    /// A number of items or pages.
    Number(usize),
    /// What a server finds a page by.
    Text(String),
}

/// The query.
pub enum InQuery {}

impl PagingPlace for InQuery {
    fn number(draft: &Draft, parameter: &str) -> Option<usize> {
        let found = draft.query.iter().find(|(name, _)| *name == parameter);
        found.and_then(|(_, value)| value.parse().ok())
    }

    fn replace(draft: &mut Draft, parameter: &'static str, value: PageValue) {
        draft.query.retain(|(name, _)| *name != parameter);
        let text = match value {
            PageValue::Number(number) => number.to_string(),
            PageValue::Text(text) => Escape::All.text(&text),
        };
        draft.query.push((parameter.into(), text));
    }
}
