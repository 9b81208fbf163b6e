//! The session's part in what outlives a visit: its state as plain data, and taken back from it without anything being
//! computed again.

use super::Session;
use crate::annotations::{Annotations, KeptAnnotations};
use crate::projects::OpenProject;
use crate::ratings::KeptJudgements;
use crate::surprise::{Scored, Study};
use crate::workspace::kept::{KeptData, KeptRows, KeptSettings, KeptStudy};
use assay_data::DataSet;
use assay_eval::advice;
use assay_eval::schedule::{Numbers, SavedScores};
use assay_metrics::presets::Preset;
use assay_protocol::data::ImportedFiles;
use std::collections::HashMap;

/// Bytes of a metric's rows up to which they are kept; beyond that another test computes them again.
const MOST_ROWS_BYTES: usize = 16 << 20;

/// What a session is taken back from.
#[derive(Default)]
pub(crate) struct KeptSession {
    pub(crate) data: Option<DataSet>,
    pub(crate) settings: Option<KeptSettings>,
    /// Stars, tags and notes.
    pub(crate) annotations: Option<KeptAnnotations>,
    pub(crate) judgements: Option<KeptJudgements>,
    /// The rating project that judgements are of.
    pub(crate) project: Option<OpenProject>,
    pub(crate) rows: KeptRows,
    /// With the scores of each model's texts.
    pub(crate) study: Option<(KeptStudy, Vec<HashMap<String, Scored>>)>,
    /// Results of systems.
    pub(crate) scores: Vec<SavedScores>,
    /// Results of models, compared.
    pub(crate) compared: Vec<SavedScores>,
}

/// Results that are saved: the systems', or those of models that are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Results {
    Systems,
    Models,
}

impl Session {
    /// The texts, with a number that is another for other texts.
    pub(crate) fn texts(&self) -> (u64, &DataSet) {
        (self.texts_revision, &self.data)
    }

    /// All of the data but its texts; nothing where there are none.
    pub(crate) fn kept_data(&self, imported: ImportedFiles) -> Option<KeptData> {
        self.is_loaded().then(|| KeptData::of(&self.data, imported))
    }

    /// What was set of the evaluation.
    pub(crate) fn kept_settings(&self) -> KeptSettings {
        KeptSettings {
            evaluation: *self.schedule.evaluation(),
            domains: self.schedule.domains().cloned(),
            metrics: self.schedule.computed_specs(),
            added: self.added.clone(),
            preset: self.preset_name(),
            margins: self.margins.clone(),
        }
    }

    /// The rows that models and encoders gave.
    pub(crate) fn kept_rows(&self) -> KeptRows {
        let mut all = self.given_now();
        if let Some(semantic) = &self.semantic {
            all.extend(semantic.metrics(&self.data, advice::script(&self.data)));
        }
        let numbers = |rows: Vec<Vec<f64>>| rows.into_iter().map(Numbers).collect();
        all.into_iter()
            .map(|(spec, rows)| (spec, numbers(rows)))
            .collect()
    }

    /// Which texts are scored under which models.
    pub(crate) fn kept_study(&self) -> Option<KeptStudy> {
        let study = self.study.as_ref()?;
        Some(KeptStudy {
            plan: study.plan().clone(),
            models: study.models().cloned().collect(),
        })
    }

    /// Where judgements come from.
    pub(crate) fn kept_judgements(&self) -> Option<KeptJudgements> {
        self.ratings.kept()
    }

    /// The results that can be saved: their places, ids, and numbers that change with them.
    pub(crate) fn saveable(&self, of: Results) -> Vec<(usize, u32, u64)> {
        let all = match of {
            Results::Systems => self.schedule.saveable(),
            Results::Models => self.compared.saveable(),
        };
        all.into_iter()
            .map(|(place, id, revision)| (place, id.0, revision))
            .collect()
    }

    /// A result, to be saved.
    pub(crate) fn saved_scores(&self, of: Results, place: usize) -> Option<SavedScores> {
        match of {
            Results::Systems => self.schedule.saved(place, MOST_ROWS_BYTES),
            Results::Models => self.compared.saved(place, MOST_ROWS_BYTES),
        }
    }

    /// Takes all of this in place of what is there, with no way back to it. Returns how many of the results did not
    /// fit and are to be computed again.
    pub(crate) fn take_kept(&mut self, kept: KeptSession) -> usize {
        self.ratings = crate::ratings::Ratings::default();
        self.deployed.clear();
        let settings = kept.settings;
        let added = settings.as_ref().map(|s| s.added.clone());
        self.added = added.unwrap_or_default();
        let margins = settings.as_ref().map(|s| s.margins.clone());
        self.margins = margins.unwrap_or_default();
        let preset = settings.as_ref().and_then(|s| s.preset.as_deref());
        self.preset = preset.and_then(Preset::named);
        // Those of the project that was open stay with it.
        self.annotations = Annotations::default();
        self.replace(kept.data.unwrap_or_default());
        self.data.forget();
        self.refresh();
        self.take_annotations(kept.annotations);
        if let Some(settings) = settings {
            self.take_settings(settings);
        }
        if let Some(judgements) = kept.judgements {
            self.ratings.restore(judgements);
        }
        if let Some(project) = kept.project {
            self.ratings.open(project);
        }
        self.take_rows(kept.rows);
        if let Some((study, scores)) = kept.study {
            self.take_study(study, &scores);
        }
        self.give();
        let results = kept.scores.len() + kept.compared.len();
        let taken = self.schedule.restore(&self.data, kept.scores)
            + self.compared.restore(&self.models, kept.compared);
        self.scores_changed = true;
        results - taken
    }

    fn take_settings(&mut self, settings: KeptSettings) {
        if settings.metrics.len() == self.schedule.len() {
            self.load_specs(settings.metrics);
        }
        let systems = self.data.systems().len();
        let mut evaluation = settings.evaluation;
        evaluation.baseline = evaluation.baseline.min(systems.saturating_sub(1));
        let domains = settings.domains.as_ref();
        self.schedule
            .restore_settings(&self.data, evaluation, domains);
    }

    fn take_rows(&mut self, rows: KeptRows) {
        let (count, systems) = (self.data.table.rows(), self.data.systems().len());
        let rows = rows.into_iter().filter(|(spec, all)| {
            let wanted = spec.scoring().width() * count;
            all.len() == systems && all.iter().all(|m| m.0.len() == wanted)
        });
        let numbers = |all: Vec<Numbers>| all.into_iter().map(|n| n.0).collect();
        self.given = rows.map(|(spec, all)| (spec, numbers(all))).collect();
        self.given_columns = self.columns();
    }

    fn take_study(&mut self, kept: KeptStudy, scores: &[HashMap<String, Scored>]) {
        let columns = self.data.table.names().len();
        if kept.plan.column.is_some_and(|column| column >= columns) {
            return;
        }
        let mut study = Study::new(kept.plan, kept.models, &self.data);
        for (model, scores) in scores.iter().enumerate() {
            study.recall(model, &self.data, scores);
        }
        if study.is_complete() {
            self.compare_models(&study);
        }
        self.study = Some(study);
    }
}
