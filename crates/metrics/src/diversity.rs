//! What a system's texts are in themselves, all together: how varied, how repetitive, how long. These are no
//! sums over segments, so that they stand beside the metrics and have no intervals. What is a mean over
//! texts is in [`super::repetition`].

use assay_results::diversity::{Diversity, ORDERS, SELF_BLEU_TEXTS};
use assay_text::BleuTokenizer;
use assay_text::intern::{Interner, NgramNames, clipped_matches, count};
use assay_text::whitespace::{lower, split};
use flate2::{Compression, write::GzEncoder};
use rustc_hash::{FxHashMap, FxHashSet};
use std::io::Write;

/// The type-token ratio at which a factor of MTLD ends.
const FACTOR: f64 = 0.72;
/// What self-BLEU's smoothing puts in place of no match (Chen and Cherry 2014, method 1).
const EPSILON: f64 = 0.1;

/// Looks at all texts of a system.
#[must_use]
pub fn diversity(texts: &[&str], tokenizer: BleuTokenizer) -> Diversity {
    let lines: Vec<String> = texts.iter().map(|t| tokenizer.tokenize(t)).collect();
    let mut interner = Interner::default();
    let tokens = |line| interner.ids(split(line));
    let tokens: Vec<Vec<u32>> = lines.iter().map(String::as_str).map(tokens).collect();
    let mean = |total: usize| total as f64 / texts.len().max(1) as f64;
    Diversity {
        texts: texts.len(),
        grams: grams(&tokens),
        self_bleu: self_bleu(&tokens[..tokens.len().min(SELF_BLEU_TEXTS)]),
        mtld: mtld(&lines),
        compression: compression(texts),
        characters: mean(texts.iter().map(|t| t.chars().count()).sum()),
        tokens: mean(tokens.iter().map(Vec::len).sum()),
    }
}

/// Different n-grams and all of them, by order.
fn grams(texts: &[Vec<u32>]) -> [(usize, usize); ORDERS] {
    let mut current: Vec<Vec<u32>> = texts.to_vec();
    let mut out = [(0, 0); ORDERS];
    for (n, out) in out.iter_mut().enumerate() {
        if n > 0 {
            let mut names = NgramNames::default();
            for (grams, tokens) in current.iter_mut().zip(texts) {
                *grams = names.extend(grams, tokens, n);
            }
        }
        let different: FxHashSet<u32> = current.iter().flatten().copied().collect();
        *out = (different.len(), current.iter().map(Vec::len).sum());
    }
    out
}

type Counts = FxHashMap<u32, u32>;

/// Each text against all others, as NLTK's `sentence_bleu` with smoothing method 1, averaged.
fn self_bleu(texts: &[Vec<u32>]) -> Option<[f64; 3]> {
    if texts.len() < 2 {
        return None;
    }
    let mut grams: Vec<Vec<Vec<u32>>> = vec![texts.to_vec()];
    for n in 1..ORDERS {
        let mut names = NgramNames::default();
        let longer = grams[n - 1].iter().zip(texts);
        let longer = longer.map(|(g, t)| names.extend(g, t, n)).collect();
        grams.push(longer);
    }
    let counts: Vec<Vec<Counts>> = grams
        .iter()
        .map(|o| o.iter().map(|g| count(g)).collect())
        .collect();
    let mut sums = [0.0; 3];
    for place in 0..texts.len() {
        let mut logs = [0.0; ORDERS];
        for n in 0..ORDERS {
            let mut most = Counts::default();
            for other in counts[n].iter().enumerate().filter(|(i, _)| *i != place) {
                for (name, count) in other.1 {
                    let known = most.entry(*name).or_default();
                    *known = (*known).max(*count);
                }
            }
            let own = &grams[n][place];
            let matches = f64::from(clipped_matches(own, &most));
            let matches = match (matches, n) {
                // Without a single word in common the score is 0.
                (0.0, 0) => 0.0,
                (0.0, _) => EPSILON,
                (matches, _) => matches,
            };
            logs[n] = (matches / own.len().max(1) as f64).ln();
        }
        let lengths = texts.iter().enumerate().filter(|(i, _)| *i != place);
        let penalty = brevity(texts[place].len(), lengths.map(|(_, t)| t.len()));
        for (sum, order) in sums.iter_mut().zip(2..) {
            let mean = logs[..order].iter().sum::<f64>() / order as f64;
            *sum += penalty * mean.exp();
        }
    }
    Some(sums.map(|sum| sum / texts.len() as f64))
}

