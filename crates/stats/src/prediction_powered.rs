//! A mean that a judge estimates on many items, corrected by the items that people have labelled too:
//! prediction-powered inference with power tuning (PPI++; Angelopoulos, Duchi and Zrnic 2023), as ppi-python
//! 0.2.3's `ppi_mean_pointestimate` and `ppi_mean_ci` have it.

use super::NORMAL_975;
use super::power::student_bound;

/// Labels up to which the weight's own uncertainty counts; beyond, both intervals are nearly the same.
const FEW: usize = 400;

/// A corrected mean.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CorrectedMean {
    /// The mean.
    pub value: f64,
    /// Its standard error.
    pub error: f64,
    /// Its 95 % interval, as ppi-python has it. It holds for many labels.
    pub interval: [f64; 2],
    /// An interval that holds for few labels too: the labelled items are left out one by one, weight and all (the
    /// jackknife; Efron and Stein 1981), and the bound is Student's.
    pub cautious: [f64; 2],
    /// How far the judge's values are used, from 0 (not at all) to 1.
    pub weight: f64,
    /// The standard error that twice as many labels by people would give.
    pub error_of_twice: f64,
}

/// The mean of what people would say of all items: `labels` are people's values of some items, `predictions` the
/// judge's values of the same items, `unlabelled` the judge's values of all other items. Nothing where one of them is
/// empty, or where the first two differ in length.
///
/// The judge may be wrong in any way: its error is measured on the labelled items and taken off. A judge whose values
/// say little gets a weight near 0, and the mean is people's own.
#[must_use]
pub fn corrected_mean(
    labels: &[f64],
    predictions: &[f64],
    unlabelled: &[f64],
) -> Option<CorrectedMean> {
    if labels.is_empty() || labels.len() != predictions.len() || unlabelled.is_empty() {
        return None;
    }
    let (n, all) = (labels.len() as f64, unlabelled.len() as f64);
    let weight = weight(labels, predictions, unlabelled);
    let rest: Vec<f64> = labels
        .iter()
        .zip(predictions)
        .map(|(label, prediction)| label - weight * prediction)
        .collect();
    let value = weight * mean(unlabelled) + mean(&rest);
    let imputed = weight * weight * variance(unlabelled) / all;
    let corrected = variance(&rest) / n;
    let error = (imputed + corrected).sqrt();
    let left_out = match labels.len() {
        2..=FEW => jackknife(labels, predictions, unlabelled),
        _ => corrected,
    };
    let bound = if n > 1.0 {
        student_bound(n - 1.0, 0.05)
    } else {
        None
    };
    let reach = bound.unwrap_or(f64::INFINITY) * (imputed + left_out).sqrt();
    Some(CorrectedMean {
        value,
        error,
        interval: [value - NORMAL_975 * error, value + NORMAL_975 * error],
        cautious: [value - reach, value + reach],
        weight,
        error_of_twice: (imputed + corrected / 2.0).sqrt(),
    })
}

/// The weight of the judge's values by which the variance is least, held within 0 and 1.
fn weight(labels: &[f64], predictions: &[f64], unlabelled: &[f64]) -> f64 {
    let (n, all) = (labels.len() as f64, unlabelled.len() as f64);
    let (of_labels, of_predictions) = (mean(labels), mean(predictions));
    let together = labels.iter().zip(predictions);
    let together = together.map(|(y, f)| (y - of_labels) * (f - of_predictions));
    let covariance = together.sum::<f64>() / n;
    let pooled = [predictions, unlabelled].concat();
    let spread = variance(&pooled) * (n + all) / (n + all - 1.0);
    let weight = covariance / ((1.0 + n / all) * spread);
    // A judge that says the same of everything helps nothing.
    if weight.is_nan() {
        0.0
    } else {
        weight.clamp(0.0, 1.0)
    }
}

/// The variance of the mean by leaving labelled items out one by one.
fn jackknife(labels: &[f64], predictions: &[f64], unlabelled: &[f64]) -> f64 {
    let n = labels.len() as f64;
    let judged = mean(unlabelled);
    let without = |i: usize| {
        let rest = |list: &[f64]| [&list[..i], &list[i + 1..]].concat();
        let (labels, predictions) = (rest(labels), rest(predictions));
        let weight = weight(&labels, &predictions, unlabelled);
        weight * judged + mean(&labels) - weight * mean(&predictions)
    };
    let all: Vec<f64> = (0..labels.len()).map(without).collect();
    (n - 1.0) * variance(&all)
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

fn variance(values: &[f64]) -> f64 {
    let centre = mean(values);
    values.iter().map(|v| (v - centre).powi(2)).sum::<f64>() / values.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_judge_that_says_nothing_leaves_the_mean_of_people() {
        let labels = [1.0, 0.0, 1.0, 1.0];
        let found = corrected_mean(&labels, &[1.0; 4], &[1.0; 50]).unwrap();
        assert_eq!((found.value, found.weight), (0.75, 0.0));
        assert_eq!(corrected_mean(&[], &[], &[1.0]), None);
        assert_eq!(corrected_mean(&[1.0], &[1.0], &[]), None);
    }

    #[test]
    fn a_judge_that_is_always_one_too_high_is_corrected_exactly() {
        let labels: Vec<f64> = (0..40).map(|i| f64::from(i % 5)).collect();
        let predictions: Vec<f64> = labels.iter().map(|y| y + 1.0).collect();
        let unlabelled: Vec<f64> = (0..4000).map(|i| f64::from(i % 5) + 1.0).collect();
        let found = corrected_mean(&labels, &predictions, &unlabelled).unwrap();
        assert!((found.value - 2.0).abs() < 1e-9, "{found:?}");
        assert!(found.weight > 0.95 && found.error_of_twice < found.error);
        assert!(found.cautious[0] < found.interval[0] && found.cautious[1] > found.interval[1]);
    }
}
