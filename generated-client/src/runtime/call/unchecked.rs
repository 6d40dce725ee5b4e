//! In place of checks of a call where the feature `validate` is off.
#![allow(clippy::unused_self, reason = "the feature `validate` uses it")]

use super::super::{Endpoint, ParameterPlace};
use super::Call;

impl<E: Endpoint, M> Call<E, M> {
    pub(super) fn check_body<T: ?Sized>(&mut self, _: &str, _: &T) {}

    pub(super) fn check_text(&mut self, _: ParameterPlace, _: &'static str, _: &str) {}

    pub(super) fn check_texts(&mut self, _: ParameterPlace, _: &'static str, _: &[String]) {}

    pub(super) fn check_value<T: ?Sized>(&mut self, _: ParameterPlace, _: &'static str, _: &T) {}
}
