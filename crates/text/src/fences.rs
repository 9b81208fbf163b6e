//! Markdown's code fences: lines of three or more backticks or tildes around code.

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
#[must_use]
pub fn inside_fence(text: &str) -> Option<&str> {
    let trimmed = text.trim();
    fence(trimmed)?;
    let (range, inside) = first_block(trimmed)?;
    (range == (0..trimmed.len())).then_some(inside)
}

/// The first code block.
#[must_use]
pub fn code_block(text: &str) -> Option<&str> {
    first_block(text).map(|(_, inside)| inside)
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
