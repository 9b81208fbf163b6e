//! Which automatic metric follows the people: each metric beside each dimension, over segments and over
//! systems. Both are turned so that higher is better; a metric that follows has a positive value.

use super::super::answers::Preference;
use super::super::judgements::{Judgements, Scale};
use assay_stats::correlation::{Correlation, kendall, pearson, spearman};
use assay_stats::proportion::wilson;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A metric's scores for the systems of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct MetricScores {
    /// Its name.
    pub name: String,
    /// Whether a lower score is the better one.
    pub lower_is_better: bool,
    /// For each system the score of each row.
    pub segments: Vec<Vec<f64>>,
    /// For each system the score of all.
    pub corpus: Vec<f64>,
}

/// A metric beside a dimension.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Follow {
    /// The metric.
    pub metric: String,
    /// The dimension's place.
    pub dimension: usize,
    /// Outputs that have both.
    pub segments: usize,
    /// Pearson's r over segments.
    pub pearson: Option<Correlation>,
    /// Spearman's rho over segments.
    pub spearman: Option<Correlation>,
    /// Kendall's tau-b over segments.
    pub kendall: Option<Correlation>,
    /// Kendall's tau-b over systems; with three or more.
    pub systems: Option<Correlation>,
    /// Of preferences: the part in which the metric scores the preferred output higher, with its
    /// interval.
    pub accuracy: Option<(f64, [f64; 2])>,
}

/// Every metric beside every dimension.
pub(super) fn of(table: &Judgements, metrics: &[MetricScores]) -> Vec<Follow> {
    let mut all = Vec::new();
    for dimension in 0..table.dimensions.len() {
        for metric in metrics {
            let found = match table.dimensions[dimension].scale {
                Scale::Preference => preferred(table, dimension, metric),
                _ => rated(table, dimension, metric),
            };
            all.extend(found);
        }
    }
    all
}

fn rated(table: &Judgements, dimension: usize, metric: &MetricScores) -> Option<Follow> {
    let turn = |lower: bool| if lower { -1.0 } else { 1.0 };
    let of_people = turn(table.dimensions[dimension].lower_is_better());
    let of_metric = turn(metric.lower_is_better);
    let mut cells: BTreeMap<(usize, usize), (f64, f64)> = BTreeMap::new();
    for r in table.ratings.iter().filter(|r| r.dimension == dimension) {
        let cell = cells.entry((r.system, r.unit)).or_default();
        *cell = (cell.0 + r.value, cell.1 + 1.0);
    }
    let (mut people, mut scores) = (Vec::new(), Vec::new());
    let mut by_system: BTreeMap<usize, (f64, f64)> = BTreeMap::new();
    for ((system, unit), (sum, n)) in cells {
        let row = table.units[unit].row;
        let score = row.and_then(|row| metric.segments.get(system)?.get(row));
        let Some(score) = score.filter(|s| s.is_finite()) else {
            continue;
        };
        people.push(of_people * sum / n);
        scores.push(of_metric * score);
        let total = by_system.entry(system).or_default();
        *total = (total.0 + of_people * sum / n, total.1 + 1.0);
    }
    let means: Vec<f64> = by_system.values().map(|(sum, n)| sum / n).collect();
    let corpus: Vec<f64> = by_system
        .keys()
        .filter_map(|&s| Some(of_metric * metric.corpus.get(s)?))
        .collect();
    (people.len() > 2).then(|| Follow {
        metric: metric.name.clone(),
        dimension,
        segments: people.len(),
        pearson: pearson(&people, &scores),
        spearman: spearman(&people, &scores),
        kendall: kendall(&people, &scores),
        systems: if means.len() > 2 {
            kendall(&means, &corpus)
        } else {
            None
        },
        accuracy: None,
    })
}

fn preferred(table: &Judgements, dimension: usize, metric: &MetricScores) -> Option<Follow> {
    let (mut right, mut all) = (0.0, 0.0);
    for c in table
        .comparisons
        .iter()
        .filter(|c| c.dimension == dimension)
    {
        let (better, worse) = match c.preference {
            Preference::First => (c.systems[0], c.systems[1]),
            Preference::Second => (c.systems[1], c.systems[0]),
            Preference::Tie | Preference::BothBad => continue,
        };
        let row = table.units[c.unit].row;
        let score = |system: usize| metric.segments.get(system)?.get(row?).copied();
        let (Some(better), Some(worse)) = (score(better), score(worse)) else {
            continue;
        };
        let apart = if metric.lower_is_better {
            worse - better
        } else {
            better - worse
        };
        // A metric that can't tell them apart is right half the time.
        right += if apart > 0.0 {
            1.0
        } else if apart == 0.0 {
            0.5
        } else {
            0.0
        };
        all += 1.0;
    }
    Some(Follow {
        metric: metric.name.clone(),
        dimension,
        segments: all as usize,
        pearson: None,
        spearman: None,
        kendall: None,
        systems: None,
        accuracy: Some((right / all, wilson(right, all)?)),
    })
}
