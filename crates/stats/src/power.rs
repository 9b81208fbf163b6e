//! What a sample can show: the power of Student's tests, the smallest effect and the number of pairs that
//! go with a power, as statsmodels 0.15.0's `TTestPower` and `TTestIndPower` have them, two-sided with both
//! tails.

use super::NORMAL_975;
use statrs::distribution::{ContinuousCDF, Normal, StudentsT};
use statrs::function::beta::beta_reg;
use statrs::function::gamma::ln_gamma;

/// Terms after which the series has long converged.
const MOST_TERMS: usize = 10_000;
/// Degrees of freedom from which on a series stands for the exact distribution.
const MANY: f64 = 20_000.0;
/// Effects and sizes beyond which nobody asks.
const LARGEST: f64 = 1e9;

/// The cumulative non-central t distribution (Lenth 1989, algorithm AS 243).
#[must_use]
pub fn noncentral_t(t: f64, freedom: f64, shift: f64) -> f64 {
    if t < 0.0 {
        return 1.0 - noncentral_t(-t, freedom, -shift);
    }
    let below = Normal::standard().cdf(-shift);
    let x = t * t / (t * t + freedom);
    if x <= 0.0 {
        return below;
    }
    let half = shift * shift / 2.0;
    let mut p = 0.5 * (-half).exp();
    let mut q = (2.0 / std::f64::consts::PI).sqrt() * p * shift;
    let mut rest = 0.5 - p;
    let (mut a, b) = (0.5, freedom / 2.0);
    let tail = (b * (freedom / (t * t + freedom)).ln()).exp();
    let log_beta = std::f64::consts::PI.ln() / 2.0 + ln_gamma(b) - ln_gamma(a + b);
    let (mut odd, mut even) = (beta_reg(a, b, x), 1.0 - tail);
    let mut odd_step = 2.0 * tail * (a * x.ln() - log_beta).exp();
    let mut even_step = b * x * tail;
    let mut sum = p * odd + q * even;
    for term in 1..MOST_TERMS {
        let n = term as f64;
        a += 1.0;
        odd -= odd_step;
        even -= even_step;
        odd_step *= x * (a + b - 1.0) / a;
        even_step *= x * (a + b - 0.5) / (a + 0.5);
        p *= half / n;
        q *= half / (n + 0.5);
        rest -= p;
        sum += p * odd + q * even;
        if (2.0 * rest * (odd - odd_step)).abs() < 1e-14 {
            break;
        }
    }
    (below + sum).clamp(0.0, 1.0)
}

/// The same for many degrees of freedom, by the normal distribution (Johnson and Welch 1940).
fn nearly_normal(t: f64, freedom: f64, shift: f64) -> f64 {
    let z = (t * (1.0 - 0.25 / freedom) - shift) / (1.0 + t * t / (2.0 * freedom)).sqrt();
    Normal::standard().cdf(z)
}

/// What Student's t exceeds on either side with a probability of `alpha` in all. With much freedom by
/// Cornish and Fisher's series, as the search for the exact value does not end there.
#[must_use]
pub fn student_bound(freedom: f64, alpha: f64) -> Option<f64> {
    let part = 1.0 - alpha / 2.0;
    if freedom <= MANY {
        return Some(StudentsT::new(0.0, 1.0, freedom).ok()?.inverse_cdf(part));
    }
    let z = Normal::standard().inverse_cdf(part);
    let first = (z.powi(3) + z) / (4.0 * freedom);
    let second = (5.0 * z.powi(5) + 16.0 * z.powi(3) + 3.0 * z) / (96.0 * freedom * freedom);
    Some(z + first + second)
}

/// Shift of a statistic, in standard errors, from which on the power is 1 in double precision.
const CERTAIN: f64 = 37.0;

/// Power of a two-sided test whose statistic has this freedom and this shift.
fn power(freedom: f64, shift: f64, alpha: f64) -> Option<f64> {
    if shift.abs() > CERTAIN {
        return Some(1.0);
    }
    Some(power_beyond(student_bound(freedom, alpha)?, freedom, shift))
}

