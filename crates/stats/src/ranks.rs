//! Which ranks strengths allow: two items change places unless their difference is significant, corrected for all
//! pairs (Holm), so that all rank intervals hold together at 95 % (Mogstad, Romano, Shaikh and Wilhelm 2024).

use super::ALPHA;
use super::bradley_terry::Strengths;
use super::corrections::holm;
use statrs::distribution::{ContinuousCDF, Normal};

impl Strengths {
    /// For each item the best and the worst rank, from 1, that it may have.
    #[must_use]
    pub fn rank_intervals(&self) -> Vec<[usize; 2]> {
        let n = self.values.len();
        let pairs: Vec<[usize; 2]> = (0..n).flat_map(|i| (0..i).map(move |j| [i, j])).collect();
        let p_values: Vec<f64> = pairs.iter().map(|&[i, j]| self.p_of(i, j)).collect();
        let mut ranks = vec![[1, n]; n];
        for (&[i, j], p) in pairs.iter().zip(holm(&p_values)) {
            if p < ALPHA {
                let i_is_above = self.values[i] > self.values[j];
                let (above, below) = if i_is_above { (i, j) } else { (j, i) };
                ranks[below][0] += 1;
                ranks[above][1] -= 1;
            }
        }
        ranks
    }

    /// The two-sided p-value of a difference, by the normal distribution.
    fn p_of(&self, first: usize, second: usize) -> f64 {
        let z = (self.values[first] - self.values[second]) / self.difference_error(first, second);
        match z.is_nan() {
            true => 1.0,
            false => 2.0 * Normal::standard().cdf(-z.abs()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_that_can_not_be_told_apart_share_their_ranks() {
        let variance = |i: usize, j: usize| if i == j { 0.01 } else { 0.0 };
        let strengths = Strengths {
            values: vec![0.0, 2.0, 1.9, -1.9],
            standard_errors: vec![0.1; 4],
            covariance: (0..4)
                .map(|i| (0..4).map(|j| variance(i, j)).collect())
                .collect(),
        };
        let expected = [[3, 3], [1, 2], [1, 2], [4, 4]];
        assert_eq!(strengths.rank_intervals(), expected);
    }
}
