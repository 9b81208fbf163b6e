//! chrF and chrF++ as sacreBLEU 2.6.0 computes them (Popović 2015, 2017). The row is
//! `[hypothesis n-grams, reference n-grams, matches]` for each character order, then for each
//! word order.

use super::options::{OptionView, SpecError, YES_NO, boolean, option, order, unknown};
use super::rounding::{Rounding, double, single};
use super::signature::Signature;
use super::{Describe, Metric, Properties, Scoring};
use assay_results::scores::{RefCount, Score};
use assay_text::grams;
use assay_text::intern::Interner;
use assay_text::whitespace;
use serde::{Deserialize, Serialize};

/// chrF with its options; `Default` is sacreBLEU's chrF2.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Chrf {
    /// The highest character n-gram order.
    pub char_order: usize,
    /// The highest word n-gram order: 0 for chrF, 2 for chrF++.
    pub word_order: usize,
    /// How many times recall weighs more than precision.
    pub beta: u32,
    /// Whether text is lower-cased first.
    pub lowercase: bool,
    /// Whether white space counts as characters.
    pub whitespace: bool,
    /// Whether empty orders get a tiny score instead of being left out (chrF++.py's way).
    pub eps_smoothing: bool,
}

impl Default for Chrf {
    fn default() -> Self {
        Self {
            char_order: 6,
            word_order: 0,
            beta: 2,
            lowercase: false,
            whitespace: false,
            eps_smoothing: false,
        }
    }
}

const EPS: f64 = 1e-16;

impl Chrf {
    /// chrF++: word unigrams and bigrams beside the characters.
    pub fn plus_plus() -> Self {
        Self {
            word_order: 2,
            ..Self::default()
        }
    }

    fn orders(&self) -> usize {
        self.char_order + self.word_order
    }

    fn f_score(&self, row: &[f64], round: Rounding) -> f64 {
        let factor = f64::from(self.beta).powi(2);
        // (1 + factor) * p * r / (factor * p + r), rounded after every operation.
        let f = |p: f64, r: f64| {
            let denominator = round(round(factor * p) + r);
            let product = round(round((1.0 + factor) * p) * r);
            (denominator > 0.0).then(|| round(product / denominator))
        };
        let (mut score, mut effective) = (0.0, 0usize);
        let (mut avg_precision, mut avg_recall) = (0.0, 0.0);
        for counts in row.chunks_exact(3) {
            let (hyp, reference, matches) = (counts[0], counts[1], counts[2]);
            let precision = if hyp > 0.0 { round(matches / hyp) } else { EPS };
            let recall = if reference > 0.0 {
                round(matches / reference)
            } else {
                EPS
            };
            score = round(score + f(precision, recall).unwrap_or(EPS));
            if hyp > 0.0 && reference > 0.0 {
                avg_precision = round(avg_precision + precision);
                avg_recall = round(avg_recall + recall);
                effective += 1;
            }
        }
        if self.eps_smoothing {
            return round(round(100.0 * score) / self.orders() as f64);
        }
        if effective == 0 {
            return 0.0;
        }
        let precision = round(avg_precision / effective as f64);
        let recall = round(avg_recall / effective as f64);
        round(100.0 * f(precision, recall).unwrap_or(0.0))
    }

    fn characters(&self, text: &str) -> Vec<u32> {
        text.chars()
            .filter(|&c| self.whitespace || !whitespace::is_space(c))
            .map(|c| c as u32)
            .collect()
    }
}

/// The words of chrF++: one ASCII punctuation mark at the end, or else at the start, stands apart.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    whitespace::split(text).flat_map(|word| {
        let cut = match (word.chars().next(), word.chars().next_back()) {
            _ if word.chars().nth(1).is_none() => 0,
            (_, Some(last)) if last.is_ascii_punctuation() => word.len() - 1,
            (Some(first), _) if first.is_ascii_punctuation() => 1,
            _ => 0,
        };
        let (head, tail) = word.split_at(cut);
        [head, tail].into_iter().filter(|w| !w.is_empty())
    })
}

