//! A whole evaluation as a JSON file: data, roles, metrics with their options, training runs, trials, goals
//! and judgements, from which the page restores it; and beside that the results, for programs that read
//! them. The results are computed anew on opening, from the same data and seeds to the same numbers.

use super::data_settings::DataSettings;
use super::experiments::ExperimentService;
use super::session::Session;
use super::sniff::SAVED_EVALUATION;
use super::training::TrainingService;
use assay_data::DataSet;
use assay_data::column::TextColumn;
use assay_data::points::Points;
use assay_data::table::Table;
use assay_experiment::roles::TrialRole;
use assay_experiment::{Settings, Trial};
use assay_metrics::registry::MetricSpec;
use assay_protocol::saved::SavedError;
use assay_report::content::Content;
use assay_report::goals::Goals;
use assay_results::scores::Domains;
use assay_stats::PairedTest;
use assay_training::Run;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

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
    /// What was set on it.
    #[serde(flatten)]
    pub(crate) settings: DataSettings,
    /// The name of the preset that the usual metrics are of, where the person chose one.
    #[serde(default)]
    pub preset: Option<String>,
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
            settings: DataSettings::of(data),
            preset: None,
            metrics: Vec::new(),
            added: Vec::new(),
            margins: BTreeMap::new(),
            given: Vec::new(),
            digest: digest(&data.table),
        }
    }

    /// The data set.
    pub fn data(&self) -> DataSet {
        let mut data = DataSet::default();
        data.table = self.table.table();
        self.settings.set_on(&mut data);
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
    #[serde(default)]
    points: Points,
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
            points: trial.points.clone(),
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
            points: self.points.clone(),
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
    /// interval is `null` in JSON) restores the rest. Last, so that damage to them is distinguished from damage to the rest.
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
