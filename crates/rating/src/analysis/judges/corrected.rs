//! Means and win rates by a judge, corrected by the items that people have judged too.

use super::shared::{Values, mean, pair_of, summary};
use crate::analysis::shared::{SAMPLES, SEED};
use crate::judgements::{Judgements, Scale};
use assay_stats::Interval;
use assay_stats::clustered::{Clustered, mean_interval};
use assay_stats::decision::FEWEST_UNITS;
use assay_stats::prediction_powered::corrected_mean;
use assay_stats::rogan_gladen::{Labelled, corrected_rate};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a value is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Of {
    /// A system's mean.
    System(usize),
    /// How often the second of two was preferred, ties counted half.
    Pair([usize; 2]),
}

/// A judge's value beside the corrected one.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Corrected {
    /// What it is of.
    pub of: Of,
    /// Items that the judge and people have judged.
    pub labelled: usize,
    /// Items that only the judge has judged.
    pub unlabelled: usize,
    /// The judge's mean over all of them.
    pub raw: f64,
    /// Its interval; items are resampled.
    pub raw_interval: Option<Interval>,
    /// People's mean over the items that they have judged.
    pub people: f64,
    /// The corrected mean; nothing where fewer than 20 items are labelled, or all are.
    pub mean: Option<Estimate>,
    /// Of yes and no: the rate corrected by how often the judge is right.
    pub rate: Option<Estimate>,
    /// Half the width of the corrected mean's interval if people judged twice as many items.
    pub half_width_of_twice: Option<f64>,
}

/// A value with its 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    /// The value.
    pub value: f64,
    /// The interval.
    pub interval: [f64; 2],
}

/// Of each system, or each pair.
pub(super) fn corrected(
    table: &Judgements,
    scale: &Scale,
    people: &Values,
    judge: &Values,
) -> Vec<Corrected> {
    let mut units: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (unit, key) in judge.keys() {
        units.entry(*key).or_default().push(*unit);
    }
    let one = |(key, units): (usize, Vec<usize>)| {
        let of = match scale {
            Scale::Preference => Of::Pair(pair_of(table, key)),
            _ => Of::System(key),
        };
        corrected_one(of, scale, key, &units, people, judge)
    };
    units.into_iter().filter_map(one).collect()
}

fn corrected_one(
    of: Of,
    scale: &Scale,
    key: usize,
    units: &[usize],
    people: &Values,
    judge: &Values,
) -> Option<Corrected> {
    let (mut labels, mut predictions, mut rest) = (Vec::new(), Vec::new(), Vec::new());
    let (mut labelled, mut judged) = (Vec::new(), Vec::new());
    let mut all = Vec::new();
    let is_yes = |value: Option<f64>| value.map(|v| v == 1.0);
    for unit in units {
        let said = &judge[&(*unit, key)];
        all.push(Clustered {
            rater: 0,
            item: *unit,
            value: mean(said),
        });
        let yes = is_yes(summary(said, scale));
        match people.get(&(*unit, key)) {
            Some(label) => {
                labels.push(mean(label));
                predictions.push(mean(said));
                let both = is_yes(summary(label, scale)).zip(yes);
                labelled.extend(both.map(|(people, judge)| Labelled { people, judge }));
            }
            None => {
                rest.push(mean(said));
                judged.extend(yes);
            }
        }
    }
    if labels.is_empty() {
        return None;
    }
    let enough = labels.len() >= FEWEST_UNITS;
    let found = corrected_mean(&labels, &predictions, &rest).filter(|_| enough);
    let rate = (enough && *scale == Scale::YesNo)
        .then(|| corrected_rate(&labelled, &judged, SAMPLES, SEED))
        .flatten();
    Some(Corrected {
        of,
        labelled: labels.len(),
        unlabelled: rest.len(),
        raw: all.iter().map(|v| v.value).sum::<f64>() / all.len() as f64,
        raw_interval: mean_interval(&all, SAMPLES, SEED),
        people: labels.iter().sum::<f64>() / labels.len() as f64,
        mean: found.map(|f| Estimate {
            value: f.value,
            interval: f.cautious,
        }),
        rate: rate.map(|f| Estimate {
            value: f.value,
            interval: f.interval,
        }),
        half_width_of_twice: found.map(|f| assay_stats::NORMAL_975 * f.error_of_twice),
    })
}
