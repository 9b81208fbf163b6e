//! How two measures go together: Pearson's r, Spearman's rho and Kendall's tau-b, with p-values as SciPy
//! 1.17.1 gives them (Kendall's exact without ties up to 33 pairs, else by the normal distribution) and 95 %
//! intervals on Fisher's scale: for r by Fisher (1921), for rho by Bonett and Wright (2000), for tau by
//! Fieller, Hartley and Pearson (1957).

use super::NORMAL_975;
use assay_sorting::sorted_places;
use serde::{Deserialize, Serialize};
use statrs::distribution::{ContinuousCDF, Normal, StudentsT};

/// Pairs up to which Kendall's p-value is exact where nothing is tied.
const EXACT: usize = 33;

/// A correlation.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Correlation {
    /// From -1 to 1.
    pub value: f64,
    /// Two-sided, against none. `None` with fewer than three pairs.
    pub p_value: Option<f64>,
    /// The 95 % interval. `None` with too few pairs, or where all lie on a line.
    pub interval: Option<[f64; 2]>,
}

/// Fisher's interval, given the standard error on his scale.
fn around(value: f64, error: f64) -> Option<[f64; 2]> {
    let centre = value.atanh();
    let ends = [centre - NORMAL_975 * error, centre + NORMAL_975 * error].map(f64::tanh);
    (centre.is_finite() && error.is_finite()).then_some(ends)
}

/// Two-sided p-value of a correlation by Student's t distribution.
fn by_student(value: f64, n: usize) -> Option<f64> {
    if n < 3 {
        return None;
    }
    let freedom = n as f64 - 2.0;
    let t = value * (freedom / ((1.0 + value) * (1.0 - value)).max(0.0)).sqrt();
    if t.is_infinite() {
        return Some(0.0);
    }
    Some(2.0 * StudentsT::new(0.0, 1.0, freedom).ok()?.sf(t.abs()))
}

/// Pearson's r. `None` where fewer than two pairs are given or one of the two never changes.
#[must_use]
pub fn pearson(x: &[f64], y: &[f64]) -> Option<Correlation> {
    let n = x.len();
    let value = product_moment(x, y)?;
    let error = 1.0 / (n as f64 - 3.0).sqrt();
    Some(Correlation {
        value,
        p_value: by_student(value, n),
        interval: if n > 3 { around(value, error) } else { None },
    })
}

fn product_moment(x: &[f64], y: &[f64]) -> Option<f64> {
    let [xy, xx, yy] = moments(x, y)?;
    let value = xy / (xx.sqrt() * yy.sqrt());
    (xx > 0.0 && yy > 0.0 && value.is_finite()).then(|| value.clamp(-1.0, 1.0))
}

/// Pearson's r of ranks. Their sums are exact, and one root of the product makes equal orders exactly 1, so that the
/// p-value is 0 there as in SciPy.
fn of_ranks(x: &[f64], y: &[f64]) -> Option<f64> {
    let [xy, xx, yy] = moments(x, y)?;
    let value = xy / (xx * yy).sqrt();
    (xx > 0.0 && yy > 0.0).then(|| value.clamp(-1.0, 1.0))
}

/// The sums of products of deviations from the means: of both, of `x`, of `y`.
fn moments(x: &[f64], y: &[f64]) -> Option<[f64; 3]> {
    let n = x.len();
    if n < 2 || n != y.len() {
        return None;
    }
    let mean = |v: &[f64]| v.iter().sum::<f64>() / n as f64;
    let (mx, my) = (mean(x), mean(y));
    let (mut xy, mut xx, mut yy) = (0.0, 0.0, 0.0);
    for (a, b) in x.iter().zip(y) {
        xy += (a - mx) * (b - my);
        xx += (a - mx) * (a - mx);
        yy += (b - my) * (b - my);
    }
    Some([xy, xx, yy])
}

/// Ranks from 1, equal values sharing the mean of theirs.
#[must_use]
pub fn ranks(values: &[f64]) -> Vec<f64> {
    let order = sorted_places(values.len(), &|a, b| values[a].total_cmp(&values[b]));
    let mut ranks = vec![0.0; values.len()];
    let mut start = 0;
    while start < order.len() {
        let value = values[order[start]];
        let same = order[start..].iter().take_while(|&&i| values[i] == value);
        let end = start + same.count().max(1);
        for &i in &order[start..end] {
            ranks[i] = (start + 1 + end) as f64 / 2.0;
        }
        start = end;
    }
    ranks
}

/// Spearman's rho. `None` where fewer than two pairs are given or one of the two never changes.
#[must_use]
pub fn spearman(x: &[f64], y: &[f64]) -> Option<Correlation> {
    let n = x.len();
    let value = of_ranks(&ranks(x), &ranks(y))?;
    let error = ((1.0 + value * value / 2.0) / (n as f64 - 3.0)).sqrt();
    Some(Correlation {
        value,
        p_value: by_student(value, n),
        interval: if n > 3 { around(value, error) } else { None },
    })
}

