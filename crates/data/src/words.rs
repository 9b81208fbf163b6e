//! Words that texts share, by which rows and systems are distinguished.

use rustc_hash::FxHashSet;

/// Words of a text, and its characters where words are not separated.
pub(crate) fn words(text: &str) -> FxHashSet<String> {
    let parts = text.split(|c: char| !c.is_alphanumeric());
    let parts = parts.filter(|part| !part.is_empty());
    let each = parts.flat_map(|part| match part.is_ascii() {
        true => vec![part.to_lowercase()],
        false => part.chars().map(String::from).collect(),
    });
    each.collect()
}

/// The part of all words of two texts that both have.
pub(crate) fn shared(first: &FxHashSet<String>, second: &FxHashSet<String>) -> f64 {
    let both = first.intersection(second).count();
    let all = first.len() + second.len() - both;
    match all {
        0 => 0.0,
        all => both as f64 / all as f64,
    }
}
