//! BLEU as sacreBLEU 2.6.0 computes it (Papineni et al. 2002; Post 2018). The row is
//! `[hypothesis length, closest reference length, matches of order 1..N, totals of order 1..N]`.

use super::asset;
use super::options::{
    OptionView, SpecError, YES_NO, bad, bad_tokenizer, boolean, option, order, unknown,
};
use super::rounding::{Rounding, double, single};
use super::signature::Signature;
use super::{Describe, Metric, Properties, Scoring};
use assay_results::scores::{RefCount, Score};
use assay_text::grams;
use assay_text::vocabulary::Vocabulary;
use assay_text::{BleuTokenizer, whitespace};
use serde::{Deserialize, Serialize};
use std::cell::RefCell;

/// What happens to an order without a match.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Smoothing {
    /// The score is 0.
    None,
    /// The count becomes this value (sacreBLEU's default 0.1).
    Floor(f64),
    /// This value (default 1) is added to counts and totals of order 2 and above.
    AddK(f64),
    /// The count becomes 1/2, 1/4, … for each order without a match. The default.
    Exp,
}

impl Smoothing {
    /// From sacreBLEU's `smooth_method` and `smooth_value`; `None` for an unknown method.
    pub fn from_options(method: &str, value: Option<f64>) -> Option<Self> {
        Some(match method {
            "none" => Self::None,
            "floor" => Self::Floor(value.unwrap_or(0.1)),
            "add-k" => Self::AddK(value.unwrap_or(1.0)),
            "exp" => Self::Exp,
            _ => return None,
        })
    }

    fn signature(self) -> String {
        match self {
            Self::None => "none".into(),
            Self::Floor(value) => format!("floor[{value:.2}]"),
            Self::AddK(value) => format!("add-k[{value:.2}]"),
            Self::Exp => "exp".into(),
        }
    }
}

/// BLEU with its options; `Default` is sacreBLEU's.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Bleu {
    /// The tokenizer.
    pub tokenize: BleuTokenizer,
    /// Whether text is lower-cased first.
    pub lowercase: bool,
    /// What happens to an order without a match.
    pub smoothing: Smoothing,
    /// The highest n-gram order, 1 or more.
    pub max_ngram_order: usize,
    /// Whether orders that the text is too short for are left out of the corpus score. Segment
    /// scores always leave them out.
    pub effective_order: bool,
}

impl Default for Bleu {
    fn default() -> Self {
        Self {
            tokenize: BleuTokenizer::V13a,
            lowercase: false,
            smoothing: Smoothing::Exp,
            max_ngram_order: 4,
            effective_order: false,
        }
    }
}

thread_local! {
    static VOCABULARY: RefCell<Vocabulary> = RefCell::default();
}

impl Bleu {
    fn ids(&self, text: &str, vocabulary: &mut Vocabulary) -> Vec<u32> {
        let lowered;
        let text = if self.lowercase {
            lowered = whitespace::lower(text);
            &lowered
        } else {
            text
        };
        vocabulary.ids(self.tokenize, whitespace::trim_end(text))
    }

    /// Score, precisions in percent and brevity penalty of a summed row.
    fn compute(&self, sum: &[f64], effective_order: bool, round: Rounding) -> Parts {
        let order = self.max_ngram_order;
        let (hyp_len, ref_len) = (sum[0], sum[1]);
        let mut parts = Parts {
            score: 0.0,
            precisions: vec![0.0; order],
            correct: sum[2..2 + order].to_vec(),
            total: sum[2 + order..].to_vec(),
            brevity_penalty: brevity_penalty(hyp_len, ref_len),
        };
        if parts.correct.iter().all(|&c| c == 0.0) {
            return parts;
        }
        let mut effective = order;
        let mut exp_divisor = 1.0;
        for n in 0..order {
            if let Smoothing::AddK(k) = self.smoothing
                && n > 0
            {
                parts.correct[n] = round(parts.correct[n] + k);
                parts.total[n] = round(parts.total[n] + k);
            }
            let (correct, total) = (parts.correct[n], parts.total[n]);
            if total == 0.0 {
                break;
            }
            if effective_order {
                effective = n + 1;
            }
            parts.precisions[n] = match self.smoothing {
                _ if correct != 0.0 => round(round(100.0 * correct) / total),
                Smoothing::Exp => {
                    exp_divisor *= 2.0;
                    round(100.0 / round(exp_divisor * total))
                }
                Smoothing::Floor(value) => round(round(100.0 * value) / total),
                _ => 0.0,
            };
        }
        let logs: f64 = parts.precisions[..effective]
            .iter()
            .map(|&p| safe_ln(p))
            .sum();
        parts.score = parts.brevity_penalty * (logs / effective as f64).exp();
        parts
    }
}

