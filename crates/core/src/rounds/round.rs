//! A round as plain data: of every measure the scores of every row, and what rows of another round are known by.

use crate::row_keys::KeyMaker;
use crate::session::Session;
use assay_data::{DataSet, Role};
use assay_eval::schedule::Numbers;
use assay_protocol::rounds::RoundCard;
use assay_results::scores::MetricResult;
use serde::{Deserialize, Serialize};

/// Scores as they were at a time.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub(crate) struct Round {
    pub(super) id: u32,
    pub(super) name: String,
    pub(super) made_ms: f64,
    pub(super) keys: Keys,
    /// Of each row the number of the cluster that it is drawn in; nothing where rows are independent.
    pub(super) clusters: Vec<u32>,
    pub(super) measures: Vec<RoundMeasure>,
}

/// What rows are known by.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) struct Keys {
    /// Whether a column says so; else they are digests of the row's texts.
    pub(super) are_ids: bool,
    /// Of each row another.
    pub(super) of_row: Vec<String>,
}

/// A measure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct RoundMeasure {
    pub(super) name: String,
    /// Scores under other settings are not comparable.
    pub(super) signature: String,
    pub(super) max: f64,
    pub(super) lower_is_better: bool,
    pub(super) describes: bool,
    pub(super) systems: Vec<RoundSystem>,
}

/// A system under a measure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct RoundSystem {
    pub(super) name: String,
    /// Over all rows.
    pub(super) score: f64,
    /// Of each row; not a number for one of which the measure says nothing.
    pub(super) segments: Numbers,
}

impl Keys {
    /// Makes those of a data set's rows: their ids, else their prompts and references, and where they are samples of one
    /// item, which.
    pub(super) fn maker(data: &DataSet) -> KeyMaker {
        let mut columns = data.columns_with(Role::Id);
        let are_ids = !columns.is_empty();
        if !are_ids {
            columns = data.columns_with(Role::Source);
            columns.extend(data.columns_with(Role::Reference));
        }
        columns.extend(data.columns_with(Role::Repeat));
        KeyMaker::new(columns, are_ids)
    }

    pub(super) fn made(maker: KeyMaker) -> Self {
        Self {
            are_ids: maker.are_ids,
            of_row: maker.keys,
        }
    }
}

impl RoundMeasure {
    fn of(result: &MetricResult) -> Self {
        let systems = result.systems.iter();
        Self {
            name: result.name.clone(),
            signature: result.signature.clone(),
            max: result.max,
            lower_is_better: result.lower_is_better,
            describes: result.info.describes,
            systems: systems
                .map(|system| RoundSystem {
                    name: system.name.clone(),
                    score: system.score.value,
                    segments: Numbers(system.segments.clone()),
                })
                .collect(),
        }
    }
}

impl Round {
    /// The scores as they are, without the rows' keys; nothing where there are none.
    pub(super) fn unkeyed(session: &Session) -> Option<Self> {
        let data = session.data();
        let rows = data.table.rows();
        let is_whole = |result: &&&MetricResult| {
            let mut systems = result.systems.iter();
            !result.systems.is_empty() && systems.all(|s| s.segments.len() == rows)
        };
        let results = session.results();
        let measures: Vec<RoundMeasure> = results
            .iter()
            .filter(is_whole)
            .map(|result| RoundMeasure::of(result))
            .collect();
        (!measures.is_empty()).then(|| Self {
            clusters: data.clusters().map_or(Vec::new(), |c| c.of_row),
            measures,
            ..Self::default()
        })
    }

    /// Whether its parts fit together.
    pub(crate) fn is_whole(&self) -> bool {
        let rows = self.keys.of_row.len();
        let mut systems = self.measures.iter().flat_map(|m| &m.systems);
        [0, rows].contains(&self.clusters.len()) && systems.all(|s| s.segments.0.len() == rows)
    }

    pub(super) fn card(&self) -> RoundCard {
        let systems = self.measures.first().map(|m| &m.systems);
        let systems = systems.into_iter().flatten();
        RoundCard {
            id: self.id,
            name: self.name.clone(),
            made_ms: self.made_ms,
            rows: self.keys.of_row.len(),
            systems: systems.map(|system| system.name.clone()).collect(),
            measures: self.measures.len(),
        }
    }
}
