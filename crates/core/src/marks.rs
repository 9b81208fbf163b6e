//! An output beside its references, unit by unit, and which of its n-grams a reference has.
//! For reading only; the metrics count on their own tokens.

use assay_metrics::alignment::align;
use assay_protocol::views::AlignmentView;
use assay_results::alignment::Step;
use assay_text::script::is_cjk;
use rustc_hash::FxHashSet;

/// The longest n-gram that is told apart: BLEU's.
pub const LONGEST: usize = 4;

/// Pairs of units, those of the texts' differing middles, that are compared for all outputs of a row.
const MOST_PAIRS: usize = 150_000_000;
/// Runs, or steps of alignments, that are shown for all outputs of a row in one way of marking.
const MOST_RUNS: usize = 6_000;

/// What may still be spent on comparing the outputs of a row, so that it takes a moment and can be drawn at once.
#[derive(Debug, Clone)]
pub struct Effort {
    pairs: usize,
    difference_runs: usize,
    alignment_steps: usize,
    ngram_runs: usize,
    is_over: bool,
}

impl Default for Effort {
    fn default() -> Self {
        Self {
            pairs: MOST_PAIRS,
            difference_runs: MOST_RUNS,
            alignment_steps: MOST_RUNS,
            ngram_runs: MOST_RUNS,
            is_over: false,
        }
    }
}

impl Effort {
    /// Whether something was left out.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.is_over
    }

    /// Whether texts with this number of pairs of differing units may be compared.
    pub(crate) fn compare(&mut self, pairs: usize) -> bool {
        self.spend(|effort| &mut effort.pairs, pairs)
    }

    /// Whether this number of runs of differences may be shown.
    pub(crate) fn show_differences(&mut self, runs: usize) -> bool {
        self.spend(|effort| &mut effort.difference_runs, runs)
    }

    /// Spends a part of what is left; false where there is too little, and then nothing is spent.
    fn spend(&mut self, of: fn(&mut Self) -> &mut usize, amount: usize) -> bool {
        match of(self).checked_sub(amount) {
            Some(left) => {
                *of(self) = left;
                true
            }
            None => {
                self.is_over = true;
                false
            }
        }
    }
}

/// The hypothesis beside the reference with as few edits as can be: by the units that word error rate counts,
/// or character error rate where texts have no spaces. Nothing where the texts are too long.
pub fn alignment(reference: &str, hypothesis: &str, effort: &mut Effort) -> Option<AlignmentView> {
    let by_character = reference.chars().chain(hypothesis.chars()).any(is_cjk);
    let units = |text: &str| match by_character {
        true => text.trim().chars().map(String::from).collect(),
        false => text
            .split_whitespace()
            .map(str::to_owned)
            .collect::<Vec<_>>(),
    };
    let (theirs, own) = (units(reference), units(hypothesis));
    let is_short = effort.spend(|e| &mut e.alignment_steps, theirs.len().max(own.len()));
    if !is_short {
        return None;
    }
    let unit = |units: &[String], place: usize| units.get(place).cloned().unwrap_or_default();
    let steps = align(&theirs, &own)?
        .into_iter()
        .map(|(step, i, j)| match step {
            Step::Missing => (step, unit(&theirs, i), String::new()),
            Step::Added => (step, String::new(), unit(&own, j)),
            _ => (step, unit(&theirs, i), unit(&own, j)),
        });
    Some(AlignmentView {
        by_character,
        steps: steps.collect(),
        length: theirs.len(),
    })
}

/// The hypothesis in runs, each with the length of the longest n-gram (0 to [`LONGEST`] tokens)
/// around it that some reference has too. A token is a word, a number, a sign, or a character of a
/// script without spaces; case counts. Nothing where the runs are too many.
pub fn matched_ngrams(
    references: &[&str],
    hypothesis: &str,
    effort: &mut Effort,
) -> Vec<(usize, String)> {
    let known: Vec<Vec<&str>> = references.iter().map(|r| words(r)).collect();
    let tokens = tokens(hypothesis);
    let own: Vec<(usize, &str)> = tokens
        .iter()
        .enumerate()
        .filter(|(_, t)| !is_space(t))
        .map(|(i, t)| (i, *t))
        .collect();
    let mut longest = vec![0; tokens.len()];
    for n in 1..=LONGEST {
        let grams: FxHashSet<&[&str]> = known.iter().flat_map(|r| r.windows(n)).collect();
        for window in own.windows(n) {
            let gram: Vec<&str> = window.iter().map(|(_, t)| *t).collect();
            if grams.contains(gram.as_slice()) {
                // Spaces inside the n-gram belong to it.
                longest[window[0].0..=window[n - 1].0].fill(n);
            }
        }
    }
    let mut runs: Vec<(usize, String)> = Vec::new();
    for (token, n) in tokens.iter().zip(longest) {
        match runs.last_mut() {
            Some((last, text)) if *last == n => text.push_str(token),
            _ => runs.push((n, (*token).to_owned())),
        }
    }
    let is_shown = effort.spend(|e| &mut e.ngram_runs, runs.len());
    if is_shown { runs } else { Vec::new() }
}

fn words(text: &str) -> Vec<&str> {
    let mut tokens = tokens(text);
    tokens.retain(|t| !is_space(t));
    tokens
}

pub(crate) fn is_space(token: &str) -> bool {
    token.starts_with(char::is_whitespace)
}

/// The text cut into tokens and the spaces between them; nothing is lost.
pub(crate) fn tokens(text: &str) -> Vec<&str> {
    #[derive(PartialEq, Clone, Copy)]
    enum Kind {
        Space,
        Word,
        Single,
    }
    let kind = |c: char| match c {
        c if c.is_whitespace() => Kind::Space,
        c if c.is_alphanumeric() && !is_cjk(c) => Kind::Word,
        _ => Kind::Single,
    };
    let mut tokens = Vec::new();
    let (mut start, mut last) = (0, None);
    for (at, c) in text.char_indices() {
        let this = kind(c);
        if last.is_some_and(|l| l != this || this == Kind::Single) {
            tokens.push(&text[start..at]);
            start = at;
        }
        last = Some(this);
    }
    if start < text.len() {
        tokens.push(&text[start..]);
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_ngram_counts_and_no_text_is_lost() {
        let references = ["the cat sat on a mat.", "我爱北京"];
        let effort = &mut Effort::default();
        let marks = matched_ngrams(&references, "a dog and the cat sat on 北京!", effort);
        let expected = [
            (1, "a"),
            (0, " dog and "),
            (4, "the cat sat on"),
            (0, " "),
            (2, "北京"),
            (0, "!"),
        ];
        assert_eq!(marks, expected.map(|(n, t)| (n, t.to_owned())));
        assert!(matched_ngrams(&references, "", effort).is_empty());
    }

    #[test]
    fn texts_that_take_long_to_compare_are_left_out_and_later_short_ones_are_not() {
        let effort = &mut Effort::default();
        let words = |word: &str| format!("{word} ").repeat(20_000);
        let (reference, output) = (words("a"), words("b"));
        assert_eq!(alignment(&reference, &output, effort), None);
        assert!(effort.is_over());
        let many = "a b ".repeat(MOST_RUNS);
        assert_eq!(matched_ngrams(&["a"], &many, effort), []);
        assert_eq!(matched_ngrams(&["a"], "a", effort), [(1, "a".to_owned())]);
        assert!(alignment("a b", "a c", effort).is_some());
    }
}
