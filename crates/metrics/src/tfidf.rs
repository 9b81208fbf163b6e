//! Likeness of words: the cosine of two texts' term vectors, in which terms weigh the more the fewer
//! references they stand in (Salton and Buckley 1988), as scikit-learn 1.9.1's `TfidfVectorizer` has it by
//! default, learnt from the references. A term's weight depends on all references, so that a worker gets
//! all segments at once.

use super::asset;
use super::options::{OptionView, SpecError, bad_tokenizer, option, unknown};
use super::signature::Signature;
use super::{Describe, Metric, Properties, Scoring};
use assay_results::scores::{RefCount, Score};
use assay_text::whitespace::split;
use assay_text::{BleuTokenizer, whitespace};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use unicode_general_category::{GeneralCategory as Category, get_general_category};

/// What a term is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Terms {
    /// Runs of two or more letters, digits and underscores, in lower case: scikit-learn's.
    #[default]
    Words,
    /// The tokens of sacreBLEU's zh, in lower case: Chinese by character.
    Zh,
    /// Every character that is no white space, in lower case.
    Char,
    /// jieba's words, in lower case.
    #[cfg(feature = "jieba")]
    Jieba,
}

impl Terms {
    const ALL: &[(Self, &str)] = &[
        (Self::Words, "words"),
        (Self::Zh, "zh"),
        (Self::Char, "char"),
        #[cfg(feature = "jieba")]
        (Self::Jieba, "jieba"),
    ];

    fn name(self) -> &'static str {
        let found = Self::ALL.iter().find(|(t, _)| *t == self);
        found.map_or("words", |(_, name)| name)
    }

    fn each(self, text: &str, tell: impl FnMut(&str)) {
        let text = whitespace::lower(text);
        let tokenizer = match self {
            Self::Words => {
                let runs = text.split(|c| !is_word(c));
                return runs.filter(|r| r.chars().nth(1).is_some()).for_each(tell);
            }
            Self::Zh => BleuTokenizer::Zh,
            Self::Char => BleuTokenizer::Char,
            #[cfg(feature = "jieba")]
            Self::Jieba => BleuTokenizer::Jieba,
        };
        split(&tokenizer.tokenize(&text)).for_each(tell);
    }
}

/// What Python's `\w` is.
fn is_word(c: char) -> bool {
    use Category as C;
    c == '_'
        || matches!(
            get_general_category(c),
            C::UppercaseLetter
                | C::LowercaseLetter
                | C::TitlecaseLetter
                | C::ModifierLetter
                | C::OtherLetter
                | C::DecimalNumber
                | C::LetterNumber
                | C::OtherNumber
        )
}

/// The metric.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct TfIdf {
    /// What a term is.
    pub terms: Terms,
}

/// Terms by number, and in how many references each stands.
#[derive(Default)]
struct Terminology {
    numbers: FxHashMap<String, u32>,
    holding: Vec<u32>,
    references: usize,
}

/// A text's terms with their weights, by number, at length one.
type Weighed = Vec<(u32, f64)>;

impl Terminology {
    /// Learns a reference's terms; returns them, each with how often it stands there.
    fn learn(&mut self, terms: Terms, text: &str) -> Vec<(u32, f64)> {
        let mut counts: FxHashMap<u32, f64> = FxHashMap::default();
        terms.each(text, |term| {
            let number = match self.numbers.get(term) {
                Some(number) => *number,
                None => {
                    let number = self.holding.len() as u32;
                    self.numbers.insert(term.to_owned(), number);
                    self.holding.push(0);
                    number
                }
            };
            *counts.entry(number).or_default() += 1.0;
        });
        self.references += 1;
        for number in counts.keys() {
            self.holding[*number as usize] += 1;
        }
        counts.into_iter().collect()
    }

    /// The terms of another text; those in no reference are unknown.
    fn count(&self, terms: Terms, text: &str) -> Vec<(u32, f64)> {
        let mut counts: FxHashMap<u32, f64> = FxHashMap::default();
        terms.each(text, |term| {
            if let Some(number) = self.numbers.get(term) {
                *counts.entry(*number).or_default() += 1.0;
            }
        });
        counts.into_iter().collect()
    }

