//! What the document allows in requests, and what a request holds against it.

mod number;
mod rules;

use std::collections::{HashMap, HashSet};
use std::fmt;

use regex_lite::Regex;
use serde::Serialize;
use serde_json::{Number, Value};
use zeroize::Zeroize;

use super::ParameterPlace;

pub(super) use rules::rules_of_each;
pub use rules::{Rule, Rules, rules_of};
#[allow(unused_imports, reason = "not every document has request types")]
pub(crate) use rules::{body_rules, parameter_rules, rules};
use rules::{limits_numbers, rules_of_field};

/// A type of requests whose values the document limits.
///
/// The check is never needed for a call to be sent, for the limits of a service change and those of
/// this crate may be old. [`ClientBuilder::validate_requests`](super::ClientBuilder::validate_requests)
/// makes it for every call before it is sent.
///
/// Minimum and maximum, multiples, lengths in characters, numbers of items and properties, unique
/// items, patterns and the values that a plain number may have are checked, at any depth of objects,
/// lists, maps and unions. A value of a union must satisfy one of the types that it may be of. What an
/// enumeration does not name is no violation, for the server may know more of them. Patterns are those
/// of ECMA 262 where they mean the same to the crate `regex-lite`; others are not checked, and the
/// generator names each of them in a diagnostic.
pub trait Validate: Serialize {
    /// What the document says.
    const RULES: &'static Rules;

    /// Checks all values, and names everything that is not allowed at once.
    fn validate(&self) -> Result<(), Violations> {
        check(self, Self::RULES)
    }
}

/// Everything in a request that the document does not allow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violations(Vec<Violation>);

impl Violations {
    /// Each of them, in the order in which the values are sent. There is at least one.
    pub fn iter(&self) -> std::slice::Iter<'_, Violation> {
        self.0.iter()
    }

    pub(super) fn extend(&mut self, others: Self) {
        self.0.extend(others.0);
    }
}

impl<'v> IntoIterator for &'v Violations {
    type Item = &'v Violation;
    type IntoIter = std::slice::Iter<'v, Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Display for Violations {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, violation) in self.iter().enumerate() {
            if index > 0 {
                formatter.write_str("; ")?;
            }
            write!(formatter, "{violation}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Violations {}

/// A value that the document does not allow. No text of a request shows in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    parameter: Option<(ParameterPlace, &'static str)>,
    pointer: String,
    keyword: &'static str,
    message: String,
}

impl Violation {
    /// The parameter that holds the value, by its place and name; nothing for the body.
    pub fn parameter(&self) -> Option<(ParameterPlace, &'static str)> {
        self.parameter
    }

    /// The JSON pointer of the value in the body or the parameter, for example `/properties/ram`; empty
    /// for all of it.
    pub fn pointer(&self) -> &str {
        &self.pointer
    }

    /// The keyword of the schema that the value does not satisfy, for example `minimum`.
    pub fn keyword(&self) -> &'static str {
        self.keyword
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some((place, name)) = self.parameter {
            write!(formatter, "{place} parameter `{name}`: ")?;
        }
        if !self.pointer.is_empty() {
            write!(formatter, "{}: ", self.pointer)?;
        }
        formatter.write_str(&self.message)
    }
}

/// Checks a value as it would be sent.
pub(super) fn check<T: Serialize + ?Sized>(value: &T, rules: &Rules) -> Result<(), Violations> {
    let mut checker = Checker::default();
    match serde_json::to_value(value) {
        Ok(mut value) => {
            checker.check("", &value, rules);
            wipe(&mut value);
        }
        Err(error) => checker.add("", "type", format!("cannot be sent as JSON: {error}")),
    }
    if checker.violations.is_empty() {
        Ok(())
    } else {
        Err(Violations(checker.violations))
    }
}

/// As [`check`], of a parameter.
pub(super) fn check_parameter<T: Serialize + ?Sized>(
    place: ParameterPlace,
    name: &'static str,
    value: &T,
    rules: &Rules,
) -> Result<(), Violations> {
    check(value, rules).map_err(|mut violations| {
        for violation in &mut violations.0 {
            violation.parameter = Some((place, name));
        }
        violations
    })
}

/// A parameter that is written as a text; a number again where the rules are those of numbers.
pub(super) fn parameter_value(text: &str, rules: &Rules) -> Value {
    let number = limits_numbers(rules).then(|| text.parse::<Number>().ok());
    number
        .flatten()
        .map_or_else(|| Value::String(text.to_owned()), Value::Number)
}

/// The value was a copy, and may have held passwords.
fn wipe(value: &mut Value) {
    match value {
        Value::String(text) => text.zeroize(),
        Value::Array(items) => items.iter_mut().for_each(wipe),
        Value::Object(members) => members.values_mut().for_each(wipe),
        _ => {}
    }
}

#[derive(Default)]
struct Checker {
    violations: Vec<Violation>,
    /// Nothing for a pattern that is no regular expression.
    patterns: HashMap<&'static str, Option<Regex>>,
}

