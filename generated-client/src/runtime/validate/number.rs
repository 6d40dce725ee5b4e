//! Limits of numbers.

use serde_json::Number;

use super::Rules;

/// How far from a whole number a quotient of fractions may be.
const TOLERANCE: f64 = 1e-9;

/// Keywords that a number does not satisfy, each with a message.
pub(super) fn violations(number: &Number, rules: &Rules) -> Vec<(&'static str, String)> {
    let mut found = Vec::new();
    let Some(value) = number.as_f64() else {
        return found;
    };
    let mut require = |allowed: bool, keyword, limit: Option<f64>, relation: &str| {
        if let (false, Some(limit)) = (allowed, limit) {
            found.push((
                keyword,
                format!("is {number}, which is not {relation} {limit}"),
            ));
        }
    };
    let (least, most) = (rules.minimum, rules.maximum);
    let (above, below) = (rules.exclusive_minimum, rules.exclusive_maximum);
    require(
        least.is_none_or(|limit| value >= limit),
        "minimum",
        least,
        "at least",
    );
    require(
        most.is_none_or(|limit| value <= limit),
        "maximum",
        most,
        "at most",
    );
    require(
        above.is_none_or(|limit| value > limit),
        "exclusiveMinimum",
        above,
        "more than",
    );
    require(
        below.is_none_or(|limit| value < limit),
        "exclusiveMaximum",
        below,
        "less than",
    );
    let step = rules.multiple_of;
    require(
        step.is_none_or(|step| is_multiple(number, value, step)),
        "multipleOf",
        step,
        "a multiple of",
    );
    found
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

    use super::{Rules, violations};

    fn keywords(number: impl Into<Number>, rules: &Rules) -> Vec<&'static str> {
        let found = violations(&number.into(), rules);
        found.into_iter().map(|(keyword, _)| keyword).collect()
    }

    fn fraction(value: f64) -> Number {
        Number::from_f64(value).expect("it is finite")
    }

    #[test]
    fn limits_are_inclusive_unless_they_say_otherwise() {
        let inclusive = Rules {
            minimum: Some(1.0),
            maximum: Some(5.0),
            ..Rules::NONE
        };
        assert_eq!(keywords(0, &inclusive), ["minimum"]);
        assert!(keywords(1, &inclusive).is_empty() && keywords(5, &inclusive).is_empty());
        assert_eq!(keywords(fraction(5.1), &inclusive), ["maximum"]);
        let exclusive = Rules {
            exclusive_minimum: Some(-1.0),
            exclusive_maximum: Some(1.0),
            ..Rules::NONE
        };
        assert_eq!(keywords(-1, &exclusive), ["exclusiveMinimum"]);
        assert!(keywords(0, &exclusive).is_empty());
        assert_eq!(keywords(1, &exclusive), ["exclusiveMaximum"]);
    }

    #[test]
    fn multiples_are_exact_for_integers_and_near_for_fractions() {
        let step = |step| Rules {
            multiple_of: Some(step),
            ..Rules::NONE
        };
        assert_eq!(keywords(2047, &step(1024.0)), ["multipleOf"]);
        assert!(keywords(-2048, &step(1024.0)).is_empty());
        assert_eq!(keywords(u64::MAX - 1, &step(2.0)), [] as [&str; 0]);
        assert_eq!(keywords(u64::MAX, &step(2.0)), ["multipleOf"]);
        assert!(keywords(fraction(0.3), &step(0.1)).is_empty());
        assert_eq!(keywords(fraction(0.35), &step(0.1)), ["multipleOf"]);
        assert!(keywords(7, &step(0.0)).is_empty());
    }
}
