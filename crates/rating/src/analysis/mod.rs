//! What judgements mean: for each dimension the systems' means with intervals and tests, or who is preferred to whom
//! ([`preference`], with length and style held equal [`style`], or length alone by AlpacaEval's model [`length`], and
//! what raters differ in [`rater_effects`]); how far raters agree ([`concord`]); how each rater judges ([`habits`]);
//! which items divide them; which metric follows them ([`follow`]); and what models that judge are worth beside people
//! ([`judges`]). What raters give as reasons is asked for apart ([`reasons`]). Where people have judged a dimension, its
//! results are theirs alone.

pub mod concord;
pub mod follow;
pub mod habits;
pub mod judges;
pub mod length;
mod looks;
pub mod preference;
pub mod rater_effects;
pub mod reasons;
mod shared;
pub mod stopping;
pub mod style;

use super::judgements::{Dimension, Judgements, RaterInfo, Remark, Scale, Unit};
use assay_sorting::sort_by;
use assay_stats::clustered::{Clustered, mean_interval, sign_flip};
use assay_stats::{Interval, Sequential};
use concord::Concord;
use follow::{Follow, MetricScores};
use habits::Habits;
use judges::Judge;
use length::LengthControlledPair;
use preference::{Preferences, Ranked};
use serde::{Deserialize, Serialize};
use shared::{SAMPLES, SEED, cells, correct, paired, unit_means};
use style::OutputStyles;

/// Items shown that divide the raters most.
const HARDEST: usize = 20;
/// Points of a scale up to which also those are listed that nobody gave.
const MOST_LISTED: i32 = 21;
/// Remarks that are shown.
const REMARKS: usize = 500;

/// All that is known of some judgements.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Analysis {
    /// The systems' names.
    pub systems: Vec<String>,
    /// The baseline's place among them.
    pub baseline: usize,
    /// Dimension by dimension.
    pub dimensions: Vec<DimensionResult>,
    /// Rater by rater.
    pub raters: Vec<Habits>,
    /// What divides the raters most, first the most.
    pub hardest: Vec<Divided>,
    /// Metrics beside people.
    pub follows: Vec<Follow>,
    /// Models that judge.
    pub judges: Vec<Judge>,
    /// Win rates with lengths held equal by AlpacaEval's model, of files that give lengths.
    pub length_controlled: Vec<LengthControlledPair>,
    /// What people wrote and marked, the first of it; the reasons of models are asked for apart.
    pub remarks: Vec<Remark>,
    /// The units, for the places in all of these.
    pub units: Vec<Unit>,
}

/// One dimension.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DimensionResult {
    /// Its name and scale.
    pub dimension: Dimension,
    /// Whether only models have judged it.
    pub by_models: bool,
    /// The systems' ratings; none where pairs are compared.
    pub systems: Vec<SystemRating>,
    /// Who is preferred to whom.
    pub preferences: Option<Preferences>,
    /// Strengths out of rankings.
    pub ranked: Option<Ranked>,
    /// How far raters agree.
    pub concord: Concord,
}

/// A system's ratings under one dimension.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SystemRating {
    /// The system's place.
    pub system: usize,
    /// Ratings.
    pub ratings: usize,
    /// Units that were rated.
    pub units: usize,
    /// Their mean.
    pub mean: f64,
    /// Their median.
    pub median: f64,
    /// The mean's interval; raters and units are both resampled.
    pub interval: Option<Interval>,
    /// How often each value was given, least first.
    pub counts: Vec<(f64, usize)>,
    /// Against the baseline.
    pub change: Option<Change>,
}

/// A difference from the baseline, over what one rater judged of both in one unit.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// The mean difference.
    pub value: f64,
    /// Its interval; raters and units are both resampled.
    pub interval: Option<Interval>,
    /// The p-value of the sign-flip test over units, each with its raters' mean.
    pub p_value: Option<f64>,
    /// The same after Holm's correction over the dimension's systems.
    pub p_corrected: Option<f64>,
    /// Units that both were rated in.
    pub units: usize,
    /// What holds however often one looks; nothing where values have no bounds.
    pub sequential: Option<Sequential>,
}

