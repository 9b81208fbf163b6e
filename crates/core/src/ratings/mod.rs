//! People's judgements in the data worker: those of a file or of a project, who is left out, what they
//! mean beside the data and its metrics.

mod shown;

pub mod service;

use super::projects::OpenProject;
use assay_data::DataSet;
use assay_protocol::ratings::RatingsView;
use assay_rating::analysis::follow::MetricScores;
use assay_rating::analysis::{OutputLengths, analyse};
use assay_rating::exchange::{Foreign, link};
use assay_rating::judgements::{Judgements, RaterKind};
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
    /// Raters whom the person has called people or models.
    #[serde(default)]
    kinds: Vec<(RaterKey, RaterKind)>,
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

    fn table(&self, data: &DataSet) -> Judgements {
        let table = match self {
            Self::File(loaded) => loaded.table(data),
            Self::Project(project) => project.table(data),
        };
        of_shown_systems(table, data)
    }
}

/// Judgements with files that were added to them.
#[derive(Debug, Clone)]
struct Held {
    source: Source,
    added: Vec<Loaded>,
}

impl Held {
    fn alone(source: Source) -> Self {
        Self {
            source,
            added: Vec::new(),
        }
    }

    fn name(&self) -> String {
        let added = self.added.iter().map(|loaded| loaded.file.clone());
        let names: Vec<String> = std::iter::once(self.source.name()).chain(added).collect();
        names.join(" + ")
    }

    /// Its files.
    fn files(&self) -> impl Iterator<Item = &Loaded> {
        let own = match &self.source {
            Source::File(loaded) => Some(&**loaded),
            Source::Project(_) => None,
        };
        own.into_iter().chain(&self.added)
    }

    /// The file that has a rater.
    fn file_with(&mut self, rater: &RaterKey) -> Option<&mut Loaded> {
        let own = match &mut self.source {
            Source::File(loaded) => Some(&mut **loaded),
            Source::Project(_) => None,
        };
        let has = |loaded: &&mut Loaded| {
            let mut raters = loaded.foreign.table.raters.iter();
            raters.any(|r| r.key == *rater)
        };
        own.into_iter().chain(&mut self.added).find(has)
    }

    fn project(&self) -> Option<&OpenProject> {
        match &self.source {
            Source::Project(project) => Some(project),
            Source::File(_) => None,
        }
    }

    fn table(&self, data: &DataSet) -> Judgements {
        let mut table = self.source.table(data);
        for loaded in &self.added {
            table.join(of_shown_systems(loaded.table(data), data));
        }
        table
    }
}

impl Loaded {
    fn new(file: String, foreign: Foreign) -> Self {
        Self {
            file,
            foreign,
            left_out: BTreeSet::new(),
            kinds: Vec::new(),
        }
    }

    fn table(&self, data: &DataSet) -> Judgements {
        let mut table = self.foreign.table.clone();
        link(&mut table, data);
        for rater in &mut table.raters {
            rater.left_out = self.left_out.contains(&rater.key);
            let kind = self.kinds.iter().find(|(key, _)| *key == rater.key);
            if let Some((_, kind)) = kind {
                rater.kind = kind.clone();
            }
        }
        let out: Vec<bool> = table.raters.iter().map(|r| r.left_out).collect();
        table.ratings.retain(|r| !out[r.rater]);
        table.comparisons.retain(|c| !out[c.rater]);
        table.games.retain(|c| !out[c.rater]);
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
    /// One of these, with files that were added.
    With {
        source: Box<KeptSource>,
        added: Vec<Loaded>,
    },
}

impl KeptSource {
    fn is_whole(&self) -> bool {
        match self {
            Self::File(loaded) => loaded.foreign.table.is_whole(),
            Self::Project(_) => true,
            Self::With { source, added } => {
                let mut added = added.iter();
                source.is_whole() && added.all(|l| l.foreign.table.is_whole())
            }
        }
    }

    fn project(&self) -> Option<&str> {
        match self {
            Self::File(_) => None,
            Self::Project(id) => Some(id),
            Self::With { source, .. } => source.project(),
        }
    }
}

impl KeptJudgements {
    /// Whether its parts fit together.
    pub(crate) fn is_whole(&self) -> bool {
        self.0.is_whole()
    }

    /// The rating project, if they are of one.
    pub(crate) fn project(&self) -> Option<&str> {
        self.0.project()
    }
}

/// The judgements, and those before them.
#[derive(Debug, Clone, Default)]
pub struct Ratings {
    now: Option<Held>,
    before: Option<Held>,
    /// Files to be added to a project that is yet to be opened.
    waiting: Vec<Loaded>,
}

impl Ratings {
    /// Takes judgements in place of the old.
    pub fn load(&mut self, file: String, foreign: Foreign) {
        let source = Source::File(Box::new(Loaded::new(file, foreign)));
        self.before = self.now.replace(Held::alone(source));
    }

