//! The letter that a text chooses.

use super::boxed::boxes;
use super::letter::{is_doubted, is_one_of_several, is_refused, is_wrong, letter_at};
use super::part::{answer_part, before_next_question, plain, tagged};
use super::rules::{find_all, is_match};
use super::statements::{Cue, called_right, last};
use std::ops::Range;

/// The letter from A to J that a text chooses, as a capital; nothing where it chooses none, or several. Reasoning
/// within `<think>` and the like is not looked at. What decides, the first that is found:
///
/// 1. `\boxed{…}`, the last that holds a letter; `<answer>…</answer>`
/// 2. a first line, or else a last line, that is a letter alone
/// 3. the last statement: `the answer is B`, `Answer: (B)`, `{"answer": "B"}`, `I would pick B`, `答案：B`, `故选B`. A
///    statement that is refused (`not B`, `不选B`), or taken back (`B is wrong`), is none
/// 4. a letter with a mark at the begin: `B) Paris`
/// 5. the only letter that is called right: `B is correct`, `B项正确`
/// 6. the last conclusion: `so B`, `it must be B`, `而是B`
/// 7. the last option that is named: `option B`
/// 8. the last letter in parentheses
///
/// Where a text corrects itself (`wait`, `更正`) and goes on to choose, what comes after counts. A small letter needs a
/// mark after it where it can be a word, as in `the answer is a guess`.
pub fn chosen(text: &str) -> Option<char> {
    let text = answer_part(text);
    let own = before_next_question(text).and_then(in_answer);
    own.or_else(|| in_answer(text))
}

fn in_answer(text: &str) -> Option<char> {
    let boxed = || boxes(text).into_iter().find_map(in_box);
    let tag = || tagged(text).and_then(|inside| in_text(&plain(inside)));
    boxed().or_else(tag).or_else(|| in_text(&plain(text)))
}

/// The letter in a box: alone, or with its option's text.
fn in_box(inside: &str) -> Option<char> {
    let text = plain(inside).replace(['{', '}', '$', '~', '\\'], " ");
    let text = text.trim();
    alone(text)
        .or_else(|| last(Cue::Stated, text))
        .or_else(|| leading(text))
        .or_else(|| last(Cue::Named, text))
        .or_else(|| spaced(text))
}

/// A capital before other words, where it can't be one: in a box, articles and pronouns are none either.
fn spaced(text: &str) -> Option<char> {
    let found = letter_at(text)?;
    let is_apart = found.is_plain && found.rest.starts_with("  ");
    (is_apart && !is_one_of_several(found.rest)).then_some(found.letter)
}

fn in_text(text: &str) -> Option<char> {
    corrected(text)
        .or_else(|| line(text))
        .or_else(|| last(Cue::Stated, text))
        .or_else(|| leading(text))
        .or_else(|| called_right(text))
        .or_else(|| last(Cue::Concluded, text))
        .or_else(|| last(Cue::Named, text))
        .or_else(|| enclosed(text))
}

/// Words by which a text corrects itself.
const CORRECTION: &str = r"(?i)\b(?:wait|correction|scratch\s+that|on\s+second\s+thou?ghts?|let\s+me\s+(?:re|double)\S*|actually,?\s+no|sorry)\b|更正|等等|等一下|重新(?:考虑|检查|分析|审题)";

fn corrected(text: &str) -> Option<char> {
    let ends = find_all(CORRECTION, text).into_iter().rev().map(|r| r.end);
    let mut after = ends.map(|end| &text[end..]);
    after.find_map(|after| {
        line(after)
            .or_else(|| last(Cue::Stated, after))
            .or_else(|| last(Cue::Concluded, after))
    })
}

/// A text that is a letter and marks; `A:` is the label of an answer.
fn alone(text: &str) -> Option<char> {
    let found = letter_at(text)?;
    let is_mark = |c: char| !c.is_alphanumeric();
    let is_label = found.rest.starts_with(':');
    (!is_label && found.rest.chars().all(is_mark)).then_some(found.letter)
}

/// The letter that is alone on the first line, or else on the last.
fn line(text: &str) -> Option<char> {
    let mut lines = text.lines().map(str::trim).filter(|l| !l.is_empty());
    let (first, end) = (lines.next()?, lines.next_back());
    unnumbered(first).or_else(|| unnumbered(end?))
}

