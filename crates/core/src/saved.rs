//! A whole evaluation as a JSON file: data, roles, metrics with their options, training runs, trials, goals
//! and judgements, from which the page restores it; and beside that the results, for programs that read
//! them. The results are computed anew on opening, from the same data and seeds to the same numbers.

use super::experiments::ExperimentService;
use super::session::Session;
use super::sniff::SAVED_EVALUATION;
use super::training::TrainingService;
use assay_data::column::TextColumn;
use assay_data::doubts::JoinDoubt;
use assay_data::measure_setting::MeasureSetting;
use assay_data::systems::SystemSettings;
use assay_data::table::Table;
use assay_data::{DataSet, Role};
use assay_eval::extraction;
use assay_experiment::roles::TrialRole;
use assay_experiment::{Settings, Trial};
use assay_metrics::registry::MetricSpec;
use assay_protocol::saved::SavedError;
use assay_report::content::Content;
use assay_report::goals::Goals;
use assay_results::extraction::ExtractionStep;
use assay_results::scores::Domains;
use assay_stats::PairedTest;
use assay_training::Run;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// The version that is written, and the latest that is read.
const VERSION: u32 = 1;

/// A table's columns.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SavedTable {
    /// Names and cells of each column.
    columns: Vec<(String, Vec<Option<String>>)>,
}

impl SavedTable {
    fn of(table: &Table) -> Self {
        let cells = |c: usize| {
            table
                .column(c)
                .iter()
                .map(|cell| cell.map(str::to_owned))
                .collect()
        };
        let names = table.names().iter().enumerate();
        Self {
            columns: names.map(|(c, name)| (name.clone(), cells(c))).collect(),
        }
    }

    /// The table; columns of another length than the first are filled up or cut.
    fn table(&self) -> Table {
        let mut table = Table::default();
        let rows = self.columns.first().map_or(0, |c| c.1.len());
        for (name, cells) in &self.columns {
            let mut column = TextColumn::default();
            for row in 0..rows {
                column.push(cells.get(row).and_then(|c| c.as_deref()));
            }
            table.add(name, column);
        }
        table
    }
}

/// The data with what was set on it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SavedData {
    /// The rows.
    pub table: SavedTable,
    /// What each column is for.
    pub roles: Vec<Role>,
    /// The steps from outputs to answers, of each system that has some, with its column. Files of earlier versions
    /// have none, and their outputs are seen as they are, as they were then.
    #[serde(default)]
    pub steps: Vec<(usize, Vec<ExtractionStep>)>,
    /// What was said of measures, with their columns.
    #[serde(default)]
    pub measures: Vec<(usize, MeasureSetting)>,
    /// The files' names.
    pub files: Vec<String>,
    /// Rows that were set aside.
    pub problem_count: usize,
    /// Rows whose id another file lacks.
    pub unmatched: usize,
    /// Whether labels that differ only in case or a final full stop are one class.
    #[serde(default)]
    pub merge_classes: bool,
    /// What was set on systems.
    #[serde(default)]
    pub systems: SystemSettings,
    /// Joins in doubt that the person was not asked about.
    #[serde(default)]
    pub doubts: Vec<JoinDoubt>,
    /// Questions about columns that were answered.
    #[serde(default)]
    pub settled: BTreeSet<Vec<String>>,
    /// Whether places of choices are counted from 0, where the person has said so.
    #[serde(default)]
    pub choices_from_zero: Option<bool>,
    /// The metrics with their options.
    pub metrics: Vec<MetricSpec>,
    /// Names of those that were added to the usual ones.
    pub added: Vec<String>,
    /// The smallest differences that matter, by the metric's name.
    #[serde(default)]
    pub margins: BTreeMap<String, f64>,
    /// Metrics that models gave, with their rows; nothing for what is not a number.
    pub given: Vec<(MetricSpec, Vec<Vec<Option<f64>>>)>,
    /// SHA-256 of the table.
    pub digest: String,
}

impl SavedData {
    /// Of a data set.
    pub fn of(data: &DataSet) -> Self {
        Self {
            table: SavedTable::of(&data.table),
            roles: data.roles.clone(),
            steps: data
                .columns_with(Role::Hypothesis)
                .into_iter()
                .map(|column| (column, data.steps(column).to_vec()))
                .filter(|(_, steps)| !steps.is_empty())
                .collect(),
            measures: data.measure_settings.clone().into_iter().collect(),
            files: data.files.clone(),
            problem_count: data.problem_count,
            unmatched: data.unmatched_rows,
            merge_classes: data.merge_classes,
            systems: data.system_settings.clone(),
            doubts: data.doubts.clone(),
            settled: data.settled.clone(),
            choices_from_zero: data.choices_from_zero,
            metrics: Vec::new(),
            added: Vec::new(),
            margins: BTreeMap::new(),
            given: Vec::new(),
            digest: digest(&data.table),
        }
    }

    /// The data set.
    pub fn data(&self) -> DataSet {
        let table = self.table.table();
        let mut roles = self.roles.clone();
        roles.resize(table.names().len(), Role::Ignored);
        let mut data = DataSet::default();
        data.table = table;
        data.roles = roles;
        data.files.clone_from(&self.files);
        data.problem_count = self.problem_count;
        data.unmatched_rows = self.unmatched;
        data.merge_classes = self.merge_classes;
        data.measure_settings = self.measures.iter().cloned().collect();
        data.system_settings = self.systems.clone();
        data.doubts.clone_from(&self.doubts);
        data.settled.clone_from(&self.settled);
        data.choices_from_zero = self.choices_from_zero;
        for (column, steps) in &self.steps {
            let is_system = data.roles.get(*column) == Some(&Role::Hypothesis);
            if is_system && extraction::set_steps(&mut data, *column, steps.clone()).is_err() {
                // Damaged steps cost only themselves: what the outputs call for stands instead.
                extraction::prepare_system(&mut data, *column);
            }
        }
        data
    }
}

