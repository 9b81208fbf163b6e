//! Strengths from rankings (Plackett 1975; Luce 1959): the best is drawn with a probability in
//! proportion to its strength, then the best of the rest. The greatest likelihood by Hunter's (2004)
//! steps and then Newton's; of rankings of two it is [`super::bradley_terry`].

use super::bradley_terry::{RankingError, Strengths, is_bounded};
use nalgebra::{DMatrix, DVector};

const STEPS: usize = 200;
const CLOSE: f64 = 1e-12;

/// The strengths of `items` things by `rankings`, each a list of some of them from best to worst. A
/// `penalty` above 0 takes that times the strengths' squares from the log-likelihood, so that they are
/// bounded whatever the rankings.
///
/// # Errors
/// When there are fewer than two things, a ranking names one that is not there or one twice, or a
/// strength has no bound.
pub fn plackett_luce(
    items: usize,
    rankings: &[Vec<usize>],
    penalty: f64,
) -> Result<Strengths, RankingError> {
    let distinct = |r: &Vec<usize>| r.iter().enumerate().all(|(i, x)| !r[..i].contains(x));
    let named = rankings.iter().flatten().all(|&i| i < items);
    if items < 2 || !named || !rankings.iter().all(distinct) {
        return Err(RankingError::Shape);
    }
    let penalty = penalty.max(0.0);
    if penalty == 0.0 && !is_bounded(&wins(items, rankings)) {
        return Err(RankingError::Unbounded);
    }
    let mut b = DVector::<f64>::zeros(items);
    for _ in 0..STEPS {
        let (gradient, curvature) = slopes(rankings, &b, penalty);
        let inverse = super::newton::inverted(&curvature, items).ok_or(RankingError::Unbounded)?;
        let mut step = inverse * gradient;
        let longest = step.amax();
        if longest > 1.0 {
            step /= longest;
        }
        b += &step;
        if longest < CLOSE {
            break;
        }
    }
    b.add_scalar_mut(-b.mean());
    let (_, curvature) = slopes(rankings, &b, penalty);
    Strengths::of(&b, &curvature).ok_or(RankingError::Unbounded)
}

/// How often each stood before each.
fn wins(items: usize, rankings: &[Vec<usize>]) -> Vec<Vec<f64>> {
    let mut wins = vec![vec![0.0; items]; items];
    for ranking in rankings {
        for (place, &better) in ranking.iter().enumerate() {
            for &worse in &ranking[place + 1..] {
                wins[better][worse] += 1.0;
            }
        }
    }
    wins
}

/// The log-likelihood's slope, and its curvature with the sign turned. Each draw but a ranking's last
/// is a choice among those that are left.
fn slopes(rankings: &[Vec<usize>], b: &DVector<f64>, penalty: f64) -> (DVector<f64>, DMatrix<f64>) {
    let n = b.len();
    let mut gradient = b * (-2.0 * penalty);
    let mut curvature = DMatrix::<f64>::identity(n, n) * (2.0 * penalty);
    for ranking in rankings {
        for place in 0..ranking.len().saturating_sub(1) {
            let left = &ranking[place..];
            let most = left.iter().map(|&i| b[i]).fold(f64::MIN, f64::max);
            let weights: Vec<f64> = left.iter().map(|&i| (b[i] - most).exp()).collect();
            let total: f64 = weights.iter().sum();
            gradient[left[0]] += 1.0;
            for (i, wi) in left.iter().zip(&weights) {
                let p = wi / total;
                gradient[*i] -= p;
                curvature[(*i, *i)] += p;
                for (j, wj) in left.iter().zip(&weights) {
                    curvature[(*i, *j)] -= p * wj / total;
                }
            }
        }
    }
    (gradient, curvature)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bradley_terry::bradley_terry;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn rankings_of_two_are_comparisons(counts in proptest::collection::vec(1usize..9, 9)) {
            let mut wins = vec![vec![0.0; 3]; 3];
            let mut rankings = Vec::new();
            for i in 0..3 {
                for j in (0..3).filter(|&j| j != i) {
                    wins[i][j] = counts[3 * i + j] as f64;
                    rankings.extend(std::iter::repeat_n(vec![i, j], counts[3 * i + j]));
                }
            }
            let (a, b) = (plackett_luce(3, &rankings, 0.0).unwrap(), bradley_terry(&wins, 0.0).unwrap());
            for i in 0..3 {
                prop_assert!((a.values[i] - b.values[i]).abs() < 1e-9);
                prop_assert!((a.standard_errors[i] - b.standard_errors[i]).abs() < 1e-9);
            }
        }
    }

    /// Of three things that were ranked in all six ways equally often, none is stronger.
    #[test]
    fn balanced_rankings_are_equal_and_an_item_always_first_is_unbounded() {
        let all = [
            [0, 1, 2],
            [0, 2, 1],
            [1, 0, 2],
            [1, 2, 0],
            [2, 0, 1],
            [2, 1, 0],
        ];
        let found = plackett_luce(3, &all.map(Vec::from), 0.0).unwrap();
        assert!(found.values.iter().all(|v| v.abs() < 1e-12));
        let first = [vec![0, 1, 2], vec![0, 2, 1]];
        assert_eq!(plackett_luce(3, &first, 0.0), Err(RankingError::Unbounded));
        assert!(plackett_luce(3, &first, 0.1).unwrap().values[0] > 0.5);
        assert_eq!(
            plackett_luce(2, &[vec![0, 2]], 0.0),
            Err(RankingError::Shape)
        );
        assert_eq!(
            plackett_luce(2, &[vec![0, 0]], 0.0),
            Err(RankingError::Shape)
        );
    }
}
