//! The search for shifts: again and again the one is made that lowers the edit distance most, as Tercom
//! ranks them and sacreBLEU 2.6.0 searches.

use super::distance::{Bits, Matrix, Op};

/// Tokens that are moved at once.
const MOST_TOKENS: usize = 10;
/// How far a run may stand from where the reference has it.
const MOST_APART: usize = 50;
/// Shifts that are tried in all.
const MOST_TRIED: usize = 1000;

/// A shift, in the order of preference: the gain, the length, the first start, the first target.
type Rank = (
    i64,
    usize,
    std::cmp::Reverse<usize>,
    std::cmp::Reverse<usize>,
);

/// Counts edits; its memory is used again from text to text.
#[derive(Default)]
pub(super) struct Editor {
    matrix: Matrix,
    bits: Bits,
    trace: Vec<Op>,
    shifted: Vec<u32>,
    /// The distance before a shift.
    distance: u32,
    /// Whether the reference is short enough for distances by bits.
    by_bits: bool,
    /// Shifts that were tried so far.
    tried: usize,
    /// The best shift so far, and what comes of it.
    rank: Option<Rank>,
    best: Vec<u32>,
    /// For each place of the reference the last place of the hypothesis up to there, plus one.
    align: Vec<usize>,
    /// Errors before each place of the hypothesis and of the reference.
    hypothesis_errors: Vec<u32>,
    reference_errors: Vec<u32>,
}

impl Editor {
    /// The edits, shifts among them, that turn the hypothesis into the reference. Tokens are numbers
    /// below `tokens`.
    pub(super) fn edits(&mut self, hypothesis: &[u32], reference: &[u32], tokens: usize) -> u32 {
        if reference.is_empty() {
            return hypothesis.len() as u32;
        }
        self.by_bits = reference.len() <= Bits::MOST;
        if self.by_bits {
            self.bits.set(reference, tokens);
        }
        let mut words = hypothesis.to_vec();
        let mut shifts = 0;
        self.tried = 0;
        loop {
            self.distance = self.matrix.trace(&words, reference, &mut self.trace);
            if self.by_bits {
                self.bits.base(&words);
            }
            // Nothing is gained where nothing is wrong.
            if self.distance == 0 {
                return shifts;
            }
            let gain = self.shift(&words, reference);
            if self.tried >= MOST_TRIED || gain <= 0 {
                return shifts + self.distance;
            }
            shifts += 1;
            std::mem::swap(&mut words, &mut self.best);
        }
    }

    /// The gain of the best shift, which stands in `best`; 0 where there is none.
    fn shift(&mut self, words: &[u32], reference: &[u32]) -> i64 {
        self.align();
        self.rank = None;
        for start in 0..words.len() {
            let first = start.saturating_sub(MOST_APART);
            let last = reference.len().min(start + MOST_APART + 1);
            for from in first..last {
                let most = MOST_TOKENS
                    .min(words.len() - start)
                    .min(reference.len() - from);
                for length in 1..=most {
                    if words[start + length - 1] != reference[from + length - 1] {
                        break;
                    }
                    if !self.is_worth(start, from, length) {
                        continue;
                    }
                    self.try_targets(words, reference, [start, from, length]);
                    if self.tried >= MOST_TRIED {
                        return self.rank.map_or(0, |rank| rank.0);
                    }
                }
            }
        }
        self.rank.map_or(0, |rank| rank.0)
    }

    /// Whether both the run and the place where the reference has it are wrong as they are, and the run
    /// does not stand there already.
    fn is_worth(&self, start: usize, from: usize, length: usize) -> bool {
        let wrong = |errors: &[u32], at: usize| errors[at + length] > errors[at];
        // The place aligned with `from`, plus one.
        let aligned = self.align[from];
        let within = aligned > start && aligned <= start + length;
        wrong(&self.hypothesis_errors, start) && wrong(&self.reference_errors, from) && !within
    }

    /// Tries a run at its place in the reference and after each of its tokens there.
    fn try_targets(&mut self, words: &[u32], reference: &[u32], [start, from, length]: [usize; 3]) {
        let mut previous = None;
        for before in 0..=length {
            let target = match (from + before).checked_sub(1) {
                None => 0,
                Some(place) => self.align[place],
            };
            if previous.replace(target) == Some(target) {
                continue;
            }
            self.tried += 1;
            shifted(words, start, length, target, &mut self.shifted);
            let from = start.min(target);
            let known = self
                .by_bits
                .then(|| self.bits.distance(&self.shifted, from));
            let cost = known.flatten().unwrap_or_else(|| {
                let mut unused = Vec::new();
                self.matrix.trace(&self.shifted, reference, &mut unused)
            });
            let rank = (
                i64::from(self.distance) - i64::from(cost),
                length,
                std::cmp::Reverse(start),
                std::cmp::Reverse(target),
            );
            if self.rank.is_none_or(|best| rank > best) {
                self.rank = Some(rank);
                self.best.clone_from(&self.shifted);
            }
        }
    }

    /// Reads alignment and errors off the trace.
    fn align(&mut self) {
        self.align.clear();
        self.hypothesis_errors.clear();
        self.reference_errors.clear();
        let (mut own, mut theirs) = (0, 0);
        self.hypothesis_errors.push(0);
        self.reference_errors.push(0);
        let mut at = 0;
        for op in &self.trace {
            let wrong = u32::from(*op != Op::Keep);
            if *op != Op::Insert {
                at += 1;
                own += wrong;
                self.hypothesis_errors.push(own);
            }
            if *op != Op::Delete {
                theirs += wrong;
                self.align.push(at);
                self.reference_errors.push(theirs);
            }
        }
    }
}

/// The words with a run moved to before another, counted as it stood before the move.
fn shifted(words: &[u32], start: usize, length: usize, target: usize, out: &mut Vec<u32>) {
    let (end, run) = (start + length, &words[start..start + length]);
    out.clear();
    if target < start {
        out.extend_from_slice(&words[..target]);
        out.extend_from_slice(run);
        out.extend_from_slice(&words[target..start]);
        out.extend_from_slice(&words[end..]);
    } else {
        // A target within the run is that number of tokens further on.
        let target = if target > end {
            target
        } else {
            target + length
        };
        let target = target.min(words.len());
        out.extend_from_slice(&words[..start]);
        out.extend_from_slice(&words[end..target]);
        out.extend_from_slice(run);
        out.extend_from_slice(&words[target..]);
    }
}
