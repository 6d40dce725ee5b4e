//! Lists that are fetched page by page: what an overlay says of them, or what their names tell.

mod control;
mod descriptions;
mod names;
mod recognition;

use serde::Deserialize;
use serde_json::Value;

use super::schemas::Schemas;
use super::source::OperationSource;
use super::ways::{Part, structure, unaliased};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::Pointer;
use crate::ir::{
    Body, BodyEncoding, Continuation, CursorSource, FieldStep, HttpMethod, Paging, PagingPlace,
    Param, ParamLocation, Position, Success, TypeRef,
};
use control::Control;

/// What `x-paging` says: names of query parameters or of properties of the body, and properties of the answer,
/// each by its name or as a JSON pointer.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Hint {
    offset: Option<String>,
    page: Option<String>,
    first: Option<u64>,
    cursor: Option<String>,
    next: Option<String>,
    more: Option<String>,
    limit: Option<String>,
    items: Option<String>,
}

/// The parts of an operation that paging is made of.
struct List<'s, 'a, 'd> {
    schemas: &'s Schemas<'a, 'd>,
    place: PagingPlace,
    controls: &'s [Control<'s>],
    answer: &'s TypeRef,
}

/// The paging of an operation. A hint that cannot be followed is an error; without one, an operation
/// that does not look like a list is simply none.
pub(super) fn paging(
    schemas: &mut Schemas<'_, '_>,
    source: &OperationSource<'_>,
    params: &[Param],
    body: Option<&Body>,
    success: &Success,
) -> Option<Paging> {
    let hint = source.operation.extensions.get("x-paging");
    if hint == Some(&Value::Bool(false)) {
        return None;
    }
    // A page may be nothing at all, where a status says that there are no items.
    let answer = success.payload.json();
    let in_query = query_controls(params);
    let in_body = body.map(|body| body_controls(schemas, body));
    let in_body = in_body.unwrap_or_default();
    let list = |place, controls| {
        Some(List {
            schemas,
            place,
            controls,
            answer: answer?,
        })
    };
    let of_query = list(PagingPlace::Query, &in_query);
    let of_body = list(PagingPlace::Body, &in_body);
    let Some(hint) = hint else {
        let reads = matches!(source.method, HttpMethod::Get | HttpMethod::Query);
        let searches = matches!(source.method, HttpMethod::Post | HttpMethod::Query);
        let of_query = of_query.filter(|_| reads);
        let by_query = of_query.and_then(|list| list.recognised());
        return by_query.or_else(|| of_body.filter(|_| searches)?.recognised());
    };
    let paging = hinted(hint, of_query, of_body);
    paging
        .map_err(|message| {
            let location = schemas.location(source.pointer.join("x-paging"));
            schemas
                .diagnostics
                .push(Diagnostic::new(Code::InvalidHint, location, message).help(
                    "`x-paging` names query parameters, or properties of the body: `offset`, `page` \
                     (with the number of the `first` one) or `cursor`, and `limit`; and properties of \
                     the answer: `items`, `next` (the cursor) and `more` (whether there is another page)",
                ));
        })
        .ok()
}

fn query_controls(params: &[Param]) -> Vec<Control<'_>> {
    let params = params.iter();
    let params = params.filter(|param| param.location == ParamLocation::Query);
    params.map(Control::from).collect()
}

/// The properties of a body that can be replaced before it is sent for another page.
fn body_controls<'s>(schemas: &'s Schemas<'_, '_>, body: &Body) -> Vec<Control<'s>> {
    let is_json = body.encoding == BodyEncoding::Json && body.media_type == "application/json";
    let structure = is_json
        .then(|| structure(schemas, &body.type_ref))
        .flatten();
    let fields = structure.map(|(_, structure)| structure.fields.iter());
    fields.into_iter().flatten().map(Control::from).collect()
}

/// What a hint says: of the query or of the body, whichever has what it names.
fn hinted(
    hint: &Value,
    of_query: Option<List<'_, '_, '_>>,
    of_body: Option<List<'_, '_, '_>>,
) -> Result<Paging, String> {
    let (Some(of_query), Some(of_body)) = (of_query, of_body) else {
        return Err("the answer is not JSON".to_owned());
    };
    if !hint.is_object() {
        return Err("`x-paging` is neither `false` nor an object".to_owned());
    }
    let hint = Hint::deserialize(hint).map_err(|error| error.to_string())?;
    let (likely, other) = if of_query.controls.is_empty() && !of_body.controls.is_empty() {
        (of_body, of_query)
    } else {
        (of_query, of_body)
    };
    likely
        .hinted(&hint)
        .or_else(|error| other.hinted(&hint).map_err(|_| error))
}

