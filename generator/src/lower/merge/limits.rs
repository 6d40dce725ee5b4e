//! The limits that all parts of a schema set together.

use openapiv3::AnySchema;

use crate::ir::{Bounds, Constraints};

/// Adds limits to others: a value has to pass all of them. Returns the keyword of those that cannot be told
/// together, as two patterns cannot; the first one counts then.
pub(super) fn tighten(constraints: &mut Constraints, keywords: &AnySchema) -> Option<&'static str> {
    let minimum = Edge::of(constraints.minimum, constraints.exclusive_minimum);
    let added = Edge::of(keywords.minimum, keywords.exclusive_minimum == Some(true));
    let minimum = Edge::tighter(minimum, added, |one, other| one > other);
    constraints.minimum = minimum.map(|edge| edge.limit);
    constraints.exclusive_minimum = minimum.is_some_and(|edge| edge.is_exclusive);

    let maximum = Edge::of(constraints.maximum, constraints.exclusive_maximum);
    let added = Edge::of(keywords.maximum, keywords.exclusive_maximum == Some(true));
    let maximum = Edge::tighter(maximum, added, |one, other| one < other);
    constraints.maximum = maximum.map(|edge| edge.limit);
    constraints.exclusive_maximum = maximum.is_some_and(|edge| edge.is_exclusive);

    let (step, added) = (constraints.multiple_of, keywords.multiple_of);
    let common = match (step, added) {
        (Some(one), Some(other)) => common_multiple(one, other),
        (one, other) => one.or(other),
    };
    constraints.multiple_of = common.or(step);
    constraints.unique_items |= keywords.unique_items == Some(true);
    add_bounds(
        &mut constraints.length,
        keywords.min_length,
        keywords.max_length,
    );
    add_bounds(
        &mut constraints.items,
        keywords.min_items,
        keywords.max_items,
    );
    add_bounds(
        &mut constraints.properties,
        keywords.min_properties,
        keywords.max_properties,
    );
    let known = constraints.pattern.take();
    let is_told = known.is_none() || keywords.pattern.is_none() || known == keywords.pattern;
    constraints.pattern = known.or_else(|| keywords.pattern.clone());
    if step.is_some() && common.is_none() {
        return Some("multipleOf");
    }
    (!is_told).then_some("pattern")
}

/// The least number that is a multiple of both: the greater one, or that of integers; nothing where there is none
/// that can be told for sure.
fn common_multiple(one: f64, other: f64) -> Option<f64> {
    /// Up to here every integer is a number in double precision.
    const LARGEST: f64 = 9_007_199_254_740_992.0;
    let (greater, lesser) = (one.max(other), one.min(other));
    if lesser <= 0.0 {
        return None;
    }
    let times = greater / lesser;
    // 0.3 is a multiple of 0.1, but for the last digit.
    if (times - times.round()).abs() <= times * f64::EPSILON {
        return Some(greater);
    }
    if greater.fract() != 0.0 || lesser.fract() != 0.0 {
        return None;
    }
    let (mut divisor, mut rest) = (greater, lesser);
    while rest > 0.0 {
        (divisor, rest) = (rest, divisor % rest);
    }
    let multiple = greater / divisor * lesser;
    (multiple < LARGEST).then_some(multiple)
}

/// A limit of a number.
#[derive(Clone, Copy)]
struct Edge {
    limit: f64,
    /// The limit itself is not allowed.
    is_exclusive: bool,
}

impl Edge {
    fn of(limit: Option<f64>, is_exclusive: bool) -> Option<Self> {
        limit.map(|limit| Self {
            limit,
            is_exclusive,
        })
    }

    fn tighter(
        one: Option<Self>,
        other: Option<Self>,
        is_beyond: fn(f64, f64) -> bool,
    ) -> Option<Self> {
        let (Some(first), Some(second)) = (one, other) else {
            return one.or(other);
        };
        let second_counts = is_beyond(second.limit, first.limit)
            || !is_beyond(first.limit, second.limit) && second.is_exclusive;
        Some(if second_counts { second } else { first })
    }
}

fn add_bounds(bounds: &mut Bounds, minimum: Option<usize>, maximum: Option<usize>) {
    let added = [minimum, maximum].map(|count| count.map(|count| count as u64));
    bounds.minimum = bounds.minimum.max(added[0]);
    bounds.maximum = match (bounds.maximum, added[1]) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    };
}

#[cfg(test)]
mod tests {
    use openapiv3::AnySchema;

    use super::tighten;
    use crate::ir::Constraints;

    fn together(parts: &[AnySchema]) -> Constraints {
        let mut constraints = Constraints::default();
        for keywords in parts {
            assert_eq!(tighten(&mut constraints, keywords), None);
        }
        constraints
    }

    fn numbers(limits: [Option<f64>; 2], is_exclusive: bool) -> AnySchema {
        AnySchema {
            minimum: limits[0],
            maximum: limits[1],
            exclusive_minimum: is_exclusive.then_some(true),
            exclusive_maximum: is_exclusive.then_some(true),
            ..AnySchema::default()
        }
    }

    #[test]
    fn the_tighter_limit_counts_whichever_comes_first() {
        let wide = numbers([Some(1.0), Some(9.0)], false);
        let narrow = numbers([Some(2.0), Some(8.0)], false);
        for parts in [[wide.clone(), narrow.clone()], [narrow.clone(), wide]] {
            let limits = together(&parts);
            assert_eq!((limits.minimum, limits.maximum), (Some(2.0), Some(8.0)));
        }
        let strict = numbers([Some(2.0), Some(8.0)], true);
        for parts in [[strict.clone(), narrow.clone()], [narrow, strict]] {
            let limits = together(&parts);
            assert!(limits.exclusive_minimum && limits.exclusive_maximum);
        }
        let none = numbers([None, None], false);
        let limits = together(&[numbers([Some(3.0), None], true), none]);
        assert_eq!(
            (limits.minimum, limits.exclusive_minimum),
            (Some(3.0), true)
        );
    }

    #[test]
    fn counts_and_multiples_are_joined() {
        let part = |least, most, multiple| AnySchema {
            min_length: least,
            max_length: most,
            multiple_of: Some(multiple),
            ..AnySchema::default()
        };
        let limits = together(&[part(Some(2), Some(5), 6.0), part(Some(1), None, 3.0)]);
        assert_eq!(limits.length.minimum, Some(2));
        assert_eq!(limits.length.maximum, Some(5));
        assert_eq!(limits.multiple_of, Some(6.0));
        for (one, other, expected) in [(4.0, 6.0, 12.0), (0.5, 1.5, 1.5), (0.3, 0.1, 0.3)] {
            let limits = together(&[part(None, None, one), part(None, None, other)]);
            assert_eq!(limits.multiple_of, Some(expected), "{one} and {other}");
        }
        let mut constraints = together(&[part(None, None, 0.4)]);
        let added = part(None, None, 0.6);
        assert_eq!(tighten(&mut constraints, &added), Some("multipleOf"));
        assert_eq!(constraints.multiple_of, Some(0.4));
    }

    #[test]
    fn two_patterns_cannot_be_told_together() {
        let part = |pattern: &str| AnySchema {
            pattern: Some(pattern.to_owned()),
            ..AnySchema::default()
        };
        let mut constraints = Constraints::default();
        assert_eq!(tighten(&mut constraints, &part("a")), None);
        assert_eq!(tighten(&mut constraints, &part("a")), None);
        assert_eq!(tighten(&mut constraints, &part("b")), Some("pattern"));
        assert_eq!(constraints.pattern.as_deref(), Some("a"));
    }
}
