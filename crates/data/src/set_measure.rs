//! Setting what a person says of a file's measures: whose outputs they measure, which way is better, and between which
//! values.

use crate::data_set::DataSet;
use crate::measure_setting::{MeasureError, MeasureSetting};
use crate::measures::{Measure, value_of};
use crate::roles::Role;

impl DataSet {
    /// The measure that a column belongs to, and the place of its system; nothing where no system is known.
    #[must_use]
    pub fn measure_in(&self, column: usize) -> Option<(Measure, usize)> {
        let (name, system) = self.measured_and_shown(column)?;
        let found = self.measures().into_iter().find(|m| m.name == name)?;
        Some((found, system))
    }

    /// Sets what a person says of a column that measures: the system of this column, direction and range of all
    /// columns of the same measure.
    ///
    /// # Errors
    /// When the column is no measure, the system none, or a value lies outside of the range; nothing changes then.
    pub fn set_measure(
        &mut self,
        column: usize,
        setting: &MeasureSetting,
    ) -> Result<(), MeasureError> {
        let name = |c: usize| {
            let name = self.table.names().get(c).cloned();
            name.unwrap_or_else(|| (c + 1).to_string())
        };
        if self.roles.get(column) != Some(&Role::Measure) {
            return Err(MeasureError::NoMeasure {
                column: name(column),
            });
        }
        let is_system = |c: &usize| self.roles.get(*c) == Some(&Role::Hypothesis);
        if let Some(system) = setting.system.filter(|c| !is_system(c)) {
            return Err(MeasureError::NoSystem {
                column: name(system),
            });
        }
        let alike: Vec<usize> = match self.measure_in(column) {
            Some((measure, _)) => measure.columns.into_iter().flatten().collect(),
            None => Vec::new(),
        };
        for &column in alike.iter().chain([&column]) {
            self.check_range(column, setting.range)?;
        }
        for other in alike {
            let known = self.measure_settings.entry(other).or_default();
            (known.lower, known.range) = (setting.lower, setting.range);
        }
        self.measure_settings.insert(column, setting.clone());
        Ok(())
    }

    fn check_range(&self, column: usize, range: Option<[f64; 2]>) -> Result<(), MeasureError> {
        let Some([least, most]) = range else {
            return Ok(());
        };
        if !(least < most && (most - least).is_finite()) {
            return Err(MeasureError::EmptyRange { least, most });
        }
        let cells = self.table.column(column).iter().enumerate();
        let mut values = cells.filter_map(|(row, cell)| Some((row, value_of(cell?)?)));
        match values.find(|(_, value)| !(least..=most).contains(value)) {
            None => Ok(()),
            Some((row, value)) => Err(MeasureError::OutOfRange {
                column: self.table.names()[column].clone(),
                row: row + 1,
                value,
                least,
                most,
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::data;

    #[test]
    fn a_person_overrules_what_names_say() {
        let mut data = data(
            "reference,base,tuned,judge_base,judge_tuned,extra\n\
            a b c,a b c d,x y z,3,5,0.5\nd e f,d e,d e f,4,4,0.25\n",
        );
        data.roles[5] = Role::Measure;
        assert_eq!(data.measures().len(), 1, "nobody knows whose the last is");
        let setting = MeasureSetting {
            system: Some(2),
            lower: Some(true),
            range: Some([0.0, 1.0]),
        };
        data.set_measure(5, &setting).unwrap();
        let measures = data.measures();
        let extra = &measures[1];
        assert_eq!((&*extra.name, extra.lower), ("extra", true));
        assert_eq!(extra.columns, [None, Some(5)]);
        assert_eq!(extra.range, Some([0.0, 1.0]));
        // The direction is the measure's, whichever of its columns it is set on.
        let lower = MeasureSetting {
            lower: Some(true),
            ..MeasureSetting::default()
        };
        data.set_measure(4, &lower).unwrap();
        assert!(data.measures()[0].lower);
        data.set_measure(3, &MeasureSetting::default()).unwrap();
        assert!(!data.measures()[0].lower);
    }

    #[test]
    fn a_setting_that_does_not_fit_changes_nothing() {
        let mut data = data("reference,base,judge_base\na b,a b c,3\nd e,d e f,5\n");
        let of = |system, range| MeasureSetting {
            system,
            lower: None,
            range,
        };
        let refused = [
            (1, of(None, None), "column base is no measure"),
            (9, of(None, None), "column 10 is no measure"),
            (
                2,
                of(Some(0), None),
                "column reference holds no outputs of a system",
            ),
            (
                2,
                of(None, Some([4.0, 4.0])),
                "a range from 4 to 4 holds no values",
            ),
            (
                2,
                of(None, Some([0.0, 4.0])),
                "column judge_base, row 2: 5 is not between 0 and 4",
            ),
        ];
        for (column, setting, words) in refused {
            let error = data.set_measure(column, &setting).unwrap_err();
            assert_eq!(error.to_string(), words);
        }
        assert!(data.measure_settings.is_empty());
    }
}
