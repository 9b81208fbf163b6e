//! The kind of task that a data set holds.

use serde::{Deserialize, Serialize};

/// A kind of task.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaskKind {
    /// Texts held to texts: translation, summaries, dialogue.
    #[default]
    Text,
    /// References are short answers.
    Answer,
    /// References are letters to choose from.
    Choice,
    /// Of references and outputs the ones are letters and the others the places of letters in a list: 0 is A.
    ChoiceFromZero,
    /// The same where 1 is A.
    ChoiceFromOne,
    /// References end in numbers.
    Number,
    /// References and outputs are numbers that say how much, such as how alike two texts are.
    Degree,
    /// References are formulas, or solutions with a formula in a box.
    Math,
    /// References are JSON.
    Json,
    /// Outputs state whether samples passed.
    Outcome,
    /// There is no reference.
    Open,
}

impl TaskKind {
    /// The name under which the locale files have words for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Answer => "answer",
            Self::Choice => "choice",
            Self::ChoiceFromZero => "choice-from-zero",
            Self::ChoiceFromOne => "choice-from-one",
            Self::Number => "number",
            Self::Degree => "degree",
            Self::Math => "math",
            Self::Json => "json",
            Self::Outcome => "outcome",
            Self::Open => "open",
        }
    }
}
