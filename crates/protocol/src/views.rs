//! What stands in the messages between page and data worker: queries, and the data set, its rows and its
//! results as the page shows them.

use crate::annotations::RowAnnotation;
use crate::doubts::DataQuestion;
use crate::file_bytes::FileBytes;
use assay_data::baseline::BaselineChoice;
use assay_data::{Notice, Problem, Role};
use assay_results::alignment::Step;
use assay_results::classification::ClassPair;
use assay_results::extraction::{ExtractionStep, StepCount};
use assay_results::perplexity::Tokens;
use assay_results::scores::MetricResult;
use assay_results::task_kind::TaskKind;
use assay_text::script::Script;
use serde::{Deserialize, Serialize};
use std::hash::{Hash, Hasher};

/// What can be exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExportKind {
    /// Results as JSON.
    Json,
    /// Results as CSV.
    Csv,
    /// Per-segment scores as CSV.
    SegmentsCsv,
    /// A line for each judgement, as CSV.
    RatingsLong,
    /// A line for each output that was judged, as CSV.
    RatingsWide,
    /// Judgements and what they mean, as JSON.
    RatingsJson,
}

/// A file to save.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportedFile {
    /// The file's name.
    pub name: String,
    /// Its media type.
    pub mime: String,
    /// Its contents.
    pub bytes: FileBytes,
}

/// A metric's result as the page holds it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MetricView {
    /// The result, without segments.
    pub result: MetricResult,
    /// How the segments' scores are distributed.
    pub histogram: Histogram,
}

/// How rows are ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// As they stand in the file.
    #[default]
    File,
    /// Lowest score first.
    Lowest,
    /// Highest score first.
    Highest,
    /// The greatest drop against the baseline first.
    Drop,
    /// The greatest rise against the baseline first.
    Rise,
}

impl Order {
    /// The orders and their names in the page's address.
    pub const ALL: [(Self, &str); 5] = [
        (Self::File, "file"),
        (Self::Lowest, "lowest"),
        (Self::Highest, "highest"),
        (Self::Drop, "drop"),
        (Self::Rise, "rise"),
    ];
}

/// How a row's score compares with the baseline's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AgainstBaseline {
    /// It is better.
    Better,
    /// It is worse.
    Worse,
    /// It is the same.
    Tied,
}

impl AgainstBaseline {
    /// All, with their names in the page's address.
    pub const ALL: [(Self, &str); 3] = [
        (Self::Better, "better"),
        (Self::Worse, "worse"),
        (Self::Tied, "tied"),
    ];

    /// What a score less the baseline's says, where lower scores are or are not the better ones.
    #[must_use]
    pub fn of(change: f64, lower_is_better: bool) -> Self {
        match change {
            0.0 => Self::Tied,
            change if (change < 0.0) == lower_is_better => Self::Better,
            _ => Self::Worse,
        }
    }
}

/// Which rows, by what a person noted on them.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct AnnotationFilter {
    /// Only rows with a star.
    pub starred: bool,
    /// Only rows with a note.
    pub noted: bool,
    /// Only rows with this tag.
    pub tag: Option<String>,
    /// Only rows without this tag.
    pub without: Option<String>,
}

/// Which rows, in which order. Bounds are equal when their bits are, so that a reply is known by its query.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Query {
    /// Only rows in which some text holds this, case aside.
    pub text: String,
    /// Only rows whose slice column has this value.
    pub slice: Option<(String, String)>,
    /// Only rows in this cell of a confusion matrix.
    pub pair: Option<ClassPair>,
    /// Only rows with these stars, tags and notes.
    pub annotations: AnnotationFilter,
    /// The metric that orders and bounds.
    pub metric: usize,
    /// The system whose scores order and bound.
    pub system: usize,
    /// The order.
    pub order: Order,
    /// Only rows whose score compares so with the baseline's.
    pub against_baseline: Option<AgainstBaseline>,
    /// Least score.
    pub least: Option<f64>,
    /// Greatest score.
    pub most: Option<f64>,
    /// A bound that scores stay below: the upper edge of a histogram's bin.
    pub below: Option<f64>,
}

