//! Numbers in words: whether a difference is beyond chance, and how many digits an interval
//! deserves.

use crate::evaluation::{Comparison, MetricResult};
use crate::stats::Interval;

/// The level below which a corrected p-value counts as beyond chance.
pub const ALPHA: f64 = 0.05;

/// What a comparison says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Higher, and unlikely by chance.
    Better,
    /// Lower, and unlikely by chance.
    Worse,
    /// Neither.
    Same,
}

impl Verdict {
    /// The verdict of a comparison. A difference of nothing is never beyond chance, whatever the
    /// test's p-value (the paired bootstrap gives a small one to identical outputs).
    pub fn of(comparison: &Comparison) -> Self {
        if comparison.p_corrected >= ALPHA || comparison.difference == 0.0 {
            Self::Same
        } else if comparison.difference > 0.0 {
            Self::Better
        } else {
            Self::Worse
        }
    }

    /// The message key.
    pub fn key(self) -> &'static str {
        match self {
            Self::Better => "better",
            Self::Worse => "worse",
            Self::Same => "same",
        }
    }

    /// The sign that stands before it.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Better => "▲",
            Self::Worse => "▼",
            Self::Same => "=",
        }
    }
}

/// Measures on which `system` is better and worse, of all that compare it.
pub fn tally(metrics: &[MetricResult], system: usize) -> (usize, usize, usize) {
    let verdicts: Vec<Verdict> = metrics
        .iter()
        .filter_map(|m| m.systems.get(system)?.comparison.as_ref().map(Verdict::of))
        .collect();
    let count = |v| verdicts.iter().filter(|&&x| x == v).count();
    (
        count(Verdict::Better),
        count(Verdict::Worse),
        verdicts.len(),
    )
}

/// Digits behind the point that an interval's width lets mean something.
pub fn decimals(interval: Option<Interval>, max: f64) -> usize {
    let usual = if max > 1.0 { 2 } else { 4 };
    let width = interval.map_or(0.0, |i| i.half_width());
    if width <= 0.0 {
        return usual;
    }
    (1.0 - width.log10().floor()).clamp(0.0, 4.0) as usize
}

/// A p-value as it is written: never 0.
pub fn p_text(p: f64) -> String {
    if p < 0.001 {
        "p < 0.001".into()
    } else {
        format!("p = {p:.3}")
    }
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
        let comparison = Comparison {
            difference: 0.0,
            p_value: 0.001,
            p_corrected: 0.001,
            wins: 0,
            ties: 9,
            losses: 0,
        };
        assert_eq!(Verdict::of(&comparison), Verdict::Same);
        assert_eq!(p_text(0.0001), "p < 0.001");
    }
}
