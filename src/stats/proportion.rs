//! Intervals of proportions.

use super::NORMAL_975;

/// Wilson's (1927) 95 % interval of `successes` out of `total`, which need not be whole (a tie may count
/// half). `None` of nothing.
#[must_use]
pub fn wilson(successes: f64, total: f64) -> Option<[f64; 2]> {
    if total <= 0.0 {
        return None;
    }
    let p = successes / total;
    let z2 = NORMAL_975 * NORMAL_975 / total;
    let centre = p + z2 / 2.0;
    let reach = (z2 * p * (1.0 - p) + z2 * z2 / 4.0).max(0.0).sqrt();
    Some([centre - reach, centre + reach].map(|end| (end / (1.0 + z2)).clamp(0.0, 1.0)))
}

#[cfg(test)]
mod tests {
    use super::wilson;

    /// Newcombe (1998), table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
    #[test]
    fn published_intervals_are_found() {
        let published = [
            (81.0, 263.0, [0.2553, 0.3662]),
            (15.0, 148.0, [0.0624, 0.1605]),
            (0.0, 20.0, [0.0, 0.1611]),
            (1.0, 29.0, [0.0061, 0.1718]),
        ];
        for (successes, total, expected) in published {
            let found = wilson(successes, total).unwrap();
            for (f, e) in found.iter().zip(expected) {
                assert!((f - e).abs() < 5e-5, "{found:?}, not {expected:?}");
            }
        }
        assert_eq!(wilson(0.0, 0.0), None);
    }
}
