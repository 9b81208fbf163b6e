//! The data worker's state: the data set, the results and the order of the last query. Answers
//! requests one at a time; long work is cut into steps, so that a newer request can stop it.

use super::protocol::*;
use crate::dataset::{DataSet, Role};
use crate::evaluation::{Evaluation, MetricResult, advice};
use crate::metrics::registry::MetricSpec;
use crate::report;
use crate::stats::{PairedTest, PairedTestKind};
use crate::text::script::{Script, is_cjk};
use similar::{ChangeTag, TextDiff};

/// Cells shown of each column.
const PREVIEW: usize = 5;
/// Characters of an output in the list.
const LIST_TEXT: usize = 160;

/// All that the data worker owns.
pub struct Session {
    data: DataSet,
    specs: Vec<MetricSpec>,
    results: Vec<MetricResult>,
    evaluation: Evaluation,
    selected: Option<(Query, Vec<u32>)>,
}

impl Default for Session {
    fn default() -> Self {
        let test = PairedTest {
            kind: PairedTestKind::Bootstrap,
            samples: 1000,
            seed: 12345,
        };
        Self {
            data: DataSet::default(),
            specs: Vec::new(),
            results: Vec::new(),
            evaluation: Evaluation {
                baseline: 0,
                test,
                resamples: 1000,
            },
            selected: None,
        }
    }
}

impl Session {
    /// Takes a new data set in place of the old.
    pub fn load(&mut self, data: DataSet) -> Summary {
        self.data = data;
        self.refresh()
    }

    /// Gives a column a role; results are void after it.
    pub fn set_role(&mut self, column: usize, role: Role) -> Summary {
        if let Some(current) = self.data.roles.get_mut(column) {
            *current = role;
        }
        self.refresh()
    }

    fn refresh(&mut self) -> Summary {
        self.results.clear();
        self.selected = None;
        self.specs = advice::metrics(advice::script(&self.data));
        self.summary()
    }

    /// What is loaded.
    pub fn summary(&self) -> Summary {
        let data = &self.data;
        let column = |(i, name): (usize, &String)| ColumnView {
            name: name.clone(),
            role: data.roles[i],
            preview: (0..data.table.rows().min(PREVIEW))
                .map(|row| data.table.cell(i, row).map(|t| shortened(t, LIST_TEXT)))
                .collect(),
        };
        Summary {
            files: data.files.clone(),
            rows: data.table.rows(),
            columns: data.table.names().iter().enumerate().map(column).collect(),
            systems: data
                .systems()
                .iter()
                .map(|(_, name)| (*name).to_owned())
                .collect(),
            blanks: data
                .systems()
                .iter()
                .map(|(i, _)| data.blank_outputs(*i))
                .collect(),
            has_reference: data.column_with(Role::Reference).is_some(),
            problems: data.problems.iter().take(100).cloned().collect(),
            problem_count: data.problem_count,
            unmatched: data.unmatched_rows,
            script: advice::script(data),
        }
    }

    /// Begins an evaluation: the number of metrics to compute, none when there is nothing to
    /// compare.
    pub fn begin(&mut self, baseline: usize) -> usize {
        self.results.clear();
        self.selected = None;
        self.evaluation.baseline = baseline;
        let ready =
            self.data.column_with(Role::Reference).is_some() && !self.data.systems().is_empty();
        if ready { self.specs.len() } else { 0 }
    }

    /// Changes an option; false when the value can't be taken, and all stays as it was.
    pub fn set_option(&mut self, metric: usize, option: &str, value: &str) -> bool {
        self.selected = None;
        self.specs
            .get_mut(metric)
            .is_some_and(|spec| spec.set(option, value).is_ok())
    }

    /// Metrics in all.
    pub fn metric_count(&self) -> usize {
        self.specs.len()
    }

    /// Computes a metric, the next or one anew, and keeps its result; the page gets it without segments.
    pub fn step(&mut self, index: usize) -> Option<MetricResult> {
        let result = self
            .evaluation
            .metric(&self.data, self.specs.get(index)?, || true)?;
        let mut view = result.clone();
        for system in &mut view.systems {
            system.segments.clear();
        }
        if index < self.results.len() {
            self.results[index] = result;
        } else {
            self.results.push(result);
        }
        Some(view)
    }

