//! What a judge's own verdicts show of it: whether the place of an output sways it, whether it says the same twice,
//! whether it favours the longer output, and how much of the scale it uses.

use super::shared::{Values, Verdict};
use crate::analysis::shared::{SAMPLES, SEED};
use crate::judgements::Scale;
use assay_stats::Interval;
use assay_stats::clustered::{Clustered, mean_interval};
use assay_stats::correlation::{Correlation, spearman};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Pairs of outputs that were judged in both orders.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Position {
    /// Pairs of verdicts on the same two outputs, one in each order.
    pub pairs: usize,
    /// Items that they are on.
    pub items: usize,
    /// Pairs in which both say the same.
    pub consistent: usize,
    /// Pairs in which whichever was shown first won.
    pub first_both: usize,
    /// Pairs in which whichever was shown second won.
    pub second_both: usize,
    /// The part of verdicts that the first shown won, ties counted half; one half where the place does not matter.
    pub first_rate: f64,
    /// Its interval; items are resampled.
    pub interval: Option<Interval>,
}

impl Position {
    /// Whether the place of an output sways the judge beyond chance.
    #[must_use]
    pub fn is_biased(&self) -> bool {
        self.interval.is_some_and(|i| i.low > 0.5 || i.high < 0.5)
    }
}

/// Values that were asked for more than once.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Repeats {
    /// What was judged more than once, in the same order.
    pub judged: usize,
    /// Items that these are of.
    pub items: usize,
    /// The mean part of two values of the same that are equal.
    pub same: f64,
    /// Its interval; items are resampled.
    pub interval: Option<Interval>,
    /// The standard deviation of values of the same; nothing for preferences.
    pub deviation: Option<f64>,
}

/// How verdicts go with the outputs' lengths in characters.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Length {
    /// Verdicts with a winner on outputs of unequal lengths; of ratings, the outputs.
    pub count: usize,
    /// Items that they are on.
    pub items: usize,
    /// The part that the longer output won, with its interval; nothing for ratings.
    pub longer_won: Option<(f64, Option<Interval>)>,
    /// The same by how much longer the output is: up to 10 %, up to 50 %, more; verdicts and the part.
    pub steps: Vec<(usize, f64)>,
    /// Spearman's rho of ratings with length; nothing for preferences.
    pub correlation: Option<Correlation>,
}

/// Which values of a scale are given.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct ScaleUse {
    /// Values that were given, each counted once.
    pub used: usize,
    /// Values that could be given, where the scale says.
    pub possible: Option<usize>,
    /// The commonest value.
    pub commonest: f64,
    /// Its part of all.
    pub part: f64,
    /// The mean.
    pub mean: f64,
    /// The standard deviation.
    pub deviation: f64,
}

fn clustered(values: impl Iterator<Item = (usize, f64)>) -> Vec<Clustered> {
    let one = |(item, value)| Clustered {
        rater: 0,
        item,
        value,
    };
    values.map(one).collect()
}

/// A mean over items that are resampled.
fn interval_of(values: &[Clustered]) -> Option<Interval> {
    mean_interval(values, SAMPLES, SEED)
}

fn items_of(values: &[Clustered]) -> usize {
    let mut items: Vec<usize> = values.iter().map(|v| v.item).collect();
    items.sort_unstable();
    items.dedup();
    items.len()
}

fn mean_of(values: &[Clustered]) -> f64 {
    values.iter().map(|v| v.value).sum::<f64>() / values.len() as f64
}

/// Nothing where no pair was judged in both orders.
pub(super) fn position(verdicts: &[Verdict]) -> Option<Position> {
    let mut by_pair: BTreeMap<(usize, [usize; 2]), [Vec<&Verdict>; 2]> = BTreeMap::new();
    for verdict in verdicts {
        let orders = by_pair.entry((verdict.unit, verdict.pair)).or_default();
        orders[verdict.shown_first].push(verdict);
    }
    let both = by_pair.values().flat_map(|[one, two]| one.iter().zip(two));
    let (mut consistent, mut first_both, mut second_both) = (0, 0, 0);
    let mut first_won = Vec::new();
    for (one, two) in both {
        let won = [one.first_won(), two.first_won()];
        consistent += usize::from(one.winner == two.winner);
        first_both += usize::from(won == [1.0, 1.0]);
        second_both += usize::from(won == [0.0, 0.0]);
        first_won.extend(won.map(|value| (one.unit, value)));
    }
    let values = clustered(first_won.into_iter());
    (!values.is_empty()).then(|| Position {
        pairs: values.len() / 2,
        items: items_of(&values),
        consistent,
        first_both,
        second_both,
        first_rate: mean_of(&values),
        interval: interval_of(&values),
    })
}

/// The part of pairs of values that are equal, and their variance about their mean.
fn sameness(said: &[f64]) -> (f64, f64) {
    let n = said.len() as f64;
    let equal = said.iter().enumerate();
    let equal = equal.map(|(i, a)| said[..i].iter().filter(|b| *b == a).count());
    let pairs = n * (n - 1.0) / 2.0;
    let mean = said.iter().sum::<f64>() / n;
    let squares: f64 = said.iter().map(|v| (v - mean).powi(2)).sum();
    (equal.sum::<usize>() as f64 / pairs, squares / (n - 1.0))
}

