//! Are two answers the same mathematics? The answer is found in a text, read as LaTeX or as plain numbers, and compared
//! with the reference's: by value, by form or by members, whatever they are.
//!
//! ```
//! assert!(assay_math::equal("$\\frac{1}{2}$", "The answer is \\boxed{0.5}."));
//! assert!(assay_math::equal("#### 1,250", "So she earns 1250 dollars"));
//! assert!(assay_math::equal("$x^2-1$", "We get $(x-1)(x+1)$."));
//! assert!(!assay_math::equal("$(1, 2)$", "$(2, 1)$"));
//! ```
//!
//! The verdicts are those of math-verify 0.9.0, a Python package by Hugging Face: `tests/` has more than a thousand of
//! them. Where it is odd, so is this crate: `2(3)` is a mixed number, a small i is a letter, units are taken away
//! at the end of a formula but not in its middle.
//!
//! Quotients of polynomials are compared exactly, everything else by values in double precision (see `numeric` for
//! what that leaves to chance). Texts may be hostile: depth, length and work are bounded, and nothing panics.

mod compare;
mod exact;
mod extract;
mod lexer;
mod normalize;
mod numeric;
mod parse;
mod tree;

use extract::{Answer, answers};

/// The version of math-verify whose verdicts these are.
pub const MATH_VERIFY: &str = "0.9.0";

/// Whether the answer in an output is the answer in a reference. Each may be a whole solution; a formula without
/// delimiters is read as one if it has signs of LaTeX.
pub fn equal(reference: &str, output: &str) -> bool {
    let references = answers(&delimited(reference));
    let outputs = answers(&delimited(output));
    let same = |reference: &Answer, output: &Answer| match (reference, output) {
        (Answer::Value(a), Answer::Value(b)) => compare::equal(a, b),
        (Answer::Text(a), Answer::Text(b)) => !a.trim().is_empty() && a.trim() == b.trim(),
        _ => false,
    };
    references
        .iter()
        .any(|reference| outputs.iter().any(|output| same(reference, output)))
}

/// Commands that only formulas have, with blanks between them.
const COMMANDS: &str = concat!(
    r"\frac \dfrac \tfrac \sqrt \pi \theta \alpha \infty \left \cdot \times \pm \circ \binom \log \ln \sin ",
    r"\cos \tan \leq \geq \neq \cup \text{ \mathrm{ \mathbb{ \overline{ \begin{ \{ \% ^"
);

/// Whether a text is a formula in LaTeX, or has one in a box: then it is mathematics that has to be compared, and not
/// its letters.
pub fn is_formula(text: &str) -> bool {
    let bare = text.trim().trim_matches('$');
    let is_command = |command: &str| bare.contains(command);
    text.contains("\\boxed{") || (is_bare_formula(bare) && COMMANDS.split(' ').any(is_command))
}

/// A formula without delimiters between dollar signs, as those who call math-verify give it; any other text as it is.
fn delimited(text: &str) -> std::borrow::Cow<'_, str> {
    let trimmed = text.trim();
    if is_bare_formula(trimmed) {
        format!("${trimmed}$").into()
    } else {
        text.into()
    }
}

/// Whether a text has signs of LaTeX, and neither delimiters nor words outside of commands and their braces.
fn is_bare_formula(text: &str) -> bool {
    let text = text.replace("\\$", "\\,");
    let delimiters = ["$", "\\(", "\\[", "\\boxed", "\\fbox", "\n"];
    let has_signs = text.contains(['\\', '^', '_']);
    has_signs && !delimiters.iter().any(|d| text.contains(d)) && !has_words(&text)
}

/// The most letters that follow each other in a formula and are no word.
const MOST_LETTERS: usize = 3;

/// Whether words stand outside of commands and braces: a long one, or two of more than one letter.
fn has_words(text: &str) -> bool {
    let mut outside = String::new();
    let (mut in_command, mut braces) = (false, 0usize);
    for c in text.chars() {
        in_command = c == '\\' || (in_command && c.is_ascii_alphabetic());
        match c {
            '{' => braces += 1,
            '}' => braces = braces.saturating_sub(1),
            _ => {}
        }
        outside.push(if in_command || braces > 0 { ' ' } else { c });
    }
    let words = outside.split(|c: char| !c.is_alphabetic());
    let words = words.filter(|word| word.chars().count() > 1 && !matches!(*word, "and" | "or"));
    let lengths: Vec<usize> = words.map(|word| word.chars().count()).collect();
    lengths.len() > 1 || lengths.iter().any(|length| *length > MOST_LETTERS)
}
