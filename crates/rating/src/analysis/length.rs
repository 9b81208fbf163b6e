//! Win rates with lengths held equal by the model of AlpacaEval 2, where a file gives the lengths of the outputs that
//! were compared. The results of [`super::style`] are by another model, and of outputs that are loaded.

use crate::judgements::{Judgements, LengthJudged, RaterKind};
use assay_stats::decision::FEWEST_UNITS;
use assay_stats::length_controlled::{LengthComparison, length_controlled};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What a rater's preferences for a system over a baseline are with lengths held equal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LengthControlledPair {
    /// The dimension's place.
    pub dimension: usize,
    /// The rater's name, or the judge's.
    pub rater: String,
    /// The baseline's place, and the other system's.
    pub systems: [usize; 2],
    /// Comparisons.
    pub count: usize,
    /// Items that they are on.
    pub units: usize,
    /// The other system's win rate as it is, from 0 to 1; a preference between counts as far as it goes.
    pub raw: f64,
    /// The same with equal lengths, as `length_controlled_minimal` of alpaca-eval 0.6.6 has it.
    pub rate: f64,
    /// Whether longer outputs are preferred: what the log-odds change by, in standard deviations of how much longer the
    /// other system's outputs are, through the hyperbolic tangent.
    pub length_effect: f64,
    /// Whether the file says how hard instructions are, which this variant of the model does not use.
    pub has_difficulty: bool,
}

/// The win rates of all raters, dimensions and pairs of systems with at least 20 items.
pub(super) fn of(table: &Judgements) -> Vec<LengthControlledPair> {
    let mut groups: BTreeMap<(usize, usize, [usize; 2]), Vec<&LengthJudged>> = BTreeMap::new();
    for judged in &table.lengths {
        let key = (judged.dimension, judged.rater, judged.systems);
        groups.entry(key).or_default().push(judged);
    }
    let groups = groups.into_iter();
    groups
        .filter_map(|((dimension, rater, systems), own)| {
            let units: BTreeSet<usize> = own.iter().map(|judged| judged.unit).collect();
            if units.len() < FEWEST_UNITS {
                return None;
            }
            let comparison = |judged: &&LengthJudged| LengthComparison {
                preference: judged.share,
                lengths: judged.lengths,
            };
            let all: Vec<LengthComparison> = own.iter().map(comparison).collect();
            let found = length_controlled(&all)?;
            let info = &table.raters[rater];
            Some(LengthControlledPair {
                dimension,
                rater: match &info.kind {
                    RaterKind::Model { name } => name.clone(),
                    RaterKind::Person => info.name.clone(),
                },
                systems,
                count: own.len(),
                units: units.len(),
                raw: own.iter().map(|judged| judged.share).sum::<f64>() / own.len() as f64,
                rate: found.rate,
                length_effect: -found.length_effect,
                has_difficulty: own.iter().any(|judged| judged.has_difficulty),
            })
        })
        .collect()
}
