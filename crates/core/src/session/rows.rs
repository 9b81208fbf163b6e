//! The session's rows: windows of those that a query selects, steps in its order, and rows in full.

use super::{LIST_TEXT, Session};
use crate::differences::differences;
use crate::marks;
use crate::selection::{Scores, Selection};
use assay_data::Role;
use assay_eval::text::shortened;
use assay_protocol::rows::{RowPlace, RowWindow, RowsError};
use assay_protocol::views::{Detail, OutputView, Query, RowMeasure, RowView};
use assay_results::scores::MetricResult;

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

    /// All about one row; outputs are compared with that of a system, or with the first reference.
    ///
    /// # Errors
    /// When there is no such row.
    pub fn detail(&self, row: usize, against: Option<usize>) -> Result<Detail, RowsError> {
        let data = &self.data;
        let rows = data.table.rows();
        if row >= rows {
            return Err(RowsError::NoSuchRow { row, rows });
        }
        let shown =
            |role: Role| !matches!(role, Role::Reference | Role::Hypothesis | Role::Ignored);
        let fields = (0..data.roles.len())
            .filter(|&c| shown(data.roles[c]))
            .filter_map(|c| {
                Some((
                    data.table.names()[c].clone(),
                    data.table.cell(c, row)?.to_owned(),
                ))
            });
        let references: Vec<String> = data
            .references(row)
            .into_iter()
            .map(str::to_owned)
            .collect();
        let systems = data.all_systems().into_iter().filter(|s| !s.is_hidden);
        let systems: Vec<_> = systems.collect();
        let other = against.and_then(|system| systems.get(system));
        let compared = match other {
            Some(system) => Some(data.hypothesis(system.column, row).to_owned()),
            None => references.first().cloned(),
        };
        let score_of = |system: usize| {
            move |m: &MetricResult| {
                let score = m.systems.get(system)?.segments.get(row).copied();
                score.filter(|score| !score.is_nan())
            }
        };
        let outputs = systems.iter().enumerate().map(|(i, system)| {
            // A text has nothing to be compared with in itself.
            let compared = compared.as_deref();
            let compared = compared.filter(|_| against != Some(i));
            let text = data.hypothesis(system.column, row);
            OutputView {
                system: system.name.to_owned(),
                colour: system.colour,
                text: text.to_owned(),
                raw: Some(data.raw_output(system.column, row))
                    .filter(|raw| *raw != text)
                    .map(str::to_owned),
                marks: compared.map_or(Vec::new(), |other| differences(other, text)),
                alignment: compared.and_then(|other| marks::alignment(other, text)),
                ngrams: marks::matched_ngrams(&references, text),
                scores: self.schedule.results().map(score_of(i)).collect(),
            }
        });
        let measures = self.schedule.results().map(|m| RowMeasure {
            name: m.name.clone(),
            max: m.max,
        });
        Ok(Detail {
            row,
            fields: fields.collect(),
            surprise: self.surprise(row),
            measures: measures.collect(),
            outputs: outputs.collect(),
            references,
        })
    }
}
