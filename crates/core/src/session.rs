//! The data worker's state: the data set, the results and the order of the last query. Answers
//! requests one at a time and computes nothing long itself: an evaluation's jobs are handed out
//! through [`Session::next_job`] and their outcomes taken back.

mod annotations;
mod detail;
mod doubts;
mod export;
mod kept;
mod measures;
mod overlap;
mod questions;
mod ratings;
mod rows;
mod saved;
mod scoring;
mod semantic;
mod study;
mod systems;
mod workbook;

pub(crate) use kept::{KeptSession, Results};

use super::annotations::{Annotations, RowKey};
use super::ratings::Ratings;
use super::selection::Selection;
use super::semantic::Semantic;
use super::surprise::Study;
use assay_calls::{Announcer, History};
use assay_data::measure_setting::{MeasureError, MeasureSetting};
use assay_data::systems::SystemSettings;
use assay_data::{DataSet, Role, baseline};
use assay_eval::extraction;
use assay_eval::kind::kind;
use assay_eval::text::shortened;
use assay_eval::{Job, Schedule, advice};
use assay_metrics::presets::Preset;
use assay_metrics::registry::MetricSpec;
use assay_protocol::data::DataError;
use assay_protocol::doubts::DataQuestion;
use assay_protocol::models::{Figures, ModelInfo};
use assay_protocol::systems::SystemChange;
use assay_protocol::views::{AnswersView, ColumnView, MeasureView, Summary};
use assay_results::extraction::ExtractionStep;
use std::cell::OnceCell;
use std::collections::BTreeMap;
use systems::DataChange;

/// Cells shown of each column.
const PREVIEW: usize = 5;
/// Characters of an output in the list.
const LIST_TEXT: usize = 160;
/// Bytes of text up to which the data before an import is kept for undo.
const UNDO_BYTES: usize = 256 << 20;

/// All that the data worker owns.
#[derive(Default)]
pub struct Session {
    /// The data, with those before the last import.
    data: History<DataSet, ()>,
    schedule: Schedule,
    selected: Option<Selection>,
    study: Option<Study>,
    /// The models as systems, without texts: their slices are the data's.
    models: DataSet,
    /// The models compared, a metric for each column.
    compared: Schedule,
    /// How the models did on this device.
    deployed: Vec<(ModelInfo, Figures)>,
    ratings: Ratings,
    /// Metrics that the person added to the usual ones, by name: the options follow the data.
    added: Vec<String>,
    /// Which of those stand behind the usual ones now, in that order.
    added_here: Vec<usize>,
    /// How many are usual for the data.
    usual: usize,
    /// The tool whose metrics are the usual ones, where the person chose one.
    preset: Option<Preset>,
    /// The smallest differences that matter, as the person set them, by the metric's name.
    margins: BTreeMap<String, f64>,
    /// Perplexity's rows, once all texts are scored.
    given: Vec<(MetricSpec, Vec<Vec<f64>>)>,
    /// The columns that its matrices stand for, in order.
    given_columns: Vec<usize>,
    /// What was set on systems, and before.
    system_history: History<SystemSettings, SystemChange>,
    /// What is in doubt, so that nothing is scored.
    question: Option<DataQuestion>,
    /// Whether the list of metrics or a result changed since [`Session::take_scores_changed`].
    scores_changed: bool,
    /// Whether scoring was stopped before all was computed.
    scoring_stopped: bool,
    /// Grows when the texts are others.
    texts_revision: u64,
    /// The table's digest, once it was asked for.
    digest: OnceCell<String>,
    /// What rows are known by in another table, once it was asked for.
    row_keys: OnceCell<Vec<RowKey>>,
    /// Stars, tags and notes.
    annotations: Annotations,
    /// What an encoder compares.
    semantic: Option<Semantic>,
    /// Tells that a topic changed.
    announcer: Announcer,
}

/// A job of either evaluation.
#[derive(Debug, Clone, PartialEq)]
pub enum SessionJob {
    /// Of the systems.
    Systems(Job),
    /// Of the models.
    Models(Job),
}

