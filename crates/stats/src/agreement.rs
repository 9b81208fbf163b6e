//! How far raters agree beyond chance: Krippendorff's alpha, Fleiss', Randolph's and Cohen's kappa,
//! Gwet's AC1 and AC2, percent agreement. Values equal those of krippendorff 0.9.0, statsmodels 0.15.0,
//! scikit-learn 1.9.1 and irrCAC.
//!
//! Gwet's coefficients and weighted kappa depend on which values there are to choose from, and tools differ in what they
//! take for these: the values that were given (scikit-learn without `labels`, irrCAC without `categories`), or all of the
//! scale (with them). Both are here: a `scale` that is not empty lists the values that raters could give, and an empty one
//! stands for those that they gave. Four and five on a scale from 1 to 5 are far from chance agreement, and near it where
//! there is nothing else to give.

/// A rater's judgements: one a unit, `None` where there is none.
pub type Ratings = Vec<Vec<Option<f64>>>;

/// The distance of two values (Krippendorff 2011, "Computing Krippendorff's alpha-reliability").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Values are names: the same or not.
    Nominal,
    /// Values have an order; the distance counts the values between them.
    Ordinal,
    /// Differences count.
    Interval,
    /// Proportions count; values are not below 0.
    Ratio,
}

/// Values in order, each once, with how often each is paired: the coincidences of all units that two
/// raters or more have judged.
struct Coincidences {
    values: Vec<f64>,
    /// Value by value, row by row.
    pairs: Vec<f64>,
    totals: Vec<f64>,
}

fn values_of(ratings: &[Vec<Option<f64>>]) -> Vec<f64> {
    values_on(&[], ratings)
}

/// The values of a scale, and those that were given besides, in order.
fn values_on(scale: &[f64], ratings: &[Vec<Option<f64>>]) -> Vec<f64> {
    let given = ratings.iter().flatten().copied().flatten();
    let mut values: Vec<f64> = given
        .chain(scale.iter().copied())
        .map(|v| v + 0.0)
        .collect();
    values.sort_unstable_by(f64::total_cmp);
    values.dedup();
    values
}

/// For each unit how many raters gave each of `values`.
fn counts(ratings: &[Vec<Option<f64>>], values: &[f64]) -> Vec<Vec<f64>> {
    let units = ratings.iter().map(Vec::len).max().unwrap_or(0);
    let mut counts = vec![vec![0.0; values.len()]; units];
    for rater in ratings {
        for (unit, value) in rater.iter().enumerate() {
            let place = value.and_then(|v| values.iter().position(|x| *x == v));
            if let Some(place) = place {
                counts[unit][place] += 1.0;
            }
        }
    }
    counts
}

impl Coincidences {
    fn of(ratings: &[Vec<Option<f64>>]) -> Self {
        let values = values_of(ratings);
        let n = values.len();
        let mut pairs = vec![0.0; n * n];
        for unit in counts(ratings, &values) {
            let judged: f64 = unit.iter().sum();
            if judged < 2.0 {
                continue;
            }
            for (a, &first) in unit.iter().enumerate() {
                for (b, &second) in unit.iter().enumerate() {
                    let other = if a == b { second - 1.0 } else { second };
                    pairs[a * n + b] += first * other / (judged - 1.0);
                }
            }
        }
        let totals = pairs.chunks(n.max(1)).map(|row| row.iter().sum()).collect();
        Self {
            values,
            pairs,
            totals,
        }
    }

    /// The squared distance of two values, by their places.
    fn distance(&self, level: Level, a: usize, b: usize) -> f64 {
        if a == b {
            return 0.0;
        }
        let (x, y) = (self.values[a], self.values[b]);
        match level {
            Level::Nominal => 1.0,
            Level::Ordinal => {
                let between: f64 = self.totals[a.min(b)..=a.max(b)].iter().sum();
                (between - (self.totals[a] + self.totals[b]) / 2.0).powi(2)
            }
            Level::Interval => (x - y).powi(2),
            Level::Ratio => ((x - y) / (x + y)).powi(2),
        }
    }
}

