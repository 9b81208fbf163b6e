//! The rules' regular expressions, compiled once in a thread.

use regex::Regex;
use rustc_hash::FxHashMap;
use std::cell::RefCell;
use std::ops::Range;

thread_local! {
    static COMPILED: RefCell<FxHashMap<&'static str, Option<Regex>>> = RefCell::default();
}

/// Calls `act` with the compiled rule; nothing where it does not compile. `\b` parts ASCII letters and digits from all
/// others: a Latin word beside a Chinese character is a word, and the engine is fast on Chinese too.
fn with<T>(rule: &'static str, act: impl FnOnce(&Regex) -> T) -> Option<T> {
    COMPILED.with_borrow_mut(|kept| {
        let compiled = kept
            .entry(rule)
            .or_insert_with(|| Regex::new(&rule.replace(r"\b", r"(?-u:\b)")).ok());
        compiled.as_ref().map(act)
    })
}

/// Where the matches of a rule in a text are, in bytes.
pub(super) fn find_all(rule: &'static str, text: &str) -> Vec<Range<usize>> {
    let all = with(rule, |r| r.find_iter(text).map(|m| m.range()).collect());
    all.unwrap_or_default()
}

/// Whether a rule matches somewhere in a text.
pub(super) fn is_match(rule: &'static str, text: &str) -> bool {
    with(rule, |r| r.is_match(text)).unwrap_or(false)
}

/// The text with `by` in place of every match of a rule.
pub(super) fn replace_all(rule: &'static str, text: &str, by: &str) -> String {
    let replaced = with(rule, |r| r.replace_all(text, by).into_owned());
    replaced.unwrap_or_else(|| text.to_owned())
}
