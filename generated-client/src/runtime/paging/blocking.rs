//! Lists of programs without async code.

use super::{Items, Paged, Pages};
use crate::runtime::{Blocking, Call, Error, Failure};

/// The pages, one call each. After an error, the next step tries the same page again.
impl<E: Paged> Iterator for Pages<E, Blocking> {
    type Item = Result<Vec<E::Item>, Error<Failure<E>>>;

    fn next(&mut self) -> Option<Self::Item> {
        let draft = self.next_draft()?;
        let page = Call::<E, Blocking>::from_draft(draft).send();
        self.receive(page)
    }
}

impl<E: Paged> Iterator for Items<E, Blocking> {
    type Item = Result<E::Item, Error<Failure<E>>>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(item) = self.items.pop_front() {
                return Some(Ok(item));
            }
            match self.pages.next()? {
                Ok(page) => self.items.extend(page),
                Err(error) => return Some(Err(error)),
            }
        }
    }
}
