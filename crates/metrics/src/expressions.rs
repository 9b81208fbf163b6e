//! Regular expressions and JSON Schemas. Their engines are megabytes of code, and the page's own program
//! names metrics without computing any: it goes without them, and the programs that compute install
//! them. Natively they are always there.

use jsonschema::Validator;
use regex::{Regex, RegexBuilder};
use rustc_hash::FxHashMap;
use serde_json::Value;
use std::cell::RefCell;
use std::sync::OnceLock;

/// Bytes that a compiled expression may take.
const MOST: usize = 1 << 20;
/// Compiled expressions that are kept.
const KEPT: usize = 16;

/// What the engines do; a pattern or schema that can't be compiled finds nothing.
pub struct Engines {
    /// Whether a text is a regular expression, and not too large a one.
    pub is_pattern: fn(&str) -> bool,
    /// The first match of a pattern in a text, or the last: where it begins, and its first group, or all of
    /// it where it has no group.
    pub find: fn(pattern: &str, text: &str, last: bool) -> Option<(usize, String)>,
    /// Whether a text is a JSON Schema.
    pub is_schema: fn(&str) -> bool,
    /// Whether a value is of a schema.
    pub fits: fn(schema: &str, value: &Value) -> bool,
}

static INSTALLED: OnceLock<Engines> = OnceLock::new();

/// Puts the engines in.
pub fn install() {
    // Whoever is second finds the same there.
    let _ = INSTALLED.set(Engines {
        is_pattern: |text| compiled(text).is_some(),
        find,
        is_schema: |text| validator(text).is_some(),
        fits,
    });
}

/// The engines; `None` in a program that never installed them.
pub fn engines() -> Option<&'static Engines> {
    #[cfg(not(target_arch = "wasm32"))]
    install();
    INSTALLED.get()
}

thread_local! {
    static PATTERNS: RefCell<FxHashMap<String, Option<Regex>>> = RefCell::default();
    /// Segments come one after the other under the same schema.
    static SCHEMA: RefCell<Option<(String, Option<Validator>)>> = const { RefCell::new(None) };
}

fn compiled(pattern: &str) -> Option<Regex> {
    RegexBuilder::new(pattern).size_limit(MOST).build().ok()
}

fn validator(schema: &str) -> Option<Validator> {
    jsonschema::validator_for(&serde_json::from_str(schema).ok()?).ok()
}

fn find(pattern: &str, text: &str, last: bool) -> Option<(usize, String)> {
    PATTERNS.with_borrow_mut(|kept| {
        if kept.len() >= KEPT && !kept.contains_key(pattern) {
            kept.clear();
        }
        let regex = kept
            .entry(pattern.to_owned())
            .or_insert_with(|| compiled(pattern))
            .as_ref()?;
        let found = match last {
            true => regex.captures_iter(text).last()?,
            false => regex.captures(text)?,
        };
        let part = found.get(1).or(found.get(0))?;
        Some((part.start(), part.as_str().to_owned()))
    })
}

fn fits(schema: &str, value: &Value) -> bool {
    SCHEMA.with_borrow_mut(|last| {
        if last.as_ref().is_none_or(|(known, _)| known != schema) {
            *last = Some((schema.to_owned(), validator(schema)));
        }
        let validator = last.as_ref().and_then(|(_, validator)| validator.as_ref());
        validator.is_some_and(|v| v.is_valid(value))
    })
}