    /// A window of the rows that `query` selects.
    pub fn rows(&mut self, query: Query, start: usize, count: usize) -> Response {
        if self.selected.as_ref().is_none_or(|(q, _)| *q != query) {
            let order = self.select(&query);
            self.selected = Some((query, order));
        }
        let Some((query, order)) = &self.selected else {
            return Response::Rows {
                total: 0,
                start,
                rows: Vec::new(),
            };
        };
        let end = order.len().min(start.saturating_add(count));
        let window = order.get(start.min(end)..end).unwrap_or(&[]);
        let column = self.data.systems().get(query.system).map(|s| s.0);
        let rows = window.iter().map(|&row| {
            let row = row as usize;
            let text = column.map_or("", |c| self.data.hypothesis(c, row));
            RowView {
                row,
                text: shortened(text, LIST_TEXT),
                score: self.score(query, row),
                change: self.change(query, row),
            }
        });
        Response::Rows {
            total: order.len(),
            start,
            rows: rows.collect(),
        }
    }

    fn score(&self, query: &Query, row: usize) -> Option<f64> {
        self.results
            .get(query.metric)?
            .systems
            .get(query.system)?
            .segments
            .get(row)
            .copied()
    }

    fn change(&self, query: &Query, row: usize) -> Option<f64> {
        let base = self
            .results
            .get(query.metric)?
            .systems
            .get(self.evaluation.baseline)?;
        Some(self.score(query, row)? - base.segments.get(row)?)
    }

    fn select(&self, query: &Query) -> Vec<u32> {
        let table = &self.data.table;
        let wanted = query.text.to_lowercase();
        let slice = query.slice.as_ref().and_then(|(name, value)| {
            Some((
                table.names().iter().position(|n| n == name)?,
                value.as_str(),
            ))
        });
        let mut order: Vec<u32> = (0..table.rows())
            .filter(|&row| {
                let in_slice = slice.is_none_or(|(c, value)| table.cell(c, row) == Some(value));
                let in_range = match self.score(query, row) {
                    Some(s) => {
                        query.least.is_none_or(|l| s >= l) && query.most.is_none_or(|m| s <= m)
                    }
                    None => true,
                };
                in_slice && in_range && (wanted.is_empty() || self.holds(row, &wanted))
            })
            .map(|row| row as u32)
            .collect();
        let score = |row: &u32| self.score(query, *row as usize).unwrap_or(0.0);
        let change = |row: &u32| self.change(query, *row as usize).unwrap_or(0.0);
        match query.order {
            Order::File => {}
            Order::Lowest => order.sort_by(|a, b| score(a).total_cmp(&score(b))),
            Order::Highest => order.sort_by(|a, b| score(b).total_cmp(&score(a))),
            Order::Drop => order.sort_by(|a, b| change(a).total_cmp(&change(b))),
        }
        order
    }

    fn holds(&self, row: usize, wanted: &str) -> bool {
        (0..self.data.roles.len())
            .filter(|&c| self.data.roles[c] != Role::Ignored)
            .filter_map(|c| self.data.table.cell(c, row))
            .any(|text| text.to_lowercase().contains(wanted))
    }

