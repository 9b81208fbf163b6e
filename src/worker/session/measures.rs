//! The session's part in measures beyond the usual ones, and in classifiers.

use super::Session;
use crate::evaluation::advice;
use crate::metrics::registry::MetricSpec;
use crate::worker::classification::classification;
use crate::worker::protocol::Response;

impl Session {
    /// Adds a metric to the usual ones; one that is there already, or that nobody knows, changes nothing.
    pub fn add_metric(&mut self, name: &str) -> Vec<Response> {
        let Ok(spec) = MetricSpec::named(name) else {
            return Vec::new();
        };
        if self.schedule.names().contains(&spec.metric().name()) {
            return Vec::new();
        }
        let spec = advice::suited(spec, advice::script(&self.data));
        // What is given stands behind all others.
        let from = self.schedule.withdraw_given();
        let mut news: Vec<Response> = from
            .map(|from| Response::Withdrawn { from })
            .into_iter()
            .collect();
        self.added.push(spec.clone());
        self.schedule.add(&self.data, spec);
        news.extend(self.give());
        news
    }

    /// Takes a metric that was added away; the usual ones stay, and all do while something runs.
    pub fn remove_metric(&mut self, metric: usize) -> Vec<Response> {
        let place = metric
            .checked_sub(self.usual)
            .filter(|p| *p < self.added.len());
        let Some(place) = place.filter(|_| self.schedule.remove(metric)) else {
            return Vec::new();
        };
        self.added.remove(place);
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
