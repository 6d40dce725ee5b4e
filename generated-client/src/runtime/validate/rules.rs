//! The limits of a document, as emitted code states them.

use serde_json::Value;

use super::Validate;

/// What a value must satisfy. A rule for another kind of value than the one at hand has no effect.
#[derive(Debug, Clone, Copy)]
#[allow(
    missing_docs,
    reason = "the names are those of the keywords of JSON Schema"
)]
pub struct Rules {
    pub minimum: Option<f64>,
    pub maximum: Option<f64>,
    pub exclusive_minimum: Option<f64>,
    pub exclusive_maximum: Option<f64>,
    pub multiple_of: Option<f64>,
    pub min_length: Option<usize>,
    pub max_length: Option<usize>,
    pub pattern: Option<&'static str>,
    pub min_items: Option<usize>,
    pub max_items: Option<usize>,
    pub unique_items: Option<bool>,
    pub min_properties: Option<usize>,
    pub max_properties: Option<usize>,
    /// The values that a number or boolean may have, as JSON writes them.
    pub allowed: &'static [&'static str],
    /// For the properties with these names in JSON.
    pub fields: &'static [(&'static str, Rules)],
    /// For each item of a list, and each property of an object that is not among the fields.
    pub each: Option<&'static Rules>,
    /// Those of a type. A function, as types may contain themselves.
    pub of: Option<fn() -> &'static Rules>,
    /// Those of the types of a union that a value may be of; it must satisfy one of them.
    pub choose: Option<fn(&Value) -> Vec<&'static Rules>>,
}

impl Rules {
    /// Anything is allowed.
    pub const NONE: Self = Self {
        minimum: None,
        maximum: None,
        exclusive_minimum: None,
        exclusive_maximum: None,
        multiple_of: None,
        min_length: None,
        max_length: None,
        pattern: None,
        min_items: None,
        max_items: None,
        unique_items: None,
        min_properties: None,
        max_properties: None,
        allowed: &[],
        fields: &[],
        each: None,
        of: None,
        choose: None,
    };

    /// Some of it is for numbers.
    pub(super) fn limits_numbers(&self) -> bool {
        let limits = [
            self.minimum,
            self.maximum,
            self.exclusive_minimum,
            self.exclusive_maximum,
            self.multiple_of,
        ];
        !self.allowed.is_empty() || limits.iter().any(Option::is_some)
    }
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
            const RULES: &'static $crate::runtime::Rules = &$crate::runtime::Rules {
                fields: &[$(($name, $crate::runtime::rules!(@all $rules))),*],
                $($key: $crate::runtime::rules!(@one $key $value),)*
                ..$crate::runtime::Rules::NONE
            };
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
    (@all { $($key:ident: $value:tt),* }) => {
        $crate::runtime::Rules {
            $($key: $crate::runtime::rules!(@one $key $value),)*
            ..$crate::runtime::Rules::NONE
        }
    };
    (@one allowed [$($value:literal),*]) => { &[$($value),*] };
    (@one each $rules:tt) => { Some(&$crate::runtime::rules!(@all $rules)) };
    (@one of [$type:ty]) => { Some($crate::runtime::rules_of::<$type>) };
    (@one $key:ident $value:tt) => { Some($value) };
}

/// The rules of the bodies of an operation, by media type.
#[allow(unused_macros, reason = "not every document has request types")]
macro_rules! body_rules {
    ($($media_type:literal: $rules:tt),*) => {
        const BODIES: &'static [(&'static str, $crate::runtime::Rules)] =
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
            $crate::runtime::Rules,
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
