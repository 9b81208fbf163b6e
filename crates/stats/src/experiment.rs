//! What randomised experiments need beside ordinary tests: whether the split is as planned, ratios of sums
//! over units (delta method), variance taken out by what was known before (CUPED), and p-values that may
//! be looked at whenever one likes.

use super::NORMAL_975;
use super::two_samples::{Moments, TTest, welch};
use statrs::distribution::{ChiSquared, ContinuousCDF, Normal};

/// Below this p-value units are not split as planned: the level of Fabijan et al. (2019).
pub const SRM_LEVEL: f64 = 0.001;

/// The p-value of the chi-squared test that units were split in these proportions (sample-ratio mismatch,
/// Fabijan et al. 2019). Nothing for fewer than two arms, or without units or shares.
#[must_use]
pub fn sample_ratio_mismatch(counts: &[u64], shares: &[f64]) -> Option<f64> {
    let (all, whole) = (
        counts.iter().sum::<u64>() as f64,
        shares.iter().sum::<f64>(),
    );
    if counts.len() < 2
        || counts.len() != shares.len()
        || all == 0.0
        || shares.iter().any(|s| *s <= 0.0)
    {
        return None;
    }
    let terms = counts.iter().zip(shares).map(|(count, share)| {
        let expected = all * share / whole;
        (*count as f64 - expected).powi(2) / expected
    });
    let law = ChiSquared::new((counts.len() - 1) as f64).ok()?;
    Some(law.sf(terms.sum()))
}

/// An estimate with the variance of its mean.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The estimate.
    pub value: f64,
    /// The variance of the estimate (not of what it is made of).
    pub variance: f64,
}

impl Estimate {
    /// Its 95 % interval by the normal distribution.
    #[must_use]
    pub fn interval(self) -> [f64; 2] {
        let reach = NORMAL_975 * self.variance.sqrt();
        [self.value - reach, self.value + reach]
    }

    /// The difference to an independent estimate; variances add up.
    #[must_use]
    pub fn minus(self, other: Self) -> Self {
        Self {
            value: self.value - other.value,
            variance: self.variance + other.variance,
        }
    }

    /// The two-sided p-value that it is zero, by the normal distribution; nothing without variance.
    #[must_use]
    pub fn p_value(self) -> Option<f64> {
        let z = self.value / self.variance.sqrt();
        (self.variance > 0.0 && z.is_finite()).then(|| 2.0 * Normal::standard().sf(z.abs()))
    }
}

/// The ratio of two sums over units, with its variance by the delta method (Deng, Knoblich and Lu 2018):
/// units are independent, what belongs to one is not. Pairs are (numerator, denominator) of a unit.
/// Nothing for fewer than two units or a denominator of zero.
#[must_use]
pub fn ratio(units: &[[f64; 2]]) -> Option<Estimate> {
    let n = units.len() as f64;
    let [top, under] = [0, 1].map(|i| units.iter().map(|u| u[i]).sum::<f64>() / n);
    if units.len() < 2 || under == 0.0 {
        return None;
    }
    let value = top / under;
    // The residual's variance is the sum of both variances less twice the covariance, in one pass.
    let squares: f64 = units.iter().map(|u| (u[0] - value * u[1]).powi(2)).sum();
    Some(Estimate {
        value,
        variance: squares / (n - 1.0) / n / (under * under),
    })
}

/// A comparison of means with what was known before taken out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cuped {
    /// The slope on the covariate, over both arms.
    pub theta: f64,
    /// Welch's test of the adjusted values, first less second.
    pub test: TTest,
    /// The difference of the adjusted means.
    pub difference: f64,
    /// The part of the variance that went, 0 to 1.
    pub removed: f64,
}

/// CUPED (Deng, Xu, Kohavi and Walker 2013): values are less `theta` times how far their covariate lies
/// from the mean over both arms. Pairs are (value, covariate). Nothing where the covariate does not vary
/// or an arm has fewer than two values.
#[must_use]
pub fn cuped(first: &[[f64; 2]], second: &[[f64; 2]]) -> Option<Cuped> {
    let all = || first.iter().chain(second);
    let n = all().count() as f64;
    let [y, x] = [0, 1].map(|i| all().map(|v| v[i]).sum::<f64>() / n);
    let spread: f64 = all().map(|v| (v[1] - x).powi(2)).sum();
    let together: f64 = all().map(|v| (v[0] - y) * (v[1] - x)).sum();
    if first.len() < 2 || second.len() < 2 || spread == 0.0 {
        return None;
    }
    let theta = together / spread;
    let adjusted = |arm: &[[f64; 2]]| {
        let values: Vec<f64> = arm.iter().map(|v| v[0] - theta * (v[1] - x)).collect();
        Moments::of(&values)
    };
    let plain = |arm: &[[f64; 2]]| Moments::of(&arm.iter().map(|v| v[0]).collect::<Vec<_>>());
    let (a, b) = (adjusted(first), adjusted(second));
    let per_unit = |m: Moments| m.variance / m.count;
    let before = per_unit(plain(first)) + per_unit(plain(second));
    Some(Cuped {
        theta,
        test: welch(a, b)?,
        difference: a.mean - b.mean,
        removed: 1.0 - (per_unit(a) + per_unit(b)) / before,
    })
}

