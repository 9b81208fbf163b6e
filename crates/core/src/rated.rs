//! People's judgements as metrics beside all others: for each dimension a matrix of rows for each system
//! of the data, so that slices, filters and tests treat them like any score.

use assay_data::DataSet;
use assay_metrics::Rated;
use assay_metrics::rated::WIDTH;
use assay_metrics::registry::MetricSpec;
use assay_rating::Preference;
use assay_rating::judgements::{Judgements, Scale};
use std::collections::BTreeSet;

/// The dimensions under which every system of the data was rated in some row, with their matrices. Of
/// preferences each comparison is a value: 1 to the winner, 0 to the loser, a half to both of a tie. Where people have
/// judged a dimension, what models say of it does not count.
#[must_use]
pub fn rated(table: &Judgements, data: &DataSet) -> Vec<(MetricSpec, Vec<Vec<f64>>)> {
    let table = &*table.counted();
    let systems = data.systems();
    // For each system of the table its place in the data.
    let places: Vec<Option<usize>> = table
        .systems
        .iter()
        .map(|name| {
            let system = data.system_called(name)?;
            systems
                .iter()
                .position(|(column, _)| *column == system.column)
        })
        .collect();
    let of = |dimension: usize| {
        let mut filler = Filler {
            matrices: vec![vec![0.0; data.table.rows() * WIDTH]; systems.len()],
            raters: BTreeSet::new(),
            most: 0.0,
        };
        for (rater, unit, system, value) in values(table, dimension) {
            if let (Some(row), Some(place)) = (table.units[unit].row, places[system]) {
                filler.put(place, row, rater, value);
            }
        }
        let asked = &table.dimensions[dimension];
        let is_rated = |m: &Vec<f64>| m.chunks_exact(WIDTH).any(|row| row[2] > 0.0);
        let all = !systems.is_empty() && filler.matrices.iter().all(is_rated);
        let spec = Rated {
            dimension: asked.name.clone(),
            most: match asked.scale {
                Scale::Points { most, .. } => f64::from(most),
                Scale::YesNo | Scale::Preference => 1.0,
                _ => filler.most,
            },
            lower: asked.lower_is_better(),
            raters: filler.raters.len(),
        };
        all.then_some((MetricSpec::Rated(spec), filler.matrices))
    };
    (0..table.dimensions.len()).filter_map(of).collect()
}

/// Rater, unit, system and value of everything that was judged under a dimension.
fn values(
    table: &Judgements,
    dimension: usize,
) -> impl Iterator<Item = (usize, usize, usize, f64)> {
    let ratings = table
        .ratings
        .iter()
        .filter(move |r| r.dimension == dimension);
    let ratings = ratings.map(|r| (r.rater, r.unit, r.system, r.value));
    let comparisons = table.comparisons.iter();
    let comparisons = comparisons.filter(move |c| c.dimension == dimension);
    let comparisons = comparisons.flat_map(|c| {
        let values = match c.preference {
            Preference::First => [1.0, 0.0],
            Preference::Second => [0.0, 1.0],
            Preference::Tie | Preference::BothBad => [0.5, 0.5],
        };
        [0, 1].map(|i| (c.rater, c.unit, c.systems[i], values[i]))
    });
    ratings.chain(comparisons)
}

struct Filler {
    matrices: Vec<Vec<f64>>,
    raters: BTreeSet<usize>,
    most: f64,
}

impl Filler {
    fn put(&mut self, system: usize, row: usize, rater: usize, value: f64) {
        let Some(row) = self.matrices[system].chunks_exact_mut(WIDTH).nth(row) else {
            return;
        };
        row[0] += value;
        row[1] += value * value;
        row[2] += 1.0;
        row[3] = 1.0;
        self.raters.insert(rater);
        self.most = self.most.max(value);
    }
}
