//! A judge beside the people who judged the same: how far they agree, and whether it can take a person's place.

use super::shared::{Values, summary};
use crate::analysis::shared::SEED;
use crate::judgements::Scale;
use assay_stats::Interval;
use assay_stats::agreement::{Nearness, cohen};
use assay_stats::alternative_annotator::{Alignment, FEWEST_ITEMS, SKILLED, alternative_annotator};
use assay_stats::correlation::{Correlation, spearman};
use assay_stats::pcg64::Pcg64;
use assay_stats::percentile_interval;
use assay_stats::proportion::wilson;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Resamples behind an interval.
const RESAMPLES: usize = 500;
/// People up to whom all are compared with a judge; of more, those who have judged enough.
const MOST_PEOPLE: usize = 100;
/// Values of a confusion table at most.
const MOST_VALUES: usize = 10;

/// How far a judge agrees with people.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Agreement {
    /// What both have judged.
    pub count: usize,
    /// Items that it is of.
    pub items: usize,
    /// The part on which both say the same; of points, rounded to the nearest.
    pub same: f64,
    /// Its interval; items are resampled.
    pub same_interval: Option<Interval>,
    /// Cohen's kappa, quadratically weighted for points. Nothing where values are no categories.
    pub kappa: Option<f64>,
    /// Its interval; items are resampled.
    pub kappa_interval: Option<Interval>,
    /// Spearman's rho; nothing for names.
    pub correlation: Option<Correlation>,
    /// Of yes and no: of what people call yes, the part that the judge calls yes, and of no likewise.
    pub rates: Option<[Rate; 2]>,
    /// Which value people gave (row by row) and the judge (column by column), and how often. Empty where values are no
    /// categories.
    pub confusion: Confusion,
}

/// A part with its interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Rate {
    /// How many are right.
    pub right: usize,
    /// Of how many.
    pub all: usize,
    /// Wilson's interval; nothing of none.
    pub interval: Option<[f64; 2]>,
}

/// Values with how often they met.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Confusion {
    /// The values, in order.
    pub values: Vec<f64>,
    /// Rows of people's values.
    pub counts: Vec<Vec<usize>>,
}

/// Whether a judge can take a person's place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Substitute {
    /// People who could be compared, and those of them whom the judge matches.
    pub people: usize,
    /// Of these, whom the judge matches.
    pub matched: usize,
    /// The mean part of items on which the judge is at least as near to the others as the person left out.
    pub advantage: f64,
    /// The advantage that a person is granted.
    pub granted: f64,
}

impl Substitute {
    /// Whether it can: it matches at least half of the people.
    #[must_use]
    pub fn passes(&self) -> bool {
        2 * self.matched >= self.people
    }
}

/// What people say and what the judge says, of the same, with its unit.
type Pairs = Vec<(usize, f64, f64)>;

fn pairs(people: &Values, judge: &Values, scale: &Scale) -> Pairs {
    let rounds = matches!(scale, Scale::Points { .. });
    let one = |said: &Vec<(usize, f64)>| {
        let value = summary(said, scale)?;
        Some(if rounds { value.round() } else { value })
    };
    let both = judge
        .iter()
        .filter_map(|(key, said)| Some((key.0, one(people.get(key)?)?, one(said)?)));
    both.collect()
}

fn kappa_of(pairs: &[(f64, f64)], scale: &Scale) -> Option<f64> {
    let (nearness, declared): (_, Vec<f64>) = match scale {
        Scale::Points { least, most } => (
            Nearness::Quadratic,
            (*least..=*most).map(f64::from).collect(),
        ),
        Scale::YesNo => (Nearness::Exact, vec![0.0, 1.0]),
        Scale::Preference => (Nearness::Exact, vec![0.0, 0.5, 1.0]),
        Scale::Penalty | Scale::Number | Scale::Ranking => return None,
    };
    let people: Vec<Option<f64>> = pairs.iter().map(|p| Some(p.0)).collect();
    let judge: Vec<Option<f64>> = pairs.iter().map(|p| Some(p.1)).collect();
    cohen(&people, &judge, nearness, &declared).map(|found| found.kappa)
}

fn same_of(pairs: &[(f64, f64)]) -> f64 {
    pairs.iter().filter(|(a, b)| a == b).count() as f64 / pairs.len() as f64
}