impl Query {
    fn bounds(&self) -> [Option<u64>; 3] {
        [self.least, self.most, self.below].map(|bound| bound.map(f64::to_bits))
    }
}

impl PartialEq for Query {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
            && (&self.slice, &self.pair) == (&other.slice, &other.pair)
            && self.annotations == other.annotations
            && (self.metric, self.system, self.order) == (other.metric, other.system, other.order)
            && (self.against_baseline, self.bounds()) == (other.against_baseline, other.bounds())
    }
}

impl Eq for Query {}

impl Hash for Query {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (&self.text, &self.slice, &self.pair, &self.annotations).hash(state);
        (self.metric, self.system, self.order).hash(state);
        (self.against_baseline, self.bounds()).hash(state);
    }
}

/// A column as the page shows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ColumnView {
    /// Its name.
    pub name: String,
    /// Its role.
    pub role: Role,
    /// Of a measure what it is taken for.
    pub measure: Option<MeasureView>,
    /// Its first cells.
    pub preview: Vec<Option<String>>,
}

/// What a column that measures is taken for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MeasureView {
    /// The column of the system that it measures; nothing where none is known, and the column is not used.
    pub system: Option<usize>,
    /// Whether a lower value is the better one.
    pub lower: bool,
    /// The least value there can be and the greatest; nothing where they follow from the values.
    pub range: Option<[f64; 2]>,
}

/// How a system's outputs become the answers that measures see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswersView {
    /// The system's column.
    pub column: usize,
    /// Its steps.
    pub steps: Vec<ExtractionStep>,
    /// What each step did.
    pub counts: Vec<StepCount>,
}

/// What is loaded.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// The files' names.
    pub files: Vec<String>,
    /// Rows.
    pub rows: usize,
    /// Columns.
    pub columns: Vec<ColumnView>,
    /// Systems' names.
    pub systems: Vec<String>,
    /// How each system's outputs become answers, in the systems' order.
    pub answers: Vec<AnswersView>,
    /// Blank outputs of each system.
    pub blanks: Vec<usize>,
    /// Whether some column is a reference.
    pub has_reference: bool,
    /// Whether there are classes: a label and a prediction.
    pub has_classes: bool,
    /// The first rows set aside.
    pub problems: Vec<Problem>,
    /// Rows set aside in all.
    pub problem_count: usize,
    /// Rows without a partner in another file.
    pub unmatched: usize,
    /// What was decided where another reading was possible, and what is not used.
    pub notices: Vec<Notice>,
    /// The writing system of the references.
    pub script: Script,
    /// The kind of task, which the usual metrics follow.
    pub kind: TaskKind,
    /// Whether there are metrics that can be computed.
    pub has_metrics: bool,
    /// The files that undo brings back.
    pub earlier: Option<Vec<String>>,
    /// Each system's place in the palette.
    pub colours: Vec<usize>,
    /// The baseline, where the person has chosen none.
    pub baseline: BaselineChoice,
    /// What is in doubt; nothing is scored until it is answered.
    pub question: Option<DataQuestion>,
}

impl Summary {
    /// The place in the palette of a system.
    #[must_use]
    pub fn colour(&self, system: usize) -> usize {
        self.colours.get(system).copied().unwrap_or(system)
    }
}

/// A row of the examples list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RowView {
    /// The row in the table.
    pub row: usize,
    /// The system's output, shortened.
    pub text: String,
    /// The system's score under the query's metric.
    pub score: Option<f64>,
    /// That less the baseline's.
    pub change: Option<f64>,
    /// What is noted on the row, its note shortened.
    pub annotation: RowAnnotation,
}

