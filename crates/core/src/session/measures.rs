//! The session's part in measures beyond the usual ones, and in classifiers.

use super::Session;
use assay_data::Role;
use assay_eval::advice;
use assay_eval::classification::classification;
use assay_metrics::presets::Preset;
use assay_metrics::registry::MetricSpec;
use assay_protocol::scores::ScoresError;
use assay_results::classification::ClassificationView;
use assay_results::scores::MetricId;

impl Session {
    /// What was added and is not usual for this data anyway, each once, in options that suit the data.
    pub(super) fn add_again(&mut self) -> Vec<MetricSpec> {
        let possible = advice::possible(&self.data);
        let mut names = self.usual_names();
        let mut specs = Vec::new();
        self.added_here.clear();
        for (place, name) in self.added.iter().enumerate() {
            let Some((_, spec)) = possible.iter().find(|(known, _)| known == name) else {
                continue;
            };
            let shown = spec.scoring().name();
            if !names.contains(&shown) {
                names.push(shown);
                specs.push(spec.clone());
                self.added_here.push(place);
            }
        }
        specs
    }

    fn usual_names(&self) -> Vec<String> {
        let usual = self.usual_specs();
        usual.iter().map(|s| s.scoring().name()).collect()
    }

    /// The metrics to begin with: those of the chosen tool, or those that suit the data.
    pub(super) fn usual_specs(&self) -> Vec<MetricSpec> {
        let of_tool = self.preset.map(|preset| self.specs_of(preset));
        let of_tool = of_tool.filter(|specs| !specs.is_empty());
        of_tool.unwrap_or_else(|| advice::usual(&self.data))
    }

    /// A tool's metrics of which the data has what they need.
    fn specs_of(&self, preset: Preset) -> Vec<MetricSpec> {
        if self.data.systems().is_empty() {
            return Vec::new();
        }
        let referenced = self.data.column_with(Role::Reference).is_some();
        let mut specs = preset.specs();
        specs.retain(|spec| referenced || !spec.scoring().properties().needs_reference);
        specs
    }

    /// The name of the tool whose metrics are computed, where the person chose one.
    pub(crate) fn preset_name(&self) -> Option<String> {
        self.preset.map(|preset| preset.name.to_owned())
    }

    /// Computes the metrics that a tool computes by itself in place of those that suit the data; without a name these
    /// come back. What was added stays.
    ///
    /// # Errors
    /// When there is no such tool, or none of its metrics can be computed for this data; all stays as it was.
    pub fn set_preset(&mut self, name: Option<&str>) -> Result<(), ScoresError> {
        self.preset = match name {
            None => None,
            Some(name) => {
                let preset = Preset::named(name);
                let preset = preset.filter(|preset| !self.specs_of(*preset).is_empty());
                Some(preset.ok_or_else(|| ScoresError::NotPossible {
                    name: name.to_owned(),
                })?)
            }
        };
        self.selected = None;
        self.scores_changed = true;
        self.load_schedule();
        self.give();
        Ok(())
    }

    /// Computes these metrics in place of those that suit the data.
    ///
    /// # Errors
    /// When one of them can't be computed for this data; all stays as it was.
    pub fn compute_only(&mut self, specs: Vec<MetricSpec>) -> Result<(), ScoresError> {
        let has_reference = self.data.column_with(Role::Reference).is_some();
        let is_possible = |spec: &MetricSpec| {
            let needs_reference = spec.scoring().properties().needs_reference;
            !self.data.systems().is_empty() && (has_reference || !needs_reference)
        };
        if let Some(spec) = specs.iter().find(|spec| !is_possible(spec)) {
            let name = spec.scoring().name();
            return Err(ScoresError::NotPossible { name });
        }
        self.added.clear();
        self.added_here.clear();
        self.usual = specs.len();
        self.load_specs(specs);
        self.selected = None;
        self.scores_changed = true;
        Ok(())
    }

    /// What could be added to the usual metrics of this data: names in the registry, and as they are shown.
    pub(super) fn addable(&self) -> Vec<(String, String)> {
        if self.data.systems().is_empty() {
            return Vec::new();
        }
        let usual = self.usual_names();
        let all = advice::possible(&self.data).into_iter();
        let all = all.map(|(name, spec)| (name.to_owned(), spec.scoring().name()));
        all.filter(|(_, shown)| !usual.contains(shown)).collect()
    }

    /// Adds a metric to the usual ones and queues it; the answers tell what is new of models.
    ///
    /// # Errors
    /// When it is there already, or can't be computed for this data.
    pub fn add_metric(&mut self, name: &str) -> Result<MetricId, ScoresError> {
        let mut possible = advice::possible(&self.data).into_iter();
        let found = possible.find(|(known, _)| *known == name);
        let (_, spec) = found.ok_or_else(|| ScoresError::NotPossible {
            name: name.to_owned(),
        })?;
        let shown = spec.scoring().name();
        if self.schedule.names().contains(&shown) {
            return Err(ScoresError::AlreadyThere { name: shown });
        }
        // Precomputed metrics stand after all others.
        self.schedule.remove_precomputed();
        self.added_here.push(self.added.len());
        self.added.push(name.to_owned());
        self.schedule.add(&self.data, spec);
        let id = self.schedule.ids().last().copied();
        self.scores_changed = true;
        self.give();
        id.ok_or(ScoresError::NoSuchMetric)
    }

    /// Removes a metric that was added.
    ///
    /// # Errors
    /// When it is a usual one, or while something runs.
    pub fn remove_metric(&mut self, metric: MetricId) -> Result<(), ScoresError> {
        let place = self.place_of(metric)?;
        let name = self.schedule.names().swap_remove(place);
        let behind = place.checked_sub(self.usual);
        let behind = behind.filter(|behind| *behind < self.added_here.len());
        let behind = behind.filter(|_| self.schedule.remove(place));
        let behind = behind.ok_or(ScoresError::NotRemovable { name })?;
        let added = self.added_here.remove(behind);
        self.added.remove(added);
        let later = self.added_here.iter_mut().filter(|p| **p > added);
        later.for_each(|p| *p -= 1);
        self.selected = None;
        self.scores_changed = true;
        Ok(())
    }

    /// Scores of the data's classifiers; nothing while a question about the data is open.
    pub fn classification(&self) -> Option<ClassificationView> {
        (!self.is_asking()).then(|| classification(&self.data))?
    }
}
