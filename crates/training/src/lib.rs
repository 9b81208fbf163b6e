//! Training logs: the series of numbers ([`Run`]) in the files that trainers write ([`read`]), and what they show by rule
//! ([`findings`]). This crate must not know the page that draws the curves.

mod events;
pub mod findings;
mod literal;
pub mod read;
mod stdout;
mod table;
mod trainer_state;
pub mod view;

use serde::{Deserialize, Serialize};

/// A value that was logged, with when.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// Optimiser steps so far.
    pub step: Option<f64>,
    /// Passes over the training data so far.
    pub epoch: Option<f64>,
    /// Seconds: since 1970 or since the beginning, as the log has it.
    pub time: Option<f64>,
    /// The value; not a number or infinite where the log says so.
    #[serde(with = "any_float")]
    pub value: f64,
}

/// JSON has no word for what is not finite; a report has to hold it all the same.
mod any_float {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(crate) fn serialize<S: Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
        if value.is_finite() {
            Some(*value).serialize(serializer)
        } else {
            None::<f64>.serialize(serializer)
        }
    }

    pub(crate) fn deserialize<'a, D: Deserializer<'a>>(deserializer: D) -> Result<f64, D::Error> {
        Ok(Option::deserialize(deserializer)?.unwrap_or(f64::NAN))
    }
}

/// One logged quantity, in the order of time.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Series {
    /// Its name in the log.
    pub name: String,
    /// Its points.
    pub points: Vec<Point>,
}

/// A checkpoint that the trainer itself held for the best.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ChosenCheckpoint {
    /// Its folder's name.
    pub name: String,
    /// The value that it was chosen by.
    pub value: Option<f64>,
    /// The series that has this value.
    pub metric: Option<String>,
    /// The step at which it has it.
    pub step: Option<f64>,
}

/// One training run.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Run {
    /// Its name.
    pub name: String,
    /// What was logged.
    pub series: Vec<Series>,
    /// The trainer's own choice.
    pub chosen: Option<ChosenCheckpoint>,
    /// Lines or records that could not be read.
    pub unread: usize,
}

impl Run {
    /// The series of this name, begun where it is new.
    fn series_named(&mut self, name: &str) -> &mut Series {
        let at = match self.series.iter().position(|s| s.name == name) {
            Some(at) => at,
            None => {
                self.series.push(Series {
                    name: name.to_owned(),
                    points: Vec::new(),
                });
                self.series.len() - 1
            }
        };
        &mut self.series[at]
    }

    /// Adds a point to a series.
    fn log(&mut self, name: &str, point: Point) {
        self.series_named(name).points.push(point);
    }

    /// Points in all series.
    pub fn points(&self) -> usize {
        self.series.iter().map(|s| s.points.len()).sum()
    }

    /// The loss on the training data: the first series of a name that trainers give it, with two points
    /// at least (a mean over the whole run, which trainers call `train_loss`, is no curve).
    pub fn train_loss(&self) -> Option<&Series> {
        const NAMES: [&str; 6] = [
            "loss",
            "train/loss",
            "train_loss",
            "training_loss",
            "train-loss",
            "training loss",
        ];
        self.first_named(&NAMES)
    }

    /// The loss on data that was not trained on, likewise.
    pub fn eval_loss(&self) -> Option<&Series> {
        const NAMES: [&str; 11] = [
            "eval_loss",
            "eval/loss",
            "val_loss",
            "valid_loss",
            "validation_loss",
            "val/loss",
            "valid/loss",
            "validation/loss",
            "validation loss",
            "test_loss",
            "test/loss",
        ];
        let known = self.first_named(&NAMES);
        // With several validation sets each has its name within.
        known.or_else(|| {
            self.series.iter().find(|s| {
                let name = s.name.to_lowercase();
                s.points.len() > 1 && name.starts_with("eval") && name.ends_with("loss")
            })
        })
    }

    fn first_named(&self, names: &[&str]) -> Option<&Series> {
        names.iter().find_map(|name| {
            let mut all = self.series.iter();
            all.find(|s| s.points.len() > 1 && s.name.to_lowercase() == *name)
        })
    }

    /// Series measured on data that was not trained on: whatever is named so, without speeds and times.
    pub fn eval_series(&self) -> impl Iterator<Item = &Series> {
        self.series.iter().filter(|s| {
            let name = s.name.to_lowercase();
            let held_out = ["eval", "val", "test"].iter().any(|p| name.starts_with(p));
            let speed = ["runtime", "per_second", "_time", "samples", "tokens"];
            held_out && !speed.iter().any(|part| name.contains(part))
        })
    }
}

/// Whether a lower value of a series is the better one, judged by its name.
pub fn lower_is_better(name: &str) -> bool {
    let name = name.to_lowercase();
    let parts = name.split(|c: char| !c.is_ascii_alphanumeric());
    const LOWER: [&str; 12] = [
        "loss",
        "wer",
        "cer",
        "ter",
        "perplexity",
        "ppl",
        "error",
        "mse",
        "rmse",
        "mae",
        "bpb",
        "nll",
    ];
    parts.into_iter().any(|part| LOWER.contains(&part))
}

/// Puts points in the order of steps, or else of time or epochs; a step that a resumed run wrote again
/// counts as it was written last.
fn settle(run: &mut Run) {
    for series in &mut run.series {
        let key = |p: &Point| p.step.or(p.time).or(p.epoch).unwrap_or(0.0);
        if series.points.iter().any(|p| p.step.is_some())
            || series.points.iter().all(|p| p.time.is_some())
        {
            series.points.sort_by(|a, b| key(a).total_cmp(&key(b)));
        }
        let points = std::mem::take(&mut series.points);
        for point in points {
            let again = series
                .points
                .last()
                .is_some_and(|last| last.step.is_some() && last.step == point.step);
            if again {
                series.points.pop();
            }
            series.points.push(point);
        }
    }
    run.series.retain(|s| !s.points.is_empty());
}
