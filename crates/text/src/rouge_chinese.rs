//! Words as rouge-chinese 1.0.3 has them: a text of tokens with a space between them is cut into sentences, and each
//! sentence at white space. What is left of a blank sentence is one empty word, as in the tool.

use super::whitespace::{squeeze, trim_end};

/// Marks that end a sentence.
const ENDS: &str = "。！？?";
/// Closing quotes.
const QUOTES: &str = "”’";

/// The words of a text whose tokens are given, white space among them.
#[must_use]
pub fn words(tokens: &[&str]) -> Vec<String> {
    let text = sentences(&tokens.join(" "));
    let sentences = text.split('\n').filter(|s| !s.is_empty()).map(squeeze);
    let words = sentences.flat_map(|s| s.split(' ').map(str::to_owned).collect::<Vec<_>>());
    words.collect()
}

/// The text with a line break after each sentence: the tool's four substitutions, one after another.
fn sentences(text: &str) -> String {
    let text = broken(text, &[ENDS], QUOTES);
    let text = broken(&text, &["."; 6], QUOTES);
    let text = broken(&text, &["…"; 2], QUOTES);
    let text = broken(&text, &[ENDS, QUOTES], "，。！？?");
    trim_end(&text).to_owned()
}

/// The text with a line break after each run of characters, one of each set, before one that is not in `not_before`,
/// from left to right without overlap.
fn broken(text: &str, sets: &[&str], not_before: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len() + 8);
    let mut at = 0;
    while at < chars.len() {
        let is_run = sets
            .iter()
            .zip(&chars[at..])
            .all(|(set, c)| set.contains(*c));
        match chars.get(at + sets.len()) {
            Some(next) if is_run && !not_before.contains(*next) => {
                out.extend(&chars[at..at + sets.len()]);
                out.extend(['\n', *next]);
                at += sets.len() + 1;
            }
            _ => {
                out.push(chars[at]);
                at += 1;
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn a_blank_sentence_is_an_empty_word() {
        assert_eq!(words(&["好", "。", "\n", "再见"]), ["好", "。", "", "再见"]);
        assert_eq!(words(&["a", " ", "b", "。"]), ["a", "b", "。"]);
        assert_eq!(words(&["\n", "a"]), ["a"]);
    }
}
