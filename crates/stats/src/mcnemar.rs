//! McNemar's test (1947) of two classifiers on the same items, exact: whether the items that only one of
//! them has right fall to both alike. Values of statsmodels 0.15.0's `mcnemar(exact=True)`.

use statrs::distribution::{Binomial, ChiSquared, ContinuousCDF, DiscreteCDF};

/// The two-sided p-value, from the items that only the first has right and those that only the second
/// has; 1 where there is neither.
#[must_use]
pub fn mcnemar(first: usize, second: usize) -> f64 {
    let all = (first + second) as u64;
    let Ok(law) = Binomial::new(0.5, all) else {
        return 1.0;
    };
    let fewer = first.min(second) as u64;
    (2.0 * law.cdf(fewer)).min(1.0)
}

/// The same by chi squared with one degree of freedom, with Edwards' (1948) correction for `continuity` or
/// without; 1 where there is neither.
#[must_use]
pub fn mcnemar_by_chi_squared(first: usize, second: usize, continuity: bool) -> f64 {
    let apart = first.abs_diff(second) as f64 - if continuity { 1.0 } else { 0.0 };
    let statistic = apart * apart / (first + second) as f64;
    match ChiSquared::new(1.0) {
        Ok(law) if !statistic.is_nan() => law.sf(statistic),
        _ => 1.0,
    }
}

#[cfg(test)]
mod tests {
    use super::mcnemar;

    #[test]
    fn mcnemar_exact_is_binomial_on_discordant_pairs() {
        assert!((mcnemar(2, 7) - 0.1796875).abs() < 1e-12);
        assert!((mcnemar(0, 7) - 0.015625).abs() < 1e-12);
        assert_eq!((mcnemar(0, 0), mcnemar(5, 5)), (1.0, 1.0));
    }
}