/// A trial.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct SavedTrial {
    name: String,
    table: SavedTable,
    roles: Vec<TrialRole>,
    lower: Vec<bool>,
    settings: Settings,
    unread: usize,
}

impl SavedTrial {
    /// Of a trial.
    pub(crate) fn of(trial: &Trial) -> Self {
        Self {
            name: trial.name.clone(),
            table: SavedTable::of(&trial.table),
            roles: trial.roles.clone(),
            lower: trial.lower.clone(),
            settings: trial.settings.clone(),
            unread: trial.unread,
        }
    }

    /// The trial; of columns that are not described nothing is used.
    pub(crate) fn trial(&self) -> Trial {
        let table = self.table.table();
        let columns = table.names().len();
        let mut roles = self.roles.clone();
        roles.resize(columns, TrialRole::Ignored);
        let mut lower = self.lower.clone();
        lower.resize(columns, false);
        Trial {
            name: self.name.clone(),
            table,
            roles,
            lower,
            settings: self.settings.clone(),
            unread: self.unread,
        }
    }
}

/// A whole evaluation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Saved {
    kind: String,
    version: u32,
    /// The baseline's place.
    pub baseline: usize,
    /// The paired test.
    pub test: PairedTest,
    /// What systems were trained on.
    pub domains: Option<Domains>,
    /// The outputs.
    pub data: Option<SavedData>,
    /// Judgements, a line each, as CSV.
    pub judgements: Option<String>,
    runs: Vec<Run>,
    evaluated: BTreeMap<String, f64>,
    trials: Vec<SavedTrial>,
    /// What was stated beforehand.
    pub goals: Goals,
    /// The results, for programs that read them. Not read here, so that whatever is in them (an infinite
    /// interval is `null` in JSON) restores the rest. Last, so that damage to them is told from damage to the rest.
    #[serde(skip_deserializing)]
    results: Option<Content>,
}

impl Saved {
    /// All that is there.
    pub fn of(
        session: &Session,
        training: &TrainingService,
        experiments: &ExperimentService,
        results: Content,
    ) -> Self {
        let (baseline, test) = session.settings();
        Self {
            kind: SAVED_EVALUATION.to_owned(),
            version: VERSION,
            baseline,
            test,
            domains: session.domains(),
            data: session.saved_data(),
            judgements: session.saved_judgements(),
            runs: training.runs().clone(),
            evaluated: training.evaluated().clone(),
            trials: experiments
                .trials()
                .iter()
                .map(|trial| SavedTrial::of(trial))
                .collect(),
            goals: results.goals.clone(),
            results: Some(results),
        }
    }

    /// Reads a file; beside the evaluation what is wrong with it.
    ///
    /// # Errors
    /// Why it can't be restored.
    pub fn read(file: &str, text: &str) -> Result<(Self, Vec<SavedError>), SavedError> {
        let file = || file.to_owned();
        let mut problems = Vec::new();
        let saved: Self = serde_json::from_str(text).or_else(|error| {
            let rest = without_results(text);
            let detail = error.to_string();
            match rest.and_then(|rest| serde_json::from_str(&rest).ok()) {
                Some(saved) => {
                    let file = file();
                    problems.push(SavedError::ResultsDamaged { file, detail });
                    Ok(saved)
                }
                None => Err(SavedError::Damaged {
                    file: file(),
                    line: error.line(),
                    column: error.column(),
                    detail,
                }),
            }
        })?;
        if saved.version > VERSION {
            return Err(SavedError::Newer {
                file: file(),
                version: saved.version,
            });
        }
        let altered = |data: &SavedData| digest(&data.table.table()) != data.digest;
        if saved.data.as_ref().is_some_and(altered) {
            problems.push(SavedError::Altered { file: file() });
        }
        Ok((saved, problems))
    }

    /// Replaces training runs and experiments by the saved ones.
    pub fn restore_runs_and_experiments(
        &self,
        training: &TrainingService,
        experiments: &ExperimentService,
    ) {
        training.restore(self.runs.clone(), self.evaluated.clone());
        experiments.restore(self.trials.iter().map(SavedTrial::trial).collect());
    }
}

/// A file's text without its results, which stand last, or first in files of earlier versions of the page. The
/// marks hold quotes that are not escaped, so that they are in no text of the data.
fn without_results(text: &str) -> Option<String> {
    const RESULTS: &str = "\"results\":";
    const AFTER_RESULTS: &str = ",\"baseline\":";
    let start = text.find(RESULTS)?;
    let is_last = text.find(AFTER_RESULTS)? < start;
    let rest = match is_last {
        true => "}",
        false => &text[text.rfind(AFTER_RESULTS)?..],
    };
    Some(format!("{}\"results\":null{rest}", &text[..start]))
}

/// SHA-256 over a table: each column's name and cells, with their lengths before them as 8 bytes (little
/// end first), a missing cell as the length of all ones.
pub fn digest(table: &Table) -> String {
    let mut digest = Sha256::new();
    let mut add = |text: Option<&str>| match text {
        Some(text) => {
            digest.update((text.len() as u64).to_le_bytes());
            digest.update(text.as_bytes());
        }
        None => digest.update(u64::MAX.to_le_bytes()),
    };
    for (c, name) in table.names().iter().enumerate() {
        add(Some(name));
        table.column(c).iter().for_each(&mut add);
    }
    data_encoding::HEXLOWER.encode(&digest.finalize())
}
