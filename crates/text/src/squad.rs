//! SQuAD's answer normalisation (the official evaluate-v2.0.py): lower-case, ASCII punctuation
//! out, articles out, white space squeezed, in that order.

use super::whitespace::{lower, split};

/// The normalised tokens of an answer. A Chinese run without spaces is one token.
///
/// The articles go by the tool's `\b(a|an|the)\b`, which sees word boundaries inside what
/// white space would keep whole ("the—end" loses its article).
pub fn normalized_tokens(text: &str) -> Vec<String> {
    let stripped: String = lower(text)
        .chars()
        .filter(|c| !c.is_ascii_punctuation())
        .collect();
    split(&without_articles(&stripped))
        .map(str::to_owned)
        .collect()
}

fn without_articles(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut word = String::new();
    for c in text.chars() {
        if is_word(c) {
            word.push(c);
            continue;
        }
        flush(&mut out, &mut word);
        out.push(c);
    }
    flush(&mut out, &mut word);
    out
}

fn flush(out: &mut String, word: &mut String) {
    out.push_str(if matches!(word.as_str(), "a" | "an" | "the") {
        " "
    } else {
        word
    });
    word.clear();
}

/// Python's `\w` for str patterns: alphanumeric by Unicode (numeric characters included). The
/// underscore, also a word character, is gone with the punctuation by then.
fn is_word(c: char) -> bool {
    c.is_alphanumeric()
}

#[cfg(test)]
mod tests {
    use super::normalized_tokens;

    #[test]
    fn articles_and_punctuation_go() {
        assert_eq!(
            normalized_tokens("The U.S.A., an answer!"),
            ["usa", "answer"]
        );
        assert_eq!(normalized_tokens("你好，世界"), ["你好，世界"]);
        assert!(normalized_tokens("a the").is_empty());
    }
}
