//! Scores of classifiers as scikit-learn 1.9.1 has them, a division by nothing counting as 0: out of the
//! confusion matrix here, out of sets of labels in [`multilabel`], out of probabilities in [`probability`],
//! with their curves in [`curves`] and how sure those are in [`bands`].

pub mod bands;
pub mod curves;
pub mod multilabel;
pub mod probability;

use assay_sorting::sort_by;
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
    /// The same, recall counting four times (F2).
    pub f2: f64,
    /// The same, precision counting four times (F0.5).
    pub f05: f64,
    /// Right ones over all that are true or predicted.
    pub jaccard: f64,
}

impl ClassScores {
    /// The scores from the number of right ones, of those that are true and of those that are predicted.
    fn of(right: f64, truth: f64, predicted: f64) -> Self {
        let f = |beta: f64| {
            let squared = beta * beta;
            over((1.0 + squared) * right, squared * truth + predicted)
        };
        Self {
            precision: over(right, predicted),
            recall: over(right, truth),
            f1: f(1.0),
            f2: f(2.0),
            f05: f(0.5),
            jaccard: over(right, truth + predicted - right),
        }
    }

    fn all(self) -> [f64; 6] {
        let Self {
            precision,
            recall,
            f1,
            f2,
            f05,
            jaccard,
        } = self;
        [precision, recall, f1, f2, f05, jaccard]
    }

    /// The mean of scores with weights.
    fn mean(each: impl Iterator<Item = (Self, f64)>) -> Self {
        let (mut sums, mut whole) = ([0.0; 6], 0.0);
        for (scores, weight) in each {
            whole += weight;
            let own = scores.all();
            sums.iter_mut().zip(own).for_each(|(s, x)| *s += weight * x);
        }
        Self::from(sums.map(|sum| over(sum, whole)))
    }
}

impl From<[f64; 6]> for ClassScores {
    fn from([precision, recall, f1, f2, f05, jaccard]: [f64; 6]) -> Self {
        Self {
            precision,
            recall,
            f1,
            f2,
            f05,
            jaccard,
        }
    }
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
        let value = |text: &&str| number(text).unwrap_or(0.0);
        sort_by(&mut labels, |a, b| value(a).total_cmp(&value(b)));
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

    /// That less what guessing gives, over the rest: 0 of guesses, 1 of a perfect classifier. Nothing where
    /// only one label is true.
    #[must_use]
    pub fn balanced_accuracy_adjusted(&self) -> Option<f64> {
        let classes = (0..self.labels.len()).filter(|&i| self.support(i) > 0);
        let chance = 1.0 / classes.count() as f64;
        (chance < 1.0).then(|| (self.balanced_accuracy() - chance) / (1.0 - chance))
    }

    /// One class's scores.
    #[must_use]
    pub fn class(&self, label: usize) -> ClassScores {
        let (support, predicted) = (self.support(label), self.predicted(label));
        let right = self.counts[label][label];
        ClassScores::of(right as f64, support as f64, predicted as f64)
    }

    /// Of what is not of a class the part that was not predicted so.
    #[must_use]
    pub fn specificity(&self, label: usize) -> f64 {
        let others = self.total() - self.support(label);
        let wrong = self.predicted(label) - self.counts[label][label];
        over((others - wrong) as f64, others as f64)
    }

    /// The classes' scores averaged.
    #[must_use]
    pub fn average(&self, average: Average) -> ClassScores {
        let n = self.labels.len();
        if average == Average::Micro {
            let (right, all) = (self.right() as f64, self.total() as f64);
            return ClassScores::of(right, all, all);
        }
        let weight = |i: usize| match average {
            Average::Weighted => self.support(i) as f64,
            _ => 1.0,
        };
        ClassScores::mean((0..n).map(|i| (self.class(i), weight(i))))
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
