//! How far raters agree on a dimension, by every coefficient that its values and its holes allow.

use super::super::judgements::{Judgements, Scale};
use super::shared::{SEED, cells};
use assay_stats::Interval;
use assay_stats::agreement::{
    Level, Nearness, Ratings, cohen, fleiss, gwet, krippendorff, percent,
};
use assay_stats::icc::{Model, icc};
use assay_stats::pcg64::Pcg64;
use assay_stats::percentile_interval;
use serde::{Deserialize, Serialize};

/// Resamples behind alpha's interval.
const SAMPLES: usize = 500;

/// What a coefficient says in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reading {
    /// Nothing was judged twice, or all said the same.
    Unknown,
    /// Alpha below 0.667: nothing should be concluded.
    Low,
    /// From 0.667 up to 0.8: conclusions are tentative (Krippendorff 2004, p. 241).
    Tentative,
    /// 0.8 and more.
    Good,
}

/// Agreement on one dimension.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Concord {
    /// Raters who judged something that another judged too.
    pub raters: usize,
    /// What was judged by two or more.
    pub units: usize,
    /// Krippendorff's alpha at the level that suits the values.
    pub alpha: Option<f64>,
    /// Its interval; units are resampled.
    pub alpha_interval: Option<Interval>,
    /// That level: `nominal`, `ordinal` or `interval`.
    pub level: String,
    /// What it says.
    pub reading: Reading,
    /// Other coefficients by name, as far as they can be had.
    pub others: Vec<(String, f64)>,
}

/// Agreement on a dimension.
pub(super) fn of(table: &Judgements, dimension: usize) -> Concord {
    let ratings = ratings(table, dimension);
    let scale = &table.dimensions[dimension].scale;
    let (level, name) = match scale {
        Scale::Points { .. } | Scale::Ranking => (Level::Ordinal, "ordinal"),
        Scale::YesNo | Scale::Preference => (Level::Nominal, "nominal"),
        Scale::Penalty | Scale::Number => (Level::Interval, "interval"),
    };
    let alpha = krippendorff(&ratings, level);
    let reading = match alpha {
        None => Reading::Unknown,
        Some(a) if a >= 0.8 => Reading::Good,
        Some(a) if a >= 0.667 => Reading::Tentative,
        Some(_) => Reading::Low,
    };
    let units = ratings.first().map_or(0, Vec::len);
    Concord {
        raters: ratings.len(),
        units,
        alpha,
        alpha_interval: alpha.and_then(|_| alpha_interval(&ratings, level)),
        level: name.to_owned(),
        reading,
        others: others(&ratings, scale),
    }
}

/// A list for each rater over what two or more have judged.
fn ratings(table: &Judgements, dimension: usize) -> Ratings {
    let cells = cells(table);
    let shared: Vec<&Vec<(usize, f64)>> = cells
        .iter()
        .filter(|((d, ..), said)| *d == dimension && said.len() > 1)
        .map(|(_, said)| said)
        .collect();
    let mut lists = vec![vec![None; shared.len()]; table.raters.len()];
    for (unit, said) in shared.into_iter().enumerate() {
        for (rater, value) in said {
            lists[*rater][unit] = Some(*value);
        }
    }
    lists.retain(|list| list.iter().any(Option::is_some));
    lists
}

fn alpha_interval(ratings: &Ratings, level: Level) -> Option<Interval> {
    let units = ratings.first()?.len();
    let mut rng = Pcg64::new(SEED);
    let mut alphas = Vec::new();
    for _ in 0..SAMPLES {
        let drawn: Vec<usize> = (0..units)
            .map(|_| rng.below(units as u32) as usize)
            .collect();
        let of = |list: &Vec<Option<f64>>| drawn.iter().map(|&u| list[u]).collect();
        let resampled: Ratings = ratings.iter().map(of).collect();
        // A draw in which all said the same is one of full agreement.
        alphas.push(krippendorff(&resampled, level).unwrap_or(1.0));
    }
    percentile_interval(alphas)
}

fn others(ratings: &Ratings, scale: &Scale) -> Vec<(String, f64)> {
    let mut found = Vec::new();
    let mut note = |name: &str, value: Option<f64>| {
        found.extend(value.map(|v| (name.to_owned(), v)));
    };
    let ordered = matches!(scale, Scale::Points { .. } | Scale::Ranking);
    note("percent", percent(ratings));
    if ordered {
        note("alpha-interval", krippendorff(ratings, Level::Interval));
        note("alpha-nominal", krippendorff(ratings, Level::Nominal));
    }
    let whole = complete(ratings);
    let values = declared(scale);
    if !matches!(scale, Scale::Penalty | Scale::Number) {
        note("gwet-ac1", gwet(ratings, Nearness::Exact, &values));
        if ordered {
            note("gwet-ac2", gwet(ratings, Nearness::Quadratic, &values));
        }
        note("fleiss", fleiss(&counted(&whole)));
        let nearness = if ordered {
            Nearness::Quadratic
        } else {
            Nearness::Exact
        };
        note("cohen", mean_cohen(ratings, nearness, &values));
    }
    if !matches!(scale, Scale::Preference) {
        let correlation = icc(&whole, Model::Agreement);
        note("icc-2-1", correlation.map(|c| c.single));
        note("icc-2-k", correlation.map(|c| c.mean));
    }
    found
}

/// The values of a scale that raters could give; none where it does not say.
fn declared(scale: &Scale) -> Vec<f64> {
    match scale {
        Scale::Points { least, most } => (*least..=*most).map(f64::from).collect(),
        Scale::YesNo => vec![0.0, 1.0],
        Scale::Penalty | Scale::Number | Scale::Preference | Scale::Ranking => Vec::new(),
    }
}

/// Cohen's kappa, the mean over all pairs of raters who have judged the same.
fn mean_cohen(ratings: &Ratings, nearness: Nearness, scale: &[f64]) -> Option<f64> {
    let mut kappas = Vec::new();
    for (i, a) in ratings.iter().enumerate() {
        for b in &ratings[..i] {
            kappas.extend(cohen(a, b, nearness, scale).map(|c| c.kappa));
        }
    }
    (!kappas.is_empty()).then(|| kappas.iter().sum::<f64>() / kappas.len() as f64)
}

/// The units that all raters have judged: a row each, a column for each rater.
fn complete(ratings: &Ratings) -> Vec<Vec<f64>> {
    let units = ratings.first().map_or(0, Vec::len);
    let row = |unit: usize| ratings.iter().map(|list| list[unit]).collect();
    (0..units).filter_map(row).collect()
}

fn counted(whole: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let mut values: Vec<f64> = whole.iter().flatten().copied().collect();
    values.sort_unstable_by(f64::total_cmp);
    values.dedup();
    let count = |row: &Vec<f64>, v: f64| row.iter().filter(|x| **x == v).count() as f64;
    let row = |row: &Vec<f64>| values.iter().map(|v| count(row, *v)).collect();
    whole.iter().map(row).collect()
}
