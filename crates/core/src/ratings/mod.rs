//! People's judgements in the data worker: those of a file or of a project, who is left out, what they
//! mean beside the data and its metrics.

mod held;
mod phrases;
mod shown;

pub mod service;

use super::projects::OpenProject;
use assay_calls::History;
use assay_data::{DataSet, Role};
use assay_protocol::ratings::RatingsView;
use assay_rating::analysis::follow::MetricScores;
use assay_rating::analysis::judges::agree_by_slice;
use assay_rating::analysis::judges::slices::SliceColumn;
use assay_rating::analysis::style::{OutputStyles, style_of};
use assay_rating::analysis::{OutputLengths, analyse, hold_style_equal};
use assay_rating::exchange::Foreign;
use assay_rating::judgements::{Judgements, RaterKind};
use assay_rating::pool::RaterKey;
use assay_rating::project::Event;
use held::{Held, Loaded, Source};
use serde::{Deserialize, Serialize};

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
#[derive(Debug, Clone)]
pub struct Ratings {
    /// A step back and no more: a file of judgements can be large.
    held: History<Option<Held>, ()>,
    /// Files to be added to the project of this id once it is opened.
    waiting: Option<(String, Vec<Loaded>)>,
}

impl Default for Ratings {
    fn default() -> Self {
        Self {
            held: History::new(None, 1),
            waiting: None,
        }
    }
}

impl Ratings {
    /// Takes judgements in place of the old.
    pub fn load(&mut self, file: String, foreign: Foreign) {
        let source = Source::File(Box::new(Loaded::new(file, foreign)));
        self.held.set((), Some(Held::alone(source)));
    }

    /// Adds judgements to those that are there.
    pub fn add(&mut self, file: String, foreign: Foreign) {
        let Some(mut held) = self.held.current().clone() else {
            return self.load(file, foreign);
        };
        held.added.push(Loaded::new(file, foreign));
        self.held.set((), Some(held));
    }

    /// Takes a project in place of what is there; the same one anew is no other.
    pub fn open(&mut self, project: OpenProject) {
        let is_same = |held: &Held| held.project().is_some_and(|p| p.id == project.id);
        self.held.amend_all(|state| {
            if let Some(held) = state.as_mut().filter(|held| is_same(held)) {
                held.source = Source::Project(Box::new(project.clone()));
            }
        });
        if self.held.current().as_ref().is_some_and(is_same) {
            return;
        }
        let waiting = self.waiting.take().filter(|(id, _)| *id == project.id);
        let mut held = Held::alone(Source::Project(Box::new(project)));
        held.added = waiting.map_or_else(Vec::new, |(_, added)| added);
        self.held.set((), Some(held));
    }

    /// Where they come from, to be kept.
    pub(crate) fn kept(&self) -> Option<KeptJudgements> {
        let held = self.held.current().as_ref()?;
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
                *self.held.amend() = Some(Held { source, added });
            }
            KeptSource::Project(id) => self.waiting = Some((id, added)),
            // Files are added to a file or a project, never to such a pair.
            KeptSource::With { .. } => {}
        }
    }

    /// The open project.
    #[must_use]
    pub fn project(&self) -> Option<&OpenProject> {
        self.held.current().as_ref()?.project()
    }

    /// Closes the project of this id, wherever it is open.
    pub fn close(&mut self, id: &str) {
        let is = |state: &Option<Held>| {
            let project = state.as_ref().and_then(Held::project);
            project.is_some_and(|project| project.id == id)
        };
        self.held.retain(|state| !is(state));
        if is(self.held.current()) {
            if !self.held.undo() {
                *self.held.amend() = None;
            }
            self.held.retain(|state| !is(state));
        }
    }

    /// The judgements that [`Ratings::undo`] goes to.
    fn other(&self) -> Option<&Held> {
        self.held.earlier().or(self.held.undone())?.as_ref()
    }

    /// Goes back to those before, and forth again.
    pub fn undo(&mut self) {
        if self.other().is_some() && !self.held.undo() {
            self.held.redo();
        }
    }

    /// Leaves a rater of a file out, or puts one back. Of a project that is an event, which is given back
    /// to be kept.
    #[must_use]
    pub fn leave_out(&mut self, rater: RaterKey, out: bool) -> Option<Event> {
        let held = self.held.amend().as_mut()?;
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
        let held = self.held.amend().as_mut();
        if let Some(loaded) = held.and_then(|held| held.file_with(&rater)) {
            loaded.kinds.retain(|(key, _)| *key != rater);
            loaded.kinds.push((rater, kind));
        }
    }

    /// The judgements that count, with their rows in `data`.
    #[must_use]
    pub fn table(&self, data: &DataSet) -> Option<Judgements> {
        Some(self.held.current().as_ref()?.table(data))
    }

    /// What they mean, against the system of this name or the first, beside these metrics.
    #[must_use]
    pub fn view(
        &self,
        data: &DataSet,
        baseline: Option<&str>,
        metrics: impl Fn(&Judgements) -> Vec<MetricScores>,
    ) -> Option<RatingsView> {
        let held = self.held.current().as_ref()?;
        let table = held.table(data);
        let place = |name: &str| table.systems.iter().position(|s| s == name);
        let linked = table.units.iter().filter(|u| u.row.is_some()).count();
        let mut analysis = analyse(
            &table,
            baseline.and_then(place).unwrap_or(0),
            &metrics(&table),
            &lengths(&table, data),
        );
        let styles = styles(&table, data);
        hold_style_equal(&table, &mut analysis.dimensions, &styles);
        if !analysis.judges.is_empty() {
            agree_by_slice(&table, &mut analysis.judges, &slice_columns(data));
        }
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
            analysis,
            earlier: self.other().map(Held::name),
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

/// The styles of the outputs that are compared; of systems that the data does not have none.
fn styles(table: &Judgements, data: &DataSet) -> OutputStyles {
    if table.comparisons.is_empty() {
        return OutputStyles::default();
    }
    let of = |name: &String| {
        let Some(system) = data.system_called(name) else {
            return Vec::new();
        };
        let rows = 0..data.table.rows();
        rows.map(|row| style_of(data.hypothesis(system.column, row)))
            .collect()
    };
    OutputStyles(table.systems.iter().map(of).collect())
}

/// The columns by whose values rows are told apart.
fn slice_columns(data: &DataSet) -> Vec<SliceColumn> {
    let columns = data.columns_with(Role::Slice).into_iter();
    let column = |column: usize| SliceColumn {
        name: data.column_name(column).to_owned(),
        values: (0..data.table.rows())
            .map(|row| data.table.cell(column, row).map(str::to_owned))
            .collect(),
    };
    columns.map(column).collect()
}

#[cfg(test)]
mod tests;
