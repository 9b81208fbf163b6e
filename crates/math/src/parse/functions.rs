//! Functions with their arguments, roots, powers of e, and sums and products over an index.

use super::parser::{Parsed, Parser};
use crate::lexer::Kind;
use crate::tree::{Constant, Expr, Function};

impl Parser<'_> {
    /// A function with its arguments, a root, a sum over an index, or a power of e.
    pub(super) fn function(&mut self, at: usize) -> Parsed<Expr> {
        self.deeper(|parser| match parser.kind(at)? {
            Kind::Function => parser.of_one(at + 1, &parser.text(at)[1..]),
            Kind::Gamma => parser.of_one(at + 1, "gamma"),
            Kind::MultiFunction => parser.of_several(at + 1, &parser.text(at)[1..]),
            Kind::OperatorName => {
                let name = parser.expect(at + 1, Kind::LeftBrace)?;
                let after = parser.expect(parser.expect(name, Kind::Name)?, Kind::RightBrace)?;
                match parser.text(name) {
                    several @ ("gcd" | "lcm") => parser.of_several(after, several),
                    one => parser.of_one(after, one),
                }
            }
            Kind::Letter | Kind::Greek | Kind::OtherSymbol | Kind::Accent => parser.named(at),
            Kind::Sqrt => parser.root(at + 1),
            Kind::SumOver => parser.over_index(at + 1, Function::SumOver),
            Kind::ProductOver => parser.over_index(at + 1, Function::ProductOver),
            Kind::Euler => Some(match parser.superscript(at + 1) {
                Some((exponent, after)) => (Expr::Call(Function::Exp, vec![exponent]), after),
                None => (Expr::Constant(Constant::E), at + 1),
            }),
            _ => None,
        })
    }

    /// What is lowered and raised after a function's name, in either order.
    fn scripts(&mut self, mut at: usize) -> (Option<Expr>, Option<Expr>, usize) {
        let (mut lowered, mut raised) = (None, None);
        for _ in 0..2 {
            if raised.is_none()
                && let Some((exponent, after)) = self.superscript(at)
            {
                (raised, at) = (Some(exponent), after);
            } else if lowered.is_none()
                && let Some((base, after)) = self.lowered(at)
            {
                (lowered, at) = (Some(base), after);
            }
        }
        (lowered, raised, at)
    }

    fn lowered(&mut self, at: usize) -> Parsed<Expr> {
        let at = self.expect(at, Kind::Underscore)?;
        match self.kind(at)? {
            Kind::LeftBrace => self.enclosed(at, Kind::RightBrace),
            _ => self.deeper(|parser| parser.atom(at)),
        }
    }

    /// A function of one argument, in brackets or as far as a product goes.
    fn of_one(&mut self, at: usize, name: &str) -> Parsed<Expr> {
        let (base, raised, at) = self.scripts(at);
        let bracketed = match self.kind(at) {
            Some(Kind::LeftParen) => self.enclosed(at, Kind::RightParen),
            _ => None,
        };
        let (argument, at) = bracketed.or_else(|| self.product(at, true))?;
        let inverse = raised == Some(Expr::integer(-1));
        let (function, inverted) = by_name(name, inverse)?;
        let arguments = match function {
            Function::Log => {
                let usual = if name == "ln" {
                    Expr::Constant(Constant::E)
                } else {
                    Expr::integer(10)
                };
                vec![argument, base.unwrap_or(usual)]
            }
            _ => vec![argument],
        };
        let call = Expr::Call(function, arguments);
        let whole = match raised {
            Some(exponent) if !inverted => call.power(exponent),
            _ => call,
        };
        Some((whole, at))
    }

    fn of_several(&mut self, at: usize, name: &str) -> Parsed<Expr> {
        let (_, raised, at) = self.scripts(at);
        self.expect(at, Kind::LeftParen)?;
        let (arguments, at) = self.arguments(at + 1)?;
        let at = self.expect(at, Kind::RightParen)?;
        let function = match name {
            "gcd" => Function::Gcd,
            "lcm" => Function::Lcm,
            "max" => Function::Max,
            _ => Function::Min,
        };
        let call = Expr::Call(function, arguments);
        let whole = match raised {
            Some(exponent) => call.power(exponent),
            None => call,
        };
        Some((whole, at))
    }

    fn arguments(&mut self, at: usize) -> Parsed<Vec<Expr>> {
        let (first, mut at) = self.expr(at)?;
        let mut all = vec![first];
        while let Some(next) = self.expect(at, Kind::Comma) {
            let Some((argument, after)) = self.expr(next) else {
                return Some((all, next));
            };
            all.push(argument);
            at = after;
        }
        Some((all, at))
    }

    /// A letter that brackets follow: a function if they hold a single letter or number, or several arguments.
    fn named(&mut self, at: usize) -> Parsed<Expr> {
        let (_, after) = self.letter(at, false)?;
        let name: String = self.tokens[at..after]
            .iter()
            .map(|token| token.text.trim())
            .collect();
        let at = after;
        let (raised, at) = match self.superscript(at) {
            Some((exponent, after)) => (Some(exponent), after),
            None => (None, at),
        };
        let braced = self.expect(at, Kind::LeftBrace);
        let at = braced.unwrap_or(at);
        let close = match self.kind(at)? {
            Kind::LeftParen => Kind::RightParen,
            Kind::LeftBracket => Kind::RightBracket,
            _ => return None,
        };
        let lone = self.deeper(|parser| parser.atom(at + 1));
        let lone = lone.filter(|(_, after)| self.kind(*after) == Some(close));
        let (arguments, at) = match lone {
            Some((argument, after)) => (vec![argument], after),
            None => {
                let outside = std::mem::replace(&mut self.between_bars, false);
                let read = self.arguments(at + 1);
                self.between_bars = outside;
                let (arguments, after) = read?;
                let comma = self.kind(after - 1) == Some(Kind::Comma);
                if arguments.len() == 1 && !comma {
                    return None;
                }
                (arguments, after)
            }
        };
        let mut at = self.expect(at, close)?;
        if braced.is_some() {
            at = self.expect(at, Kind::RightBrace)?;
        }
        let call = Expr::Call(Function::Named(name), arguments);
        let whole = match raised {
            Some(exponent) => call.power(exponent),
            None => call,
        };
        Some((whole, at))
    }

    fn root(&mut self, at: usize) -> Parsed<Expr> {
        let (degree, at) = match self.kind(at)? {
            Kind::LeftBracket => self.enclosed(at, Kind::RightBracket)?,
            _ => (Expr::integer(2), at),
        };
        self.expect(at, Kind::LeftBrace)?;
        let (base, at) = self.enclosed(at, Kind::RightBrace)?;
        Some((base.power(Expr::integer(1).over(degree)), at))
    }

    fn over_index(&mut self, at: usize, function: Function) -> Parsed<Expr> {
        let (index, first, last, at) = match self.kind(at)? {
            Kind::Underscore => {
                let (index, first, at) = self.index(at)?;
                let (last, at) = self.superscript(at)?;
                (index, first, last, at)
            }
            _ => {
                let (last, at) = self.superscript(at)?;
                let (index, first, at) = self.index(at)?;
                (index, first, last, at)
            }
        };
        let (body, at) = self.product(at, false)?;
        Some((Expr::Call(function, vec![body, index, first, last]), at))
    }

    fn index(&mut self, at: usize) -> Option<(Expr, Expr, usize)> {
        let at = self.expect(at, Kind::Underscore)?;
        let at = self.expect(at, Kind::LeftBrace)?;
        let (index, at) = self.expr(at)?;
        let at = self
            .expect(at, Kind::Assign)
            .or_else(|| self.expect(at, Kind::Equal))?;
        let (first, at) = self.expr(at)?;
        Some((index, first, self.expect(at, Kind::RightBrace)?))
    }
}

