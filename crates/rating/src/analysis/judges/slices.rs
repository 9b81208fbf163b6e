//! A judge's agreement with people slice by slice: a judge that is right on the whole may be wrong on one kind of row.

use super::people::agreement;
use super::shared::{Values, values};
use crate::judgements::Judgements;
use assay_stats::Interval;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Slices of a judge's dimension that are shown.
const MOST_SLICES: usize = 60;

/// A column that tells rows apart.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SliceColumn {
    /// Its name.
    pub name: String,
    /// Its value in each row of the data.
    pub values: Vec<Option<String>>,
}

/// How far a judge agrees with people on the rows of a slice.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SliceAgreement {
    /// The column's name.
    pub column: String,
    /// Its value in these rows.
    pub value: String,
    /// What both have judged.
    pub count: usize,
    /// Items that it is of.
    pub items: usize,
    /// The part on which both say the same.
    pub same: f64,
    /// Its interval; items are resampled. Nothing of a single item.
    pub same_interval: Option<Interval>,
    /// Cohen's kappa, as over all rows.
    pub kappa: Option<f64>,
    /// Its interval; items are resampled.
    pub kappa_interval: Option<Interval>,
}

/// How far the judge of these raters agrees with people in each slice that both have judged rows of. A column with one
/// value among those says nothing and is left out.
pub(super) fn by_slice(
    table: &Judgements,
    dimension: usize,
    raters: &[usize],
    columns: &[SliceColumn],
) -> Vec<SliceAgreement> {
    let people = values(table, dimension, |rater| !table.raters[rater].is_model());
    let own = values(table, dimension, |rater| raters.contains(&rater));
    let both = own.into_iter().filter(|(key, _)| people.contains_key(key));
    let own: Values = both.collect();
    let scale = &table.dimensions[dimension].scale;
    let slices = columns.iter().flat_map(|column| {
        let parts = parted(table, &own, column).into_iter();
        parts.filter_map(|(value, own)| {
            let found = agreement(&people, &own, scale)?;
            Some(SliceAgreement {
                column: column.name.clone(),
                value: value.to_owned(),
                count: found.count,
                items: found.items,
                same: found.same,
                same_interval: found.same_interval,
                kappa: found.kappa,
                kappa_interval: found.kappa_interval,
            })
        })
    });
    slices.take(MOST_SLICES).collect()
}

/// A judge's values by the value that a column has in their rows; nothing where that is the same of all.
fn parted<'a>(
    table: &Judgements,
    own: &Values,
    column: &'a SliceColumn,
) -> BTreeMap<&'a str, Values> {
    let mut parts: BTreeMap<&str, Values> = BTreeMap::new();
    for (key, said) in own {
        let row = table.units[key.0].row;
        let value = row.and_then(|row| column.values.get(row)?.as_deref());
        if let Some(value) = value {
            parts.entry(value).or_default().insert(*key, said.clone());
        }
    }
    if parts.len() < 2 {
        parts.clear();
    }
    parts
}
