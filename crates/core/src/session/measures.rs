//! The session's part in measures beyond the usual ones, and in classifiers.

use super::Session;
use assay_eval::advice;
use assay_eval::classification::classification;
use assay_metrics::registry::MetricSpec;
use assay_protocol::messages::Response;

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
            let shown = spec.metric().name();
            if !names.contains(&shown) {
                names.push(shown);
                specs.push(spec.clone());
                self.added_here.push(place);
            }
        }
        specs
    }

    fn usual_names(&self) -> Vec<String> {
        let usual = advice::usual(&self.data);
        usual.iter().map(|s| s.metric().name()).collect()
    }

    /// What could be added to the usual metrics of this data: names in the registry, and as they are shown.
    pub(super) fn addable(&self) -> Vec<(String, String)> {
        if self.data.systems().is_empty() {
            return Vec::new();
        }
        let usual = self.usual_names();
        let all = advice::possible(&self.data).into_iter();
        let all = all.map(|(name, spec)| (name.to_owned(), spec.metric().name()));
        all.filter(|(_, shown)| !usual.contains(shown)).collect()
    }

    /// Adds a metric to the usual ones; one that is there already, or that nobody knows, changes nothing.
    pub fn add_metric(&mut self, name: &str) -> Vec<Response> {
        let mut possible = advice::possible(&self.data).into_iter();
        let Some((_, spec)) = possible.find(|(known, _)| *known == name) else {
            return Vec::new();
        };
        if self.schedule.names().contains(&spec.metric().name()) {
            return Vec::new();
        }
        // What is given stands behind all others.
        let from = self.schedule.remove_precomputed();
        let mut news: Vec<Response> = from
            .map(|from| Response::Withdrawn { from })
            .into_iter()
            .collect();
        self.added_here.push(self.added.len());
        self.added.push(name.to_owned());
        self.schedule.add(&self.data, spec);
        news.extend(self.give());
        news
    }

    /// Takes a metric that was added away; the usual ones stay, and all do while something runs.
    pub fn remove_metric(&mut self, metric: usize) -> Vec<Response> {
        let behind = metric.checked_sub(self.usual);
        let behind = behind.filter(|behind| *behind < self.added_here.len());
        let Some(behind) = behind.filter(|_| self.schedule.remove(metric)) else {
            return Vec::new();
        };
        let place = self.added_here.remove(behind);
        self.added.remove(place);
        let later = self.added_here.iter_mut().filter(|p| **p > place);
        later.for_each(|p| *p -= 1);
        self.selected = None;
        vec![Response::Removed { metric }]
    }

    /// What the classifiers of the data come to.
    pub fn classification(&self) -> Response {
        Response::Classification {
            view: classification(&self.data).map(Box::new),
        }
    }
}
