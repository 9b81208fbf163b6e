//! The four scores that LLaMA-Factory prints for predictions (`predict_bleu-4`, `predict_rouge-1`, `-2` and `-l`), each
//! a mean over rows of values rounded to four decimals:
//!
//! - BLEU-4 is NLTK's `sentence_bleu` with its third smoothing over characters, white space included.
//! - ROUGE is the F of rouge-chinese over jieba's words. That tool counts each n-gram once, however often it occurs, and
//!   takes an empty line that its division into sentences leaves for a word. A row with a blank prediction or label is 0.

use super::asset;
use super::bleu_nltk::{self, BleuNltk};
use super::per_segment::PerSegment;
use super::rouge::lcs_length;
use super::{Describe, Properties, Scoring};
use assay_text::BleuTokenizer;
use assay_text::intern::Interner;
use assay_text::{jieba, rouge_chinese, whitespace};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Which of the four scores.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum LlamaFactoryKind {
    /// `bleu-4`.
    Bleu4,
    /// `rouge-1`.
    Rouge1,
    /// `rouge-2`.
    Rouge2,
    /// `rouge-l`.
    RougeL,
}

/// A score as LLaMA-Factory prints it, in percent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LlamaFactory {
    /// Which of the four.
    pub kind: LlamaFactoryKind,
}

/// What rouge-chinese adds to the sum of precision and recall.
const EPSILON: f64 = 1e-8;

/// A value in percent, rounded to four decimals as Python's `round` does it.
fn rounded(value: f64) -> f64 {
    let percent = 100.0 * value;
    format!("{percent:.4}").parse().unwrap_or(percent)
}

fn bleu(hypothesis: &str, references: &[&str]) -> f64 {
    let mut interner = Interner::default();
    let mut characters = |text| interner.ids(characters(text));
    let texts = std::iter::once(&hypothesis).chain(references);
    let texts: Vec<Vec<u32>> = texts.map(|text| characters(text)).collect();
    let nltk = BleuNltk {
        tokenize: BleuTokenizer::Char,
        smoothing: 3,
    };
    let mut row = vec![0.0; nltk.width()];
    bleu_nltk::count_tokens(&texts, &mut row);
    nltk.segment_score(&row)
}

/// Each character of a text as a text.
fn characters(text: &str) -> impl Iterator<Item = &str> {
    let ends = text.char_indices().map(|(at, c)| (at, at + c.len_utf8()));
    ends.map(|(from, to)| &text[from..to])
}

/// The F of rouge-chinese.
fn f(matches: f64, own: f64, theirs: f64) -> f64 {
    let part = |of: f64| if of > 0.0 { matches / of } else { 0.0 };
    let (precision, recall) = (part(own), part(theirs));
    2.0 * ((precision * recall) / (precision + recall + EPSILON))
}

/// Each n-gram once.
fn grams(words: &[u32], order: usize) -> BTreeSet<&[u32]> {
    words.windows(order).collect()
}

impl LlamaFactory {
    fn rouge(&self, hypothesis: &str, reference: &str) -> f64 {
        let [own, theirs] = [hypothesis, reference].map(jieba::tokens);
        let is_blank = |tokens: &[&str]| tokens.iter().all(|t| whitespace::trim(t).is_empty());
        if is_blank(&own) || is_blank(&theirs) {
            return 0.0;
        }
        let [own, theirs] = [own, theirs].map(|tokens| rouge_chinese::words(&tokens));
        let mut interner = Interner::default();
        let own = interner.ids(own.iter().map(String::as_str));
        let theirs = interner.ids(theirs.iter().map(String::as_str));
        let order = match self.kind {
            LlamaFactoryKind::Rouge1 => 1,
            LlamaFactoryKind::Rouge2 => 2,
            LlamaFactoryKind::Bleu4 | LlamaFactoryKind::RougeL => {
                let common = lcs_length(&theirs, &own);
                return f(common, own.len() as f64, theirs.len() as f64);
            }
        };
        let (own, theirs) = (grams(&own, order), grams(&theirs, order));
        let common = own.intersection(&theirs).count() as f64;
        f(common, own.len() as f64, theirs.len() as f64)
    }
}

impl Describe for LlamaFactory {
    fn name(&self) -> String {
        match self.kind {
            LlamaFactoryKind::Bleu4 => "BLEU-4 (LLaMA-Factory)",
            LlamaFactoryKind::Rouge1 => "ROUGE-1 (LLaMA-Factory)",
            LlamaFactoryKind::Rouge2 => "ROUGE-2 (LLaMA-Factory)",
            LlamaFactoryKind::RougeL => "ROUGE-L (LLaMA-Factory)",
        }
        .to_owned()
    }

    fn properties(&self) -> Properties {
        let tokens = match self.kind {
            LlamaFactoryKind::Bleu4 => "char",
            _ => "jieba",
        };
        Properties {
            max: 100.0,
            best: 100.0,
            asset: asset::of_tokenizer(tokens),
            ..Properties::of(
                "llamafactory",
                "LLaMA-Factory 0.9.5; NLTK 3.10.4; rouge-chinese 1.0.3",
            )
        }
    }
}

impl PerSegment for LlamaFactory {
    fn facts(&self) -> String {
        match self.kind {
            LlamaFactoryKind::Bleu4 => {
                "llamafactory|tok:characters|smooth:method3|version:nltk-3.10.4"
            }
            _ => "llamafactory|tok:jieba|count:once|version:rouge-chinese-1.0.3",
        }
        .to_owned()
    }

    fn value(&self, hypothesis: &str, references: &[&str]) -> Option<f64> {
        let value = match self.kind {
            LlamaFactoryKind::Bleu4 => bleu(hypothesis, references),
            _ => {
                let each = references.iter().map(|r| self.rouge(hypothesis, r));
                each.fold(0.0, f64::max)
            }
        };
        Some(rounded(value) / 100.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_those_of_the_text_with_its_spaces() {
        let bleu = LlamaFactory {
            kind: LlamaFactoryKind::Bleu4,
        };
        // NLTK's sentence_bleu([list("a b c d")], list("a b  c"), method3).
        assert_eq!(bleu.value("a b c d", &["a b c d"]), Some(1.0));
        assert!(bleu.value("abcd", &["a b c d"]) < Some(0.5));
        assert_eq!(bleu.value("", &["a"]), Some(0.0));
        assert_eq!(bleu.value("a", &[]), Some(0.0));
    }
}
