//! Compiled regular expressions, kept between segments.

use regex::{Regex, RegexBuilder};
use rustc_hash::FxHashMap;
use std::cell::RefCell;

/// Bytes that a compiled expression may take.
const MAX_COMPILED_BYTES: usize = 1 << 20;
/// Compiled expressions that are kept.
const MAX_KEPT: usize = 16;

thread_local! {
    static COMPILED: RefCell<FxHashMap<String, Option<Regex>>> = RefCell::default();
}

fn compiled(pattern: &str) -> Option<Regex> {
    let mut builder = RegexBuilder::new(pattern);
    builder.size_limit(MAX_COMPILED_BYTES).build().ok()
}

/// Whether a text is a regular expression that compiles within the size limit.
#[must_use]
pub fn is_pattern(text: &str) -> bool {
    compiled(text).is_some()
}

/// Which of several matches is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// The first in the text.
    First,
    /// The last in the text.
    Last,
}

/// A match of `pattern` in `text`: the byte at which it begins, and its first group, or the whole match where the
/// pattern has no group. A pattern that does not compile matches nothing.
#[must_use]
pub fn find(pattern: &str, text: &str, which: Which) -> Option<(usize, String)> {
    COMPILED.with_borrow_mut(|kept| {
        if kept.len() >= MAX_KEPT && !kept.contains_key(pattern) {
            kept.clear();
        }
        let regex = kept
            .entry(pattern.to_owned())
            .or_insert_with(|| compiled(pattern))
            .as_ref()?;
        let found = match which {
            Which::First => regex.captures(text)?,
            Which::Last => regex.captures_iter(text).last()?,
        };
        let part = found.get(1).or(found.get(0))?;
        Some((part.start(), part.as_str().to_owned()))
    })
}