/// The same where the statistic's bound is known.
fn power_beyond(bound: f64, freedom: f64, shift: f64) -> f64 {
    if shift.abs() > CERTAIN {
        return 1.0;
    }
    let law = if freedom > MANY {
        nearly_normal
    } else {
        noncentral_t
    };
    1.0 - law(bound, freedom, shift) + law(-bound, freedom, shift)
}

/// The power of the paired test for an effect (Cohen's d of the differences) with that many pairs; nothing
/// with fewer than two.
#[must_use]
pub fn paired(effect: f64, pairs: f64, alpha: f64) -> Option<f64> {
    power(pairs - 1.0, effect * pairs.sqrt(), alpha)
}

/// The same of the test of two samples of one size, for the effect on their common deviation.
#[must_use]
pub fn independent(effect: f64, each: f64, alpha: f64) -> Option<f64> {
    power(2.0 * each - 2.0, effect * (each / 2.0).sqrt(), alpha)
}

/// Standard errors that a difference must have for 80 % power at 5 %.
const POWER_80: f64 = NORMAL_975 + 0.841_621_233_572_914;

/// The units at which `difference` has enough standard errors for a power of 80 %, where `units` give it this
/// `variance`. Nothing where there is no difference or no variance.
#[must_use]
pub fn units_needed(difference: f64, variance: f64, units: f64) -> Option<f64> {
    let n = units * POWER_80 * POWER_80 * variance / (difference * difference);
    (difference != 0.0 && n.is_finite()).then(|| n.ceil())
}

/// Where a rising function reaches a value, between bounds, to the last digit.
fn solve(mut low: f64, mut high: f64, wanted: f64, of: impl Fn(f64) -> Option<f64>) -> Option<f64> {
    if of(high)? < wanted {
        return None;
    }
    loop {
        let middle = (low + high) / 2.0;
        // No number is left between the two.
        if middle <= low || middle >= high {
            return Some(middle);
        }
        if of(middle)? < wanted {
            low = middle;
        } else {
            high = middle;
        }
    }
}

/// The smallest effect that the paired test of that many pairs detects with this power.
#[must_use]
pub fn smallest_effect(pairs: f64, alpha: f64, wanted: f64) -> Option<f64> {
    let freedom = pairs - 1.0;
    // Found once, because that takes longer than all the rest.
    let bound = student_bound(freedom, alpha)?;
    solve(0.0, 100.0, wanted, |effect| {
        Some(power_beyond(bound, freedom, effect * pairs.sqrt()))
    })
}

/// The pairs that the paired test needs for an effect, not rounded; nothing for none.
#[must_use]
pub fn pairs_needed(effect: f64, alpha: f64, wanted: f64) -> Option<f64> {
    solve(2.0, LARGEST, wanted, |pairs| {
        paired(effect.abs(), pairs, alpha)
    })
}

/// The size that each of two samples needs for an effect, not rounded.
#[must_use]
pub fn each_needed(effect: f64, alpha: f64, wanted: f64) -> Option<f64> {
    solve(2.0, LARGEST, wanted, |each| {
        independent(effect.abs(), each, alpha)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn noncentral_t_is_continuous_at_large_df() {
        let [below, above] = [MANY, MANY + 1.0].map(|n| student_bound(n, 0.05).unwrap());
        assert!((below - above).abs() < 1e-8);
        let laws = [noncentral_t, nearly_normal].map(|law| law(1.96, MANY, 2.8));
        assert!((laws[0] - laws[1]).abs() < 1e-6, "{laws:?}");
        // scipy.stats.t.ppf(0.975, 1e6)
        assert!((student_bound(1e6, 0.05).unwrap() - 1.959_966_356_814_107).abs() < 1e-12);
        // An effect that next to nothing shows.
        let needed = pairs_needed(1e-4, 0.05, 0.8).unwrap();
        assert!((needed / 7.849e8 - 1.0).abs() < 1e-3, "{needed}");
        assert_eq!(pairs_needed(0.0, 0.05, 0.8), None);
    }
}