/// A run of text in a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// In both.
    Same,
    /// Only in the reference.
    Missing,
    /// Only in the hypothesis.
    Added,
}

/// An output beside its reference with as few edits as can be.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AlignmentView {
    /// Whether units are characters, as in texts without spaces; words otherwise.
    pub by_character: bool,
    /// Each step with the reference's unit and the output's.
    pub steps: Vec<(Step, String, String)>,
    /// Units of the reference.
    pub length: usize,
}

impl AlignmentView {
    /// How many steps are of a kind.
    #[must_use]
    pub fn count(&self, kind: Step) -> usize {
        self.steps.iter().filter(|s| s.0 == kind).count()
    }
}

/// A system's output in the detail pane.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OutputView {
    /// The system.
    pub system: String,
    /// The system's place in the palette.
    pub colour: usize,
    /// Its output, as measures see it.
    pub text: String,
    /// The output as the file has it, where that is another text.
    pub raw: Option<String>,
    /// The output compared with the first reference; nothing where there is no reference or the texts are very long.
    pub marks: Vec<(Mark, String)>,
    /// The output beside the first reference, unit by unit; nothing where there is no reference or the texts
    /// are very long.
    pub alignment: Option<AlignmentView>,
    /// The output in runs with the length of the longest n-gram that a reference has too; nothing where they would be
    /// too many.
    pub ngrams: Vec<(usize, String)>,
    /// The output's score under each measure of [`Detail::measures`], in that order; nothing where the measure has
    /// no value for it.
    pub scores: Vec<Option<f64>>,
}

/// A measure that a row has scores under.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RowMeasure {
    /// Its name.
    pub name: String,
    /// Its greatest score, which the digits of a score follow.
    pub max: f64,
}

/// The distribution of segment scores: bins of one width, each with its lower edge, the last with
/// both.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Histogram {
    /// The first bin's lower edge.
    pub low: f64,
    /// The last bin's upper edge.
    pub high: f64,
    /// Segments in each bin, for each system.
    pub counts: Vec<Vec<usize>>,
}

impl Histogram {
    /// The bounds of a bin as a [`Query`] takes them: `least`, and `below` but for the last bin.
    pub fn edges(&self, bin: usize) -> (Option<f64>, Option<f64>) {
        let bins = self.counts.first().map_or(1, Vec::len);
        let edge = |bin: usize| self.low + (self.high - self.low) * bin as f64 / bins as f64;
        (Some(edge(bin)), (bin + 1 < bins).then(|| edge(bin + 1)))
    }
}

/// A text's tokens under a model.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ModelTokens {
    /// The model's name.
    pub name: String,
    /// The tokens with their log-probabilities.
    pub tokens: Tokens,
    /// Of the tokens with a log-probability, in order, how many other tokens were more probable; empty where it was not
    /// kept.
    pub ranks: Vec<u32>,
    /// The entropy of the model's distribution before each of these tokens, in nats; empty where it was not kept.
    pub entropies: Vec<f32>,
}

/// A text under the models.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SurpriseView {
    /// The column.
    pub column: String,
    /// The text's tokens under each model.
    pub models: Vec<ModelTokens>,
    /// With two models, what the second says of each of its tokens less what the first says.
    pub shift: Tokens,
}

/// All about one row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Detail {
    /// The row in the table.
    pub row: usize,
    /// Other cells: name and text.
    pub fields: Vec<(String, String)>,
    /// The references.
    pub references: Vec<String>,
    /// The measures with results.
    pub measures: Vec<RowMeasure>,
    /// The outputs.
    pub outputs: Vec<OutputView>,
    /// The texts that were scored under models.
    pub surprise: Vec<SurpriseView>,
    /// Characters after which longer texts are cut here; nothing where none is longer.
    pub cut: Option<usize>,
    /// Whether some outputs are not compared with the references, as that would take too long.
    pub is_unmarked: bool,
}
