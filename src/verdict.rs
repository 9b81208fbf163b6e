//! Numbers in words: whether a difference is beyond chance, and how many digits an interval
//! deserves.

use assay_results::scores::{Difference, MetricResult, SliceKind};
use assay_stats::{Direction, Interval};

pub use assay_report::written::p_value as p_text;
pub use assay_stats::Decision;

/// What a difference shows; nothing until the test is done.
pub fn decision(difference: &Difference, lower_is_better: bool) -> Option<Decision> {
    let p = difference.p_corrected?;
    let direction = Direction::lower_is_better(lower_is_better);
    Some(Decision::of(difference.value, Some(p), direction))
}

/// What all metrics together say of a system against the baseline.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answer {
    /// Measures on which it is better beyond chance.
    pub better: usize,
    /// Measures on which it is worse beyond chance.
    pub worse: usize,
    /// Measures in all.
    pub total: usize,
    /// Slices (column, value) in which it is worse beyond chance, and on how many measures.
    pub worse_slices: Vec<(String, String, usize)>,
}

impl Answer {
    /// The message key.
    pub fn key(&self) -> &'static str {
        match (self.better, self.worse) {
            (0, 0) => "verdict-same",
            (_, 0) => "verdict-better",
            (0, _) => "verdict-worse",
            _ => "verdict-mixed",
        }
    }
}

/// What the metrics say of `system`; `None` until all `total` of them are there with their tests.
pub fn answer(metrics: &[&MetricResult], system: usize, total: usize) -> Option<Answer> {
    let mut answer = Answer {
        total,
        ..Answer::default()
    };
    if metrics.len() < total {
        return None;
    }
    for metric in metrics {
        let result = metric.systems.get(system)?;
        let lower = metric.lower_is_better;
        match decision(&result.comparison.as_ref()?.difference, lower)? {
            Decision::Better => answer.better += 1,
            Decision::Worse => answer.worse += 1,
            Decision::NoEvidence => {}
        }
        for slice in &result.slices {
            let shown = slice.difference.as_ref().and_then(|d| decision(d, lower));
            if shown != Some(Decision::Worse) || slice.kind != SliceKind::Value {
                continue;
            }
            let known = answer
                .worse_slices
                .iter_mut()
                .find(|(c, v, _)| *c == slice.column && *v == slice.value);
            match known {
                Some((.., count)) => *count += 1,
                None => {
                    let (column, value) = (slice.column.clone(), slice.value.clone());
                    answer.worse_slices.push((column, value, 1));
                }
            }
        }
    }
    Some(answer)
}

/// Digits behind the point of a measure's scores where no interval says how many mean something: measures from 0
/// to 1 need more than those to 100.
pub fn digits(max: f64) -> usize {
    if max > 1.0 { 2 } else { 4 }
}

/// A row's score under a measure with this greatest score.
pub fn score_text(score: f64, max: f64) -> String {
    let digits = digits(max);
    format!("{score:.digits$}")
}

/// The change of a row's score, with its sign.
pub fn change_text(change: f64, max: f64) -> String {
    let digits = digits(max);
    format!("{change:+.digits$}")
}

/// The ends of an interval as the page and the report write them.
pub fn interval_of([low, high]: [String; 2]) -> String {
    format!("[{low}, {high}]")
}

/// An interval with so many digits behind the point.
pub fn interval_text(interval: Interval, digits: usize) -> String {
    interval_of([interval.low, interval.high].map(|end| format!("{end:.digits$}")))
}

/// Digits behind the point that an interval's width lets mean something.
pub fn decimals(interval: Option<Interval>, max: f64) -> usize {
    let usual = digits(max);
    let width = interval.map_or(0.0, |i| i.half_width());
    if width <= 0.0 {
        return usual;
    }
    (1.0 - width.log10().floor()).clamp(0.0, 4.0) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_follow_the_width() {
        let interval = |w: f64| {
            Some(Interval {
                mean: 0.0,
                low: -w,
                high: w,
            })
        };
        assert_eq!(decimals(interval(1.2), 100.0), 1);
        assert_eq!(decimals(interval(0.3), 100.0), 2);
        assert_eq!(decimals(interval(0.012), 1.0), 3);
        assert_eq!(decimals(None, 100.0), 2);
    }

    #[test]
    fn identical_outputs_are_not_different() {
        let difference = Difference {
            value: 0.0,
            p_value: Some(0.001),
            p_corrected: Some(0.001),
            interval: None,
        };
        assert_eq!(decision(&difference, false), Some(Decision::NoEvidence));
        let fewer = Difference {
            value: -2.0,
            ..difference
        };
        assert_eq!(decision(&fewer, true), Some(Decision::Better));
        assert_eq!(decision(&fewer, false), Some(Decision::Worse));
        assert_eq!(p_text(0.0001), "p < 0.001");
    }
}
