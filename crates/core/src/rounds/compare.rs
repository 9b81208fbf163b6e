//! Two rounds compared, row by row: of each system under each measure the mean difference with its interval and a paired
//! test, and the rows that differ most. Rows that belong together are tested as one. The tests run on the compute
//! workers; the rest is done in pieces, so that the data worker goes on answering.

use super::round::{Keys, Round, RoundMeasure, RoundSystem};
use crate::pace::Pace;
use crate::platform::{ComputeError, ComputePool, LocalFuture};
use assay_eval::{Parcel, Task};
use assay_protocol::rounds::{MeasureChange, RoundComparison, RoundError, RowChange, SystemChange};
use assay_stats::corrections::holm;
use assay_stats::error_bars::ClusteredMean;
use assay_stats::{Direction, Evidence};
use rustc_hash::FxHashMap;
use std::cmp::Ordering;
use std::future::poll_fn;
use std::task::Poll;

/// Rows that are shown of each kind.
const TOP: usize = 5;
/// The seed of the test where signs are drawn.
const SEED: u64 = 0;
/// Rows between two looks at the clock.
const PIECE: usize = 2048;

/// A row that is in both rounds.
struct Pair<'a> {
    key: &'a str,
    before: usize,
    after: usize,
    cluster: u32,
}

/// What changed from one round to another; `now` says where rows are in the data that is open.
///
/// # Errors
/// When it is stopped, or a test can't be computed.
pub(super) async fn compare(
    before: &Round,
    after: &Round,
    now: &Keys,
    pool: &dyn ComputePool,
    pace: &mut Pace,
) -> Result<RoundComparison, RoundError> {
    let by_id = before.keys.are_ids && after.keys.are_ids;
    let pairs = match before.keys.are_ids == after.keys.are_ids {
        true => pairs(before, after, pace).await?,
        // Ids on one side and digests of texts on the other have nothing in common.
        false => Vec::new(),
    };
    let mut found = Vec::new();
    for later in &after.measures {
        let mut same = before.measures.iter();
        let earlier = same.find(|m| m.name == later.name && m.signature == later.signature);
        for system in earlier.map_or(&[][..], |_| &later.systems) {
            let earlier = earlier.and_then(|m| m.systems.iter().find(|s| s.name == system.name));
            if let Some(earlier) = earlier {
                found.push((later, Found::of(earlier, system, &pairs, pace).await?));
            }
        }
    }
    let p_values = test(&found, pool, pace).await?;
    let is_same_kind = now.are_ids == after.keys.are_ids;
    let places = match is_same_kind {
        true => places(&now.of_row, pace).await?,
        false => FxHashMap::default(),
    };
    let mut measures: Vec<MeasureChange> = Vec::new();
    let mut tested = found.into_iter().zip(p_values).peekable();
    while let Some(((measure, _), _)) = tested.peek() {
        let measure: &RoundMeasure = measure;
        let mut own = Vec::new();
        while let Some(((_, found), p)) = tested.next_if(|((m, _), _)| std::ptr::eq(*m, measure)) {
            own.push((found, p));
        }
        measures.push(changed(measure, own, &places, by_id));
        pace.step().await?;
    }
    Ok(RoundComparison {
        rows: pairs.len(),
        only_before: before.keys.of_row.len() - pairs.len(),
        only_after: after.keys.of_row.len() - pairs.len(),
        by_id,
        measures,
    })
}

/// The row of each key.
async fn places<'a>(
    keys: &'a [String],
    pace: &mut Pace,
) -> Result<FxHashMap<&'a str, usize>, RoundError> {
    let mut places = FxHashMap::default();
    places.reserve(keys.len());
    for (row, key) in keys.iter().enumerate() {
        places.insert(key.as_str(), row);
        if row % PIECE == 0 {
            pace.step().await?;
        }
    }
    Ok(places)
}

async fn pairs<'a>(
    before: &'a Round,
    after: &'a Round,
    pace: &mut Pace,
) -> Result<Vec<Pair<'a>>, RoundError> {
    let earlier = places(&before.keys.of_row, pace).await?;
    let mut pairs = Vec::new();
    for (row, key) in after.keys.of_row.iter().enumerate() {
        if let Some(before) = earlier.get(key.as_str()) {
            pairs.push(Pair {
                key,
                before: *before,
                after: row,
                cluster: after.clusters.get(row).copied().unwrap_or(row as u32),
            });
        }
        if row % PIECE == 0 {
            pace.step().await?;
        }
    }
    Ok(pairs)
}

/// A measure's systems, whose p-values are corrected together.
fn changed(
    measure: &RoundMeasure,
    found: Vec<(Found<'_>, Option<f64>)>,
    places: &FxHashMap<&str, usize>,
    by_id: bool,
) -> MeasureChange {
    let tested: Vec<f64> = found.iter().filter_map(|(_, p)| *p).collect();
    let mut corrected = holm(&tested).into_iter();
    let systems = found.into_iter().map(|(found, p)| {
        let p_corrected = p.and_then(|_| corrected.next());
        found.change(measure, p_corrected, places, by_id)
    });
    MeasureChange {
        name: measure.name.clone(),
        max: measure.max,
        systems: systems.collect(),
    }
}

/// The greatest of numbered values, the greatest first; of equal ones the first come first.
fn greatest(values: impl Iterator<Item = (usize, f64)>) -> Vec<(usize, f64)> {
    let mut top: Vec<(usize, f64)> = Vec::with_capacity(TOP + 1);
    for (place, value) in values {
        let at = top.partition_point(|(_, known)| known.total_cmp(&value) != Ordering::Less);
        if at < TOP {
            top.insert(at, (place, value));
            top.truncate(TOP);
        }
    }
    top
}

/// Who waits for a test: its place, and the test.
type Running<'a> = (usize, LocalFuture<'a, Result<Vec<f64>, ComputeError>>);

