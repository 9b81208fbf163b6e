//! Whether an output is in the language of its prompt: both are guessed from their letters by the crate
//! whatlang. A text of which the guess is not sure, as one of few words, is no part of the sample.

use super::per_segment::{PerSegment, indicator};
use super::signature::VERSION;
use super::{Describe, Properties};
use serde::{Deserialize, Serialize};
use whatlang::{Lang, detect};

/// Whether the languages are the same.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SameLanguage;

/// A text's language, where the guess is sure.
fn language(text: &str) -> Option<Lang> {
    let found = detect(text)?;
    found.is_reliable().then(|| found.lang())
}

impl Describe for SameLanguage {
    fn name(&self) -> String {
        "same language".to_owned()
    }

    fn properties(&self) -> Properties {
        Properties {
            needs_reference: false,
            describes: true,
            against_source: true,
            is_partial: true,
            ..Properties::of("same-language", "whatlang 0.18")
        }
    }
}

impl PerSegment for SameLanguage {
    fn facts(&self) -> String {
        format!("against:prompt|detector:whatlang-0.18|{VERSION}")
    }

    fn value(&self, hypothesis: &str, prompts: &[&str]) -> Option<f64> {
        let own = language(hypothesis)?;
        let theirs = prompts.iter().find_map(|p| language(p))?;
        Some(indicator(own == theirs))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_languages_of_output_and_prompt_are_compared() {
        let english = "Please tell me how the weather will be in the mountains tomorrow.";
        let chinese = "明天山里的天气会怎么样，需要带伞吗？";
        assert_eq!(SameLanguage.value(english, &[english]), Some(1.0));
        assert_eq!(SameLanguage.value(chinese, &[english]), Some(0.0));
        assert_eq!(SameLanguage.value("42", &[english]), None);
        assert_eq!(SameLanguage.value(english, &[]), None);
    }
}
