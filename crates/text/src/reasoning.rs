//! Reasoning that a model writes before its answer, in the marks of today's models.

use std::borrow::Cow;

/// Marks around reasoning that a text hardly has for another reason: the opening one and the closing one.
pub const BLOCKS: [(&str, &str); 10] = [
    // DeepSeek-R1, Qwen3, QwQ and most others.
    ("<think>", "</think>"),
    ("<thinking>", "</thinking>"),
    ("<thought>", "</thought>"),
    ("<reasoning>", "</reasoning>"),
    ("<reflection>", "</reflection>"),
    ("<思考>", "</思考>"),
    // Magistral.
    ("[THINK]", "[/THINK]"),
    // Kimi-VL-Thinking.
    ("◁think▷", "◁/think▷"),
    // Seed-OSS.
    ("<seed:think>", "</seed:think>"),
    // OpenThinker, Sky-T1.
    ("<|begin_of_thought|>", "<|end_of_thought|>"),
];

/// Marks around the answer itself, behind a reasoning block.
const ANSWERS: [(&str, &str); 2] = [
    ("<|begin_of_solution|>", "<|end_of_solution|>"),
    ("<answer>", "</answer>"),
];

/// The channels of the harmony format (gpt-oss).
const CHANNEL: &str = "<|channel|>";
const FINAL_CHANNEL: &str = "<|channel|>final";
const MESSAGE: &str = "<|message|>";

/// Whether a text looks as if it held reasoning; quick, and right in all but odd cases.
#[must_use]
pub fn is_marked(text: &str) -> bool {
    text.contains(CHANNEL)
        || BLOCKS
            .iter()
            .any(|(open, close)| text.contains(close) || text.trim_start().starts_with(open))
}

/// The text without its reasoning.
///
/// Blocks go wherever they stand. A closing mark alone ends reasoning that began before the output, as chat
/// templates write the opening one into the prompt. A block that opens a text and never ends was cut off: nothing
/// behind it is an answer.
#[must_use]
pub fn without_reasoning(text: &str) -> Cow<'_, str> {
    if !is_marked(text) {
        return Cow::Borrowed(text);
    }
    if text.contains(CHANNEL) {
        return Cow::Owned(final_channel(text).to_owned());
    }
    let mut rest = text.to_owned();
    for (open, close) in BLOCKS {
        rest = without_blocks(&rest, open, close);
    }
    let answer = rest.trim();
    for (open, close) in ANSWERS {
        let inside = answer.strip_prefix(open);
        if let Some(inside) = inside.map(|i| i.split(close).next().unwrap_or(i)) {
            return Cow::Owned(inside.trim().to_owned());
        }
    }
    Cow::Owned(answer.to_owned())
}

/// The text without blocks of one kind.
fn without_blocks(text: &str, open: &str, close: &str) -> String {
    let mut kept = String::new();
    let mut rest = text;
    while let Some(end) = rest.find(close) {
        match rest[..end].find(open) {
            Some(start) => kept.push_str(&rest[..start]),
            // All up to here was reasoning.
            None => kept.clear(),
        }
        rest = &rest[end + close.len()..];
    }
    let is_cut_off = kept.trim().is_empty() && rest.trim_start().starts_with(open);
    if !is_cut_off {
        kept.push_str(rest);
    }
    kept
}

/// The message of the last final channel; empty where there is none.
fn final_channel(text: &str) -> &str {
    let Some(at) = text.rfind(FINAL_CHANNEL) else {
        return "";
    };
    let channel = &text[at..];
    let message = channel
        .split_once(MESSAGE)
        .map_or("", |(_, message)| message);
    message.split("<|").next().unwrap_or(message).trim()
}

#[cfg(test)]
mod tests {
    use super::without_reasoning;

    #[test]
    fn reasoning_is_left_out_in_the_marks_of_todays_models() {
        for (text, answer) in [
            ("<think>\nTwo and two.\n</think>\n\nFour.", "Four."),
            ("Two and two make four.\n</think>\n\nFour.", "Four."),
            ("<think></think>Four.", "Four."),
            ("<think>a</think>Four <think>b</think>or so.", "Four or so."),
            ("<think>It goes on and on", ""),
            ("<think>a</think>\n<think>cut off", ""),
            ("[THINK]hm[/THINK]Four.", "Four."),
            ("◁think▷嗯◁/think▷四。", "四。"),
            ("<think>嗯，二加二</think>四。", "四。"),
            ("<思考>嗯，二加二</思考>四。", "四。"),
            (
                "<|begin_of_thought|>x<|end_of_thought|>\n<|begin_of_solution|>Four.<|end_of_solution|>",
                "Four.",
            ),
            ("<think>a</think><answer> Four. </answer>", "Four."),
            (
                "<|channel|>analysis<|message|>hm<|end|><|start|>assistant<|channel|>final<|message|>Four.<|return|>",
                "Four.",
            ),
            ("<|channel|>analysis<|message|>cut off", ""),
        ] {
            assert_eq!(without_reasoning(text), answer, "{text}");
        }
    }

    #[test]
    fn a_text_about_the_marks_stays() {
        for text in [
            "The tag <think> opens a block.",
            "Four.",
            "",
            "I <b>think</b> so.",
        ] {
            assert_eq!(without_reasoning(text), text);
        }
    }
}
