//! In place of checks of a call where the feature `validate` is off.

use super::super::ParameterPlace;
use super::Draft;

pub(super) fn body<E, T: ?Sized>(_: &mut Draft, _: &str, _: &T) {}

pub(super) fn text<E>(_: &mut Draft, _: ParameterPlace, _: &'static str, _: &str) {}

pub(super) fn texts<E>(_: &mut Draft, _: ParameterPlace, _: &'static str, _: &[String]) {}

#[allow(dead_code, reason = "not every document has parameters in styles")]
pub(in super::super) fn value<E, T: ?Sized>(
    _: &mut Draft,
    _: ParameterPlace,
    _: &'static str,
    _: &T,
) {
}