impl Checker {
    fn add(&mut self, pointer: &str, keyword: &'static str, message: String) {
        self.violations.push(Violation {
            parameter: None,
            pointer: pointer.to_owned(),
            keyword,
            message,
        });
    }

    fn check(&mut self, pointer: &str, value: &Value, rules: &Rules) {
        for rule in rules {
            match rule {
                Rule::Of(rules) => self.check(pointer, value, rules()),
                Rule::Choose(choose) => self.one_of(pointer, value, &choose(value)),
                rule => self.one(pointer, value, rule),
            }
        }
        match value {
            Value::Array(items) => {
                let each = rules_of_each(rules);
                for (index, item) in items.iter().enumerate() {
                    if !each.is_empty() {
                        self.check(&format!("{pointer}/{index}"), item, each);
                    }
                }
            }
            Value::Object(members) => {
                for (name, member) in members {
                    let rules = rules_of_field(rules, name);
                    if !rules.is_empty() {
                        let name = name.replace('~', "~0").replace('/', "~1");
                        self.check(&format!("{pointer}/{name}"), member, rules);
                    }
                }
            }
            _ => {}
        }
    }

    /// A rule about the value itself.
    fn one(&mut self, pointer: &str, value: &Value, rule: &Rule) {
        match (value, *rule) {
            (_, Rule::Allowed(allowed)) => self.allowed(pointer, value, allowed),
            (Value::Number(number), _) => {
                if let Some((keyword, message)) = number::violation(number, rule) {
                    self.add(pointer, keyword, message);
                }
            }
            (Value::String(text), Rule::Pattern(pattern)) => self.pattern(pointer, text, pattern),
            (Value::Array(items), Rule::UniqueItems(true)) => self.unique(pointer, items),
            _ => self.count(pointer, value, rule),
        }
    }

    /// A value that may be of several types must be allowed by one of them. Where it is not, what the
    /// first one says of it is told.
    fn one_of(&mut self, pointer: &str, value: &Value, types: &[&'static Rules]) {
        let before = self.violations.len();
        let mut told = Vec::new();
        for rules in types {
            self.check(pointer, value, rules);
            let found = self.violations.split_off(before);
            if found.is_empty() {
                return;
            }
            if told.is_empty() {
                told = found;
            }
        }
        self.violations.append(&mut told);
    }

    fn allowed(&mut self, pointer: &str, value: &Value, allowed: &[&str]) {
        let is_same = |text: &&str| match value {
            Value::Number(number) => number::is_same(number, text),
            Value::Bool(value) => *text == if *value { "true" } else { "false" },
            _ => true,
        };
        if !allowed.iter().any(is_same) {
            let values = allowed.join(", ");
            let message = format!("is {value}, which is not among {values}");
            self.add(pointer, "enum", message);
        }
    }

    fn pattern(&mut self, pointer: &str, text: &str, pattern: &'static str) {
        let known = self.patterns.entry(pattern);
        let regex = known.or_insert_with(|| Regex::new(pattern).ok());
        if regex.as_ref().is_some_and(|regex| !regex.is_match(text)) {
            let message = format!("does not match the pattern `{pattern}`");
            self.add(pointer, "pattern", message);
        }
    }

    fn unique(&mut self, pointer: &str, items: &[Value]) {
        let mut seen = HashSet::new();
        for (index, item) in items.iter().enumerate() {
            if !seen.insert(item.to_string()) {
                let message = format!("the item {index} stands there twice");
                self.add(pointer, "uniqueItems", message);
            }
        }
    }

    fn count(&mut self, pointer: &str, value: &Value, rule: &Rule) {
        let (count, unit) = match value {
            Value::String(text) => (text.chars().count(), "characters"),
            Value::Array(items) => (items.len(), "items"),
            Value::Object(members) => (members.len(), "properties"),
            _ => return,
        };
        let (keyword, is_least, limit) = match (value, *rule) {
            (Value::String(_), Rule::MinLength(limit)) => ("minLength", true, limit),
            (Value::String(_), Rule::MaxLength(limit)) => ("maxLength", false, limit),
            (Value::Array(_), Rule::MinItems(limit)) => ("minItems", true, limit),
            (Value::Array(_), Rule::MaxItems(limit)) => ("maxItems", false, limit),
            (Value::Object(_), Rule::MinProperties(limit)) => ("minProperties", true, limit),
            (Value::Object(_), Rule::MaxProperties(limit)) => ("maxProperties", false, limit),
            _ => return,
        };
        if is_least && count < limit {
            let message = format!("has {count} {unit}, and at least {limit} are required");
            self.add(pointer, keyword, message);
        }
        if !is_least && count > limit {
            let message = format!("has {count} {unit}, and at most {limit} are allowed");
            self.add(pointer, keyword, message);
        }
    }
}

#[cfg(test)]
mod tests;
