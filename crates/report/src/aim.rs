//! What is to be decided, and the order in which a report answers it.

use serde::{Deserialize, Serialize};

/// What a person wants to decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Aim {
    /// Is it better at the task?
    Task,
    /// Is it better in its domain, and has it forgotten nothing else?
    Domain,
    /// Is it cheaper to run at the same quality?
    Cost,
    /// Has it learned its training data by heart?
    Overfit,
    /// Do people prefer it?
    Preference,
    /// Nothing in particular: to look around.
    Open,
}

/// The parts of a report whose order depends on what is to be decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Measures on the outputs, and people's ratings of them.
    Outputs,
    /// Trials with users.
    Trials,
    /// Training runs.
    Training,
}

impl Aim {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 6] = [
        Self::Task,
        Self::Domain,
        Self::Cost,
        Self::Overfit,
        Self::Preference,
        Self::Open,
    ];

    /// Its name, as in the keys of the locale files (`aim-task`).
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Task => "task",
            Self::Domain => "domain",
            Self::Cost => "cost",
            Self::Overfit => "overfit",
            Self::Preference => "preference",
            Self::Open => "open",
        }
    }

    /// The parts of a report in the order that answers the question first.
    #[must_use]
    pub fn order(self) -> [Part; 3] {
        match self {
            Self::Task | Self::Domain | Self::Cost | Self::Open => {
                [Part::Outputs, Part::Trials, Part::Training]
            }
            Self::Overfit => [Part::Training, Part::Outputs, Part::Trials],
            Self::Preference => [Part::Trials, Part::Outputs, Part::Training],
        }
    }
}
