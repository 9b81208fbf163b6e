//! People's judgements in the data worker: what was loaded, who is left out, what it means beside the
//! data and its metrics.

use crate::dataset::DataSet;
use crate::rating::analysis::follow::MetricScores;
use crate::rating::analysis::{Analysis, analyse};
use crate::rating::exchange::{Foreign, link};
use crate::rating::judgements::Judgements;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Judgements as they were loaded.
#[derive(Debug, Clone)]
struct Loaded {
    file: String,
    foreign: Foreign,
    left_out: BTreeSet<String>,
}

/// The judgements, and those before them.
#[derive(Debug, Clone, Default)]
pub struct Ratings {
    now: Option<Loaded>,
    before: Option<Loaded>,
}

/// What the page shows of them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RatingsView {
    /// The file.
    pub file: String,
    /// Values that are no rating.
    pub passed_over: usize,
    /// Units whose row in the data is known.
    pub linked: usize,
    /// What it means.
    pub analysis: Analysis,
    /// The file that undo brings back.
    pub earlier: Option<String>,
}

impl Ratings {
    /// Takes judgements in place of the old.
    pub fn load(&mut self, file: String, foreign: Foreign) {
        let loaded = Loaded {
            file,
            foreign,
            left_out: BTreeSet::new(),
        };
        self.before = self.now.replace(loaded);
    }

    /// Goes back to those before, and forth again.
    pub fn undo(&mut self) {
        if self.before.is_some() {
            std::mem::swap(&mut self.now, &mut self.before);
        }
    }

    /// Leaves a rater out, or puts one back.
    pub fn leave_out(&mut self, rater: &str, out: bool) {
        if let Some(loaded) = &mut self.now {
            if out {
                loaded.left_out.insert(rater.to_owned());
            } else {
                loaded.left_out.remove(rater);
            }
        }
    }

    /// The judgements that count, with their rows in `data`.
    #[must_use]
    pub fn table(&self, data: &DataSet) -> Option<Judgements> {
        let loaded = self.now.as_ref()?;
        let mut table = loaded.foreign.table.clone();
        link(&mut table, data);
        for rater in &mut table.raters {
            rater.left_out = loaded.left_out.contains(&rater.name);
        }
        let out: Vec<bool> = table.raters.iter().map(|r| r.left_out).collect();
        table.ratings.retain(|r| !out[r.rater]);
        table.comparisons.retain(|c| !out[c.rater]);
        table.orders.retain(|o| !out[o.rater]);
        Some(table)
    }

    /// What they mean, against the system of this name or the first, beside these metrics.
    #[must_use]
    pub fn view(
        &self,
        data: &DataSet,
        baseline: Option<&str>,
        metrics: impl Fn(&Judgements) -> Vec<MetricScores>,
    ) -> Option<RatingsView> {
        let loaded = self.now.as_ref()?;
        let table = self.table(data)?;
        let place = |name: &str| table.systems.iter().position(|s| s == name);
        let linked = table.units.iter().filter(|u| u.row.is_some()).count();
        Some(RatingsView {
            file: loaded.file.clone(),
            passed_over: loaded.foreign.passed_over,
            linked,
            analysis: analyse(
                &table,
                baseline.and_then(place).unwrap_or(0),
                &metrics(&table),
            ),
            earlier: self.before.as_ref().map(|b| b.file.clone()),
        })
    }
}
