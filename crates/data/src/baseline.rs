//! Which system the others are compared with, where nobody has said so: chosen by the systems' names.

use serde::{Deserialize, Serialize};

/// Words in a name that say that a system is what others are compared with.
const WORDS: [&str; 16] = [
    "base",
    "baseline",
    "before",
    "original",
    "orig",
    "pretrained",
    "pretrain",
    "untuned",
    "unfinetuned",
    "vanilla",
    "control",
    "initial",
    "foundation",
    "sft0",
    "step0",
    "zeroshot",
];
/// The same, as two words.
const PAIRS: [[&str; 2]; 7] = [
    ["reference", "model"],
    ["ref", "model"],
    ["pre", "trained"],
    ["pre", "training"],
    ["zero", "shot"],
    ["step", "0"],
    ["sft", "0"],
];
/// The same in Chinese, where words are not set apart.
const CHINESE: [&str; 12] = [
    "原始",
    "基线",
    "基准",
    "基座",
    "底座",
    "微调前",
    "训练前",
    "调优前",
    "优化前",
    "之前",
    "未微调",
    "原模型",
];
/// Those of [`WORDS`] that names of models have beside what was made of them: `bert-base-finetuned` is no baseline.
const WEAK: [&str; 5] = ["base", "pretrained", "pretrain", "foundation", "initial"];
/// Words that say that a system was made from another one.
const TUNED: [&str; 15] = [
    "tuned",
    "finetuned",
    "finetune",
    "ft",
    "sft",
    "lora",
    "qlora",
    "dpo",
    "ppo",
    "grpo",
    "rlhf",
    "after",
    "distilled",
    "merged",
    "instruct",
];

/// The baseline that was chosen, and why.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct BaselineChoice {
    /// Its place among the systems.
    pub system: usize,
    /// The part of its name that says that it is the baseline; nothing where it is merely the first.
    pub word: Option<String>,
}

/// The first system whose name says that it is the baseline, or else the first.
#[must_use]
pub fn choose(names: &[&str]) -> BaselineChoice {
    let mut said = names.iter().enumerate();
    let said = said.find_map(|(system, name)| Some((system, baseline_word(name)?)));
    said.map_or_else(BaselineChoice::default, |(system, word)| BaselineChoice {
        system,
        word: Some(word),
    })
}

/// Whether a name is that of a system by one of its words: a baseline, or what was made of it.
pub(crate) fn is_of_a_system(name: &str) -> bool {
    let is_tuned = |word: &String| TUNED.contains(&word.as_str());
    let chinese = ["微调后", "训练后", "优化后"];
    baseline_word(name).is_some()
        || words(name).iter().any(is_tuned)
        || chinese.iter().any(|part| name.contains(part))
}

/// The part of a name that says that the system is a baseline.
fn baseline_word(name: &str) -> Option<String> {
    let words = words(name);
    let is_tuned = words.iter().any(|word| TUNED.contains(&word.as_str()));
    let says = |word: &&String| {
        let word = word.as_str();
        WORDS.contains(&word) && !(is_tuned && WEAK.contains(&word))
    };
    let is_pair = |pair: &&[String]| PAIRS.iter().any(|[a, b]| pair[0] == *a && pair[1] == *b);
    let word = words.iter().find(says);
    let pair = || words.windows(2).find(is_pair).map(|pair| pair.join(" "));
    let chinese = || CHINESE.iter().find(|part| name.contains(**part));
    let chinese = || chinese().map(|part| (*part).to_owned());
    word.cloned().or_else(pair).or_else(chinese)
}

/// The words of a name in lower case: parted by what is no letter or digit, and where an upper-case letter follows a
/// lower-case one.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before = ' ';
    for c in name.chars() {
        let is_start = c.is_uppercase() && before.is_lowercase();
        before = c;
        if is_start || !c.is_alphanumeric() {
            words.push(String::new());
        }
        if let Some(last) = words.last_mut().filter(|_| c.is_alphanumeric()) {
            last.extend(c.to_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(names: &[&str]) -> (usize, Option<String>) {
        let BaselineChoice { system, word } = choose(names);
        (system, word)
    }

    #[test]
    fn a_name_that_says_so_is_the_baseline_and_else_the_first() {
        for (names, system, word) in [
            (&["tuned", "base"][..], 1, Some("base")),
            (&["model_v2", "Baseline"], 1, Some("baseline")),
            (&["after", "before"], 1, Some("before")),
            (&["outputNew", "outputOriginal"], 1, Some("original")),
            (&["gpt", "the reference model"], 1, Some("reference model")),
            (&["sft3", "sft0"], 1, Some("sft0")),
            (&["微调后", "微调前"], 1, Some("微调前")),
            (&["新模型", "原始模型"], 1, Some("原始")),
            (&["v2", "训练之前"], 1, Some("之前")),
            (&["database", "basement"], 0, None),
            (&["bert-base-finetuned", "bert-large"], 0, None),
            (&["after_sft", "before_sft"], 1, Some("before")),
            (&["llama-lora", "llama-base"], 1, Some("base")),
            (&["a", "b"], 0, None),
            (&[], 0, None),
        ] {
            let word = word.map(str::to_owned);
            assert_eq!(chosen(names), (system, word), "{names:?}");
        }
    }
}
