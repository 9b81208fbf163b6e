//! What the page shows of runs: curves smoothed and thinned for the pixels there are, and each run in
//! numbers and findings.

use super::findings::{Best, Finding, best, findings};
use super::{ChosenCheckpoint, Point, Range, Run, Series, Total};
use serde::{Deserialize, Serialize};

/// Stretches that a curve is thinned to, each of which keeps its first, least, greatest and last point.
const STRETCHES: usize = 400;

/// What the horizontal axis counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Axis {
    /// Optimiser steps.
    #[default]
    Step,
    /// Passes over the data.
    Epoch,
    /// Hours since the run's first point.
    Time,
}

impl Axis {
    /// All, with their names.
    pub const ALL: [(Self, &str); 3] = [
        (Self::Step, "step"),
        (Self::Epoch, "epoch"),
        (Self::Time, "time"),
    ];

    /// A point's place on it.
    pub fn of(self, point: &Point) -> Option<f64> {
        match self {
            Self::Step => point.step,
            Self::Epoch => point.epoch,
            Self::Time => point.time,
        }
    }
}

/// How curves are wanted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Look {
    /// The series.
    pub series: Vec<String>,
    /// The horizontal axis; the first that the points have where they lack this one.
    pub axis: Axis,
    /// Weight of the past in the moving average, 0 (none) to below 1.
    pub smoothing: f64,
    /// The stretch of the axis in sight; all of it without one.
    pub range: Option<[f64; 2]>,
    /// Show exp of it: a perplexity where the series is a loss.
    pub exp: bool,
}

/// A curve as it is drawn.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Curve {
    /// The run's place.
    pub run: usize,
    /// The series.
    pub series: String,
    /// Points, thinned, smoothed where that was asked for.
    pub points: Vec<[f64; 2]>,
    /// The same without smoothing; empty where there is none.
    pub raw: Vec<[f64; 2]>,
    /// The range around the curve, thinned: a place on the axis, the least value there and the greatest. Empty where
    /// the log has none, or none that is wider than the curve.
    #[serde(default)]
    pub band: Vec<[f64; 3]>,
}

/// All curves that were asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Curves {
    /// What was asked.
    pub look: Look,
    /// The axis that they lie on.
    pub axis: Axis,
    /// The curves.
    pub curves: Vec<Curve>,
}

/// A run without its points.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RunView {
    /// Its name.
    pub name: String,
    /// The series with their lengths.
    pub series: Vec<(String, usize)>,
    /// The last step.
    pub steps: Option<f64>,
    /// The last epoch.
    pub epochs: Option<f64>,
    /// Seconds from the first point to the last, or as the trainer reported.
    pub seconds: Option<f64>,
    /// The last training loss: step or epoch, and value.
    pub train_loss: Option<f64>,
    /// The series that counts as the training loss, and the one that counts as the validation loss.
    pub losses: [Option<String>; 2],
    /// The best value of each validation series.
    pub best: Vec<Best>,
    /// What holds of the whole run.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub totals: Vec<Total>,
    /// The validation loss among these.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total_loss: Option<f64>,
    /// The trainer's own choice.
    pub chosen: Option<ChosenCheckpoint>,
    /// What the curves say.
    pub findings: Vec<Finding>,
    /// The checkpoint that was evaluated, by its step.
    pub evaluated: Option<f64>,
    /// Steps at which there was a validation.
    pub checkpoints: Vec<f64>,
    /// Lines or records that could not be read.
    pub unread: usize,
}