/// Nothing where they have judged nothing together.
pub(super) fn agreement(people: &Values, judge: &Values, scale: &Scale) -> Option<Agreement> {
    let found = pairs(people, judge, scale);
    let mut by_item: BTreeMap<usize, Vec<(f64, f64)>> = BTreeMap::new();
    for (unit, a, b) in &found {
        by_item.entry(*unit).or_default().push((*a, *b));
    }
    let items: Vec<Vec<(f64, f64)>> = by_item.into_values().collect();
    let all = items.concat();
    if all.is_empty() {
        return None;
    }
    let kappa = kappa_of(&all, scale);
    let (mut same, mut kappas) = (Vec::new(), Vec::new());
    let mut rng = Pcg64::new(SEED);
    // A single item says nothing of others.
    let resamples = if items.len() > 1 { RESAMPLES } else { 0 };
    for _ in 0..resamples {
        let drawn = (0..items.len()).map(|_| &items[rng.below(items.len() as u32) as usize]);
        let drawn: Vec<(f64, f64)> = drawn.flatten().copied().collect();
        same.push(same_of(&drawn));
        if kappa.is_some() {
            // A draw in which both gave one value throughout says nothing of chance.
            kappas.extend(kappa_of(&drawn, scale));
        }
    }
    let numbers = !matches!(scale, Scale::Preference | Scale::YesNo);
    let columns = |of: fn(&(f64, f64)) -> f64| all.iter().map(of).collect::<Vec<f64>>();
    Some(Agreement {
        count: all.len(),
        items: items.len(),
        same: same_of(&all),
        same_interval: percentile_interval(same),
        kappa,
        kappa_interval: percentile_interval(kappas),
        correlation: match numbers {
            true => spearman(&columns(|p| p.0), &columns(|p| p.1)),
            false => None,
        },
        rates: (*scale == Scale::YesNo).then(|| [1.0, 0.0].map(|value| rate(&all, value))),
        confusion: confusion(&all, scale),
    })
}

fn rate(pairs: &[(f64, f64)], value: f64) -> Rate {
    let own = pairs.iter().filter(|p| p.0 == value);
    let right = own.clone().filter(|p| p.1 == value).count();
    let all = own.count();
    Rate {
        right,
        all,
        interval: wilson(right as f64, all as f64),
    }
}

fn confusion(pairs: &[(f64, f64)], scale: &Scale) -> Confusion {
    let mut values: Vec<f64> = match scale {
        Scale::Preference => vec![0.0, 0.5, 1.0],
        Scale::YesNo => vec![0.0, 1.0],
        Scale::Points { .. } => pairs.iter().flat_map(|p| [p.0, p.1]).collect(),
        Scale::Penalty | Scale::Number | Scale::Ranking => Vec::new(),
    };
    values.sort_unstable_by(f64::total_cmp);
    values.dedup();
    if values.len() > MOST_VALUES {
        return Confusion::default();
    }
    let met = |a: f64, b: f64| pairs.iter().filter(|p| **p == (a, b)).count();
    let row = |a: &f64| values.iter().map(|b| met(*a, *b)).collect();
    let counts = values.iter().map(row).collect();
    Confusion { values, counts }
}

/// Whether the judge can take a person's place. Nothing where too little was judged by it and two people.
pub(super) fn substitute(people: &Values, judge: &Values, scale: &Scale) -> Option<Substitute> {
    let mut judged_by: BTreeMap<usize, usize> = BTreeMap::new();
    for (_, said) in people.iter().filter(|(key, _)| judge.contains_key(*key)) {
        let mut raters: Vec<usize> = said.iter().map(|s| s.0).collect();
        raters.dedup();
        for rater in raters {
            *judged_by.entry(rater).or_default() += 1;
        }
    }
    if judged_by.len() > MOST_PEOPLE {
        judged_by.retain(|_, items| *items >= FEWEST_ITEMS);
    }
    let raters: Vec<usize> = judged_by.into_keys().collect();
    let mut lists = vec![vec![None; judge.len()]; raters.len()];
    for (place, key) in judge.keys().enumerate() {
        for (list, rater) in lists.iter_mut().zip(&raters) {
            let own = people.get(key).into_iter().flatten();
            let own: Vec<(usize, f64)> = own.filter(|s| s.0 == *rater).copied().collect();
            list[place] = if own.is_empty() {
                None
            } else {
                summary(&own, scale)
            };
        }
    }
    let said: Vec<Option<f64>> = judge.values().map(|said| summary(said, scale)).collect();
    let alignment = match scale {
        Scale::YesNo | Scale::Preference => Alignment::Same,
        Scale::Points { .. } | Scale::Penalty | Scale::Number | Scale::Ranking => Alignment::Near,
    };
    let found = alternative_annotator(&lists, &said, alignment, SKILLED)?;
    Some(Substitute {
        people: found.people.len(),
        matched: found.people.iter().filter(|p| p.is_matched).count(),
        advantage: found.advantage,
        granted: SKILLED,
    })
}
