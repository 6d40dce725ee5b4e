//! Lists that are fetched page by page.

#[cfg(feature = "blocking")]
mod blocking;
mod declaration;
mod place;
mod position;

use std::collections::VecDeque;
use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use super::call::Draft;
use super::{Async, BoxFuture, Call, Endpoint, Error, Failure, Success};

#[allow(unused_imports, reason = "not every document has lists")]
pub(crate) use declaration::{paged, paging_place};
pub use place::{InQuery, PageValue, PagingPlace};
pub use position::{Cursor, Next, Offset, PageNumber, Position};

/// The parameters by which a list is fetched.
#[derive(Debug, Clone, Copy)]
pub struct Paging {
    /// The parameter that tells where a page starts.
    parameter: &'static str,
    /// The number of the first page, where pages are counted.
    first: usize,
    /// The parameter that limits the items of a page.
    limit: Option<&'static str>,
    /// The greatest page size that the document allows.
    most: Option<usize>,
}

impl Paging {
    /// Paging by a parameter that tells where a page starts.
    pub const fn by(parameter: &'static str) -> Self {
        Self {
            parameter,
            first: 0,
            limit: None,
            most: None,
        }
    }

    /// With the number of the first page.
    #[must_use]
    pub const fn from(mut self, first: usize) -> Self {
        self.first = first;
        self
    }

    /// With the parameter that limits the items of a page.
    #[must_use]
    pub const fn limit(mut self, parameter: &'static str) -> Self {
        self.limit = Some(parameter);
        self
    }

    /// With the greatest page size that the document allows.
    #[must_use]
    pub const fn at_most(mut self, most: usize) -> Self {
        self.most = Some(most);
        self
    }
}

/// An operation that lists items page by page.
pub trait Paged: Endpoint {
    /// An item.
    type Item: Clone + PartialEq + Send + 'static;

    /// What tells where a page starts.
    type Position: Position;

    /// The part of the request that holds the parameters.
    type Place: PagingPlace;

    /// The parameters.
    const PAGING: Paging;

    /// The items of a page.
    fn items(page: Success<Self>) -> Option<Vec<Self::Item>>;

    /// What a page says of the next one.
    fn next(_: &Success<Self>) -> Next {
        Next::Unknown
    }

    /// Whether a page says that there is another one.
    fn more(_: &Success<Self>) -> Option<bool> {
        None
    }
}

impl<E: Paged, M> Call<E, M> {
    /// The pages, one call each, from where the call says to the end of the list. A page has the call's
    /// limit of items, or the most that the document allows, or as many as the server sees fit.
    ///
    /// The links that a server sends are not followed: the client counts items or pages itself, or hands
    /// back the server's cursor. Where only a link has it, the cursor is what its query says.
    pub fn pages(self) -> Pages<E, M> {
        let mut draft = self.draft;
        let chosen = E::PAGING.limit.and_then(|limit| {
            let chosen = E::Place::number(&draft, limit).filter(|limit| *limit > 0);
            let chosen = chosen.or(E::PAGING.most)?;
            E::Place::replace(&mut draft, limit, PageValue::Number(chosen));
            Some(chosen)
        });
        Pages {
            position: E::Position::first(E::Place::number(&draft, E::PAGING.parameter), &E::PAGING),
            draft,
            // More than the document allows may be less for the server, which says nothing of the end.
            full: chosen.filter(|chosen| E::PAGING.most.is_some_and(|most| *chosen <= most)),
            has_links: false,
            state: State::Ready,
            previous: None,
            empty_in_a_row: 0,
            mode: PhantomData,
        }
    }

    /// The items of all pages.
    pub fn items(self) -> Items<E, M> {
        Items {
            pages: self.pages(),
            items: VecDeque::new(),
        }
    }
}

/// A server that filters pages after it has counted them sends empty ones before the end. One that sends more
/// than these in a row, and promises another one each time, would do so for ever.
const MOST_EMPTY_PAGES: usize = 100;

/// The pages of a list, as a stream.
#[must_use = "a stream does nothing until it is polled"]
pub struct Pages<E: Paged, M = Async> {
    draft: Draft,
    position: E::Position,
    /// The number of items on any page but the last, where that is known.
    full: Option<usize>,
    /// A page has told where the next one is.
    has_links: bool,
    state: State<E>,
    /// The page before, to notice a server that sends the same one for ever.
    previous: Option<Vec<E::Item>>,
    /// The number of pages without items since the last one with some.
    empty_in_a_row: usize,
    mode: PhantomData<fn() -> M>,
}

type Page<E> = Result<Success<E>, Error<Failure<E>>>;

/// A step of a stream that may fail as a call of the endpoint may.
type Step<T, E> = Option<Result<T, Error<Failure<E>>>>;