/// Of groups of values of the same, each with its item. Nothing where nothing was asked twice.
fn repeats(groups: impl Iterator<Item = (usize, Vec<f64>)>, is_number: bool) -> Option<Repeats> {
    let repeated = groups.filter(|(_, said)| said.len() > 1);
    let found: Vec<(usize, (f64, f64))> = repeated
        .map(|(item, said)| (item, sameness(&said)))
        .collect();
    let values = clustered(found.iter().map(|(item, (same, _))| (*item, *same)));
    let variance = found.iter().map(|(_, (_, v))| v).sum::<f64>() / found.len() as f64;
    (!values.is_empty()).then(|| Repeats {
        judged: values.len(),
        items: items_of(&values),
        same: mean_of(&values),
        interval: interval_of(&values),
        deviation: is_number.then(|| variance.sqrt()),
    })
}

/// Verdicts on the same two outputs in the same order.
pub(super) fn repeated_verdicts(verdicts: &[Verdict]) -> Option<Repeats> {
    let mut groups: BTreeMap<(usize, [usize; 2], usize), Vec<f64>> = BTreeMap::new();
    for v in verdicts {
        let group = groups.entry((v.unit, v.pair, v.shown_first)).or_default();
        group.push(v.value());
    }
    repeats(
        groups.into_iter().map(|((unit, ..), said)| (unit, said)),
        false,
    )
}

/// Ratings of the same output.
pub(super) fn repeated_values(values: &Values) -> Option<Repeats> {
    let said = |said: &Vec<(usize, f64)>| said.iter().map(|s| s.1).collect();
    repeats(
        values.iter().map(|((unit, _), list)| (*unit, said(list))),
        true,
    )
}

/// How much longer an output may be in each of the steps but the last, as a part of the shorter.
const STEPS: [f64; 2] = [0.1, 0.5];

/// How verdicts go with lengths: `length` of a unit and a system.
pub(super) fn length_of_winners(
    verdicts: &[Verdict],
    length: impl Fn(usize, usize) -> Option<f64>,
) -> Option<Length> {
    let mut values = Vec::new();
    let mut steps = vec![(0, 0.0); STEPS.len() + 1];
    for v in verdicts {
        let [Some(first), Some(second)] = v.pair.map(|s| length(v.unit, s)) else {
            continue;
        };
        let Some(winner) = v.winner.filter(|_| first != second) else {
            continue;
        };
        let longer_won = f64::from(u8::from((winner == 1) == (second > first)));
        values.push((v.unit, longer_won));
        let over = (first.max(second) / first.min(second).max(1.0)) - 1.0;
        let step = STEPS.iter().filter(|bound| over > **bound).count();
        steps[step] = (steps[step].0 + 1, steps[step].1 + longer_won);
    }
    let values = clustered(values.into_iter());
    (!values.is_empty()).then(|| Length {
        count: values.len(),
        items: items_of(&values),
        longer_won: Some((mean_of(&values), interval_of(&values))),
        steps: steps
            .into_iter()
            .map(|(n, won)| (n, won / f64::from(n.max(1) as u32)))
            .collect(),
        correlation: None,
    })
}

/// How ratings go with lengths.
pub(super) fn length_of_ratings(
    values: &Values,
    length: impl Fn(usize, usize) -> Option<f64>,
) -> Option<Length> {
    let of = |((unit, system), said): (&(usize, usize), &Vec<(usize, f64)>)| {
        Some((*unit, super::shared::mean(said), length(*unit, *system)?))
    };
    let known: Vec<(usize, f64, f64)> = values.iter().filter_map(of).collect();
    let rated: Vec<f64> = known.iter().map(|k| k.1).collect();
    let lengths: Vec<f64> = known.iter().map(|k| k.2).collect();
    (known.len() > 2).then(|| Length {
        count: known.len(),
        items: items_of(&clustered(known.iter().map(|k| (k.0, 0.0)))),
        longer_won: None,
        steps: Vec::new(),
        correlation: spearman(&rated, &lengths),
    })
}

/// Which values are given. Nothing for preferences.
pub(super) fn scale_use(values: &Values, scale: &Scale) -> Option<ScaleUse> {
    let mut given: Vec<f64> = values.values().flatten().map(|s| s.1).collect();
    if given.is_empty() || *scale == Scale::Preference {
        return None;
    }
    given.sort_unstable_by(f64::total_cmp);
    let n = given.len() as f64;
    let runs: Vec<&[f64]> = given.chunk_by(|a, b| a == b).collect();
    let commonest = runs.iter().max_by_key(|run| run.len())?;
    let mean = given.iter().sum::<f64>() / n;
    let squares: f64 = given.iter().map(|v| (v - mean).powi(2)).sum();
    Some(ScaleUse {
        used: runs.len(),
        possible: match scale {
            Scale::Points { least, most } => usize::try_from(most - least + 1).ok(),
            Scale::YesNo => Some(2),
            _ => None,
        },
        commonest: commonest[0],
        part: commonest.len() as f64 / n,
        mean,
        deviation: (squares / n).sqrt(),
    })
}
