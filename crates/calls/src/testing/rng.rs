//! The source of chance for made-up values: numbers, texts, and which of an enum's variants is shown next.

use super::shapes::Shapes;
use std::collections::{HashMap, HashSet};

/// Below this depth enums take variants by chance, so that recursive types come to an end.
const IN_TURN_DEPTH: usize = 8;
/// Times that each variant is shown at least.
const EACH_VARIANT: usize = 4;

/// An enum, by the address of its list of variants.
type EnumId = usize;

/// What was shown of an enum.
#[derive(Debug, Clone)]
struct Shown {
    /// How often each variant was.
    times: Vec<usize>,
    /// The enums that were found in each variant.
    within: Vec<HashSet<EnumId>>,
}

impl Shown {
    fn is_done(&self) -> bool {
        self.times.iter().all(|times| *times >= EACH_VARIANT)
    }
}

/// Chance, the same for the same seed (SplitMix64).
#[derive(Debug, Clone)]
pub struct Rng {
    state: u64,
    enums: HashMap<EnumId, Shown>,
    /// The variants around what is made up now.
    open: Vec<(EnumId, usize)>,
    /// Whether whole numbers are to fit a size: on a machine of 32 bits not all of 64 do.
    pub(super) only_sizes: bool,
    /// What internally tagged enums hold.
    pub(super) shapes: Shapes,
}

impl Rng {
    /// From a seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self {
            state: seed,
            enums: HashMap::new(),
            open: Vec::new(),
            only_sizes: false,
            shapes: Shapes::default(),
        }
    }

    /// Restarts with another seed; which variants were shown is not forgotten.
    pub fn reseed(&mut self, seed: u64) {
        self.state = seed;
        self.open.clear();
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

    /// Whether each variant of every enum seen so far was shown several times.
    #[must_use]
    pub fn has_shown_all(&self) -> bool {
        self.enums.values().all(Shown::is_done)
    }

    /// The place of a variant: one that was not shown often enough, or one in which such a one was found. What is
    /// made up until [`Rng::leave`] is within it.
    pub(super) fn enter(&mut self, variants: &'static [&'static str], depth: usize) -> usize {
        let id = variants.as_ptr().addr();
        for (outer, variant) in &self.open {
            if let Some(shown) = self.enums.get_mut(outer) {
                shown.within[*variant].insert(id);
            }
        }
        self.enums.entry(id).or_insert_with(|| Shown {
            times: vec![0; variants.len()],
            within: vec![HashSet::new(); variants.len()],
        });
        let wanted = |place: &usize| {
            let shown = &self.enums[&id];
            let is_open = |inner: &EnumId| !self.enums[inner].is_done();
            shown.times[*place] < EACH_VARIANT || shown.within[*place].iter().any(is_open)
        };
        let wanted: Vec<usize> = (0..variants.len()).filter(wanted).collect();
        let place = match self.below(variants.len()) {
            by_chance if depth > IN_TURN_DEPTH || wanted.is_empty() => by_chance,
            _ => self.one_of(&wanted),
        };
        if let Some(shown) = self.enums.get_mut(&id) {
            shown.times[place] += 1;
        }
        self.open.push((id, place));
        place
    }

    /// Ends what [`Rng::enter`] began.
    pub(super) fn leave(&mut self) {
        self.open.pop();
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
