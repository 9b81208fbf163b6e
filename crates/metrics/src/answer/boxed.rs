//! The contents of `\boxed{…}`, in which models are asked to write their final answer.

/// How a box begins, without its first character: where an output went through a reader that takes `\b` for a
/// backspace, that character is lost.
const BEGINNINGS: [&str; 2] = ["oxed", "box"];

/// The contents of all boxes, from the last to the first. Braces within a box are counted; one that never ends holds
/// the rest of its line.
pub(super) fn boxes(text: &str) -> Vec<&str> {
    let mut starts: Vec<usize> = Vec::new();
    for beginning in BEGINNINGS {
        for (at, _) in text.match_indices(beginning) {
            let before = &text[..at];
            let is_command = match beginning {
                "oxed" => before.ends_with(['b', '\u{8}']),
                _ => before.ends_with("\\f") || before.ends_with('\u{c}'),
            };
            if is_command {
                starts.push(at + beginning.len());
            }
        }
    }
    starts.sort_unstable();
    starts
        .iter()
        .rev()
        .filter_map(|&at| contents(&text[at..]))
        .collect()
}

/// What is between the first brace and its partner, where the text begins with a brace.
fn contents(text: &str) -> Option<&str> {
    let inside = text.trim_start().strip_prefix('{')?;
    let mut depth = 1;
    for (at, c) in inside.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(&inside[..at]);
        }
    }
    inside.lines().next()
}

#[cfg(test)]
mod tests {
    use super::boxes;

    #[test]
    fn boxes_are_found_from_the_last_to_the_first_with_braces_within() {
        let text = r"so \boxed{1} and then $\boxed{\frac{1}{2}}$, or \fbox{x}";
        assert_eq!(boxes(text), ["x", r"\frac{1}{2}", "1"]);
        assert_eq!(boxes("\u{8}oxed{A}"), ["A"]);
        assert_eq!(boxes("\\boxed {B"), ["B"]);
        assert!(boxes("boxed in, mailbox{}").is_empty());
    }
}