/// The p-value of each system's differences, computed on the compute workers.
async fn test(
    found: &[(&RoundMeasure, Found<'_>)],
    pool: &dyn ComputePool,
    pace: &mut Pace,
) -> Result<Vec<Option<f64>>, RoundError> {
    let begin = |place: usize| -> Running<'_> {
        let parcel = Parcel::of_rows(found[place].1.sums.clone());
        (place, pool.run(Task::SignFlip { seed: SEED }, parcel))
    };
    let mut p_values = vec![None; found.len()];
    let mut waiting = 0..found.len();
    let mut running: Vec<Running<'_>> = Vec::new();
    // Workers end when other scores are asked for; each test is tried once more.
    let mut again = vec![true; found.len()];
    pace.total = found.len();
    loop {
        while running.len() < pool.lanes() {
            let Some(place) = waiting.next() else { break };
            running.push(begin(place));
            pace.step().await?;
        }
        if running.is_empty() {
            return Ok(p_values);
        }
        let Some((place, outcome)) = next(&mut running, pace.pause()).await else {
            pace.look()?;
            continue;
        };
        match outcome {
            Ok(found) => {
                p_values[place] = found.first().copied();
                pace.done += 1;
            }
            Err(_) if std::mem::take(&mut again[place]) => running.push(begin(place)),
            Err(error) => {
                return Err(RoundError::NotComputed {
                    detail: error.to_string(),
                });
            }
        }
    }
}

/// The next test that ends; nothing where the pause ends first.
async fn next(
    running: &mut Vec<Running<'_>>,
    mut pause: LocalFuture<'_, ()>,
) -> Option<(usize, Result<Vec<f64>, ComputeError>)> {
    poll_fn(|context| {
        for at in 0..running.len() {
            if let Poll::Ready(outcome) = running[at].1.as_mut().poll(context) {
                let (place, _) = running.swap_remove(at);
                return Poll::Ready(Some((place, outcome)));
            }
        }
        pause.as_mut().poll(context).map(|()| None)
    })
    .await
}

/// A system's rows in both rounds.
struct Found<'a> {
    before: &'a RoundSystem,
    after: &'a RoundSystem,
    /// Pairs of which both rounds have a score.
    rows: Vec<&'a Pair<'a>>,
    differences: Vec<f64>,
    mean: Option<ClusteredMean>,
    /// Of each cluster the sum of its differences, in the rows' order, so that the same signs are drawn for the same
    /// rounds.
    sums: Vec<f64>,
}

impl<'a> Found<'a> {
    async fn of(
        before: &'a RoundSystem,
        after: &'a RoundSystem,
        pairs: &'a [Pair<'a>],
        pace: &mut Pace,
    ) -> Result<Self, RoundError> {
        let (mut rows, mut differences, mut clusters) = (Vec::new(), Vec::new(), Vec::new());
        let mut sums: Vec<f64> = Vec::new();
        let mut place_of: FxHashMap<u32, usize> = FxHashMap::default();
        for (count, pair) in pairs.iter().enumerate() {
            let difference = after.segments.0[pair.after] - before.segments.0[pair.before];
            if difference.is_finite() {
                rows.push(pair);
                differences.push(difference);
                clusters.push(pair.cluster);
                let place = *place_of.entry(pair.cluster).or_insert(sums.len());
                match sums.get_mut(place) {
                    Some(sum) => *sum += difference,
                    None => sums.push(difference),
                }
            }
            if count % PIECE == 0 {
                pace.step().await?;
            }
        }
        let mean = ClusteredMean::of(&differences, &clusters);
        pace.step().await?;
        Ok(Self {
            before,
            after,
            rows,
            differences,
            mean,
            sums,
        })
    }

    fn change(
        self,
        measure: &RoundMeasure,
        p_corrected: Option<f64>,
        places: &FxHashMap<&str, usize>,
        by_id: bool,
    ) -> SystemChange {
        let rows = self.differences.len();
        let change = (rows > 0).then(|| self.differences.iter().sum::<f64>() / rows as f64);
        let interval = self.mean.map(|mean| mean.interval);
        let direction = Direction::lower_is_better(measure.lower_is_better);
        let differing = self.sums.iter().filter(|sum| **sum != 0.0).count();
        let evidence = Evidence::of(change.unwrap_or(f64::NAN), p_corrected, direction)
            .within(interval)
            .on(Some(self.sums.len() as f64))
            .differing(Some(differing))
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
        places: &FxHashMap<&str, usize>,
        by_id: bool,
    ) -> [Vec<RowChange>; 2] {
        let sign = match direction {
            Direction::HigherIsBetter => 1.0,
            Direction::LowerIsBetter => -1.0,
        };
        [sign, -sign].map(|sign| {
            let gains = self.differences.iter().map(|d| sign * d).enumerate();
            let top = greatest(gains.filter(|(_, gain)| *gain > 0.0));
            let rows = top.into_iter();
            rows.map(|(place, _)| self.row(place, places, by_id))
                .collect()
        })
    }

    fn row(&self, place: usize, places: &FxHashMap<&str, usize>, by_id: bool) -> RowChange {
        let pair = self.rows[place];
        RowChange {
            id: by_id.then(|| pair.key.to_owned()),
            row: places.get(pair.key).copied(),
            before: self.before.segments.0[pair.before],
            after: self.after.segments.0[pair.after],
        }
    }
}
