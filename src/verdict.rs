//! Numbers in words: whether a difference is beyond chance, and how many digits an interval
//! deserves.

use assay_results::scores::{Difference, MetricResult, SliceKind};
use assay_stats::decision::FEWEST_UNITS;
use assay_stats::{Interval, Obstacle};

pub use assay_report::written::{decimal, p_value as p_text, signed};
pub use assay_stats::Decision;

/// The key of the word for a difference that is not significant: why it decides nothing, where that is known.
pub fn undecided_key(metric: &MetricResult, difference: &Difference) -> &'static str {
    match metric.evidence(difference).obstacle() {
        Some(Obstacle::Describes) => "obstacle-describes",
        Some(Obstacle::TooFew) => "obstacle-too-few",
        Some(Obstacle::HardlyVaries) if difference.value != 0.0 => "obstacle-hardly-varies",
        _ => "same",
    }
}

/// What all metrics together say of a system against the baseline.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answer {
    /// Measures on which it is better beyond chance.
    pub better: usize,
    /// Measures on which it is worse beyond chance.
    pub worse: usize,
    /// Measures that can decide.
    pub total: usize,
    /// Rows or clusters, where those of every measure that could decide are too few; and how many would do.
    pub too_few: Option<[usize; 2]>,
    /// Slices (column, value) in which it is worse beyond chance, and on how many measures.
    pub worse_slices: Vec<(String, String, usize)>,
}

impl Answer {
    /// The message key.
    pub fn key(&self) -> &'static str {
        match (self.better, self.worse) {
            _ if self.total == 0 => "verdict-describes",
            _ if self.too_few.is_some() => "verdict-too-few",
            (0, 0) => "verdict-same",
            (_, 0) => "verdict-better",
            (0, _) => "verdict-worse",
            _ => "verdict-mixed",
        }
    }
}

/// What the metrics say of `system`; `None` until all `total` of them are there with their tests.
pub fn answer(metrics: &[&MetricResult], system: usize, total: usize) -> Option<Answer> {
    let mut answer = Answer::default();
    if metrics.len() < total {
        return None;
    }
    let mut few: Vec<[usize; 2]> = Vec::new();
    for metric in metrics {
        let result = metric.systems.get(system)?;
        let difference = result.comparison.as_ref()?.difference;
        let decided = metric.decision(&difference)?;
        if metric.info.describes {
            continue;
        }
        answer.total += 1;
        if metric.evidence(&difference).obstacle() == Some(Obstacle::TooFew) {
            let needed = difference.needed.map_or(FEWEST_UNITS, |n| n as usize);
            few.push([difference.units.unwrap_or_default(), needed]);
        }
        match decided {
            Decision::Better => answer.better += 1,
            Decision::Worse => answer.worse += 1,
            Decision::NoEvidence => {}
        }
        for slice in &result.slices {
            let shown = slice.difference.as_ref().and_then(|d| metric.decision(d));
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
    if few.len() == answer.total {
        // The clearest difference needs the fewest.
        answer.too_few = few.into_iter().min_by_key(|[_, needed]| *needed);
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
    decimal(score, digits(max))
}

/// The change of a row's score, with its sign.
pub fn change_text(change: f64, max: f64) -> String {
    signed(change, digits(max))
}

/// The ends of an interval as the page and the report write them.
pub fn interval_of([low, high]: [String; 2]) -> String {
    format!("[{low}, {high}]")
}

/// An interval with `digits` digits behind the point.
pub fn interval_text(interval: Interval, digits: usize) -> String {
    interval_of([interval.low, interval.high].map(|end| decimal(end, digits)))
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
    use assay_results::metric_info::MetricInfo;
    use assay_results::scores::{Comparison, Score, SystemResult};

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

    /// A metric of two systems with a sure difference on `units` rows.
    fn metric(value: f64, units: usize, lower_is_better: bool) -> MetricResult {
        let difference = Difference {
            p_value: Some(0.001),
            p_corrected: Some(0.001),
            interval: Some([value - 0.5, value + 0.5]),
            units: Some(units),
            differing: Some(units),
            needed: Some(40.0),
            ..Difference::untested(value)
        };
        let system = |comparison| SystemResult {
            name: "a".into(),
            score: Score::default(),
            interval: None,
            no_interval: None,
            comparison,
            slices: Vec::new(),
            segments: Vec::new(),
        };
        let comparison = Comparison {
            difference,
            wins: units,
            ties: 0,
            losses: 0,
        };
        MetricResult {
            info: MetricInfo::default(),
            name: "m".into(),
            signature: String::new(),
            max: 1.0,
            lower_is_better,
            resampled_by: None,
            is_yes_no: false,
            margin: None,
            systems: vec![system(None), system(Some(comparison))],
        }
    }

    #[test]
    fn identical_outputs_are_not_different() {
        let [higher, lower] = [false, true].map(|lower| metric(-2.0, 50, lower));
        let difference = lower.systems[1].comparison.unwrap().difference;
        assert_eq!(lower.decision(&difference), Some(Decision::Better));
        assert_eq!(higher.decision(&difference), Some(Decision::Worse));
        let none = Difference {
            value: 0.0,
            ..difference
        };
        assert_eq!(higher.decision(&none), Some(Decision::NoEvidence));
        assert_eq!(undecided_key(&higher, &none), "same");
        assert_eq!(p_text(0.0001), "p < 0.001");
    }

    #[test]
    fn few_rows_and_descriptions_decide_nothing() {
        let key = |metrics: &[&MetricResult]| answer(metrics, 1, metrics.len()).unwrap().key();
        let (many, few) = (metric(2.0, 50, false), metric(2.0, 12, false));
        let describes = MetricResult {
            info: MetricInfo {
                describes: true,
                ..MetricInfo::default()
            },
            ..many.clone()
        };
        assert_eq!(key(&[&many, &describes]), "verdict-better");
        assert_eq!(answer(&[&many, &describes], 1, 2).unwrap().total, 1);
        assert_eq!(key(&[&describes]), "verdict-describes");
        assert_eq!(key(&[&few, &describes]), "verdict-too-few");
        assert_eq!(answer(&[&few], 1, 1).unwrap().too_few, Some([12, 40]));
        assert_eq!(key(&[&many, &few]), "verdict-better");
    }
}
