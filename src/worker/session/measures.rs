//! The session's part in measures beyond the usual ones, and in classifiers.

use super::Session;
use crate::dataset::Role;
use crate::evaluation::advice;
use crate::metrics::registry::MetricSpec;
use crate::worker::classification::classification;
use crate::worker::protocol::Response;

impl Session {
    /// What was added and is not usual for this data anyway: the places in the list of what was added,
    /// with the metrics in options that suit the data.
    pub(super) fn added_here(&self) -> Vec<(usize, MetricSpec)> {
        let script = advice::script(&self.data);
        let usual = advice::metrics(script);
        let mut names: Vec<String> = usual.iter().map(|s| s.metric().name()).collect();
        let mut here = Vec::new();
        for (place, name) in self.added.iter().enumerate() {
            let Ok(spec) = MetricSpec::named(name) else {
                continue;
            };
            let spec = advice::suited(spec, script);
            let shown = spec.metric().name();
            if !names.contains(&shown) {
                names.push(shown);
                here.push((place, spec));
            }
        }
        here
    }

    /// What could be added to the usual metrics of this data: names in the registry, and as they are shown.
    pub(super) fn addable(&self) -> Vec<(String, String)> {
        if self.data.column_with(Role::Reference).is_none() {
            return Vec::new();
        }
        let script = advice::script(&self.data);
        let usual = advice::metrics(script);
        let usual: Vec<String> = usual.iter().map(|s| s.metric().name()).collect();
        let all = advice::addable(script, &usual).into_iter();
        all.map(|(name, shown)| (name.to_owned(), shown)).collect()
    }

    /// Adds a metric to the usual ones; one that is there already, or that nobody knows, changes nothing.
    pub fn add_metric(&mut self, name: &str) -> Vec<Response> {
        let Ok(spec) = MetricSpec::named(name) else {
            return Vec::new();
        };
        let spec = advice::suited(spec, advice::script(&self.data));
        if self.schedule.names().contains(&spec.metric().name()) {
            return Vec::new();
        }
        // What is given stands behind all others.
        let from = self.schedule.withdraw_given();
        let mut news: Vec<Response> = from
            .map(|from| Response::Withdrawn { from })
            .into_iter()
            .collect();
        self.added.push(name.to_owned());
        self.schedule.add(&self.data, spec);
        news.extend(self.give());
        news
    }

    /// Takes a metric that was added away; the usual ones stay, and all do while something runs.
    pub fn remove_metric(&mut self, metric: usize) -> Vec<Response> {
        let here = self.added_here();
        let place = metric.checked_sub(self.usual).and_then(|p| here.get(p));
        let Some((place, _)) = place.filter(|_| self.schedule.remove(metric)) else {
            return Vec::new();
        };
        self.added.remove(*place);
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
