//! The posterior of the lift of one rate over another: beta posteriors under a uniform
//! prior, by numerical integration and not by drawing, so that the numbers are the same every time.

use super::two_proportions::TwoCounts;
use statrs::distribution::{Beta, Continuous, ContinuousCDF};

/// Places at which the first posterior is evaluated.
const PLACES: usize = 801;
/// Standard deviations on either side of its mean that the grid covers.
const GRID_SDS: f64 = 9.0;

/// The posterior of two rates.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lift {
    /// The probability that the first rate is the higher one, 0 to 1.
    pub prob_superior: f64,
    /// The median of first/second - 1.
    pub median: f64,
    /// The 95 % credible interval of first/second - 1, with 2.5 % on either side.
    pub interval: [f64; 2],
    /// What is lost on average by taking the first where the second is the better one, as a difference of
    /// rates.
    pub risk: f64,
}

/// A density at places with their weights.
struct Grid(Vec<[f64; 2]>);

impl Grid {
    /// The trapezoid rule over the places that matter, whose weights sum to 1.
    fn of(law: &Beta, a: f64, b: f64) -> Self {
        let mean = a / (a + b);
        let deviation = (mean * (1.0 - mean) / (a + b + 1.0)).sqrt();
        let low = (mean - GRID_SDS * deviation).max(0.0);
        let high = (mean + GRID_SDS * deviation).min(1.0);
        let step = (high - low) / (PLACES - 1) as f64;
        let at = |i: usize| low + step * i as f64;
        let place = |i: usize| {
            let half = if i == 0 || i == PLACES - 1 { 0.5 } else { 1.0 };
            [at(i), half * law.pdf(at(i))]
        };
        let mut places: Vec<[f64; 2]> = (0..PLACES).map(place).collect();
        let whole: f64 = places.iter().map(|p| p[1]).sum();
        places.iter_mut().for_each(|p| p[1] /= whole);
        Self(places)
    }

    fn mean(&self, of: impl Fn(f64) -> f64) -> f64 {
        self.0
            .iter()
            .filter(|p| p[1] > 0.0)
            .map(|[x, weight]| weight * of(*x))
            .sum()
    }
}

/// The posterior under Beta(1, 1) priors. Nothing where an arm has no items or more successes than items.
#[must_use]
pub fn lift(counts: TwoCounts) -> Option<Lift> {
    counts.parts()?;
    let shape = |successes: u64, of: u64| (successes as f64 + 1.0, (of - successes) as f64 + 1.0);
    let (a, b) = shape(counts.first, counts.of_first);
    let (c, d) = shape(counts.second, counts.of_second);
    let (first, second) = (Beta::new(a, b).ok()?, Beta::new(c, d).ok()?);
    let grid = Grid::of(&second, c, d);
    // The first rate is at most (1 + lift) times the second with this probability.
    let below = |lift: f64| grid.mean(|x| first.cdf((x * (1.0 + lift)).clamp(0.0, 1.0)));
    let quantile = |part: f64| {
        let (mut low, mut high) = (-1.0, 1.0);
        while below(high) < part && high < 1e9 {
            high *= 2.0;
        }
        for _ in 0..60 {
            let middle = (low + high) / 2.0;
            if below(middle) < part {
                low = middle;
            } else {
                high = middle;
            }
        }
        (low + high) / 2.0
    };
    // E[(x - p)+] with p of the first: x F(x) - E[p; p < x], which is a beta distribution with one success more.
    let more = Beta::new(a + 1.0, b).ok()?;
    let loss = |x: f64| x * first.cdf(x) - a / (a + b) * more.cdf(x);
    Some(Lift {
        prob_superior: 1.0 - below(0.0),
        median: quantile(0.5),
        interval: [quantile(0.025), quantile(0.975)],
        risk: grid.mean(loss).max(0.0),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(first: u64, of_first: u64, second: u64, of_second: u64) -> TwoCounts {
        TwoCounts {
            first,
            of_first,
            second,
            of_second,
        }
    }

    #[test]
    fn equal_arms_give_prob_half_and_swap_symmetrically() {
        let even = lift(counts(30, 100, 30, 100)).unwrap();
        assert!((even.prob_superior - 0.5).abs() < 1e-6 && even.median.abs() < 1e-6);
        let one = lift(counts(40, 100, 30, 120)).unwrap();
        let other = lift(counts(30, 120, 40, 100)).unwrap();
        assert!((one.prob_superior + other.prob_superior - 1.0).abs() < 1e-6);
        assert!((1.0 / (1.0 + one.interval[0]) - 1.0 - other.interval[1]).abs() < 1e-4);
        assert_eq!(lift(counts(3, 2, 1, 2)), None);
    }

    #[test]
    fn arms_without_successes_give_a_finite_posterior() {
        let none = lift(counts(0, 50, 0, 50)).unwrap();
        assert!((none.prob_superior - 0.5).abs() < 1e-3 && none.interval[1].is_finite());
    }
}