/// Stuart's tau-c (1953), for lists of different numbers of values; Kendall's tau-b has its p-value. `None`
/// where one of the two never changes.
#[must_use]
pub fn tau_c(x: &[f64], y: &[f64]) -> Option<f64> {
    let different = |values: &[f64]| {
        let mut sorted = values.to_vec();
        sorted.sort_unstable_by(f64::total_cmp);
        sorted.dedup();
        sorted.len() as f64
    };
    let (n, fewer) = (x.len() as f64, different(x).min(different(y)));
    let is_defined = x.len() == y.len() && fewer > 1.0;
    is_defined.then(|| 2.0 * Pairs::of(x, y).difference() / (n * n * (fewer - 1.0) / fewer))
}

/// Kendall's tau-b. `None` where fewer than two pairs are given or one of the two never changes.
#[must_use]
pub fn kendall(x: &[f64], y: &[f64]) -> Option<Correlation> {
    let n = x.len();
    if n < 2 || n != y.len() {
        return None;
    }
    let counts = Pairs::of(x, y);
    let total = (n * (n - 1) / 2) as f64;
    let (ties_x, ties_y) = (Ties::of(x), Ties::of(y));
    let (left_x, left_y) = (total - ties_x.pairs, total - ties_y.pairs);
    if left_x <= 0.0 || left_y <= 0.0 {
        return None;
    }
    let value = (counts.difference() / left_x.sqrt() / left_y.sqrt()).clamp(-1.0, 1.0);
    let untied = ties_x.pairs == 0.0 && ties_y.pairs == 0.0;
    let fewest = counts.discordant.min(total as u64 - counts.discordant);
    let p_value = if untied && (n <= EXACT || fewest <= 1) {
        kendall_exact(n, fewest as usize)
    } else {
        kendall_normal(n, counts.difference(), &ties_x, &ties_y)
    };
    let error = (0.437 / (n as f64 - 4.0)).sqrt();
    Some(Correlation {
        value,
        p_value: Some(p_value),
        interval: if n > 4 { around(value, error) } else { None },
    })
}

struct Pairs {
    concordant: u64,
    discordant: u64,
}

impl Pairs {
    /// Counted by merging (Knight 1966), so that a hundred thousand segments take no longer than a sort.
    fn of(x: &[f64], y: &[f64]) -> Self {
        // -0.0 is 0.0, which the total order tells apart.
        let [x, y] = [x, y].map(|v| v.iter().map(|x| x + 0.0).collect::<Vec<f64>>());
        let (x, y) = (&x[..], &y[..]);
        let compare = |a: usize, b: usize| x[a].total_cmp(&x[b]).then(y[a].total_cmp(&y[b]));
        let order = sorted_places(x.len(), &compare);
        let sorted: Vec<f64> = order.iter().map(|&i| y[i]).collect();
        let mut work = sorted.clone();
        let discordant = inversions(&mut work, &mut vec![0.0; x.len()]);
        let n = x.len() as u64;
        let total = n * (n - 1) / 2;
        let both = order
            .chunk_by(|&a, &b| x[a] == x[b] && y[a] == y[b])
            .map(|run| (run.len() * (run.len() - 1) / 2) as u64)
            .sum::<u64>();
        let tied = (Ties::of(x).pairs + Ties::of(y).pairs) as u64 - both;
        Self {
            concordant: total - tied - discordant,
            discordant,
        }
    }

    fn difference(&self) -> f64 {
        self.concordant as f64 - self.discordant as f64
    }
}

/// How many pairs stand the wrong way round; `list` is sorted afterwards.
fn inversions(list: &mut [f64], spare: &mut [f64]) -> u64 {
    let n = list.len();
    if n < 2 {
        return 0;
    }
    let (left, right) = list.split_at_mut(n / 2);
    let mut count = inversions(left, spare) + inversions(right, spare);
    let (mut i, mut j) = (0, 0);
    for place in &mut spare[..n] {
        if j == right.len() || (i < left.len() && left[i] <= right[j]) {
            *place = left[i];
            i += 1;
        } else {
            count += (left.len() - i) as u64;
            *place = right[j];
            j += 1;
        }
    }
    list.copy_from_slice(&spare[..n]);
    count
}

/// Values that are shared, summed over each that several share.
pub(super) struct Ties {
    pub(super) pairs: f64,
    triples: f64,
    spread: f64,
}

