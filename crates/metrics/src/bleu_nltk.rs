//! BLEU as NLTK 3.10.4 computes it, from 0 to 1, with the smoothings of Chen and Cherry (2014): many papers
//! quote `sentence_bleu` or `corpus_bleu` of that library, whose values are not sacreBLEU's.

use super::asset;
use super::options::{OptionView, SpecError, bad, bad_tokenizer, option, unknown};
use super::signature::Signature;
use super::{Describe, Metric, Properties, Scoring};
use assay_results::scores::{RefCount, Score};
use assay_text::intern::{Interner, NgramNames, clipped_matches, count};
use assay_text::whitespace::split;
use assay_text::{BleuTokenizer, whitespace};
use serde::{Deserialize, Serialize};

/// The orders that count.
const ORDERS: usize = 4;
/// One order more, which the fifth smoothing looks at.
const COUNTED: usize = ORDERS + 1;
/// What the first smoothing puts in place of no match.
const EPSILON: f64 = 0.1;
/// The sixth smoothing's weight of the prior.
const ALPHA: f64 = 5.0;
/// The fourth smoothing's constant.
const K: f64 = 5.0;

/// NLTK's BLEU. The row is the matches of orders 1 to 5, the n-grams of orders 1 to 5 (1 at least, as the tool
/// has it), the tokens of the output, and of the reference that is nearest in length.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BleuNltk {
    /// The tokenizer; at white space by default.
    pub tokenize: BleuTokenizer,
    /// The number of the smoothing method, 0 to 7; 0 for none.
    pub smoothing: u8,
}

impl Default for BleuNltk {
    fn default() -> Self {
        Self {
            tokenize: BleuTokenizer::None,
            smoothing: 0,
        }
    }
}

/// Names of the smoothing methods.
const METHODS: [&str; 8] = [
    "method0", "method1", "method2", "method3", "method4", "method5", "method6", "method7",
];

impl BleuNltk {
    /// The precisions with this smoothing; nothing where the tool refuses it, as it does the sixth without
    /// a match of three tokens.
    fn smoothed(&self, sum: &[f64], is_segment: bool) -> Option<[f64; ORDERS]> {
        let (matches, totals, length) = (&sum[..COUNTED], &sum[COUNTED..2 * COUNTED], sum[10]);
        let mut p: [f64; ORDERS] = std::array::from_fn(|i| matches[i] / totals[i]);
        let fifth = matches[ORDERS] / totals[ORDERS];
        match self.smoothing {
            0 => (0..ORDERS)
                .filter(|i| matches[*i] == 0.0)
                .for_each(|i| p[i] = f64::MIN_POSITIVE),
            1 => (0..ORDERS)
                .filter(|i| matches[*i] == 0.0)
                .for_each(|i| p[i] = EPSILON / totals[i]),
            2 => (1..ORDERS).for_each(|i| p[i] = (matches[i] + 1.0) / (totals[i] + 1.0)),
            3 => halved(&mut p, matches, totals, |step| 1.0 / step),
            4 | 7 if length > 1.0 => {
                halved(&mut p, matches, totals, |step| length.ln() / (step * K))
            }
            6 => {
                if p[2] == 0.0 {
                    return None;
                }
                for i in 2..ORDERS {
                    let prior = if p[i - 2] == 0.0 {
                        0.0
                    } else {
                        p[i - 1] * p[i - 1] / p[i - 2]
                    };
                    let grams = match is_segment {
                        true => (length - i as f64).max(0.0),
                        false => totals[i],
                    };
                    p[i] = (matches[i] + ALPHA * prior) / (grams + ALPHA);
                }
            }
            _ => {}
        }
        if matches!(self.smoothing, 5 | 7) {
            let mut before = p[0] + 1.0;
            for i in 0..ORDERS {
                let next = p.get(i + 1).copied().unwrap_or(fifth);
                p[i] = (before + p[i] + next) / 3.0;
                before = p[i];
            }
        }
        Some(p)
    }

    fn value(&self, sum: &[f64], is_segment: bool) -> f64 {
        let (length, reference) = (sum[10], sum[11]);
        if sum[0] == 0.0 || length == 0.0 {
            return 0.0;
        }
        let Some(p) = self.smoothed(sum, is_segment) else {
            return 0.0;
        };
        let penalty = match length > reference {
            true => 1.0,
            false => (1.0 - reference / length).exp(),
        };
        let logs = p
            .iter()
            .filter(|p| **p > 0.0)
            .map(|p| p.ln() / ORDERS as f64);
        penalty * logs.sum::<f64>().exp()
    }
}

