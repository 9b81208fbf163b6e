//! The steps that lead from what a system wrote to the answer that measures see.

use serde::{Deserialize, Serialize};

/// One step. Steps are applied in the order of a list; each works on what the one before left.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "kebab-case")]
pub enum ExtractionStep {
    /// Leaves out reasoning blocks, such as `<think>…</think>`. A block that never ends leaves no answer.
    Reasoning,
    /// Cuts the text at the first special token that a tokenizer left in it, such as `<|im_end|>`.
    EndTokens,
    /// Cuts the text where this sequence begins.
    Stop {
        /// The sequence.
        parameter: String,
    },
    /// The inside of a Markdown code fence, where the whole text is one.
    Fence,
    /// The first code block of a text; a text without one stays.
    CodeBlock,
    /// The first match of a regular expression (its first group, if it has one); no match leaves no answer.
    FirstMatch {
        /// The expression.
        parameter: String,
    },
    /// The last match, likewise.
    LastMatch {
        /// The expression.
        parameter: String,
    },
    /// The letter that the text chooses among several answers.
    Choice,
    /// The number that the text gives as its result.
    Number,
    /// What stands in the last `\boxed{}`.
    Boxed,
    /// A field of the first JSON object in the text; dots lead into objects within.
    JsonField {
        /// The field's path.
        parameter: String,
    },
}

impl ExtractionStep {
    /// Every step in the order the page offers them, with usual parameters.
    #[must_use]
    pub fn all() -> Vec<Self> {
        vec![
            Self::Reasoning,
            Self::EndTokens,
            Self::Stop {
                parameter: "\n\n".into(),
            },
            Self::Fence,
            Self::CodeBlock,
            Self::Boxed,
            Self::Choice,
            Self::Number,
            Self::FirstMatch {
                parameter: r"#### (\-?[0-9\.\,]+)".into(),
            },
            Self::LastMatch {
                parameter: r"(-?[$0-9.,]{2,}|-?[0-9]+)".into(),
            },
            Self::JsonField {
                parameter: "answer".into(),
            },
        ]
    }

    /// The step's name in signatures and on the command line.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Reasoning => "reasoning",
            Self::EndTokens => "end-tokens",
            Self::Stop { .. } => "stop",
            Self::Fence => "fence",
            Self::CodeBlock => "code-block",
            Self::FirstMatch { .. } => "first-match",
            Self::LastMatch { .. } => "last-match",
            Self::Choice => "choice",
            Self::Number => "number",
            Self::Boxed => "boxed",
            Self::JsonField { .. } => "json-field",
        }
    }

    /// What the step is given, if it takes something.
    #[must_use]
    pub fn parameter(&self) -> Option<&str> {
        match self {
            Self::Stop { parameter }
            | Self::FirstMatch { parameter }
            | Self::LastMatch { parameter }
            | Self::JsonField { parameter } => Some(parameter),
            _ => None,
        }
    }

    /// The step with another parameter; one that takes none stays.
    #[must_use]
    pub fn with_parameter(mut self, text: &str) -> Self {
        if let Self::Stop { parameter }
        | Self::FirstMatch { parameter }
        | Self::LastMatch { parameter }
        | Self::JsonField { parameter } = &mut self
        {
            text.clone_into(parameter);
        }
        self
    }

    /// The step as a signature has it: `reasoning`, `first-match=#### (.*)`.
    #[must_use]
    pub fn signature(&self) -> String {
        match self.parameter() {
            Some(parameter) => format!("{}={}", self.name(), parameter.escape_default()),
            None => self.name().to_owned(),
        }
    }

    /// A step as [`Self::signature`] or the command line writes it; nothing where no step has this name. `\n` and
    /// `\t` in a sequence are a line break and a tab.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (name, parameter) = match text.split_once('=') {
            Some((name, parameter)) => (name, Some(parameter)),
            None => (text, None),
        };
        let step = Self::all().into_iter().find(|step| step.name() == name)?;
        Some(match (&step, parameter) {
            (Self::Stop { .. }, Some(p)) => {
                step.with_parameter(&p.replace("\\n", "\n").replace("\\t", "\t"))
            }
            (_, Some(p)) => step.with_parameter(p),
            (_, None) => step,
        })
    }
}

/// A list of steps as a signature has it: their signatures with `+` between, or `raw` without any.
#[must_use]
pub fn steps_signature(steps: &[ExtractionStep]) -> String {
    if steps.is_empty() {
        return "raw".to_owned();
    }
    let each: Vec<String> = steps.iter().map(ExtractionStep::signature).collect();
    each.join("+")
}

/// What one step did to a system's outputs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct StepCount {
    /// Outputs that it changed.
    pub changed: usize,
    /// Outputs of which it left nothing.
    pub emptied: usize,
}

/// Why steps can't be applied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum ExtractionError {
    /// A regular expression does not compile, or takes too much memory.
    #[error(
        "{pattern:?} is not a regular expression that can be used; check its brackets and repetitions"
    )]
    Pattern {
        /// The expression.
        pattern: String,
    },
    /// A step lacks what it is to look for.
    #[error("the step {step} needs a text to look for")]
    NoParameter {
        /// The step's name.
        step: String,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_read_as_they_are_written() {
        for step in ExtractionStep::all() {
            let written = match step.parameter() {
                Some(p) => format!("{}={}", step.name(), p.replace('\n', "\\n")),
                None => step.name().to_owned(),
            };
            assert_eq!(ExtractionStep::parse(&written), Some(step));
        }
        assert_eq!(ExtractionStep::parse("guess"), None);
        let steps = [ExtractionStep::Reasoning, ExtractionStep::Choice];
        assert_eq!(steps_signature(&steps), "reasoning+choice");
        assert_eq!(steps_signature(&[]), "raw");
    }
}
