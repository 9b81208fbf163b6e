//! The `data` service: imports of outputs, the data set in sight, its columns' roles, files to save.

use crate::saved::SavedError;
use crate::topics::{DATA, RATINGS, SCORES, WORKSPACE};
use crate::views::{ExportKind, ExportedFile, Summary};
use assay_calls::{ChannelFailure, NoError, calls};
use assay_codeeval::CodeError;
use assay_data::measure_setting::{MeasureError, MeasureSetting};
use assay_data::{ContainerError, ImportError, Role};
use assay_rating::exchange::ForeignError;
use assay_results::extraction::{ExtractionError, ExtractionStep};
use assay_results::scores::Domains;
use assay_stats::PairedTest;
use assay_training::read::LogError;
use serde::{Deserialize, Serialize};

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileKind {
    /// Outputs of systems, or classes.
    Outputs,
    /// A training log.
    Log,
    /// An A/B test.
    Trial,
    /// Programs with tests, or completions of them.
    Code,
    /// A saved evaluation.
    Evaluation,
    /// People's judgements, or a model's, as a tool exports them.
    Judgements,
}

impl FileKind {
    /// Every kind, in the order the page offers them.
    pub const ALL: [Self; 6] = [
        Self::Outputs,
        Self::Log,
        Self::Trial,
        Self::Code,
        Self::Evaluation,
        Self::Judgements,
    ];

    /// The name in files and locale keys.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Outputs => "outputs",
            Self::Log => "log",
            Self::Trial => "experiment",
            Self::Code => "programs",
            Self::Evaluation => "evaluation",
            Self::Judgements => "judgements",
        }
    }
}

/// Why a file was taken for what it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KindReason {
    /// It calls itself a saved evaluation.
    SavedMark,
    /// It is laid out as an evaluation tool logs outputs and scores.
    LogOfATool,
    /// It has texts of systems and references beside them.
    OutputsAndReferences,
    /// It has true classes and predicted ones.
    Classes,
    /// It has steps or epochs, and a loss.
    StepsAndLoss,
    /// It has users or tasks, divided among arms.
    UnitsAndArms,
    /// It has programs' tests.
    Tests,
    /// It has completions of programs.
    Completions,
    /// It is laid out as a tool exports judgements.
    ExportOfJudgements,
    /// It has texts.
    Texts,
    /// Nothing else fits.
    NothingElse,
    /// The person said so.
    Said,
}

impl KindReason {
    /// The name in locale keys.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::SavedMark => "saved-mark",
            Self::LogOfATool => "log-of-a-tool",
            Self::OutputsAndReferences => "outputs-and-references",
            Self::Classes => "classes",
            Self::StepsAndLoss => "steps-and-loss",
            Self::UnitsAndArms => "units-and-arms",
            Self::Tests => "tests",
            Self::Completions => "completions",
            Self::ExportOfJudgements => "export-of-judgements",
            Self::Texts => "texts",
            Self::NothingElse => "nothing-else",
            Self::Said => "said",
        }
    }
}

/// What a file of the last import was taken for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakenFile {
    /// The file's name.
    pub file: String,
    /// Its kind.
    pub kind: FileKind,
    /// Why.
    pub reason: KindReason,
    /// Kinds that it could be of as well.
    pub also: Vec<FileKind>,
}

/// The files of an import.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ImportedFiles {
    /// What each was taken for.
    pub files: Vec<TakenFile>,
    /// Files in archives that were left out, and why.
    pub left_out: Vec<ContainerError>,
    /// Places of the files that are not kept with the project: to be read in another way they have to be chosen again.
    #[serde(default)]
    pub not_kept: Vec<usize>,
}

/// What an import found in its files.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct FoundInFiles {
    /// Outputs, which are the data now.
    pub outputs: bool,
    /// Outputs that wait until the person has said what they are to the data that is loaded.
    pub waits: bool,
    /// Training runs.
    pub runs: bool,
    /// Experiments.
    pub experiments: bool,
    /// Programs to be run.
    pub programs: bool,
    /// Judgements, or a rater's answers.
    pub judgements: bool,
    /// A saved evaluation, which replaces all else.
    pub restored: Option<Restored>,
}

/// What belongs in the address once a saved evaluation is restored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Restored {
    /// The baseline's place among the systems, from 0.
    pub baseline: usize,
    /// The test of differences.
    pub test: PairedTest,
    /// What the systems were trained on.
    pub domains: Option<Domains>,
    /// What of the file is damaged, and was left out or taken as it is.
    pub problems: Vec<SavedError>,
}

/// Why an import has changed nothing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, thiserror::Error)]
pub enum ImportFailure {
    /// A file gives no table, or the files don't fit together.
    #[error("{error}")]
    Table {
        /// Why.
        error: ImportError,
    },
    /// Files give no training runs.
    #[error("{error}")]
    Logs {
        /// Why.
        error: LogError,
    },
    /// Files give no programs.
    #[error("{error}")]
    Programs {
        /// Why.
        error: CodeError,
    },
    /// A file gives no judgements.
    #[error("{error}")]
    Judgements {
        /// Why.
        error: ForeignError,
    },
    /// A workbook, archive or the like can't be opened.
    #[error("{error}")]
    Container {
        /// Why.
        error: ContainerError,
    },
    /// The worker that opens workbooks and archives does not answer.
    #[error("{error}")]
    Reader {
        /// Why.
        error: ChannelFailure,
    },
    /// A saved evaluation can't be restored.
    #[error("{error}")]
    Saved {
        /// Why.
        error: SavedError,
    },
    /// The person stopped it.
    #[error("the import was stopped; what was loaded before still is")]
    Stopped,
}

