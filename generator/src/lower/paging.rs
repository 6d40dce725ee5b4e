//! Lists that are fetched page by page: what an overlay says of them, or what their names tell.

mod descriptions;
mod names;
mod recognition;

use serde::Deserialize;
use serde_json::Value;

use super::schemas::Schemas;
use super::source::OperationSource;
use super::ways::{Part, unaliased};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::Pointer;
use crate::ir::{
    Constraints, Continuation, CursorSource, FieldStep, HttpMethod, Limit, Paging, Param,
    ParamLocation, Position, Success, TypeRef,
};

/// What `x-paging` says: names of query parameters, and properties of the answer, each by its name or as
/// a JSON pointer.
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
    params: &'s [Param],
    answer: &'s TypeRef,
}

/// The paging of an operation. A hint that cannot be followed is an error; without one, an operation
/// that does not look like a list is simply none.
pub(super) fn paging(
    schemas: &mut Schemas<'_, '_>,
    source: &OperationSource<'_>,
    params: &[Param],
    success: &Success,
) -> Option<Paging> {
    // A page may be nothing at all, where a status says that there are no items.
    let list = match success.payload.json() {
        Some(answer) => Ok(List {
            schemas,
            params,
            answer,
        }),
        None => Err("the answer is not JSON".to_owned()),
    };
    let Some(hint) = source.operation.extensions.get("x-paging") else {
        let reads = matches!(source.method, HttpMethod::Get | HttpMethod::Query);
        return list.ok().filter(|_| reads)?.recognised();
    };
    if *hint == Value::Bool(false) {
        return None;
    }
    let paging = list.and_then(|list| {
        if !hint.is_object() {
            return Err("`x-paging` is neither `false` nor an object".to_owned());
        }
        let hint = Hint::deserialize(hint).map_err(|error| error.to_string())?;
        list.hinted(&hint)
    });
    paging
        .map_err(|message| {
            let location = schemas.location(source.pointer.join("x-paging"));
            schemas
                .diagnostics
                .push(Diagnostic::new(Code::InvalidHint, location, message).help(
                    "`x-paging` names query parameters: `offset`, `page` (with the number of the \
                     `first` one) or `cursor`, and `limit`; and properties of the answer: `items`, \
                     `next` (the cursor) and `more` (whether there is another page)",
                ));
        })
        .ok()
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
            Some(name) => Some(limit(self.number(name)?)),
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
                let first = hint.first.or_else(|| recognition::first_page(param));
                let first = first.ok_or("it is not clear which page is the `first`")?;
                let parameter = param.wire_name.clone();
                Ok((Position::Number { parameter, first }, None))
            }
            (None, None, Some(cursor)) => {
                let param = self.query(cursor, is_token)?;
                let (next, flag) = match &hint.next {
                    Some(name) => (CursorSource::Answer(self.token(name)?), None),
                    None => self
                        .cursor_of(param)
                        .ok_or("it is not clear where the answer has the `next` cursor")?,
                };
                let parameter = param.wire_name.clone();
                Ok((Position::Cursor { parameter, next }, flag))
            }
            (offset, None, None) => {
                let param = self.number(offset.as_deref().unwrap_or("offset"))?;
                let parameter = param.wire_name.clone();
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

    fn number(&self, name: &str) -> Result<&Param, String> {
        self.query(name, counts)
            .map_err(|_| format!("the operation has no integer query parameter `{name}`"))
    }

    /// The query parameter with a name, and with a type.
    fn query(&self, name: &str, fits: impl Fn(&TypeRef) -> bool) -> Result<&Param, String> {
        self.query_params()
            .find(|param| param.wire_name == name && self.is_of(param, &fits))
            .ok_or_else(|| format!("the operation has no such query parameter `{name}`"))
    }

    fn query_params(&self) -> impl Iterator<Item = &Param> {
        let params = self.params.iter();
        params.filter(|param| param.location == ParamLocation::Query)
    }

    fn is_of(&self, param: &Param, fits: impl Fn(&TypeRef) -> bool) -> bool {
        fits(unaliased(self.schemas, &param.type_ref))
    }
}

fn limit(param: &Param) -> Limit {
    /// Greater numbers are rather those that a type can hold.
    const MOST: u64 = 10_000;
    Limit {
        parameter: param.wire_name.clone(),
        most: greatest(&param.constraints).filter(|most| *most <= MOST),
    }
}

/// The least whole number that is allowed.
fn least(constraints: &Constraints) -> Option<u64> {
    whole(constraints.minimum? + f64::from(constraints.exclusive_minimum))
}

/// The greatest whole number that is allowed.
fn greatest(constraints: &Constraints) -> Option<u64> {
    whole(constraints.maximum? - f64::from(constraints.exclusive_maximum))
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

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the value has been checked to be a whole number in range"
)]
fn whole(number: f64) -> Option<u64> {
    /// Whole numbers are exact in a double up to here.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    ((0.0..=EXACT).contains(&number) && number.fract() == 0.0).then_some(number as u64)
}
