//! Two rounds compared, row by row: of each system under each measure the mean difference with its interval and a paired
//! test, and the rows that differ most. Rows that belong together are tested as one.

use super::round::{Keys, Round, RoundMeasure, RoundSystem};
use assay_protocol::rounds::{MeasureChange, RoundComparison, RowChange, SystemChange};
use assay_sorting::sort_by;
use assay_stats::clustered::sign_flip;
use assay_stats::corrections::holm;
use assay_stats::error_bars::ClusteredMean;
use assay_stats::{Direction, Evidence};
use std::collections::HashMap;

/// Rows that are shown of each kind.
const TOP: usize = 5;
/// The seed of the test where signs are drawn.
const SEED: u64 = 0;

/// A row that is in both rounds.
struct Pair<'a> {
    key: &'a str,
    before: usize,
    after: usize,
    cluster: u32,
}

/// What changed from one round to another; `now` says where rows are in the data that is open.
pub(super) fn compare(before: &Round, after: &Round, now: &Keys) -> RoundComparison {
    let by_id = before.keys.are_ids && after.keys.are_ids;
    let pairs = match before.keys.are_ids == after.keys.are_ids {
        true => pairs(before, after),
        // Ids on one side and digests of texts on the other have nothing in common.
        false => Vec::new(),
    };
    let is_same_kind = now.are_ids == after.keys.are_ids;
    let places = now.of_row.iter().enumerate().filter(|_| is_same_kind);
    let places: HashMap<&str, usize> = places.map(|(row, key)| (key.as_str(), row)).collect();
    let measures = after.measures.iter().filter_map(|later| {
        let mut same = before.measures.iter();
        let earlier = same.find(|m| m.name == later.name && m.signature == later.signature)?;
        let change = measure(earlier, later, &pairs, &places, by_id);
        (!change.systems.is_empty()).then_some(change)
    });
    RoundComparison {
        rows: pairs.len(),
        only_before: before.keys.of_row.len() - pairs.len(),
        only_after: after.keys.of_row.len() - pairs.len(),
        by_id,
        measures: measures.collect(),
    }
}

fn pairs<'a>(before: &Round, after: &'a Round) -> Vec<Pair<'a>> {
    let earlier = before.keys.of_row.iter().enumerate();
    let earlier: HashMap<&str, usize> = earlier.map(|(row, key)| (key.as_str(), row)).collect();
    let later = after.keys.of_row.iter().enumerate();
    later
        .filter_map(|(row, key)| {
            Some(Pair {
                key,
                before: *earlier.get(key.as_str())?,
                after: row,
                cluster: after.clusters.get(row).copied().unwrap_or(row as u32),
            })
        })
        .collect()
}

fn measure(
    earlier: &RoundMeasure,
    later: &RoundMeasure,
    pairs: &[Pair<'_>],
    places: &HashMap<&str, usize>,
    by_id: bool,
) -> MeasureChange {
    let both = later.systems.iter().filter_map(|system| {
        let same = earlier.systems.iter().find(|s| s.name == system.name)?;
        Some((same, system))
    });
    let found: Vec<Found> = both
        .map(|(before, after)| Found::of(before, after, pairs))
        .collect();
    let tested: Vec<f64> = found.iter().filter_map(|found| found.p_value).collect();
    let mut corrected = holm(&tested).into_iter();
    let systems = found.into_iter().map(|found| {
        let p_corrected = found.p_value.and_then(|_| corrected.next());
        found.change(later, p_corrected, places, by_id)
    });
    MeasureChange {
        name: later.name.clone(),
        max: later.max,
        systems: systems.collect(),
    }
}

/// A system's rows in both rounds, with the test.
struct Found<'a> {
    before: &'a RoundSystem,
    after: &'a RoundSystem,
    /// Pairs of which both rounds have a score.
    rows: Vec<&'a Pair<'a>>,
    differences: Vec<f64>,
    mean: Option<ClusteredMean>,
    p_value: Option<f64>,
    /// Clusters, and how many of them differ.
    units: usize,
    differing: usize,
}

