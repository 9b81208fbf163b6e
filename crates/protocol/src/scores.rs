//! The `scores` service: which metrics are computed and how, their results, and questions beyond them.

use crate::topics::{DATA, SCORES};
use crate::views::MetricView;
use assay_calls::{NoError, calls};
use assay_results::classification::ClassificationView;
use assay_results::outliers::OutliersView;
use assay_results::questions::{
    AgreementView, DisagreementView, ErrorBarsView, PairsView, TextsView,
};
use assay_results::scores::{Domains, MetricId};
use assay_stats::PairedTest;
use serde::{Deserialize, Serialize};

/// Why the list of metrics can't be changed so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum ScoresError {
    /// The metric is not in the list any more.
    #[error("that metric is not in the list any more")]
    NoSuchMetric,
    /// Nobody knows a metric of that name, or it does not suit the data.
    #[error("{name} can't be computed for this data")]
    NotPossible {
        /// The name.
        name: String,
    },
    /// It is in the list.
    #[error("{name} is in the list already")]
    AlreadyThere {
        /// The name, as it is shown.
        name: String,
    },
    /// Only metrics that were added can be removed, and only while no scores are computed.
    #[error("{name} can't be removed: it is a usual metric, or scores are being computed")]
    NotRemovable {
        /// The metric.
        name: String,
    },
    /// A difference that matters is above 0.
    #[error(
        "the smallest difference of {metric} that matters can't be {value}: it takes a number above 0"
    )]
    BadMargin {
        /// The metric.
        metric: String,
        /// What was given.
        value: String,
    },
    /// The option can't have that value.
    #[error("{option} can't be {value}")]
    BadOption {
        /// The option.
        option: String,
        /// The value.
        value: String,
    },
    /// The worker that has to check the value did not.
    #[error("the value could not be checked: {detail}")]
    NotChecked {
        /// Why.
        detail: String,
    },
}

/// A metric of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedMetric {
    /// Its id.
    pub id: MetricId,
    /// Its name, with options.
    pub name: String,
    /// Whether the person added it and can remove it.
    pub is_added: bool,
}

/// The list of metrics with what is computed of it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ScoresView {
    /// The metrics, in order.
    pub metrics: Vec<ListedMetric>,
    /// The results so far: of the first metrics of the list, in its order.
    pub results: Vec<MetricView>,
    /// Metrics that can be added: names in the registry, and as they are shown.
    pub addable: Vec<(String, String)>,
    /// Tools whose metrics can be computed as they compute them, by their names in locale keys.
    pub presets: Vec<String>,
    /// The one of these that was chosen.
    pub preset: Option<String>,
    /// Whether scoring was stopped, or failed, before all was computed; [`Resume`] goes on with it.
    pub is_stopped: bool,
}

impl ScoresView {
    /// The names of all metrics.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        self.metrics.iter().map(|m| m.name.clone()).collect()
    }

    /// Whether every metric has a result.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.results.len() >= self.metrics.len()
    }
}

calls! {
    service "scores";

    /// Computes what is missing under this baseline and test. A job `score`, which runs on after the reply.
    Configure {
        /// The baseline's index among the systems.
        baseline: usize,
        /// The paired test.
        test: PairedTest,
        /// What systems were trained on, if it is told.
        domains: Option<Domains>,
    } -> (), NoError;

    /// Computes what is missing, with the settings that scoring was stopped with. A job `score`.
    Resume {} -> (), NoError;

    /// Changes an option of a metric and computes that metric anew.
    SetOption {
        /// The metric.
        metric: MetricId,
        /// The option's name.
        option: String,
        /// Its new value.
        value: String,
    } -> (), ScoresError;

    /// Sets the smallest difference of a metric that matters, against which differences are held.
    SetMargin {
        /// The metric.
        metric: MetricId,
        /// The difference, above 0, in the metric's own unit; nothing forgets it.
        margin: Option<f64>,
    } -> (), ScoresError;

    /// Adds a metric to the usual ones.
    AddMetric {
        /// Its name in the registry.
        name: String,
    } -> MetricId, ScoresError;

    /// Computes the metrics of a tool with its options in place of those that suit the data. A job `score`.
    SetPreset {
        /// The tool; without one the metrics that suit the data come back.
        preset: Option<String>,
    } -> (), ScoresError;

    /// Removes a metric that was added.
    RemoveMetric {
        /// The metric.
        metric: MetricId,
    } -> (), ScoresError;

    /// The metrics with their results so far.
    #[derive(Eq, Hash)]
    Metrics {} -> ScoresView, NoError, [DATA, SCORES];

    /// Scores of the data's classifiers; nothing where there are none.
    #[derive(Eq, Hash)]
    Classification {} -> Option<ClassificationView>, NoError, [DATA];

    /// Statistics of the systems' texts.
    #[derive(Eq, Hash)]
    TextStatistics {} -> TextsView, NoError, [DATA];

    /// Other paired tests of a metric's segments; nothing while it has no result.
    #[derive(Eq, Hash)]
    PairedTests {
        /// The metric.
        metric: MetricId,
    } -> Option<PairsView>, ScoresError, [DATA, SCORES];

    /// How sure the systems' means under a metric are, and what would make them surer; nothing while it has no result.
    #[derive(Eq, Hash)]
    StandardErrors {
        /// The metric.
        metric: MetricId,
    } -> Option<ErrorBarsView>, ScoresError, [DATA, SCORES];

    /// How the metrics correlate over a system's segments.
    #[derive(Eq, Hash)]
    MetricAgreement {
        /// The system's index.
        system: usize,
    } -> AgreementView, NoError, [DATA, SCORES];

    /// Segments of a system that stand out; nothing while the metric has no result.
    #[derive(Eq, Hash)]
    Outliers {
        /// The metric.
        metric: MetricId,
        /// The system's index.
        system: usize,
    } -> Option<OutliersView>, ScoresError, [DATA, SCORES];

    /// Segments of a system that two metrics rank most differently; nothing while one of them has no result.
    #[derive(Eq, Hash)]
    Disagreements {
        /// The system's index.
        system: usize,
        /// The two metrics.
        metrics: [MetricId; 2],
    } -> Option<DisagreementView>, ScoresError, [DATA, SCORES];
}
