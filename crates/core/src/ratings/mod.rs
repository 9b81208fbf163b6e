//! People's judgements in the data worker: those of a file or of a project, who is left out, what they
//! mean beside the data and its metrics.

mod shown;

pub mod service;

use super::projects::OpenProject;
use assay_data::DataSet;
use assay_protocol::ratings::RatingsView;
use assay_rating::analysis::analyse;
use assay_rating::analysis::follow::MetricScores;
use assay_rating::exchange::{Foreign, link};
use assay_rating::judgements::Judgements;
use assay_rating::pool::RaterKey;
use assay_rating::project::Event;
use serde::{Deserialize, Serialize};
use shown::of_shown_systems;
use std::collections::BTreeSet;

/// Judgements from a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Loaded {
    file: String,
    foreign: Foreign,
    left_out: BTreeSet<RaterKey>,
}

/// Where judgements come from.
#[derive(Debug, Clone)]
enum Source {
    File(Box<Loaded>),
    Project(Box<OpenProject>),
}

impl Source {
    fn name(&self) -> String {
        match self {
            Self::File(loaded) => loaded.file.clone(),
            Self::Project(project) => project.project.task.title.clone(),
        }
    }

    /// What a file gave.
    fn file(&self) -> Option<&Foreign> {
        match self {
            Self::File(loaded) => Some(&loaded.foreign),
            Self::Project(_) => None,
        }
    }

    fn table(&self, data: &DataSet) -> Judgements {
        let table = match self {
            Self::File(loaded) => loaded.table(data),
            Self::Project(project) => project.table(data),
        };
        of_shown_systems(table, data)
    }
}

impl Loaded {
    fn table(&self, data: &DataSet) -> Judgements {
        let mut table = self.foreign.table.clone();
        link(&mut table, data);
        for rater in &mut table.raters {
            rater.left_out = self.left_out.contains(&rater.key);
        }
        let out: Vec<bool> = table.raters.iter().map(|r| r.left_out).collect();
        table.ratings.retain(|r| !out[r.rater]);
        table.comparisons.retain(|c| !out[c.rater]);
        table.orders.retain(|o| !out[o.rater]);
        table
    }
}

/// Where judgements come from, to be kept beyond a visit; a project's answers lie in files of their own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct KeptJudgements(KeptSource);

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
enum KeptSource {
    File(Box<Loaded>),
    Project(String),
}

impl KeptJudgements {
    /// Whether its parts fit together.
    pub(crate) fn is_whole(&self) -> bool {
        match &self.0 {
            KeptSource::File(loaded) => loaded.foreign.table.is_whole(),
            KeptSource::Project(_) => true,
        }
    }

    /// The rating project, if they are of one.
    pub(crate) fn project(&self) -> Option<&str> {
        match &self.0 {
            KeptSource::File(_) => None,
            KeptSource::Project(id) => Some(id),
        }
    }
}

/// The judgements, and those before them.
#[derive(Debug, Clone, Default)]
pub struct Ratings {
    now: Option<Source>,
    before: Option<Source>,
}

impl Ratings {
    /// Takes judgements in place of the old.
    pub fn load(&mut self, file: String, foreign: Foreign) {
        let loaded = Loaded {
            file,
            foreign,
            left_out: BTreeSet::new(),
        };
        self.before = self.now.replace(Source::File(Box::new(loaded)));
    }

    /// Takes a project in place of what is there; the same one anew is no other.
    pub fn open(&mut self, project: OpenProject) {
        let same = self.project().is_some_and(|p| p.id == project.id);
        let old = self.now.replace(Source::Project(Box::new(project)));
        if !same {
            self.before = old;
        }
    }

    /// Where they come from, to be kept.
    pub(crate) fn kept(&self) -> Option<KeptJudgements> {
        let source = match self.now.as_ref()? {
            Source::File(loaded) => KeptSource::File(loaded.clone()),
            Source::Project(project) => KeptSource::Project(project.id.clone()),
        };
        Some(KeptJudgements(source))
    }

    /// Takes judgements of a file back that were kept, and forgets all others.
    pub(crate) fn restore(&mut self, kept: KeptJudgements) {
        let source = match kept.0 {
            KeptSource::File(loaded) => Some(Source::File(loaded)),
            KeptSource::Project(_) => None,
        };
        *self = Self {
            now: source,
            before: None,
        };
    }

    /// The open project.
    #[must_use]
    pub fn project(&self) -> Option<&OpenProject> {
        match &self.now {
            Some(Source::Project(project)) => Some(project),
            _ => None,
        }
    }

    /// Closes the project of this id, wherever it is open.
    pub fn close(&mut self, id: &str) {
        let is = |s: &Source| matches!(s, Source::Project(p) if p.id == id);
        self.before = self.before.take().filter(|s| !is(s));
        if self.now.as_ref().is_some_and(is) {
            self.now = self.before.take();
        }
    }

    /// Goes back to those before, and forth again.
    pub fn undo(&mut self) {
        if self.before.is_some() {
            std::mem::swap(&mut self.now, &mut self.before);
        }
    }

    /// Leaves a rater of a file out, or puts one back. Of a project that is an event, which is given back
    /// to be kept.
    #[must_use]
    pub fn leave_out(&mut self, rater: RaterKey, out: bool) -> Option<Event> {
        match &mut self.now {
            Some(Source::File(loaded)) if out => {
                loaded.left_out.insert(rater);
            }
            Some(Source::File(loaded)) => {
                loaded.left_out.remove(&rater);
            }
            Some(Source::Project(_)) => return Some(Event::LeftOut { rater, out }),
            None => {}
        }
        None
    }

    /// The judgements that count, with their rows in `data`.
    #[must_use]
    pub fn table(&self, data: &DataSet) -> Option<Judgements> {
        Some(self.now.as_ref()?.table(data))
    }

    /// What they mean, against the system of this name or the first, beside these metrics.
    #[must_use]
    pub fn view(
        &self,
        data: &DataSet,
        baseline: Option<&str>,
        metrics: impl Fn(&Judgements) -> Vec<MetricScores>,
    ) -> Option<RatingsView> {
        let source = self.now.as_ref()?;
        let table = source.table(data);
        let place = |name: &str| table.systems.iter().position(|s| s == name);
        let linked = table.units.iter().filter(|u| u.row.is_some()).count();
        Some(RatingsView {
            file: source.name(),
            skipped: source.file().map_or_else(Vec::new, |f| f.skipped.clone()),
            unused: source.file().map_or_else(Vec::new, |f| f.unused.clone()),
            linked,
            project: self.project().map(OpenProject::view),
            analysis: analyse(
                &table,
                baseline.and_then(place).unwrap_or(0),
                &metrics(&table),
            ),
            earlier: self.before.as_ref().map(Source::name),
        })
    }
}
