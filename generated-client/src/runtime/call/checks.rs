//! What the document allows in a call, where the client checks that.

use serde::Serialize;

use super::super::error::RequestFault;
use super::super::validate::{Violations, check, check_parameter, parameter_value, rules_of_each};
use super::super::{Endpoint, ParameterPlace, Rules};
use super::Draft;

pub(super) fn body<E: Endpoint, T: Serialize + ?Sized>(
    draft: &mut Draft,
    media_type: &str,
    value: &T,
) {
    if !draft.client.shared.validates {
        return;
    }
    let mut bodies = E::BODIES.iter();
    if let Some((_, rules)) = bodies.find(|(known, _)| *known == media_type) {
        note(draft, check(value, rules));
    }
}

pub(super) fn text<E: Endpoint>(
    draft: &mut Draft,
    place: ParameterPlace,
    name: &'static str,
    text: &str,
) {
    if let Some(rules) = parameter_rules::<E>(draft, place, name) {
        let value = parameter_value(text, rules);
        note(draft, check_parameter(place, name, &value, rules));
    }
}

pub(super) fn texts<E: Endpoint>(
    draft: &mut Draft,
    place: ParameterPlace,
    name: &'static str,
    texts: &[String],
) {
    if let Some(rules) = parameter_rules::<E>(draft, place, name) {
        let each = rules_of_each(rules);
        let values = texts.iter().map(|text| parameter_value(text, each));
        let values: Vec<_> = values.collect();
        note(draft, check_parameter(place, name, &values, rules));
    }
}

#[allow(dead_code, reason = "not every document has parameters in styles")]
pub(in super::super) fn value<E: Endpoint, T: Serialize + ?Sized>(
    draft: &mut Draft,
    place: ParameterPlace,
    name: &'static str,
    value: &T,
) {
    if let Some(rules) = parameter_rules::<E>(draft, place, name) {
        note(draft, check_parameter(place, name, value, rules));
    }
}

/// The rules of a parameter, where there are some and the client asks for the check.
fn parameter_rules<E: Endpoint>(
    draft: &Draft,
    place: ParameterPlace,
    name: &str,
) -> Option<&'static Rules> {
    if !draft.client.shared.validates {
        return None;
    }
    let mut parameters = E::PARAMETERS.iter();
    let found = parameters.find(|(at, known, _)| *at == place && *known == name);
    found.map(|(_, _, rules)| *rules)
}

/// All that is not allowed is told at once.
fn note(draft: &mut Draft, checked: Result<(), Violations>) {
    let Err(violations) = checked else {
        return;
    };
    match &mut draft.fault {
        Some(RequestFault::Invalid(known)) => known.extend(violations),
        fault => {
            fault.get_or_insert(RequestFault::Invalid(violations));
        }
    }
}
