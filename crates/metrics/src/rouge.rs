//! ROUGE-N, ROUGE-L and ROUGE-Lsum as rouge-score 0.1.2 computes them (Lin 2004). The row is
//! `[precision, recall, F, 1]` of the reference with the greatest F; the corpus score is the mean.

use super::asset;
use super::options::{OptionView, SpecError, YES_NO, bad_tokenizer, boolean, option, unknown};
use super::signature::Signature;
use super::{Describe, Metric, Properties, Scoring};
use assay_results::scores::{RefCount, Score};
use assay_text::grams;
use assay_text::intern::count;
use assay_text::rouge::RougeTokenizer;
use assay_text::vocabulary::Vocabulary;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::cell::RefCell;

/// Which ROUGE.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum RougeKind {
    /// Common n-grams of this order.
    N(u8),
    /// Longest common subsequence of the whole texts.
    L,
    /// Union of longest common subsequences, sentence by sentence (a sentence is a line).
    Lsum,
}

/// ROUGE with its options, scores 0 to 1.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Rouge {
    /// Which ROUGE.
    pub kind: RougeKind,
    /// Whether words of more than three characters are stemmed.
    pub use_stemmer: bool,
    /// Which tokens count.
    pub tokenizer: RougeTokenizer,
}

impl Rouge {
    /// Common n-grams of this order.
    pub fn n(order: u8) -> Self {
        Self::new(RougeKind::N(order))
    }

    /// ROUGE-L.
    pub fn lcs() -> Self {
        Self::new(RougeKind::L)
    }

    /// ROUGE-Lsum.
    pub fn lcs_of_sentences() -> Self {
        Self::new(RougeKind::Lsum)
    }

    /// This ROUGE with rouge-score's default options.
    pub fn new(kind: RougeKind) -> Self {
        Self {
            kind,
            use_stemmer: false,
            tokenizer: RougeTokenizer::Default,
        }
    }

    /// The numbers of a text's tokens. The default tokens are made of letters and digits alone, so that a
    /// word between white space has its own.
    fn ids(&self, text: &str, vocabulary: &mut Vocabulary) -> Vec<u32> {
        let tokens = |text: &str| self.tokenizer.tokens(text, self.use_stemmer);
        match self.tokenizer {
            RougeTokenizer::Default => vocabulary.ids_by_word(text, tokens),
            _ => vocabulary.ids_of(&tokens(text)),
        }
    }

    fn sentences(&self, text: &str, vocabulary: &mut Vocabulary) -> Vec<Vec<u32>> {
        let lines = text.split('\n').filter(|s| !s.is_empty());
        lines.map(|s| self.ids(s, vocabulary)).collect()
    }

    fn compare(&self, hypothesis: &str, reference: &str, vocabulary: &mut Vocabulary) -> [f64; 3] {
        if self.kind == RougeKind::Lsum {
            let hypothesis = self.sentences(hypothesis, vocabulary);
            return summary(&hypothesis, &self.sentences(reference, vocabulary));
        }
        let hyp = self.ids(hypothesis, vocabulary);
        let reference = self.ids(reference, vocabulary);
        match self.kind {
            RougeKind::N(n) => ngrams(&hyp, &reference, usize::from(n), vocabulary.len()),
            _ if hyp.is_empty() || reference.is_empty() => [0.0; 3],
            _ => prf(
                lcs_length(&reference, &hyp),
                hyp.len() as f64,
                reference.len() as f64,
            ),
        }
    }
}

/// A vocabulary for plain tokens and one for stems.
type Vocabularies = [RefCell<Vocabulary>; 2];

thread_local! {
    static VOCABULARIES: Vocabularies = Vocabularies::default();
}

/// Precision, recall and F from a number of matches and the two lengths.
fn prf(matches: f64, hyp_len: f64, ref_len: f64) -> [f64; 3] {
    let (p, r) = (matches / hyp_len.max(1.0), matches / ref_len.max(1.0));
    let f = if p + r > 0.0 {
        2.0 * p * r / (p + r)
    } else {
        0.0
    };
    [p, r, f]
}

fn ngrams(hyp: &[u32], reference: &[u32], order: usize, tokens: usize) -> [f64; 3] {
    let length = |ids: &[u32]| (ids.len() + 1).saturating_sub(order) as f64;
    let matches = grams::matches(hyp, &[reference], order, grams::bits_for(tokens));
    // The last order is the one asked for.
    let matches = matches.last().copied().unwrap_or_default();
    prf(f64::from(matches), length(hyp), length(reference))
}

/// The length of the longest common subsequence.
pub(crate) fn lcs_length(reference: &[u32], hypothesis: &[u32]) -> f64 {
    let mut previous = vec![0u32; hypothesis.len() + 1];
    let mut current = previous.clone();
    for r in reference {
        for (j, h) in hypothesis.iter().enumerate() {
            current[j + 1] = if r == h {
                previous[j] + 1
            } else {
                current[j].max(previous[j + 1])
            };
        }
        std::mem::swap(&mut previous, &mut current);
    }
    f64::from(previous[hypothesis.len()])
}