impl Ties {
    pub(super) fn of(values: &[f64]) -> Self {
        let mut sorted = values.to_vec();
        sorted.sort_unstable_by(f64::total_cmp);
        let mut ties = Self {
            pairs: 0.0,
            triples: 0.0,
            spread: 0.0,
        };
        for run in sorted.chunk_by(|a, b| a == b) {
            let c = run.len() as f64;
            ties.pairs += c * (c - 1.0) / 2.0;
            ties.triples += c * (c - 1.0) * (c - 2.0);
            ties.spread += c * (c - 1.0) * (2.0 * c + 5.0);
        }
        ties
    }

    /// The sum of t³ - t over each t that share a value.
    pub(super) fn cubes(&self) -> f64 {
        self.triples + 6.0 * self.pairs
    }
}

fn kendall_normal(n: usize, difference: f64, x: &Ties, y: &Ties) -> f64 {
    let n = n as f64;
    let m = n * (n - 1.0);
    let mut variance =
        (m * (2.0 * n + 5.0) - x.spread - y.spread) / 18.0 + 2.0 * x.pairs * y.pairs / m;
    if n > 2.0 {
        variance += x.triples * y.triples / (9.0 * m * (n - 2.0));
    }
    let z = difference / variance.sqrt();
    2.0 * Normal::standard().sf(z.abs())
}

/// Kendall (1970): the part of all orders with at most that many inversions, twice.
fn kendall_exact(n: usize, inversions: usize) -> f64 {
    if n <= 2 || 4 * inversions == n * (n - 1) {
        return 1.0;
    }
    // Counts over their number of orders, so that no factorial overflows.
    let mut part = vec![0.0; inversions + 1];
    part[0] = 1.0;
    for j in 2..=n {
        let mut next = vec![0.0; inversions + 1];
        let mut window = 0.0;
        for (k, place) in next.iter_mut().enumerate() {
            window += part[k];
            if k >= j {
                window -= part[k - j];
            }
            *place = window / j as f64;
        }
        part = next;
    }
    (2.0 * part.iter().sum::<f64>()).min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn concordant_and_discordant_pairs_match_a_hand_count(values in proptest::collection::vec((0u8..6, 0u8..6), 2..40)) {
            let x: Vec<f64> = values.iter().map(|v| f64::from(v.0)).collect();
            let y: Vec<f64> = values.iter().map(|v| f64::from(v.1)).collect();
            let mut difference = 0.0;
            for i in 0..x.len() {
                for j in 0..i {
                    let sign = (x[i] - x[j]) * (y[i] - y[j]);
                    difference += if sign > 0.0 { 1.0 } else if sign < 0.0 { -1.0 } else { 0.0 };
                }
            }
            prop_assert_eq!(Pairs::of(&x, &y).difference(), difference);
        }

        #[test]
        fn a_measure_goes_with_itself(values in proptest::collection::vec(-9i8..9, 5..30)) {
            let x: Vec<f64> = values.iter().map(|v| f64::from(*v)).collect();
            for law in [pearson, spearman, kendall] {
                if let Some(found) = law(&x, &x) {
                    prop_assert!((found.value - 1.0).abs() < 1e-12);
                }
            }
        }
    }

    /// SciPy 1.17.1: tau 0.912870929175277, p 0.07095149242730563.
    #[test]
    fn a_negative_zero_is_a_zero() {
        let y = [0.0, 1.0, 2.0, 3.0];
        let found = kendall(&[-0.0, 0.0, 1.0, 2.0], &y).unwrap();
        assert_eq!(found, kendall(&[0.0, 0.0, 1.0, 2.0], &y).unwrap());
        assert!((found.value - 0.912_870_929_175_277).abs() < 1e-12);
        assert!((found.p_value.unwrap() - 0.070_951_492_427_305_63).abs() < 1e-9);
        let zeros = [0.0, -0.0, 0.0, 1.0];
        assert_eq!(tau_c(&zeros, &y), tau_c(&zeros.map(|x| x + 0.0), &y));
        assert_eq!(spearman(&zeros, &y), spearman(&zeros.map(|x| x + 0.0), &y));
    }

    #[test]
    fn equal_and_reversed_orders_have_a_p_value_of_zero() {
        for n in 3..60 {
            let x: Vec<f64> = (0..n).map(|i| f64::from(i * i % 17)).collect();
            let reversed: Vec<f64> = x.iter().map(|v| -v).collect();
            for (y, rho) in [(&x, 1.0), (&reversed, -1.0)] {
                let found = spearman(&x, y).unwrap();
                assert_eq!((found.value, found.p_value), (rho, Some(0.0)), "{n}");
            }
        }
    }

    #[test]
    fn a_constant_has_no_correlation() {
        for law in [pearson, spearman, kendall] {
            assert_eq!(law(&[1.0, 1.0, 1.0], &[1.0, 2.0, 3.0]), None);
            assert_eq!(law(&[1.0], &[1.0]), None);
            assert!(law(&[1.0, 2.0], &[1.0, 2.0]).is_some());
        }
    }
}
