//! The rows that a query selects, in its order.

use crate::annotations::Annotations;
use assay_data::{DataSet, Role};
use assay_eval::Schedule;
use assay_eval::classification::CellRows;
use assay_protocol::views::{AgainstBaseline, Order, Query};
use assay_sorting::sort_by;

/// A query with the rows that it selects.
pub struct Selection {
    query: Query,
    rows: Vec<u32>,
}

/// The segment scores that a query orders and bounds by, as far as they are computed.
pub struct Scores<'a> {
    own: Option<&'a [f64]>,
    baseline: Option<&'a [f64]>,
    lower_is_better: bool,
}

impl<'a> Scores<'a> {
    /// The scores under the query's metric and system.
    pub fn of(schedule: &'a Schedule, query: &Query) -> Self {
        let result = schedule.result(query.metric);
        let segments = |system: usize| Some(&result?.systems.get(system)?.segments[..]);
        Self {
            own: segments(query.system),
            baseline: Some(schedule.evaluation().baseline)
                .filter(|&b| b != query.system)
                .and_then(segments),
            lower_is_better: result.is_some_and(|result| result.lower_is_better),
        }
    }

    /// A row's score.
    pub fn score(&self, row: usize) -> Option<f64> {
        self.own?.get(row).copied().filter(|score| !score.is_nan())
    }

    /// A row's score less the baseline's; nothing for the baseline itself.
    pub fn change(&self, row: usize) -> Option<f64> {
        let change = self.own?.get(row)? - self.baseline?.get(row)?;
        (!change.is_nan()).then_some(change)
    }

    /// Whether a row compares so with the baseline. Before scores are there every row does.
    fn fits(&self, wanted: Option<AgainstBaseline>, row: usize) -> bool {
        let is_known = self.own.is_some() && self.baseline.is_some();
        wanted.filter(|_| is_known).is_none_or(|wanted| {
            let change = self.change(row);
            change.map(|change| AgainstBaseline::of(change, self.lower_is_better)) == Some(wanted)
        })
    }
}

impl Selection {
    /// The rows of `data` that `query` selects.
    pub(crate) fn new(
        data: &DataSet,
        schedule: &Schedule,
        annotations: &Annotations,
        query: Query,
    ) -> Self {
        let scores = Scores::of(schedule, &query);
        let wanted = query.text.to_lowercase();
        let names = data.table.names();
        let slice = query.slice.as_ref().and_then(|(name, value)| {
            Some((names.iter().position(|n| n == name)?, value.as_str()))
        });
        let cell = query.pair.as_ref().map(|p| CellRows::of(p, data));
        let mut rows: Vec<u32> = (0..data.table.rows())
            .filter(|&row| {
                slice.is_none_or(|(c, value)| data.table.cell(c, row) == Some(value))
                    && cell.as_ref().is_none_or(|c| c.holds(row))
                    && annotations.fits(&query.annotations, row)
                    && in_range(&query, scores.own, row)
                    && scores.fits(query.against_baseline, row)
                    && (wanted.is_empty()
                        || holds(data, row, &wanted)
                        || has(annotations.note(row), &wanted))
            })
            .map(|row| row as u32)
            .collect();
        let score = |row: &u32| scores.score(*row as usize).unwrap_or(0.0);
        let change = |row: &u32| scores.change(*row as usize).unwrap_or(0.0);
        // Stable, so that equal rows stay in the file's order.
        match query.order {
            Order::File => {}
            Order::Lowest => sort_by(&mut rows, |a, b| score(a).total_cmp(&score(b))),
            Order::Highest => sort_by(&mut rows, |a, b| score(b).total_cmp(&score(a))),
            Order::Drop => sort_by(&mut rows, |a, b| change(a).total_cmp(&change(b))),
            Order::Rise => sort_by(&mut rows, |a, b| change(b).total_cmp(&change(a))),
        }
        Self { query, rows }
    }

    /// The query.
    pub fn query(&self) -> &Query {
        &self.query
    }

    /// The rows in order.
    pub fn rows(&self) -> &[u32] {
        &self.rows
    }

    /// The row that stands `by` places from `row` (from before the first when that is not
    /// selected), no further than the ends, and its place. `None` when nothing is selected.
    pub fn step(&self, row: Option<usize>, by: i64) -> Option<(usize, usize)> {
        let at = row.and_then(|row| self.rows.iter().position(|&r| r as usize == row));
        let last = self.rows.len().checked_sub(1)?;
        let place = match at {
            Some(at) => (at as i64).saturating_add(by).clamp(0, last as i64) as usize,
            None => 0,
        };
        Some((self.rows[place] as usize, place))
    }
}

/// Before scores are there every row is in every range; one that the metric says nothing of is in
/// none that has bounds.
fn in_range(query: &Query, scores: Option<&[f64]>, row: usize) -> bool {
    let bounded = query.least.or(query.most).or(query.below).is_some();
    let score = scores.and_then(|s| s.get(row)).copied();
    score.filter(|_| bounded).is_none_or(|s| {
        query.least.is_none_or(|l| s >= l)
            && query.most.is_none_or(|m| s <= m)
            && query.below.is_none_or(|b| s < b)
    })
}

fn holds(data: &DataSet, row: usize, wanted: &str) -> bool {
    (0..data.roles.len())
        .filter(|&c| data.roles[c] != Role::Ignored)
        .any(|c| has(data.table.cell(c, row), wanted))
}

fn has(text: Option<&str>, wanted: &str) -> bool {
    text.is_some_and(|text| text.contains(wanted) || text.to_lowercase().contains(wanted))
}