/// Writes the three counts of each order of one unit (characters or words) into `row`.
fn count_orders(hyp: &[u32], reference: &[u32], orders: usize, row: &mut [f64]) {
    let most = hyp
        .iter()
        .chain(reference)
        .max()
        .map_or(0, |t| *t as usize + 1);
    let matches = grams::matches(hyp, &[reference], orders, grams::bits_for(most));
    for (n, (counts, matches)) in row.chunks_exact_mut(3).zip(matches).enumerate() {
        let (own, theirs) = (
            hyp.len().saturating_sub(n),
            reference.len().saturating_sub(n),
        );
        // The tool leaves the hypothesis out of an order that the reference is too short for.
        counts[0] = if theirs == 0 { 0.0 } else { own as f64 };
        counts[1] = theirs as f64;
        counts[2] = f64::from(matches);
    }
}

impl Describe for Chrf {
    fn name(&self) -> String {
        format!("chrF{}{}", self.beta, "+".repeat(self.word_order))
    }

    fn properties(&self) -> Properties {
        Properties {
            max: 100.0,
            best: 100.0,
            ..Properties::of("chrf", "Popović 2015, 2017; sacreBLEU 2.6.0")
        }
    }

    fn options(&self) -> Vec<OptionView> {
        vec![
            option("char_order", self.char_order.to_string(), &[]),
            option("word_order", self.word_order.to_string(), &[]),
            option("beta", self.beta.to_string(), &[]),
            option("lowercase", self.lowercase.to_string(), YES_NO),
            option("whitespace", self.whitespace.to_string(), YES_NO),
            option("eps_smoothing", self.eps_smoothing.to_string(), YES_NO),
        ]
    }

    fn set(&mut self, option: &str, value: &str) -> Result<(), SpecError> {
        match option {
            "char_order" => self.char_order = order(option, value, 1)?,
            "word_order" => self.word_order = order(option, value, 0)?,
            "beta" => self.beta = order(option, value, 1)? as u32,
            "lowercase" => self.lowercase = boolean(option, value)?,
            "whitespace" => self.whitespace = boolean(option, value)?,
            "eps_smoothing" => self.eps_smoothing = boolean(option, value)?,
            _ => return Err(unknown(&self.name(), option)),
        }
        Ok(())
    }
}

impl Scoring for Chrf {
    fn width(&self) -> usize {
        3 * self.orders()
    }

    fn signature(&self, refs: RefCount, resampling: Option<&str>) -> String {
        Signature::new(refs, resampling)
            .with("case", if self.lowercase { "lc" } else { "mixed" })
            .flag("eff", !self.eps_smoothing)
            .with("nc", self.char_order)
            .with("nw", self.word_order)
            .flag("space", self.whitespace)
            .with("version", "2.6.0")
            .to_string()
    }

    fn score(&self, sum: &[f64]) -> Score {
        Score {
            value: self.f_score(sum, double),
            details: Vec::new(),
        }
    }

    fn resampled_score(&self, sum: &[f32]) -> f64 {
        let sum: Vec<f64> = sum.iter().map(|&x| f64::from(x)).collect();
        self.f_score(&sum, single)
    }
}

impl Metric for Chrf {
    fn statistics(&self, hypothesis: &str, references: &[&str], row: &mut [f64]) {
        let lower = |t: &str| {
            if self.lowercase {
                whitespace::lower(t)
            } else {
                t.to_owned()
            }
        };
        let hypothesis = lower(hypothesis);
        let references: Vec<String> = match references {
            [] => vec![String::new()],
            _ => references.iter().map(|r| lower(r)).collect(),
        };
        let hyp_chars = self.characters(&hypothesis);
        let mut best = -1.0;
        let mut candidate = vec![0.0; row.len()];
        for reference in &references {
            let (chars, word_part) = candidate.split_at_mut(3 * self.char_order);
            count_orders(
                &hyp_chars,
                &self.characters(reference),
                self.char_order,
                chars,
            );
            if self.word_order > 0 {
                let mut interner = Interner::default();
                let hyp = interner.ids(words(&hypothesis));
                let reference = interner.ids(words(reference));
                count_orders(&hyp, &reference, self.word_order, word_part);
            }
            let f = self.f_score(&candidate, double);
            if f > best {
                best = f;
                row.copy_from_slice(&candidate);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trailing_punctuation_leaves_the_word_before_leading_does() {
        assert_eq!(
            words("(so) \"x . it's?!").collect::<Vec<_>>(),
            ["(so", ")", "\"", "x", ".", "it's?", "!"]
        );
    }
}
