//! The pieces an evaluation is cut into. A task and its parcel hold all that a computation needs,
//! so that any worker can run it: rows in, statistics or resampled scores out.

use super::comparison_texts;
use assay_data::DataSet;
use assay_metrics::Scoring;
use assay_metrics::asset;
use assay_metrics::registry::MetricSpec;
use assay_metrics::resampling::ResampleRows;
use assay_results::metric_info::Asset;
use assay_stats::PairedTest;
use assay_stats::clustered::sign_flip;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// What is to be computed of a [`Parcel`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Task {
    /// Texts to statistics rows.
    Statistics {
        /// The metric.
        spec: MetricSpec,
    },
    /// Statistics rows in single precision, of one metric after the other, to resampled scores, likewise.
    Resample {
        /// The metrics.
        specs: Vec<MetricSpec>,
        /// How many, and from which seed.
        test: PairedTest,
        /// Whether the rows are the baseline's.
        is_baseline: bool,
    },
    /// The baseline's rows and after them as many of a system to the p-value of their difference, and the ends of its
    /// interval where it has one.
    Compare {
        /// The metric.
        spec: MetricSpec,
        /// The test.
        test: PairedTest,
    },
    /// Paired differences to the p-value of a test that draws their signs; nothing where there are none.
    SignFlip {
        /// What signs are drawn from.
        seed: u64,
    },
    /// Nothing to 1 where the metric can be computed with its options as they are, else to 0.
    Check {
        /// The metric.
        spec: MetricSpec,
    },
}

/// What a task works on.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Parcel {
    /// Texts without anything between them.
    pub text: String,
    /// Beside texts: for each segment the bytes of its hypothesis, the number of its references
    /// and the bytes of each. Else statistics rows.
    pub numbers: Vec<f64>,
    /// Statistics rows that are resampled.
    pub rows_f32: Vec<f32>,
}

/// Why a task can't be run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TaskError {
    /// The lengths don't describe the text.
    #[error("the parcel's lengths do not fit its text")]
    Lengths,
    /// The numbers are no whole rows.
    #[error("the parcel holds no whole rows")]
    Rows,
    /// The metric needs a file that is not loaded.
    #[error("{} can't be loaded; reload the page while there is a network", .0.file())]
    NotLoaded(Asset),
}

impl Parcel {
    /// The texts of one system in the rows of `range`, with what the metric holds them to.
    pub fn of_texts(
        data: &DataSet,
        metric: &dyn Scoring,
        system: usize,
        range: Range<usize>,
    ) -> Self {
        let mut parcel = Self::default();
        for row in range {
            let references = comparison_texts(data, metric, row);
            let hypothesis = data.hypothesis(system, row);
            parcel.text.push_str(hypothesis);
            parcel.numbers.push(hypothesis.len() as f64);
            parcel.numbers.push(references.len() as f64);
            for reference in references {
                parcel.text.push_str(reference);
                parcel.numbers.push(reference.len() as f64);
            }
        }
        parcel
    }

    /// A parcel of statistics rows.
    pub fn of_rows(rows: Vec<f64>) -> Self {
        Self {
            numbers: rows,
            ..Self::default()
        }
    }

    /// A parcel of statistics rows that are resampled, one metric's after the other's.
    pub fn of_rows_f32(rows_f32: Vec<f32>) -> Self {
        Self {
            rows_f32,
            ..Self::default()
        }
    }

    fn segments(&self) -> Result<Vec<(&str, Vec<&str>)>, TaskError> {
        let mut numbers = self.numbers.iter().map(|&n| n as usize);
        let mut rest = self.text.as_str();
        let mut cut = |length: usize| {
            let (text, behind) = rest.split_at_checked(length).ok_or(TaskError::Lengths)?;
            rest = behind;
            Ok(text)
        };
        let mut segments = Vec::new();
        while let Some(length) = numbers.next() {
            let hypothesis = cut(length)?;
            let count = numbers.next().ok_or(TaskError::Lengths)?;
            let mut references = Vec::new();
            for _ in 0..count {
                references.push(cut(numbers.next().ok_or(TaskError::Lengths)?)?);
            }
            segments.push((hypothesis, references));
        }
        Ok(segments)
    }
}