    fn weigh(&self, counts: Vec<(u32, f64)>) -> Weighed {
        let rare = |number: u32| {
            let holding = f64::from(self.holding[number as usize]);
            ((1.0 + self.references as f64) / (1.0 + holding)).ln() + 1.0
        };
        let mut weighed: Weighed = counts.into_iter().map(|(n, c)| (n, c * rare(n))).collect();
        weighed.sort_unstable_by_key(|(number, _)| *number);
        let length = weighed.iter().map(|(_, w)| w * w).sum::<f64>().sqrt();
        if length > 0.0 {
            weighed.iter_mut().for_each(|(_, w)| *w /= length);
        }
        weighed
    }
}

/// The sum of products of the terms that two texts share.
fn product(first: &[(u32, f64)], second: &[(u32, f64)]) -> f64 {
    let (mut i, mut j, mut sum) = (0, 0, 0.0);
    while let (Some((a, x)), Some((b, y))) = (first.get(i), second.get(j)) {
        match a.cmp(b) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                sum += x * y;
                (i, j) = (i + 1, j + 1);
            }
        }
    }
    sum
}

impl Describe for TfIdf {
    fn name(&self) -> String {
        match self.terms {
            Terms::Words => "tf-idf cosine".to_owned(),
            other => format!("tf-idf cosine ({})", other.name()),
        }
    }

    fn properties(&self) -> Properties {
        Properties {
            needs_all_segments: true,
            asset: asset::of_tokenizer(self.terms.name()),
            ..Properties::of("tfidf", "Salton & Buckley 1988; scikit-learn 1.9.1")
        }
    }

    fn options(&self) -> Vec<OptionView> {
        let names = &[
            "words",
            "zh",
            "char",
            #[cfg(feature = "jieba")]
            "jieba",
        ];
        vec![option("terms", self.terms.name().to_owned(), names)]
    }

    fn set(&mut self, option: &str, value: &str) -> Result<(), SpecError> {
        if option != "terms" {
            return Err(unknown("tfidf", option));
        }
        let found = Terms::ALL.iter().find(|(_, name)| *name == value);
        let found =
            found.ok_or_else(|| bad_tokenizer(option, value, "words, zh, char or jieba"))?;
        self.terms = found.0;
        Ok(())
    }
}

impl Scoring for TfIdf {
    fn width(&self) -> usize {
        2
    }

    fn signature(&self, refs: RefCount, resampling: Option<&str>) -> String {
        Signature::new(refs, resampling)
            .with("terms", self.terms.name())
            .with("idf", "references")
            .with("version", "scikit-learn-1.9.1")
            .to_string()
    }

    fn score(&self, sum: &[f64]) -> Score {
        Score {
            value: sum[0] / sum[1].max(1.0),
            details: Vec::new(),
        }
    }
}

impl Metric for TfIdf {
    fn statistics(&self, hypothesis: &str, references: &[&str], row: &mut [f64]) {
        let rows = self.rows(&[(hypothesis, references.to_vec())]);
        row.copy_from_slice(&rows);
    }

    fn rows(&self, segments: &[(&str, Vec<&str>)]) -> Vec<f64> {
        let mut terminology = Terminology::default();
        let mut references: Vec<Vec<Vec<(u32, f64)>>> = Vec::with_capacity(segments.len());
        for (_, texts) in segments {
            let learnt = texts.iter().map(|t| terminology.learn(self.terms, t));
            references.push(learnt.collect());
        }
        let mut rows = Vec::with_capacity(2 * segments.len());
        for ((hypothesis, _), references) in segments.iter().zip(references) {
            let own = terminology.weigh(terminology.count(self.terms, hypothesis));
            let cosines = references
                .into_iter()
                .map(|r| product(&own, &terminology.weigh(r)));
            rows.extend([cosines.fold(0.0, f64::max), 1.0]);
        }
        rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rare_shared_terms_weigh_more_than_common_ones() {
        let metric = TfIdf::default();
        let segments = [
            ("the cat", vec!["the cat"]),
            ("the dog", vec!["the owl"]),
            ("an owl", vec!["the owl"]),
            ("", vec!["the end"]),
        ];
        let rows = metric.rows(&segments);
        assert!((rows[0] - 1.0).abs() < 1e-12 && rows[6] == 0.0);
        assert!(rows[2] < rows[4], "a common word is worth less: {rows:?}");
    }
}