/// Krippendorff's alpha over `ratings`, a list for each rater. `None` where it says nothing: no unit was
/// judged twice, or all judgements are the same.
pub fn krippendorff(ratings: &[Vec<Option<f64>>], level: Level) -> Option<f64> {
    let found = Coincidences::of(ratings);
    let n = found.values.len();
    let total: f64 = found.totals.iter().sum();
    let (mut observed, mut expected) = (0.0, 0.0);
    for a in 0..n {
        for b in 0..n {
            let distance = found.distance(level, a, b);
            observed += found.pairs[a * n + b] * distance;
            expected += found.totals[a] * found.totals[b] * distance;
        }
    }
    (expected > 0.0).then(|| 1.0 - (total - 1.0) * observed / expected)
}

/// The part of all pairs of judgements of a unit that are the same; `weights` counts near ones partly
/// (a row and a column for each value). Units judged once or never say nothing.
fn observed(counts: &[Vec<f64>], weights: &[Vec<f64>]) -> Option<f64> {
    let of_unit = |unit: &Vec<f64>| {
        let judged: f64 = unit.iter().sum();
        let alike = unit.iter().zip(weights).map(|(count, weights)| {
            let near: f64 = unit.iter().zip(weights).map(|(c, w)| c * w).sum();
            count * (near - 1.0)
        });
        (judged >= 2.0).then(|| alike.sum::<f64>() / (judged * (judged - 1.0)))
    };
    let units: Vec<f64> = counts.iter().filter_map(of_unit).collect();
    (!units.is_empty()).then(|| units.iter().sum::<f64>() / units.len() as f64)
}

fn exact(n: usize) -> Vec<Vec<f64>> {
    let row = |i| (0..n).map(|j| f64::from(u8::from(i == j))).collect();
    (0..n).map(row).collect()
}

/// Percent agreement as a part of one.
pub fn percent(ratings: &[Vec<Option<f64>>]) -> Option<f64> {
    let values = values_of(ratings);
    observed(&counts(ratings, &values), &exact(values.len()))
}

/// Each value's part of all judgements, and the mean over units of the parts in each.
fn shares(counts: &[Vec<f64>], values: usize) -> (Vec<f64>, Vec<f64>) {
    let mut all = vec![0.0; values];
    let mut mean = vec![0.0; values];
    let judged = counts.iter().filter(|u| u.iter().sum::<f64>() > 0.0);
    let units = judged.clone().count().max(1) as f64;
    for unit in judged {
        let total: f64 = unit.iter().sum();
        for (value, count) in unit.iter().enumerate() {
            all[value] += count;
            mean[value] += count / total / units;
        }
    }
    let total: f64 = all.iter().sum();
    all.iter_mut().for_each(|a| *a /= total.max(1.0));
    (all, mean)
}

fn beyond(observed: f64, by_chance: f64) -> Option<f64> {
    (by_chance < 1.0).then(|| (observed - by_chance) / (1.0 - by_chance))
}

/// Fleiss' kappa (1971) from a table: units by categories, how many raters chose each. Every unit has
/// as many raters. `None` where all chose one category.
pub fn fleiss(table: &[Vec<f64>]) -> Option<f64> {
    let categories = table.first()?.len();
    let (all, _) = shares(table, categories);
    let by_chance = all.iter().map(|p| p * p).sum();
    beyond(observed(table, &exact(categories))?, by_chance)
}

/// Randolph's kappa (2005), the same as Brennan and Prediger's: chance knows no preference.
pub fn randolph(table: &[Vec<f64>]) -> Option<f64> {
    let categories = table.first()?.len();
    beyond(
        observed(table, &exact(categories))?,
        1.0 / categories as f64,
    )
}

/// The weight of two categories by their places among all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nearness {
    /// The same or not.
    Exact,
    /// Less by each step.
    Linear,
    /// Less by the square of the steps.
    Quadratic,
}

