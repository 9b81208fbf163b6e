//! Which writing system a text is in, counted in characters; what the page asks before it offers
//! a tokeniser.

/// The writing systems whose words are not apart by spaces, and all others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Script {
    /// Mostly Han characters without kana: Chinese.
    Chinese,
    /// Kana among Han characters: Japanese.
    Japanese,
    /// Hangul.
    Korean,
    /// Anything else.
    SpaceSeparated,
}

/// Whether `c` is a Han character, kana, or Hangul.
pub fn is_cjk(c: char) -> bool {
    is_han(c) || is_kana(c) || is_hangul(c)
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

fn is_kana(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{ff66}'..='\u{ff9d}')
}

fn is_hangul(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11ff}' | '\u{3130}'..='\u{318f}' | '\u{ac00}'..='\u{d7af}')
}

/// The writing system of the greater part of the letters in `texts`: CJK when those characters
/// are at least a third of all letters, since one of them carries about as much as a short word.
pub fn dominant<'a>(texts: impl IntoIterator<Item = &'a str>) -> Script {
    let (mut han, mut kana, mut hangul, mut other) = (0usize, 0usize, 0usize, 0usize);
    for c in texts.into_iter().flat_map(str::chars) {
        if is_han(c) {
            han += 1;
        } else if is_kana(c) {
            kana += 1;
        } else if is_hangul(c) {
            hangul += 1;
        } else if c.is_alphabetic() {
            other += 1;
        }
    }
    let cjk = han + kana + hangul;
    if cjk == 0 || cjk * 2 < other {
        Script::SpaceSeparated
    } else if hangul * 2 > cjk {
        Script::Korean
    } else if kana * 10 > cjk {
        Script::Japanese
    } else {
        Script::Chinese
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_are_told_apart() {
        assert_eq!(dominant(["今天天气很好，我用GPT写信。"]), Script::Chinese);
        assert_eq!(dominant(["今日はいい天気です。"]), Script::Japanese);
        assert_eq!(dominant(["오늘 날씨가 좋아요"]), Script::Korean);
        assert_eq!(
            dominant(["The character 好 means good"]),
            Script::SpaceSeparated
        );
        assert_eq!(dominant([""]), Script::SpaceSeparated);
    }
}
