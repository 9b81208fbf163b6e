//! What curves say, by rule. Each rule looks at one run; the numbers in it are constants of this file,
//! and ARCHITECTURE.md states them in words.

use super::{Point, Run, Series, UNNAMED, lower_is_better};
use serde::{Deserialize, Serialize};

/// A validation loss this much above its minimum (a part of it) at the end is over-fitting.
pub const OVERFIT: f64 = 0.01;
/// Validations that must follow the minimum before it counts as one.
const AFTER: usize = 2;
/// A loss that improves by less than this part over the last quarter of the curve stands still.
pub const STILL: f64 = 0.005;
/// The part of a curve that is looked at for a standstill.
const QUARTER: f64 = 0.25;
/// A training loss whose last tenth is this many times its lowest tenth has diverged.
pub const DIVERGED: f64 = 1.5;
/// Points that a training loss needs for a word on divergence or standstill.
const ENOUGH: usize = 20;
/// The same of validations for a standstill.
const ENOUGH_EVALS: usize = 4;

/// Points of a training loss that have to be exactly 0 before that is said, and the part of all that they have to be.
const ZEROS: usize = 3;
const ZEROS_PART: f64 = 0.1;

/// Something that a run's curves say.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Finding {
    /// A value is not a number, or infinite.
    NotFinite {
        /// The series.
        series: String,
        /// Where first.
        at: Place,
        /// How many points in all.
        count: usize,
    },
    /// The training loss is exactly 0, at more points than a model that learns its data by heart would give.
    ZeroLoss {
        /// The series.
        series: String,
        /// Where first.
        at: Place,
        /// How many points.
        count: usize,
        /// Of how many.
        points: usize,
    },
    /// The validation loss rises after its minimum.
    Overfit {
        /// Where the minimum is.
        at: Place,
        /// The minimum.
        least: f64,
        /// The loss at the end.
        last: f64,
        /// How far the end is above the minimum, as a part of the minimum.
        above: f64,
        /// The first validation after the minimum.
        since: Place,
        /// Whether the training loss kept falling meanwhile.
        train_falls: bool,
    },
    /// The training loss ends far above what it had reached.
    Diverged {
        /// Median of its lowest tenth.
        least: f64,
        /// Where that tenth ends.
        at: Place,
        /// Median of its last tenth.
        last: f64,
    },
    /// A loss no longer falls.
    Plateau {
        /// The series.
        series: String,
        /// Since when.
        since: Place,
        /// By how much it still improved, as a part.
        improved: f64,
    },
    /// The validation loss is at its lowest at the end: more training may help.
    Improving {
        /// The loss at the end.
        last: f64,
        /// By how much it fell since the validation before, as a part.
        fell: f64,
    },
    /// A file does not say what its curve is of.
    Unnamed,
    /// The run's files hold totals and no curve.
    TotalsOnly,
}

/// When something is.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// The step, where the log has it.
    pub step: Option<f64>,
    /// The epoch, likewise.
    pub epoch: Option<f64>,
}

impl From<&Point> for Place {
    fn from(point: &Point) -> Self {
        Self {
            step: point.step,
            epoch: point.epoch,
        }
    }
}

/// The best value of a series.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Best {
    /// The series.
    pub series: String,
    /// The value.
    pub value: f64,
    /// Where it is first reached.
    pub at: Place,
    /// The value at the end.
    pub last: f64,
    /// Whether lower is better, judged by the name.
    pub lower_is_better: bool,
}

/// The best value of each validation series; the first place that has it.
pub fn best(run: &Run) -> Vec<Best> {
    run.eval_series().filter_map(best_of).collect()
}

/// The best value of one series; nothing where no value is finite.
pub fn best_of(series: &Series) -> Option<Best> {
    let lower = lower_is_better(&series.name);
    let finite = || series.points.iter().filter(|p| p.value.is_finite());
    let mut best = finite().next()?;
    for point in finite() {
        let beats = if lower {
            point.value < best.value
        } else {
            point.value > best.value
        };
        if beats {
            best = point;
        }
    }
    Some(Best {
        series: series.name.clone(),
        value: best.value,
        at: best.into(),
        last: finite().next_back()?.value,
        lower_is_better: lower,
    })
}

/// All that a run's curves say, the gravest first.
pub fn findings(run: &Run) -> Vec<Finding> {
    let mut all: Vec<Finding> = run.series.iter().filter_map(not_finite).collect();
    all.extend(zero_loss(run));
    all.extend(run.train_loss().and_then(diverged));
    if let Some(eval) = run.eval_loss() {
        match overfit(eval, run.train_loss()) {
            Some(found) => all.push(found),
            None => all.extend(still(eval, ENOUGH_EVALS).or_else(|| improving(eval))),
        }
    } else {
        let diverged = all.iter().any(|f| matches!(f, Finding::Diverged { .. }));
        all.extend(
            run.train_loss()
                .filter(|_| !diverged)
                .and_then(|s| still(s, ENOUGH)),
        );
    }
    let is_unnamed = run.series.iter().any(|series| series.name == UNNAMED);
    all.extend(is_unnamed.then_some(Finding::Unnamed));
    all.extend((run.points() == 0 && !run.totals.is_empty()).then_some(Finding::TotalsOnly));
    all
}

