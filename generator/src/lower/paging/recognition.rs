//! Paging as names tell it. Where they leave a doubt by which items could be lost, there is none.

use super::control::Control;
use super::names::{
    BESIDE_ITEMS, CURSORS, ECHOES, ENVELOPES, FLAGS, ITEMS, LAST_IDS, LIMITS, NEXT_CURSORS,
    NEXT_LINKS, OFFSETS, PAGES, RANGE_ENDS, SAME_IN_ANSWERS, is_one_of, plain,
};
use super::{List, counts, is_integer, is_token};
use crate::ir::{
    Continuation, CursorSource, FieldStep, Limit, Paging, PagingPlace, Position, TypeRef,
};
use crate::lower::ways::{Part, unaliased};

impl List<'_, '_, '_> {
    /// The paging, where all of it is clear.
    pub(super) fn recognised(&self) -> Option<Paging> {
        let items = self.items()?;
        let item = items.item(self.schemas)?;
        let limit = self.limit();
        if self.place == PagingPlace::Body {
            // Much that is posted has a position, and no pages.
            limit.as_ref()?;
        }
        let (position, told) = self.by_cursor().or_else(|| {
            self.by_offset()
                .or_else(|| self.by_number())
                .or_else(|| self.by_told_number())
                .or_else(|| self.by_link())
                .map(|one| (one, None))
        })?;
        Some(Paging {
            place: self.place,
            limit,
            items: items.steps,
            item,
            continuation: told.or_else(|| self.continuation(&position)),
            position,
        })
    }

    fn by_cursor(&self) -> Option<(Position, Option<Continuation>)> {
        // A page that is told by a text has no number.
        let pages = self.known(&["page"], |type_ref| *type_ref == TypeRef::String);
        let cursors = self.known(CURSORS, |type_ref| self.takes_cursor(type_ref));
        let mut params = cursors.chain(pages);
        params.find_map(|param| {
            let (next, flag) = self.cursor_of(param)?;
            let parameter = param.name.to_owned();
            Some((Position::Cursor { parameter, next }, flag))
        })
    }

    fn by_offset(&self) -> Option<Position> {
        self.limit()?;
        let is_range = self.controls.iter().any(|param| {
            let name = plain(param.name);
            RANGE_ENDS.iter().any(|end| name.starts_with(end))
        });
        let mut params = self.known(OFFSETS, counts);
        let param = params.find(|param| !is_range || !is_one_of(param.name, &["start"]))?;
        // Where the first item is number 1, what is skipped is not counted.
        param
            .first_number()
            .is_none_or(|first| first == 0)
            .then_some(())?;
        Some(Position::Offset {
            parameter: param.name.to_owned(),
        })
    }

    fn by_number(&self) -> Option<Position> {
        let param = self.known(PAGES, counts).next()?;
        Some(Position::Number {
            parameter: param.name.to_owned(),
            first: param.first_page()?,
        })
    }

    /// The answer tells the number of the next page, though nothing says what the first one is.
    fn by_told_number(&self) -> Option<Position> {
        // A body tells a number from a text, which cursors are.
        let is_query = self.place == PagingPlace::Query;
        let param = self.known(PAGES, counts).next().filter(|_| is_query)?;
        let (next, _) = self.cursor_of(param)?;
        Some(Position::Cursor {
            parameter: param.name.to_owned(),
            next,
        })
    }

    /// A link to the next page tells what the parameter has to be, though nothing says what it is at first.
    fn by_link(&self) -> Option<Position> {
        let cursors = self.known(CURSORS, |type_ref| self.takes_cursor(type_ref));
        let cursors = cursors.filter(|param| !is_one_of(param.name, LAST_IDS));
        let param = self.known(PAGES, counts).chain(cursors).next()?;
        let link = self.named(NEXT_LINKS, Depth::Top, |type_ref| {
            *type_ref == TypeRef::String
        })?;
        Some(Position::Cursor {
            parameter: param.name.to_owned(),
            next: CursorSource::Link(link),
        })
    }

    /// The parameter that limits a page.
    pub(super) fn limit(&self) -> Option<Limit> {
        self.known(LIMITS, counts).next().map(Control::limit)
    }

    /// The controls with such a name and type, in the order of the names.
    fn known<'l>(
        &'l self,
        names: &'l [&str],
        fits: impl Fn(&TypeRef) -> bool + 'l,
    ) -> impl Iterator<Item = Control<'l>> {
        let all = names.iter().filter_map(|name| {
            let mut controls = self.controls.iter();
            controls.find(|control| is_one_of(control.name, &[name]))
        });
        all.filter(move |control| self.is_of(control, &fits))
            .copied()
    }

    /// The part of the answer that holds the items.
    pub(super) fn items(&self) -> Option<Part> {
        let answer = Part::whole(self.answer);
        if answer.item(self.schemas).is_some() {
            return Some(answer);
        }
        let in_envelope = || {
            let mut fields = answer.fields(self.schemas)?;
            fields.find_map(|(name, part)| {
                let is_envelope = is_one_of(name, ENVELOPES);
                is_envelope.then(|| self.items_of(&part)).flatten()
            })
        };
        self.items_of(&answer).or_else(in_envelope)
    }

    fn items_of(&self, object: &Part) -> Option<Part> {
        let mut lists: Vec<(String, Part)> = object
            .fields(self.schemas)?
            .filter(|(_, part)| part.item(self.schemas).is_some())
            .map(|(name, part)| (plain(name), part))
            .filter(|(name, _)| !BESIDE_ITEMS.contains(&name.as_str()))
            .collect();
        if lists.len() > 1 {
            let place = |item: &&str| lists.iter().position(|(name, _)| name == item);
            let likeliest = ITEMS.iter().find_map(place)?;
            return Some(lists.swap_remove(likeliest).1);
        }
        lists.pop().map(|(_, part)| part)
    }

    /// Where the answer has the next value of a cursor, and the flag without which it cannot be followed.
    pub(super) fn cursor_of(
        &self,
        param: Control<'_>,
    ) -> Option<(CursorSource, Option<Continuation>)> {
        let name = plain(param.name);
        let own = format!("next{name}");
        let mut names = vec![own.as_str()];
        names.extend(NEXT_CURSORS);
        if name == "pagetoken" {
            names.push("nextpage");
        }
        if SAME_IN_ANSWERS.contains(&name.as_str()) {
            names.push(&name);
        }
        // What is handed back is of the kind that is taken.
        let takes_number = counts(unaliased(self.schemas, param.type_ref));
        let fits = |type_ref: &TypeRef| {
            if takes_number {
                counts(type_ref)
            } else {
                is_token(type_ref) && !is_integer(type_ref)
            }
        };
        if let Some(steps) = self.named(&names, Depth::Nested, fits) {
            return Some((CursorSource::Answer(steps), None));
        }
        if !LAST_IDS.contains(&name.as_str()) {
            return None;
        }
        // Behind the last item there is always a place, so that only a flag tells of the end.
        let flag = self.named(FLAGS, Depth::Nested, is_flag)?;
        let told = self.named(&["lastid"], Depth::Top, fits);
        let source = told
            .map(CursorSource::Answer)
            .or_else(|| self.id_of_item(fits).map(CursorSource::LastItem))?;
        Some((source, Some(Continuation::Flag(flag))))
    }

    fn id_of_item(&self, fits: impl Fn(&TypeRef) -> bool) -> Option<Vec<FieldStep>> {
        let item = Part::whole(&self.items()?.item(self.schemas)?);
        let mut fields = item.fields(self.schemas)?;
        let id = fields.find(|(name, _)| *name == "id").map(|(_, id)| id)?;
        fits(unaliased(self.schemas, &id.type_ref)).then_some(id.steps)
    }

    /// What the answer tells of the next page, beside a cursor.
    pub(super) fn continuation(&self, position: &Position) -> Option<Continuation> {
        let flag = self.named(FLAGS, Depth::Nested, is_flag);
        // Behind the last page there may be an error. Behind the last item there is an empty page, so
        // nothing has to depend on links, which not every server sends that promises them.
        let link = || {
            let counts_pages = matches!(position, Position::Number { .. });
            counts_pages.then(|| self.named(NEXT_LINKS, Depth::Top, is_token))?
        };
        flag.map(Continuation::Flag)
            .or_else(|| link().map(Continuation::Text))
    }

    /// The way to a property of the answer with such a name and type, by the first of the names.
    fn named(
        &self,
        names: &[&str],
        depth: Depth,
        fits: impl Fn(&TypeRef) -> bool,
    ) -> Option<Vec<FieldStep>> {
        let answer = Part::whole(self.answer);
        let mut parts: Vec<(&str, Part)> = answer.fields(self.schemas)?.collect();
        if depth == Depth::Nested {
            let nested = parts.iter();
            let nested = nested.filter(|(name, _)| !is_one_of(name, ECHOES));
            let nested = nested.filter_map(|(_, part)| part.fields(self.schemas));
            parts.extend(nested.flatten().collect::<Vec<_>>());
        }
        parts.retain(|(_, part)| fits(unaliased(self.schemas, &part.type_ref)));
        let place = |name: &&str| parts.iter().find(|(other, _)| is_one_of(other, &[name]));
        names
            .iter()
            .find_map(place)
            .map(|(_, part)| part.steps.clone())
    }
}

/// How deep in an answer a property is looked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Depth {
    Top,
    /// In the objects at the top, too.
    Nested,
}

fn is_flag(type_ref: &TypeRef) -> bool {
    *type_ref == TypeRef::Bool
}
