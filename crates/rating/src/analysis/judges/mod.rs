//! Models that judge: what their own verdicts show of them ([`habits`]), how far they agree with people
//! ([`people`], by slice in [`slices`]), and their means and win rates corrected by what people say ([`corrected`]).

pub mod corrected;
pub mod habits;
pub mod people;
mod shared;
pub mod slices;

use super::OutputLengths;
use crate::judgements::{Judgements, RaterInfo, RaterKind, Scale};
use corrected::{Corrected, corrected};
use habits::{Length, Position, Repeats, ScaleUse};
use people::{Agreement, Substitute};
use serde::{Deserialize, Serialize};
use shared::{values, verdicts};
use slices::{SliceAgreement, SliceColumn, by_slice};
use std::collections::BTreeMap;

/// A model that judges.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Judge {
    /// Its name.
    pub name: String,
    /// Dimension by dimension, as far as it has judged.
    pub dimensions: Vec<JudgeResult>,
}

/// A judge's verdicts on one dimension.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct JudgeResult {
    /// The dimension's place.
    pub dimension: usize,
    /// Values, or single verdicts on pairs.
    pub verdicts: usize,
    /// Whether the place of an output sways it; only of pairs that were judged in both orders.
    pub position: Option<Position>,
    /// Whether it says the same twice.
    pub repeats: Option<Repeats>,
    /// Whether it favours the longer output; only where the outputs are loaded.
    pub length: Option<Length>,
    /// The same of people.
    pub length_of_people: Option<Length>,
    /// How much of the scale it uses, over what people have judged too where they have.
    pub scale: Option<ScaleUse>,
    /// The same of people.
    pub scale_of_people: Option<ScaleUse>,
    /// How far it agrees with people.
    pub agreement: Option<Agreement>,
    /// The same slice by slice, where the data has slices.
    pub slices: Vec<SliceAgreement>,
    /// Whether it can take a person's place.
    pub substitute: Option<Substitute>,
    /// Its means and win rates beside the corrected ones.
    pub corrected: Vec<Corrected>,
}

/// All judges of a table.
pub(super) fn of(table: &Judgements, lengths: &OutputLengths) -> Vec<Judge> {
    let mut judges: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (rater, info) in table.raters.iter().enumerate() {
        if let RaterKind::Model { name } = &info.kind {
            judges.entry(name).or_default().push(rater);
        }
    }
    let dimensions = 0..table.dimensions.len();
    let judge = |(name, raters): (&str, Vec<usize>)| Judge {
        name: name.to_owned(),
        dimensions: dimensions
            .clone()
            .filter_map(|dimension| result(table, dimension, &raters, lengths))
            .collect(),
    };
    let judges = judges.into_iter().map(judge);
    judges
        .filter(|judge| !judge.dimensions.is_empty())
        .collect()
}

/// Says of each judge how far it agrees with people in each slice.
pub fn agree_by_slice(table: &Judgements, judges: &mut [Judge], columns: &[SliceColumn]) {
    for judge in judges {
        let raters = raters_of(table, &judge.name);
        for result in &mut judge.dimensions {
            result.slices = by_slice(table, result.dimension, &raters, columns);
        }
    }
}

/// The raters that are runs of the judge of this name.
fn raters_of(table: &Judgements, name: &str) -> Vec<usize> {
    let is_run =
        |info: &RaterInfo| matches!(&info.kind, RaterKind::Model { name: own } if own == name);
    let raters = table.raters.iter().enumerate();
    raters
        .filter(|(_, info)| is_run(info))
        .map(|(rater, _)| rater)
        .collect()
}

fn result(
    table: &Judgements,
    dimension: usize,
    raters: &[usize],
    lengths: &OutputLengths,
) -> Option<JudgeResult> {
    let scale = &table.dimensions[dimension].scale;
    let compares = *scale == Scale::Preference;
    let is_person = |rater: usize| !table.raters[rater].is_model();
    let own = values(table, dimension, |rater| raters.contains(&rater));
    let people = values(table, dimension, is_person);
    let given = verdicts(table, dimension, |rater| raters.contains(&rater));
    let length = |unit: usize, system: usize| lengths.of(table, unit, system);
    let shared = |one: &shared::Values, other: &shared::Values| -> shared::Values {
        let both = one.iter().filter(|(key, _)| other.contains_key(*key));
        both.map(|(key, said)| (*key, said.clone())).collect()
    };
    let (beside, of_people) = (shared(&own, &people), shared(&people, &own));
    let used = if beside.is_empty() { &own } else { &beside };
    let lengths_of = |values: &shared::Values, verdicts: &[shared::Verdict]| match compares {
        true => habits::length_of_winners(verdicts, length),
        false => habits::length_of_ratings(values, length),
    };
    (!own.is_empty()).then(|| JudgeResult {
        dimension,
        verdicts: if compares {
            given.len()
        } else {
            own.values().map(Vec::len).sum()
        },
        position: habits::position(&given),
        repeats: match compares {
            true => habits::repeated_verdicts(&given),
            false => habits::repeated_values(&own),
        },
        length: lengths_of(&own, &given),
        length_of_people: lengths_of(&people, &verdicts(table, dimension, is_person)),
        scale: habits::scale_use(used, scale),
        scale_of_people: habits::scale_use(&of_people, scale),
        agreement: people::agreement(&people, &own, scale),
        slices: Vec::new(),
        substitute: people::substitute(&people, &own, scale),
        corrected: corrected(table, scale, &people, &own),
    })
}
