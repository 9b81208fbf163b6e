//! Scores of classifiers as scikit-learn 1.9.1 has them, a division by nothing counting as 0: out of the
//! confusion matrix here, out of probabilities in [`probability`], with their curves in [`curves`].

pub mod curves;
pub mod probability;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

/// How often each label was predicted for each label, rows the true ones.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Confusion {
    /// The labels, in order: numbers by their size, words by their letters.
    pub labels: Vec<String>,
    /// The counts.
    pub counts: Vec<Vec<usize>>,
}

/// Scores of one class, or averages over all.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct ClassScores {
    /// Of what was predicted the part that is right.
    pub precision: f64,
    /// Of what is true the part that was predicted.
    pub recall: f64,
    /// Their harmonic mean.
    pub f1: f64,
    /// Right ones over all that are true or predicted.
    pub jaccard: f64,
}

/// How classes are averaged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Average {
    /// Each class weighs the same.
    Macro,
    /// Each item weighs the same.
    Micro,
    /// Each class weighs as often as it is true.
    Weighted,
}

/// How far apart two labels are to kappa.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// Right or wrong.
    Plain,
    /// By the distance of their places.
    Linear,
    /// By its square.
    Quadratic,
}

fn over(part: f64, whole: f64) -> f64 {
    if whole == 0.0 { 0.0 } else { part / whole }
}

/// The labels that stand in texts, in order.
#[must_use]
pub fn labels<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<String> {
    // Few labels come often: only different ones are worth sorting.
    let different: FxHashSet<&str> = texts.collect();
    let mut labels: Vec<&str> = different.into_iter().collect();
    labels.sort_unstable();
    let number = |text: &&str| text.parse::<f64>().ok().filter(|x| x.is_finite());
    if labels.iter().all(|l| number(l).is_some()) {
        labels.sort_by(|a, b| f64::total_cmp(&number(a).unwrap_or(0.0), &number(b).unwrap_or(0.0)));
    }
    labels.into_iter().map(str::to_owned).collect()
}

impl Confusion {
    /// Counts pairs of a true and a predicted label.
    #[must_use]
    pub fn of(pairs: &[(&str, &str)]) -> Self {
        let labels = labels(pairs.iter().flat_map(|(t, p)| [*t, *p]));
        let mut counts = vec![vec![0; labels.len()]; labels.len()];
        let places = labels.iter().enumerate();
        let places: FxHashMap<&str, usize> = places.map(|(i, l)| (l.as_str(), i)).collect();
        for (truth, predicted) in pairs {
            counts[places[truth]][places[predicted]] += 1;
        }
        Self { labels, counts }
    }

    /// Pairs in all.
    #[must_use]
    pub fn total(&self) -> usize {
        self.counts.iter().flatten().sum()
    }

    /// Pairs that are right.
    #[must_use]
    pub fn right(&self) -> usize {
        (0..self.labels.len()).map(|i| self.counts[i][i]).sum()
    }

    /// How often a label is true.
    #[must_use]
    pub fn support(&self, label: usize) -> usize {
        self.counts[label].iter().sum()
    }

    fn predicted(&self, label: usize) -> usize {
        self.counts.iter().map(|row| row[label]).sum()
    }

    /// The part that is right.
    #[must_use]
    pub fn accuracy(&self) -> f64 {
        over(self.right() as f64, self.total() as f64)
    }

    /// The mean recall of the labels that are true somewhere.
    #[must_use]
    pub fn balanced_accuracy(&self) -> f64 {
        let true_ones = (0..self.labels.len()).filter(|&i| self.support(i) > 0);
        let recalls: Vec<f64> = true_ones.map(|i| self.class(i).recall).collect();
        over(recalls.iter().sum(), recalls.len() as f64)
    }

