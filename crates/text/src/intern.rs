//! Counting n-grams without building strings: tokens become small numbers, an n-gram the number
//! of the pair (its first n-1 tokens, its last token). Two equal n-grams get one number, and two
//! different ones never share it, so the counts are exact.

use rustc_hash::FxHashMap;

/// Numbers for the tokens of one comparison.
#[derive(Default)]
pub struct Interner<'a> {
    ids: FxHashMap<&'a str, u32>,
}

impl<'a> Interner<'a> {
    /// The number of `token`; equal tokens have equal numbers.
    pub fn id(&mut self, token: &'a str) -> u32 {
        let next = self.ids.len() as u32;
        *self.ids.entry(token).or_insert(next)
    }

    /// Different tokens so far: every number is below this.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there was no token.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// The numbers of all `tokens`.
    pub fn ids(&mut self, tokens: impl Iterator<Item = &'a str>) -> Vec<u32> {
        tokens.map(|t| self.id(t)).collect()
    }
}

/// Names n-grams of growing order by pairs of smaller names.
#[derive(Default)]
pub struct NgramNames {
    pairs: FxHashMap<(u32, u32), u32>,
}

impl NgramNames {
    /// The names of the n-grams of order `n` + 1, given those of order `n` (`prefixes`) over the
    /// same `tokens`. Empty when the text is too short.
    pub fn extend(&mut self, prefixes: &[u32], tokens: &[u32], n: usize) -> Vec<u32> {
        let Some(last) = tokens.get(n..) else {
            return Vec::new();
        };
        prefixes
            .iter()
            .zip(last)
            .map(|(&prefix, &token)| {
                let next = self.pairs.len() as u32;
                *self.pairs.entry((prefix, token)).or_insert(next)
            })
            .collect()
    }
}

/// The number of common elements, each counted as often as it stands in both (clipped), where
/// `counts` holds the clipping counts.
pub fn clipped_matches(names: &[u32], counts: &FxHashMap<u32, u32>) -> u32 {
    let mut used: FxHashMap<u32, u32> = FxHashMap::default();
    let mut matches = 0;
    for name in names {
        if let Some(&limit) = counts.get(name) {
            let n = used.entry(*name).or_insert(0);
            if *n < limit {
                *n += 1;
                matches += 1;
            }
        }
    }
    matches
}

/// How often each name stands in `names`.
pub fn count(names: &[u32]) -> FxHashMap<u32, u32> {
    let mut counts = FxHashMap::default();
    for name in names {
        *counts.entry(*name).or_insert(0) += 1;
    }
    counts
}