/// What is taken off for being shorter than the other text that is nearest in length.
fn brevity(own: usize, others: impl Iterator<Item = usize>) -> f64 {
    let nearest = others.min_by_key(|other| (other.abs_diff(own), *other));
    match nearest {
        _ if own == 0 => 0.0,
        Some(nearest) if own <= nearest => (1.0 - nearest as f64 / own as f64).exp(),
        _ => 1.0,
    }
}

/// The mean length of runs of words that keep a type-token ratio above [`FACTOR`], read forwards and
/// backwards.
fn mtld(lines: &[String]) -> Option<f64> {
    let lines: Vec<String> = lines.iter().map(|l| lower(l)).collect();
    let words: Vec<&str> = lines.iter().flat_map(|l| split(l)).collect();
    let forwards = run(words.iter().copied())?;
    let backwards = run(words.iter().rev().copied())?;
    Some((forwards + backwards) / 2.0)
}

fn run<'a>(words: impl ExactSizeIterator<Item = &'a str>) -> Option<f64> {
    let all = words.len() as f64;
    let mut types: FxHashSet<&str> = FxHashSet::default();
    let (mut tokens, mut factors, mut ratio) = (0.0, 0.0, 1.0);
    for word in words {
        types.insert(word);
        tokens += 1.0;
        ratio = types.len() as f64 / tokens;
        if ratio <= FACTOR {
            factors += 1.0;
            types.clear();
            (tokens, ratio) = (0.0, 1.0);
        }
    }
    if tokens > 0.0 {
        factors += (1.0 - ratio) / (1.0 - FACTOR);
    }
    (factors > 0.0).then(|| all / factors)
}

fn compression(texts: &[&str]) -> Option<f64> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::best());
    let mut bytes = 0;
    for (place, text) in texts.iter().enumerate() {
        for part in [if place > 0 { " " } else { "" }, text] {
            bytes += part.len();
            // Writing to memory does not fail.
            packer.write_all(part.as_bytes()).ok()?;
        }
    }
    let packed = packer.finish().ok()?.len();
    (bytes > 0).then(|| bytes as f64 / packed as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_text_repeated_has_no_diversity() {
        let found = diversity(&["a b c d e"; 3], BleuTokenizer::V13a);
        assert_eq!(found.grams, [(5, 15), (4, 12), (3, 9), (2, 6)]);
        assert!(
            found
                .self_bleu
                .unwrap()
                .iter()
                .all(|b| (b - 1.0).abs() < 1e-12)
        );
        assert_eq!((found.tokens, found.characters), (5.0, 9.0));
        let none = diversity(&[], BleuTokenizer::V13a);
        assert_eq!(
            (none.self_bleu, none.mtld, none.compression),
            (None, None, None)
        );
        let varied = diversity(&["one two three", "four five six"], BleuTokenizer::V13a);
        assert_eq!(varied.mtld, None);
        assert_eq!(varied.self_bleu, Some([0.0; 3]));
    }

    /// lexicalrichness 0.5.1: `LexicalRichness(text).mtld(threshold=0.72)`.
    #[test]
    fn mtld_equals_lexicalrichness() {
        let text = "the cat sat on the mat and the dog sat on the cat while the sun shone on the \
            mat but a bird in the tree sang of the cat and of the dog and nobody at all came out to \
            hear it sing in the sun";
        let found = diversity(&[text], BleuTokenizer::None).mtld.unwrap();
        assert!((found - 20.248_154_981_549_817).abs() < 1e-9, "{found}");
    }
}