/// A function by its command, and whether an exponent of −1 was taken for its inverse.
fn by_name(name: &str, inverse: bool) -> Option<(Function, bool)> {
    use Function as F;
    if inverse {
        let found = match name {
            "sin" => F::Asin,
            "cos" => F::Acos,
            "tan" => F::Atan,
            "csc" => F::Acsc,
            "sec" => F::Asec,
            "cot" => F::Acot,
            "sinh" => F::Asinh,
            "cosh" => F::Acosh,
            "tanh" => F::Atanh,
            _ => return by_name(name, false),
        };
        return Some((found, true));
    }
    let found = match name {
        "sin" => F::Sin,
        "cos" => F::Cos,
        "tan" => F::Tan,
        "csc" => F::Csc,
        "sec" => F::Sec,
        "cot" => F::Cot,
        "arcsin" => F::Asin,
        "arccos" => F::Acos,
        "arctan" => F::Atan,
        "arccsc" => F::Acsc,
        "arcsec" => F::Asec,
        "arccot" => F::Acot,
        "sinh" => F::Sinh,
        "cosh" => F::Cosh,
        "tanh" => F::Tanh,
        "arsinh" | "arcsinh" => F::Asinh,
        "arcosh" | "arccosh" => F::Acosh,
        "artanh" | "arctanh" => F::Atanh,
        "log" | "ln" => F::Log,
        "exp" => F::Exp,
        "floor" => F::Floor,
        "ceil" => F::Ceiling,
        "gamma" => F::Named("gamma".to_owned()),
        _ => return None,
    };
    Some((found, false))
}
