//! Lists that are fetched page by page.

use std::collections::VecDeque;
use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use super::call::Draft;
use super::{Async, BoxFuture, Call, Endpoint, Error, Failure, Success};

/// The page size where neither the caller nor the document names one.
const USUAL_LIMIT: usize = 100;

/// The parameters by which a list is fetched.
#[derive(Debug, Clone, Copy)]
pub struct Paging {
    /// The query parameter that skips items.
    pub offset: &'static str,
    /// The query parameter that limits the items of a page.
    pub limit: &'static str,
    /// The greatest page size that the document allows.
    pub max_limit: Option<usize>,
}

/// An operation that lists items page by page.
pub trait Paged: Endpoint {
    /// An item.
    type Item: Clone + PartialEq + Send + 'static;

    /// The parameters.
    const PAGING: Paging;

    /// The items of a page.
    fn items(page: Success<Self>) -> Vec<Self::Item>;
}

impl<E: Paged, M> Call<E, M> {
    /// The pages, one call each, from the call's offset to the end of the list. A page has the
    /// call's limit of items, or the most that the document allows.
    ///
    /// The links that a server sends are not followed: the client counts the items itself.
    pub fn pages(self) -> Pages<E, M> {
        let mut draft = self.draft;
        let limit = match draft.query_value(E::PAGING.limit).map(str::parse) {
            Some(Ok(limit)) if limit > 0 => limit,
            _ => E::PAGING.max_limit.unwrap_or(USUAL_LIMIT),
        };
        let offset = draft.query_value(E::PAGING.offset).map(str::parse);
        draft.replace_query(E::PAGING.limit, &limit.to_string());
        Pages {
            offset: offset.and_then(Result::ok).unwrap_or(0),
            draft,
            limit,
            state: State::Ready,
            previous: None,
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

/// The pages of a list, as a stream.
#[must_use = "a stream does nothing until it is polled"]
pub struct Pages<E: Paged, M = Async> {
    draft: Draft,
    offset: usize,
    limit: usize,
    state: State<E>,
    /// The page before, to notice a server that sends the same one for ever.
    previous: Option<Vec<E::Item>>,
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

impl<E: Paged, M> Pages<E, M> {
    /// The offset at which the next page starts; a later call can go on from there.
    pub fn offset(&self) -> usize {
        self.offset
    }

    /// The call of the next page; nothing at the end of the list.
    pub(super) fn next_draft(&mut self) -> Option<Draft> {
        if matches!(self.state, State::Ended) {
            return None;
        }
        self.draft
            .replace_query(E::PAGING.offset, &self.offset.to_string());
        Some(self.draft.clone())
    }

    pub(super) fn receive(&mut self, page: Page<E>) -> Step<Vec<E::Item>, E> {
        self.state = State::Ready;
        let items = match page {
            Ok(page) => E::items(page),
            Err(error) => return Some(Err(error)),
        };
        if items.is_empty() || self.previous.as_ref() == Some(&items) {
            self.state = State::Ended;
            return None;
        }
        self.offset += items.len();
        if items.len() < self.limit {
            self.state = State::Ended;
        } else {
            self.previous = Some(items.clone());
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
    pub(super) pages: Pages<E, M>,
    pub(super) items: VecDeque<E::Item>,
}

impl<E: Paged, M> Items<E, M> {
    /// The offset of the next item; a later call can go on from there.
    pub fn offset(&self) -> usize {
        self.pages.offset.saturating_sub(self.items.len())
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
            .field("offset", &self.offset)
            .field("limit", &self.limit)
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
