//! What many texts of a test share: instructions around what is asked. They would make every text of a test look like
//! every other, so they are cut out.

use crate::grams::{distinct, grams};
use rustc_hash::{FxHashMap, FxHashSet};

/// Tokens of the grams that are compared, and the fewest of a text that is.
pub(crate) const GRAM: usize = 5;
/// Texts that may share a gram, and the part of all texts, before it is a template.
const SHARED_BY: (usize, usize) = (10, 10);

/// Grams that are templates.
pub(crate) struct Templates(FxHashSet<u64>);

impl Templates {
    /// Of these distinct texts.
    pub(crate) fn of(texts: &[Vec<u64>]) -> Self {
        let mut counts: FxHashMap<u64, usize> = FxHashMap::default();
        for gram in texts.iter().flat_map(|text| distinct(text, GRAM)) {
            *counts.entry(gram).or_default() += 1;
        }
        let (few, part) = SHARED_BY;
        let shared = counts.into_iter();
        let shared = shared.filter(|(_, n)| *n > few && n * part > texts.len());
        Self(shared.map(|(gram, _)| gram).collect())
    }

    /// Whether each token belongs to a template.
    pub(crate) fn cover(&self, tokens: &[u64], covered: &mut Vec<bool>) {
        covered.clear();
        covered.resize(tokens.len(), false);
        if self.0.is_empty() {
            return;
        }
        for (place, gram) in grams(tokens, GRAM).enumerate() {
            if self.0.contains(&gram) {
                covered[place..place + GRAM].fill(true);
            }
        }
    }

    /// The distinct n-grams of a text without a token of a template, sorted.
    pub(crate) fn distinct(&self, tokens: &[u64], n: usize) -> Vec<u64> {
        let mut covered = Vec::new();
        self.cover(tokens, &mut covered);
        let runs = covered.iter().enumerate();
        let cuts = runs
            .filter(|(_, covered)| **covered)
            .map(|(place, _)| place);
        let (mut all, mut start) = (Vec::new(), 0);
        for end in cuts.chain([tokens.len()]) {
            all.extend(grams(&tokens[start..end], n));
            start = (end + 1).min(tokens.len());
        }
        all.sort_unstable();
        all.dedup();
        all
    }
}
