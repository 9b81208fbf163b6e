//! The session's rows: windows of those that a query selects, and steps in its order.

use super::{LIST_TEXT, Session};
use crate::selection::{Scores, Selection};
use assay_data::Role;
use assay_eval::text::shortened;
use assay_protocol::rows::{RowPlace, RowWindow};
use assay_protocol::views::{Query, RowView};

impl Session {
    pub(super) fn select(&mut self, query: Query) -> &Selection {
        let current = self.selected.take().filter(|s| *s.query() == query);
        let selection = current.unwrap_or_else(|| self.selection(query));
        self.selected.insert(selection)
    }

    /// The rows that `query` selects.
    pub(super) fn selection(&self, query: Query) -> Selection {
        Selection::new(&self.data, &self.schedule, &self.annotations, query)
    }

    /// A window of the rows that `query` selects.
    pub fn rows(&mut self, query: Query, start: usize, count: usize) -> RowWindow {
        let selection = self.select(query.clone()).rows();
        let total = selection.len();
        let start = start.min(total);
        let window = selection[start..total.min(start.saturating_add(count))].to_vec();
        let column = self.data.systems().get(query.system).map(|s| s.0);
        let scores = Scores::of(&self.schedule, &query);
        let rows = window.into_iter().map(|row| {
            let row = row as usize;
            let text = match column {
                Some(column) => self.data.hypothesis(column, row).to_owned(),
                None => self.row_text(row),
            };
            RowView {
                row,
                text: shortened(&text, LIST_TEXT),
                score: scores.score(row),
                change: scores.change(row),
                annotation: self.annotations.of_row(row).shortened(),
            }
        });
        RowWindow {
            total,
            start,
            rows: rows.collect(),
        }
    }

    /// What a row is known by where there are no systems: the source, or else all that its cells say.
    fn row_text(&self, row: usize) -> String {
        let data = &self.data;
        let cells = |role: Role| {
            let columns = data.columns_with(role).into_iter();
            let cells = columns.filter_map(|c| data.table.cell(c, row));
            cells.collect::<Vec<_>>().join(" ")
        };
        let source = cells(Role::Source);
        if source.is_empty() {
            format!("{} → {}", cells(Role::Label), cells(Role::Prediction))
        } else {
            source
        }
    }

    /// The row `by` places from `row` among those that `query` selects.
    pub fn step(&mut self, query: Query, row: Option<usize>, by: i64) -> Option<RowPlace> {
        let (row, place) = self.select(query).step(row, by)?;
        Some(RowPlace { row, place })
    }
}
