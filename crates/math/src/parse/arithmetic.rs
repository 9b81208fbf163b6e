//! Sums, products, powers and groups.

use super::parser::{Parsed, Parser};
use crate::lexer::Kind;
use crate::tree::{Expr, Function};

/// How often a power of a power, a factorial of a factorial and a sign of a sign are followed.
const MOST_REPEATED: usize = 12;

impl Parser<'_> {
    /// A sum.
    pub(super) fn expr(&mut self, at: usize) -> Parsed<Expr> {
        let key = (at, self.between_bars);
        if let Some(known) = self.known.get(&key) {
            return known.clone();
        }
        let read = self.deeper(|parser| parser.sum(at));
        self.known.insert(key, read.clone());
        read
    }

    fn sum(&mut self, at: usize) -> Parsed<Expr> {
        let (mut sum, mut at) = self.product(at, false)?;
        while let Some(sign @ (Kind::Add | Kind::Sub)) = self.kind(at) {
            let Some((next, after)) = self.product(at + 1, false) else {
                break;
            };
            sum = if sign == Kind::Add {
                sum.plus(next)
            } else {
                sum.minus(next)
            };
            at = after;
        }
        Some((sum, at))
    }

    /// Factors with signs between them. `in_argument`: of a function without brackets, which ends before the next
    /// function.
    pub(super) fn product(&mut self, at: usize, in_argument: bool) -> Parsed<Expr> {
        let (mut product, mut at) = self.signed(at, in_argument, 0)?;
        loop {
            let sign = match self.kind(at) {
                Some(sign @ (Kind::Mul | Kind::Div | Kind::Colon | Kind::Mod)) => sign,
                _ => return Some((product, at)),
            };
            let Some((next, after)) = self.signed(at + 1, in_argument, 0) else {
                return Some((product, at));
            };
            product = match sign {
                Kind::Mul => product.times(next),
                Kind::Mod => Expr::Call(Function::Modulo, vec![product, next]),
                _ => product.over(next),
            };
            at = after;
        }
    }

    fn signed(&mut self, at: usize, in_argument: bool, signs: usize) -> Parsed<Expr> {
        match self.kind(at)? {
            Kind::Add | Kind::Sub if signs > MOST_REPEATED => None,
            Kind::Add => self.signed(at + 1, in_argument, signs + 1),
            Kind::Sub => {
                let (inner, at) = self.signed(at + 1, in_argument, signs + 1)?;
                Some((inner.negated(), at))
            }
            _ => self.side_by_side(at, in_argument),
        }
    }

    /// Factors without signs between them.
    fn side_by_side(&mut self, at: usize, in_argument: bool) -> Parsed<Expr> {
        let (first, mut at) = self.postfixed(at, false)?;
        let mut factors = vec![first];
        while !(self.between_bars && self.kind(at) == Some(Kind::Bar)) {
            let Some((next, after)) = self.postfixed(at, in_argument) else {
                break;
            };
            factors.push(next);
            at = after;
        }
        let mut product = factors.pop()?;
        while let Some(factor) = factors.pop() {
            product = factor.next_to(product);
        }
        Some((product, at))
    }

    /// A power with what may follow it: the factorial's sign, degrees, a transpose.
    fn postfixed(&mut self, at: usize, in_argument: bool) -> Parsed<Expr> {
        let (mut inner, mut at) = self.power(at, in_argument)?;
        for _ in 0..MOST_REPEATED {
            match self.kind(at) {
                Some(Kind::Bang) => inner = Expr::Call(Function::Factorial, vec![inner]),
                Some(Kind::Degree) => {}
                Some(Kind::Transpose) => inner = transposed(inner),
                _ => break,
            }
            at += 1;
        }
        Some((inner, at))
    }

    fn power(&mut self, at: usize, in_argument: bool) -> Parsed<Expr> {
        let (mut base, mut at) = self.component(at, in_argument)?;
        for _ in 0..MOST_REPEATED {
            let Some((exponent, after)) = self.superscript(at) else {
                break;
            };
            at = self.subscript(after).map_or(after, |(_, after)| after);
            base = base.power(exponent);
        }
        Some((base, at))
    }

    /// What is raised: a caret with an atom or a group in braces.
    pub(super) fn superscript(&mut self, at: usize) -> Parsed<Expr> {
        let at = self.expect(at, Kind::Caret)?;
        match self.kind(at)? {
            Kind::LeftBrace => self.enclosed(at, Kind::RightBrace),
            _ => self.deeper(|parser| parser.atom(at)),
        }
    }

    /// An expression after one token and before one of a kind.
    pub(super) fn enclosed(&mut self, at: usize, close: Kind) -> Parsed<Expr> {
        let outside = std::mem::replace(&mut self.between_bars, false);
        let read = self.expr(at + 1);
        self.between_bars = outside;
        let (inner, at) = read?;
        Some((inner, self.expect(at, close)?))
    }

    fn absolute(&mut self, at: usize, close: Kind) -> Parsed<Expr> {
        let outside = std::mem::replace(&mut self.between_bars, close == Kind::Bar);
        let read = self.expr(at + 1);
        self.between_bars = outside;
        let (inner, at) = read?;
        let at = self.expect(at, close)?;
        Some((Expr::Call(Function::Abs, vec![inner]), at))
    }

    fn component(&mut self, at: usize, in_argument: bool) -> Parsed<Expr> {
        let rounded = |read: Parsed<Expr>, function: Function| {
            read.map(|(inner, at)| (Expr::Call(function, vec![inner]), at))
        };
        match self.kind(at)? {
            Kind::LeftParen => self.enclosed(at, Kind::RightParen),
            Kind::LeftBrace => self
                .choose(at)
                .or_else(|| self.enclosed(at, Kind::RightBrace)),
            Kind::LeftBracket => self.enclosed(at, Kind::RightBracket),
            Kind::LeftBraceVisual => self.enclosed(at, Kind::RightBraceVisual),
            Kind::Boxed => {
                let brace = self.expect(at, Kind::Boxed)?;
                self.expect(brace, Kind::LeftBrace)?;
                self.enclosed(brace, Kind::RightBrace)
            }
            Kind::Bar => self.absolute(at, Kind::Bar),
            Kind::LeftVert => self.absolute(at, Kind::RightVert),
            Kind::Vert => self.absolute(at, Kind::Vert),
            Kind::LeftFloor => rounded(self.enclosed(at, Kind::RightFloor), Function::Floor),
            Kind::LeftCeil => rounded(self.enclosed(at, Kind::RightCeil), Function::Ceiling),
            Kind::Frac => {
                let (upper, lower, at) = self.two_groups(at + 1)?;
                Some((upper.over(lower), at))
            }
            Kind::Binom => {
                let (upper, lower, at) = self.two_groups(at + 1)?;
                Some((Expr::Call(Function::Binomial, vec![upper, lower]), at))
            }
            Kind::MatrixStart => self.deeper(|parser| parser.matrix(at)),
            _ if in_argument => self.atom(at),
            _ => self.function(at).or_else(|| self.atom(at)),
        }
    }

    fn two_groups(&mut self, at: usize) -> Option<(Expr, Expr, usize)> {
        self.expect(at, Kind::LeftBrace)?;
        let (upper, at) = self.enclosed(at, Kind::RightBrace)?;
        self.expect(at, Kind::LeftBrace)?;
        let (lower, at) = self.enclosed(at, Kind::RightBrace)?;
        Some((upper, lower, at))
    }

    fn choose(&mut self, at: usize) -> Parsed<Expr> {
        let (upper, at) = self.enclosed(at, Kind::Choose)?;
        let (lower, at) = self.expr(at)?;
        let at = self.expect(at, Kind::RightBrace)?;
        Some((Expr::Call(Function::Binomial, vec![upper, lower]), at))
    }

    fn matrix(&mut self, at: usize) -> Parsed<Expr> {
        let mut rows = Vec::new();
        let mut at = at + 1;
        loop {
            let (first, after) = self.expr(at)?;
            let mut row = vec![first];
            at = after;
            while let Some(next) = self.expect(at, Kind::Column) {
                let (cell, after) = self.expr(next)?;
                row.push(cell);
                at = after;
            }
            rows.push(row);
            match self.expect(at, Kind::Row) {
                Some(next) => at = next,
                None => break,
            }
            if self.kind(at) == Some(Kind::MatrixEnd) {
                break;
            }
        }
        let at = self.expect(at, Kind::MatrixEnd)?;
        let even = rows.iter().all(|row| row.len() == rows[0].len());
        even.then_some((Expr::Matrix(rows), at))
    }
}

fn transposed(expr: Expr) -> Expr {
    match expr {
        Expr::Matrix(rows) => {
            let columns = 0..rows[0].len();
            let column = |c: usize| rows.iter().map(|row| row[c].clone()).collect();
            Expr::Matrix(columns.map(column).collect())
        }
        other => other,
    }
}
