//! The edit distance behind TER: Levenshtein's over tokens in a beam around the diagonal, with the
//! operations that a trace back needs, and the same distance alone, by bits, for the many shifted
//! hypotheses of which only the distance counts.

/// Half the beam's width.
const BEAM: usize = 25;
/// Outside the beam.
const NEVER: u32 = u32::MAX / 2;

/// An operation that turns the hypothesis into the reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Op {
    /// A token of both.
    Keep,
    /// A token for another.
    Substitute,
    /// A token of the hypothesis goes.
    Delete,
    /// A token of the reference comes.
    Insert,
}

/// The beam over a row: cells from the first up to the second.
struct Beam {
    ratio: f64,
    half: usize,
    rows: usize,
    columns: usize,
}

impl Beam {
    fn new(hypothesis: usize, reference: usize) -> Self {
        let ratio = match hypothesis {
            0 => 1.0,
            n => reference as f64 / n as f64,
        };
        // Lengths so different that rows would not meet.
        let half = if (BEAM as f64) < ratio / 2.0 {
            (ratio / 2.0 + BEAM as f64).ceil() as usize
        } else {
            BEAM
        };
        Self {
            ratio,
            half,
            rows: hypothesis,
            columns: reference + 1,
        }
    }

    fn row(&self, row: usize) -> (usize, usize) {
        let diagonal = (row as f64 * self.ratio).floor() as usize;
        let last = match row == self.rows {
            true => self.columns,
            false => self.columns.min(diagonal + self.half),
        };
        (diagonal.saturating_sub(self.half), last)
    }

    /// Whether every way of this cost stays within the beam: none leaves the diagonal by more than half
    /// of what it inserts and deletes.
    fn holds(&self, cost: usize) -> bool {
        let apart = self.rows.abs_diff(self.columns - 1);
        (cost + apart) / 2 + 2 < self.half
    }
}

/// The beam's matrix, whose memory is used again.
#[derive(Default)]
pub(super) struct Matrix {
    costs: Vec<u32>,
    ops: Vec<Op>,
}

impl Matrix {
    /// The distance, with the operations from the first to the last in `trace`. Of equal ways a
    /// substitution goes before a deletion, and that before an insertion.
    pub(super) fn trace(
        &mut self,
        hypothesis: &[u32],
        reference: &[u32],
        trace: &mut Vec<Op>,
    ) -> u32 {
        let columns = reference.len() + 1;
        let beam = Beam::new(hypothesis.len(), reference.len());
        self.costs.clear();
        self.costs.extend(0..columns as u32);
        self.costs.resize((hypothesis.len() + 1) * columns, NEVER);
        self.ops.clear();
        self.ops
            .resize((hypothesis.len() + 1) * columns, Op::Insert);
        for (i, token) in hypothesis.iter().enumerate() {
            let (first, last) = beam.row(i + 1);
            let (above, own) = self.costs.split_at_mut((i + 1) * columns);
            let above = &above[i * columns..];
            let ops = &mut self.ops[(i + 1) * columns..];
            for j in first..last {
                if j == 0 {
                    (own[0], ops[0]) = (above[0] + 1, Op::Delete);
                    continue;
                }
                let same = *token == reference[j - 1];
                let (mut cost, mut op) = match same {
                    true => (above[j - 1], Op::Keep),
                    false => (above[j - 1] + 1, Op::Substitute),
                };
                if above[j] + 1 < cost {
                    (cost, op) = (above[j] + 1, Op::Delete);
                }
                if own[j - 1] + 1 < cost {
                    (cost, op) = (own[j - 1] + 1, Op::Insert);
                }
                (own[j], ops[j]) = (cost, op);
            }
        }
        trace.clear();
        let (mut i, mut j) = (hypothesis.len(), reference.len());
        while i > 0 || j > 0 {
            let op = self.ops[i * columns + j];
            trace.push(op);
            i -= usize::from(op != Op::Insert);
            j -= usize::from(op != Op::Delete);
        }
        trace.reverse();
        self.costs[hypothesis.len() * columns + reference.len()]
    }
}