/// A place where raters disagree.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Divided {
    /// The dimension's place.
    pub dimension: usize,
    /// The unit's place.
    pub unit: usize,
    /// The system's place, where it is about one.
    pub system: Option<usize>,
    /// How far apart: the standard deviation of values as a part of the scale's range, or twice the
    /// part of raters who are not of the majority.
    pub spread: f64,
    /// Raters and what they said.
    pub said: Vec<(usize, f64)>,
}

/// The lengths of the systems' outputs in characters, where they are known: for each system of a table, row by row.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct OutputLengths(pub Vec<Vec<usize>>);

impl OutputLengths {
    /// The length of a system's output for a unit.
    fn of(&self, table: &Judgements, unit: usize, system: usize) -> Option<f64> {
        let rows = self.0.get(system)?;
        rows.get(table.units[unit].row?)
            .map(|length| *length as f64)
    }
}

/// What judgements mean, against a baseline and beside metrics and the lengths of outputs.
#[must_use]
pub fn analyse(
    table: &Judgements,
    baseline: usize,
    metrics: &[MetricScores],
    lengths: &OutputLengths,
) -> Analysis {
    let baseline = baseline.min(table.systems.len().saturating_sub(1));
    let counted = table.counted();
    let dimensions = (0..table.dimensions.len())
        .map(|dimension| result(&counted, dimension, baseline))
        .collect();
    Analysis {
        systems: table.systems.clone(),
        baseline,
        dimensions,
        raters: habits::of(table),
        hardest: hardest(table),
        follows: follow::of(&counted, metrics),
        judges: judges::of(table, lengths),
        length_controlled: length::of(table),
        remarks: of_people(table),
        units: table.units.clone(),
    }
}

fn of_people(table: &Judgements) -> Vec<Remark> {
    let own = table.remarks.iter();
    let own = own.filter(|remark| !table.raters[remark.rater].is_model());
    own.take(REMARKS).cloned().collect()
}

/// Adds to each dimension of comparisons what they say with the length and style of outputs held equal.
pub fn hold_style_equal(
    table: &Judgements,
    dimensions: &mut [DimensionResult],
    styles: &OutputStyles,
) {
    let counted = table.counted();
    for (dimension, result) in dimensions.iter_mut().enumerate() {
        if let Some(preferences) = &mut result.preferences {
            preferences.style = style::control(&counted, dimension, styles);
        }
    }
}

fn result(table: &Judgements, dimension: usize, baseline: usize) -> DimensionResult {
    let of = &table.dimensions[dimension];
    let compares = of.scale == Scale::Preference;
    let systems = 0..table.systems.len();
    let mut systems: Vec<SystemRating> = systems
        .filter_map(|s| system_rating(table, dimension, s, baseline))
        .collect();
    let changes = systems.iter_mut().filter_map(|s| s.change.as_mut());
    correct(changes.map(|c| (c.p_value, &mut c.p_corrected)).collect());
    let mut result = DimensionResult {
        dimension: of.clone(),
        by_models: !table.has_people(dimension) && table.raters.iter().any(RaterInfo::is_model),
        systems,
        preferences: compares.then(|| preference::of(table, dimension)),
        ranked: preference::ranked(table, dimension),
        concord: concord::of(table, dimension),
    };
    correct_looks(&mut result);
    result
}

/// Corrects the p-values of a dimension's comparisons that hold at any look (Holm).
fn correct_looks(result: &mut DimensionResult) {
    let changes = result.systems.iter_mut().filter_map(|s| s.change.as_mut());
    let changes = changes.filter_map(|c| c.sequential.as_mut());
    let pairs = result.preferences.iter_mut().flat_map(|p| &mut p.pairs);
    let pairs = pairs.filter_map(|p| p.sequential.as_mut());
    let all = changes.chain(pairs);
    correct(all.map(|s| (Some(s.p_value), &mut s.p_corrected)).collect());
}

