//! Words that introduce an answer, in English and Chinese, by how much they say: an answer that is stated, a
//! conclusion, an option that is called right, and an option that is named.

use super::letter::{
    Letter, clause, is_doubted, is_one_of_several, is_refused, is_wrong, letter_at, sentence,
};
use super::rules::{find_all, is_match};

/// How much the words before a letter say.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Cue {
    /// The answer is stated: `the answer is`, `故选`.
    Stated,
    /// Something is concluded: `so`, `it must be`, `因此是`.
    Concluded,
    /// An option is named: `option`, `选项`.
    Named,
}

/// Words that may stand between what introduces a letter and the letter.
const FILLERS: &str = r"(?i)^(?:\s|[:=>→,]|--+|[-–—]\s|(?:the|an?\s+option|option|choice|letter|answer|number|therefore|thus|hence|clearly|definitely|probably|likely|most\s+likely|indeed|actually|simply|obviously|certainly|of\s+course|then|still|be|following|correct|right|best|final|as|my)\b|选项|选择|应该|应当|应|是|为|字母)*";

/// Answers that are stated. What is between a noun and its verb stays within a sentence.
const STATED: &str = concat!(
    // The answer is, correct option:, the best choice for this patient would be
    r"(?i:(?:\b|_|final|correct|selected|chosen|predicted)(?:answers?|ans|choice|option|selection|pick|verdict|prediction|conclusion|(?:correct|right|best|true)\s+(?:one|statement|response|letter|alternative))\b(?:[^.!?;:\n。]{0,60}?\b(?:is|was|would\s+be|will\s+be|should\s+be|must\s+be|ha(?:s|ve)\s+to\s+be|can\s+only\s+be|seems\s+to\s+be|appears\s+to\s+be|remains)\b|[^.!?;:=\n。]{0,60}?[:=→]|[\]】)}>\x22'”’_#]*\s*(?:[-=]*>|[:=→]|[-–—]\s|\n|$)|[.\]】)}>]+\s))",
    // Keys of JSON
    r"|(?i:[\x22'](?:label|result|response|output|letter|solution|predicted|pred|key|结果|选择|选项)[\x22']\s*:)",
    // A:, ####
    r"|(?:^|\n)\s*A\s*:|####",
    // I would go with, choose
    r"|(?i:\b(?:I|we|I['’]d|I['’]ll|I['’]m|let['’]s|let\s+us|would|will|to|must|should|and|so|please|therefore|thus|hence)\s+(?:would\s+|will\s+|must\s+|have\s+to\s+|also\s+|then\s+)*(?:choose|chose|pick|picked|select|selected|going\s+with|go\s+with|went\s+with|go\s+for|opt(?:ed)?\s+for|vote\s+for|settle\s+on|answer|say|guess|mark)\b)",
    r"|(?i:^\s*(?:choose|pick|select|correct|right)\b)",
    // 不正确的是, 答案是, 正确选项为, 答：
    r"|(?:不正确|错误|不符合题意|不恰当|有误)的(?:一项|选项|说法)?(?:是|为|:)",
    r"|(?:答案\s*[0-9]*|正确的?(?:选项|选择|说法|一项|是|为)|最(?:佳|终|优|合适|恰当|符合题意)的?(?:选项|选择|答案|一项)?(?:是|为|:)|选择|选项?(?:应该是|应是|应为|是|为|:)|(?:^|[\n。;,\s])答\s*:|(?:结论|结果)(?:是|为|:))[\]】)}>\x22'”’」』]*\s*(?:应该|应当|应|就|只能|必须|显然|必然|可能|毫无疑问|很明显|当然)*(?:是|为|选择?|填|:)*|选",
);

/// Conclusions.
const CONCLUDED: &str = r"(?i)\b(?:it['’]s|that['’]s|so|thus|therefore|hence|then|leav(?:es|ing)(?:\s+us\s+with)?|is|are|be|equals|only|but|yes|ok|okay|probably|left\s+with|response|output|think|believe|guess|suspect|conclude|say|namely|actually|leaning\s+towards?|points?\s+to|corresponds\s+to|matches)\b|=>|→|⇒|∴|(?:所以|因此|故|而是|应该?是|应为|就是|即|得到?|得出|可得|则|那么|认为|觉得|是|为|填|对应)";

/// Options that are named.
const NAMED: &str = r"(?i)\b(?:options?|choice|answer|letter|alternative)\b|选项|选择|答案";

