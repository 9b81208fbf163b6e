//! The parts of a project as plain data, in CBOR: what is not a number and infinite numbers come back as they were.

use crate::annotations::KeptAnnotations;
use crate::data_settings::DataSettings;
use crate::ratings::KeptJudgements;
use crate::rounds::Round;
use crate::saved::SavedTrial;
use crate::surprise::Under;
use assay_codeeval::Programs;
use assay_data::import::Problem;
use assay_data::{DataSet, Notice};
use assay_eval::Evaluation;
use assay_eval::schedule::{Numbers, SavedScores};
use assay_experiment::view::TrialView;
use assay_metrics::registry::MetricSpec;
use assay_protocol::data::ImportedFiles;
use assay_report::goals::Goals;
use assay_results::perplexity::Plan;
use assay_results::scores::Domains;
use assay_training::Run;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// Rows set aside of which the reasons are kept.
const MOST_PROBLEMS: usize = 1000;
/// Resamples that settings may ask for, as an address may.
const MOST_SAMPLES: usize = 1_000_000;

/// SHA-256 in hexadecimal digits.
pub(super) fn digest(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(&Sha256::digest(bytes))
}

/// A part's bytes.
pub(super) fn encode(part: &impl Serialize) -> Vec<u8> {
    let mut bytes = Vec::new();
    ciborium::into_writer(part, &mut bytes).expect("plain data can be written to memory");
    bytes
}

/// The part in bytes; nothing where they are of another shape, as another version of the page may have left them.
/// They become a tree of values first: reading the bytes anew for each type makes a megabyte of program.
pub(super) fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    let tree: ciborium::Value = ciborium::from_reader(bytes).ok()?;
    tree.deserialized().ok()
}

/// A data set without its texts.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub(crate) struct KeptData {
    names: Vec<String>,
    #[serde(flatten)]
    settings: DataSettings,
    problems: Vec<Problem>,
    notices: Vec<Notice>,
    /// What the files of the last import were taken for.
    pub(crate) imported: ImportedFiles,
}

impl KeptData {
    /// Of a data set.
    pub(crate) fn of(data: &DataSet, imported: ImportedFiles) -> Self {
        Self {
            names: data.table.names().to_vec(),
            settings: DataSettings::of(data),
            problems: data.problems.iter().take(MOST_PROBLEMS).cloned().collect(),
            notices: data.join_notices().to_vec(),
            imported,
        }
    }

    /// The data set with these texts; nothing where they are of other columns.
    pub(crate) fn data(&self, texts: Vec<assay_data::column::TextColumn>) -> Option<DataSet> {
        if texts.len() != self.names.len() || texts.len() != self.settings.roles.len() {
            return None;
        }
        let mut data = DataSet::default();
        for (name, column) in self.names.iter().zip(texts) {
            data.table.add(name, column);
        }
        data.problems.clone_from(&self.problems);
        data.set_join_notices(self.notices.clone());
        self.settings.set_on(&mut data);
        Some(data)
    }
}

/// What a person set of the evaluation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct KeptSettings {
    pub(crate) evaluation: Evaluation,
    pub(crate) domains: Option<Domains>,
    /// The metrics with their options.
    pub(crate) metrics: Vec<MetricSpec>,
    /// Names of those that were added to the usual ones.
    pub(crate) added: Vec<String>,
    /// The name of the preset that the usual metrics are of, where the person chose one.
    #[serde(default)]
    pub(crate) preset: Option<String>,
    /// The smallest differences that matter, by the metric's name.
    #[serde(default)]
    pub(crate) margins: BTreeMap<String, f64>,
}

impl KeptSettings {
    /// Whether the numbers are such as the page sets.
    fn is_sound(&self) -> bool {
        let is_margin = |margin: &f64| margin.is_finite() && *margin > 0.0;
        self.evaluation.test.samples <= MOST_SAMPLES && self.margins.values().all(is_margin)
    }
}

/// Rows that models gave, as metrics: of each system a matrix.
pub(crate) type KeptRows = Vec<(MetricSpec, Vec<Numbers>)>;

/// Which texts were scored under which models; the scores lie in files of their own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct KeptStudy {
    pub(crate) plan: Plan,
    pub(crate) models: Vec<Under>,
}

/// Training runs, and of each that was evaluated the step.
pub(crate) type KeptRuns = (Vec<Run>, BTreeMap<String, f64>);

/// An experiment with its results.
pub(crate) type KeptExperiment = (SavedTrial, TrialView);

/// Reads a part in each of the shapes that parts have, for tests with damaged bytes. Whether one of them fits.
#[must_use]
pub fn reads_as_any(bytes: &[u8]) -> bool {
    let settings = decode::<KeptSettings>(bytes).is_some_and(|s| s.is_sound());
    let programs = decode::<Programs>(bytes).is_some_and(|p| p.is_whole());
    [
        decode::<KeptData>(bytes).is_some(),
        settings,
        decode::<KeptAnnotations>(bytes).is_some_and(|kept| kept.is_sound()),
        decode::<KeptRows>(bytes).is_some(),
        decode::<KeptStudy>(bytes).is_some(),
        decode::<SavedScores>(bytes).is_some(),
        decode::<KeptRuns>(bytes).is_some(),
        decode::<Vec<KeptExperiment>>(bytes).is_some(),
        decode::<Goals>(bytes).is_some(),
        decode::<KeptJudgements>(bytes).is_some_and(|j| j.is_whole()),
        programs,
        decode::<Vec<Round>>(bytes).is_some_and(|rounds| rounds.iter().all(Round::is_whole)),
        super::texts::read(bytes).is_ok(),
        super::manifest::Manifest::read(bytes).is_ok(),
    ]
    .contains(&true)
}

/// The settings in bytes, if they are sound.
pub(super) fn decode_settings(bytes: &[u8]) -> Option<KeptSettings> {
    decode(bytes).filter(KeptSettings::is_sound)
}
