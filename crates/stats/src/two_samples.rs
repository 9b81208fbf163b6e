//! Tests of two samples that are not paired: Welch's and Student's t, Mann and Whitney's U, and how large a
//! difference is (Cohen's d, Hedges' g). Two-sided; values as SciPy 1.17.1 has them.

use super::correlation::{Ties, ranks};
use super::power::student_bound;
use statrs::distribution::{ContinuousCDF, Normal, StudentsT};

/// Values of the smaller sample up to which Mann and Whitney's p is exact, where nothing is tied.
const EXACT: usize = 8;
/// Steps that an exact p-value may take: about a second.
const STEPS: usize = 500_000_000;

/// A test on Student's t distribution.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TTest {
    /// The statistic.
    pub t: f64,
    /// Degrees of freedom.
    pub freedom: f64,
    /// Two-sided.
    pub p_value: f64,
    /// The 95 % interval of the difference of means, first less second.
    pub interval: [f64; 2],
}

/// Size, mean and variance of a sample.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Moments {
    /// Values.
    pub count: f64,
    /// Their mean.
    pub mean: f64,
    /// Their variance, by one less than their number.
    pub variance: f64,
}

impl Moments {
    /// Those of a sample.
    #[must_use]
    pub fn of(values: &[f64]) -> Self {
        let count = values.len() as f64;
        let mean = values.iter().sum::<f64>() / count;
        let squares: f64 = values.iter().map(|x| (x - mean).powi(2)).sum();
        Self {
            count,
            mean,
            variance: squares / (count - 1.0),
        }
    }
}

fn t_test(difference: f64, error: f64, freedom: f64) -> Option<TTest> {
    let law = StudentsT::new(0.0, 1.0, freedom).ok()?;
    if error.is_nan() || error <= 0.0 {
        return None;
    }
    let t = difference / error;
    let reach = student_bound(freedom, 0.05)? * error;
    Some(TTest {
        t,
        freedom,
        p_value: 2.0 * law.sf(t.abs()),
        interval: [difference - reach, difference + reach],
    })
}

/// Welch's test (Welch 1947), which does not take the variances as equal. Nothing where a sample has fewer
/// than two values, or neither varies.
#[must_use]
pub fn welch(first: Moments, second: Moments) -> Option<TTest> {
    let [a, b] = [first, second].map(|m| m.variance / m.count);
    let freedom = (a + b).powi(2) / (a * a / (first.count - 1.0) + b * b / (second.count - 1.0));
    t_test(first.mean - second.mean, (a + b).sqrt(), freedom)
}

fn pooled_variance(first: Moments, second: Moments) -> f64 {
    let spread = |m: Moments| m.variance * (m.count - 1.0);
    (spread(first) + spread(second)) / (first.count + second.count - 2.0)
}

/// Student's test (Student 1908) of two samples of one variance. Nothing where they have fewer than three
/// values together, or neither varies.
#[must_use]
pub fn student(first: Moments, second: Moments) -> Option<TTest> {
    let each = 1.0 / first.count + 1.0 / second.count;
    let error = (pooled_variance(first, second) * each).sqrt();
    let freedom = first.count + second.count - 2.0;
    t_test(first.mean - second.mean, error, freedom)
}

/// Cohen's d: the difference of means over the pooled standard deviation (Cohen 1988).
#[must_use]
pub fn cohens_d(first: Moments, second: Moments) -> f64 {
    (first.mean - second.mean) / pooled_variance(first, second).sqrt()
}

/// Hedges' g: Cohen's d less its bias in small samples, by Hedges' (1981) approximation.
#[must_use]
pub fn hedges_g(first: Moments, second: Moments) -> f64 {
    let all = first.count + second.count;
    cohens_d(first, second) * (1.0 - 3.0 / (4.0 * all - 9.0))
}

/// How Mann and Whitney's p-value is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UMethod {
    /// By counting all orders; ties are taken as if they were none.
    Exact,
    /// By the normal distribution.
    Normal {
        /// Whether half a step is taken off, as U is a whole number.
        continuity: bool,
    },
    /// Exact up to eight values in the smaller sample where nothing is tied, else by the normal distribution with
    /// the correction for continuity.
    Auto,
}

/// Mann and Whitney's test.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MannWhitney {
    /// Pairs of a value of each sample in which the first's is larger, ties counted half.
    pub u: f64,
    /// Two-sided.
    pub p_value: f64,
}

