//! LaTeX as a value, by the grammar of latex2sympy2_extended: this file owns what is tried at the
//! top; `elements` reads lists, sets and relations, `arithmetic` sums and products, `atoms` letters and numbers,
//! `functions` what is called.

mod arithmetic;
mod atoms;
mod elements;
mod functions;
mod parser;

pub(crate) use elements::finite;

use crate::lexer::tokens;
use crate::tree::{Expr, Value, number};
use parser::Parser;
use regex::Regex;
use std::sync::LazyLock;

/// Signs of complex numbers and matrices in a formula; its letters are then no real numbers.
static COMPLEX: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"\\mathbb\{C\}|\\i\b|\bi\b|\\text\{i\}|\\mathrm\{i\}|\\imath\b|\\det",
        r"|\\(?:operatorname|text)\{(?:rank|Re|Im)\}|\\operatorname\{tr\}|\\arg\{|\\Re\{|\\Im\{"
    ))
    .ok()
});

/// A number with a comma between thousands.
static THOUSANDS: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^\s*-?\d{1,3}(?:,\d{3})+(?:\.\d+)?\s*$").ok());

/// Whether a pattern is found in a text.
fn has(pattern: &LazyLock<Option<Regex>>, text: &str) -> bool {
    pattern.as_ref().is_some_and(|regex| regex.is_match(text))
}

/// What a formula says, if it can be read: as it stands, or else what stands after the last of several equals signs.
pub(crate) fn read(latex: &str) -> Option<Value> {
    whole(latex).or_else(|| whole(last_side(latex)?))
}

fn whole(latex: &str) -> Option<Value> {
    let tokens = tokens(latex)?;
    Parser::new(&tokens, !has(&COMPLEX, latex)).formula(latex)
}

/// What stands after the last of at least two equals signs, in a formula that is no list.
fn last_side(latex: &str) -> Option<&str> {
    if latex.contains([',', ';']) {
        return None;
    }
    let bytes = latex.as_bytes();
    let is_sign =
        |&(at, _): &(usize, &str)| at == 0 || !matches!(bytes[at - 1], b'\\' | b'<' | b'!' | b'>');
    let signs: Vec<usize> = latex
        .match_indices('=')
        .filter(is_sign)
        .map(|(at, _)| at)
        .collect();
    let last = signs.last().filter(|_| signs.len() > 1)?;
    Some(&latex[last + 1..])
}

impl Parser<'_> {
    fn formula(&mut self, latex: &str) -> Option<Value> {
        if let Some((value, at)) = self.assignment(0)
            && self.ends(at)
        {
            return Some(value);
        }
        if has(&THOUSANDS, latex) {
            return thousands(latex.trim()).map(Value::Expr);
        }
        if let Some((lists, at)) = self.lists(0, true)
            && self.ends(at)
        {
            return elements::together(lists);
        }
        let (value, at) = self.set_relation(0)?;
        self.ends(at).then_some(value)
    }
}

/// A number with commas: decimal if it begins with a zero, between thousands otherwise.
fn thousands(text: &str) -> Option<Expr> {
    if text.starts_with('0') {
        return number(&text.replacen(',', ".", 1).replace(',', ""));
    }
    number(&text.replace(',', ""))
}
