//! Scores where an item has any number of labels, as scikit-learn 1.9.1 has them of indicator matrices, a
//! division by nothing counting as 0.

use super::{Average, ClassScores, labels, over};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

/// How often a label is right, predicted without being true, and true without being predicted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Hits {
    /// True and predicted.
    pub right: usize,
    /// Predicted alone.
    pub wrong: usize,
    /// True alone.
    pub missed: usize,
}

impl Hits {
    fn add(&mut self, other: Hits) {
        self.right += other.right;
        self.wrong += other.wrong;
        self.missed += other.missed;
    }

    /// The scores that go with them.
    #[must_use]
    pub fn scores(self) -> ClassScores {
        let truth = (self.right + self.missed) as f64;
        let predicted = (self.right + self.wrong) as f64;
        ClassScores::of(self.right as f64, truth, predicted)
    }
}

/// The scores of predicted sets of labels.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct MultiLabel {
    /// The labels, in order.
    pub labels: Vec<String>,
    /// Each label's hits.
    pub hits: Vec<Hits>,
    /// Items in all.
    pub items: usize,
    /// Items whose sets are the same.
    pub exact: usize,
    /// The scores of each item by itself, summed.
    each_item: [f64; 6],
}

impl MultiLabel {
    /// Compares pairs of a true and a predicted set; a label that stands twice in a set counts once.
    #[must_use]
    pub fn of(pairs: &[(Vec<String>, Vec<String>)]) -> Self {
        let texts = pairs.iter().flat_map(|(t, p)| t.iter().chain(p));
        let labels = labels(texts.map(String::as_str));
        let places: FxHashMap<&str, usize> = labels
            .iter()
            .enumerate()
            .map(|(i, l)| (l.as_str(), i))
            .collect();
        let set = |texts: &[String]| {
            let mut set: Vec<usize> = texts.iter().map(|t| places[t.as_str()]).collect();
            set.sort_unstable();
            set.dedup();
            set
        };
        let mut hits = vec![Hits::default(); labels.len()];
        let (mut exact, mut each_item) = (0, [0.0; 6]);
        for (truth, predicted) in pairs {
            let (truth, predicted) = (set(truth), set(predicted));
            let mut own = Hits::default();
            for label in &predicted {
                let is_right = truth.binary_search(label).is_ok();
                let one = Hits {
                    right: usize::from(is_right),
                    wrong: usize::from(!is_right),
                    missed: 0,
                };
                hits[*label].add(one);
                own.add(one);
            }
            for label in truth.iter().filter(|l| predicted.binary_search(l).is_err()) {
                hits[*label].missed += 1;
                own.missed += 1;
            }
            exact += usize::from(own.wrong + own.missed == 0);
            let scores = own.scores().all();
            each_item.iter_mut().zip(scores).for_each(|(s, x)| *s += x);
        }
        Self {
            labels,
            hits,
            items: pairs.len(),
            exact,
            each_item,
        }
    }

    /// The part of items whose sets are the same.
    #[must_use]
    pub fn subset_accuracy(&self) -> f64 {
        over(self.exact as f64, self.items as f64)
    }

    /// The part of all decisions, one an item and label, that are wrong.
    #[must_use]
    pub fn hamming_loss(&self) -> f64 {
        let wrong: usize = self.hits.iter().map(|h| h.wrong + h.missed).sum();
        over(wrong as f64, (self.items * self.labels.len()) as f64)
    }

    /// The labels' scores averaged.
    #[must_use]
    pub fn average(&self, average: Average) -> ClassScores {
        if average == Average::Micro {
            let mut all = Hits::default();
            self.hits.iter().for_each(|h| all.add(*h));
            return all.scores();
        }
        let weight = |h: &Hits| match average {
            Average::Weighted => (h.right + h.missed) as f64,
            _ => 1.0,
        };
        ClassScores::mean(self.hits.iter().map(|h| (h.scores(), weight(h))))
    }

    /// The mean over items of each item's own scores.
    #[must_use]
    pub fn of_items(&self) -> ClassScores {
        ClassScores::from(self.each_item.map(|sum| over(sum, self.items as f64)))
    }
}
