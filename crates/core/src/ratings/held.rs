//! Judgements that are held: those of a file or a project, with files that were added to them.

use super::shown::of_shown_systems;
use crate::projects::OpenProject;
use assay_data::DataSet;
use assay_rating::exchange::{Foreign, link};
use assay_rating::judgements::{Judgements, RaterKind};
use assay_rating::pool::RaterKey;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Judgements from a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Loaded {
    pub(super) file: String,
    pub(super) foreign: Foreign,
    pub(super) left_out: BTreeSet<RaterKey>,
    /// Raters whom the person has called people or models.
    #[serde(default)]
    pub(super) kinds: Vec<(RaterKey, RaterKind)>,
}

/// Where judgements come from.
#[derive(Debug, Clone)]
pub(super) enum Source {
    File(Box<Loaded>),
    Project(Box<OpenProject>),
}

impl Source {
    pub(super) fn name(&self) -> String {
        match self {
            Self::File(loaded) => loaded.file.clone(),
            Self::Project(project) => project.project.task.title.clone(),
        }
    }

    pub(super) fn table(&self, data: &DataSet) -> Judgements {
        let table = match self {
            Self::File(loaded) => loaded.table(data),
            Self::Project(project) => project.table(data),
        };
        of_shown_systems(table, data)
    }
}

/// Judgements with files that were added to them.
#[derive(Debug, Clone)]
pub(super) struct Held {
    pub(super) source: Source,
    pub(super) added: Vec<Loaded>,
}

impl Held {
    pub(super) fn alone(source: Source) -> Self {
        Self {
            source,
            added: Vec::new(),
        }
    }

    pub(super) fn name(&self) -> String {
        let added = self.added.iter().map(|loaded| loaded.file.clone());
        let names: Vec<String> = std::iter::once(self.source.name()).chain(added).collect();
        names.join(" + ")
    }

    /// Its files.
    pub(super) fn files(&self) -> impl Iterator<Item = &Loaded> {
        let own = match &self.source {
            Source::File(loaded) => Some(&**loaded),
            Source::Project(_) => None,
        };
        own.into_iter().chain(&self.added)
    }

    /// The file that has a rater.
    pub(super) fn file_with(&mut self, rater: &RaterKey) -> Option<&mut Loaded> {
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

    pub(super) fn project(&self) -> Option<&OpenProject> {
        match &self.source {
            Source::Project(project) => Some(project),
            Source::File(_) => None,
        }
    }

    pub(super) fn table(&self, data: &DataSet) -> Judgements {
        let mut table = self.source.table(data);
        for loaded in &self.added {
            table.join(of_shown_systems(loaded.table(data), data));
        }
        table
    }
}

impl Loaded {
    pub(super) fn new(file: String, foreign: Foreign) -> Self {
        Self {
            file,
            foreign,
            left_out: BTreeSet::new(),
            kinds: Vec::new(),
        }
    }

    pub(super) fn table(&self, data: &DataSet) -> Judgements {
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
        table.remarks.retain(|r| !out[r.rater]);
        table
    }
}