impl From<ImportError> for ImportFailure {
    fn from(error: ImportError) -> Self {
        Self::Table { error }
    }
}

impl From<LogError> for ImportFailure {
    fn from(error: LogError) -> Self {
        Self::Logs { error }
    }
}

impl From<CodeError> for ImportFailure {
    fn from(error: CodeError) -> Self {
        Self::Programs { error }
    }
}

impl From<SavedError> for ImportFailure {
    fn from(error: SavedError) -> Self {
        Self::Saved { error }
    }
}

/// Why the data set can't be changed so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum DataError {
    /// The data has no such column.
    #[error("there is no column {column}: the data has {columns}")]
    NoSuchColumn {
        /// The column's index.
        column: usize,
        /// How many there are.
        columns: usize,
    },
    /// The column holds no system's outputs.
    #[error("column {column} holds no outputs of a system")]
    NoSystem {
        /// The column's index.
        column: usize,
    },
    /// Steps can't be applied.
    #[error("{error}")]
    Steps {
        /// Why.
        error: ExtractionError,
    },
    /// Nothing was loaded before, or it was too large to be kept.
    #[error("no earlier data is kept")]
    NothingToUndo,
}

impl From<ExtractionError> for DataError {
    fn from(error: ExtractionError) -> Self {
        Self::Steps { error }
    }
}

/// What is loaded.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Loaded {
    /// The data set.
    pub summary: Summary,
    /// Memory that the worker has taken, in bytes.
    pub memory_bytes: f64,
}

/// The examples that can be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExampleName {
    /// A support bot in two languages, with training runs, live tests and ratings.
    Support,
    /// Summaries, with the preferences of a judge and of people.
    Summaries,
    /// A classifier of two classes, with probabilities.
    Tickets,
    /// Maths with reasoning, and programs with tests.
    Maths,
}

impl ExampleName {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Support, Self::Summaries, Self::Tickets, Self::Maths];

    /// Its name, as in the keys of the locale files (`example-support`).
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Support => "support",
            Self::Summaries => "summaries",
            Self::Tickets => "tickets",
            Self::Maths => "maths",
        }
    }
}

calls! {
    service "data";

    /// Imports the files beside the call, together. Each goes to the service it belongs to; outputs become the
    /// data. A job `import`.
    Import {} -> FoundInFiles, ImportFailure;

    /// Imports the files of a folder beside the call. Each keeps its path, by which tools name models; what is no data
    /// is left out, and is among the last import's files that were. A job `import`.
    ImportFolder {
        /// The files' paths within the folder and with its name, in their order.
        paths: Vec<String>,
        /// What of the folder is not beside the call, and why.
        left_out: Vec<ContainerError>,
    } -> FoundInFiles, ImportFailure;

    /// The files of the last import, and what each was taken for.
    #[derive(Eq, Hash)]
    LastImport {} -> ImportedFiles, NoError, [DATA, WORKSPACE];

    /// Imports the last import's files again, one of them as another kind.
    TreatAs {
        /// The file's place among them.
        file: usize,
        /// Its kind.
        kind: FileKind,
    } -> FoundInFiles, ImportFailure;

    /// Imports pasted text likewise.
    Paste {
        /// The text.
        text: String,
    } -> FoundInFiles, ImportFailure;

    /// Loads an example with all that belongs to it.
    LoadDemo {
        /// Which.
        example: ExampleName,
    } -> FoundInFiles, ImportFailure;

    /// What is loaded; nothing before the first import.
    #[derive(Eq, Hash)]
    Summarize {} -> Option<Loaded>, NoError, [DATA];

    /// Gives a column another role; scores are computed anew.
    SetRole {
        /// The column's index.
        column: usize,
        /// Its new role.
        role: Role,
    } -> (), DataError;

    /// Sets system, direction and range of a column that measures; its scores are computed anew.
    SetMeasure {
        /// The column's index.
        column: usize,
        /// What the person says.
        setting: MeasureSetting,
    } -> (), MeasureError;

    /// Sets the steps from outputs to answers of some systems; scores are computed anew.
    SetSteps {
        /// The systems' columns.
        columns: Vec<usize>,
        /// The steps, in order.
        steps: Vec<ExtractionStep>,
    } -> (), DataError;

    /// Merges labels that differ only in case or a final full stop into one class, or takes them apart again.
    MergeClasses {
        /// Whether they are merged.
        merge: bool,
    } -> (), NoError;

    /// Goes back to the data before the last import, and forth again.
    Undo {} -> (), DataError;

    /// A file to save.
    #[derive(Eq, Hash)]
    Export {
        /// What is in the file, and its format.
        kind: ExportKind,
    } -> ExportedFile, NoError, [DATA, SCORES, RATINGS];
}
