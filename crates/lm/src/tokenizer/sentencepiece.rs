//! SentencePiece as llama.cpp's `llm_tokenizer_spm` runs it: characters are joined pair by pair, the
//! pair whose join has the best score first (the leftmost of equals), as long as the join is in the
//! vocabulary; what is left over falls back to bytes. The crate that reads SentencePiece's own files
//! wants merges, which a GGUF file doesn't carry.

use std::cmp::Ordering;
use std::collections::{BinaryHeap, HashMap};

/// GGUF's kinds of tokens that text can't become.
const UNUSED: f64 = 5.0;
const CONTROL: f64 = 3.0;
const BYTE: f64 = 6.0;

/// A vocabulary with scores.
pub(super) struct SentencePiece {
    ids: HashMap<String, u32>,
    scores: Vec<f32>,
    bytes: Vec<Option<u32>>,
    unknown: u32,
    space_before: bool,
}

/// A piece of the text in a chain.
struct Symbol {
    start: usize,
    end: usize,
    before: Option<usize>,
    after: Option<usize>,
}

/// A join that may be made.
struct Join {
    score: f32,
    left: usize,
    right: usize,
    length: usize,
}

impl PartialEq for Join {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Join {}

impl PartialOrd for Join {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Join {
    fn cmp(&self, other: &Self) -> Ordering {
        let by_score = self.score.total_cmp(&other.score);
        by_score.then(other.left.cmp(&self.left))
    }
}

impl SentencePiece {
    /// From a file's tokens, their scores and kinds.
    pub(super) fn new(
        tokens: &[String],
        scores: &[f64],
        kinds: &[f64],
        space_before: bool,
    ) -> Self {
        let kind = |id: usize| kinds.get(id).copied().unwrap_or(1.0);
        let mut ids = HashMap::new();
        let mut bytes = vec![None; 256];
        let mut unknown = 0;
        for (id, token) in tokens.iter().enumerate() {
            match kind(id) {
                BYTE => {
                    let hex = token.strip_prefix("<0x").and_then(|t| t.strip_suffix('>'));
                    if let Some(byte) = hex.and_then(|h| u8::from_str_radix(h, 16).ok()) {
                        bytes[usize::from(byte)] = Some(id as u32);
                    }
                }
                UNUSED | CONTROL => {}
                2.0 => unknown = id as u32,
                _ => {
                    ids.entry(token.clone()).or_insert(id as u32);
                }
            }
        }
        Self {
            ids,
            scores: (0..tokens.len())
                .map(|id| scores.get(id).copied().unwrap_or(0.0) as f32)
                .collect(),
            bytes,
            unknown,
            space_before,
        }
    }

    /// Appends the ids of a text; `at_start` says whether a space may be put before it.
    pub(super) fn encode(&self, text: &str, at_start: bool, out: &mut Vec<u32>) {
        let space = if self.space_before && at_start {
            " "
        } else {
            ""
        };
        let text = format!("{space}{text}").replace(' ', "\u{2581}");
        let mut symbols: Vec<Symbol> = text
            .char_indices()
            .enumerate()
            .map(|(i, (start, c))| Symbol {
                start,
                end: start + c.len_utf8(),
                before: i.checked_sub(1),
                after: Some(i + 1),
            })
            .collect();
        if let Some(last) = symbols.last_mut() {
            last.after = None;
        }
        self.join(&text, &mut symbols);
        let mut next = (!symbols.is_empty()).then_some(0);
        while let Some(i) = next {
            self.push(&text[symbols[i].start..symbols[i].end], out);
            next = symbols[i].after;
        }
    }

    fn join(&self, text: &str, symbols: &mut [Symbol]) {
        let mut queue = BinaryHeap::new();
        let consider = |symbols: &[Symbol],
                        left: Option<usize>,
                        right: Option<usize>,
                        queue: &mut BinaryHeap<Join>| {
            let (Some(left), Some(right)) = (left, right) else {
                return;
            };
            let (start, end) = (symbols[left].start, symbols[right].end);
            if let Some(&id) = self.ids.get(&text[start..end]) {
                queue.push(Join {
                    score: self.scores[id as usize],
                    left,
                    right,
                    length: end - start,
                });
            }
        };
        for i in 1..symbols.len() {
            consider(symbols, Some(i - 1), Some(i), &mut queue);
        }
        while let Some(Join {
            left,
            right,
            length,
            ..
        }) = queue.pop()
        {
            let (l, r) = (&symbols[left], &symbols[right]);
            // One of the two was joined to another meanwhile.
            let stale = l.start == l.end
                || r.start == r.end
                || r.end - l.start != length
                || l.end != r.start;
            if stale {
                continue;
            }
            let (end, after) = (r.end, r.after);
            symbols[left].end = end;
            symbols[left].after = after;
            symbols[right].end = symbols[right].start;
            if let Some(after) = after {
                symbols[after].before = Some(left);
            }
            consider(symbols, symbols[left].before, Some(left), &mut queue);
            consider(symbols, Some(left), after, &mut queue);
        }
    }

    fn push(&self, piece: &str, out: &mut Vec<u32>) {
        match self.ids.get(piece) {
            Some(&id) => out.push(id),
            None => {
                let byte = |b: u8| self.bytes[usize::from(b)].unwrap_or(self.unknown);
                out.extend(piece.bytes().map(byte));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_score_joins_first_and_the_rest_falls_back_to_bytes() {
        let tokens = [
            "<unk>",
            "a",
            "b",
            "ab",
            "bb",
            "\u{2581}",
            "\u{2581}a",
            "<0xC3>",
            "<0xA9>",
        ];
        let scores = [0.0, -9.0, -9.0, -2.0, -1.0, -9.0, -3.0, 0.0, 0.0];
        let kinds = [2.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 6.0, 6.0];
        let tokens = tokens.map(str::to_owned);
        let model = SentencePiece::new(&tokens, &scores, &kinds, true);
        let mut ids = Vec::new();
        model.encode("abbé", true, &mut ids);
        assert_eq!(ids, [6, 4, 7, 8]);
        ids.clear();
        model.encode("", false, &mut ids);
        assert!(ids.is_empty());
    }
}
