//! Choosing by likelihood: how probable a model finds each of several continuations of one context, and which it chooses
//! when their lengths are made up for in one way or another, as EleutherAI's evaluation harness (lm-eval 0.4) scores
//! multiple-choice tasks.
//!
//! ```
//! use assay_lm::choices::{ChoiceScore, LengthNorm, chosen, probabilities};
//!
//! let score = |logprob, text: &str| ChoiceScore {
//!     logprob,
//!     tokens: text.split(' ').count(),
//!     ..ChoiceScore::of_text(text)
//! };
//! let scores = [score(-4.0, "yes"), score(-6.0, "it depends")];
//! assert_eq!(chosen(&scores, LengthNorm::None), Some(0));
//! // A longer text has had more chances to be improbable.
//! assert_eq!(chosen(&scores, LengthNorm::Characters), Some(1));
//! assert!((probabilities(&scores)[0] - 1.0 / (1.0 + (-2.0f64).exp())).abs() < 1e-12);
//! ```

use super::scoring::{Backend, Item, Scorer, ScoringError, TextScore};
use assay_results::perplexity::Convention;

/// What a model says of one continuation.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct ChoiceScore {
    /// The natural logarithm of its probability after the context.
    pub logprob: f64,
    /// Its tokens.
    pub tokens: usize,
    /// Bytes of the choice in UTF-8, without what parts it from the context.
    pub bytes: usize,
    /// Characters of the same.
    pub characters: usize,
    /// Whether each of its tokens is the most probable one, so that the model would write it.
    pub is_greedy: bool,
}

/// How log-probabilities of continuations of different length are made comparable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LengthNorm {
    /// Not at all: `acc` of the harness.
    None,
    /// Divided by the characters: `acc_norm` of the harness.
    Characters,
    /// Divided by the bytes: `acc_bytes` of the harness.
    Bytes,
    /// Divided by the tokens.
    Tokens,
}

impl LengthNorm {
    /// All, with the names that the command prints.
    pub const ALL: [(Self, &str); 4] = [
        (Self::None, "acc"),
        (Self::Characters, "acc_norm"),
        (Self::Bytes, "acc_bytes"),
        (Self::Tokens, "acc_tokens"),
    ];
}

impl ChoiceScore {
    /// The lengths of a choice, of which nothing is known yet.
    #[must_use]
    pub fn of_text(choice: &str) -> Self {
        Self {
            bytes: choice.len(),
            characters: choice.chars().count(),
            ..Self::default()
        }
    }

    fn of(choice: &str, score: &TextScore) -> Self {
        Self {
            logprob: -score.nll(),
            tokens: score.logprobs.len(),
            is_greedy: score.ranks.iter().all(|rank| *rank == 0),
            ..Self::of_text(choice)
        }
    }

    /// What choices are compared by.
    fn value(&self, norm: LengthNorm) -> f64 {
        let length = match norm {
            LengthNorm::None => 1,
            LengthNorm::Characters => self.characters,
            LengthNorm::Bytes => self.bytes,
            LengthNorm::Tokens => self.tokens,
        };
        self.logprob / length.max(1) as f64
    }
}

/// The place of the choice that the model finds most probable, the first of equals; nothing of no choices.
#[must_use]
pub fn chosen(scores: &[ChoiceScore], norm: LengthNorm) -> Option<usize> {
    let mut best: Option<(usize, f64)> = None;
    for (place, score) in scores.iter().enumerate() {
        let value = score.value(norm);
        if best.is_none_or(|(_, greatest)| value > greatest) {
            best = Some((place, value));
        }
    }
    best.map(|(place, _)| place)
}

/// The probabilities of the choices where one of them has to be taken: from 0 to 1, in sum 1.
#[must_use]
pub fn probabilities(scores: &[ChoiceScore]) -> Vec<f64> {
    let greatest = scores
        .iter()
        .map(|s| s.logprob)
        .fold(f64::NEG_INFINITY, f64::max);
    let weights: Vec<f64> = scores
        .iter()
        .map(|s| (s.logprob - greatest).exp())
        .collect();
    let sum: f64 = weights.iter().sum();
    weights.into_iter().map(|weight| weight / sum).collect()
}

/// A context with its continuations.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// All that stands before a choice.
    pub context: &'a str,
    /// How each choice continues it, with what parts the two.
    pub continuations: &'a [String],
    /// The choices themselves, whose lengths count.
    pub choices: &'a [String],
}

impl<B: Backend> Scorer<B> {
    /// Scores the continuations of each context at each of some strengths of the adapter that is attached to the backend;
    /// 0 is the model alone. What continuations of one context share is computed once. `each` is called with the place of
    /// a context and, for each strength, the scores of its continuations, in order; the rest is not scored once it returns
    /// `false`.
    ///
    /// # Errors
    /// When a text can't be cut into tokens or the backend breaks down; scores that `each` was called with stay valid.
    pub async fn score_choices(
        &mut self,
        asked: &[Asked<'_>],
        strengths: &[f32],
        mut each: impl FnMut(usize, Vec<Vec<ChoiceScore>>) -> bool,
    ) -> Result<(), ScoringError> {
        let (mut items, mut owners) = (Vec::new(), Vec::new());
        for (place, one) in asked.iter().enumerate() {
            for (text, choice) in one.continuations.iter().zip(one.choices) {
                items.push(Item::Continuation {
                    context: one.context.to_owned(),
                    text: text.clone(),
                });
                owners.push((place, choice));
            }
        }
        let none = || vec![Vec::new(); strengths.len()];
        let mut scores: Vec<Vec<ChoiceScore>> = none();
        self.score_at(&items, Convention::Text, strengths, |index, found| {
            let (place, choice) = owners[index];
            for (scores, score) in scores.iter_mut().zip(&found) {
                scores.push(ChoiceScore::of(choice, score));
            }
            let is_last = owners.get(index + 1).is_none_or(|(next, _)| *next != place);
            !is_last || each(place, std::mem::replace(&mut scores, none()))
        })
        .await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_equals_is_chosen_and_nothing_of_none() {
        let score = |logprob: f64| ChoiceScore {
            logprob,
            tokens: 1,
            ..ChoiceScore::of_text("a")
        };
        assert_eq!(
            chosen(&[score(-1.0), score(-1.0)], LengthNorm::Tokens),
            Some(0)
        );
        assert_eq!(chosen(&[], LengthNorm::None), None);
        // Probabilities far below what a double holds still have their ratio.
        let found = probabilities(&[score(-2000.0), score(-2000.0)]);
        assert_eq!(found, [0.5, 0.5]);
    }

    #[test]
    fn lengths_are_those_of_the_choice() {
        let score = ChoiceScore {
            logprob: -6.0,
            tokens: 2,
            ..ChoiceScore::of_text("蓝色x")
        };
        let values = LengthNorm::ALL.map(|(norm, _)| score.value(norm));
        assert_eq!(values, [-6.0, -2.0, -6.0 / 7.0, -3.0]);
    }
}