    /// One class's scores.
    #[must_use]
    pub fn class(&self, label: usize) -> ClassScores {
        let right = self.counts[label][label] as f64;
        let (support, predicted) = (self.support(label) as f64, self.predicted(label) as f64);
        ClassScores {
            precision: over(right, predicted),
            recall: over(right, support),
            f1: over(2.0 * right, support + predicted),
            jaccard: over(right, support + predicted - right),
        }
    }

    /// The classes' scores averaged.
    #[must_use]
    pub fn average(&self, average: Average) -> ClassScores {
        let n = self.labels.len();
        if average == Average::Micro {
            let (right, all) = (self.right() as f64, self.total() as f64);
            let part = over(right, all);
            return ClassScores {
                precision: part,
                recall: part,
                f1: part,
                jaccard: over(right, 2.0 * all - right),
            };
        }
        let weight = |i: usize| match average {
            Average::Weighted => self.support(i) as f64,
            _ => 1.0,
        };
        let whole: f64 = (0..n).map(weight).sum();
        let mean = |of: fn(&ClassScores) -> f64| {
            over((0..n).map(|i| weight(i) * of(&self.class(i))).sum(), whole)
        };
        ClassScores {
            precision: mean(|c| c.precision),
            recall: mean(|c| c.recall),
            f1: mean(|c| c.f1),
            jaccard: mean(|c| c.jaccard),
        }
    }

    /// Matthews' correlation, for any number of classes (Gorodkin 2004); 0 where one side is constant.
    #[must_use]
    pub fn mcc(&self) -> f64 {
        let n = self.labels.len();
        let all = self.total() as f64;
        let product = |a: &dyn Fn(usize) -> usize, b: &dyn Fn(usize) -> usize| -> f64 {
            (0..n).map(|i| a(i) as f64 * b(i) as f64).sum()
        };
        let (truth, predicted) = (|i| self.support(i), |i| self.predicted(i));
        let both = self.right() as f64 * all - product(&truth, &predicted);
        let left = all * all - product(&truth, &truth);
        let right = all * all - product(&predicted, &predicted);
        over(both, (left * right).sqrt())
    }

    /// Cohen's kappa; nothing where chance leaves no room.
    #[must_use]
    pub fn kappa(&self, weight: Weight) -> Option<f64> {
        let all = self.total() as f64;
        let apart = |i: usize, j: usize| {
            let distance = i.abs_diff(j) as f64;
            match weight {
                Weight::Plain => f64::from(u8::from(i != j)),
                Weight::Linear => distance,
                Weight::Quadratic => distance * distance,
            }
        };
        let n = self.labels.len();
        let cells = (0..n).flat_map(|i| (0..n).map(move |j| (i, j)));
        let (mut seen, mut expected) = (0.0, 0.0);
        for (i, j) in cells {
            seen += apart(i, j) * self.counts[i][j] as f64;
            let chance = self.support(i) as f64 * self.predicted(j) as f64 / all;
            expected += apart(i, j) * chance;
        }
        (expected > 0.0).then(|| 1.0 - seen / expected)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_ordered_by_size_and_words_by_letters() {
        assert_eq!(labels(["10", "9", "9"].into_iter()), ["9", "10"]);
        assert_eq!(labels(["b", "10", "a"].into_iter()), ["10", "a", "b"]);
    }

    #[test]
    fn a_perfect_and_a_constant_classifier() {
        let perfect = Confusion::of(&[("a", "a"), ("b", "b"), ("b", "b")]);
        assert_eq!((perfect.accuracy(), perfect.mcc()), (1.0, 1.0));
        assert_eq!(perfect.kappa(Weight::Plain), Some(1.0));
        let constant = Confusion::of(&[("a", "a"), ("b", "a")]);
        assert_eq!(
            (constant.mcc(), constant.kappa(Weight::Plain)),
            (0.0, Some(0.0))
        );
        assert_eq!(Confusion::of(&[("a", "a")]).kappa(Weight::Linear), None);
        assert_eq!(Confusion::default().accuracy(), 0.0);
    }
}
