//! Two proportions side by side: tests of whether they differ and intervals of the difference, first less
//! second, as statsmodels 0.15.0 and SciPy 1.17.1 have them; two-sided, intervals of 95 %.

use super::proportion::wilson;
use super::{NORMAL_975, Tested};
use statrs::distribution::{ChiSquared, ContinuousCDF, Normal};

/// What counts as equal among probabilities: SciPy has 1e-14, more than sums of rounded ratios hold.
const NEARLY: f64 = 1.0 + 1e-10;

/// Successes and trials of two independent samples.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TwoCounts {
    /// Successes in the first sample.
    pub first: u64,
    /// Items of the first sample.
    pub of_first: u64,
    /// Successes in the second sample.
    pub second: u64,
    /// Items of the second sample.
    pub of_second: u64,
}

/// Fisher's exact test.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fisher {
    /// The odds of the first sample over the second's; infinite where one of the products is nothing.
    pub odds_ratio: f64,
    /// Two-sided: the probability of all tables no likelier than this one.
    pub p_value: f64,
    /// That of tables with as few successes in the first sample.
    pub p_less: f64,
    /// That of tables with as many.
    pub p_greater: f64,
}

fn by_normal(statistic: f64) -> Option<Tested> {
    (!statistic.is_nan()).then(|| Tested {
        statistic,
        p_value: (2.0 * Normal::standard().sf(statistic.abs())).min(1.0),
    })
}

impl TwoCounts {
    fn sizes(self) -> [f64; 2] {
        [self.of_first as f64, self.of_second as f64]
    }

    /// Both proportions; nothing of an empty sample or where successes are more than items.
    #[must_use]
    pub fn parts(self) -> Option<[f64; 2]> {
        let [n1, n2] = self.sizes();
        let parts = [self.first as f64 / n1, self.second as f64 / n2];
        parts.iter().all(|p| *p <= 1.0).then_some(parts)
    }

    /// The difference of the proportions over its error, each with its own variance, with `added` items put
    /// to both sides of each sample first.
    fn apart(self, added: f64) -> Option<(f64, f64)> {
        self.parts()?;
        let sizes = self.sizes().map(|n| n + 2.0 * added);
        let counts = [self.first, self.second].map(|k| k as f64 + added);
        let [p1, p2] = [counts[0] / sizes[0], counts[1] / sizes[1]];
        let variance = p1 * (1.0 - p1) / sizes[0] + p2 * (1.0 - p2) / sizes[1];
        Some((p1 - p2, variance.sqrt()))
    }

    /// The z-test with a pooled variance; nothing where all items are alike.
    #[must_use]
    pub fn z_test(self) -> Option<Tested> {
        let ([p1, p2], [n1, n2]) = (self.parts()?, self.sizes());
        let pooled = (self.first + self.second) as f64 / (n1 + n2);
        let variance = pooled * (1.0 - pooled) * (1.0 / n1 + 1.0 / n2);
        by_normal((p1 - p2) / variance.sqrt())
    }

    /// The same by Miettinen and Nurminen's variance (1985).
    #[must_use]
    pub fn score_test(self) -> Option<Tested> {
        let all = (self.of_first + self.of_second) as f64;
        by_normal(self.z_test()?.statistic * ((all - 1.0) / all).sqrt())
    }

    /// Wald's test: each sample with its own variance. Where neither varies, the statistic is infinite, or
    /// there is no test if the proportions are the same.
    #[must_use]
    pub fn wald_test(self) -> Option<Tested> {
        let (difference, error) = self.apart(0.0)?;
        by_normal(difference / error)
    }

    /// Agresti and Caffo's (2000): Wald's with a success and a failure more in each sample.
    #[must_use]
    pub fn agresti_caffo_test(self) -> Option<Tested> {
        let (difference, error) = self.apart(1.0)?;
        by_normal(difference / error)
    }

