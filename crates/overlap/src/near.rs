//! Near-duplicates: texts whose sets of 5-grams have a Jaccard similarity of 0.5 and more, found without looking at
//! all pairs. The grams have numbers, the rarest first. Two sets that are so alike share one of the first
//! `size / 2 + 1` numbers of both, so only these beginnings are indexed and looked up (Bayardo, Ma and Srikant 2007).

use crate::grams::grams;
use crate::templates::{GRAM, Templates};
use rustc_hash::FxHashMap;

/// The least similarity that is found.
const LEAST: f64 = 0.5;

/// A gram of a training text.
enum Looked {
    /// It holds a token of a template, and counts neither way.
    Template,
    /// No text of the test has it.
    Unknown(u64),
    /// It has this number.
    Known(u64, u32),
}

/// The sets of the test's texts.
pub(crate) struct Sets {
    numbers: FxHashMap<u64, u32>,
    /// The numbers of each text, sorted.
    sets: Vec<Vec<u32>>,
    /// By number the texts in whose beginning it stands.
    starts: Vec<Vec<u32>>,
    looked_up: Vec<Looked>,
    covered: Vec<bool>,
    hashes: Vec<u64>,
    known: Vec<u32>,
    candidates: Vec<u32>,
}

/// How many of a set's numbers, the rarest, are its beginning.
fn beginning(size: usize) -> usize {
    (size / 2 + 1).min(size)
}

impl Sets {
    /// Of texts as their distinct grams.
    pub(crate) fn new(texts: &[Vec<u64>]) -> Self {
        let mut counts: FxHashMap<u64, u32> = FxHashMap::default();
        for gram in texts.iter().flatten() {
            *counts.entry(*gram).or_default() += 1;
        }
        let mut order: Vec<(u32, u64)> = counts.into_iter().map(|(gram, n)| (n, gram)).collect();
        order.sort_unstable();
        let numbered = order.iter().zip(0..);
        let numbers: FxHashMap<u64, u32> = numbered.map(|((_, gram), n)| (*gram, n)).collect();
        let mut starts = vec![Vec::new(); order.len()];
        let mut sets = Vec::with_capacity(texts.len());
        for (text, grams) in texts.iter().enumerate() {
            let mut set: Vec<u32> = grams.iter().map(|gram| numbers[gram]).collect();
            set.sort_unstable();
            for &number in &set[..beginning(set.len())] {
                starts[number as usize].push(text as u32);
            }
            sets.push(set);
        }
        Self {
            numbers,
            sets,
            starts,
            looked_up: Vec::new(),
            covered: Vec::new(),
            hashes: Vec::new(),
            known: Vec::new(),
            candidates: Vec::new(),
        }
    }

    /// How many grams of a text count.
    pub(crate) fn size(&self, text: usize) -> usize {
        self.sets[text].len()
    }

    /// Looks up the grams of a training text, parts of which [`Sets::similar`] compares. Whether any is known.
    pub(crate) fn look_up(&mut self, tokens: &[u64], templates: &Templates) -> bool {
        templates.cover(tokens, &mut self.covered);
        self.looked_up.clear();
        for (place, gram) in grams(tokens, GRAM).enumerate() {
            let is_template = self.covered[place..place + GRAM].contains(&true);
            self.looked_up.push(match self.numbers.get(&gram) {
                _ if is_template => Looked::Template,
                Some(number) => Looked::Known(gram, *number),
                None => Looked::Unknown(gram),
            });
        }
        let mut all = self.looked_up.iter();
        all.any(|looked| matches!(looked, Looked::Known(..)))
    }

    /// Calls `found` with every test text that is similar to the training text's tokens from `start` to before `end`.
    pub(crate) fn similar(&mut self, start: usize, end: usize, mut found: impl FnMut(usize, f64)) {
        if end < start + GRAM {
            return;
        }
        self.hashes.clear();
        self.known.clear();
        for looked in &self.looked_up[start..=end - GRAM] {
            match looked {
                Looked::Template => {}
                Looked::Unknown(gram) => self.hashes.push(*gram),
                Looked::Known(gram, number) => {
                    self.hashes.push(*gram);
                    self.known.push(*number);
                }
            }
        }
        self.known.sort_unstable();
        self.known.dedup();
        if self.known.is_empty() {
            return;
        }
        self.hashes.sort_unstable();
        self.hashes.dedup();
        let size = self.hashes.len();
        // Grams that no test text has are the rarest of all, and stand first.
        let unknown = size - self.known.len();
        let Some(looked_at) = beginning(size).checked_sub(unknown) else {
            return;
        };
        self.candidates.clear();
        for &number in &self.known[..looked_at.min(self.known.len())] {
            self.candidates.extend(&self.starts[number as usize]);
        }
        self.candidates.sort_unstable();
        self.candidates.dedup();
        for &text in &self.candidates {
            let set = &self.sets[text as usize];
            let shared = shared(set, &self.known);
            let similarity = shared as f64 / (set.len() + size - shared) as f64;
            if similarity >= LEAST {
                found(text as usize, similarity);
            }
        }
    }
}

/// How many numbers two sorted lists share.
fn shared(a: &[u32], b: &[u32]) -> usize {
    let (mut i, mut j, mut count) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        count += usize::from(a[i] == b[j]);
        let (x, y) = (a[i], b[j]);
        i += usize::from(x <= y);
        j += usize::from(y <= x);
    }
    count
}
