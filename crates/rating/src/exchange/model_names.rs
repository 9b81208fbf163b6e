//! Which raters are models, by their names.

/// Beginnings of words that only names of models have.
const MODELS: [&str; 17] = [
    "gpt",
    "chatgpt",
    "llm",
    "qwen",
    "qwq",
    "deepseek",
    "mixtral",
    "chatglm",
    "prometheus",
    "judgelm",
    "pandalm",
    "autoj",
    "skyworkcritic",
    "internlm",
    "baichuan",
    "gemini",
    "doubao",
];
/// Words that may be people's names too: a model has a number besides.
const MODELS_WITH_NUMBERS: [&str; 12] = [
    "claude", "gemma", "llama", "mistral", "grok", "phi", "yi", "glm", "kimi", "nova", "ernie",
    "command",
];
/// The name of one who judges, alone or with a number, as tools call their judge.
const JUDGES: [&str; 5] = ["judge", "autorater", "model", "grader", "模型"];

/// Whether a rater of this name is a language model.
pub(super) fn is_model(name: &str) -> bool {
    let name = name.trim().to_lowercase();
    let has_number = name.chars().any(|c| c.is_ascii_digit());
    let words = || name.split(|c: char| !c.is_alphanumeric());
    let begins = |list: &[&str]| words().any(|w| list.iter().any(|model| w.starts_with(model)));
    let is_judge = JUDGES.contains(
        &name.trim_end_matches(|c: char| c.is_ascii_digit() || [' ', '_', '-'].contains(&c)),
    );
    // Whole words, with a number at their end perhaps: Philippa 2 is a person.
    let is_named = words()
        .any(|w| MODELS_WITH_NUMBERS.contains(&w.trim_end_matches(|c: char| c.is_ascii_digit())));
    begins(&MODELS) || (has_number && is_named) || is_judge
}

#[cfg(test)]
mod tests {
    use super::is_model;

    #[test]
    fn models_are_told_from_people_of_the_same_name() {
        let models = [
            "gpt-4",
            "GPT-4o mini",
            "weighted_alpaca_eval_gpt4_turbo",
            "claude-3-opus",
            "Llama-3.1-70B",
            "judge 1",
            "Qwen2.5",
            "openai:gpt-4.1",
            "judge",
        ];
        for name in models {
            assert!(is_model(name), "{name}");
        }
        for name in [
            "Claude",
            "Gemma",
            "author_1",
            "Ann",
            "陈晨",
            "expert judge Kim",
            "7",
            "all",
            "Philippa 2",
        ] {
            assert!(!is_model(name), "{name}");
        }
    }
}