    /// Adds judgements to those that are there.
    pub fn add(&mut self, file: String, foreign: Foreign) {
        let Some(held) = &mut self.now else {
            return self.load(file, foreign);
        };
        self.before = Some(held.clone());
        held.added.push(Loaded::new(file, foreign));
    }

    /// Takes a project in place of what is there; the same one anew is no other.
    pub fn open(&mut self, project: OpenProject) {
        let is_same = |held: &&mut Held| held.project().is_some_and(|p| p.id == project.id);
        if let Some(before) = self.before.as_mut().filter(is_same) {
            before.source = Source::Project(Box::new(project.clone()));
        }
        if let Some(now) = self.now.as_mut().filter(is_same) {
            now.source = Source::Project(Box::new(project));
            return;
        }
        let mut held = Held::alone(Source::Project(Box::new(project)));
        held.added = std::mem::take(&mut self.waiting);
        self.before = self.now.replace(held);
    }

    /// Where they come from, to be kept.
    pub(crate) fn kept(&self) -> Option<KeptJudgements> {
        let held = self.now.as_ref()?;
        let source = match &held.source {
            Source::File(loaded) => KeptSource::File(loaded.clone()),
            Source::Project(project) => KeptSource::Project(project.id.clone()),
        };
        Some(KeptJudgements(match held.added.is_empty() {
            true => source,
            false => KeptSource::With {
                source: Box::new(source),
                added: held.added.clone(),
            },
        }))
    }

    /// Takes judgements of files back that were kept, and forgets all others. Those of a project come when it is opened.
    pub(crate) fn restore(&mut self, kept: KeptJudgements) {
        let (source, added) = match kept.0 {
            KeptSource::With { source, added } => (*source, added),
            source => (source, Vec::new()),
        };
        *self = Self::default();
        match source {
            KeptSource::File(loaded) => {
                let source = Source::File(loaded);
                self.now = Some(Held { source, added });
            }
            KeptSource::Project(_) | KeptSource::With { .. } => self.waiting = added,
        }
    }

    /// The open project.
    #[must_use]
    pub fn project(&self) -> Option<&OpenProject> {
        self.now.as_ref()?.project()
    }

    /// Closes the project of this id, wherever it is open.
    pub fn close(&mut self, id: &str) {
        let is = |held: &Held| held.project().is_some_and(|p| p.id == id);
        self.before = self.before.take().filter(|held| !is(held));
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
        let held = self.now.as_mut()?;
        let is_project = held.project().is_some();
        match held.file_with(&rater) {
            Some(loaded) if out => {
                loaded.left_out.insert(rater);
            }
            Some(loaded) => {
                loaded.left_out.remove(&rater);
            }
            None if is_project => return Some(Event::LeftOut { rater, out }),
            None => {}
        }
        None
    }

    /// Takes a rater of a file for a person or a model, whatever its name says. Raters of a project are people.
    pub fn set_kind(&mut self, rater: RaterKey, kind: RaterKind) {
        let held = self.now.as_mut();
        if let Some(loaded) = held.and_then(|held| held.file_with(&rater)) {
            loaded.kinds.retain(|(key, _)| *key != rater);
            loaded.kinds.push((rater, kind));
        }
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
        let held = self.now.as_ref()?;
        let table = held.table(data);
        let place = |name: &str| table.systems.iter().position(|s| s == name);
        let linked = table.units.iter().filter(|u| u.row.is_some()).count();
        Some(RatingsView {
            file: held.name(),
            skipped: held
                .files()
                .flat_map(|f| f.foreign.skipped.clone())
                .collect(),
            unused: held
                .files()
                .flat_map(|f| f.foreign.unused.clone())
                .collect(),
            linked,
            project: self.project().map(OpenProject::view),
            analysis: analyse(
                &table,
                baseline.and_then(place).unwrap_or(0),
                &metrics(&table),
                &lengths(&table, data),
            ),
            earlier: self.before.as_ref().map(Held::name),
        })
    }
}

/// The lengths of the outputs that are judged; of systems that the data does not have none.
fn lengths(table: &Judgements, data: &DataSet) -> OutputLengths {
    // Only judges are held against them.
    if !table.raters.iter().any(|rater| rater.is_model()) {
        return OutputLengths::default();
    }
    let of = |name: &String| {
        let Some(system) = data.system_called(name) else {
            return Vec::new();
        };
        let rows = 0..data.table.rows();
        rows.map(|row| data.hypothesis(system.column, row).chars().count())
            .collect()
    };
    OutputLengths(table.systems.iter().map(of).collect())
}