/// Training that maximises a reward is left alone: its loss is 0 by construction while the policy has not moved.
fn zero_loss(run: &Run) -> Option<Finding> {
    let train = run.train_loss()?;
    let zeros = || train.points.iter().filter(|p| p.value == 0.0);
    let count = zeros().count();
    let has_reward = run
        .series
        .iter()
        .any(|s| s.name.to_lowercase().ends_with("reward"));
    let many = count >= ZEROS && count as f64 >= ZEROS_PART * train.points.len() as f64;
    (many && !has_reward).then_some(Finding::ZeroLoss {
        series: train.name.clone(),
        at: zeros().next()?.into(),
        count,
        points: train.points.len(),
    })
}

fn not_finite(series: &Series) -> Option<Finding> {
    let bad = || series.points.iter().filter(|p| !p.value.is_finite());
    Some(Finding::NotFinite {
        series: series.name.clone(),
        at: bad().next()?.into(),
        count: bad().count(),
    })
}

fn finite(series: &Series) -> Vec<&Point> {
    series
        .points
        .iter()
        .filter(|p| p.value.is_finite())
        .collect()
}

fn overfit(eval: &Series, train: Option<&Series>) -> Option<Finding> {
    let points = finite(eval);
    let least = (0..points.len()).min_by(|&a, &b| points[a].value.total_cmp(&points[b].value))?;
    let (at, last) = (points[least], points.last()?);
    let above = last.value / at.value - 1.0;
    if points.len() - 1 - least < AFTER || at.value <= 0.0 || above <= OVERFIT {
        return None;
    }
    let train_falls = train.is_some_and(|train| {
        let after = finite(train);
        let after: Vec<f64> = after
            .iter()
            .filter(|p| p.step >= at.step)
            .map(|p| p.value)
            .collect();
        after.len() >= 2
            && median(&after[after.len() / 2..]) < median(&after[..after.len().div_ceil(2)])
    });
    Some(Finding::Overfit {
        at: at.into(),
        least: at.value,
        last: last.value,
        above,
        since: points[least + 1].into(),
        train_falls,
    })
}

fn diverged(train: &Series) -> Option<Finding> {
    let points = finite(train);
    if points.len() < ENOUGH {
        return None;
    }
    let tenth = points.len().div_ceil(10);
    let window = |start: usize| {
        let values: Vec<f64> = points[start..start + tenth]
            .iter()
            .map(|p| p.value)
            .collect();
        median(&values)
    };
    let starts = 0..=points.len() - tenth;
    let least = starts.min_by(|&a, &b| window(a).total_cmp(&window(b)))?;
    let (low, last) = (window(least), window(points.len() - tenth));
    (low > 0.0 && last > DIVERGED * low && last - low > 0.1 * window(0)).then(|| {
        Finding::Diverged {
            least: low,
            at: points[least + tenth - 1].into(),
            last,
        }
    })
}

fn still(series: &Series, enough: usize) -> Option<Finding> {
    let points = finite(series);
    let tail = ((points.len() as f64 * QUARTER) as usize).max(2);
    if points.len() < enough.max(2 * tail) {
        return None;
    }
    let (before, after) = points.split_at(points.len() - tail);
    let values = |part: &[&Point]| part.iter().map(|p| p.value).collect::<Vec<_>>();
    // Few validations are compared by their best; many noisy points by their middle.
    let (from, to) = if enough == ENOUGH {
        (
            median(&values(&before[before.len() - tail..])),
            median(&values(after)),
        )
    } else {
        let least = |part: &[&Point]| values(part).into_iter().fold(f64::INFINITY, f64::min);
        (least(before), least(after))
    };
    let improved = 1.0 - to / from;
    (from > 0.0 && improved.abs() < STILL).then(|| Finding::Plateau {
        series: series.name.clone(),
        since: after[0].into(),
        improved,
    })
}

fn improving(eval: &Series) -> Option<Finding> {
    let points = finite(eval);
    let [.., before, last] = points.as_slice() else {
        return None;
    };
    let least = points.iter().all(|p| p.value >= last.value);
    (least && before.value > 0.0 && last.value < before.value).then(|| Finding::Improving {
        last: last.value,
        fell: 1.0 - last.value / before.value,
    })
}

/// The middle value; not a number of none.
fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    match sorted.len() {
        0 => f64::NAN,
        n if n % 2 == 1 => sorted[middle],
        _ => (sorted[middle - 1] + sorted[middle]) / 2.0,
    }
}

#[cfg(test)]
mod tests;