    /// Pearson's chi squared of the two by two table, with Yates' correction or without; nothing where all
    /// items are alike.
    #[must_use]
    pub fn chi_squared(self, yates: bool) -> Option<Tested> {
        self.parts()?;
        let ([n1, n2], all) = (self.sizes(), (self.of_first + self.of_second) as f64);
        let successes = (self.first + self.second) as f64;
        let mut statistic = 0.0;
        for (size, found) in [(n1, self.first), (n2, self.second)] {
            for (total, seen) in [
                (successes, found as f64),
                (all - successes, size - found as f64),
            ] {
                let expected = size * total / all;
                let gap = (seen - expected).abs();
                let gap = if yates { gap - gap.min(0.5) } else { gap };
                statistic += gap * gap / expected;
            }
        }
        let law = ChiSquared::new(1.0).ok()?;
        statistic.is_finite().then(|| Tested {
            statistic,
            p_value: law.sf(statistic),
        })
    }

    /// Fisher's exact test (1935) over all tables of the same margins; nothing where successes are more than
    /// items.
    #[must_use]
    pub fn fisher(self) -> Option<Fisher> {
        let failures = [
            self.of_first.checked_sub(self.first)?,
            self.of_second.checked_sub(self.second)?,
        ];
        let (least, chances) = self.tables();
        let at = usize::try_from(self.first - least).ok()?;
        let own = chances[at] * NEARLY;
        let sum = |some: &[f64]| some.iter().sum::<f64>().min(1.0);
        let rare = chances.iter().filter(|p| **p <= own);
        let cross = |one: u64, other: u64| one as f64 * other as f64;
        Some(Fisher {
            odds_ratio: cross(self.first, failures[1]) / cross(failures[0], self.second),
            p_value: rare.sum::<f64>().min(1.0),
            p_less: sum(&chances[..=at]),
            p_greater: sum(&chances[at..]),
        })
    }

    /// The fewest successes that the first sample can have under these margins, and the probability of each
    /// number from there to the most. Every one is made from its neighbour, outwards from the likeliest, so
    /// that none overflows and what underflows does not count.
    fn tables(self) -> (u64, Vec<f64>) {
        let successes = self.first + self.second;
        let all = self.of_first + self.of_second;
        let least = self.of_first.saturating_sub(all - successes);
        let most = self.of_first.min(successes);
        // Of `k + 1` successes over `k`.
        let ratio = |k: u64| {
            let up = (successes - k) as f64 * (self.of_first - k) as f64;
            up / ((k + 1) as f64 * (all - successes + k + 1 - self.of_first) as f64)
        };
        let mode = (least..most).find(|k| ratio(*k) <= 1.0).unwrap_or(most);
        let mut chances = vec![1.0; (most - least) as usize + 1];
        for k in (least..mode).rev() {
            let at = (k - least) as usize;
            chances[at] = chances[at + 1] / ratio(k);
        }
        for k in mode..most {
            let at = (k - least) as usize;
            chances[at + 1] = chances[at] * ratio(k);
        }
        let total: f64 = chances.iter().sum();
        chances.iter_mut().for_each(|p| *p /= total);
        (least, chances)
    }

    /// Newcombe's interval of the difference (1998, method 10), from both Wilson intervals.
    #[must_use]
    pub fn newcombe(self) -> Option<[f64; 2]> {
        let ([p1, p2], [n1, n2]) = (self.parts()?, self.sizes());
        let [low1, high1] = wilson(self.first as f64, n1)?;
        let [low2, high2] = wilson(self.second as f64, n2)?;
        let reach = |a: f64, b: f64| (a * a + b * b).sqrt();
        let difference = p1 - p2;
        Some([
            difference - reach(p1 - low1, high2 - p2),
            difference + reach(high1 - p1, p2 - low2),
        ])
    }

    /// Miettinen and Nurminen's (1985) interval of the difference: all differences that their score test does
    /// not reject. Holds at the ends of the range too, where statsmodels' search fails.
    #[must_use]
    pub fn miettinen_nurminen(self) -> Option<[f64; 2]> {
        self.not_rejected(self.sizes()[1])
    }

    /// The same as statsmodels 0.15.0 computes it: its cubic has the second sample's successes where the
    /// likelihood's has its size, so that the proportions are not quite the likeliest. Kept for comparison.
    #[must_use]
    pub fn score_as_statsmodels(self) -> Option<[f64; 2]> {
        self.not_rejected(self.second as f64)
    }

