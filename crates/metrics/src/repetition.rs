//! How much a text repeats itself, without any reference: distinct n-grams over all n-grams of the text
//! (Li et al. 2016), and its counterpart rep-n (Welleck et al. 2020). A text too short for an n-gram is
//! no part of the mean. What is distinct over a whole corpus is in [`super::diversity`].

use super::asset;
use super::options::{OptionView, SpecError, bad_tokenizer, option, unknown};
use super::per_segment::PerSegment;
use super::signature::VERSION;
use super::{Describe, Properties};
use assay_text::BleuTokenizer;
use assay_text::intern::Interner;
use assay_text::whitespace::split;
use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

/// Distinct n-grams, or repeated ones.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Repetition {
    /// The order of the n-grams.
    pub order: usize,
    /// Whether it is the repeated ones that are counted, of which fewer are better.
    pub repeated: bool,
    /// Which tokens count.
    pub tokenize: BleuTokenizer,
}

impl Repetition {
    /// distinct-n over 13a's tokens.
    pub fn distinct(order: usize) -> Self {
        Self {
            order,
            repeated: false,
            tokenize: BleuTokenizer::V13a,
        }
    }

    /// rep-n over 13a's tokens.
    pub fn repeated(order: usize) -> Self {
        Self {
            repeated: true,
            ..Self::distinct(order)
        }
    }
}

impl Describe for Repetition {
    fn name(&self) -> String {
        let name = if self.repeated { "rep" } else { "distinct" };
        format!("{name}-{}", self.order)
    }

    fn properties(&self) -> Properties {
        let (topic, source, best) = match self.repeated {
            true => ("repeated", "Welleck et al. 2020", 0.0),
            false => ("distinct", "Li et al. 2016", 1.0),
        };
        Properties {
            best,
            lower_is_better: self.repeated,
            needs_reference: false,
            describes: true,
            is_partial: true,
            asset: asset::of_tokenizer(self.tokenize.name()),
            ..Properties::of(topic, source)
        }
    }

    fn options(&self) -> Vec<OptionView> {
        let names = &[
            "13a",
            "intl",
            "zh",
            "char",
            #[cfg(feature = "jieba")]
            "jieba",
            "none",
        ];
        vec![option("tokenize", self.tokenize.name().to_owned(), names)]
    }

    fn set(&mut self, option: &str, value: &str) -> Result<(), SpecError> {
        if option != "tokenize" {
            return Err(unknown("distinct", option));
        }
        let found = BleuTokenizer::from_name(value);
        self.tokenize = found
            .ok_or_else(|| bad_tokenizer(option, value, "13a, intl, zh, char, jieba or none"))?;
        Ok(())
    }
}

impl PerSegment for Repetition {
    fn facts(&self) -> String {
        format!("tok:{}|{VERSION}", self.tokenize.name())
    }

    fn value(&self, hypothesis: &str, _: &[&str]) -> Option<f64> {
        let line = self.tokenize.tokenize(hypothesis);
        let tokens = Interner::default().ids(split(&line));
        let grams = tokens.windows(self.order);
        let all = grams.len() as f64;
        let different = grams.collect::<FxHashSet<_>>().len() as f64;
        let distinct = (all > 0.0).then(|| different / all)?;
        Some(if self.repeated {
            1.0 - distinct
        } else {
            distinct
        })
    }
}
