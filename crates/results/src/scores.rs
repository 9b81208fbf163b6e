//! Scores with their intervals, comparisons with the baseline, and the scores of slices.

use crate::metric_info::{MetricInfo, Origin};
use assay_stats::decision::FEWEST_UNITS;
use assay_stats::effect::EffectSize;
use assay_stats::equivalence::Bearing;
use assay_stats::paired_test::reach;
use assay_stats::power::units_needed;
use assay_stats::{Decision, Direction, Evidence, Interval, NORMAL_975, Obstacle};
use serde::{Deserialize, Serialize};

/// A metric of the list that is computed. It stays the same while the list grows and shrinks, so that an order
/// that was given for one metric never reaches another; other data has other numbers.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct MetricId(pub u32);

/// A difference with its test.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Difference {
    /// The system's score less the baseline's.
    pub value: f64,
    /// The p-value of the paired test, once it is computed.
    pub p_value: Option<f64>,
    /// The same after Holm's correction over all that is compared beside it under this metric: the
    /// other systems, or all slices of all systems.
    pub p_corrected: Option<f64>,
    /// The 95 % interval of the difference, between percentiles of the resampled differences, which are further out
    /// where rows or clusters are few.
    #[serde(default)]
    pub interval: Option<[f64; 2]>,
    /// The rows, or clusters, that it rests on. Report links of version 0.2.0 and before do not say.
    #[serde(default)]
    pub units: Option<usize>,
    /// How many of them differ.
    #[serde(default)]
    pub differing: Option<usize>,
    /// The rows or clusters at which such a difference would be seen with a power of 80 %.
    #[serde(default)]
    pub needed: Option<f64>,
    /// Of a yes/no measure the rows where only the system has yes, and those where only the baseline has.
    #[serde(default)]
    pub discordant: Option<[usize; 2]>,
    /// The mean difference of rows over their standard deviation (Cohen's d of pairs), above 0 where the system is
    /// better.
    #[serde(default)]
    pub effect: Option<f64>,
}

impl Difference {
    /// A difference without a test.
    #[must_use]
    pub fn untested(value: f64) -> Self {
        Self {
            value,
            interval: None,
            p_value: None,
            p_corrected: None,
            units: None,
            differing: None,
            needed: None,
            discordant: None,
            effect: None,
        }
    }

    /// How large it is, in words, by the standard deviation of rows.
    #[must_use]
    pub fn size(&self) -> Option<EffectSize> {
        EffectSize::of_standardised(self.effect?)
    }
}

/// Why a score has no interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoInterval {
    /// It rests on a single row or cluster, which says nothing of others.
    OneUnit,
    /// All resamples have the same score.
    AllEqual,
}

/// In what rows were drawn when they were resampled, where not one by one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResampledBy {
    /// The column whose values are the clusters.
    pub column: String,
    /// Whether rows of a cluster are samples of one item.
    pub is_repeats: bool,
    /// Clusters.
    pub clusters: usize,
    /// Rows.
    pub rows: usize,
}

/// A system against the baseline.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// Of the corpus scores.
    pub difference: Difference,
    /// Segments on which the system scores better.
    pub wins: usize,
    /// Segments on which both score the same.
    pub ties: usize,
    /// Segments on which the baseline scores better.
    pub losses: usize,
}

impl Comparison {
    /// The part of segments on which the system scores better, ties counted half; nothing without segments.
    #[must_use]
    pub fn win_share(&self) -> Option<f64> {
        let all = (self.wins + self.ties + self.losses) as f64;
        (all > 0.0).then(|| (self.wins as f64 + self.ties as f64 / 2.0) / all)
    }
}

/// A slice's score.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SliceResult {
    /// What makes its rows belong together.
    #[serde(default)]
    pub kind: SliceKind,
    /// The column that defines the slice.
    pub column: String,
    /// Its value in the slice.
    pub value: String,
    /// Segments in it of which the metric says something.
    pub segments: usize,
    /// The score over them; where there are none it means nothing.
    pub score: f64,
    /// Its bootstrap interval.
    pub interval: Option<Interval>,
    /// Against the baseline in the same slice; `None` for the baseline itself.
    pub difference: Option<Difference>,
}

/// One system under one metric.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SystemResult {
    /// The system's name.
    pub name: String,
    /// The corpus score.
    pub score: Score,
    /// Its interval: Wilson's of a yes/no measure, else of the resampled scores.
    pub interval: Option<Interval>,
    /// Why it has none, once it is known.
    #[serde(default)]
    pub no_interval: Option<NoInterval>,
    /// Against the baseline; `None` for the baseline itself.
    pub comparison: Option<Comparison>,
    /// The scores of slices.
    pub slices: Vec<SliceResult>,
    /// Each segment's own score, in the order of rows; not a number for one of which the metric says
    /// nothing.
    pub segments: Vec<f64>,
}

