//! The session's part in reports and in files that restore an evaluation.

use super::Session;
use crate::saved::{SavedData, digest};
use assay_eval::advice;
use assay_metrics::presets::Preset;
use assay_metrics::registry::MetricSpec;
use assay_report::content::{DataPart, MetricPart, metric_part};
use assay_report::ratings::exact_long_csv;
use assay_results::scores::{Domains, MetricResult};
use assay_stats::PairedTest;

impl Session {
    /// The baseline's place and the paired test.
    pub fn settings(&self) -> (usize, PairedTest) {
        let evaluation = self.schedule.evaluation();
        (evaluation.baseline, evaluation.test)
    }

    /// What systems were trained on.
    pub fn domains(&self) -> Option<Domains> {
        self.schedule.domains().cloned()
    }

    /// The data, for a report; nothing where there are no systems.
    pub fn report_data(&self) -> Option<DataPart> {
        let systems = self.data.systems();
        (!systems.is_empty()).then(|| DataPart {
            files: self.data.files.clone(),
            rows: self.data.table.rows(),
            blanks: systems
                .iter()
                .map(|(c, _)| self.data.blank_outputs(*c))
                .collect(),
            systems: systems
                .into_iter()
                .map(|(_, name)| name.to_owned())
                .collect(),
            problems: self.data.problem_count,
            digest: self.digest.get_or_init(|| digest(&self.data.table)).clone(),
        })
    }

    /// The metrics, for a report: those whose tests are through.
    pub fn report_metrics(&self) -> Vec<MetricPart> {
        let part = |result: &MetricResult| {
            let mut part = metric_part(result);
            part.result.margin = self.margin(&result.name);
            part
        };
        self.schedule.results().map(part).collect()
    }

    /// The data with what was set on it, to be saved.
    pub fn saved_data(&self) -> Option<SavedData> {
        if self.data.table.rows() == 0 {
            return None;
        }
        let mut given = self.given_now();
        if let Some(semantic) = &self.semantic {
            given.extend(semantic.metrics(&self.data, advice::script(&self.data)));
        }
        let known = |x: f64| x.is_finite().then_some(x);
        let rows = |(spec, all): (MetricSpec, Vec<Vec<f64>>)| {
            (
                spec,
                all.into_iter()
                    .map(|m| m.into_iter().map(known).collect())
                    .collect(),
            )
        };
        Some(SavedData {
            preset: self.preset_name(),
            metrics: self.schedule.computed_specs(),
            added: self
                .added_here
                .iter()
                .filter_map(|p| self.added.get(*p).cloned())
                .collect(),
            margins: self.margins.clone(),
            given: given.into_iter().map(rows).collect(),
            ..SavedData::of(&self.data)
        })
    }

    /// The judgements, to be saved.
    pub fn saved_judgements(&self) -> Option<String> {
        self.ratings
            .table(&self.data)
            .map(|table| exact_long_csv(&table))
    }

    /// Takes saved data in place of what is there.
    pub fn restore(&mut self, saved: &SavedData) {
        self.added = saved.added.clone();
        self.preset = saved.preset.as_deref().and_then(Preset::named);
        self.margins.clone_from(&saved.margins);
        self.replace(saved.data());
        self.refresh();
        if saved.metrics.len() == self.schedule.len() {
            self.load_specs(saved.metrics.clone());
        }
        let rows = |all: &Vec<Vec<Option<f64>>>| {
            let each = all
                .iter()
                .map(|m| m.iter().map(|x| x.unwrap_or(f64::NAN)).collect());
            each.collect::<Vec<Vec<f64>>>()
        };
        let fits = |(spec, all): &&(MetricSpec, Vec<Vec<Option<f64>>>)| {
            let wanted = spec.scoring().width() * self.data.table.rows();
            all.len() == self.data.systems().len() && all.iter().all(|m| m.len() == wanted)
        };
        let given = saved
            .given
            .iter()
            .filter(fits)
            .map(|(spec, all)| (spec.clone(), rows(all)));
        self.given = given.collect();
        self.given_columns = self.columns();
    }
}
