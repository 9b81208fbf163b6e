//! The source of chance for made-up values: numbers, texts, and whose turn it is among an enum's variants.

use super::shapes::Shapes;
use std::collections::HashMap;

/// Below this depth enums take variants by chance, so that recursive types come to an end.
const IN_TURN_DEPTH: usize = 6;

/// Chance, the same for the same seed (SplitMix64).
#[derive(Debug, Clone)]
pub struct Rng {
    state: u64,
    /// The next variant of each enum at each depth; the enum by the address of its list of variants.
    turns: HashMap<(usize, usize), usize>,
    largest_enum: usize,
    /// What internally tagged enums hold.
    pub(super) shapes: Shapes,
}

impl Rng {
    /// From a seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self {
            state: seed,
            turns: HashMap::new(),
            largest_enum: 0,
            shapes: Shapes::default(),
        }
    }

    /// Restarts with another seed; enums continue with their next variant.
    pub fn reseed(&mut self, seed: u64) {
        self.state = seed;
    }

    pub(super) fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.state ^ (self.state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub(super) fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    pub(super) fn one_of<T: Copy>(&mut self, values: &[T]) -> T {
        values[self.below(values.len())]
    }

    /// The most variants of an enum seen so far: about that many values show all of them.
    #[must_use]
    pub fn largest_enum(&self) -> usize {
        self.largest_enum
    }

    pub(super) fn turn(&mut self, variants: &'static [&'static str], depth: usize) -> &'static str {
        self.largest_enum = self.largest_enum.max(variants.len());
        if depth > IN_TURN_DEPTH {
            return self.one_of(variants);
        }
        let place = (variants.as_ptr().addr(), depth);
        let turn = self.turns.entry(place).or_default();
        let name = variants[*turn % variants.len()];
        *turn += 1;
        name
    }

    pub(super) fn text(&mut self) -> String {
        const PIECES: [&str; 14] = [
            "a",
            "Z",
            " ",
            "\0",
            "\n",
            "\r\n",
            "\"",
            "\\",
            "é",
            "中文",
            "😀",
            "\u{2028}",
            "\u{feff}",
            "\u{202e}שלום",
        ];
        let pieces = match self.below(40) {
            0..=9 => 0,
            39 => 20_000,
            n => n - 9,
        };
        (0..pieces).map(|_| self.one_of(&PIECES)).collect()
    }
}
