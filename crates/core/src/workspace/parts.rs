//! The parts of a project: their names in the list of contents, and what they change with.

use crate::session::Results;
use assay_calls::Topic;
use assay_protocol::topics::{
    ANNOTATIONS, CODE, DATA, EXPERIMENTS, MODELS, PERPLEXITY, PROJECTS, RATINGS, REPORT, ROUNDS,
    RUNS, SCORES,
};

/// The part of texts.
pub(super) const TEXTS: &str = "texts";

/// A small part of a project.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Data,
    Settings,
    Rows,
    Study,
    Runs,
    Experiments,
    Goals,
    Judgements,
    Programs,
    Rounds,
    Annotations,
    View,
}

impl Part {
    pub(super) const ALL: [Self; 12] = [
        Self::Data,
        Self::Settings,
        Self::Rows,
        Self::Study,
        Self::Runs,
        Self::Experiments,
        Self::Goals,
        Self::Judgements,
        Self::Programs,
        Self::Rounds,
        Self::Annotations,
        Self::View,
    ];

    /// Its name in the list of contents.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Data => "data",
            Self::Settings => "settings",
            Self::Rows => "rows",
            Self::Study => "study",
            Self::Runs => "runs",
            Self::Experiments => "experiments",
            Self::Goals => "goals",
            Self::Judgements => "judgements",
            Self::Programs => "programs",
            Self::Rounds => "rounds",
            Self::Annotations => "annotations",
            Self::View => "view",
        }
    }

    /// What it changes with.
    pub(super) fn topics(self) -> Vec<Topic> {
        match self {
            Self::Data => vec![DATA],
            Self::Settings => vec![DATA, SCORES],
            Self::Rows | Self::Study => vec![DATA, MODELS, PERPLEXITY],
            Self::Runs => vec![RUNS],
            Self::Experiments => vec![EXPERIMENTS],
            Self::Goals => vec![REPORT],
            Self::Judgements => vec![RATINGS, PROJECTS],
            Self::Programs => vec![CODE],
            Self::Rounds => vec![ROUNDS],
            // They follow rows into other data.
            Self::Annotations => vec![ANNOTATIONS, DATA],
            Self::View => Vec::new(),
        }
    }
}

/// Results of systems and of models, with how their parts' names begin.
pub(super) const RESULTS: [(Results, &str); 2] = [
    (Results::Systems, "scores-"),
    (Results::Models, "compared-"),
];