impl Session {
    /// An empty session, which announces what changes in it.
    pub fn new(announcer: Announcer) -> Self {
        Self {
            announcer,
            ..Self::default()
        }
    }

    /// Takes a new data set in place of the old, which [`Session::undo`] brings back.
    pub fn load(&mut self, mut data: DataSet) {
        extraction::prepare(&mut data);
        self.semantic = None;
        self.forget_study();
        let change = DataChange::between(&self.data, &data);
        self.replace(data);
        self.follow(change);
    }

    /// Takes the data set with later files in it. Answers of systems that were there are found as before.
    pub fn load_later(&mut self, mut data: DataSet) {
        for column in data.columns_with(Role::Hypothesis) {
            let was_system = self.data.roles.get(column) == Some(&Role::Hypothesis);
            let steps = self.data.steps(column).to_vec();
            let same = was_system && extraction::set_steps(&mut data, column, steps).is_ok();
            if !same {
                extraction::prepare_system(&mut data, column);
            }
        }
        let change = DataChange::between(&self.data, &data);
        self.replace(data);
        self.follow(change);
    }

    /// Puts a data set in place of the one before, which is kept where it is not too large.
    fn replace(&mut self, data: DataSet) {
        let keep = self.data.table.rows() > 0 && self.data.table.bytes() <= UNDO_BYTES;
        // A step back and no more.
        self.data.forget();
        self.data.set((), data);
        if let Some(before) = self.data.earlier() {
            self.annotations.follow(before, &self.data);
        }
        if !keep {
            self.data.forget();
        }
        self.texts_revision += 1;
        self.begin_system_history();
    }

    /// The data that [`Session::undo`] goes to.
    fn other_data(&self) -> Option<&DataSet> {
        self.data.earlier().or(self.data.undone())
    }

    /// Goes back to the data before the last import (and forth again).
    ///
    /// # Errors
    /// When no earlier data is kept.
    pub fn undo(&mut self) -> Result<(), DataError> {
        let other = self.other_data().ok_or(DataError::NothingToUndo)?;
        let change = DataChange::between(&self.data, other);
        if !self.data.undo() {
            self.data.redo();
        }
        self.texts_revision += 1;
        if let Some(before) = self.data.undone().or(self.data.earlier()) {
            self.annotations.follow(before, &self.data);
        }
        self.begin_system_history();
        self.follow(change);
        Ok(())
    }

    /// Takes the data before the last import back, and forgets what it brought.
    pub fn undo_load(&mut self) {
        if self.data.undo() {
            if let Some(before) = self.data.undone() {
                self.annotations.follow(before, &self.data);
            }
        } else {
            let before = std::mem::take(self.data.amend());
            self.annotations.follow(&before, &self.data);
        }
        self.data.forget();
        self.texts_revision += 1;
        self.begin_system_history();
        self.refresh();
    }

    /// Gives a column a role; results are void after it.
    ///
    /// # Errors
    /// When there is no such column.
    pub fn set_role(&mut self, column: usize, role: Role) -> Result<(), DataError> {
        let columns = self.data.roles.len();
        let current = self.data.amend().roles.get_mut(column);
        *current.ok_or(DataError::NoSuchColumn { column, columns })? = role;
        self.settle_references(role);
        if role == Role::Hypothesis {
            extraction::prepare_system(self.data.amend(), column);
        }
        self.refresh();
        Ok(())
    }

    /// Sets what the person says of a column that measures; [`Session::give`] makes the measure anew.
    ///
    /// # Errors
    /// When it does not fit the column; nothing is changed then.
    pub fn set_measure(
        &mut self,
        column: usize,
        setting: &MeasureSetting,
    ) -> Result<(), MeasureError> {
        self.data.amend().set_measure(column, setting)?;
        self.selected = None;
        Ok(())
    }

