//! A system's segments beside the baseline's: how many are better, and the exact test and intervals of measures that say
//! yes or no of every segment.

use super::sample::Grouping;
use assay_results::metric_info::Origin;
use assay_results::scores::{Difference, MetricResult};
use assay_stats::Interval;
use assay_stats::mcnemar::mcnemar;
use assay_stats::paired::standardised;
use assay_stats::paired_proportions::PairedCounts;
use assay_stats::proportion::wilson;
use std::cmp::Ordering;

/// Segments that have a score under both systems.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Tally {
    /// On which the system is better.
    pub wins: usize,
    /// On which both score the same.
    pub ties: usize,
    /// On which the baseline is better.
    pub losses: usize,
    /// Rows, or clusters where there are some.
    pub units: usize,
    /// Those of them that differ.
    pub differing: usize,
    /// The mean difference of rows over their standard deviation, above 0 where the system is better; nothing where all
    /// differ alike.
    pub effect: Option<f64>,
}

/// Compares the scores of two systems, the system's and the baseline's, in some rows.
pub(crate) fn tally(
    [own, base]: [&[f64]; 2],
    rows: impl Iterator<Item = usize>,
    lower_is_better: bool,
    grouping: &Grouping,
) -> Tally {
    let mut found = Tally::default();
    let both = |row: &usize| !(own[*row].is_nan() || base[*row].is_nan());
    let rows: Vec<usize> = rows.filter(both).collect();
    let mut differing = Vec::new();
    for &row in &rows {
        let order = own[row].total_cmp(&base[row]);
        match if lower_is_better {
            order.reverse()
        } else {
            order
        } {
            Ordering::Greater => found.wins += 1,
            Ordering::Equal => found.ties += 1,
            Ordering::Less => found.losses += 1,
        }
        if order != Ordering::Equal {
            differing.push(row);
        }
    }
    let sign = if lower_is_better { -1.0 } else { 1.0 };
    let differences: Vec<f64> = rows
        .iter()
        .map(|&row| sign * (own[row] - base[row]))
        .collect();
    Tally {
        effect: standardised(&differences),
        units: grouping.units(rows.into_iter()),
        differing: grouping.units(differing.into_iter()),
        ..found
    }
}

/// Whether a score is a mean of segments that all have yes or no, the same segments under every system.
pub(crate) fn is_yes_no(result: &MetricResult) -> bool {
    let yes = yes(result);
    let says = |x: &f64| x.is_nan() || *x == 0.0 || *x == yes;
    let Some(first) = result.systems.first().map(|s| &s.segments) else {
        return false;
    };
    let same_rows = |own: &[f64]| own.iter().zip(first).all(|(a, b)| a.is_nan() == b.is_nan());
    result.info.is_mean
        && yes > 0.0
        && first.iter().any(|x| !x.is_nan())
        && result
            .systems
            .iter()
            .all(|s| s.segments.iter().all(says) && same_rows(&s.segments))
}

/// The score of a segment that has yes: 1 of a number in a file, else the metric's greatest.
pub(crate) fn yes(result: &MetricResult) -> f64 {
    match result.info.origin {
        Origin::File => 1.0,
        _ => result.max,
    }
}

/// Wilson's interval of the mean of segments that have `yes` or 0; nothing without a scored one.
pub(crate) fn wilson_of(
    segments: &[f64],
    rows: impl Iterator<Item = usize>,
    yes: f64,
) -> Option<Interval> {
    let scored = rows.map(|row| segments[row]).filter(|x| !x.is_nan());
    let (mut successes, mut total) = (0.0, 0.0);
    for value in scored {
        successes += value / yes;
        total += 1.0;
    }
    let [low, high] = wilson(successes, total)?.map(|end| yes * end);
    let mean = yes * successes / total;
    Some(Interval { mean, low, high })
}

/// McNemar's exact test and Newcombe's interval of a difference between segments that have `yes` or 0.
pub(crate) fn paired(
    difference: &mut Difference,
    own: &[f64],
    base: &[f64],
    rows: impl Iterator<Item = usize>,
    yes: f64,
) {
    let mut counts = PairedCounts::default();
    for row in rows.filter(|&row| !(own[row].is_nan() || base[row].is_nan())) {
        match (own[row] > 0.0, base[row] > 0.0) {
            (true, true) => counts.both += 1,
            (true, false) => counts.first += 1,
            (false, true) => counts.second += 1,
            (false, false) => counts.neither += 1,
        }
    }
    difference.p_value = Some(mcnemar(counts.first, counts.second));
    difference.interval = counts.newcombe().map(|ends| ends.map(|end| yes * end));
    difference.discordant = Some([counts.first, counts.second]);
}