/// All systems under one metric.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MetricResult {
    /// The metric with its options.
    // Report links of version 0.1.0 carry another description in its place.
    #[serde(default)]
    pub info: MetricInfo,
    /// Its name.
    pub name: String,
    /// Its signature.
    pub signature: String,
    /// The largest possible score; 0 where there is none.
    pub max: f64,
    /// Whether a lower score is the better one.
    pub lower_is_better: bool,
    /// In what rows were drawn, where not one by one.
    #[serde(default)]
    pub resampled_by: Option<ResampledBy>,
    /// Whether every row has yes or no and none stand together: differences are then tested by McNemar's exact test,
    /// and nothing is resampled.
    #[serde(default)]
    pub is_yes_no: bool,
    /// The smallest difference that matters, where the person has said it.
    #[serde(default)]
    pub margin: Option<f64>,
    /// The systems in the order of columns.
    pub systems: Vec<SystemResult>,
}

impl MetricResult {
    /// What a difference says beside the smallest one that matters; nothing where that is not said, or where too
    /// little is known for an answer.
    #[must_use]
    pub fn bearing(&self, difference: &Difference) -> Option<Bearing> {
        let (margin, interval) = (self.margin?, difference.interval?);
        if self.evidence(difference).obstacle() == Some(Obstacle::TooFew) || self.info.describes {
            return None;
        }
        let direction = Direction::lower_is_better(self.lower_is_better);
        Some(Bearing::of(interval, margin, direction))
    }

    /// A difference worth looking for: the smallest that matters where that is said, otherwise a point of a hundred.
    /// Nothing of measures on other scales.
    #[must_use]
    pub fn worth_seeing(&self) -> Option<f64> {
        let usual = [1.0, 100.0].contains(&self.max) && self.info.origin != Origin::People;
        self.margin.or_else(|| usual.then_some(self.max / 100.0))
    }

    /// The rows or clusters at which a difference of `amount` would be seen with a power of 80 %, by how far the
    /// compared rows vary.
    #[must_use]
    pub fn needed_to_see(&self, difference: &Difference, amount: f64) -> Option<f64> {
        let ([low, high], units) = (difference.interval?, difference.units? as f64);
        let reach = match self.is_yes_no {
            true => NORMAL_975,
            false => reach(difference.units?),
        };
        let error = (high - low) / (2.0 * reach);
        if self.info.describes || error <= 0.0 {
            return None;
        }
        let found = units_needed(amount, error * error, units)?;
        Some(found.max(FEWEST_UNITS as f64))
    }

    /// What a difference under this metric shows; nothing until the test is done.
    #[must_use]
    pub fn decision(&self, difference: &Difference) -> Option<Decision> {
        difference.p_corrected?;
        Some(self.evidence(difference).decision())
    }

    /// What a difference under this metric is decided by.
    #[must_use]
    pub fn evidence(&self, difference: &Difference) -> Evidence {
        let direction = Direction::lower_is_better(self.lower_is_better);
        let evidence = Evidence::of(difference.value, difference.p_corrected, direction)
            .describing(self.info.describes)
            .on(difference.units.map(|units| units as f64))
            .differing(difference.differing);
        // Older links carry no interval beside approximate randomisation.
        match difference.units {
            Some(_) => evidence.within(difference.interval),
            None => evidence,
        }
    }
}

/// What makes the rows of a slice belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SliceKind {
    /// One value of a column.
    #[default]
    Value,
    /// The values that a system was trained on.
    InDomain,
    /// All other values of that column.
    OutOfDomain,
    /// The rows that a person gave a tag.
    Tagged,
    /// All rows without that tag.
    Untagged,
}

impl SliceKind {
    /// Whether it is one of the halves that a domain divides the rows into, which are shown apart from slices.
    #[must_use]
    pub fn is_of_domain(self) -> bool {
        matches!(self, Self::InDomain | Self::OutOfDomain)
    }
}

/// Which values of a column systems were trained on: the rest is outside of their domain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Domains {
    /// The column's name.
    pub column: String,
    /// The values inside.
    pub inside: Vec<String>,
}

/// A score on the reference tool's own scale, with the parts it is made of.
#[derive(Debug, Clone, PartialEq, Default, serde::Serialize, serde::Deserialize)]
pub struct Score {
    /// The value on the scale of its metric (100 or 1).
    pub value: f64,
    /// Named parts (precisions, lengths, recall), in a stable order.
    pub details: Vec<(String, f64)>,
}

/// How a set of segments refers to its references, for signatures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum RefCount {
    /// Every segment has this many references.
    Fixed(usize),
    /// The number differs from segment to segment.
    Varying,
}

impl std::fmt::Display for RefCount {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Fixed(n) => write!(f, "{n}"),
            Self::Varying => f.write_str("var"),
        }
    }
}
