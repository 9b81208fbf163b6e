//! White space as Python's `str.split()`, `str.strip()` and `re`'s `\s` see it. It differs from
//! Rust's: the information separators U+001C to U+001F count.

/// Whether Python's `str.isspace()` holds for `c`.
pub fn is_space(c: char) -> bool {
    matches!(
        c,
        '\t'..='\r' | '\u{1c}'..=' ' | '\u{85}' | '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}'
            | '\u{2028}' | '\u{2029}' | '\u{202f}' | '\u{205f}' | '\u{3000}'
    )
}

/// The non-empty runs between white space: Python's `text.split()`.
pub fn split(text: &str) -> impl Iterator<Item = &str> {
    text.split(is_space).filter(|t| !t.is_empty())
}

/// The text without white space at its end: Python's `text.rstrip()`.
pub fn trim_end(text: &str) -> &str {
    text.trim_end_matches(is_space)
}

/// The text without white space at either end: Python's `text.strip()`.
pub fn trim(text: &str) -> &str {
    text.trim_matches(is_space)
}

/// The runs joined by one space each: Python's `" ".join(text.split())`.
pub fn squeeze(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for token in split(text) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(token);
    }
    out
}

/// Python's `str.lower()`: Rust's mapping but for the final sigma, on which they agree too.
pub fn lower(text: &str) -> String {
    if text.is_ascii() {
        text.to_ascii_lowercase()
    } else {
        text.to_lowercase()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn information_separators_split_words() {
        assert_eq!(
            split("a\u{1c}b\u{1f}c\u{200b}d").collect::<Vec<_>>(),
            ["a", "b", "c\u{200b}d"]
        );
        assert_eq!(squeeze("  a \u{3000} b\n"), "a b");
        assert_eq!(trim_end("a \u{a0}"), "a");
    }
}
