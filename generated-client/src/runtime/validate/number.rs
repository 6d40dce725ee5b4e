//! Limits of numbers.

use serde_json::Number;

use super::Rule;

/// How far from a whole number a quotient of fractions may be.
const TOLERANCE: f64 = 1e-9;

/// The keyword of a rule that a number does not satisfy, with a message.
pub(super) fn violation(number: &Number, rule: &Rule) -> Option<(&'static str, String)> {
    let value = number.as_f64()?;
    let (keyword, is_allowed, relation, limit) = match *rule {
        Rule::Minimum(limit) => ("minimum", value >= limit, "at least", limit),
        Rule::Maximum(limit) => ("maximum", value <= limit, "at most", limit),
        Rule::ExclusiveMinimum(limit) => ("exclusiveMinimum", value > limit, "more than", limit),
        Rule::ExclusiveMaximum(limit) => ("exclusiveMaximum", value < limit, "less than", limit),
        Rule::MultipleOf(step) => {
            let is_allowed = is_multiple(number, value, step);
            ("multipleOf", is_allowed, "a multiple of", step)
        }
        _ => return None,
    };
    let message = || format!("is {number}, which is not {relation} {limit}");
    (!is_allowed).then(|| (keyword, message()))
}

/// A number is the one that JSON writes so.
pub(super) fn is_same(number: &Number, text: &str) -> bool {
    let Ok(other) = text.parse::<Number>() else {
        return false;
    };
    match (whole(number), whole(&other)) {
        (Some(one), Some(other)) => one == other,
        _ => number.as_f64() == other.as_f64(),
    }
}

fn is_multiple(number: &Number, value: f64, step: f64) -> bool {
    if step <= 0.0 {
        return true;
    }
    // A large integer would lose its last digits as a fraction.
    if let (Some(value), Some(step)) = (whole(number), whole_step(step)) {
        return value % step == 0;
    }
    let quotient = value / step;
    (quotient - quotient.round()).abs() <= TOLERANCE * quotient.abs().max(1.0)
}

fn whole(number: &Number) -> Option<i128> {
    let signed = number.as_i64().map(i128::from);
    signed.or_else(|| number.as_u64().map(i128::from))
}

fn whole_step(step: f64) -> Option<i128> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    #[allow(
        clippy::cast_possible_truncation,
        reason = "it is whole and within the range that a fraction holds exactly"
    )]
    (step.fract() == 0.0 && step < EXACT).then_some(step as i128)
}

#[cfg(test)]
mod tests {
    use serde_json::Number;

    use super::{Rule, violation};

    fn keyword(number: impl Into<Number>, rule: Rule) -> Option<&'static str> {
        violation(&number.into(), &rule).map(|(keyword, _)| keyword)
    }

    fn fraction(value: f64) -> Number {
        Number::from_f64(value).expect("it is finite")
    }

    #[test]
    fn limits_are_inclusive_unless_they_say_otherwise() {
        assert_eq!(keyword(0, Rule::Minimum(1.0)), Some("minimum"));
        assert_eq!(keyword(1, Rule::Minimum(1.0)), None);
        assert_eq!(keyword(5, Rule::Maximum(5.0)), None);
        assert_eq!(keyword(fraction(5.1), Rule::Maximum(5.0)), Some("maximum"));
        let above = Rule::ExclusiveMinimum(-1.0);
        assert_eq!(keyword(-1, above), Some("exclusiveMinimum"));
        assert_eq!(keyword(0, above), None);
        let below = Rule::ExclusiveMaximum(1.0);
        assert_eq!(keyword(1, below), Some("exclusiveMaximum"));
        assert_eq!(keyword(0, below), None);
    }

    #[test]
    fn multiples_are_exact_for_integers_and_near_for_fractions() {
        let is_multiple = |number: Number, step| keyword(number, Rule::MultipleOf(step)).is_none();
        assert_eq!(keyword(2047, Rule::MultipleOf(1024.0)), Some("multipleOf"));
        assert!(is_multiple((-2048).into(), 1024.0));
        assert!(is_multiple((u64::MAX - 1).into(), 2.0));
        assert!(!is_multiple(u64::MAX.into(), 2.0));
        assert!(is_multiple(fraction(0.3), 0.1));
        assert!(!is_multiple(fraction(0.35), 0.1));
        assert!(is_multiple(7.into(), 0.0));
    }
}
