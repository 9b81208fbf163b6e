//! Every comparison of people's judgements as it stands to somebody who looks whenever answers come in: what a report
//! writes, without the resampling that the whole analysis takes.

use super::looks::{look, reach};
use super::shared::{compared_pairs, correct, deviations, paired, scored, unit_means};
use crate::judgements::{Comparison, Judgements, Scale};
use assay_stats::{Direction, Evidence, Sequential};
use serde::{Deserialize, Serialize};

/// What the judgements of two systems say at this look.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RatingLook {
    /// The dimension's name.
    pub dimension: String,
    /// The system that is compared.
    pub system: String,
    /// The one that it is compared with.
    pub baseline: String,
    /// Whether pairs were compared: the difference is a share of wins, other outcomes counted half, less one half.
    pub is_share: bool,
    /// Whether a lower value is the better one.
    pub lower_is_better: bool,
    /// The mean difference.
    pub difference: f64,
    /// Items that it is on.
    pub items: usize,
    /// What holds however often one looks; the p-value is corrected over the dimension's comparisons (Holm).
    pub sequential: Sequential,
}

impl RatingLook {
    /// What the difference is decided by.
    #[must_use]
    pub fn evidence(&self) -> Evidence {
        let direction = Direction::lower_is_better(self.lower_is_better);
        let items = self.items as f64;
        self.sequential.evidence(self.difference, items, direction)
    }
}

/// The looks at all dimensions that people have judged, against the system of this name or the first.
#[must_use]
pub fn looks(table: &Judgements, baseline: Option<&str>) -> Vec<RatingLook> {
    let place = |name: &str| table.systems.iter().position(|s| s == name);
    let baseline = baseline.and_then(place).unwrap_or(0);
    let counted = table.counted();
    let mut all = Vec::new();
    for dimension in (0..table.dimensions.len()).filter(|d| table.has_people(*d)) {
        let mut own = match table.dimensions[dimension].scale {
            Scale::Preference => of_pairs(&counted, dimension),
            _ => of_ratings(&counted, dimension, baseline),
        };
        let tests = own.iter_mut().map(|look| &mut look.sequential);
        correct(
            tests
                .map(|s| (Some(s.p_value), &mut s.p_corrected))
                .collect(),
        );
        all.extend(own);
    }
    all
}

fn of_ratings(table: &Judgements, dimension: usize, baseline: usize) -> Vec<RatingLook> {
    let of = &table.dimensions[dimension];
    let Some(reach) = reach(of, table.systems.len()) else {
        return Vec::new();
    };
    let comparisons = table.systems.len().saturating_sub(1);
    let others = (0..table.systems.len()).filter(|system| *system != baseline);
    let looked = |system: usize| {
        let both = paired(table, dimension, system, baseline);
        let means = unit_means(&both);
        Some(RatingLook {
            dimension: of.name.clone(),
            system: table.systems[system].clone(),
            baseline: table.systems[baseline].clone(),
            is_share: false,
            lower_is_better: of.lower_is_better(),
            difference: both.iter().map(|c| c.value).sum::<f64>() / both.len() as f64,
            items: means.len(),
            sequential: look(&means, reach, comparisons)?,
        })
    };
    others.filter_map(looked).collect()
}

fn of_pairs(table: &Judgements, dimension: usize) -> Vec<RatingLook> {
    let own = table.comparisons.iter();
    let own: Vec<&Comparison> = own.filter(|c| c.dimension == dimension).collect();
    let pairs = compared_pairs(&own);
    let looked = |systems: &[usize; 2]| {
        let scores = scored(&own, *systems);
        let deviations = deviations(&scores);
        let rate = scores.iter().map(|s| s.value).sum::<f64>() / scores.len() as f64;
        let [first, second] = systems.map(|s| table.systems[s].clone());
        Some(RatingLook {
            dimension: table.dimensions[dimension].name.clone(),
            system: second,
            baseline: first,
            is_share: true,
            lower_is_better: false,
            difference: rate - 0.5,
            items: deviations.len(),
            sequential: look(&deviations, 0.5, pairs.len())?,
        })
    };
    pairs.iter().filter_map(looked).collect()
}
