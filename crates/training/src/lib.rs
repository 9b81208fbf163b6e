//! Training logs: the series of numbers ([`Run`]) in the files that trainers write ([`read`]), and what they show by rule
//! ([`findings`]). This crate must not know the page that draws the curves.

mod axis;
mod error;
pub mod findings;
mod formats;
mod literal;
mod names;
pub mod read;
mod source;
pub mod view;

pub use names::lower_is_better;

use assay_sorting::sort_by;
use names::{eval_loss_rank, is_cost, is_held_out, key, train_loss_rank};
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

/// Between which values a quantity was where a point stands for several, of steps or of runs.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Range {
    /// The least value, with when.
    pub low: Point,
    /// The greatest value.
    #[serde(with = "any_float")]
    pub high: f64,
}

/// One logged quantity, in the order of time.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Series {
    /// Its name in the log.
    pub name: String,
    /// Its points.
    pub points: Vec<Point>,
    /// The ranges around its points, where the log has them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ranges: Vec<Range>,
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

/// A number that holds of a whole run, such as the mean of its training loss: no point of a curve.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Total {
    /// Its name in the file.
    pub name: String,
    /// The number, finite or not.
    #[serde(with = "any_float")]
    pub value: f64,
}

/// The name of a curve in a file that does not say what was logged.
pub(crate) const UNNAMED: &str = "Value";

/// One training run.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Run {
    /// Its name.
    pub name: String,
    /// What was logged.
    pub series: Vec<Series>,
    /// What holds of the whole run.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub totals: Vec<Total>,
    /// The trainer's own choice.
    pub chosen: Option<ChosenCheckpoint>,
    /// Lines or records that could not be read.
    pub unread: usize,
}

impl Run {
    /// The run of this name among `runs`, which is added where there is none.
    pub(crate) fn named<'a>(runs: &'a mut Vec<Self>, name: &str) -> &'a mut Self {
        let place = runs.iter().position(|run| run.name == name);
        let place = place.unwrap_or_else(|| {
            runs.push(Self {
                name: name.to_owned(),
                ..Self::default()
            });
            runs.len() - 1
        });
        &mut runs[place]
    }

    /// Whether nothing is known of it.
    pub(crate) fn is_empty(&self) -> bool {
        self.points() == 0 && self.totals.is_empty()
    }

    /// A total of this name.
    pub fn total(&self, name: &str) -> Option<f64> {
        let found = self.totals.iter().find(|total| key(&total.name) == name);
        found.map(|total| total.value)
    }

    /// The loss on data that was not trained on, as one number of the whole run.
    fn total_eval_loss(&self) -> Option<f64> {
        let ranked = self
            .totals
            .iter()
            .filter(|total| total.value.is_finite())
            .filter_map(|total| Some((eval_loss_rank(&key(&total.name))?, total.value)));
        ranked.min_by_key(|(rank, _)| *rank).map(|(_, value)| value)
    }

    /// Whether another file of the same name tells of other quantities, so that both are parts of one run.
    pub fn is_complemented_by(&self, other: &Self) -> bool {
        let known = |name: &str| self.series.iter().any(|s| s.name == name);
        !other.series.iter().any(|s| known(&s.name))
    }

    /// Takes in another part of the run: what both logged is joined step by step.
    pub fn absorb(&mut self, other: Self) {
        self.unread += other.unread;
        for series in other.series {
            let known = self.series_named(&series.name);
            known.points.extend(series.points);
            known.ranges.extend(series.ranges);
        }
        for total in other.totals {
            match self
                .totals
                .iter_mut()
                .find(|known| known.name == total.name)
            {
                Some(known) => *known = total,
                None => self.totals.push(total),
            }
        }
        self.chosen = other.chosen.or(self.chosen.take());
        self.settle();
    }

    /// Notes the checkpoint that the trainer held for the best, by its path and the value it was chosen by.
    fn choose(&mut self, path: &str, value: Option<f64>) {
        let place = value.and_then(|value| {
            self.eval_series().find_map(|series| {
                let point = series.points.iter().find(|p| p.value == value)?;
                Some((series.name.clone(), point.step))
            })
        });
        self.chosen = Some(ChosenCheckpoint {
            name: path.rsplit(['/', '\\']).next().unwrap_or(path).to_owned(),
            value,
            metric: place.as_ref().map(|(name, _)| name.clone()),
            step: place.and_then(|(_, step)| step),
        });
    }

    /// The series of this name, begun where it is new.
    fn series_named(&mut self, name: &str) -> &mut Series {
        let at = match self.series.iter().position(|s| s.name == name) {
            Some(at) => at,
            None => {
                self.series.push(Series {
                    name: name.to_owned(),
                    ..Series::default()
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

    /// The loss on the training data: of the series with two points at least (a mean over the whole run is no curve)
    /// the one whose name says it most surely.
    pub fn train_loss(&self) -> Option<&Series> {
        self.surest(train_loss_rank)
    }

    /// The loss on data that was not trained on, likewise.
    pub fn eval_loss(&self) -> Option<&Series> {
        self.surest(eval_loss_rank)
    }

    fn surest(&self, rank: fn(&str) -> Option<usize>) -> Option<&Series> {
        let curves = self.series.iter().filter(|s| s.points.len() > 1);
        let ranked = curves.filter_map(|s| Some((rank(&key(&s.name))?, s)));
        ranked
            .min_by_key(|(rank, _)| *rank)
            .map(|(_, series)| series)
    }

    /// Series measured on data that was not trained on: whatever is named so, without speeds and times.
    pub fn eval_series(&self) -> impl Iterator<Item = &Series> {
        self.series.iter().filter(|s| {
            let key = key(&s.name);
            is_held_out(&key) && !is_cost(&key)
        })
    }

    /// Adds the range around a point.
    fn log_range(&mut self, name: &str, range: Range) {
        self.series_named(name).ranges.push(range);
    }

    /// Puts points in the order of steps, or else of time or epochs; a step that a resumed run wrote again counts as
    /// it was written last.
    fn settle(&mut self) {
        for series in &mut self.series {
            settle(&mut series.points, |point| *point);
            settle(&mut series.ranges, |range| range.low);
        }
        self.series.retain(|s| !s.points.is_empty());
    }
}

/// Puts what was logged at points in their order, the later of what is of one step in place of the earlier.
fn settle<T: Copy>(all: &mut Vec<T>, at: fn(&T) -> Point) {
    let key = |p: Point| p.step.or(p.time).or(p.epoch).unwrap_or(0.0);
    let are_stepped = all.iter().any(|one| at(one).step.is_some());
    if are_stepped || all.iter().all(|one| at(one).time.is_some()) {
        sort_by(all, |a, b| key(at(a)).total_cmp(&key(at(b))));
    }
    for one in std::mem::take(all) {
        let step = at(&one).step;
        let again = all
            .last()
            .is_some_and(|last| step.is_some() && at(last).step == step);
        if again {
            all.pop();
        }
        all.push(one);
    }
}
