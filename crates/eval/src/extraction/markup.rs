//! Parts of an output that are marked as such: code blocks, boxed answers, fields of JSON, and the special tokens
//! at which an output ends.

use serde_json::Value;
use std::borrow::Cow;

/// Tokens that end a turn or a text; one that stands in an output was meant for the tokenizer.
const END_TOKENS: [&str; 12] = [
    "<|im_end|>",
    "<|im_start|>",
    "<|endoftext|>",
    "<|eot_id|>",
    "<|end_of_text|>",
    "<|end|>",
    "<|return|>",
    "<end_of_turn>",
    "<|endofassistant|>",
    "<｜end▁of▁sentence｜>",
    "</s>",
    "<eos>",
];

/// The text up to the first token that ends it.
pub(super) fn before_end_token(text: &str) -> Cow<'_, str> {
    // A text without an angle bracket, as most are, is not searched twelve times.
    let is_marked = text.contains('<');
    let tokens = END_TOKENS.iter().filter(|_| is_marked);
    let ends = tokens.filter_map(|token| {
        let end = text.find(token)?;
        // With an opening `<s>` before it `</s>` is HTML: text that is struck out.
        let is_html = *token == "</s>" && text[..end].contains("<s>");
        (!is_html).then_some(end)
    });
    match ends.min() {
        Some(end) => Cow::Borrowed(text[..end].trim_end()),
        None => Cow::Borrowed(text),
    }
}

/// A fence that opens a code block: its marks, at least three of a kind.
fn fence(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let mark = line.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let length = line.chars().take_while(|c| *c == mark).count();
    (length >= 3).then(|| &line[..length])
}

/// The first code block: the bytes from its fence to the end of the closing one, and what stands between. A block
/// that is cut off goes on to the end.
fn first_block(text: &str) -> Option<(std::ops::Range<usize>, &str)> {
    let mut at = 0;
    let mut opened: Option<(usize, usize, &str)> = None;
    for line in text.split_inclusive('\n') {
        let end = at + line.len();
        match opened {
            None => opened = fence(line).map(|marks| (at, end, marks)),
            Some((start, inside, marks)) => {
                let content = line.trim();
                let closes =
                    content.starts_with(marks) && content.chars().all(|c| marks.starts_with(c));
                if closes {
                    let block = &text[inside..at];
                    return Some((start..end, block.strip_suffix('\n').unwrap_or(block)));
                }
            }
        }
        at = end;
    }
    let (start, inside, _) = opened?;
    Some((start..text.len(), &text[inside..]))
}

/// The inside of a fence around the whole text.
pub(super) fn inside_fence(text: &str) -> Option<&str> {
    let trimmed = text.trim();
    fence(trimmed)?;
    let (range, inside) = first_block(trimmed)?;
    (range == (0..trimmed.len())).then_some(inside)
}

/// The first code block.
pub(super) fn code_block(text: &str) -> Option<&str> {
    first_block(text).map(|(_, inside)| inside)
}

/// What stands in the last `\boxed{}` or `\fbox{}`, with braces within counted.
pub(super) fn boxed(text: &str) -> Option<&str> {
    let start = ["\\boxed{", "\\fbox{"].iter().filter_map(|mark| {
        let at = text.rfind(mark)?;
        Some(at + mark.len())
    });
    let start = start.max()?;
    let mut depth = 1;
    for (at, c) in text[start..].char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(text[start..start + at].trim());
        }
    }
    None
}

/// A field of the first JSON object in a text, which may stand in a fence or within prose.
pub(super) fn json_field(text: &str, path: &str) -> Option<String> {
    let object = text
        .match_indices('{')
        .take(MAX_OBJECTS)
        .find_map(|(at, _)| {
            let mut values = serde_json::Deserializer::from_str(&text[at..]).into_iter::<Value>();
            values.next()?.ok().filter(Value::is_object)
        })?;
    let value = path
        .split('.')
        .try_fold(&object, |value, key| match value {
            Value::Array(items) => items.get(key.parse::<usize>().ok()?),
            other => other.get(key),
        })?;
    Some(match value {
        Value::String(text) => text.clone(),
        Value::Null => return None,
        other => other.to_string(),
    })
}

/// Braces at which an object is looked for.
const MAX_OBJECTS: usize = 100;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_ends_at_a_special_token() {
        assert_eq!(
            before_end_token("Four.<|im_end|>\n<|im_start|>user"),
            "Four."
        );
        assert_eq!(before_end_token("Four.</s>"), "Four.");
        for text in ["a < b", "not <s>that</s> this"] {
            assert_eq!(before_end_token(text), text);
        }
    }

    #[test]
    fn a_fence_around_the_whole_text_is_taken_off() {
        assert_eq!(
            inside_fence("```json\n{\"a\": 1}\n```\n"),
            Some("{\"a\": 1}")
        );
        assert_eq!(inside_fence("~~~\nx\n~~~"), Some("x"));
        assert_eq!(inside_fence("````\n```\nx\n```\n````"), Some("```\nx\n```"));
        assert_eq!(inside_fence("See:\n```\nx\n```"), None);
        assert_eq!(inside_fence("```\nx\n```\nand more"), None);
        assert_eq!(inside_fence("``x``"), None);
    }

    #[test]
    fn a_code_block_is_found_within_prose() {
        let text = "Here it is:\n\n```python\ndef f():\n    return 1\n```\nIt returns 1.\n```\nnot this\n```";
        assert_eq!(code_block(text), Some("def f():\n    return 1"));
        assert_eq!(code_block("```py\nreturn 1"), Some("return 1"), "cut off");
        assert_eq!(code_block("no code"), None);
    }

    #[test]
    fn the_last_box_counts_with_its_braces() {
        assert_eq!(
            boxed(r"\boxed{1} so \boxed{\frac{1}{2}}"),
            Some(r"\frac{1}{2}")
        );
        assert_eq!(boxed(r"\boxed{1"), None);
    }

    #[test]
    fn a_field_is_read_from_json_within_prose() {
        let text = "Sure {not json}: {\"result\": {\"answer\": \"B\", \"score\": 2}} ok";
        assert_eq!(json_field(text, "result.answer").as_deref(), Some("B"));
        assert_eq!(json_field(text, "result.score").as_deref(), Some("2"));
        assert_eq!(json_field(text, "answer"), None);
    }
}
