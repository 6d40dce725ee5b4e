//! What tells a server which page is wanted.

use std::fmt::Debug;

use percent_encoding::percent_decode_str;

use super::{PageValue, Paging};

/// Where a page starts.
pub trait Position: Debug + Send + 'static {
    /// Items or pages are counted.
    const COUNTS: bool = true;

    /// Servers may answer with 404 behind the last page.
    const MAY_END_WITH_NOT_FOUND: bool = false;

    /// Where the first page starts: at the number that a call gives, or at the beginning.
    fn first(chosen: Option<usize>, paging: &Paging) -> Self;

    /// The value of the parameter; nothing where the server's own is meant.
    fn value(&self) -> Option<PageValue>;

    /// Goes to the next page. Returns whether there may be one.
    fn advance(&mut self, page: &SeenPage) -> bool;
}

/// What a page tells of the list.
#[derive(Debug)]
pub struct SeenPage {
    /// The number of items on the page.
    pub count: usize,
    /// The page holds fewer items than it could.
    pub is_short: bool,
    /// What it says of the next one.
    pub next: Next,
    /// Whether it says that there is another one.
    pub more: Option<bool>,
}

/// What an answer says of the page behind it.
#[derive(Debug, PartialEq, Eq)]
pub enum Next {
    /// Nothing.
    Unknown,
    /// There is none.
    Nowhere,
    /// There is one, at this place.
    At(String),
}

impl Next {
    /// What a cursor tells, or a link. The end is nothing, an empty text, or 0, which would begin anew.
    pub fn told(text: impl FnOnce() -> Option<String>) -> Self {
        let text = text().filter(|text| !["", "0"].contains(&text.as_str()));
        text.map_or(Self::Nowhere, Self::At)
    }

    /// What a link tells by a parameter in its query. A text without one is no link, but the value itself.
    pub fn linked(link: impl FnOnce() -> Option<String>, parameter: &str) -> Self {
        Self::told(|| link().map(|link| query_value(&link, parameter).unwrap_or(link)))
    }
}

/// The value of a parameter in the query of a link.
fn query_value(link: &str, parameter: &str) -> Option<String> {
    let (_, query) = link.split_once('?')?;
    let (query, _) = query.split_once('#').unwrap_or((query, ""));
    let decoded = |text: &str| {
        let text = text.replace('+', " ");
        percent_decode_str(&text).decode_utf8_lossy().into_owned()
    };
    query.split('&').find_map(|pair| {
        let (name, value) = pair.split_once('=')?;
        (decoded(name) == parameter).then(|| decoded(value))
    })
}

/// The number of items before a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offset(pub(super) usize);

/// The number of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageNumber(pub(super) usize);

/// A text by which a server finds a page again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cursor {
    /// Nothing until the server has sent one.
    pub(super) text: Option<String>,
    /// One of those before, which tells whether they come in a ring.
    known: Option<String>,
    /// The pages since then.
    since: usize,
    /// The pages after which another one is kept: twice as many each time, so that every ring fits.
    most: usize,
}

impl Position for Offset {
    fn first(chosen: Option<usize>, _: &Paging) -> Self {
        Self(chosen.unwrap_or(0))
    }

    fn value(&self) -> Option<PageValue> {
        Some(PageValue::Number(self.0))
    }

    fn advance(&mut self, page: &SeenPage) -> bool {
        self.0 = self.0.saturating_add(page.count);
        may_go_on(page)
    }
}

impl Position for PageNumber {
    const MAY_END_WITH_NOT_FOUND: bool = true;

    fn first(chosen: Option<usize>, paging: &Paging) -> Self {
        Self(chosen.unwrap_or(paging.first))
    }

    fn value(&self) -> Option<PageValue> {
        Some(PageValue::Number(self.0))
    }

    fn advance(&mut self, page: &SeenPage) -> bool {
        self.0 = self.0.saturating_add(1);
        may_go_on(page)
    }
}

impl Position for Cursor {
    const COUNTS: bool = false;

    fn first(_: Option<usize>, _: &Paging) -> Self {
        Self::default()
    }

    fn value(&self) -> Option<PageValue> {
        self.text.clone().map(PageValue::Text)
    }

    fn advance(&mut self, page: &SeenPage) -> bool {
        match &page.next {
            Next::At(next) if page.more != Some(false) && !self.comes_again(next) => {
                self.since += 1;
                if self.since >= self.most {
                    self.known = Some(next.clone());
                    self.since = 0;
                    self.most = self.most.saturating_mul(2).max(1);
                }
                self.text = Some(next.clone());
                true
            }
            _ => false,
        }
    }
}

impl Cursor {
    /// A cursor that has been there leads to pages that have been read.
    fn comes_again(&self, next: &str) -> bool {
        [&self.text, &self.known]
            .into_iter()
            .any(|known| known.as_deref() == Some(next))
    }
}

impl SeenPage {
    /// The page says that there is another one.
    pub(super) fn promises_more(&self) -> bool {
        self.told() == Some(true)
    }

    /// What the page says of whether there is another one.
    fn told(&self) -> Option<bool> {
        self.more.or(match self.next {
            Next::At(_) => Some(true),
            Next::Nowhere => Some(false),
            Next::Unknown => None,
        })
    }
}

/// Where items or pages are counted, a list ends where a page says so, or else with one that has no items or
/// less than it could.
fn may_go_on(page: &SeenPage) -> bool {
    page.told().unwrap_or(page.count > 0 && !page.is_short)
}