/// A letter that is called right.
const RIGHT: &str = r"(?:^|[^A-Za-z0-9'’-])[A-J](?:[)\]}.:\x22'”$]+\s*(?i:(?:\([^()]*\)\s*)?(?:is|was|are|must\s+be|would\s+be|should\s+be|seems|looks|appears(?:\s+to\s+be)?|remains|fits|works|makes)?)|\s+(?i:(?:\([^()]*\)\s*)?(?:is|was|are|must\s+be|would\s+be|should\s+be|seems|looks|appears(?:\s+to\s+be)?|remains|fits|works|makes)))\s*(?i:(?:the|most|only|clearly|therefore|thus|definitely|indeed|obviously|also|one\s+that\s+is|a)\s+)*(?i:correct|right|best|better|true|answer|appropriate|accurate|suitable|likely\s+answer|sense)\b|(?:^|[^A-Za-z0-9])[A-J][)\].:、]*\s*(?:选项|项|答案)?\s*(?:的?(?:说法|表述|描述|内容))?(?:才|是|为|最|更|完全|显然|明显|肯定|应该|的)*(?:正确|对(?:的|$|[。,;!\n])|符合|准确|合适|恰当|正解|没错|无误)";

/// Words before an answer by which somebody else gives it, or it holds only under some condition.
const HEDGED: &str = r"(?i)\b(?:might|may|could|some\s+(?:people|would|students|may|might)|one\s+might|at\s+first|initially|tempt\w+|unless|suppose|assum\w+|if|a\s+common\s+(?:mistake|error))\b|如果|若|假如|倘若|有人|有的人|乍看|看似|误以为|容易|假设|要是";
/// Words by which an answer is not given.
const NOT_GIVEN: &str = r"(?i)(?:\b(?:do|does|did|would|will|can|could)\s*n(?:['’]|o)t|\bcannot|\bcan['’]t|\bwon['’]t|\bnever|\bnot)\s+(?:think|believe|say|choose|pick|select|go|mean|true\s+that|that|agree|conclude|sure)\b[^,;.!?]{0,40}$|不(?:认为|觉得|能说|代表|意味着)[^,;。]{0,12}$";

/// Names of lists, which introduce all options.
const LISTS: &str = r"(?i)\b(?:choices|options|answers\s+are)\b";

/// Words that hold a letter themselves, as in `option B: A dog`: it is named, and what comes next is its text.
const HOLDS_LETTER: &str = r"[^A-Za-z0-9'’][A-HJ](?:[^A-Za-z0-9'’]*$|[^A-Za-z0-9'’:]+[a-z])";

/// The last letter after words of this kind. One under a condition counts only if there is no other.
pub(super) fn last(cue: Cue, text: &str) -> Option<char> {
    let pattern = match cue {
        Cue::Stated => STATED,
        Cue::Concluded => CONCLUDED,
        Cue::Named => NAMED,
    };
    let (mut firm, mut hedged) = (None, None);
    for range in find_all(pattern, text) {
        let words = &text[range.clone()];
        if is_match(LISTS, words) || is_match(HOLDS_LETTER, words) {
            continue;
        }
        let Some(letter) = after_fillers(&text[range.end..]) else {
            continue;
        };
        if !is_given(cue, &letter, text, range.start) {
            continue;
        }
        match is_match(HEDGED, sentence(&text[..range.start])) {
            true => hedged = Some(letter.letter),
            false => firm = Some(letter.letter),
        }
    }
    firm.or(hedged)
}

/// The letter at the begin of a text, after words that add nothing.
fn after_fillers(text: &str) -> Option<Letter<'_>> {
    letter_at(text).or_else(|| {
        let fillers = find_all(FILLERS, text);
        letter_at(&text[fillers.first()?.end..])
    })
}

/// Whether a letter is given as the answer by the words from `start` on.
fn is_given(cue: Cue, letter: &Letter<'_>, text: &str, start: usize) -> bool {
    let before = &text[..text.len() - letter.rest.len()];
    let before = before.trim_end_matches(|c: char| !c.is_alphanumeric());
    let before = &before[..before.len() - 1];
    let is_taken_back = match cue {
        Cue::Stated => is_wrong(letter.rest),
        Cue::Concluded | Cue::Named => is_doubted(letter.rest),
    };
    let is_plain = cue == Cue::Stated || letter.is_plain;
    is_plain
        && !is_taken_back
        && !is_one_of_several(letter.rest)
        && !is_refused(&text[..start])
        && !is_refused(before)
        && !is_match(NOT_GIVEN, clause(&text[..start]))
}

/// Another letter before one that is called right, so that both are.
const ANOTHER_BEFORE: &str =
    r"[A-J][)\]]*\s*(?:,?\s*\band\b|,?\s*\bor\b|&|/|和|与|及|、)\s*[(\[]*$";

/// The only letter that is called right; nothing where several are.
pub(super) fn called_right(text: &str) -> Option<char> {
    let letters = find_all(RIGHT, text).into_iter().filter_map(|range| {
        let found = &text[range.clone()];
        let at = found.find(|c: char| c.is_ascii_alphanumeric())?;
        let before = &text[..range.start + at];
        let is_own = !is_refused(before) && !is_match(ANOTHER_BEFORE, before);
        let letter = found[at..].chars().next()?.to_ascii_uppercase();
        is_own.then_some(letter)
    });
    let letters: Vec<char> = letters.collect();
    let first = *letters.first()?;
    letters.iter().all(|l| *l == first).then_some(first)
}
