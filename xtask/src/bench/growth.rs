//! How a cost grows with the size of its cause.

/// The exponent `e` for which `size^e` fits the costs best: the slope of the line through their
/// logarithms. Nothing where there are fewer than two sizes.
pub(super) fn exponent(points: &[(usize, f64)]) -> Option<f64> {
    let logarithms: Vec<(f64, f64)> = points
        .iter()
        .filter_map(|(size, cost)| {
            let size = u32::try_from(*size).ok().filter(|size| *size > 0)?;
            (*cost > 0.0).then(|| (f64::from(size).ln(), cost.ln()))
        })
        .collect();
    let count = f64::from(u32::try_from(logarithms.len()).ok()?);
    let mean = |figure: fn(&(f64, f64)) -> f64| logarithms.iter().map(figure).sum::<f64>() / count;
    let (size, cost) = (mean(|point| point.0), mean(|point| point.1));
    let spread: f64 = logarithms
        .iter()
        .map(|point| (point.0 - size).powi(2))
        .sum();
    let together: f64 = logarithms
        .iter()
        .map(|point| (point.0 - size) * (point.1 - cost))
        .sum();
    (spread > 0.0).then(|| together / spread)
}

#[cfg(test)]
mod tests {
    use super::exponent;

    fn grown(power: f64) -> Option<f64> {
        let points = [100, 300, 1000].map(|size| {
            (
                size,
                f64::from(u32::try_from(size).unwrap_or(1)).powf(power) * 7.0,
            )
        });
        exponent(&points)
    }

    #[test]
    fn the_exponent_is_that_of_the_power() {
        for power in [1.0, 1.5, 2.0] {
            let found = grown(power).expect("three sizes");
            assert!((found - power).abs() < 1e-9, "{found}");
        }
    }

    #[test]
    fn one_size_has_no_growth() {
        assert_eq!(exponent(&[(100, 1.0), (100, 2.0)]), None);
        assert_eq!(exponent(&[]), None);
    }
}