    /// Differences that the score test does not reject, with this leading factor of the cubic's linear term.
    fn not_rejected(self, factor: f64) -> Option<[f64; 2]> {
        let [p1, p2] = self.parts()?;
        let difference = p1 - p2;
        let rejected = |value: f64| {
            let variance = self.score_variance(value, factor);
            (difference - value).powi(2) > NORMAL_975 * NORMAL_975 * variance
        };
        let end = |border: f64| {
            let (mut inside, mut outside) = (difference, border);
            if !rejected(border) {
                return border;
            }
            for _ in 0..100 {
                let middle = (inside + outside) / 2.0;
                if rejected(middle) {
                    outside = middle;
                } else {
                    inside = middle;
                }
            }
            (inside + outside) / 2.0
        };
        Some([end(-1.0), end(1.0)])
    }

    /// The variance of the difference under the likeliest proportions that lie `value` apart, by Miettinen and
    /// Nurminen's closed form of the cubic, with their correction for the sample's size.
    fn score_variance(self, value: f64, factor: f64) -> f64 {
        let [n1, n2] = self.sizes();
        let (x1, x2) = (self.first as f64, self.second as f64);
        let (all, successes) = (n1 + n2, x1 + x2);
        let squares = (n1 + 2.0 * n2) * value - all - successes;
        let linear = (factor * value - all - 2.0 * x2) * value + successes;
        let constant = x2 * value * (1.0 - value);
        let centre = squares / (3.0 * all);
        let q = centre.powi(3) - linear * squares / (6.0 * all * all) + constant / (2.0 * all);
        let p = (centre * centre - linear / (3.0 * all))
            .max(0.0)
            .sqrt()
            .copysign(q);
        let angle = if p == 0.0 {
            0.0
        } else {
            (q / p.powi(3)).clamp(-1.0, 1.0).acos()
        };
        let second = 2.0 * p * ((std::f64::consts::PI + angle) / 3.0).cos() - centre;
        let [first, second] = [second + value, second].map(|share| share.clamp(0.0, 1.0));
        let variance = first * (1.0 - first) / n1 + second * (1.0 - second) / n2;
        variance * all / (all - 1.0)
    }

    /// Wald's interval of the difference.
    #[must_use]
    pub fn wald(self) -> Option<[f64; 2]> {
        let (difference, error) = self.apart(0.0)?;
        Some([-1.0, 1.0].map(|side| difference + side * NORMAL_975 * error))
    }

    /// Agresti and Caffo's interval of the difference.
    #[must_use]
    pub fn agresti_caffo(self) -> Option<[f64; 2]> {
        let (difference, error) = self.apart(1.0)?;
        Some([-1.0, 1.0].map(|side| difference + side * NORMAL_975 * error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identical_or_empty_samples_have_no_test() {
        let counts = |first, of_first, second, of_second| TwoCounts {
            first,
            of_first,
            second,
            of_second,
        };
        assert_eq!(counts(0, 0, 1, 2).z_test(), None);
        assert_eq!(counts(5, 5, 5, 5).z_test(), None);
        assert_eq!(counts(0, 9, 0, 9).chi_squared(true), None);
        assert_eq!(counts(3, 2, 0, 1).fisher(), None);
        assert_eq!(counts(3, 2, 0, 1).wald(), None);
        assert_eq!(counts(3, 2, 0, 1).chi_squared(false), None);
        // Where nothing or all succeeds the interval still has a width.
        for edge in [
            counts(0, 10, 0, 10),
            counts(5, 5, 5, 5),
            counts(0, 10, 3, 10),
            counts(1, 1, 0, 1),
        ] {
            let [low, high] = edge.miettinen_nurminen().unwrap();
            let [p1, p2] = edge.parts().unwrap();
            assert!(
                low <= p1 - p2 && p1 - p2 <= high && low < high,
                "{edge:?}: {low} {high}"
            );
            assert!((-1.0..=1.0).contains(&low) && (-1.0..=1.0).contains(&high));
        }
        assert!((counts(1, 1, 0, 1).fisher().unwrap().p_value - 1.0).abs() < 1e-12);
    }
}