/// A line that is a letter, perhaps after the question's number: `1. B`.
fn unnumbered(line: &str) -> Option<char> {
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let number = line.len() - rest.len();
    match rest
        .strip_prefix(['.', ')', '、', ':'])
        .filter(|_| number > 0)
    {
        Some(rest) => alone(rest),
        None => alone(line),
    }
}

/// Words that may follow a letter with which a text begins, where no mark does.
const AFTER_LEADING: &str = r"(?i)^(?:\s*[)\].:,、。;!—–(]|\s+[-–—]|\s*$|\s*[\n\t]|[ ]+\p{Han}|\s+(?:because|since|due|as|for|only|it\s+is)\b|\s*(?:选项|项|因为|理由))";
/// The second option of a list on a line of its own.
const SECOND_OPTION: &str = r"(?m)^\s*[(\[]?B\s*[)\].:、]";

/// The letter with which a text begins, with a mark or its reason after it. The first of a list of all options is
/// none.
fn leading(text: &str) -> Option<char> {
    let start = text.trim_start();
    let found = letter_at(start)?;
    let marked = &start[start.find(|c: char| c.is_ascii_alphabetic())? + 1..];
    let is_list = found.letter == 'A' && is_match(SECOND_OPTION, text);
    let is_refused = is_wrong(found.rest) || is_one_of_several(found.rest);
    let is_answer = is_match(AFTER_LEADING, marked) && !is_list && !is_refused;
    is_answer.then_some(found.letter)
}

/// A letter in parentheses, a capital or a small one.
const ENCLOSED: &str = r"\(\s*[A-Ja-j]\s*\)";

/// The last letter in parentheses that is not refused.
fn enclosed(text: &str) -> Option<char> {
    let read = |range: Range<usize>| {
        let before = &text[..range.start];
        let is_call = before.ends_with(|c: char| c.is_ascii_alphanumeric());
        let found = letter_at(&text[range.start..])?;
        let is_own = !is_call && !is_refused(before) && !is_doubted(found.rest);
        is_own.then_some(found.letter)
    };
    find_all(ENCLOSED, text).into_iter().rev().find_map(read)
}

#[cfg(test)]
mod tests {
    use super::chosen;