struct Parts {
    score: f64,
    precisions: Vec<f64>,
    correct: Vec<f64>,
    total: Vec<f64>,
    brevity_penalty: f64,
}

fn brevity_penalty(hyp_len: f64, ref_len: f64) -> f64 {
    if hyp_len >= ref_len {
        1.0
    } else if hyp_len > 0.0 {
        (1.0 - ref_len / hyp_len).exp()
    } else {
        0.0
    }
}

/// sacreBLEU's stand-in for the logarithm of nothing, which makes the score underflow to 0.
fn safe_ln(x: f64) -> f64 {
    if x == 0.0 { -9_999_999_999.0 } else { x.ln() }
}

impl Describe for Bleu {
    fn name(&self) -> String {
        "BLEU".into()
    }

    fn properties(&self) -> Properties {
        Properties {
            max: 100.0,
            best: 100.0,
            asset: asset::of_tokenizer(self.tokenize.name()),
            ..Properties::of("bleu", "Papineni et al. 2002; Post 2018; sacreBLEU 2.6.0")
        }
    }

    fn options(&self) -> Vec<OptionView> {
        let (method, value) = match self.smoothing {
            Smoothing::None => ("none", None),
            Smoothing::Floor(v) => ("floor", Some(v)),
            Smoothing::AddK(v) => ("add-k", Some(v)),
            Smoothing::Exp => ("exp", None),
        };
        let mut options = vec![
            option(
                "tokenize",
                self.tokenize.name().into(),
                &[
                    "13a",
                    "intl",
                    "zh",
                    "char",
                    #[cfg(feature = "jieba")]
                    "jieba",
                    "none",
                ],
            ),
            option("lowercase", self.lowercase.to_string(), YES_NO),
            option(
                "smooth_method",
                method.into(),
                &["exp", "floor", "add-k", "none"],
            ),
        ];
        options.extend(value.map(|v| option("smooth_value", v.to_string(), &[])));
        options.push(option(
            "max_ngram_order",
            self.max_ngram_order.to_string(),
            &[],
        ));
        options.push(option(
            "effective_order",
            self.effective_order.to_string(),
            YES_NO,
        ));
        options
    }

    fn set(&mut self, option: &str, value: &str) -> Result<(), SpecError> {
        match option {
            "tokenize" => {
                self.tokenize = BleuTokenizer::from_name(value).ok_or_else(|| {
                    bad_tokenizer(option, value, "13a, intl, zh, char, jieba or none")
                })?;
            }
            "smooth_method" => {
                self.smoothing = Smoothing::from_options(value, None)
                    .ok_or_else(|| bad(option, value, "none, floor, add-k or exp"))?;
            }
            "smooth_value" => {
                let k = value
                    .parse::<f64>()
                    .ok()
                    .filter(|k| k.is_finite() && *k >= 0.0)
                    .ok_or_else(|| bad(option, value, "a number of 0 or more"))?;
                match &mut self.smoothing {
                    Smoothing::Floor(v) | Smoothing::AddK(v) => *v = k,
                    _ => {
                        return Err(bad(
                            option,
                            value,
                            "a number, after smooth_method floor or add-k",
                        ));
                    }
                }
            }
            "lowercase" => self.lowercase = boolean(option, value)?,
            "effective_order" => self.effective_order = boolean(option, value)?,
            "max_ngram_order" => self.max_ngram_order = order(option, value, 1)?,
            _ => return Err(unknown(&self.name(), option)),
        }
        Ok(())
    }
}

