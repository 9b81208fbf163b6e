//! TER's preprocessing as sacreBLEU 2.6.0's `TercomTokenizer` does it, slips included: what it calls
//! enclosed letters goes from U+3200 to U+3F22, and its rules for kana want a string that begins with
//! one, which no string does that was normalised first, so that they never apply.

use super::tokenizer_13a::{split_marks, split_stops};
use super::whitespace::{lower, squeeze, trim_end};

/// How TER splits a text into tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct TerTokenizer {
    /// Whether punctuation is split off and XML's escapes are read.
    pub normalized: bool,
    /// Whether punctuation is removed.
    pub no_punct: bool,
    /// Whether the two above know Chinese and Japanese characters too.
    pub asian_support: bool,
    /// Whether case counts.
    pub case_sensitive: bool,
}

impl TerTokenizer {
    /// The tokenised line: tokens apart by one space.
    pub fn tokenize(&self, line: &str) -> String {
        let mut text = trim_end(line).to_owned();
        if !self.case_sensitive {
            text = lower(&text);
        }
        if self.normalized && !text.is_empty() {
            text = normalize(&text);
            if self.asian_support {
                text = asian_apart(&text);
            }
        }
        if self.no_punct {
            text.retain(|c| !".,?:;!\"()".contains(c));
            if self.asian_support {
                text.retain(|c| !is_asian_punctuation(c));
            }
        }
        squeeze(&text)
    }
}

/// The general and Western part: 13a's substitutions, with the genitive's s between the first and the others.
fn normalize(text: &str) -> String {
    let text = text.replace("\n-", "").replace('\n', " ");
    let text = text.replace("&quot;", "\"").replace("&amp;", "&");
    let text = text.replace("&lt;", "<").replace("&gt;", ">");
    let text = split_marks(&format!(" {text} "));
    split_stops(&text.replace("'s ", " 's "))
}

/// A space before and after each Asian character.
fn asian_apart(text: &str) -> String {
    let mut out = String::with_capacity(2 * text.len());
    for c in text.chars() {
        if is_asian(c) {
            out.extend([' ', c, ' ']);
        } else {
            out.push(c);
        }
    }
    out
}

fn is_asian(c: char) -> bool {
    matches!(
        c,
        '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{31c0}'..='\u{31ef}'
            | '\u{2e80}'..='\u{2eff}' | '\u{3300}'..='\u{33ff}' | '\u{f900}'..='\u{faff}'
            | '\u{fe30}'..='\u{fe4f}' | '\u{3200}'..='\u{3f22}'
    ) || is_asian_punctuation(c)
}

fn is_asian_punctuation(c: char) -> bool {
    matches!(
        c,
        '\u{3001}' | '\u{3002}' | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301f}'
            | '\u{ff61}'..='\u{ff65}' | '\u{30fb}' | '\u{ff0e}' | '\u{ff0c}' | '\u{ff1f}'
            | '\u{ff1a}' | '\u{ff1b}' | '\u{ff01}' | '\u{ff02}' | '\u{ff08}' | '\u{ff09}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimal_points_stay_and_other_punctuation_splits_off() {
        let usual = TerTokenizer::default();
        assert_eq!(usual.tokenize("Hello,  World. \n"), "hello, world.");
        let normal = TerTokenizer {
            normalized: true,
            ..usual
        };
        assert_eq!(
            normal.tokenize("It's 3.5, a-b 4-5 &quot;x&quot;.."),
            "it 's 3.5 , a-b 4 - 5 \" x \" . ."
        );
        let asian = TerTokenizer {
            asian_support: true,
            no_punct: true,
            ..normal
        };
        assert_eq!(asian.tokenize("你好，GPT。かな"), "你 好 gpt かな");
    }
}
