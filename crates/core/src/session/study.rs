//! The session's part in scoring texts under models: what is still to be scored, and what becomes of
//! it once all is there.

use super::Session;
use super::scoring::{histogram, without_segments};
use crate::rated::rated;
use crate::surprise::{Scored, Study, Under, shift};
use assay_data::column::TextColumn;
use assay_data::{DataSet, Role};
use assay_eval::advice;
use assay_eval::recorded::recorded;
use assay_lm::scoring::Item;
use assay_metrics::registry::MetricSpec;
use assay_protocol::models::{ColumnComparison, Figures, ModelInfo};
use assay_protocol::topics::PERPLEXITY;
use assay_protocol::views::{ModelTokens, SurpriseView};
use assay_results::perplexity::{Plan, TokenFigures};
use assay_results::scores::MetricResult;
use serde_json::{Value, json};
use std::collections::HashMap;

impl Session {
    /// Begins, or goes on with, what this plan scores under these models.
    pub fn plan(&mut self, plan: Plan, models: Vec<Under>) {
        let same = self.study.take().filter(|s| *s.plan() == plan);
        let study = match same {
            Some(study) => study.with_models(models),
            None => Study::new(plan, models, &self.data),
        };
        self.study = Some(study);
    }

    /// Texts through and texts in all.
    pub fn study_progress(&self) -> (usize, usize) {
        self.study.as_ref().map_or((0, 0), Study::progress)
    }

    /// Up to `count` texts that are still to be scored under a model.
    pub fn unscored(&self, model: usize, count: usize) -> Vec<(usize, Item)> {
        let study = self.study.as_ref();
        study.map_or(Vec::new(), |s| s.next(model, &self.data, count))
    }

    /// Takes a text's scores under a model.
    pub fn scored(&mut self, model: usize, place: usize, scored: Scored) {
        if let Some(study) = &mut self.study {
            study.take(model, place, scored);
        }
    }

    /// Takes what was kept of a model's scores from an earlier visit.
    pub fn recall(&mut self, model: usize, kept: &HashMap<String, Scored>) {
        if let Some(study) = &mut self.study {
            study.recall(model, &self.data, kept);
        }
    }

    /// Notes how a model did on this device.
    pub fn deployed(&mut self, info: ModelInfo, figures: Figures) {
        self.deployed.retain(|(known, _)| known.id != info.id);
        self.deployed.push((info, figures));
    }

    /// Once all texts are scored, perplexity becomes a metric.
    pub fn settle_study(&mut self) {
        let Some(study) = self.study.take() else {
            return;
        };
        if study.is_complete() {
            self.compare_models(&study);
            let systems: Vec<usize> = self.data.systems().iter().map(|s| s.0).collect();
            if study.columns() == systems {
                self.given = study.by_model();
                self.given_columns = systems;
                self.give();
            }
        }
        self.study = Some(study);
    }

    /// Makes metrics of what was not computed from texts, behind all others: perplexity, and people's
    /// ratings.
    pub fn give(&mut self) {
        let withdrawn = self.schedule.remove_precomputed();
        let mut given = match self.is_asking() {
            true => Vec::new(),
            false => recorded(&self.data),
        };
        given.extend(self.given_now());
        if let Some(semantic) = &self.semantic {
            given.extend(semantic.metrics(&self.data, advice::script(&self.data)));
        }
        if let Some(table) = self.ratings.table(&self.data) {
            given.extend(rated(&table, &self.data));
        }
        if withdrawn.is_some() || !given.is_empty() {
            self.selected = None;
            self.scores_changed = true;
        }
        for (spec, matrices) in given {
            self.schedule.insert_precomputed(&self.data, spec, matrices);
        }
    }

    /// The metrics of the study for the systems as they are now; nothing where one of them was not scored.
    pub(super) fn given_now(&self) -> Vec<(MetricSpec, Vec<Vec<f64>>)> {
        let columns = self.columns();
        let place = |column: &usize| self.given_columns.iter().position(|c| c == column);
        let Some(places) = columns.iter().map(place).collect::<Option<Vec<usize>>>() else {
            return Vec::new();
        };
        let of_systems = |all: &Vec<Vec<f64>>| {
            let matrices = places.iter().filter_map(|&place| all.get(place).cloned());
            matrices.collect::<Vec<_>>()
        };
        let given = self.given.iter();
        given
            .map(|(spec, all)| (spec.clone(), of_systems(all)))
            .collect()
    }

