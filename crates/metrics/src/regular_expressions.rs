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
pub(crate) fn is_pattern(text: &str) -> bool {
    compiled(text).is_some()
}

/// The first match of `pattern` in `text`: the byte at which it begins, and its first group, or the whole match where the
/// pattern has no group. A pattern that does not compile matches nothing.
pub(crate) fn find(pattern: &str, text: &str) -> Option<(usize, String)> {
    COMPILED.with_borrow_mut(|kept| {
        if kept.len() >= MAX_KEPT && !kept.contains_key(pattern) {
            kept.clear();
        }
        let regex = kept
            .entry(pattern.to_owned())
            .or_insert_with(|| compiled(pattern))
            .as_ref()?;
        let found = regex.captures(text)?;
        let part = found.get(1).or(found.get(0))?;
        Some((part.start(), part.as_str().to_owned()))
    })
}