impl RunView {
    /// A run, of which this checkpoint was evaluated.
    pub fn of(run: &Run, evaluated: Option<f64>) -> Self {
        let last = |of: fn(&Point) -> Option<f64>| {
            let all = run.series.iter().flat_map(|s| &s.points).filter_map(of);
            all.fold(None, |a: Option<f64>, b| Some(a.map_or(b, |a| a.max(b))))
        };
        let first_time = run
            .series
            .iter()
            .flat_map(|s| &s.points)
            .filter_map(|p| p.time)
            .fold(f64::INFINITY, f64::min);
        let runtime = run
            .series
            .iter()
            .find(|s| s.name == "train_runtime" || s.name == "train/train_runtime");
        let finite = |s: &Series| {
            s.points
                .iter()
                .rev()
                .find(|p| p.value.is_finite())
                .map(|p| p.value)
        };
        let mut checkpoints: Vec<f64> = run
            .eval_series()
            .flat_map(|s| &s.points)
            .filter_map(|p| p.step)
            .collect();
        checkpoints.sort_unstable_by(f64::total_cmp);
        checkpoints.dedup();
        Self {
            name: run.name.clone(),
            series: run
                .series
                .iter()
                .map(|s| (s.name.clone(), s.points.len()))
                .collect(),
            steps: last(|p| p.step).or_else(|| run.total("train_global_step")),
            epochs: last(|p| p.epoch).or_else(|| run.total("epoch")),
            seconds: runtime
                .and_then(finite)
                .or_else(|| run.total("train_runtime"))
                .or_else(|| Some(last(|p| p.time)? - first_time)),
            train_loss: run.train_loss().and_then(finite),
            losses: [run.train_loss(), run.eval_loss()].map(|s| s.map(|s| s.name.clone())),
            best: best(run),
            totals: run.totals.clone(),
            total_loss: run.total_eval_loss(),
            chosen: run.chosen.clone(),
            findings: findings(run),
            evaluated,
            checkpoints,
            unread: run.unread,
        }
    }

    /// The best validation loss.
    pub fn best_loss(&self) -> Option<&Best> {
        let name = self.losses[1].as_ref()?;
        self.best.iter().find(|best| best.series == *name)
    }

    /// exp of the best validation loss; where no step has one, of the loss in the totals of the whole run.
    pub fn perplexity(&self) -> Option<f64> {
        let of_the_run = || self.totals.iter().find(|total| total.name == "eval_loss");
        let best = self.best_loss().map(|best| best.value);
        best.or_else(|| of_the_run().map(|total| total.value))
            .map(f64::exp)
    }
}

/// The curves of a look.
pub fn curves(runs: &[Run], look: &Look) -> Curves {
    let points = || {
        runs.iter()
            .flat_map(|r| &r.series)
            .filter(|s| look.series.contains(&s.name))
            .flat_map(|s| &s.points)
    };
    let has = |axis: &Axis| points().next().is_some() && points().all(|p| axis.of(p).is_some());
    let axes = [look.axis, Axis::Step, Axis::Epoch, Axis::Time];
    let axis = axes.into_iter().find(has);
    let mut all = Vec::new();
    for (place, run) in runs.iter().enumerate() {
        let begin = run
            .series
            .iter()
            .flat_map(|s| &s.points)
            .filter_map(|p| p.time)
            .fold(f64::INFINITY, f64::min);
        for series in run.series.iter().filter(|s| look.series.contains(&s.name)) {
            let at = |(i, p): (usize, &Point)| match axis {
                Some(Axis::Time) => (p.time.unwrap_or(begin) - begin) / 3600.0,
                Some(axis) => axis.of(p).unwrap_or_default(),
                // Without any axis that all have, points are counted.
                None => (i + 1) as f64,
            };
            let value = |p: &Point| if look.exp { p.value.exp() } else { p.value };
            let raw: Vec<[f64; 2]> = series
                .points
                .iter()
                .enumerate()
                .map(|(i, p)| [at((i, p)), value(p)])
                .collect();
            let raw: Vec<[f64; 2]> = raw.into_iter().filter(|[_, y]| y.is_finite()).collect();
            let smooth = (look.smoothing > 0.0).then(|| smoothed(&raw, look.smoothing));
            let seen = |points: &[[f64; 2]]| thinned(&within(points, look.range), STRETCHES);
            let bound = |y: f64| if look.exp { y.exp() } else { y };
            let range =
                |(i, r): (usize, &Range)| [at((i, &r.low)), bound(r.low.value), bound(r.high)];
            let band: Vec<[f64; 3]> = series.ranges.iter().enumerate().map(range).collect();
            let is_wide = band.iter().any(|[_, low, high]| low < high);
            all.push(Curve {
                run: place,
                series: series.name.clone(),
                points: seen(smooth.as_deref().unwrap_or(&raw)),
                raw: if smooth.is_some() {
                    seen(&raw)
                } else {
                    Vec::new()
                },
                band: match is_wide {
                    true => thinned_band(&within(&band, look.range), 2 * STRETCHES),
                    false => Vec::new(),
                },
            });
        }
    }
    Curves {
        look: look.clone(),
        axis: axis.unwrap_or_default(),
        curves: all,
    }
}

