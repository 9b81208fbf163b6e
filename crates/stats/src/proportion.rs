//! One proportion: its intervals, as statsmodels 0.15.0 has them, and the exact test against a proportion
//! that is given, as SciPy 1.17.1's `binomtest` has it.

use super::NORMAL_975;
use statrs::distribution::{Beta, Binomial, ContinuousCDF, Discrete};

/// What SciPy takes as equal among probabilities.
const NEARLY: f64 = 1.0 + 1e-7;

/// The exact two-sided p-value of `successes` out of `total` where each succeeds with probability
/// `expected`: that of all outcomes no likelier than this one. Nothing where that is no probability.
#[must_use]
pub fn binomial_test(successes: u64, total: u64, expected: f64) -> Option<f64> {
    let law = Binomial::new(expected, total).ok()?;
    let own = law.pmf(successes) * NEARLY;
    let rare = (0..=total).map(|k| law.pmf(k)).filter(|p| *p <= own);
    Some(rare.sum::<f64>().min(1.0))
}

/// Clopper and Pearson's (1934) 95 % interval, which holds at least that often. Nothing of nothing.
#[must_use]
pub fn clopper_pearson(successes: u64, total: u64) -> Option<[f64; 2]> {
    let (k, n) = (successes as f64, total as f64);
    let bound = |a: f64, b: f64, part: f64| Some(Beta::new(a, b).ok()?.inverse_cdf(part));
    let low = match successes {
        0 => 0.0,
        _ => bound(k, n - k + 1.0, 0.025)?,
    };
    let high = match total - successes.min(total) {
        0 => 1.0,
        _ => bound(k + 1.0, n - k, 0.975)?,
    };
    (total > 0).then_some([low, high])
}

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

/// Wald's 95 % interval by the normal distribution, held within 0 and 1. Nothing of nothing
/// or where successes are more than items.
#[must_use]
pub fn wald(successes: u64, total: u64) -> Option<[f64; 2]> {
    around(successes as f64, total as f64)
}

/// Agresti and Coull's (1998) 95 % interval: Wald's around Wilson's centre. Nothing of nothing.
#[must_use]
pub fn agresti_coull(successes: u64, total: u64) -> Option<[f64; 2]> {
    let added = NORMAL_975 * NORMAL_975;
    (total > 0).then_some(())?;
    around(successes as f64 + added / 2.0, total as f64 + added)
}

fn around(successes: f64, total: f64) -> Option<[f64; 2]> {
    let p = successes / total;
    let reach = NORMAL_975 * (p * (1.0 - p) / total).sqrt();
    (total > 0.0 && p <= 1.0).then(|| [p - reach, p + reach].map(|end| end.clamp(0.0, 1.0)))
}

/// The 95 % interval of the posterior under Jeffreys' prior, with 2.5 % on either side. Nothing of nothing
/// or where successes are more than items.
#[must_use]
pub fn jeffreys(successes: u64, total: u64) -> Option<[f64; 2]> {
    let failures = total.checked_sub(successes)?;
    let law = Beta::new(successes as f64 + 0.5, failures as f64 + 0.5).ok()?;
    (total > 0).then(|| [0.025, 0.975].map(|part| law.inverse_cdf(part)))
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