/// The positions in `reference` on one longest common subsequence; where the table leaves a
/// choice, the one that rouge-score's backtracking takes, since the union depends on it.
fn lcs_positions(reference: &[u32], hypothesis: &[u32]) -> Vec<usize> {
    let (rows, cols) = (reference.len(), hypothesis.len());
    let mut table = vec![0u32; (rows + 1) * (cols + 1)];
    let at = |i: usize, j: usize| i * (cols + 1) + j;
    for i in 1..=rows {
        for j in 1..=cols {
            table[at(i, j)] = if reference[i - 1] == hypothesis[j - 1] {
                table[at(i - 1, j - 1)] + 1
            } else {
                table[at(i - 1, j)].max(table[at(i, j - 1)])
            };
        }
    }
    let (mut i, mut j) = (rows, cols);
    let mut positions = Vec::new();
    while i > 0 && j > 0 {
        if reference[i - 1] == hypothesis[j - 1] {
            positions.push(i - 1);
            i -= 1;
            j -= 1;
        } else if table[at(i, j - 1)] > table[at(i - 1, j)] {
            j -= 1;
        } else {
            i -= 1;
        }
    }
    positions
}

fn summary(hyp: &[Vec<u32>], refs: &[Vec<u32>]) -> [f64; 3] {
    if hyp.is_empty() || refs.is_empty() {
        return [0.0; 3];
    }
    let hyp_len: usize = hyp.iter().map(Vec::len).sum();
    let ref_len: usize = refs.iter().map(Vec::len).sum();
    if hyp_len == 0 || ref_len == 0 {
        return [0.0; 3];
    }
    let mut hyp_left = total_counts(hyp);
    let mut ref_left = total_counts(refs);
    let mut hits = 0.0;
    for sentence in refs {
        let mut union: Vec<usize> = hyp
            .iter()
            .flat_map(|candidate| lcs_positions(sentence, candidate))
            .collect();
        union.sort_unstable();
        union.dedup();
        for position in union {
            let token = sentence[position];
            let (Some(h), Some(r)) = (hyp_left.get_mut(&token), ref_left.get_mut(&token)) else {
                continue;
            };
            if *h > 0 && *r > 0 {
                hits += 1.0;
                *h -= 1;
                *r -= 1;
            }
        }
    }
    prf(hits, hyp_len as f64, ref_len as f64)
}

fn total_counts(sentences: &[Vec<u32>]) -> FxHashMap<u32, u32> {
    count(&sentences.concat())
}

impl Describe for Rouge {
    fn name(&self) -> String {
        let base = match self.kind {
            RougeKind::N(n) => format!("rouge{n}"),
            RougeKind::L => "rougeL".into(),
            RougeKind::Lsum => "rougeLsum".into(),
        };
        match self.tokenizer {
            RougeTokenizer::Default => base,
            other => format!("{base} ({})", other.name()),
        }
    }

    fn properties(&self) -> Properties {
        Properties {
            asset: asset::of_tokenizer(self.tokenizer.name()),
            ..Properties::of("rouge", "Lin 2004; rouge-score 0.1.2")
        }
    }

    fn options(&self) -> Vec<OptionView> {
        vec![
            option(
                "tokenizer",
                self.tokenizer.name().into(),
                &[
                    "default",
                    "zh-char",
                    #[cfg(feature = "jieba")]
                    "jieba",
                ],
            ),
            option("use_stemmer", self.use_stemmer.to_string(), YES_NO),
        ]
    }

    fn set(&mut self, option: &str, value: &str) -> Result<(), SpecError> {
        match option {
            "use_stemmer" => self.use_stemmer = boolean(option, value)?,
            "tokenizer" => {
                self.tokenizer = RougeTokenizer::from_name(value)
                    .ok_or_else(|| bad_tokenizer(option, value, "default, zh-char or jieba"))?;
            }
            _ => return Err(unknown(&self.name(), option)),
        }
        Ok(())
    }
}

impl Scoring for Rouge {
    fn width(&self) -> usize {
        4
    }

    fn signature(&self, refs: RefCount, resampling: Option<&str>) -> String {
        Signature::named(&self.name())
            .with("nrefs", refs)
            .resampled(resampling)
            .flag("stem", self.use_stemmer)
            .with("tok", self.tokenizer.name())
            .with("version", "rouge-score-0.1.2")
            .to_string()
    }

    fn score(&self, sum: &[f64]) -> Score {
        let n = if sum[3] > 0.0 { sum[3] } else { 1.0 };
        let details = vec![
            ("precision".to_owned(), sum[0] / n),
            ("recall".to_owned(), sum[1] / n),
        ];
        Score {
            value: sum[2] / n,
            details,
        }
    }
}

impl Metric for Rouge {
    fn statistics(&self, hypothesis: &str, references: &[&str], row: &mut [f64]) {
        let mut best = [0.0, 0.0, -1.0];
        VOCABULARIES.with(|vocabularies| {
            let vocabulary = &mut vocabularies[usize::from(self.use_stemmer)].borrow_mut();
            vocabulary.bound();
            for reference in references {
                let candidate = self.compare(hypothesis, reference, vocabulary);
                if candidate[2] > best[2] {
                    best = candidate;
                }
            }
        });
        row.copy_from_slice(&[best[0], best[1], best[2].max(0.0), 1.0]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lsum_joins_what_several_lines_cover() {
        let rouge = Rouge::new(RougeKind::Lsum);
        let mut row = [0.0; 4];
        rouge.statistics("w1 w2 w6 w7\nw1 w3 w8 w5", &["w1 w2 w3 w4 w5"], &mut row);
        assert_eq!(row[1], 4.0 / 5.0);
    }
}