impl<'a> Found<'a> {
    fn of(before: &'a RoundSystem, after: &'a RoundSystem, pairs: &'a [Pair<'a>]) -> Self {
        let difference = |pair: &Pair<'_>| {
            let difference = after.segments.0[pair.after] - before.segments.0[pair.before];
            difference.is_finite().then_some(difference)
        };
        let (mut rows, mut differences) = (Vec::new(), Vec::new());
        for pair in pairs {
            if let Some(difference) = difference(pair) {
                rows.push(pair);
                differences.push(difference);
            }
        }
        let mut sums: HashMap<u32, f64> = HashMap::new();
        let mut order = Vec::new();
        for (pair, difference) in rows.iter().zip(&differences) {
            let sum = sums.entry(pair.cluster).or_insert_with(|| {
                order.push(pair.cluster);
                0.0
            });
            *sum += difference;
        }
        // In the rows' order, so that the same signs are drawn for the same rounds.
        let sums: Vec<f64> = order.iter().map(|cluster| sums[cluster]).collect();
        let clusters: Vec<u32> = rows.iter().map(|pair| pair.cluster).collect();
        Self {
            before,
            after,
            mean: ClusteredMean::of(&differences, &clusters),
            p_value: sign_flip(&sums, SEED),
            units: sums.len(),
            differing: sums.iter().filter(|sum| **sum != 0.0).count(),
            rows,
            differences,
        }
    }

    fn change(
        self,
        measure: &RoundMeasure,
        p_corrected: Option<f64>,
        places: &HashMap<&str, usize>,
        by_id: bool,
    ) -> SystemChange {
        let rows = self.differences.len();
        let change = (rows > 0).then(|| self.differences.iter().sum::<f64>() / rows as f64);
        let interval = self.mean.map(|mean| mean.interval);
        let direction = Direction::lower_is_better(measure.lower_is_better);
        let evidence = Evidence::of(change.unwrap_or(f64::NAN), p_corrected, direction)
            .within(interval)
            .on(Some(self.units as f64))
            .differing(Some(self.differing))
            .describing(measure.describes);
        let [better, worse] = self.top_rows(direction, places, by_id);
        SystemChange {
            name: self.after.name.clone(),
            before: self.before.score,
            after: self.after.score,
            rows,
            change,
            interval,
            p_corrected,
            decision: evidence.decision(),
            obstacle: evidence.obstacle(),
            better,
            worse,
        }
    }

    /// The rows that got better most, and those that got worse most.
    fn top_rows(
        &self,
        direction: Direction,
        places: &HashMap<&str, usize>,
        by_id: bool,
    ) -> [Vec<RowChange>; 2] {
        let gain = |difference: f64| match direction {
            Direction::HigherIsBetter => difference,
            Direction::LowerIsBetter => -difference,
        };
        let gains = self.differences.iter().map(|d| gain(*d)).enumerate();
        let mut gains: Vec<(usize, f64)> = gains.collect();
        // Stable, so that of equal rows the first comes first.
        sort_by(&mut gains, |a, b| b.1.total_cmp(&a.1));
        let better = gains.iter().take_while(|(_, gain)| *gain > 0.0).take(TOP);
        let better = better.map(|(place, _)| self.row(*place, places, by_id));
        let better = better.collect();
        sort_by(&mut gains, |a, b| a.1.total_cmp(&b.1));
        let worse = gains.iter().take_while(|(_, gain)| *gain < 0.0).take(TOP);
        let worse = worse.map(|(place, _)| self.row(*place, places, by_id));
        [better, worse.collect()]
    }

    fn row(&self, place: usize, places: &HashMap<&str, usize>, by_id: bool) -> RowChange {
        let pair = self.rows[place];
        RowChange {
            id: by_id.then(|| pair.key.to_owned()),
            row: places.get(pair.key).copied(),
            before: self.before.segments.0[pair.before],
            after: self.after.segments.0[pair.after],
        }
    }
}
