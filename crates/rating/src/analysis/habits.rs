//! How each rater judges: higher or lower than the others, how far the values spread, whether they go
//! with the others'.

use super::super::judgements::{Judgements, RaterInfo, Scale};
use super::shared::cells;
use assay_stats::correlation::spearman;
use serde::{Deserialize, Serialize};

/// A rater with what the values show.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Habits {
    /// Who, and how diligent.
    pub info: RaterInfo,
    /// Dimension by dimension, as far as the rater has judged.
    pub dimensions: Vec<Habit>,
}

/// A rater's values on one dimension.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Habit {
    /// The dimension's place.
    pub dimension: usize,
    /// Values given.
    pub values: usize,
    /// The mean difference from the mean of the others, over what they judged too; nothing for
    /// preferences.
    pub bias: Option<f64>,
    /// The standard deviation of the values; nothing for preferences.
    pub spread: Option<f64>,
    /// How the values go with the others': Spearman's rho with their mean; of preferences the part that
    /// is the others' commonest.
    pub with_others: Option<f64>,
}

/// All raters of a table.
pub(super) fn of(table: &Judgements) -> Vec<Habits> {
    let cells = cells(table);
    let habit = |rater: usize, dimension: usize| {
        let mut own = Vec::new();
        let mut pairs = Vec::new();
        for ((d, ..), said) in &cells {
            let value = said.iter().find(|(r, _)| *r == rater).map(|s| s.1);
            let Some(value) = value.filter(|_| *d == dimension) else {
                continue;
            };
            own.push(value);
            let others: Vec<f64> = said.iter().filter(|s| s.0 != rater).map(|s| s.1).collect();
            if !others.is_empty() {
                pairs.push((value, others));
            }
        }
        let compares = table.dimensions[dimension].scale == Scale::Preference;
        (!own.is_empty()).then(|| Habit {
            dimension,
            values: own.len(),
            bias: mean(&differences(&pairs)).filter(|_| !compares),
            spread: deviation(&own).filter(|_| !compares),
            with_others: if compares { same(&pairs) } else { goes(&pairs) },
        })
    };
    let infos = table.raters.iter().enumerate();
    infos
        .map(|(rater, info)| Habits {
            info: info.clone(),
            dimensions: (0..table.dimensions.len())
                .filter_map(|d| habit(rater, d))
                .collect(),
        })
        .collect()
}

fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

fn deviation(values: &[f64]) -> Option<f64> {
    let centre = mean(values)?;
    let squares: f64 = values.iter().map(|v| (v - centre).powi(2)).sum();
    (values.len() > 1).then(|| (squares / (values.len() - 1) as f64).sqrt())
}

fn differences(pairs: &[(f64, Vec<f64>)]) -> Vec<f64> {
    let difference = |(own, others): &(f64, Vec<f64>)| Some(own - mean(others)?);
    pairs.iter().filter_map(difference).collect()
}

fn goes(pairs: &[(f64, Vec<f64>)]) -> Option<f64> {
    let own: Vec<f64> = pairs.iter().map(|p| p.0).collect();
    let others: Vec<f64> = pairs.iter().filter_map(|p| mean(&p.1)).collect();
    spearman(&own, &others).map(|c| c.value)
}

fn same(pairs: &[(f64, Vec<f64>)]) -> Option<f64> {
    let agrees = |(own, others): &(f64, Vec<f64>)| {
        let count = |value: f64| others.iter().filter(|o| **o == value).count();
        let most = others.iter().map(|o| count(*o)).max().unwrap_or(0);
        f64::from(u8::from(count(*own) == most))
    };
    mean(&pairs.iter().map(agrees).collect::<Vec<f64>>())
}