    /// Texts that choose B.
    const B: &[&str] = &[
        "B",
        "b",
        "Ｂ",
        "Ⓑ",
        "(b)",
        "[B]",
        "B.",
        "B. Paris",
        "B) because A is not",
        "B)Paris",
        "B: Paris",
        "B — a safe choice",
        "B because it is the capital",
        "B (Paris)",
        "**B**",
        "**B) Paris**",
        "`B`",
        "\"B\"",
        "$\\text{B}$",
        "B\n\nExplanation: option A is wrong, and so is C.",
        "Let us see. A is too small, C too large.\n\nB",
        "The answer is B.",
        "the answer is b.",
        "The answer is b because of this",
        "The answer is (b).",
        "The answer is: B",
        "The answer is, of course, B.",
        "The answer is option B",
        "The answer is therefore (B): it is larger.",
        "The correct answer is option (B), Paris.",
        "the correct choice is option (B)",
        "The correct option is **B**.",
        "The correct answer to this question is B",
        "The answer that fits best here is B.",
        "The answer would be B",
        "The best answer among the options is B.",
        "The answer is B. False",
        "The answer is B, not A.",
        "The answer is B. Not A, since it moves.",
        "The answer is B (A is a common mistake).",
        "Answer: B",
        "Answer: **(B)**",
        "**Answer:** B",
        "ANSWER - B",
        "Ans: b",
        "Answer -> B",
        "Answer\nB",
        "Answer B",
        "Final answer: B. Cannot be determined",
        "Correct option: (B) Paris, not (A) Lyon.",
        "Correct: B",
        "Final answer: \\boxed{\\textbf{(B)}}",
        "The final answer is $\\boxed{B}$. I hope it is correct.",
        "\\boxed{B}",
        "\\boxed{\\text{B}}",
        "\\boxed{\\text{(B) } 5}",
        "\\boxed{B. 5\\text{ m}}",
        "\\boxed{答案：B}",
        "\\fbox{B}",
        "\u{8}oxed{B}",
        "First \\boxed{A}, but on a closer look \\boxed{B}",
        "We have \\boxed{E = mc^2}, so the answer is B",
        "#### B",
        "<answer>B</answer>",
        "<think>The answer is A.</think>\nB",
        "The answer is A?</think>The answer is B.",
        "{\"answer\": \"B\"}",
        "```json\n{\"final_answer\": \"B\", \"why\": \"A is wrong\"}\n```",
        "{'choice': 'B'}",
        "{\"reason\": \"The answer is not A\", \"label\": \"(B)\"}",
        "I think A is wrong. Answer: (B)",
        "I choose B",
        "I would pick B — it is safe.",
        "I'd go with (B).",
        "I'll select option B.",
        "My answer: B",
        "So we choose B.",
        "It must be Paris (B)",
        "Yes, B.",
        "✅ B",
        "B<|im_end|>",
        "B</s>",
        "1. B",
        "Eliminating A, C and D, we are left with B.",
        "Between A and B, B is better.",
        "It's B.",
        "The answer is not A. It is B.",
        "It is not A but B is correct.",
        "Option B is correct",
        "Option A is incorrect. Option B is the right one.",
        "B is correct because it moves.",
        "(B) is the correct answer.",
        "B is the best choice.",
        "A is wrong, C is wrong, so B",
        "A is wrong, C cannot be, D neither. Therefore B is right.",
        "A) is wrong, B) is right",
        "A doesn't fit. Hence (B).",
        "That leaves B.",
        "Neither A nor C can be. So it must be B.",
        "option B",
        "The answer is A. Wait, that is not so: it is B.",
        "The answer is A... wait, actually B.",
        "I'm leaning towards B",
        "答案：B",
        "答案: **B**",
        "答案是B",
        "答案是 B 选项",
        "答案为B项",
        "答案应该是 B。",
        "正确答案是：\nB. 光合作用",
        "【答案】B",
        "【答案】：B",
        "答：B",
        "选B",
        "选b",
        "故选B。",
        "故选：B",
        "因此，应选 B 项。",
        "本题选B项。A、C、D三项均错误。",
        "应该选B，因为",
        "我选择B",
        "我会选 (B)",
        "我认为正确选项为（B），而不是（D）。",
        "正确的是B",
        "不正确的是B",
        "选项B正确",
        "选项A错误，选项B正确，选项D错误。",
        "B项正确，A项错误。",
        "A错C错D错B对",
        "B. 因为光合作用",
        "B、光合作用",
        "B 光合作用",
        "A和C都不对，选B",
        "因为A不符合题意，C过于绝对，所以答案是B。",
        "不选A，选B",
        "不是A，而是B",
        "综上所述，答案选B",
        "所以是B",
        "最终答案：（B）",
        "有人会选A，但正确答案是B。",
        "答案是B没错",
        "答案是B不是A",
        "B\n\nQuestion: and the next?\nA. x\nB. y\nAnswer: C",
    ];

    /// Texts that choose nothing, or several.
    const NOTHING: &[&str] = &[
        "",
        "A cat sat there",
        "A plane flies faster than a car.",
        "The answer is a cat",
        "The answer is a guess",
        "choice a bit hard",
        "answer: bad",
        "none of them",
        "None of the above is right",
        "I think it is Paris",
        "B or maybe C",
        "The answer is B or C",
        "A and B are correct",
        "答案是B和C",
        "选A、B",
        "The answer is not B.",
        "不选B",
        "The answer is vitamin B-complex",
        "A. Paris\nB. London\nC. Rome\nD. Berlin",
        "\\boxed{42}",
        "<think>The answer is B.",
    ];

    #[test]
    fn a_chosen_letter_is_found_in_english_and_chinese_phrasings() {
        let missed = B.iter().filter(|text| chosen(text) != Some('B'));
        let missed: Vec<_> = missed.map(|text| (text, chosen(text))).collect();
        assert!(missed.is_empty(), "{missed:#?}");
    }

    #[test]
    fn words_that_choose_nothing_or_several_letters_are_no_choice() {
        let found = NOTHING.iter().filter(|text| chosen(text).is_some());
        let found: Vec<_> = found.map(|text| (text, chosen(text))).collect();
        assert!(found.is_empty(), "{found:#?}");
    }
}
