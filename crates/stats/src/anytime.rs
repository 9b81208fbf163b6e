//! The mean of values between 0 and 1, looked at whenever one likes: a p-value and an interval that hold at every look
//! together, however often one looks and whenever one stops.
//!
//! A gambler bets at fair odds that the mean is not `m`. Whoever says that it is `m` has to explain how the gambler got
//! rich: a fair game multiplies the stake by 20 at any time with a probability of 5 % at most (Ville 1939).
//!
//! ```
//! use assay_stats::anytime::BoundedMean;
//!
//! // 40 of 50 items speak for one side.
//! let scores = BoundedMean::of((0..50).map(|i| if i < 40 { 1.0 } else { 0.0 })).unwrap();
//! assert!(scores.p_value(0.5) < 0.01);
//! assert!(scores.interval(0.05)[0] > 0.5);
//! ```

use assay_sorting::sort_by;

/// Bets on either side of the mean, evenly spaced between none and the largest that cannot lose more than the stake.
const BETS: usize = 100;
/// Halvings when a bound is looked for: as many as a double has digits.
const HALVINGS: usize = 52;
/// How many times the units so far may be forecast.
const FURTHEST: f64 = 1e4;

/// Values between 0 and 1 of independent units.
///
/// The bets are those of Waudby-Smith and Ramdas (2024), section "Diversified Kelly betting" (`dKelly_cs` of their
/// package confseq): each side has half of the stake, divided evenly among constant bets. As no bet depends on what came
/// before, the order of the units does not matter, and they need not be kept: units may come in any order that does not
/// depend on their values.
#[derive(Debug, Clone, PartialEq)]
pub struct BoundedMean {
    /// Each value with how often it came.
    counts: Vec<(f64, f64)>,
    units: f64,
    mean: f64,
}

impl BoundedMean {
    /// Of these values; nothing without any, or where one is not between 0 and 1.
    #[must_use]
    pub fn of(values: impl IntoIterator<Item = f64>) -> Option<Self> {
        let mut values: Vec<f64> = values.into_iter().collect();
        if values.is_empty() || !values.iter().all(|v| (0.0..=1.0).contains(v)) {
            return None;
        }
        sort_by(&mut values, f64::total_cmp);
        let units = values.len() as f64;
        let mean = (values.iter().sum::<f64>() / units).min(1.0);
        let mut counts: Vec<(f64, f64)> = Vec::new();
        for value in values {
            match counts.last_mut() {
                Some((last, count)) if *last == value => *count += 1.0,
                _ => counts.push((value, 1.0)),
            }
        }
        Some(Self {
            counts,
            units,
            mean,
        })
    }

    /// Their mean.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.mean
    }

    /// The logarithm of what the stake has become under the claim that the mean is `m`, had the units come `times` as
    /// often.
    fn log_capital(&self, m: f64, times: f64) -> f64 {
        let mut logs = [0.0; 2 * BETS];
        for (place, log) in logs.iter_mut().enumerate() {
            let part = (place / 2 + 1) as f64 / (BETS + 1) as f64;
            let bet = match place % 2 {
                0 => part / m,
                _ => -part / (1.0 - m),
            };
            let won = |(value, count): &(f64, f64)| count * (bet * (value - m)).ln_1p();
            *log = times * self.counts.iter().map(won).sum::<f64>();
        }
        let most = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let sum: f64 = logs.iter().map(|log| (log - most).exp()).sum();
        most + (sum / logs.len() as f64).ln()
    }

    /// The p-value of the claim that the mean is `m`, strictly between 0 and 1: 1 over what the stake has become. It
    /// holds at this look whatever came of earlier looks.
    #[must_use]
    pub fn p_value(&self, m: f64) -> f64 {
        (-self.log_capital(m, 1.0)).exp().min(1.0)
    }

    /// The means whose p-value is at least `alpha`: at all looks together they contain the true mean with a probability
    /// of 1 − `alpha` (a confidence sequence).
    #[must_use]
    pub fn interval(&self, alpha: f64) -> [f64; 2] {
        // The capital is convex in the mean and at most 1 at the mean of the values, so it is crossed once on each side.
        [0.0, 1.0].map(|end| {
            let (mut inside, mut outside) = (self.mean, end);
            for _ in 0..HALVINGS {
                let middle = f64::midpoint(inside, outside);
                if middle <= 0.0 || middle >= 1.0 || self.p_value(middle) >= alpha {
                    inside = middle;
                } else {
                    outside = middle;
                }
            }
            inside
        })
    }

    /// Units after which the p-value of the mean `m` will be below `alpha`, if all are like those so far; nothing where
    /// that takes more than 10,000 times those so far, as where their mean is `m`.
    #[must_use]
    pub fn units_needed(&self, m: f64, alpha: f64) -> Option<f64> {
        let decides = |times: f64| self.log_capital(m, times) > -alpha.ln();
        if !decides(FURTHEST) {
            return None;
        }
        let (mut low, mut high) = (0.0, FURTHEST);
        for _ in 0..HALVINGS {
            let middle = f64::midpoint(low, high);
            match decides(middle) {
                true => high = middle,
                false => low = middle,
            }
        }
        Some((self.units * high).ceil())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_order_of_units_does_not_matter_and_the_interval_is_the_p_value_turned_round(
            values in proptest::collection::vec(0u8..5, 1..60), m in 0.02..0.98f64)
        {
            let values: Vec<f64> = values.iter().map(|v| f64::from(*v) / 4.0).collect();
            let found = BoundedMean::of(values.iter().copied()).unwrap();
            prop_assert_eq!(&BoundedMean::of(values.into_iter().rev()).unwrap(), &found);
            let [low, high] = found.interval(0.05);
            prop_assert!(low <= found.mean() && found.mean() <= high);
            let p = found.p_value(m);
            if (p - 0.05).abs() > 1e-9 {
                prop_assert_eq!((low..=high).contains(&m), p >= 0.05);
            }
        }
    }

    #[test]
    fn a_fair_coin_is_worth_nothing_and_no_unit_says_nothing() {
        let even = BoundedMean::of([0.0, 1.0].repeat(30)).unwrap();
        assert_eq!(even.p_value(0.5), 1.0);
        assert_eq!(even.units_needed(0.5, 0.05), None);
        assert_eq!(BoundedMean::of([]), None);
        assert_eq!(BoundedMean::of([0.5, 1.5]), None);
        assert_eq!(BoundedMean::of([f64::NAN]), None);
        // All alike: the bound on that side is the end itself.
        let all = BoundedMean::of([1.0; 30]).unwrap();
        assert!(all.interval(0.05)[1] == 1.0 && all.interval(0.05)[0] > 0.8);
    }

    #[test]
    fn the_forecast_is_reached_by_units_that_are_like_those_so_far() {
        let so_far = [[1.0; 6].as_slice(), &[0.0; 4]].concat();
        let needed = BoundedMean::of(so_far.iter().copied()).unwrap();
        let needed = needed.units_needed(0.5, 0.05).unwrap();
        let of = |times: usize| BoundedMean::of(so_far.repeat(times)).unwrap().p_value(0.5);
        let times = needed as usize / 10;
        assert!(of(times) >= 0.05 && of(times + 1) < 0.05, "{needed}");
    }
}