/// A difference looked at while it grows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Anytime {
    /// A p-value that holds however often one looks (for this look alone; the smallest so far counts).
    pub p_value: f64,
    /// The 95 % confidence sequence's bounds at this look.
    pub interval: [f64; 2],
}

/// The mixture sequential probability ratio test (Johari, Pekelis and Walsh 2017): a difference under a
/// normal mixture of variance `mixture` over true differences; the larger it is, the larger the effects
/// that are found soonest. It has to be chosen without looking at the difference. Nothing without variance.
#[must_use]
pub fn anytime(difference: Estimate, mixture: f64) -> Option<Anytime> {
    let (d, v) = (difference.value, difference.variance);
    if v.is_nan() || v <= 0.0 || mixture.is_nan() || mixture <= 0.0 || !d.is_finite() {
        return None;
    }
    let log_ratio = log_ratio(difference, mixture);
    let bound = (v + mixture) * v / mixture * (((v + mixture) / v).ln() - 2.0 * 0.05f64.ln());
    let reach = bound.sqrt();
    Some(Anytime {
        p_value: (-log_ratio).exp().min(1.0),
        interval: [d - reach, d + reach],
    })
}

/// The logarithm of the likelihood under the mixture over that under no difference.
fn log_ratio(difference: Estimate, mixture: f64) -> f64 {
    let (d, v) = (difference.value, difference.variance);
    0.5 * (v / (v + mixture)).ln() + d * d * mixture / (2.0 * v * (v + mixture))
}

/// How many times the units so far it takes until [`anytime`] gives the difference a p-value below `alpha`, if it stays
/// what it is: 1 where it does now. Nothing where it takes more than 10,000 times as many, or without variance.
#[must_use]
pub fn anytime_growth(difference: Estimate, mixture: f64, alpha: f64) -> Option<f64> {
    anytime(difference, mixture)?;
    let decides = |times: f64| {
        let variance = difference.variance / times;
        log_ratio(
            Estimate {
                variance,
                ..difference
            },
            mixture,
        ) > -alpha.ln()
    };
    let (mut low, mut high) = (1.0, 1e4);
    if decides(low) {
        return Some(low);
    }
    if !decides(high) {
        return None;
    }
    // Until it decides the ratio may fall first, but it rises only once.
    for _ in 0..52 {
        let middle = f64::midpoint(low, high);
        match decides(middle) {
            true => high = middle,
            false => low = middle,
        }
    }
    Some(high)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_ratio_to_one_is_the_mean(values in proptest::collection::vec(-50.0..50.0f64, 2..40)) {
            let units: Vec<[f64; 2]> = values.iter().map(|v| [*v, 1.0]).collect();
            let found = ratio(&units).unwrap();
            let moments = Moments::of(&values);
            prop_assert!((found.value - moments.mean).abs() < 1e-9);
            prop_assert!((found.variance - moments.variance / moments.count).abs() < 1e-8);
        }

        #[test]
        fn the_anytime_interval_contains_zero_exactly_when_p_is_at_least_5_per_cent(
            d in -3.0..3.0f64, v in 0.001..2.0f64, mixture in 0.001..5.0f64)
        {
            let found = anytime(Estimate { value: d, variance: v }, mixture).unwrap();
            let holds = found.interval[0] <= 0.0 && found.interval[1] >= 0.0;
            prop_assert_eq!(holds, found.p_value >= 0.05 - 1e-12);
            // Looking whenever one likes costs something.
            let fixed = Estimate { value: d, variance: v }.p_value().unwrap();
            prop_assert!(found.p_value >= fixed - 1e-12);
        }
    }

    #[test]
    fn a_difference_decides_once_it_has_grown_as_forecast() {
        let so_far = Estimate {
            value: 0.2,
            variance: 0.02,
        };
        let times = anytime_growth(so_far, 0.01, 0.05).unwrap();
        let at = |times: f64| {
            let variance = so_far.variance / times;
            anytime(Estimate { variance, ..so_far }, 0.01)
                .unwrap()
                .p_value
        };
        assert!(
            at(1.001 * times) < 0.05 && at(0.999 * times) > 0.05,
            "{times}"
        );
        assert_eq!(anytime_growth(so_far, 0.01, 0.999_999), Some(1.0));
        let none = Estimate {
            value: 0.0,
            ..so_far
        };
        assert_eq!(anytime_growth(none, 0.01, 0.05), None);
    }

    #[test]
    fn without_arms_variance_or_units_there_is_no_result() {
        assert_eq!(sample_ratio_mismatch(&[5], &[1.0]), None);
        assert_eq!(sample_ratio_mismatch(&[0, 0], &[1.0, 1.0]), None);
        assert_eq!(sample_ratio_mismatch(&[5, 5], &[1.0, 1.0]), Some(1.0));
        assert_eq!(ratio(&[[1.0, 0.0], [2.0, 0.0]]), None);
        assert_eq!(cuped(&[[1.0, 2.0]; 3], &[[2.0, 2.0]; 3]), None);
        assert_eq!(
            anytime(
                Estimate {
                    value: 1.0,
                    variance: 0.0
                },
                1.0
            ),
            None
        );
    }
}
