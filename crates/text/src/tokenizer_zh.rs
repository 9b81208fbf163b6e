//! Chinese tokenisation as sacreBLEU 2.6.0 does it: characters in a list of ranges stand alone,
//! what remains goes through the substitutions of 13a without padding. Two entries of the tool's
//! list are five hex digits after a four-digit escape and so mean other ranges than intended
//! (U+2001 to U+2A6D instead of Extension B); they are kept, for equality.

use super::tokenizer_13a::split_punctuation;
use super::whitespace::trim;

/// The tokens of `line`, one space between them.
pub fn tokenize(line: &str) -> String {
    let line = trim(line);
    let mut out = String::with_capacity(line.len() * 2);
    for c in line.chars() {
        if is_chinese(c) {
            out.extend([' ', c, ' ']);
        } else {
            out.push(c);
        }
    }
    split_punctuation(&out)
}

/// Whether sacreBLEU's zh tokeniser sets this character apart.
pub fn is_chinese(c: char) -> bool {
    matches!(
        c,
        '\u{3400}'..='\u{4db5}'
            | '\u{4e00}'..='\u{9fa5}'
            | '\u{9fa6}'..='\u{9fbb}'
            | '\u{f900}'..='\u{fa2d}'
            | '\u{fa30}'..='\u{fa6a}'
            | '\u{fa70}'..='\u{fad9}'
            | '\u{2001}'..='\u{2a6d}'
            | '\u{2f81}'..='\u{2fa1}'
            | '\u{ff00}'..='\u{ffef}'
            | '\u{2e80}'..='\u{2eff}'
            | '\u{3000}'..='\u{303f}'
            | '\u{31c0}'..='\u{31ef}'
            | '\u{2f00}'..='\u{2fdf}'
            | '\u{2ff0}'..='\u{2fff}'
            | '\u{3100}'..='\u{312f}'
            | '\u{31a0}'..='\u{31bf}'
            | '\u{fe10}'..='\u{fe1f}'
            | '\u{fe30}'..='\u{fe4f}'
            | '\u{3200}'..='\u{32ff}'
            | '\u{3300}'..='\u{33ff}'
    )
}

#[cfg(test)]
mod tests {
    use super::tokenize;

    #[test]
    fn han_characters_are_single_tokens_and_latin_words_stay_whole() {
        assert_eq!(tokenize("我用GPT-4写的。"), "我 用 GPT-4 写 的 。");
    }
}
