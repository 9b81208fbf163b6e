//! TER as sacreBLEU 2.6.0 computes it (Snover et al. 2006): the edits that turn a hypothesis into a
//! reference, where moving a run of tokens is one edit, over the reference's length. The row is `[fewest
//! edits over the references, their mean length]`. Lower is better.

mod distance;
mod shifts;

use super::options::{OptionView, SpecError, YES_NO, boolean, option, unknown};
use super::{Describe, Metric, Properties, Scoring};
use crate::signature::Signature;
use assay_results::scores::{RefCount, Score};
use assay_text::intern::Interner;
use assay_text::tokenizer_ter::TerTokenizer;
use assay_text::whitespace;
use serde::{Deserialize, Serialize};
use shifts::Editor;
use std::cell::RefCell;

/// TER with its options; `Default` is sacreBLEU's.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Ter {
    /// The tokenizer.
    pub tokenizer: TerTokenizer,
}

thread_local! {
    static EDITOR: RefCell<Editor> = RefCell::default();
}

impl Describe for Ter {
    fn name(&self) -> String {
        "TER".into()
    }

    fn properties(&self) -> Properties {
        Properties {
            // Where every token is wrong; a hypothesis longer than its reference can be worse.
            max: 100.0,
            best: 0.0,
            lower_is_better: true,
            ..Properties::of("ter", "Snover et al. 2006; sacreBLEU 2.6.0")
        }
    }

    fn options(&self) -> Vec<OptionView> {
        let t = &self.tokenizer;
        vec![
            option("normalized", t.normalized.to_string(), YES_NO),
            option("no_punct", t.no_punct.to_string(), YES_NO),
            option("asian_support", t.asian_support.to_string(), YES_NO),
            option("case_sensitive", t.case_sensitive.to_string(), YES_NO),
        ]
    }

    fn set(&mut self, option: &str, value: &str) -> Result<(), SpecError> {
        let t = &mut self.tokenizer;
        let place = match option {
            "normalized" => &mut t.normalized,
            "no_punct" => &mut t.no_punct,
            "asian_support" => &mut t.asian_support,
            "case_sensitive" => &mut t.case_sensitive,
            _ => return Err(unknown("ter", option)),
        };
        *place = boolean(option, value)?;
        Ok(())
    }
}

impl Ter {
    /// A reference as sacreBLEU has it: tokenised when references are read and once more when they are cached, so that
    /// `1...10` becomes `1 . . .10` in a hypothesis and `1 . . . 10` in a reference.
    fn tokenized_twice(&self, reference: &str) -> String {
        let once = self.tokenizer.tokenize(reference);
        match self.tokenizer.normalized {
            true => self.tokenizer.tokenize(&once),
            false => once,
        }
    }
}

impl Scoring for Ter {
    fn width(&self) -> usize {
        2
    }

    fn signature(&self, refs: RefCount, resampling: Option<&str>) -> String {
        let t = &self.tokenizer;
        Signature::new(refs, resampling)
            .with("case", if t.case_sensitive { "mixed" } else { "lc" })
            .with("tok", "tercom")
            .flag("norm", t.normalized)
            .flag("punct", !t.no_punct)
            .flag("asian", t.asian_support)
            .with("version", "2.6.0")
            .to_string()
    }

    fn score(&self, sum: &[f64]) -> Score {
        let [edits, length] = [sum[0], sum[1]];
        let value = match (edits > 0.0, length > 0.0) {
            (_, true) => 100.0 * (edits / length),
            (true, false) => 100.0,
            (false, false) => 0.0,
        };
        let details = vec![
            ("num_edits".to_owned(), edits),
            ("ref_length".to_owned(), length),
        ];
        Score { value, details }
    }

    fn resampled_score(&self, sum: &[f32]) -> f64 {
        match (sum[0] > 0.0, sum[1] > 0.0) {
            (_, true) => f64::from(100.0 * (sum[0] / sum[1])),
            (true, false) => 100.0,
            (false, false) => 0.0,
        }
    }
}

impl Metric for Ter {
    fn statistics(&self, hypothesis: &str, references: &[&str], row: &mut [f64]) {
        let hypothesis = self.tokenizer.tokenize(hypothesis);
        let references: Vec<String> = match references {
            [] => vec![String::new()],
            all => all.iter().map(|r| self.tokenized_twice(r)).collect(),
        };
        let mut interner = Interner::default();
        let own = interner.ids(whitespace::split(&hypothesis));
        let theirs: Vec<Vec<u32>> = references
            .iter()
            .map(|r| interner.ids(whitespace::split(r)))
            .collect();
        let tokens = interner.len();
        let edits = EDITOR.with_borrow_mut(|editor| {
            let edits = theirs.iter().map(|r| editor.edits(&own, r, tokens));
            edits.min().unwrap_or_default()
        });
        row[0] = f64::from(edits);
        let length: usize = theirs.iter().map(Vec::len).sum();
        row[1] = length as f64 / theirs.len() as f64;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// sacreBLEU 2.6.0's values; the third text is scored against itself.
    const TWICE: [(&str, &str, f64); 4] = [
        (
            "choose from 1 to 10",
            "choose from 1...10",
            42.857_142_857_142_854,
        ),
        (
            "It counts from 1...10.",
            "It counts from 1 to 10.",
            42.857_142_857_142_854,
        ),
        ("3.5 or 4,000, no..7", "3.5 or 4,000, no..7", 25.0),
        ("a", "A,.5", 75.0),
    ];

    #[test]
    fn references_are_tokenised_twice_as_sacrebleu_does() {
        let mut ter = Ter::default();
        ter.set("normalized", "true").unwrap();
        for (hypothesis, reference, expected) in TWICE {
            let mut row = [0.0; 2];
            ter.statistics(hypothesis, &[reference], &mut row);
            let found = ter.segment_score(&row);
            assert!((found - expected).abs() < 1e-9, "{reference}: {found}");
        }
    }
}