impl Scoring for Bleu {
    fn width(&self) -> usize {
        2 + 2 * self.max_ngram_order
    }

    fn signature(&self, refs: RefCount, resampling: Option<&str>) -> String {
        Signature::new(refs, resampling)
            .with("case", if self.lowercase { "lc" } else { "mixed" })
            .flag("eff", self.effective_order)
            .with("tok", self.tokenize.name())
            .with("smooth", self.smoothing.signature())
            .with("version", "2.6.0")
            .to_string()
    }

    fn score(&self, sum: &[f64]) -> Score {
        let parts = self.compute(sum, self.effective_order, double);
        let mut details = vec![
            ("bp".to_owned(), parts.brevity_penalty),
            ("sys_len".to_owned(), sum[0]),
            ("ref_len".to_owned(), sum[1]),
        ];
        for n in 0..self.max_ngram_order {
            details.push((format!("precision{}", n + 1), parts.precisions[n]));
            details.push((format!("count{}", n + 1), parts.correct[n]));
            details.push((format!("total{}", n + 1), parts.total[n]));
        }
        Score {
            value: parts.score,
            details,
        }
    }

    fn segment_score(&self, row: &[f64]) -> f64 {
        self.compute(row, true, double).score
    }

    fn resampled_score(&self, sum: &[f32]) -> f64 {
        let sum: Vec<f64> = sum.iter().map(|&x| f64::from(x)).collect();
        self.compute(&sum, self.effective_order, single).score
    }
}

impl Metric for Bleu {
    fn statistics(&self, hypothesis: &str, references: &[&str], row: &mut [f64]) {
        row.fill(0.0);
        let order = self.max_ngram_order;
        let (hyp, refs, tokens) = VOCABULARY.with_borrow_mut(|vocabulary| {
            vocabulary.bound();
            let hyp = self.ids(hypothesis, vocabulary);
            let refs = references.iter().map(|r| self.ids(r, vocabulary));
            let refs: Vec<Vec<u32>> = refs.collect();
            (hyp, refs, vocabulary.len())
        });

        row[0] = hyp.len() as f64;
        row[1] = refs
            .iter()
            .map(Vec::len)
            .min_by_key(|&len| (len.abs_diff(hyp.len()), len))
            .unwrap_or(0) as f64;

        let lists: Vec<&[u32]> = refs.iter().map(Vec::as_slice).collect();
        let bits = grams::bits_for(tokens);
        let matches = grams::matches(&hyp, &lists, order, bits);
        for (n, matches) in matches.into_iter().enumerate() {
            row[2 + n] = f64::from(matches);
            row[2 + order + n] = hyp.len().saturating_sub(n) as f64;
        }
    }
}

/// For each n-gram the greatest number of times any one reference has it.
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_perfect_segment_scores_one_hundred_and_no_match_scores_zero() {
        let bleu = Bleu::default();
        let mut row = vec![0.0; bleu.width()];
        bleu.statistics(
            "the cat sat on the mat",
            &["the cat sat on the mat"],
            &mut row,
        );
        assert!((bleu.score(&row).value - 100.0).abs() < 1e-9);
        bleu.statistics("a", &["b"], &mut row);
        assert_eq!(bleu.score(&row).value, 0.0);
    }

    #[test]
    fn the_closest_length_is_the_shorter_of_two_equally_close() {
        let bleu = Bleu::default();
        let mut row = vec![0.0; bleu.width()];
        bleu.statistics("a b c", &["a b c d", "a b"], &mut row);
        assert_eq!(row[1], 2.0);
    }
}
