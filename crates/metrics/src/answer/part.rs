//! The part of an output that is its answer, without the reasoning before it, and as plain characters: what every
//! rule looks at.

use super::rules::{find_all, replace_all};
use assay_text::reasoning::BLOCKS;

/// Beginnings and ends of reasoning beside those of all texts: of gpt-oss, and of Granite, whose words may stand in
/// other texts too.
const OTHER_BLOCKS: [(&str, &str); 2] = [
    (
        "<|channel|>analysis<|message|>",
        "<|channel|>final<|message|>",
    ),
    ("Here is my thought process:", "Here is my response:"),
];

/// The text after the last block of reasoning. A block may lack its beginning, which chat templates often hold; of
/// one that never ends, as when the output was cut off, nothing is left but what stands before it.
pub(super) fn answer_part(text: &str) -> &str {
    let mut text = text;
    for (begin, end) in BLOCKS.into_iter().chain(OTHER_BLOCKS) {
        if let Some((_, after)) = text.rsplit_once(end) {
            text = after;
        }
        if let Some((before, _)) = text.split_once(begin) {
            text = before;
        }
    }
    text
}

/// Commands of LaTeX that set type and nothing else.
const TYPE_COMMANDS: &str = r"\\(?:text(?:bf|it|rm|sf|tt|normal)?|math(?:bf|rm|it|sf|tt|bb|normal)|boldsymbol|bf|rm|bm|mbox|displaystyle|left|right|Large|large|huge)\b\s*";
/// Marks of Markdown and HTML that set type and nothing else, and tokens with which a turn ends.
const MARKS: &str = r"(?i)\*+|`+|~~|</?(?:b|strong|i|em|u|p|span|div|center)(?:\s[^<>]*)?>|<br\s*/?>|</?s>|<eos>|<end_of_turn>|<\|[a-z0-9_]+\|>";

/// The text with full-width and circled characters as plain ones, and without LaTeX's commands for type.
pub(super) fn narrow(text: &str) -> String {
    let narrow = |c: char| {
        let code = match c {
            '\u{ff01}'..='\u{ff5e}' => c as u32 - 0xfee0,
            'Ⓐ'..='Ⓩ' => c as u32 - 'Ⓐ' as u32 + 'A' as u32,
            'ⓐ'..='ⓩ' => c as u32 - 'ⓐ' as u32 + 'a' as u32,
            '\u{3000}' | '\u{a0}' => ' ' as u32,
            _ => c as u32,
        };
        char::from_u32(code).unwrap_or(c)
    };
    let text: String = text.chars().map(narrow).collect();
    replace_all(TYPE_COMMANDS, &text, "")
}

/// The text as [`narrow`] has it, and without marks for bold and other type.
pub(super) fn plain(text: &str) -> String {
    replace_all(MARKS, &narrow(text), "")
}

/// Another question after the answer, which base models write when nothing stops them.
const NEXT_QUESTION: &str = r"\n\s*(?:Question|Q|Problem|问题|题目|问)\s*\d*\s*[:.：]";

/// The text before another question of the model's own; nothing where there is none, or it comes first.
pub(super) fn before_next_question(text: &str) -> Option<&str> {
    let next = find_all(NEXT_QUESTION, text).into_iter().next()?;
    let before = &text[..next.start];
    (!before.trim().is_empty()).then_some(before)
}

/// What stands between `<answer>` and `</answer>`, the last where there are several; the end may be missing.
pub(super) fn tagged(text: &str) -> Option<&str> {
    let tags = [
        ("<answer>", "</answer>"),
        ("<|begin_of_solution|>", "<|end_of_solution|>"),
    ];
    tags.into_iter().find_map(|(begin, end)| {
        let (_, after) = text.rsplit_once(begin)?;
        Some(after.split_once(end).map_or(after, |(inside, _)| inside))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasoning_is_no_part_of_the_answer() {
        for (text, answer) in [
            ("<think>B? No.</think>\n\nA", "\n\nA"),
            ("B? No.</think>A", "A"),
            ("<think>B, I thi", ""),
            ("first <think>x</think> then", " then"),
            ("[THINK]x[/THINK]y", "y"),
            (
                "<|channel|>analysis<|message|>B<|end|><|start|>assistant<|channel|>final<|message|>C",
                "C",
            ),
            ("no such thing", "no such thing"),
        ] {
            assert_eq!(answer_part(text), answer, "{text}");
        }
    }

    #[test]
    fn type_is_set_aside() {
        assert_eq!(plain(r"**Answer: \textbf{(Ｄ)}**"), "Answer: {(D)}");
        assert_eq!(plain("<b>Ⓑ</b>１２"), "B12");
        assert_eq!(tagged("x <answer>B</answer> y"), Some("B"));
    }
}
