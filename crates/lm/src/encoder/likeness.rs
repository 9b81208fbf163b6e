//! How alike two encoded texts are: BERTScore (Zhang et al. 2020) as bert-score 0.3.13 has it, and the
//! cosine of mean-pooled sentences (Reimers and Gurevych 2019) as sentence-transformers 6.2.0 has it.

use super::{Encoded, Encoder, Frequencies, Pooling};
use crate::cpu::dot;

/// BERTScore of a text against a reference.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Likeness {
    /// How well each token of the text is met by some token of the reference.
    pub precision: f64,
    /// How well each token of the reference is met.
    pub recall: f64,
    /// Their harmonic mean.
    pub f1: f64,
}

impl Likeness {
    /// The best of each over several references, as bert-score takes them apart.
    #[must_use]
    pub fn best(self, other: Self) -> Self {
        Self {
            precision: self.precision.max(other.precision),
            recall: self.recall.max(other.recall),
            f1: self.f1.max(other.f1),
        }
    }
}

/// A text's tokens at length one, with the weight of each: 0 of those around the text.
pub struct Tokens {
    width: usize,
    hidden: Vec<f32>,
    weights: Vec<f64>,
    /// Whether it has tokens of its own.
    filled: bool,
}

impl Tokens {
    /// The tokens of an encoded text; with frequencies rare ones weigh more.
    #[must_use]
    pub fn of(encoder: &Encoder, text: &Encoded, frequencies: Option<&Frequencies>) -> Self {
        let width = encoder.shape.width;
        let mut hidden = text.hidden.clone();
        for token in hidden.chunks_exact_mut(width) {
            let length = dot(token, token).sqrt();
            if length > 0.0 {
                token.iter_mut().for_each(|x| *x /= length);
            }
        }
        let weight = |id: &u32| match (encoder.is_mark(*id), frequencies) {
            (true, _) => 0.0,
            (false, Some(frequencies)) => frequencies.weight(*id),
            (false, None) => 1.0,
        };
        Self {
            width,
            hidden,
            weights: text.ids.iter().map(weight).collect(),
            filled: text.ids.len() > encoder.mark_count(),
        }
    }

    fn count(&self) -> usize {
        self.weights.len()
    }
}

/// BERTScore of a hypothesis against a reference: each token is met by the likest of the other text. 0
/// where one of them has no tokens of its own.
#[must_use]
pub fn bert_score(hypothesis: &Tokens, reference: &Tokens) -> Likeness {
    if !(hypothesis.filled && reference.filled) {
        return Likeness::default();
    }
    let mut own = vec![f32::NEG_INFINITY; hypothesis.count()];
    let mut theirs = vec![f32::NEG_INFINITY; reference.count()];
    let references: Vec<&[f32]> = reference.hidden.chunks_exact(reference.width).collect();
    for (i, token) in hypothesis.hidden.chunks_exact(hypothesis.width).enumerate() {
        for (j, other) in references.iter().enumerate() {
            let alike = dot(token, other);
            own[i] = own[i].max(alike);
            theirs[j] = theirs[j].max(alike);
        }
    }
    let mean = |best: &[f32], weights: &[f64]| {
        let whole: f64 = weights.iter().sum();
        let sum: f64 = best
            .iter()
            .zip(weights)
            .map(|(b, w)| f64::from(*b) * w)
            .sum();
        if whole == 0.0 { 0.0 } else { sum / whole }
    };
    let precision = mean(&own, &hypothesis.weights);
    let recall = mean(&theirs, &reference.weights);
    let f1 = 2.0 * precision * recall / (precision + recall);
    Likeness {
        precision,
        recall,
        f1: if f1.is_finite() { f1 } else { 0.0 },
    }
}

/// A text as one run of numbers of length one: the mean of its tokens, or the first, as the model has it.
#[must_use]
pub fn pooled(encoder: &Encoder, text: &Encoded) -> Vec<f32> {
    let width = encoder.shape.width;
    let mut sum = vec![0.0f64; width];
    let counted = match encoder.pooling {
        Pooling::Mean => text.ids.len(),
        Pooling::First => 1,
    };
    for token in text.hidden.chunks_exact(width).take(counted) {
        sum.iter_mut()
            .zip(token)
            .for_each(|(s, x)| *s += f64::from(*x));
    }
    let length = sum.iter().map(|x| x * x).sum::<f64>().sqrt().max(1e-12);
    sum.into_iter().map(|x| (x / length) as f32).collect()
}

/// The cosine of two pooled texts.
#[must_use]
pub fn cosine(first: &[f32], second: &[f32]) -> f64 {
    f64::from(dot(first, second))
}