impl Nearness {
    /// A weight for each pair of categories: 1 for the same, 0 for the farthest.
    fn weights(self, n: usize) -> Vec<Vec<f64>> {
        let most = n.saturating_sub(1).max(1) as f64;
        let weight = |i: usize, j: usize| {
            let apart = i.abs_diff(j) as f64 / most;
            match self {
                Self::Exact => f64::from(u8::from(i == j)),
                Self::Linear => 1.0 - apart,
                Self::Quadratic => 1.0 - apart * apart,
            }
        };
        (0..n)
            .map(|i| (0..n).map(|j| weight(i, j)).collect())
            .collect()
    }
}

/// Gwet's coefficient (2008): AC1 with [`Nearness::Exact`], AC2 with the others. It stays meaningful
/// where nearly all judgements are the same, which kappa does not. `scale` has the values that could be given; where it is
/// empty, those that were given stand for it.
pub fn gwet(ratings: &[Vec<Option<f64>>], nearness: Nearness, scale: &[f64]) -> Option<f64> {
    let values = values_on(scale, ratings);
    let n = values.len();
    if n < 2 {
        return None;
    }
    let counts = counts(ratings, &values);
    let weights = nearness.weights(n);
    let (_, mean) = shares(&counts, n);
    let all: f64 = weights.iter().flatten().sum();
    let spread: f64 = mean.iter().map(|p| p * (1.0 - p)).sum();
    let by_chance = all * spread / (n * (n - 1)) as f64;
    beyond(observed(&counts, &weights)?, by_chance)
}

/// Cohen's kappa of two raters.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cohen {
    /// The coefficient.
    pub kappa: f64,
    /// Its standard error for large samples (Fleiss, Cohen and Everitt 1969); only for
    /// [`Nearness::Exact`].
    pub standard_error: Option<f64>,
}

/// Cohen's kappa (1960), weighted (1968) where near judgements count partly, over the units that both
/// have judged. `None` where there is none, or both gave one value throughout. Weights count the steps on `scale`, the
/// values that could be given; where it is empty, those that were given stand for it.
pub fn cohen(
    first: &[Option<f64>],
    second: &[Option<f64>],
    nearness: Nearness,
    scale: &[f64],
) -> Option<Cohen> {
    let both: Vec<(f64, f64)> = first
        .iter()
        .zip(second)
        .filter_map(|(a, b)| Some(((*a)?, (*b)?)))
        .collect();
    let pair = [
        both.iter().map(|p| Some(p.0)).collect(),
        both.iter().map(|p| Some(p.1)).collect(),
    ];
    let values = values_on(scale, &pair);
    let (n, total) = (values.len(), both.len() as f64);
    let mut table = vec![vec![0.0; n]; n];
    let place = |v: f64| values.iter().position(|x| *x == v).unwrap_or(0);
    for (a, b) in both {
        table[place(a)][place(b)] += 1.0 / total;
    }
    let rows: Vec<f64> = table.iter().map(|row| row.iter().sum()).collect();
    let columns: Vec<f64> = (0..n)
        .map(|j| table.iter().map(|row| row[j]).sum())
        .collect();
    let weights = nearness.weights(n);
    let (mut seen, mut chance) = (0.0, 0.0);
    for i in 0..n {
        for j in 0..n {
            seen += weights[i][j] * table[i][j];
            chance += weights[i][j] * rows[i] * columns[j];
        }
    }
    if n < 2 || chance >= 1.0 {
        return None;
    }
    let kappa = (seen - chance) / (1.0 - chance);
    let standard_error = (nearness == Nearness::Exact)
        .then(|| standard_error(&table, &rows, &columns, kappa, chance, total));
    Some(Cohen {
        kappa,
        standard_error,
    })
}