/// The state of the distance by bits after some tokens (Myers 1999, as Hyyrö 2003 writes it for the
/// distance of whole strings).
#[derive(Debug, Clone, Copy)]
struct Column {
    up: u128,
    down: u128,
    cost: u32,
}

/// Distances of many hypotheses that begin alike, to one reference of up to 128 tokens.
#[derive(Default)]
pub(super) struct Bits {
    /// For each token its places in the reference.
    places: Vec<u128>,
    length: usize,
    /// The states after each token of the hypothesis that the others are variants of.
    states: Vec<Column>,
}

impl Bits {
    /// References that it can hold.
    pub(super) const MOST: usize = 128;

    /// Takes a reference of tokens below `tokens`.
    pub(super) fn set(&mut self, reference: &[u32], tokens: usize) {
        self.places.clear();
        self.places.resize(tokens, 0);
        for (at, token) in reference.iter().enumerate() {
            self.places[*token as usize] |= 1 << at;
        }
        self.length = reference.len();
    }

    /// Takes the hypothesis that the others are variants of.
    pub(super) fn base(&mut self, hypothesis: &[u32]) {
        let mut state = Column {
            up: u128::MAX,
            down: 0,
            cost: self.length as u32,
        };
        self.states.clear();
        self.states.push(state);
        for token in hypothesis {
            state = self.step(state, *token);
            self.states.push(state);
        }
    }

    fn step(&self, state: Column, token: u32) -> Column {
        let equal = self.places[token as usize];
        let vertical = equal | state.down;
        let horizontal = ((equal & state.up).wrapping_add(state.up) ^ state.up) | equal;
        let mut plus = state.down | !(horizontal | state.up);
        let mut minus = state.up & horizontal;
        let last = 1u128 << (self.length - 1);
        let cost = state.cost + u32::from(plus & last != 0) - u32::from(minus & last != 0);
        // The row before the first token grows by one with each.
        plus = (plus << 1) | 1;
        minus <<= 1;
        Column {
            up: minus | !(vertical | plus),
            down: plus & vertical,
            cost,
        }
    }

    /// The distance of a variant that is like the base up to `from`; `None` where the beam could matter.
    pub(super) fn distance(&self, hypothesis: &[u32], from: usize) -> Option<u32> {
        let mut state = self.states[from];
        for token in &hypothesis[from..] {
            state = self.step(state, *token);
        }
        let beam = Beam::new(hypothesis.len(), self.length);
        beam.holds(state.cost as usize).then_some(state.cost)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Where the bits give a distance it is the beam's.
        #[test]
        fn bits_and_beam_agree(
            hypothesis in proptest::collection::vec(0u32..6, 0..120),
            reference in proptest::collection::vec(0u32..6, 1..128),
            cut in 0usize..120,
        ) {
            let mut bits = Bits::default();
            bits.set(&reference, 6);
            bits.base(&hypothesis);
            let mut matrix = Matrix::default();
            let mut trace = Vec::new();
            let cost = matrix.trace(&hypothesis, &reference, &mut trace);
            if let Some(found) = bits.distance(&hypothesis, cut.min(hypothesis.len())) {
                prop_assert_eq!(found, cost);
            }
            let edits = trace.iter().filter(|op| **op != Op::Keep).count();
            prop_assert_eq!(edits as u32, cost);
        }
    }

    #[test]
    fn short_texts_are_within_the_beam() {
        let mut bits = Bits::default();
        bits.set(&[0, 1, 2, 3], 5);
        bits.base(&[0, 4, 2]);
        assert_eq!(bits.distance(&[0, 4, 2], 0), Some(2));
        assert_eq!(bits.distance(&[], 0), Some(4));
    }
}
