//! Recognises lists that are fetched page by page.

use serde_json::Value;

use super::schemas::Schemas;
use super::source::OperationSource;
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{
    HttpMethod, Paging, Param, ParamLocation, Payload, Presence, Shape, Struct, Success, TypeRef,
};

/// Names that a document may give otherwise by `x-paging`.
struct Wanted<'a> {
    offset: &'a str,
    limit: &'a str,
    items: &'a str,
}

const USUAL: Wanted<'static> = Wanted {
    offset: "offset",
    limit: "limit",
    items: "items",
};

/// The paging of an operation. A hint that cannot be followed is an error; without one, an operation
/// that does not look like a list is simply none.
pub(super) fn paging(
    schemas: &mut Schemas<'_, '_>,
    source: &OperationSource<'_>,
    params: &[Param],
    success: &Success,
) -> Option<Paging> {
    let Some(hint) = source.operation.extensions.get("x-paging") else {
        return (source.method == HttpMethod::Get)
            .then(|| find(schemas, &USUAL, params, success).ok())
            .flatten();
    };
    let result = match hint {
        Value::Bool(false) => return None,
        Value::Object(names) => {
            let name = |key: &str, usual: &'static str| {
                names
                    .get(key)
                    .and_then(Value::as_str)
                    .unwrap_or(usual)
                    .to_owned()
            };
            let (offset, limit, items) = (
                name("offset", USUAL.offset),
                name("limit", USUAL.limit),
                name("items", USUAL.items),
            );
            let wanted = Wanted {
                offset: &offset,
                limit: &limit,
                items: &items,
            };
            find(schemas, &wanted, params, success)
        }
        _ => Err("`x-paging` is neither `false` nor an object".to_owned()),
    };
    match result {
        Ok(paging) => Some(paging),
        Err(message) => {
            let location = schemas.location(source.pointer.join("x-paging"));
            schemas.diagnostics.push(
                Diagnostic::new(Code::InvalidHint, location, message)
                    .help("`x-paging` names the `offset` and `limit` parameters and the property that holds the `items`"),
            );
            None
        }
    }
}

fn find(
    schemas: &Schemas<'_, '_>,
    wanted: &Wanted<'_>,
    params: &[Param],
    success: &Success,
) -> Result<Paging, String> {
    let offset = integer_param(params, wanted.offset)?;
    let limit = integer_param(params, wanted.limit)?;
    let Payload::Json(answer) = &success.payload else {
        return Err("the answer is not JSON".to_owned());
    };
    let structure = structure(schemas, answer).ok_or("the answer is not an object")?;
    let field = structure
        .fields
        .iter()
        .find(|field| field.wire_name == wanted.items);
    let field = field.ok_or_else(|| format!("the answer has no property `{}`", wanted.items))?;
    let item = item(schemas, &field.type_ref)
        .ok_or_else(|| format!("the property `{}` is not a list", wanted.items))?;
    Ok(Paging {
        offset: offset.wire_name.clone(),
        limit: limit.wire_name.clone(),
        max_limit: limit.constraints.maximum.and_then(whole),
        items: field.name.clone(),
        items_required: field.presence == Presence::Required,
        item,
    })
}

fn integer_param<'p>(params: &'p [Param], name: &str) -> Result<&'p Param, String> {
    let integer = |param: &&Param| {
        matches!(
            param.type_ref,
            TypeRef::I32 | TypeRef::I64 | TypeRef::U32 | TypeRef::U64
        )
    };
    params
        .iter()
        .filter(|param| param.location == ParamLocation::Query && param.wire_name == name)
        .find(integer)
        .ok_or_else(|| format!("the operation has no integer query parameter `{name}`"))
}

/// The struct behind a type and its aliases.
pub(super) fn structure<'s>(
    schemas: &'s Schemas<'_, '_>,
    type_ref: &TypeRef,
) -> Option<&'s Struct> {
    let mut type_ref = type_ref;
    for _ in 0..schemas.types.len() {
        let TypeRef::Named(name) = type_ref else {
            return None;
        };
        match schemas.shape_named(name)? {
            Shape::Struct(structure) => return Some(structure),
            Shape::Alias(alias) => type_ref = &alias.target,
            Shape::StringEnum(_) | Shape::ValueEnum(_) | Shape::Union(_) => return None,
        }
    }
    None
}

fn item(schemas: &Schemas<'_, '_>, type_ref: &TypeRef) -> Option<TypeRef> {
    let mut type_ref = type_ref;
    for _ in 0..=schemas.types.len() {
        match type_ref {
            TypeRef::List(item) => return Some((**item).clone()),
            TypeRef::Named(name) => match schemas.shape_named(name)? {
                Shape::Alias(alias) => type_ref = &alias.target,
                Shape::Struct(_) | Shape::StringEnum(_) | Shape::ValueEnum(_) | Shape::Union(_) => {
                    return None;
                }
            },
            _ => return None,
        }
    }
    None
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