impl List<'_, '_, '_> {
    /// What a hint says. Where it leaves something open, the usual names hold.
    fn hinted(&self, hint: &Hint) -> Result<Paging, String> {
        for (key, is_given, needed, has_needed) in [
            ("first", hint.first.is_some(), "page", hint.page.is_some()),
            ("next", hint.next.is_some(), "cursor", hint.cursor.is_some()),
        ] {
            if is_given && !has_needed {
                return Err(format!("`{key}` means nothing without `{needed}`"));
            }
        }
        let (position, told) = self.hinted_position(hint)?;
        let limit = match &hint.limit {
            Some(name) => Some(self.number(name)?.limit()),
            None => self.limit(),
        };
        let items = match &hint.items {
            Some(name) => self.part(name)?,
            None => self
                .items()
                .ok_or("it is not clear which property of the answer holds the `items`")?,
        };
        let item = items
            .item(self.schemas)
            .ok_or("the `items` are not a list")?;
        let continuation = match &hint.more {
            Some(name) => Some(self.hinted_continuation(name, &position)?),
            None => told.or_else(|| self.continuation(&position)),
        };
        Ok(Paging {
            place: self.place,
            position,
            limit,
            items: items.steps,
            item,
            continuation,
        })
    }

    fn hinted_continuation(&self, name: &str, position: &Position) -> Result<Continuation, String> {
        let part = self.part(name)?;
        match unaliased(self.schemas, &part.type_ref) {
            TypeRef::Bool => Ok(Continuation::Flag(part.steps)),
            _ if matches!(position, Position::Cursor { .. }) => {
                Err(format!("the property `{name}` is not a flag"))
            }
            other if is_token(other) => Ok(Continuation::Text(part.steps)),
            _ => Err(format!(
                "the property `{name}` is neither a flag nor a text"
            )),
        }
    }

    /// Where a page starts, and what an answer tells of the next one.
    fn hinted_position(&self, hint: &Hint) -> Result<(Position, Option<Continuation>), String> {
        match (&hint.offset, &hint.page, &hint.cursor) {
            (None, Some(page), None) => {
                let param = self.number(page)?;
                let first = hint.first.or_else(|| param.first_page());
                let first = first.ok_or("it is not clear which page is the `first`")?;
                let parameter = param.name.to_owned();
                Ok((Position::Number { parameter, first }, None))
            }
            (None, None, Some(cursor)) => {
                let param = self.control(cursor, |type_ref| self.takes_cursor(type_ref))?;
                let (next, flag) = match &hint.next {
                    Some(name) => (CursorSource::Answer(self.token(name)?), None),
                    None => self
                        .cursor_of(param)
                        .ok_or("it is not clear where the answer has the `next` cursor")?,
                };
                let parameter = param.name.to_owned();
                Ok((Position::Cursor { parameter, next }, flag))
            }
            (offset, None, None) => {
                let param = self.number(offset.as_deref().unwrap_or("offset"))?;
                let parameter = param.name.to_owned();
                Ok((Position::Offset { parameter }, None))
            }
            _ => Err("only one of `offset`, `page` and `cursor` can be followed".to_owned()),
        }
    }

    /// The part of the answer that a hint means.
    fn part(&self, name: &str) -> Result<Part, String> {
        let pointer = if name.is_empty() || name.starts_with('/') {
            Pointer::from_text(name)
        } else {
            Pointer::root().join(name)
        };
        Part::at(self.schemas, self.answer, &pointer)
    }

    fn token(&self, name: &str) -> Result<Vec<FieldStep>, String> {
        let part = self.part(name)?;
        if is_token(unaliased(self.schemas, &part.type_ref)) {
            Ok(part.steps)
        } else {
            Err(format!("the property `{name}` is not a text"))
        }
    }

    fn number(&self, name: &str) -> Result<Control<'_>, String> {
        self.control(name, counts).map_err(|_| match self.place {
            PagingPlace::Query => format!("the operation has no integer query parameter `{name}`"),
            PagingPlace::Body => format!("the body has no integer property `{name}`"),
        })
    }

    /// The control with a name, and with a type.
    fn control(&self, name: &str, fits: impl Fn(&TypeRef) -> bool) -> Result<Control<'_>, String> {
        let mut controls = self.controls.iter();
        controls
            .find(|control| control.name == name && self.is_of(control, &fits))
            .copied()
            .ok_or_else(|| match self.place {
                PagingPlace::Query => format!("the operation has no such query parameter `{name}`"),
                PagingPlace::Body => format!("the body has no such property `{name}`"),
            })
    }

    /// Whether a control of a type takes a cursor. A body tells a number from a text, which cursors are.
    fn takes_cursor(&self, type_ref: &TypeRef) -> bool {
        is_token(type_ref) && (self.place == PagingPlace::Query || !is_integer(type_ref))
    }

    fn is_of(&self, control: &Control<'_>, fits: impl Fn(&TypeRef) -> bool) -> bool {
        fits(unaliased(self.schemas, control.type_ref))
    }
}

fn is_integer(type_ref: &TypeRef) -> bool {
    use TypeRef::{I8, I16, I32, I64, U8, U16, U32, U64};
    matches!(type_ref, I8 | I16 | I32 | I64 | U8 | U16 | U32 | U64)
}

/// What items and pages can be counted with. Languages that have one type for all numbers leave it to a
/// reader that these are integers.
fn counts(type_ref: &TypeRef) -> bool {
    is_integer(type_ref) || *type_ref == TypeRef::F64
}

/// What a cursor can be.
fn is_token(type_ref: &TypeRef) -> bool {
    is_integer(type_ref) || matches!(type_ref, TypeRef::String | TypeRef::Uuid)
}