    /// Sets the steps from outputs to answers of some systems; results are void after it.
    ///
    /// # Errors
    /// When a column holds no system's outputs, or a step can't be applied; nothing is changed then.
    pub fn set_steps(
        &mut self,
        columns: &[usize],
        steps: &[ExtractionStep],
    ) -> Result<(), DataError> {
        let is_system = |c: &usize| self.data.roles.get(*c) == Some(&Role::Hypothesis);
        if let Some(column) = columns.iter().copied().find(|c| !is_system(c)) {
            return Err(DataError::NoSystem { column });
        }
        for column in columns {
            extraction::set_steps(self.data.amend(), *column, steps.to_vec())?;
        }
        self.refresh();
        Ok(())
    }

    /// Sets whether labels that differ only in case or a final full stop are one class.
    pub fn set_merge_classes(&mut self, merge: bool) {
        self.data.amend().merge_classes = merge;
        self.selected = None;
    }

    fn refresh(&mut self) {
        self.selected = None;
        self.digest.take();
        self.row_keys.take();
        self.scores_changed = true;
        self.scoring_stopped = false;
        self.semantic = None;
        self.forget_study();
        self.load_schedule();
    }

    /// Begins anew with the usual metrics and those that were added.
    fn load_schedule(&mut self) {
        let mut specs = self.usual_specs();
        self.usual = specs.len();
        specs.extend(self.add_again());
        self.load_specs(specs);
        self.find_question();
    }

    /// Begins anew with these metrics.
    fn load_specs(&mut self, specs: Vec<MetricSpec>) {
        self.schedule.load(&self.data, specs);
        self.hand_tags();
    }

    /// Whether anything was ever loaded.
    pub fn is_loaded(&self) -> bool {
        !self.data.files.is_empty() || self.data.table.rows() > 0
    }

    /// Whether there are rows.
    #[must_use]
    pub fn has_rows(&self) -> bool {
        self.data.table.rows() > 0
    }

    /// The files that are loaded.
    #[must_use]
    pub fn files(&self) -> &[String] {
        &self.data.files
    }

    /// The data set.
    #[must_use]
    pub fn data(&self) -> &DataSet {
        &self.data
    }

    /// What is loaded.
    pub fn summary(&self) -> Summary {
        let data = &self.data;
        let column = |(i, name): (usize, &String)| ColumnView {
            name: name.clone(),
            role: data.roles[i],
            measure: (data.roles[i] == Role::Measure).then(|| measure_view(data, i)),
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
            answers: data
                .systems()
                .iter()
                .map(|(column, _)| AnswersView {
                    column: *column,
                    steps: data.steps(*column).to_vec(),
                    counts: data
                        .answers(*column)
                        .map_or_else(Vec::new, |answers| answers.counts.clone()),
                })
                .collect(),
            blanks: data
                .systems()
                .iter()
                .map(|(i, _)| data.blank_outputs(*i))
                .collect(),
            has_reference: data.column_with(Role::Reference).is_some(),
            has_classes: [Role::Label, Role::Prediction]
                .iter()
                .all(|role| data.column_with(*role).is_some()),
            problems: data.problems.iter().take(100).cloned().collect(),
            problem_count: data.problem_count,
            unmatched: data.unmatched_rows,
            notices: data.notices(),
            script: advice::script(data),
            kind: kind(data),
            has_metrics: !self.schedule.is_empty(),
            earlier: self.other_data().map(|data| data.files.clone()),
            colours: {
                let shown = data.all_systems().into_iter().filter(|s| !s.is_hidden);
                shown.map(|system| system.colour).collect()
            },
            baseline: {
                let names = data.systems().into_iter().map(|s| s.1);
                baseline::choose(&names.collect::<Vec<_>>())
            },
            question: self.question.clone(),
        }
    }
}

/// What a column that measures is taken for.
fn measure_view(data: &DataSet, column: usize) -> MeasureView {
    let found = data.measure_in(column);
    let systems = data.systems();
    MeasureView {
        system: found.as_ref().map(|(_, system)| systems[*system].0),
        lower: found.as_ref().is_some_and(|(measure, _)| measure.lower),
        range: found.and_then(|(measure, _)| measure.range),
    }
}

#[cfg(test)]
mod tests;
