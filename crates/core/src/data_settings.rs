//! What is known of a data set beside its cells, as plain data: the part that projects keep and saved evaluations hold.

use assay_data::doubts::JoinDoubt;
use assay_data::measure_setting::MeasureSetting;
use assay_data::overlaps::OverlapCheck;
use assay_data::systems::SystemSettings;
use assay_data::{DataSet, Role};
use assay_eval::extraction;
use assay_results::extraction::ExtractionStep;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What was set on a data set, and what its import found. Files of earlier versions lack some of it; their outputs are
/// then seen as they were.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub(crate) struct DataSettings {
    /// What each column is for.
    pub(crate) roles: Vec<Role>,
    /// The steps from outputs to answers, of each system that has some, with its column.
    #[serde(default)]
    steps: Vec<(usize, Vec<ExtractionStep>)>,
    /// What was said of measures, with their columns.
    #[serde(default, deserialize_with = "measures")]
    measures: Vec<(usize, MeasureSetting)>,
    /// The files' names.
    files: Vec<String>,
    /// Rows that were set aside.
    problem_count: usize,
    /// Rows whose id another file lacks.
    unmatched: usize,
    /// Whether labels that differ only in case or a final full stop are one class.
    #[serde(default)]
    merge_classes: bool,
    /// What was set on systems.
    #[serde(default, deserialize_with = "systems")]
    systems: SystemSettings,
    /// Joins in doubt that the person was not asked about.
    #[serde(default)]
    doubts: Vec<JoinDoubt>,
    /// Questions about columns that were answered.
    #[serde(default)]
    settled: BTreeSet<Vec<String>>,
    /// Whether places of choices are counted from 0, where the person has said so.
    #[serde(default)]
    choices_from_zero: Option<bool>,
    /// What of the data was found in training files.
    #[serde(default)]
    overlaps: Vec<OverlapCheck>,
}

/// Measures as a list of pairs, or as the map by column that the first projects have.
#[derive(Deserialize)]
#[serde(untagged)]
enum Measures {
    List(Vec<(usize, MeasureSetting)>),
    ByColumn(BTreeMap<usize, MeasureSetting>),
}

fn measures<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<(usize, MeasureSetting)>, D::Error> {
    Ok(match Measures::deserialize(deserializer)? {
        Measures::List(list) => list,
        Measures::ByColumn(map) => map.into_iter().collect(),
    })
}

/// Settings of systems, whose maps by column have texts as keys in JSON.
#[derive(Deserialize)]
#[serde(untagged)]
enum Systems {
    Plain(SystemSettings),
    Json(serde_json::Value),
}

fn systems<'de, D: Deserializer<'de>>(deserializer: D) -> Result<SystemSettings, D::Error> {
    match Systems::deserialize(deserializer)? {
        Systems::Plain(settings) => Ok(settings),
        Systems::Json(value) => serde_json::from_value(value).map_err(D::Error::custom),
    }
}

impl DataSettings {
    /// Of a data set.
    pub(crate) fn of(data: &DataSet) -> Self {
        let systems = data.columns_with(Role::Hypothesis).into_iter();
        let steps = systems.map(|column| (column, data.steps(column).to_vec()));
        Self {
            roles: data.roles.clone(),
            steps: steps.filter(|(_, steps)| !steps.is_empty()).collect(),
            measures: data.measure_settings.clone().into_iter().collect(),
            files: data.files.clone(),
            problem_count: data.problem_count,
            unmatched: data.unmatched_rows,
            merge_classes: data.merge_classes,
            systems: data.system_settings.clone(),
            doubts: data.doubts.clone(),
            settled: data.settled.clone(),
            choices_from_zero: data.choices_from_zero,
            overlaps: data.overlaps.clone(),
        }
    }

    /// Sets all of it on a data set that has nothing but its table. Columns without a role are ignored ones, and damaged
    /// steps cost only themselves: what the outputs call for stands instead.
    pub(crate) fn set_on(&self, data: &mut DataSet) {
        data.roles.clone_from(&self.roles);
        data.roles.resize(data.table.names().len(), Role::Ignored);
        data.files.clone_from(&self.files);
        data.problem_count = self.problem_count;
        data.unmatched_rows = self.unmatched;
        data.merge_classes = self.merge_classes;
        data.measure_settings = self.measures.iter().cloned().collect();
        data.system_settings = self.systems.clone();
        data.doubts.clone_from(&self.doubts);
        data.settled.clone_from(&self.settled);
        data.choices_from_zero = self.choices_from_zero;
        let columns = data.roles.len();
        let is_there = |check: &&OverlapCheck| check.column.is_none_or(|c| c < columns);
        data.overlaps = self.overlaps.iter().filter(is_there).cloned().collect();
        for (column, steps) in &self.steps {
            let is_system = data.roles.get(*column) == Some(&Role::Hypothesis);
            if is_system && extraction::set_steps(data, *column, steps.clone()).is_err() {
                extraction::prepare_system(data, *column);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_of_the_first_projects_are_read_by_column() {
        let setting = MeasureSetting::default();
        let list = DataSettings {
            measures: vec![(3, setting.clone())],
            ..DataSettings::default()
        };
        let mut value = ciborium::Value::serialized(&list).unwrap();
        let map = BTreeMap::from([(3_usize, setting)]);
        for (key, field) in value.as_map_mut().unwrap() {
            if key.as_text() == Some("measures") {
                *field = ciborium::Value::serialized(&map).unwrap();
            }
        }
        assert_eq!(value.deserialized::<DataSettings>().unwrap(), list);
    }
}