    /// Whether models have scored texts of the data.
    pub(crate) fn has_study(&self) -> bool {
        self.study.is_some()
    }

    pub(super) fn compare_models(&mut self, study: &Study) {
        self.models = self.models_as_systems(study);
        let test = *self.schedule.test();
        self.compared.load(&self.models, Vec::new());
        let tags = self.annotations.tagged();
        self.compared.set_tags(&self.models, tags);
        self.compared.evaluate(&self.models, 0, test);
        for (spec, matrices) in study.by_column(&self.data) {
            self.compared
                .insert_precomputed(&self.models, spec, matrices);
        }
        self.announcer.changed(&PERPLEXITY);
    }

    /// A data set whose systems are the models; it holds no texts, only the columns of slices and one of clusters.
    fn models_as_systems(&self, study: &Study) -> DataSet {
        let mut set = DataSet::default();
        let rows = self.data.table.rows();
        for model in study.models() {
            let mut column = TextColumn::default();
            (0..rows).for_each(|_| {
                column.push(None);
            });
            set.table.add(&model.name, column);
            set.roles.push(Role::Hypothesis);
        }
        for column in self.data.columns_with(Role::Slice) {
            let name = &self.data.table.names()[column];
            set.table.add(name, self.data.table.column(column).clone());
            set.roles.push(Role::Slice);
        }
        if let Some(clusters) = self.data.clusters() {
            let mut column = TextColumn::default();
            for number in &clusters.of_row {
                column.push(Some(&number.to_string()));
            }
            set.table.add(&clusters.column, column);
            set.roles.push(Role::Cluster);
        }
        set
    }

    /// The models compared, a result for each column of texts.
    pub fn comparison(&self) -> Vec<ColumnComparison> {
        let results = self.compared.results();
        results
            .enumerate()
            .map(|(column, result)| ColumnComparison {
                result: without_segments(result),
                histogram: histogram(result),
                tokens: self.token_figures(column),
            })
            .collect()
    }

    /// What each model says of the tokens of a column of the study.
    fn token_figures(&self, column: usize) -> Vec<Option<TokenFigures>> {
        let study = self.study.as_ref();
        study.map_or(Vec::new(), |study| study.figures(column))
    }

    /// Announces that results of comparing models changed, if any did.
    pub(super) fn comparison_changed(&self, changed: &[usize]) {
        if !changed.is_empty() {
            self.announcer.changed(&PERPLEXITY);
        }
    }

    /// What each model is, how it did on this device, and how they compare on each column.
    pub(super) fn models_json(&self, compared: &[&MetricResult]) -> Value {
        let deployed = self.deployed.iter();
        let deployed = deployed.map(|(model, figures)| json!({"model": model, "figures": figures}));
        let tokens = (0..compared.len()).map(|column| self.token_figures(column));
        json!({
            "deployed": deployed.collect::<Vec<_>>(),
            "compared": compared,
            "tokens": tokens.collect::<Vec<_>>(),
        })
    }

    pub(super) fn forget_study(&mut self) {
        if self.study.take().is_some() {
            self.announcer.changed(&PERPLEXITY);
        }
        self.given.clear();
        self.given_columns.clear();
        self.models = DataSet::default();
        self.compared.load(&self.models, Vec::new());
    }

    /// A row's texts under the models.
    pub(super) fn surprise(&self, row: usize) -> Vec<SurpriseView> {
        let Some(study) = &self.study else {
            return Vec::new();
        };
        let column = |(place, &column): (usize, &usize)| {
            let found = study.texts(place, row);
            let models = study.models().zip(&found);
            let tokens = |(model, text): (&Under, &Option<&Scored>)| {
                let text = (*text)?;
                Some(ModelTokens {
                    name: model.name.clone(),
                    tokens: text.tokens.clone(),
                    ranks: text.ranks.clone(),
                    entropies: text.entropies.clone(),
                })
            };
            let models: Vec<ModelTokens> = models.filter_map(tokens).collect();
            let shift = match &found[..] {
                [Some(first), Some(second)] => shift(&first.tokens, &second.tokens),
                _ => Vec::new(),
            };
            (!models.is_empty()).then(|| SurpriseView {
                column: self.data.column_name(column).to_owned(),
                models,
                shift,
            })
        };
        let columns = study.columns().iter().enumerate();
        columns.filter_map(column).collect()
    }
}