fn standard_error(
    table: &[Vec<f64>],
    rows: &[f64],
    columns: &[f64],
    kappa: f64,
    chance: f64,
    total: f64,
) -> f64 {
    let rest = 1.0 - kappa;
    let mut sum = 0.0;
    for (i, row) in table.iter().enumerate() {
        for (j, part) in row.iter().enumerate() {
            sum += if i == j {
                part * (1.0 - (rows[i] + columns[i]) * rest).powi(2)
            } else {
                rest * rest * part * (columns[i] + rows[j]).powi(2)
            };
        }
    }
    let variance = (sum - (kappa - chance * rest).powi(2)) / (total * (1.0 - chance).powi(2));
    variance.max(0.0).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rater(values: &[i32]) -> Vec<Option<f64>> {
        values
            .iter()
            .map(|&v| (v >= 0).then_some(f64::from(v)))
            .collect()
    }

    proptest! {
        #[test]
        fn perfect_agreement_is_one_whatever_the_order_of_raters(
            values in proptest::collection::vec(-1i32..4, 2..40),
            others in proptest::collection::vec(-1i32..4, 40))
        {
            let (a, b) = (rater(&values), rater(&others[..values.len()]));
            for level in [Level::Nominal, Level::Ordinal, Level::Interval, Level::Ratio] {
                if let Some(alpha) = krippendorff(&[a.clone(), a.clone()], level) {
                    prop_assert!((alpha - 1.0).abs() < 1e-12);
                }
                let ab = krippendorff(&[a.clone(), b.clone()], level);
                let ba = krippendorff(&[b.clone(), a.clone()], level);
                prop_assert_eq!(ab.is_some(), ba.is_some());
                if let (Some(ab), Some(ba)) = (ab, ba) {
                    prop_assert!((ab - ba).abs() < 1e-9 && ab <= 1.0 + 1e-12);
                }
            }
            if let Some(found) = cohen(&a, &a, Nearness::Quadratic, &[]) {
                prop_assert!((found.kappa - 1.0).abs() < 1e-12);
            }
        }
    }

    /// irrCAC 0.4.4 with and without `categories`, scikit-learn 1.9.1 with and without `labels`.
    #[test]
    fn values_that_nobody_gave_count_where_the_scale_is_declared() {
        let scale = [1.0, 2.0, 3.0, 4.0, 5.0];
        let two = [
            rater(&[4, 5, 4, 4, 5, 5, 4, 5, 4, 4]),
            rater(&[4, 5, 5, 4, 5, 4, 4, 5, 4, 5]),
        ];
        for (nearness, given, declared) in [
            (Nearness::Exact, 0.40594, 0.65763),
            (Nearness::Linear, 0.40594, 0.88072),
            (Nearness::Quadratic, 0.40594, 0.96501),
        ] {
            let found = [&[][..], &scale].map(|s| gwet(&two, nearness, s).unwrap());
            assert!((found[0] - given).abs() < 6e-6 && (found[1] - declared).abs() < 6e-6);
        }
        let first = rater(&[1, 2, 5, 5, 2, 1, 2, 5, 1, 2]);
        let second = rater(&[1, 2, 5, 2, 2, 1, 5, 5, 2, 2]);
        for (nearness, given, declared) in [
            (Nearness::Linear, 0.625, 0.573_170_731_707_317),
            (
                Nearness::Quadratic,
                0.727_272_727_272_727_3,
                0.624_505_928_853_754_9,
            ),
        ] {
            let kappa = |s: &[f64]| cohen(&first, &second, nearness, s).unwrap().kappa;
            assert!((kappa(&[]) - given).abs() < 1e-12);
            assert!((kappa(&scale) - declared).abs() < 1e-12);
        }
    }

    #[test]
    fn agreement_without_data_is_none() {
        let same = rater(&[1, 1, 1]);
        assert_eq!(
            krippendorff(&[same.clone(), same.clone()], Level::Nominal),
            None
        );
        assert_eq!(krippendorff(&[rater(&[1, 2])], Level::Interval), None);
        assert_eq!(krippendorff(&[], Level::Interval), None);
        assert_eq!(
            gwet(&[same.clone(), same.clone()], Nearness::Exact, &[]),
            None
        );
        assert_eq!(cohen(&same, &same, Nearness::Exact, &[]), None);
        assert_eq!(cohen(&[], &[], Nearness::Exact, &[]), None);
        assert_eq!(fleiss(&[]), None);
        assert_eq!(percent(&[same.clone(), same]), Some(1.0));
    }
}
