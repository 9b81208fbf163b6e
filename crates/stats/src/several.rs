//! Tests of more than two samples at once: the analysis of variance, Kruskal and Wallis's test, and
//! Friedman's of rows that belong together. Values as SciPy 1.17.1 has them.

use super::Tested;
use super::correlation::{Ties, ranks};
use statrs::distribution::{ChiSquared, ContinuousCDF, FisherSnedecor};

fn by_chi_squared(statistic: f64, freedom: usize) -> Option<Tested> {
    let law = ChiSquared::new(freedom as f64).ok()?;
    (!statistic.is_nan()).then(|| Tested {
        statistic,
        p_value: law.sf(statistic),
    })
}

/// One-way analysis of variance (Fisher 1925): whether means differ. Nothing where no sample varies.
#[must_use]
pub fn anova(samples: &[Vec<f64>]) -> Option<Tested> {
    let count: usize = samples.iter().map(Vec::len).sum();
    let whole = samples.iter().flatten().sum::<f64>() / count as f64;
    let (mut between, mut within) = (0.0, 0.0);
    for sample in samples {
        let mean = sample.iter().sum::<f64>() / sample.len() as f64;
        between += sample.len() as f64 * (mean - whole).powi(2);
        within += sample.iter().map(|x| (x - mean).powi(2)).sum::<f64>();
    }
    let (above, below) = (
        samples.len().checked_sub(1)?,
        count.checked_sub(samples.len())?,
    );
    let statistic = between / above as f64 / (within / below as f64);
    let law = FisherSnedecor::new(above as f64, below as f64).ok()?;
    statistic.is_finite().then(|| Tested {
        statistic,
        p_value: law.sf(statistic),
    })
}

/// Kruskal and Wallis's test (1952): whether values of some sample tend to be larger. Nothing where all
/// values are one.
#[must_use]
pub fn kruskal(samples: &[Vec<f64>]) -> Option<Tested> {
    let all = samples.concat();
    let places = ranks(&all);
    let n = all.len() as f64;
    let mut rest = &places[..];
    let mut sum = 0.0;
    for sample in samples {
        let (own, behind) = rest.split_at(sample.len());
        sum += own.iter().sum::<f64>().powi(2) / sample.len() as f64;
        rest = behind;
    }
    let tied = 1.0 - Ties::of(&all).cubes() / (n.powi(3) - n);
    let statistic = (12.0 / (n * (n + 1.0)) * sum - 3.0 * (n + 1.0)) / tied;
    by_chi_squared(statistic, samples.len().checked_sub(1)?)
}

/// Friedman's test (1937) of samples whose values stand in rows: whether some sample tends to be larger
/// within its rows. Nothing with fewer than three samples, or where they are of different lengths.
#[must_use]
pub fn friedman(samples: &[Vec<f64>]) -> Option<Tested> {
    let (k, n) = (samples.len(), samples.first()?.len());
    if k < 3 || samples.iter().any(|s| s.len() != n) {
        return None;
    }
    let mut sums = vec![0.0; k];
    let mut ties = 0.0;
    for row in 0..n {
        let values: Vec<f64> = samples.iter().map(|s| s[row]).collect();
        ties += Ties::of(&values).cubes();
        for (sum, rank) in sums.iter_mut().zip(ranks(&values)) {
            *sum += rank;
        }
    }
    let (k, n) = (k as f64, n as f64);
    let squares: f64 = sums.iter().map(|s| s * s).sum();
    let tied = 1.0 - ties / (k * (k * k - 1.0) * n);
    let statistic = (12.0 / (k * n * (k + 1.0)) * squares - 3.0 * n * (k + 1.0)) / tied;
    by_chi_squared(statistic, samples.len() - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constant_samples_have_no_statistic() {
        let flat = vec![vec![1.0, 1.0]; 3];
        assert_eq!((anova(&flat), kruskal(&flat)), (None, None));
        assert_eq!((friedman(&flat), friedman(&[])), (None, None));
        assert_eq!(anova(&[]), None);
    }
}
