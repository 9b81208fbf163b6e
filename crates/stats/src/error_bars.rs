//! Standard errors of a mean over values that belong together: values of one document are not independent, and
//! samples of one item vary apart from how items vary (Miller 2024, "Adding Error Bars to Evals"). Clustered values are
//! those of statsmodels 0.15.0's OLS on a constant with `cov_type="cluster"` and `use_t=True`; the split of the variance
//! is that of the R package evaluatellm's `ev_resample`.

use super::power::student_bound;
use statrs::distribution::{ContinuousCDF, StudentsT};

/// A mean with its standard errors.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ClusteredMean {
    /// Values.
    pub values: usize,
    /// Clusters that they belong to.
    pub clusters: usize,
    /// The mean of all values.
    pub mean: f64,
    /// Its standard error as if values were independent.
    pub naive_error: f64,
    /// Its cluster-robust standard error, with the factor G / (G - 1) for G clusters.
    pub error: f64,
    /// The 95 % interval by Student's t distribution with G - 1 degrees of freedom.
    pub interval: [f64; 2],
    /// The two-sided p-value for a mean of 0; nothing where the error is 0.
    pub p_value: Option<f64>,
}

impl ClusteredMean {
    /// Of values, each with its cluster's number. Nothing of fewer than two clusters, which say nothing of others like
    /// them.
    ///
    /// ```
    /// use assay_stats::error_bars::ClusteredMean;
    ///
    /// // Two documents, whose sentences agree among themselves.
    /// let found = ClusteredMean::of(&[1.0, 1.0, 0.0, 0.0], &[0, 0, 1, 1]).unwrap();
    /// assert!(found.error > found.naive_error);
    /// ```
    #[must_use]
    pub fn of(values: &[f64], clusters: &[u32]) -> Option<Self> {
        let n = values.len() as f64;
        let mean = values.iter().sum::<f64>() / n;
        let most = clusters.iter().max().map_or(0, |&last| last as usize + 1);
        let mut sums: Vec<Option<f64>> = vec![None; most];
        for (value, &cluster) in values.iter().zip(clusters) {
            *sums[cluster as usize].get_or_insert(0.0) += value - mean;
        }
        let count = sums.iter().flatten().count();
        if count < 2 {
            return None;
        }
        let g = count as f64;
        let squares: f64 = sums.iter().flatten().map(|sum| sum * sum).sum();
        let error = (g / (g - 1.0) * squares).sqrt() / n;
        let reach = student_bound(g - 1.0, 0.05)? * error;
        let law = StudentsT::new(0.0, 1.0, g - 1.0).ok()?;
        Some(Self {
            values: values.len(),
            clusters: count,
            mean,
            naive_error: (variance(values)? / n).sqrt(),
            error,
            interval: [mean - reach, mean + reach],
            p_value: (error > 0.0).then(|| 2.0 * law.sf((mean / error).abs())),
        })
    }

    /// How many times as many clustered values are needed as independent ones would be; nothing where values do not
    /// vary.
    #[must_use]
    pub fn design_effect(&self) -> Option<f64> {
        (self.naive_error > 0.0).then(|| (self.error / self.naive_error).powi(2))
    }
}

/// The variance of values of items with several samples each: how items differ, and how the samples of an item do.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct VarianceSplit {
    /// Items.
    pub items: usize,
    /// Samples of an item, on average.
    pub samples: f64,
    /// The mean of the items' means.
    pub mean: f64,
    /// Its standard error.
    pub error: f64,
    /// The variance between items: what is left of that of their means without what samples add, and at least 0.
    pub between: f64,
    /// The mean variance of an item's samples.
    pub within: f64,
    /// The part of the variance of items' means that sampling makes, from 0 to 1; nothing where they do not vary.
    pub share_within: Option<f64>,
}

impl VarianceSplit {
    /// Of values, each with its item's number. Nothing of fewer than two items, or where none has two samples.
    #[must_use]
    pub fn of(values: &[f64], items: &[u32]) -> Option<Self> {
        let most = items.iter().max().map_or(0, |&last| last as usize + 1);
        let mut groups: Vec<Vec<f64>> = vec![Vec::new(); most];
        for (value, &item) in values.iter().zip(items) {
            groups[item as usize].push(*value);
        }
        groups.retain(|group| !group.is_empty());
        let means: Vec<f64> = groups.iter().map(|group| mean(group)).collect();
        let spread = variance(&means)?;
        let repeated = groups
            .iter()
            .filter_map(|g| Some((variance(g)?, g.len() as f64)));
        let (own, shares): (Vec<f64>, Vec<f64>) = repeated.map(|(v, k)| (v, v / k)).unzip();
        if own.is_empty() {
            return None;
        }
        let (within, added) = (mean(&own), mean(&shares));
        let count = means.len() as f64;
        Some(Self {
            items: means.len(),
            samples: values.len() as f64 / count,
            mean: mean(&means),
            error: (spread / count).sqrt(),
            between: (spread - added).max(0.0),
            within,
            share_within: (spread > 0.0).then(|| (added / spread).clamp(0.0, 1.0)),
        })
    }

    /// The standard error with that many items and samples of each; infinitely many samples leave what items differ by.
    #[must_use]
    pub fn error_with(&self, items: f64, samples: f64) -> f64 {
        ((self.between + self.within / samples) / items).sqrt()
    }
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// The variance with n - 1 in the denominator; nothing of fewer than two values.
fn variance(values: &[f64]) -> Option<f64> {
    let centre = mean(values);
    let squares: f64 = values.iter().map(|x| (x - centre).powi(2)).sum();
    (values.len() > 1).then(|| squares / (values.len() - 1) as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clusters_of_one_value_are_students_interval() {
        let values = [1.0, 2.0, 4.0, 9.0];
        let found = ClusteredMean::of(&values, &[3, 1, 0, 2]).unwrap();
        assert!((found.error - found.naive_error).abs() < 1e-15);
        assert!((found.design_effect().unwrap() - 1.0).abs() < 1e-12);
        assert_eq!(ClusteredMean::of(&values, &[0; 4]), None);
        assert_eq!(ClusteredMean::of(&[], &[]), None);
    }

    #[test]
    fn more_samples_take_away_only_what_samples_differ_by() {
        // Items at 0 and 1 in the mean, each with samples a half apart on either side.
        let values = [-0.5, 0.5, 0.5, 1.5, -0.5, 0.5, 0.5, 1.5];
        let split = VarianceSplit::of(&values, &[0, 0, 1, 1, 2, 2, 3, 3]).unwrap();
        assert!((split.within - 0.5).abs() < 1e-12);
        assert!((split.between - (1.0 / 3.0 - 0.25)).abs() < 1e-12);
        assert!((split.error_with(4.0, 2.0) - split.error).abs() < 1e-12);
        let floor = split.error_with(4.0, f64::INFINITY);
        assert!((floor - (split.between / 4.0).sqrt()).abs() < 1e-15);
        assert_eq!(
            VarianceSplit::of(&[1.0, 2.0], &[0, 1]),
            None,
            "one sample each"
        );
        assert_eq!(VarianceSplit::of(&[1.0, 2.0], &[0, 0]), None, "one item");
    }
}
