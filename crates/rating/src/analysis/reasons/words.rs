//! The words of a reason, as phrases and searches see them: in lower case, each Chinese or Japanese character a word of
//! its own, with breaks where a sentence or a part of one ends.

use assay_text::script::is_cjk;

/// What stands for the end of a sentence or of a part of one; no word is empty.
pub(super) const BREAK: &str = "";

/// Words that a phrase neither begins nor ends with: those that only join others, and what judges call the outputs.
const JOINING: &str = "a an the this that these those it its they them their he she his her i my we our you your and or but nor \
    so if then than as of in on at to for from by with about into over under between through while although \
    though because since which who whom whose what when where how there here is are was were be been being am \
    do does did has have had having will would can could should may might must shall both each other some any \
    also just very such only own same however therefore thus overall s t b c 1 2 assistant assistants \
    response responses answer answers output outputs model models first second one two user question provides \
    provided gives given rating score verdict final e g";
/// The same in Chinese, a character each.
const JOINING_HAN: &str = "的了是在和与及或而但也就都很更比较被把对于从到为以之其这那此该它他她我你们个一两有没不会能可要所因如若则且并还又再给让使向由至等第吗呢吧啊中上下里后前出来去用做说着过地得将已经者自即";

/// Whether a phrase may neither begin nor end with a word.
pub(super) fn is_joining(word: &str) -> bool {
    let mut characters = word.chars();
    match (characters.next(), characters.next()) {
        (Some(c), None) if is_cjk(c) => JOINING_HAN.contains(c),
        (Some(c), None) if !c.is_alphanumeric() => true,
        _ => {
            JOINING.split(' ').any(|known| known == word)
                || word.bytes().all(|b| b.is_ascii_digit())
        }
    }
}

/// Whether a word is a Chinese, Japanese or Korean character, which says little alone.
pub(super) fn is_character(word: &str) -> bool {
    let mut characters = word.chars();
    let first = characters.next().is_some_and(is_cjk);
    first && characters.next().is_none()
}

/// The words of a text that is in lower case already, at most `most` of them, with breaks between.
pub(super) fn words(lower: &str, most: usize) -> Vec<&str> {
    let mut found: Vec<&str> = Vec::new();
    let mut start = None;
    for (at, c) in lower.char_indices() {
        if found.len() >= most {
            return found;
        }
        let is_letter = c.is_alphanumeric() && !is_cjk(c);
        if is_letter || is_inside(c, &lower[at + c.len_utf8()..], start.is_some()) {
            start = start.or(Some(at));
            continue;
        }
        if let Some(from) = start.take() {
            found.push(without_ending(&lower[from..at]));
        }
        if is_cjk(c) {
            found.push(&lower[at..at + c.len_utf8()]);
        } else if ends_part(c) && found.last().is_some_and(|last| *last != BREAK) {
            found.push(BREAK);
        }
    }
    if let Some(from) = start {
        found.push(without_ending(&lower[from..]));
    }
    found
}

/// Whether a mark is part of the word around it: `doesn't`, `well-known`, `3.5`.
fn is_inside(c: char, rest: &str, within: bool) -> bool {
    let next = rest.chars().next();
    let letter = next.is_some_and(|n| n.is_alphanumeric() && !is_cjk(n));
    let digit = next.is_some_and(|n| n.is_ascii_digit());
    within
        && match c {
            '\'' | '’' | '-' | '_' => letter,
            '.' | ',' => digit,
            _ => false,
        }
}

/// A word without the ending of a possessive.
fn without_ending(word: &str) -> &str {
    let short = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s"));
    short.unwrap_or(word)
}

fn ends_part(c: char) -> bool {
    matches!(
        c,
        '.' | ','
            | ';'
            | ':'
            | '!'
            | '?'
            | '('
            | ')'
            | '['
            | ']'
            | '{'
            | '}'
            | '\n'
            | '。'
            | '，'
            | '、'
            | '；'
            | '：'
            | '！'
            | '？'
            | '（'
            | '）'
            | '“'
            | '”'
            | '"'
            | '《'
            | '》'
            | '「'
            | '」'
            | '…'
            | '—'
    )
}

/// Words of a phrase as they are written: with spaces, but between Chinese characters.
pub(super) fn written(words: &[&str]) -> String {
    let mut out = String::new();
    let mut after_character = true;
    for word in words {
        let character = is_character(word);
        let joined = character && after_character;
        if !out.is_empty() && !joined {
            out.push(' ');
        }
        out.push_str(word);
        after_character = character;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_letters_and_single_chinese_characters_with_breaks_between_parts() {
        let found = words("the model's answer doesn't cite 3.5, sadly.", 99);
        assert_eq!(
            found,
            [
                "the", "model", "answer", "doesn't", "cite", "3.5", BREAK, "sadly", BREAK
            ]
        );
        assert_eq!(
            words("回答a更详细。好", 99),
            ["回", "答", "a", "更", "详", "细", BREAK, "好"]
        );
        assert_eq!(words("**more** _detailed_", 99), ["more", "detailed"]);
        assert_eq!(words("a b c", 2), ["a", "b"]);
        assert!(words(" .. \u{200b}", 9).is_empty());
    }

    #[test]
    fn phrases_are_written_as_their_language_writes_them() {
        assert_eq!(written(&["more", "detailed"]), "more detailed");
        assert_eq!(written(&["更", "详", "细"]), "更详细");
        assert_eq!(written(&["用", "python", "写"]), "用 python 写");
    }

    #[test]
    fn joining_words_are_those_that_say_nothing_alone() {
        for word in ["the", "assistant", "a", "12", "的", "更"] {
            assert!(is_joining(word), "{word}");
        }
        for word in ["detailed", "not", "细", "3.5", "more"] {
            assert!(!is_joining(word), "{word}");
        }
    }
}
