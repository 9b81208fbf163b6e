//! Whether the reference's words stand somewhere in the output. Each segment is right or wrong; with several
//! references one is enough.

use super::per_segment::{PerSegment, indicator};
use super::signature::VERSION;
use super::{Describe, Properties};
use assay_text::script::is_cjk;
use assay_text::squad::normalized_tokens;
use serde::{Deserialize, Serialize};

/// Whether the normalised reference stands in the output, at the borders of words.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Contains;

fn contains(text: &str, answer: &str) -> bool {
    let joins = |a: Option<char>, b: Option<char>| {
        let letter = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && !is_cjk(c));
        letter(a) && letter(b)
    };
    let ends = (answer.chars().next(), answer.chars().next_back());
    !answer.is_empty()
        && text.match_indices(answer).any(|(at, _)| {
            let before = text[..at].chars().next_back();
            let behind = text[at + answer.len()..].chars().next();
            !joins(before, ends.0) && !joins(ends.1, behind)
        })
}

impl Describe for Contains {
    fn name(&self) -> String {
        "answer in text".to_owned()
    }

    fn properties(&self) -> Properties {
        Properties::of("contains", "Rajpurkar et al. 2016 (normalisation)")
    }
}

impl PerSegment for Contains {
    fn facts(&self) -> String {
        format!("norm:squad|{VERSION}")
    }

    fn value(&self, hypothesis: &str, references: &[&str]) -> Option<f64> {
        let text = normalized_tokens(hypothesis).join(" ");
        let found = |r: &&str| contains(&text, &normalized_tokens(r).join(" "));
        Some(indicator(references.iter().any(found)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_found_at_word_boundaries() {
        let right = |text: &str, answer: &str| Contains.value(text, &[answer]) == Some(1.0);
        assert!(right("It was the Eiffel Tower, I think.", "Eiffel tower"));
        assert!(!right("category", "cat") && !right("anything", ""));
        assert!(right("答案是北京。", "北京") && right("我用GPT模型", "GPT"));
    }
}