    /// All about one row; `None` when there is no such row.
    pub fn detail(&self, row: usize) -> Option<Detail> {
        let data = &self.data;
        if row >= data.table.rows() {
            return None;
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
        let systems = data.systems();
        let outputs = systems.iter().enumerate().map(|(i, (column, name))| {
            let text = data.hypothesis(*column, row);
            OutputView {
                system: (*name).to_owned(),
                text: text.to_owned(),
                marks: references.first().map_or(Vec::new(), |r| marks(r, text)),
                scores: self
                    .results
                    .iter()
                    .filter_map(|m| Some((m.name.clone(), *m.systems.get(i)?.segments.get(row)?)))
                    .collect(),
            }
        });
        Some(Detail {
            row,
            fields: fields.collect(),
            outputs: outputs.collect(),
            references,
        })
    }

    /// A file with the results so far.
    pub fn export(&self, kind: ExportKind) -> Response {
        let (name, mime, text) = match kind {
            ExportKind::Json => {
                let value = report::json(&self.evaluation, &self.results);
                (
                    "assay-results.json",
                    "application/json",
                    format!("{value:#}"),
                )
            }
            ExportKind::Csv => ("assay-results.csv", "text/csv", report::csv(&self.results)),
            ExportKind::SegmentsCsv => (
                "assay-segments.csv",
                "text/csv",
                report::segments_csv(&self.results),
            ),
        };
        Response::Exported {
            name: name.into(),
            mime: mime.into(),
            text,
        }
    }

    /// The writing system that the metrics were chosen for.
    pub fn script(&self) -> Script {
        advice::script(&self.data)
    }
}

fn shortened(text: &str, characters: usize) -> String {
    match text.char_indices().nth(characters) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

/// The hypothesis against the reference, by character where the text has no spaces, by word
/// elsewhere; neighbours of one kind are joined.
fn marks(reference: &str, hypothesis: &str) -> Vec<(Mark, String)> {
    let characters = reference.chars().chain(hypothesis.chars()).any(is_cjk);
    let diff = if characters {
        TextDiff::from_chars(reference, hypothesis)
    } else {
        TextDiff::from_words(reference, hypothesis)
    };
    let mut marks: Vec<(Mark, String)> = Vec::new();
    for change in diff.iter_all_changes() {
        let mark = match change.tag() {
            ChangeTag::Equal => Mark::Same,
            ChangeTag::Delete => Mark::Missing,
            ChangeTag::Insert => Mark::Added,
        };
        match marks.last_mut() {
            Some((last, text)) if *last == mark => text.push_str(change.value()),
            _ => marks.push((mark, change.value().to_owned())),
        }
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::Importer;

    fn session() -> Session {
        let text = "reference,base,tuned,domain\nthe cat sat,a dog ran,the cat sat,x\nfive words stand here now,five words stand here now,four words,y\nsix,six,six,x\n";
        let mut importer = Importer::new("a.csv");
        importer.push(text.as_bytes()).unwrap();
        let mut session = Session::default();
        session.load(DataSet::join(vec![importer.finish().unwrap()]).unwrap());
        session
    }

    #[test]
    fn rows_are_sorted_by_the_drop_and_filtered_by_slice_and_text() {
        let mut session = session();
        session.set_role(3, Role::Slice);
        let total = session.begin(0);
        for i in 0..total {
            assert!(
                session
                    .step(i)
                    .unwrap()
                    .systems
                    .iter()
                    .all(|s| s.segments.is_empty())
            );
        }
        let query = Query {
            metric: 1,
            system: 1,
            order: Order::Drop,
            ..Query::default()
        };
        let Response::Rows { total, rows, .. } = session.rows(query.clone(), 0, 2) else {
            panic!()
        };
        assert_eq!((total, rows.len(), rows[0].row), (3, 2, 1));
        let query = Query {
            slice: Some(("domain".into(), "x".into())),
            text: "CAT".into(),
            ..query
        };
        let Response::Rows { total, rows, .. } = session.rows(query, 0, 9) else {
            panic!()
        };
        assert_eq!((total, rows[0].row), (1, 0));
    }

    #[test]
    fn an_option_changes_one_metric_alone() {
        let mut session = session();
        let before: Vec<_> = (0..session.begin(0))
            .map(|i| session.step(i).unwrap())
            .collect();
        assert!(!session.set_option(0, "tokenize", "nothing"));
        assert!(session.set_option(0, "tokenize", "char"));
        let after = session.step(0).unwrap();
        assert!(after.signature.contains("tok:char") && before[0].signature.contains("tok:13a"));
        assert_eq!(session.results.len(), before.len());
        assert_eq!(session.results[1].signature, before[1].signature);
    }

    #[test]
    fn detail_marks_what_is_missing_and_what_is_added() {
        let session = session();
        let detail = session.detail(1).unwrap();
        let kinds: Vec<Mark> = detail.outputs[1].marks.iter().map(|m| m.0).collect();
        assert!(kinds.contains(&Mark::Missing) && kinds.contains(&Mark::Added));
        assert_eq!(
            detail.outputs[0].marks,
            [(Mark::Same, "five words stand here now".to_owned())]
        );
        assert!(session.detail(9).is_none());
    }
}