impl Task {
    /// What has to be loaded before the task can run.
    pub fn missing(&self) -> Option<Asset> {
        match self {
            Self::Statistics { spec } => spec
                .scoring()
                .properties()
                .asset
                .filter(|a| !asset::is_loaded(*a)),
            _ => None,
        }
    }

    /// Runs the task: statistics rows, resampled scores, a p-value with its interval (nothing where
    /// there are no rows to compare), or whether options can be used.
    ///
    /// # Errors
    /// When the parcel is none of this task's.
    pub fn run(&self, parcel: &Parcel) -> Result<Vec<f64>, TaskError> {
        let length = parcel.numbers.len();
        let whole = |spec: &MetricSpec| length.is_multiple_of(spec.scoring().width());
        match self {
            Self::Statistics { spec } => match self.missing() {
                Some(asset) => Err(TaskError::NotLoaded(asset)),
                None => Ok(assay_metrics::rows(spec.metric(), &parcel.segments()?)),
            },
            Self::Resample {
                specs,
                test,
                is_baseline,
            } => {
                let width: usize = specs.iter().map(|s| s.scoring().width()).sum();
                if width == 0 || !parcel.rows_f32.len().is_multiple_of(width) {
                    return Err(TaskError::Rows);
                }
                let rows = parcel.rows_f32.len() / width;
                let mut rest = &parcel.rows_f32[..];
                let cut = |spec: &MetricSpec| {
                    let (own, behind) = rest.split_at(rows * spec.scoring().width());
                    rest = behind;
                    own
                };
                let each: Vec<&[f32]> = specs.iter().map(cut).collect();
                let all: Vec<(&dyn Scoring, &[f32])> =
                    specs.iter().map(MetricSpec::scoring).zip(each).collect();
                Ok(test.resampled_together(&all, *is_baseline).concat())
            }
            Self::Compare { spec, test } if whole(spec) => {
                let (base, system) = parcel.numbers.split_at(parcel.numbers.len() / 2);
                let p = test.p_value(spec.scoring(), base, system);
                let interval = test.interval_beside(spec.scoring(), base, system);
                let ends = interval.filter(|_| p.is_some()).into_iter().flatten();
                Ok(p.into_iter().chain(ends).collect())
            }
            Self::SignFlip { seed } => Ok(sign_flip(&parcel.numbers, *seed).into_iter().collect()),
            Self::Check { spec } => Ok(vec![f64::from(u8::from(spec.metric().check().is_ok()))]),
            Self::Compare { .. } => Err(TaskError::Rows),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_schema_that_is_none_is_found_by_the_check() {
        let mut spec = MetricSpec::named("json").unwrap();
        for (schema, usable) in [(r#"{"type": "object"}"#, 1.0), (r#"{"type": 3}"#, 0.0)] {
            spec.set("schema", schema).unwrap();
            let check = Task::Check { spec: spec.clone() };
            assert_eq!(check.run(&Parcel::default()), Ok(vec![usable]));
        }
    }

    #[test]
    fn a_task_input_with_wrong_lengths_is_refused() {
        let task = Task::Statistics {
            spec: MetricSpec::named("chrf").unwrap(),
        };
        let parcel = |text: &str, numbers: &[f64]| Parcel {
            text: text.into(),
            numbers: numbers.into(),
            ..Parcel::default()
        };
        assert!(task.run(&parcel("abcd", &[2.0, 1.0, 2.0])).is_ok());
        for lying in [&[9.0, 0.0][..], &[1.0], &[1.0, 1e18], &[1.0, 1.0]] {
            assert_eq!(task.run(&parcel("abcd", lying)), Err(TaskError::Lengths));
        }
        assert_eq!(
            task.run(&parcel("é", &[1.0, 0.0])),
            Err(TaskError::Lengths),
            "a length inside a character"
        );
    }
}
