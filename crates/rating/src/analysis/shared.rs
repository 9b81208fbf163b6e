//! What all analyses of judgements share: the resampling, the correction, and values cell by cell.

use crate::answers::Preference;
use crate::judgements::{Comparison, Judgements};
use assay_stats::clustered::Clustered;
use assay_stats::corrections::holm;
use std::collections::BTreeMap;

/// Resamples behind an interval.
pub(super) const SAMPLES: usize = 1000;
/// The generator's seed, as elsewhere.
pub(super) const SEED: u64 = 12345;
/// Corrects the p-values that are there for all of them (Holm).
pub(super) fn correct(tests: Vec<(Option<f64>, &mut Option<f64>)>) {
    let known: Vec<(f64, &mut Option<f64>)> = tests
        .into_iter()
        .filter_map(|(p, corrected)| Some((p?, corrected)))
        .collect();
    let p: Vec<f64> = known.iter().map(|(p, _)| *p).collect();
    for ((_, place), corrected) in known.into_iter().zip(holm(&p)) {
        *place = Some(corrected);
    }
}

/// The mean over raters in each item, in the order of items.
pub(super) fn unit_means(values: &[Clustered]) -> Vec<f64> {
    let mut sums: BTreeMap<usize, (f64, f64)> = BTreeMap::new();
    for v in values {
        let sum = sums.entry(v.item).or_default();
        *sum = (sum.0 + v.value, sum.1 + 1.0);
    }
    sums.into_values().map(|(sum, n)| sum / n).collect()
}

/// The differences of two systems, over what one rater judged of both in one unit.
pub(super) fn paired(
    table: &Judgements,
    dimension: usize,
    system: usize,
    baseline: usize,
) -> Vec<Clustered> {
    let mut pairs: BTreeMap<(usize, usize), [Option<f64>; 2]> = BTreeMap::new();
    for r in table.ratings.iter().filter(|r| r.dimension == dimension) {
        let side = match r.system {
            s if s == baseline => 0,
            s if s == system => 1,
            _ => continue,
        };
        pairs.entry((r.rater, r.unit)).or_default()[side] = Some(r.value);
    }
    let both = pairs
        .into_iter()
        .filter_map(|((rater, item), [base, own])| {
            let value = own? - base?;
            Some(Clustered { rater, item, value })
        });
    both.collect()
}

/// Two systems, the one that stands first in the table first.
pub(super) fn in_order([a, b]: [usize; 2]) -> [usize; 2] {
    [a.min(b), a.max(b)]
}

/// The pairs of systems that were compared.
pub(super) fn compared_pairs(own: &[&Comparison]) -> Vec<[usize; 2]> {
    let mut compared: Vec<[usize; 2]> = own.iter().map(|c| in_order(c.systems)).collect();
    compared.sort_unstable();
    compared.dedup();
    compared
}

/// What the second of two systems won in each comparison of them: 1, 0, or a half.
pub(super) fn scored(own: &[&Comparison], systems: [usize; 2]) -> Vec<Clustered> {
    let own = own.iter().filter(|c| in_order(c.systems) == systems);
    let score = |c: &&Comparison| Clustered {
        rater: c.rater,
        item: c.unit,
        value: match code(c, systems[0]) {
            0.0 => 0.0,
            1.0 => 1.0,
            _ => 0.5,
        },
    };
    own.map(score).collect()
}

/// How often the second of two systems won, item by item, less one half.
pub(super) fn deviations(scores: &[Clustered]) -> Vec<f64> {
    let means = unit_means(scores).into_iter();
    means.map(|mean| mean - 0.5).collect()
}

/// A preference as a number: 0 for the system `first`, 1 for the other, 2 and 3 for neither.
pub(super) fn code(comparison: &Comparison, first: usize) -> f64 {
    let turned = comparison.systems[0] != first;
    match comparison.preference {
        Preference::First => f64::from(u8::from(turned)),
        Preference::Second => f64::from(u8::from(!turned)),
        Preference::Tie => 2.0,
        Preference::BothBad => 3.0,
    }
}

/// What is judged by several raters: dimension, unit and, where it is about one output, the system.
pub(super) type Cell = (usize, usize, Option<usize>);

/// The values of each cell with their raters; preferences of one pair are turned as its first is.
pub(super) fn cells(table: &Judgements) -> BTreeMap<Cell, Vec<(usize, f64)>> {
    let mut cells: BTreeMap<Cell, Vec<(usize, f64)>> = BTreeMap::new();
    for r in &table.ratings {
        let cell = (r.dimension, r.unit, Some(r.system));
        cells.entry(cell).or_default().push((r.rater, r.value));
    }
    let mut firsts = BTreeMap::new();
    for c in &table.comparisons {
        // A pair of systems in one number, so that several pairs of a unit stay apart.
        let [a, b] = c.systems;
        let pair = a.min(b) * table.systems.len() + a.max(b);
        let cell = (c.dimension, c.unit, Some(pair));
        let value = code(c, *firsts.entry(cell).or_insert(a));
        cells.entry(cell).or_default().push((c.rater, value));
    }
    cells
}
