//! How a question is put to a language model whose probabilities of the choices are compared: the layouts of EleutherAI's
//! evaluation harness (lm-eval 0.4), with worked examples before the question where some are given.

use super::{Question, letter};
use assay_text::script::{Script, dominant};
use assay_text::whitespace::trim;

/// What stands for the choices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChoiceStyle {
    /// The choices are listed behind letters, and the letters are compared: MMLU, C-Eval, CMMLU.
    Letters,
    /// The question stands alone, and the texts of the choices are compared: ARC, HellaSwag.
    Texts,
}

/// How all questions of a file are put.
#[derive(Debug, Clone)]
pub struct Prompts<'a> {
    /// What is compared.
    pub style: ChoiceStyle,
    /// What stands before everything; empty for nothing.
    pub instruction: &'a str,
    /// Worked examples, each with its right choice, before every question.
    pub examples: &'a [Question],
}

/// A question as a model reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prompt {
    /// All that stands before a choice.
    pub context: String,
    /// What is compared: how each choice continues the context.
    pub continuations: Vec<String>,
}

impl Prompts<'_> {
    /// A question with what stands before it.
    #[must_use]
    pub fn of(&self, question: &Question) -> Prompt {
        let mut context = String::new();
        if !self.instruction.is_empty() {
            context.push_str(self.instruction);
            context.push_str("\n\n");
        }
        for example in self.examples {
            let Prompt {
                context: before,
                continuations,
            } = self.alone(example);
            context.push_str(&before);
            context.push_str(&continuations[example.right]);
            context.push_str("\n\n");
        }
        let own = self.alone(question);
        context.push_str(&own.context);
        Prompt { context, ..own }
    }

    fn alone(&self, question: &Question) -> Prompt {
        let is_chinese = dominant([question.text.as_str()]) == Script::Chinese;
        let [asks, answers, space] = match is_chinese {
            true => ["问题：", "答案：", ""],
            false => ["Question: ", "Answer:", " "],
        };
        let text = trim(&question.text);
        let choices = question.choices.iter();
        match self.style {
            ChoiceStyle::Letters => {
                let listed: String = choices
                    .enumerate()
                    .map(|(place, choice)| format!("{}. {choice}\n", letter(place)))
                    .collect();
                let letters =
                    (0..question.choices.len()).map(|place| format!("{space}{}", letter(place)));
                Prompt {
                    context: format!("{text}\n{listed}{answers}"),
                    continuations: letters.collect(),
                }
            }
            ChoiceStyle::Texts => Prompt {
                context: format!("{asks}{text}\n{answers}"),
                continuations: choices
                    .map(|choice| format!("{space}{}", trim(choice)))
                    .collect(),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(text: &str, choices: &[&str], right: usize) -> Question {
        Question {
            text: text.to_owned(),
            choices: choices.iter().map(|&choice| choice.to_owned()).collect(),
            right,
        }
    }

    #[test]
    fn letters_are_listed_and_examples_stand_before() {
        let example = question("1+1?", &["2", "3"], 0);
        let prompts = Prompts {
            style: ChoiceStyle::Letters,
            instruction: "Choose.",
            examples: std::slice::from_ref(&example),
        };
        let found = prompts.of(&question(" 2+2? ", &["5", "4"], 1));
        assert_eq!(
            found.context,
            "Choose.\n\n1+1?\nA. 2\nB. 3\nAnswer: A\n\n2+2?\nA. 5\nB. 4\nAnswer:"
        );
        assert_eq!(found.continuations, [" A", " B"]);
    }

    #[test]
    fn chinese_questions_are_put_in_chinese() {
        let prompts = |style| Prompts {
            style,
            instruction: "",
            examples: &[],
        };
        let asked = question("天空是什么颜色？", &["蓝色", "绿色"], 0);
        let found = prompts(ChoiceStyle::Letters).of(&asked);
        assert_eq!(found.context, "天空是什么颜色？\nA. 蓝色\nB. 绿色\n答案：");
        assert_eq!(found.continuations, ["A", "B"]);
        let found = prompts(ChoiceStyle::Texts).of(&asked);
        assert_eq!(found.context, "问题：天空是什么颜色？\n答案：");
        assert_eq!(found.continuations, ["蓝色", "绿色"]);
        let english = prompts(ChoiceStyle::Texts).of(&question("Sky?", &["blue"], 0));
        assert_eq!(
            (english.context.as_str(), &english.continuations[..]),
            ("Question: Sky?\nAnswer:", &[" blue".to_owned()][..])
        );
    }
}