fn system_rating(
    table: &Judgements,
    dimension: usize,
    system: usize,
    baseline: usize,
) -> Option<SystemRating> {
    let own = || {
        let ratings = table.ratings.iter();
        ratings.filter(move |r| r.dimension == dimension && r.system == system)
    };
    let clustered: Vec<Clustered> = own()
        .map(|r| Clustered {
            rater: r.rater,
            item: r.unit,
            value: r.value,
        })
        .collect();
    let mut values: Vec<f64> = own().map(|r| r.value).collect();
    values.sort_unstable_by(f64::total_cmp);
    let (low, high) = (
        values.get((values.len().checked_sub(1)?) / 2)?,
        values[values.len() / 2],
    );
    let mut units: Vec<usize> = own().map(|r| r.unit).collect();
    units.sort_unstable();
    units.dedup();
    Some(SystemRating {
        system,
        ratings: values.len(),
        units: units.len(),
        mean: values.iter().sum::<f64>() / values.len() as f64,
        median: (low + high) / 2.0,
        interval: mean_interval(&clustered, SAMPLES, SEED),
        counts: counts(table, dimension, &values),
        change: (system != baseline)
            .then(|| change(table, dimension, system, baseline))
            .flatten(),
    })
}

/// How often each value was given; on a scale of few points also those that never were.
fn counts(table: &Judgements, dimension: usize, values: &[f64]) -> Vec<(f64, usize)> {
    let mut possible: Vec<f64> = match table.dimensions[dimension].scale {
        Scale::Points { least, most } if most - least < MOST_LISTED => {
            (least..=most).map(f64::from).collect()
        }
        Scale::YesNo => vec![0.0, 1.0],
        Scale::Ranking => (1..=table.systems.len()).map(|r| r as f64).collect(),
        _ => Vec::new(),
    };
    possible.extend(values.iter().filter(|v| v.is_finite()));
    possible.sort_unstable_by(f64::total_cmp);
    possible.dedup();
    let count = |value: f64| (value, values.iter().filter(|v| **v == value).count());
    possible.into_iter().map(count).collect()
}

fn change(table: &Judgements, dimension: usize, system: usize, baseline: usize) -> Option<Change> {
    let both = paired(table, dimension, system, baseline);
    let means = unit_means(&both);
    if both.is_empty() {
        return None;
    }
    let comparisons = table.systems.len() - 1;
    let reach = looks::reach(&table.dimensions[dimension], table.systems.len());
    Some(Change {
        value: both.iter().map(|c| c.value).sum::<f64>() / both.len() as f64,
        interval: mean_interval(&both, SAMPLES, SEED),
        p_value: sign_flip(&means, SEED),
        p_corrected: None,
        units: means.len(),
        sequential: reach.and_then(|reach| looks::look(&means, reach, comparisons)),
    })
}

fn hardest(table: &Judgements) -> Vec<Divided> {
    let mut divided: Vec<Divided> = cells(table)
        .into_iter()
        .filter(|(_, said)| said.len() > 1)
        .map(|((dimension, unit, system), said)| {
            let compares = table.dimensions[dimension].scale == Scale::Preference;
            Divided {
                dimension,
                unit,
                system: system.filter(|_| !compares),
                spread: if compares {
                    minority(&said)
                } else {
                    deviation(&said) / range(table, dimension)
                },
                said,
            }
        })
        .filter(|d| d.spread > 0.0)
        .collect();
    sort_by(&mut divided, |a, b| b.spread.total_cmp(&a.spread));
    divided.truncate(HARDEST);
    divided
}

fn range(table: &Judgements, dimension: usize) -> f64 {
    match table.dimensions[dimension].scale {
        Scale::Points { least, most } => f64::from(most - least).max(1.0),
        Scale::Ranking => table.systems.len().saturating_sub(1).max(1) as f64,
        Scale::YesNo | Scale::Preference => 1.0,
        Scale::Penalty | Scale::Number => {
            let own = table.ratings.iter().filter(|r| r.dimension == dimension);
            let ends = own.fold((f64::MAX, f64::MIN), |(l, h), r| {
                (l.min(r.value), h.max(r.value))
            });
            (ends.1 - ends.0).max(1e-9)
        }
    }
}

fn deviation(said: &[(usize, f64)]) -> f64 {
    let n = said.len() as f64;
    let mean = said.iter().map(|s| s.1).sum::<f64>() / n;
    (said.iter().map(|s| (s.1 - mean).powi(2)).sum::<f64>() / n).sqrt()
}

fn minority(said: &[(usize, f64)]) -> f64 {
    let same = |value: f64| said.iter().filter(|s| s.1 == value).count();
    let most = said.iter().map(|s| same(s.1)).max().unwrap_or(0);
    2.0 * (said.len() - most) as f64 / said.len() as f64
}
