//! The session's results, and rows of its data, as files to save.

use super::Session;
use super::workbook::score_names;
use crate::reports::workbook::{ExampleName, Examples, example_rows};
use assay_containers::{NewCell, NewSheet};
use assay_locale::{Language, Locale, REPORT_WORDS};
use assay_protocol::views::{ExportKind, ExportedFile, Query};
use assay_report as report;
use assay_results::scores::MetricResult;
use serde_json::{Map, Value};

/// The columns behind the scores in files for programs.
const ANNOTATIONS: [&str; 3] = ["starred", "tags", "note"];

impl Session {
    /// A file with the results so far.
    pub fn export(&self, kind: ExportKind) -> ExportedFile {
        let mut results: Vec<&MetricResult> = self.schedule.results().collect();
        let compared: Vec<&MetricResult> = self.compared.results().collect();
        let (name, mime, text) = match kind {
            ExportKind::Json => {
                let evaluation = self.schedule.evaluation();
                let mut value = report::json(evaluation.baseline, &evaluation.test, &results);
                if !compared.is_empty() {
                    value["models"] = self.models_json(&compared);
                }
                (
                    "assay-results.json",
                    "application/json",
                    format!("{value:#}"),
                )
            }
            ExportKind::Csv => {
                results.extend(compared);
                ("assay-results.csv", "text/csv", report::csv(&results))
            }
            ExportKind::SegmentsCsv => (
                "assay-segments.csv",
                "text/csv",
                report::segments_csv(&results),
            ),
            ExportKind::RatingsLong | ExportKind::RatingsWide | ExportKind::RatingsJson => {
                self.ratings_file(kind)
            }
        };
        ExportedFile {
            name: name.into(),
            mime: mime.into(),
            bytes: text.into(),
        }
    }

    /// The rows that a query selects, in its order, as CSV for spreadsheets.
    pub(crate) fn rows_csv(&mut self, query: Query) -> String {
        let rows = self.select(query).rows().to_vec();
        let (columns, results) = (self.example_columns(), self.results());
        let mut out = String::new();
        report::spreadsheet_row(&mut out, &self.row_head());
        for row in rows {
            let row = row as usize;
            let cells = self.example(row, &columns, &results).into_iter();
            let mut cells: Vec<String> = cells.map(written).collect();
            let noted = self.annotations.of_row(row);
            cells.insert(0, (row + 1).to_string());
            cells.extend([
                noted.is_starred.to_string(),
                noted.tags.join(", "),
                noted.note,
            ]);
            report::spreadsheet_row(&mut out, &cells);
        }
        out
    }

    /// The same as a JSON object a line; a name that two columns have gets a number.
    pub(crate) fn rows_jsonl(&mut self, query: Query) -> String {
        let rows = self.select(query).rows().to_vec();
        let (columns, results) = (self.example_columns(), self.results());
        let mut names: Vec<String> = Vec::new();
        for name in self.row_head() {
            let numbered = (2..).map(|number| format!("{name} ({number})"));
            let mut all = std::iter::once(name.clone()).chain(numbered);
            names.extend(all.find(|name| !names.contains(name)));
        }
        let mut out = String::new();
        for row in rows {
            let row = row as usize;
            let noted = self.annotations.of_row(row);
            let cells = self.example(row, &columns, &results).into_iter();
            let place = Value::from(row + 1);
            let marks: [Value; 3] = [
                noted.is_starred.into(),
                noted.tags.into(),
                match noted.note.is_empty() {
                    true => Value::Null,
                    false => noted.note.into(),
                },
            ];
            let values = std::iter::once(place).chain(cells.map(json)).chain(marks);
            let object: Map<String, Value> = names.iter().cloned().zip(values).collect();
            out.push_str(&Value::Object(object).to_string());
            out.push('\n');
        }
        out
    }

    /// The same as a sheet, headed in a language.
    pub(crate) fn rows_sheet(&mut self, query: Query, language: &str) -> NewSheet {
        let rows = self.select(query.clone()).rows().to_vec();
        let (columns, results) = (self.example_columns(), self.results());
        let cells = |row: &u32| {
            let row = *row as usize;
            let mut cells = self.example(row, &columns, &results);
            cells.extend(self.annotation_cells(row));
            (row, cells)
        };
        let names = columns.iter().map(|column| column.named(&self.data));
        let examples = Examples {
            columns: names.collect(),
            scores: score_names(&results),
            order: query.order,
            by: None,
            has_annotations: true,
            rows: rows.iter().map(cells).collect(),
            total: rows.len(),
        };
        let locale = Locale::of(Language::preferred(language), REPORT_WORDS);
        example_rows(&examples, &locale)
    }

    /// The names of the columns in files for programs.
    fn row_head(&self) -> Vec<String> {
        let columns = self.example_columns().into_iter();
        let columns = columns.map(|column| match column.named(&self.data) {
            ExampleName::Column(name) => name,
            ExampleName::Raw(system) => format!("{system} · raw"),
        });
        let row = std::iter::once("row".to_owned());
        row.chain(columns)
            .chain(score_names(&self.results()))
            .chain(ANNOTATIONS.map(str::to_owned))
            .collect()
    }
}

/// A cell in CSV.
fn written(cell: NewCell) -> String {
    match cell {
        NewCell::Text(text) => text,
        NewCell::Number(number) if number.is_finite() => number.to_string(),
        NewCell::Number(_) | NewCell::Empty => String::new(),
    }
}

/// A cell in JSON, which has no number that is not finite.
fn json(cell: NewCell) -> Value {
    match cell {
        NewCell::Text(text) => text.into(),
        NewCell::Number(number) => number.into(),
        NewCell::Empty => Value::Null,
    }
}
