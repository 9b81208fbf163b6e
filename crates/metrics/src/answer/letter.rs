//! A letter from A to J as an answer: read at a place of a text, and whether the words around it take it back. Texts
//! are plain, as `part::plain` makes them: full-width marks are ASCII.

use super::rules::is_match;
use assay_text::script::is_cjk;

/// Marks that may stand before a letter.
const OPENING: &str = "([{<\"'“‘「『【《$_#:-–—>→~=\\";
/// Marks that may stand after it.
const CLOSING: &str = ")]}>\"'”’」』】》$_~\\";

/// A letter that was read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Letter<'a> {
    /// As a capital.
    pub letter: char,
    /// Whether it is a capital in the text, or has brackets around it.
    pub is_plain: bool,
    /// What is after it and its closing marks.
    pub rest: &'a str,
}

/// The letter with which a text begins, after white space and opening marks; nothing where it is a part of a word, a
/// formula or a name, an article or a pronoun.
pub(super) fn letter_at(text: &str) -> Option<Letter<'_>> {
    let opened = text.trim_start_matches(is_opening);
    let letter = opened.chars().next()?;
    let capital = letter.to_ascii_uppercase();
    if !('A'..='J').contains(&capital) {
        return None;
    }
    let after = &opened[1..];
    if !stands_alone(letter, after) {
        return None;
    }
    let marks = &text[..text.len() - opened.len()];
    let is_enclosed = marks.ends_with(['(', '[']) && after.starts_with([')', ']']);
    Some(Letter {
        letter: capital,
        is_plain: letter.is_ascii_uppercase() || is_enclosed,
        rest: after.trim_start_matches(|c: char| CLOSING.contains(c)),
    })
}

/// White space, a mark, or a symbol such as a tick.
fn is_opening(c: char) -> bool {
    let is_symbol = !c.is_ascii() && !c.is_alphanumeric() && !"。、…·".contains(c);
    c.is_whitespace() || OPENING.contains(c) || is_symbol
}

/// Whether a letter with `after` after it is no part of something longer.
fn stands_alone(letter: char, after: &str) -> bool {
    let mut next = after.chars();
    let Some(first) = next.next() else {
        return true;
    };
    let (second, third) = (next.next(), next.next());
    let is_letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
    match first {
        '\n' | '\r' => true,
        c if c.is_whitespace() => goes_with(letter, after.trim_start()),
        // A.I., D.C.
        '.' => !(is_letter(second) && third == Some('.')),
        '\'' | '’' => second != Some('s'),
        // C-section, B-cell.
        '-' => !is_letter(second),
        '_' => !second.is_some_and(|c| c.is_alphanumeric() || c == '{'),
        '(' => letter.is_ascii_uppercase(),
        '<' => second == Some('/'),
        '#' => second == Some('#'),
        '+' | '=' | '^' | '@' => false,
        c => !c.is_alphanumeric() || is_cjk(c),
    }
}

/// Words that can follow the letter `a`, and not the article.
const AFTER_A: &str = r"(?i)^(?:because|since|as|is|was|due|for|and|or|which|not|rather|but)\b";
/// Words that can follow the letter `i`, and not the pronoun.
const AFTER_I: &str = r"(?i)^(?:because|since|due|or|which|rather)\b";

/// Whether a letter that white space parts from `word` is a letter there.
fn goes_with(letter: char, word: &str) -> bool {
    let is_word = word.starts_with(|c: char| c.is_alphanumeric() && !is_cjk(c));
    match letter {
        'a' => !is_word || is_match(AFTER_A, word),
        'i' | 'I' => !is_word || is_match(AFTER_I, word),
        _ => !word.starts_with(['=', '+', '^']),
    }
}

