//! What a request says of the page that is wanted.

use serde_json::Value;

use super::descriptions;
use crate::ir::{Constraints, Field, Limit, Param, TypeRef};

/// A query parameter or a property of a body.
#[derive(Clone, Copy)]
pub(super) struct Control<'s> {
    pub(super) name: &'s str,
    pub(super) type_ref: &'s TypeRef,
    text: &'s str,
    default: Option<&'s Value>,
    constraints: &'s Constraints,
}

impl<'s> From<&'s Param> for Control<'s> {
    fn from(param: &'s Param) -> Self {
        Self {
            name: &param.wire_name,
            type_ref: &param.type_ref,
            text: &param.docs.text,
            default: param.default.as_ref(),
            constraints: &param.constraints,
        }
    }
}

impl<'s> From<&'s Field> for Control<'s> {
    fn from(field: &'s Field) -> Self {
        Self {
            name: &field.wire_name,
            type_ref: &field.type_ref,
            text: &field.docs.text,
            default: field.default.as_ref(),
            constraints: &field.constraints,
        }
    }
}

impl Control<'_> {
    /// What limits the items of a page.
    pub(super) fn limit(self) -> Limit {
        /// Greater numbers are rather those that a type can hold.
        const MOST: u64 = 10_000;
        Limit {
            parameter: self.name.to_owned(),
            most: greatest(self.constraints).filter(|most| *most <= MOST),
        }
    }

    /// The number of the first page, where the document tells: servers begin with 0 or with 1.
    pub(super) fn first_page(self) -> Option<u64> {
        // From 0 on, it may be the first one or none at all.
        let least = least(self.constraints).filter(|least| *least == 1);
        let first = self.default_number().or(least);
        let first = first.or_else(|| descriptions::first_page(self.text));
        first.filter(|first| *first <= 1)
    }

    /// The number that it starts with, where the document tells.
    pub(super) fn first_number(self) -> Option<u64> {
        self.default_number().or(least(self.constraints))
    }

    /// Of a query, some describe the default as the text that a validator makes a number of.
    fn default_number(self) -> Option<u64> {
        let default = self.default?;
        let text = || default.as_str()?.parse().ok();
        default.as_u64().or_else(text)
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
