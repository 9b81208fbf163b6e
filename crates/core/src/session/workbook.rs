//! The session's part in a report's workbook: what is not in the report's content, because it is not for links.

use super::Session;
use crate::reports::workbook::{Details, ExampleName, Examples};
use assay_containers::NewCell;
use assay_data::{DataSet, Role};
use assay_eval::questions::pairs;
use assay_protocol::views::{Order, Query};
use assay_results::scores::MetricResult;

/// Rows that are written as examples.
const MOST_EXAMPLES: usize = 1_000;

impl Session {
    /// Effect sizes of the comparisons, and examples.
    pub(crate) fn workbook_details(&self) -> Details {
        let baseline = self.schedule.evaluation().baseline;
        let clusters = self.schedule.clusters();
        let named = |result: &MetricResult| {
            let pairs = pairs(result, baseline, clusters);
            (result.name.clone(), pairs)
        };
        Details {
            pairs: self.results().into_iter().map(named).collect(),
            examples: (self.data.table.rows() > 0).then(|| self.examples()),
        }
    }

    /// The rows that lose most under the first measure, by the first system that is compared; of one system alone
    /// those with the lowest scores.
    fn examples(&self) -> Examples {
        let baseline = self.schedule.evaluation().baseline;
        let results = self.results();
        let systems = self.data.systems();
        let compared = (0..systems.len()).find(|system| *system != baseline);
        let query = Query {
            system: compared.unwrap_or(baseline),
            order: match (results.first(), compared) {
                (None, _) => Order::File,
                (Some(_), Some(_)) => Order::Drop,
                (Some(_), None) => Order::Lowest,
            },
            ..Query::default()
        };
        let by = results.first().map(|result| result.name.clone());
        let by_system = systems.get(query.system).map(|s| s.1.to_owned());
        let selection = self.selection(query.clone());
        let rows = selection.rows();
        let shown = rows.iter().take(MOST_EXAMPLES);
        let columns = self.example_columns();
        Examples {
            columns: columns
                .iter()
                .map(|column| column.named(&self.data))
                .collect(),
            scores: score_names(&results),
            order: query.order,
            by: by.zip(by_system),
            has_annotations: self.annotations.is_shown(),
            rows: shown
                .map(|&row| {
                    let row = row as usize;
                    let mut cells = self.example(row, &columns, &results);
                    if self.annotations.is_shown() {
                        cells.extend(self.annotation_cells(row));
                    }
                    (row, cells)
                })
                .collect(),
            total: rows.len(),
        }
    }

    /// A row's star, tags and note.
    pub(super) fn annotation_cells(&self, row: usize) -> [NewCell; 3] {
        let noted = self.annotations.of_row(row);
        let text = |text: String| match text.is_empty() {
            true => NewCell::Empty,
            false => NewCell::Text(text),
        };
        let star = if noted.is_starred { "★" } else { "" };
        [
            text(star.to_owned()),
            text(noted.tags.join(", ")),
            text(noted.note),
        ]
    }

    /// The columns of an example: first what is asked and expected, then what systems made of it, then the rest.
    pub(super) fn example_columns(&self) -> Vec<ExampleColumn> {
        let data = &self.data;
        let with = |role: Role| data.columns_with(role).into_iter();
        let first = [Role::Id, Role::Source, Role::Reference].map(with);
        let mut columns: Vec<ExampleColumn> = first
            .into_iter()
            .flatten()
            .map(ExampleColumn::Cell)
            .collect();
        for (column, _) in data.systems() {
            columns.push(ExampleColumn::Answer(column));
            if data.answers(column).is_some() {
                columns.push(ExampleColumn::Raw(column));
            }
        }
        let rest = (0..data.roles.len()).filter(|&column| {
            !matches!(
                data.roles[column],
                Role::Id | Role::Source | Role::Reference | Role::Hypothesis | Role::Ignored
            )
        });
        columns.extend(rest.map(ExampleColumn::Cell));
        columns
    }

    pub(super) fn example(
        &self,
        row: usize,
        columns: &[ExampleColumn],
        results: &[&MetricResult],
    ) -> Vec<NewCell> {
        let cell = |column: &ExampleColumn| column.cell(&self.data, row);
        let scores = results.iter().flat_map(|result| &result.systems);
        let scores = scores.map(|system| match system.segments.get(row) {
            Some(score) => NewCell::Number(*score),
            None => NewCell::Empty,
        });
        columns.iter().map(cell).chain(scores).collect()
    }
}

/// The names of columns of scores.
pub(super) fn score_names(results: &[&MetricResult]) -> Vec<String> {
    let names = results.iter().flat_map(|result| {
        let names = result.systems.iter().map(|system| &system.name);
        names.map(|name| format!("{} · {name}", result.name))
    });
    names.collect()
}

/// A column of the examples, by the column of the data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ExampleColumn {
    /// Its cells.
    Cell(usize),
    /// What measures see of a system's outputs.
    Answer(usize),
    /// A system's outputs as they are in the file.
    Raw(usize),
}

impl ExampleColumn {
    pub(super) fn named(self, data: &DataSet) -> ExampleName {
        let name = |column: usize| data.column_name(column).to_owned();
        match self {
            Self::Cell(column) | Self::Answer(column) => ExampleName::Column(name(column)),
            Self::Raw(column) => ExampleName::Raw(name(column)),
        }
    }

    fn cell(self, data: &DataSet, row: usize) -> NewCell {
        let text = |text: &str| NewCell::Text(text.to_owned());
        match self {
            Self::Answer(column) => text(data.hypothesis(column, row)),
            Self::Raw(column) => text(data.raw_output(column, row)),
            Self::Cell(column) => match (data.roles[column], data.table.cell(column, row)) {
                (_, None) => NewCell::Empty,
                (Role::Measure | Role::Number | Role::Probability, Some(cell)) => number(cell),
                (_, Some(cell)) => text(cell),
            },
        }
    }
}

/// A cell of a column of numbers: what is not written as a number stays a text.
fn number(text: &str) -> NewCell {
    match text.trim().parse::<f64>() {
        Ok(number) if number.is_finite() => NewCell::Number(number),
        _ => NewCell::Text(text.to_owned()),
    }
}