enum State<E: Paged> {
    Ready,
    Fetching(BoxFuture<'static, Page<E>>),
    Ended,
}

impl<E: Paged<Position = Offset>, M> Pages<E, M> {
    /// The offset at which the next page starts; a later call can go on from there.
    pub fn offset(&self) -> usize {
        self.position.0
    }
}

impl<E: Paged<Position = PageNumber>, M> Pages<E, M> {
    /// The number of the next page; a later call can go on from there.
    pub fn number(&self) -> usize {
        self.position.0
    }
}

impl<E: Paged<Position = Cursor>, M> Pages<E, M> {
    /// The cursor of the next page, which the last one held; a later call can go on from there.
    pub fn cursor(&self) -> Option<&str> {
        self.position.text.as_deref()
    }
}

impl<E: Paged, M> Pages<E, M> {
    /// The call of the next page; nothing at the end of the list.
    fn next_draft(&mut self) -> Option<Draft> {
        if matches!(self.state, State::Ended) {
            return None;
        }
        if let Some(value) = self.position.value() {
            E::Place::replace(&mut self.draft, E::PAGING.parameter, value);
        }
        Some(self.draft.clone())
    }

    fn receive(&mut self, page: Page<E>) -> Step<Vec<E::Item>, E> {
        self.state = State::Ready;
        let page = match page {
            Ok(page) => page,
            Err(error)
                if E::Position::MAY_END_WITH_NOT_FOUND
                    && self.previous.is_some()
                    && error.is_not_found() =>
            {
                self.state = State::Ended;
                return None;
            }
            Err(error) => return Some(Err(error)),
        };
        let mut next = E::next(&page);
        self.has_links |= matches!(next, Next::At(_));
        if E::Position::COUNTS && !self.has_links {
            // Not every server sends the links that its document promises.
            next = Next::Unknown;
        }
        let more = E::more(&page);
        let items = E::items(page).unwrap_or_default();
        let seen = position::SeenPage {
            count: items.len(),
            is_short: self.full.is_some_and(|full| items.len() < full),
            next,
            more,
        };
        let start = self.position.value();
        let goes_on = self.position.advance(&seen);
        let is_filtered = E::Position::COUNTS
            && items.is_empty()
            && seen.promises_more()
            && self.position.value() != start;
        self.empty_in_a_row = if is_filtered {
            self.empty_in_a_row + 1
        } else {
            0
        };
        let is_repeated = if is_filtered {
            self.empty_in_a_row > MOST_EMPTY_PAGES
        } else {
            E::Position::COUNTS && self.previous.as_ref() == Some(&items)
        };
        if goes_on && !is_repeated {
            self.previous = E::Position::COUNTS.then(|| items.clone());
        } else {
            self.state = State::Ended;
            if is_repeated || items.is_empty() {
                return None;
            }
        }
        Some(Ok(items))
    }
}

impl<E: Paged> Pages<E> {
    /// The next page; nothing at the end of the list. After an error, it tries the same page again.
    pub async fn next(&mut self) -> Option<Result<Vec<E::Item>, Error<Failure<E>>>> {
        std::future::poll_fn(|context| self.poll_page(context)).await
    }

    fn poll_page(&mut self, context: &mut Context<'_>) -> Poll<Step<Vec<E::Item>, E>> {
        loop {
            match &mut self.state {
                State::Ended => return Poll::Ready(None),
                State::Ready => {
                    let Some(draft) = self.next_draft() else {
                        return Poll::Ready(None);
                    };
                    let call = Call::<E>::from_draft(draft);
                    self.state = State::Fetching(Box::pin(call.send()));
                }
                State::Fetching(future) => {
                    let page = ready!(future.as_mut().poll(context));
                    return Poll::Ready(self.receive(page));
                }
            }
        }
    }
}

impl<E: Paged, M> Unpin for Pages<E, M> {}

impl<E: Paged> Stream for Pages<E> {
    type Item = Result<Vec<E::Item>, Error<Failure<E>>>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_page(context)
    }
}

/// The items of a list, as a stream.
#[must_use = "a stream does nothing until it is polled"]
pub struct Items<E: Paged, M = Async> {
    pages: Pages<E, M>,
    items: VecDeque<E::Item>,
}

impl<E: Paged<Position = Offset>, M> Items<E, M> {
    /// The offset of the next item; a later call can go on from there.
    pub fn offset(&self) -> usize {
        self.pages.offset().saturating_sub(self.items.len())
    }
}

impl<E: Paged> Items<E> {
    /// The next item; nothing at the end of the list.
    pub async fn next(&mut self) -> Option<Result<E::Item, Error<Failure<E>>>> {
        std::future::poll_fn(|context| self.poll_item(context)).await
    }

    fn poll_item(&mut self, context: &mut Context<'_>) -> Poll<Step<E::Item, E>> {
        loop {
            if let Some(item) = self.items.pop_front() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(self.pages.poll_page(context)) {
                Some(Ok(page)) => self.items.extend(page),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<E: Paged, M> Unpin for Items<E, M> {}

impl<E: Paged> Stream for Items<E> {
    type Item = Result<E::Item, Error<Failure<E>>>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_item(context)
    }
}

impl<E: Paged, M> fmt::Debug for Pages<E, M> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Pages")
            .field("operation", &self.draft.operation.id)
            .field("position", &self.position)
            .finish_non_exhaustive()
    }
}

impl<E: Paged, M> fmt::Debug for Items<E, M> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Items")
            .field("pages", &self.pages)
            .finish_non_exhaustive()
    }
}