/// The points within a stretch and the next on either side, so that lines go on to the border.
fn within<const N: usize>(points: &[[f64; N]], range: Option<[f64; 2]>) -> Vec<[f64; N]> {
    let Some([low, high]) = range else {
        return points.to_vec();
    };
    let first = points.partition_point(|p| p[0] < low).saturating_sub(1);
    let last = (points.partition_point(|p| p[0] <= high) + 1).min(points.len());
    points.get(first..last).map_or_else(Vec::new, <[_]>::to_vec)
}

/// The exponential moving average with its bias taken out, as TensorBoard 2 shows it.
pub fn smoothed(points: &[[f64; 2]], weight: f64) -> Vec<[f64; 2]> {
    let weight = weight.clamp(0.0, 0.999);
    let (mut sum, mut left) = (0.0, 1.0);
    let average = |[x, y]: &[f64; 2]| {
        sum = sum * weight + (1.0 - weight) * y;
        left *= weight;
        [*x, sum / (1.0 - left)]
    };
    points.iter().map(average).collect()
}

/// At most four points for each stretch of a curve: the first, the least, the greatest and the last.
fn thinned(points: &[[f64; 2]], stretches: usize) -> Vec<[f64; 2]> {
    if points.len() <= 4 * stretches {
        return points.to_vec();
    }
    let mut kept = Vec::new();
    for part in points.chunks(points.len().div_ceil(stretches)) {
        let by = |a: &usize, b: &usize| part[*a][1].total_cmp(&part[*b][1]);
        let mut places = vec![0, part.len() - 1];
        places.extend((0..part.len()).min_by(by));
        places.extend((0..part.len()).max_by(by));
        places.sort_unstable();
        places.dedup();
        kept.extend(places.into_iter().map(|i| part[i]));
    }
    kept
}

/// A band of a limited number of places: of each stretch the first place with the least and the greatest value in it.
fn thinned_band(band: &[[f64; 3]], stretches: usize) -> Vec<[f64; 3]> {
    if band.len() <= stretches {
        return band.to_vec();
    }
    let bounds = |part: &[[f64; 3]]| {
        let low = part.iter().map(|b| b[1]).fold(f64::INFINITY, f64::min);
        let high = part.iter().map(|b| b[2]).fold(f64::NEG_INFINITY, f64::max);
        [part[0][0], low, high]
    };
    band.chunks(band.len().div_ceil(stretches))
        .map(bounds)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn thinning_keeps_ends_and_extremes(values in proptest::collection::vec(-1e3..1e3f64, 1..600)) {
            let points: Vec<[f64; 2]> = values.iter().enumerate().map(|(i, v)| [i as f64, *v]).collect();
            let kept = thinned(&points, 10);
            prop_assert!(kept.len() <= 40 || points.len() <= 40);
            prop_assert_eq!(kept.first(), points.first());
            prop_assert_eq!(kept.last(), points.last());
            let most = |p: &[[f64; 2]]| p.iter().map(|p| p[1]).fold(f64::MIN, f64::max);
            prop_assert_eq!(most(&kept), most(&points));
        }

        #[test]
        fn a_thinned_band_holds_all_of_its_ranges(widths in proptest::collection::vec(0.0..10.0f64, 1..300)) {
            let band: Vec<[f64; 3]> = widths.iter().enumerate().map(|(i, w)| [i as f64, -w, *w]).collect();
            let kept = thinned_band(&band, 20);
            prop_assert!(kept.len() <= 20);
            let most = |band: &[[f64; 3]]| band.iter().map(|b| b[2]).fold(0.0, f64::max);
            prop_assert_eq!(most(&kept), most(&band));
            prop_assert_eq!(kept[0][0], 0.0);
        }

        #[test]
        fn a_constant_stays_constant_under_smoothing(value in -10.0..10.0f64, weight in 0.0..0.99f64) {
            for [_, y] in smoothed(&[[0.0, value]; 30], weight) {
                prop_assert!((y - value).abs() < 1e-9);
            }
        }
    }
}
