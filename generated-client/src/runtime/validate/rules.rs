//! The limits of a document, as emitted code states them.

use serde_json::Value;

use super::Validate;

/// What a value must satisfy. It has no effect on another kind of value than the one that it is for.
#[derive(Debug, Clone, Copy)]
#[allow(
    missing_docs,
    reason = "the names are those of the keywords of JSON Schema"
)]
pub enum Rule {
    Minimum(f64),
    Maximum(f64),
    ExclusiveMinimum(f64),
    ExclusiveMaximum(f64),
    MultipleOf(f64),
    MinLength(usize),
    MaxLength(usize),
    Pattern(&'static str),
    MinItems(usize),
    MaxItems(usize),
    UniqueItems(bool),
    MinProperties(usize),
    MaxProperties(usize),
    /// The values that a number or boolean may have, as JSON writes them.
    Allowed(&'static [&'static str]),
    /// For the property with this name in JSON.
    Field(&'static str, &'static Rules),
    /// For each item of a list, and each property of an object that is not among the fields.
    Each(&'static Rules),
    /// Those of a type. A function, as types may contain themselves.
    Of(fn() -> &'static Rules),
    /// Those of the types of a union that a value may be of; it must satisfy one of them.
    Choose(fn(&Value) -> Vec<&'static Rules>),
}

/// What a value must satisfy, all of it; anything is allowed where there is nothing.
pub type Rules = [Rule];

/// Some of it is for numbers.
pub(super) fn limits_numbers(rules: &Rules) -> bool {
    rules.iter().any(|rule| {
        matches!(
            rule,
            Rule::Minimum(_)
                | Rule::Maximum(_)
                | Rule::ExclusiveMinimum(_)
                | Rule::ExclusiveMaximum(_)
                | Rule::MultipleOf(_)
                | Rule::Allowed(_)
        )
    })
}

/// What the property of an object must satisfy.
pub(super) fn rules_of_field(rules: &Rules, name: &str) -> &'static Rules {
    let field = rules.iter().find_map(|rule| match rule {
        Rule::Field(field, rules) if *field == name => Some(*rules),
        _ => None,
    });
    field.unwrap_or_else(|| rules_of_each(rules))
}

/// What each item of a list must satisfy.
pub(in super::super) fn rules_of_each(rules: &Rules) -> &'static Rules {
    let each = rules.iter().find_map(|rule| match rule {
        Rule::Each(rules) => Some(*rules),
        _ => None,
    });
    each.unwrap_or_default()
}

/// The rules of a type.
pub fn rules_of<T: Validate>() -> &'static Rules {
    T::RULES
}

/// The rules of a type of requests: of its properties by their name in JSON, and of `each` property
/// without a name. With `impl` before it, the type has a method `validate` of its own.
#[allow(unused_macros, reason = "not every document has request types")]
macro_rules! rules {
    (impl $type:ident; $($name:literal: $rules:tt;)* $($key:ident: $value:tt;)*) => {
        impl $crate::runtime::Validate for $type {
            const RULES: &'static $crate::runtime::Rules = &[
                $($crate::runtime::Rule::Field($name, $crate::runtime::rules!(@all $rules)),)*
                $($crate::runtime::rules!(@one $key $value)),*
            ];
        }
    };
    ($type:ident; $($rules:tt)*) => {
        $crate::runtime::rules!(impl $type; $($rules)*);

        impl $type {
            /// Checks the values against the limits of the document, and names everything that is
            /// not allowed at once.
            pub fn validate(&self) -> Result<(), $crate::runtime::Violations> {
                $crate::runtime::Validate::validate(self)
            }
        }
    };
    (@all { $($key:ident: $value:tt),* }) => { &[$($crate::runtime::rules!(@one $key $value)),*] };
    (@one minimum $value:tt) => { $crate::runtime::Rule::Minimum($value) };
    (@one maximum $value:tt) => { $crate::runtime::Rule::Maximum($value) };
    (@one exclusive_minimum $value:tt) => { $crate::runtime::Rule::ExclusiveMinimum($value) };
    (@one exclusive_maximum $value:tt) => { $crate::runtime::Rule::ExclusiveMaximum($value) };
    (@one multiple_of $value:tt) => { $crate::runtime::Rule::MultipleOf($value) };
    (@one min_length $value:tt) => { $crate::runtime::Rule::MinLength($value) };
    (@one max_length $value:tt) => { $crate::runtime::Rule::MaxLength($value) };
    (@one pattern $value:tt) => { $crate::runtime::Rule::Pattern($value) };
    (@one min_items $value:tt) => { $crate::runtime::Rule::MinItems($value) };
    (@one max_items $value:tt) => { $crate::runtime::Rule::MaxItems($value) };
    (@one unique_items $value:tt) => { $crate::runtime::Rule::UniqueItems($value) };
    (@one min_properties $value:tt) => { $crate::runtime::Rule::MinProperties($value) };
    (@one max_properties $value:tt) => { $crate::runtime::Rule::MaxProperties($value) };
    (@one allowed [$($value:literal),*]) => { $crate::runtime::Rule::Allowed(&[$($value),*]) };
    (@one each $rules:tt) => { $crate::runtime::Rule::Each($crate::runtime::rules!(@all $rules)) };
    (@one of [$type:ty]) => { $crate::runtime::Rule::Of($crate::runtime::rules_of::<$type>) };
}

/// The rules of the bodies of an operation, by media type.
#[allow(unused_macros, reason = "not every document has request types")]
macro_rules! body_rules {
    ($($media_type:literal: $rules:tt),*) => {
        const BODIES: &'static [(&'static str, &'static $crate::runtime::Rules)] =
            &[$(($media_type, $crate::runtime::rules!(@all $rules))),*];
    };
}

/// The rules of the parameters of an operation, by place and name.
#[allow(unused_macros, reason = "not every document limits parameters")]
macro_rules! parameter_rules {
    ($($place:ident $name:literal: $rules:tt),*) => {
        const PARAMETERS: &'static [(
            $crate::runtime::ParameterPlace,
            &'static str,
            &'static $crate::runtime::Rules,
        )] = &[$((
            $crate::runtime::ParameterPlace::$place,
            $name,
            $crate::runtime::rules!(@all $rules),
        )),*];
    };
}

#[allow(unused_imports, reason = "not every document has request types")]
pub(crate) use {body_rules, parameter_rules, rules};

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::super::{Validate, Violation};
    use crate::runtime;

    #[derive(Default)]
    struct Line {
        amount: i64,
        discount: f64,
        parts: Vec<Line>,
        others: BTreeMap<String, String>,
    }

    runtime::object! { Line; Required: amount, discount, parts; ..others }

    rules! {
        impl Line;
        "amount": { minimum: 1.0, multiple_of: 2.0 };
        "discount": { exclusive_minimum: (-1.0) };
        "parts": { max_items: 1, each: { of: [Line] } };
        each: { max_length: 2 };
    }

    #[test]
    fn a_type_within_itself_is_checked_at_every_depth() {
        let inner = Line {
            amount: 3,
            discount: -1.0,
            others: BTreeMap::from([("note".to_owned(), "long".to_owned())]),
            ..Line::default()
        };
        let outer = Line {
            amount: 2,
            parts: vec![inner],
            ..Line::default()
        };
        let violations = outer.validate().expect_err("the inner line is wrong");
        let mut pointers: Vec<&str> = violations.iter().map(Violation::pointer).collect();
        pointers.sort_unstable();
        assert_eq!(
            pointers,
            ["/parts/0/amount", "/parts/0/discount", "/parts/0/note"]
        );
    }
}