/// Mann and Whitney's test (1947) of whether values of one sample tend to be larger. Nothing where a sample
/// is empty, where all values are one (but by counting), or where counting would take too long.
#[must_use]
pub fn mann_whitney(first: &[f64], second: &[f64], method: UMethod) -> Option<MannWhitney> {
    let (n1, n2) = (first.len(), second.len());
    if n1.min(n2) == 0 {
        return None;
    }
    let all = [first, second].concat();
    let places = ranks(&all);
    let sum: f64 = places[..n1].iter().sum();
    let u = sum - (n1 * (n1 + 1)) as f64 / 2.0;
    let larger = u.max((n1 * n2) as f64 - u);
    let ties = Ties::of(&all);
    let counted = n1.min(n2) <= EXACT && ties.pairs == 0.0;
    let method = match method {
        UMethod::Auto if counted => UMethod::Exact,
        UMethod::Auto => UMethod::Normal { continuity: true },
        other => other,
    };
    let tail = match method {
        UMethod::Normal { continuity } => {
            let n = (n1 + n2) as f64;
            let product = (n1 * n2) as f64;
            let tied = ties.cubes() / (n * (n - 1.0));
            let deviation = (product / 12.0 * (n + 1.0 - tied)).sqrt();
            let step = if continuity { 0.5 } else { 0.0 };
            let z = (larger - product / 2.0 - step) / deviation;
            Normal::standard().sf((deviation > 0.0).then_some(z)?)
        }
        _ => exact_tail(n1, n2, larger as usize)?,
    };
    let p_value = (2.0 * tail).clamp(0.0, 1.0);
    Some(MannWhitney { u, p_value })
}

/// The part of all orders of two samples whose U is at least this. U is as often at one end as at the other.
fn exact_tail(n1: usize, n2: usize, least: usize) -> Option<f64> {
    let most = n1 * n2;
    match most.checked_sub(least) {
        None => Some(0.0),
        Some(u) if 2 * u <= most => exact_head(n1, n2, u),
        Some(_) => match least.checked_sub(1) {
            None => Some(1.0),
            Some(u) => Some(1.0 - exact_head(n1, n2, u)?),
        },
    }
}

/// The part of all orders whose U is at most this. The orders are counted by the Gaussian binomial coefficient, the
/// product of (1 - q^(many + i)) / (1 - q^i) over the values of the smaller sample, from which each step is taken over
/// the number of its orders, so that no count overflows.
fn exact_head(n1: usize, n2: usize, u: usize) -> Option<f64> {
    let (few, many) = (n1.min(n2), n1.max(n2));
    if few.saturating_mul(u + 1) > STEPS {
        return None;
    }
    let mut part = vec![0.0; u + 1];
    part[0] = 1.0;
    for i in 1..=few {
        for k in (many + i..=u).rev() {
            part[k] -= part[k - many - i];
        }
        for k in i..=u {
            part[k] += part[k - i];
        }
        let share = i as f64 / (many + i) as f64;
        part.iter_mut().for_each(|p| *p = (*p * share).max(0.0));
    }
    Some(part.iter().sum::<f64>().min(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_samples_use_the_exact_rank_distribution() {
        // Of the six orders of 2 and 2 values U is 0, 1, 2, 2, 3, 4.
        let tails = [0, 1, 2, 3, 4].map(|u| exact_tail(2, 2, u).unwrap() * 6.0);
        assert_eq!(tails.map(f64::round), [6.0, 5.0, 4.0, 2.0, 1.0]);
        let apart = mann_whitney(&[1.0, 2.0, 3.0], &[4.0, 5.0, 6.0], UMethod::Auto).unwrap();
        assert!((apart.p_value - 0.1).abs() < 1e-12 && apart.u == 0.0);
    }

    /// SciPy 1.17.1's values of `mannwhitneyu(method="exact")`.
    #[test]
    fn large_samples_are_counted_too() {
        let steps = |n: u32, by: f64, from: f64| -> Vec<f64> {
            (0..n).map(|i| f64::from(i) * by + from).collect()
        };
        for (first, second, u, p_value) in [
            (
                steps(8, 100.0, 0.5),
                steps(1000, 1.0, 0.0),
                2808.0,
                0.148_710_730_030_124,
            ),
            (
                steps(8, 20.0, 850.5),
                steps(1000, 1.0, 0.0),
                7368.0,
                1.532_520_674_774_030_5e-6,
            ),
            (
                steps(30, 7.0, 0.5),
                steps(400, 1.0, 0.0),
                3075.0,
                4.240_866_770_704_376e-6,
            ),
        ] {
            let found = mann_whitney(&first, &second, UMethod::Exact).unwrap();
            assert_eq!(found.u, u);
            assert!((found.p_value / p_value - 1.0).abs() < 1e-9, "{found:?}");
        }
        let found = mann_whitney(&steps(8, 100.0, 0.5), &steps(1000, 1.0, 0.0), UMethod::Auto);
        assert!((found.unwrap().p_value - 0.148_710_730_030_124).abs() < 1e-12);
    }

    #[test]
    fn samples_without_spread_or_values_have_no_test() {
        let flat = Moments::of(&[1.0, 1.0]);
        assert_eq!((welch(flat, flat), student(flat, flat)), (None, None));
        assert_eq!(welch(Moments::of(&[1.0]), Moments::of(&[2.0])), None);
        assert_eq!(mann_whitney(&[], &[1.0], UMethod::Auto), None);
        assert_eq!(mann_whitney(&[1.0; 9], &[1.0; 9], UMethod::Auto), None);
    }
}
