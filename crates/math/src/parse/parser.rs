//! The state of the parser, and its smallest steps.

use crate::lexer::{Kind, Token};
use crate::tree::Expr;
use rustc_hash::FxHashMap;

/// How deep brackets, fractions and their kin may be nested: what a small stack allows.
const MOST_NESTED: usize = 40;

/// The state of reading one formula. Every method takes the place of a token to begin at, and gives what it read with
/// the place after it, or none if that does not begin there.
pub(super) struct Parser<'a> {
    pub(super) tokens: &'a [Token<'a>],
    /// Whether letters stand for real numbers.
    pub(super) real: bool,
    /// The sums that were read already, by where they begin and whether a bar ends them. Without this the time would
    /// grow exponentially with the depth of brackets, as several readings of each are tried.
    pub(super) known: FxHashMap<(usize, bool), Parsed<Expr>>,
    nested: usize,
    /// Whether a bar closes an absolute value here.
    pub(super) between_bars: bool,
}

/// What was read, with the place after it.
pub(super) type Parsed<T> = Option<(T, usize)>;

impl<'a> Parser<'a> {
    /// At the beginning of a formula.
    pub(super) fn new(tokens: &'a [Token<'a>], real: bool) -> Self {
        Self {
            tokens,
            real,
            known: FxHashMap::default(),
            nested: 0,
            between_bars: false,
        }
    }

    pub(super) fn kind(&self, at: usize) -> Option<Kind> {
        self.tokens.get(at).map(|token| token.kind)
    }

    pub(super) fn text(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", |token| token.text)
    }

    /// The place after a token of this kind.
    pub(super) fn expect(&self, at: usize, kind: Kind) -> Option<usize> {
        (self.kind(at) == Some(kind)).then_some(at + 1)
    }

    /// Whether all is read.
    pub(super) fn ends(&self, at: usize) -> bool {
        at >= self.tokens.len()
    }

    /// Runs a step one level deeper.
    pub(super) fn deeper<T>(&mut self, step: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        if self.nested >= MOST_NESTED {
            return None;
        }
        self.nested += 1;
        let result = step(self);
        self.nested -= 1;
        result
    }
}
