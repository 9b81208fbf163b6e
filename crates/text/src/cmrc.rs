//! CMRC 2018's segmentation of mixed Chinese and English answers (the official cmrc2018_evaluate.py, v5):
//! Chinese characters stand alone, what is between them is split as NLTK's `word_tokenize` does, and
//! some punctuation goes.

use super::tokenizer_nltk;
use super::whitespace::{lower, trim};

/// What the script removes. Its list also holds a double ellipsis, which no single character equals.
const REMOVED: &str = "-:_*^/\\~`+=，。：？！“”；’《》·、「」（）－～『』";

/// An answer in lower case, trimmed, without the punctuation that does not count.
pub fn normalized(text: &str) -> String {
    let text = lower(text);
    let kept = trim(&text).chars();
    kept.filter(|c| !REMOVED.contains(*c)).collect()
}

/// The segments of an answer that is normalised.
pub fn segments(normalized: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut other = String::new();
    for c in normalized.chars() {
        if matches!(c, '\u{4e00}'..='\u{9fa5}') {
            out.append(&mut tokenizer_nltk::tokenize(&other));
            other.clear();
            out.push(c.to_string());
        } else {
            other.push(c);
        }
    }
    out.append(&mut tokenizer_nltk::tokenize(&other));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_characters_are_single_tokens_and_words_stay_whole() {
        let text = normalized(" 《GPT-4》是OpenAI的 model 。");
        assert_eq!(text, "gpt4是openai的 model ");
        assert_eq!(segments(&text), ["gpt4", "是", "openai", "的", "model"]);
    }
}
