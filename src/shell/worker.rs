//! The shell and the data worker: what it asks for, and what it does with what it hears.

use super::Shell;
use crate::calls::{Answered, Change};
use assay_calls::Topic;
use assay_protocol::data::Summarize;
use assay_protocol::scores::{Configure, Metrics};
use assay_protocol::topics::{DATA, SCORES, WORKSPACE};
use assay_protocol::workspace::State;
use std::any::TypeId;
use std::rc::Rc;

impl Shell {
    /// Takes note of a change; whether the shell shows it.
    pub(super) fn changed(&mut self, change: &Change) -> bool {
        let is = |topic: &Topic| matches!(change, Change::Topic(t) if t == topic);
        let restarted = *change == Change::Restarted;
        if is(&DATA) || restarted {
            self.configured = None;
            self.calls.need(&Summarize {});
        }
        if is(&DATA) || is(&SCORES) || restarted {
            self.calls.need(&Metrics {});
        }
        if is(&WORKSPACE) || restarted {
            self.calls.need(&State {});
        }
        match change {
            Change::Reply(of) if *of == TypeId::of::<State>() => {}
            Change::Reply(of) if *of == TypeId::of::<Summarize>() => {
                self.calls.need(&Summarize {});
                self.take_summary();
            }
            Change::Reply(of) if *of == TypeId::of::<Metrics>() => {
                self.calls.need(&Metrics {});
                if let Answered::Current(scores) = self.calls.known(&Metrics {}) {
                    self.metrics = Rc::new(scores.results.clone());
                }
            }
            Change::Topic(_) | Change::Notices | Change::Restarted => {}
            Change::Reply(_) | Change::Jobs | Change::JobEnded(..) | Change::Orders => {
                return false;
            }
        }
        true
    }

    /// Takes what is loaded. While an import goes on its reply is awaited first: it says where the data belongs.
    pub(super) fn take_summary(&mut self) {
        if self.imports > 0 || !self.has_started {
            return;
        }
        let Answered::Current(loaded) = self.calls.known(&Summarize {}) else {
            return;
        };
        let before = self.summary.clone();
        self.summary = loaded.as_ref().as_ref().map(|l| Rc::new(l.summary.clone()));
        self.settle_view(before);
        self.configure_if_needed();
    }

    /// Scores are computed when data is there and the settings are not those they were asked for with.
    pub(super) fn configure_if_needed(&mut self) {
        let systems = self.summary.as_ref().map_or(0, |s| s.systems.len());
        if systems == 0 || self.is_opening && self.trouble.is_none() {
            return;
        }
        let baseline = self.route.baseline.min(systems - 1);
        let settings = (baseline, self.route.test, self.route.domains.clone());
        if self.configured.as_ref() == Some(&settings) {
            return;
        }
        self.configured = Some(settings.clone());
        let (baseline, test, domains) = settings;
        let call = Configure {
            baseline,
            test,
            domains,
        };
        self.calls.order(call, |()| {});
    }
}