/// Where nothing matches, what each next order gets is halved (and more, by `part`).
fn halved(p: &mut [f64; ORDERS], matches: &[f64], totals: &[f64], part: impl Fn(f64) -> f64) {
    let mut step = 1.0;
    for i in 0..ORDERS {
        if matches[i] == 0.0 {
            step *= 2.0;
            p[i] = part(step) / totals[i];
        }
    }
}

/// Writes the row of an output, the first of `texts`, and its references, given the numbers of their tokens.
pub(crate) fn count_tokens(texts: &[Vec<u32>], row: &mut [f64]) {
    let Some((own, references)) = texts.split_first() else {
        return;
    };
    let mut names = NgramNames::default();
    let mut grams: Vec<Vec<u32>> = texts.to_vec();
    for order in 0..COUNTED {
        if order > 0 {
            let longer = |(g, t): (&Vec<u32>, &Vec<u32>)| names.extend(g, t, order);
            grams = grams.iter().zip(texts).map(longer).collect();
        }
        let mut most = count(&[]);
        for reference in &grams[1..] {
            for (name, times) in count(reference) {
                let known = most.entry(name).or_default();
                *known = (*known).max(times);
            }
        }
        row[order] = f64::from(clipped_matches(&grams[0], &most));
        row[COUNTED + order] = grams[0].len().max(1) as f64;
    }
    let nearest = references.iter().map(Vec::len);
    let nearest = nearest.min_by_key(|n| (n.abs_diff(own.len()), *n));
    row[10] = own.len() as f64;
    row[11] = nearest.unwrap_or(0) as f64;
}

impl Describe for BleuNltk {
    fn name(&self) -> String {
        "BLEU (NLTK)".to_owned()
    }

    fn properties(&self) -> Properties {
        Properties {
            asset: asset::of_tokenizer(self.tokenize.name()),
            ..Properties::of(
                "bleu-nltk",
                "Papineni et al. 2002; Chen & Cherry 2014; NLTK 3.10.4",
            )
        }
    }

    fn options(&self) -> Vec<OptionView> {
        let tokenizers = &[
            "none",
            "13a",
            "intl",
            "zh",
            "char",
            #[cfg(feature = "jieba")]
            "jieba",
        ];
        let method = METHODS[usize::from(self.smoothing)].to_owned();
        vec![
            option("tokenize", self.tokenize.name().to_owned(), tokenizers),
            option("smoothing", method, &METHODS),
        ]
    }

    fn set(&mut self, option: &str, value: &str) -> Result<(), SpecError> {
        match option {
            "tokenize" => {
                let found = BleuTokenizer::from_name(value);
                self.tokenize = found.ok_or_else(|| {
                    bad_tokenizer(option, value, "none, 13a, intl, zh, char or jieba")
                })?;
            }
            "smoothing" => {
                let found = METHODS.iter().position(|name| *name == value);
                let found = found.ok_or_else(|| bad(option, value, "method0 to method7"))?;
                self.smoothing = found as u8;
            }
            _ => return Err(unknown("bleu_nltk", option)),
        }
        Ok(())
    }
}

impl Scoring for BleuNltk {
    fn width(&self) -> usize {
        2 * COUNTED + 2
    }

    fn signature(&self, refs: RefCount, resampling: Option<&str>) -> String {
        Signature::new(refs, resampling)
            .with("tok", self.tokenize.name())
            .with("smooth", METHODS[usize::from(self.smoothing)])
            .with("version", "nltk-3.10.4")
            .to_string()
    }

    fn score(&self, sum: &[f64]) -> Score {
        let details = vec![
            ("sys_len".to_owned(), sum[10]),
            ("ref_len".to_owned(), sum[11]),
        ];
        Score {
            value: self.value(sum, false),
            details,
        }
    }

    fn segment_score(&self, row: &[f64]) -> f64 {
        self.value(row, true)
    }
}

impl Metric for BleuNltk {
    fn statistics(&self, hypothesis: &str, references: &[&str], row: &mut [f64]) {
        let lines: Vec<String> = std::iter::once(&hypothesis)
            .chain(references)
            .map(|text| self.tokenize.tokenize(whitespace::trim_end(text)))
            .collect();
        let mut interner = Interner::default();
        let texts: Vec<Vec<u32>> = lines.iter().map(|l| interner.ids(split(l))).collect();
        count_tokens(&texts, row);
    }
}
