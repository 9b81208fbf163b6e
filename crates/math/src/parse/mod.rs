//! LaTeX as a value, by the grammar of latex2sympy2_extended: this file owns the parser's state and what is tried at
//! the top; `elements` reads lists, sets and relations, `arithmetic` sums and products, `atoms` letters and functions.

mod arithmetic;
mod atoms;
mod elements;

pub(crate) use elements::finite;

use crate::lexer::{Kind, Token, tokens};
use crate::tree::{Expr, Value, number};
use regex::Regex;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// How deep brackets, fractions and their kin may be nested: what a small stack allows.
const MOST_NESTED: usize = 40;
/// How often a power of a power, a factorial of a factorial and a sign of a sign are followed.
const MOST_REPEATED: usize = 12;

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
    let mut parser = Parser {
        tokens: &tokens,
        real: !has(&COMPLEX, latex),
        known: FxHashMap::default(),
        nested: 0,
        between_bars: false,
    };
    parser.formula(latex)
}

/// What stands after the last of at least two equals signs, in a formula that is no list.
fn last_side(latex: &str) -> Option<&str> {
    if latex.contains([',', ';']) {
        return None;
    }
    let bytes = latex.as_bytes();
    let is_sign = |&(at, _): &(usize, &str)| {
        at == 0 || !matches!(bytes[at - 1], b'\\' | b'<' | b'!' | b'>')
    };
    let signs: Vec<usize> = latex.match_indices('=').filter(is_sign).map(|(at, _)| at).collect();
    let last = signs.last().filter(|_| signs.len() > 1)?;
    Some(&latex[last + 1..])
}

/// The state of reading one formula. Every method takes the place of a token to begin at, and gives what it read with
/// the place after it, or none if that does not begin there.
struct Parser<'a> {
    tokens: &'a [Token<'a>],
    /// Whether letters stand for real numbers.
    real: bool,
    /// The sums that were read already, by where they begin and whether a bar ends them. Without this the time would
    /// grow exponentially with the depth of brackets, as several readings of each are tried.
    known: FxHashMap<(usize, bool), Parsed<Expr>>,
    nested: usize,
    /// Whether a bar closes an absolute value here.
    between_bars: bool,
}

type Parsed<T> = Option<(T, usize)>;

impl<'a> Parser<'a> {
    fn kind(&self, at: usize) -> Option<Kind> {
        self.tokens.get(at).map(|token| token.kind)
    }

    fn text(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", |token| token.text)
    }

    /// The place after a token of this kind.
    fn expect(&self, at: usize, kind: Kind) -> Option<usize> {
        (self.kind(at) == Some(kind)).then_some(at + 1)
    }

    /// Whether all is read.
    fn ends(&self, at: usize) -> bool {
        at >= self.tokens.len()
    }

    /// Runs a step one level deeper.
    fn deeper<T>(&mut self, step: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        if self.nested >= MOST_NESTED {
            return None;
        }
        self.nested += 1;
        let result = step(self);
        self.nested -= 1;
        result
    }

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
