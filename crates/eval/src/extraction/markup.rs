//! Parts of an output that are marked as such: boxed answers, fields of JSON, and the special tokens at which an
//! output ends.

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