/// A second letter that is as good as the first: `A or B`, `A、B`, `A和C`, `A, B and C`, `A, B`.
const ANOTHER: &str = r"(?i)^\s*(?:(?:,?\s*(?:\bor\b|\band\b|/|&|、|或者?|和|与|及|以及|还是)\s*(?:(?:maybe|possibly|perhaps|also|even|option|choice|选项)\s*)?|,\s*(?:[(\[]?[A-J][)\]]?,?\s*)+(?:or|and)\s*)[(\[]*[A-J](?:[^\p{Alphabetic}\p{N}'’]|\p{Han}|$)|,\s*[(\[]?[A-J][)\]]?\s*(?:[.。,]|$))";
/// What makes that second letter the begin of a sentence of its own.
const OWN_SENTENCE: &str = r"(?i)^\s*(?:and|or|,|、|和|与|\s)+[(\[]*[A-J][)\]]*\s*(?:is|are|was|does|can|would|has|错|不|是|有|项)";

/// Whether a letter with this text after it is one of several that are named together.
pub(super) fn is_one_of_several(rest: &str) -> bool {
    is_match(ANOTHER, rest) && !is_match(OWN_SENTENCE, rest)
}

/// Words after a letter by which it is said to be wrong. The text of an option (`B. False`, `D cannot be told`) is
/// none of them.
const WRONG: &str = r"(?i)^(?:\s*(?:\([^()]*\)\s*)?(?:option\s+|choice\s+)?(?:is|are|was|would\s+be|must\s+be|looks?|seems?)\s+(?:clearly\s+|obviously\s+|also\s+|definitely\s+|simply\s+|the\s+|an?\s+)*(?:wrong|incorrect|false|invalid|eliminated|excluded|ruled\s+out|out\b|not\b)|\s*(?:isn|wasn|aren)['’]t|\s+(?:是|为)(?:错|误)|(?:选项|项)?(?:的?(?:说法|表述|描述|内容))?(?:是|为|也|都|均|明显|显然|肯定|就)*(?:错|不(?:正确|对|符|成立|恰当|准确)|有误|误|排除|无关|过于))";
/// More such words, where a letter was named and not given as the answer.
const DOUBTED: &str = r"(?i)^\s*(?:(?:can|could|do|does|did|would|will|must)\s*(?:not\b|n['’]t)|can['’]t|won['’]t|fails?\b|wrong\b|incorrect\b|(?:选项|项)?\s*(?:不|没有|错|误))";

/// Whether the text after a letter says that it is wrong.
pub(super) fn is_wrong(rest: &str) -> bool {
    is_match(WRONG, rest)
}

/// Whether the text after a letter says, or suggests, that it is wrong.
pub(super) fn is_doubted(rest: &str) -> bool {
    is_match(WRONG, rest) || is_match(DOUBTED, rest)
}

/// Words before a letter, or before the words that introduce it, by which it is not the answer.
const REFUSED: &str = r#"(?i)(?:\bnot|n['’]t|\bneither|\bnor|\bthan|\binstead\s+of|\bexcept(?:\s+for)?|\beliminat\w+|\bexclud\w+|\brul\w+\s+out|\breject\w*|\bdiscard\w*|\bunlike|\b(?:anything|everything|all|any)(?:\s+but)?|不|非|排除|除了?|去掉|[误错](?:选|认)|没|未|别|勿)\s*(?:(?:the|option|choice|answer|letter|be|会|能|应该?|可以?|要|为|是|选|选项|选择)\s*)*[(\[{'"“$【]*\s*$"#;
/// Marks that end a clause.
const CLAUSE: &[char] = &['.', '!', '?', ';', ',', '\n', '。'];
/// Marks that end a sentence.
const SENTENCE: &[char] = &['.', '!', '?', ';', '\n', '。'];

/// Whether a text ends in words that refuse what comes next.
pub(super) fn is_refused(before: &str) -> bool {
    is_match(REFUSED, clause(before))
}

/// The end of a text after the last mark that ends a clause.
pub(super) fn clause(text: &str) -> &str {
    after_last(CLAUSE, text)
}

/// The end of a text after the last mark that ends a sentence.
pub(super) fn sentence(text: &str) -> &str {
    after_last(SENTENCE, text)
}

fn after_last<'a>(marks: &[char], text: &'a str) -> &'a str {
    match text.rfind(marks) {
        Some(at) => text[at..].trim_start_matches(marks),
        None => text,
    }
}
