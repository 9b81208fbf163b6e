//! Letters, numbers and functions.

use super::{Parsed, Parser};
use crate::lexer::{Kind, greek_command};
use crate::tree::{Constant, Expr, Function, Symbol, number};
use num_bigint::BigInt;
use num_rational::BigRational;

/// The largest exponent of ten in a number such as 1E3.
const LARGEST_EXPONENT: u32 = 400;

impl Parser<'_> {
    /// A letter, a number or a constant, with its subscript.
    pub(super) fn atom(&mut self, at: usize) -> Parsed<Expr> {
        let text = self.text(at);
        match self.kind(at)? {
            Kind::Letter | Kind::Greek | Kind::OtherSymbol | Kind::Accent => self.letter(at, true),
            Kind::Infinity => Some((Expr::Constant(Constant::Infinity), at + 1)),
            Kind::Number => {
                let after = self.subscript(at + 1).map_or(at + 1, |(_, after)| after);
                Some((number(text)?, after))
            }
            Kind::PercentNumber => {
                let digits = text.trim_end_matches(['%', '\\', ' ', '\t', '\r', '\n']);
                Some((Expr::Percent(Box::new(number(digits)?)), at + 1))
            }
            Kind::Scientific => Some((scientific(text)?, at + 1)),
            Kind::CapitalE => Some((self.symbol("e".to_owned()), at + 1)),
            Kind::Differential => {
                let variable = text[1..].trim_start().trim_start_matches('\\');
                Some((self.symbol(format!("d{variable}")), at + 1))
            }
            Kind::Gamma => Some((Expr::Constant(Constant::Gamma), at + 1)),
            _ => None,
        }
    }

    /// A letter or a word with its subscript and, where it is allowed, its exponent.
    pub(super) fn letter(&mut self, at: usize, with_exponent: bool) -> Parsed<Expr> {
        let name = self.name(at)?;
        let mut at = at + 1;
        let mut exponent = None;
        let mut subscript = String::new();
        for _ in 0..2 {
            if exponent.is_none()
                && with_exponent
                && let Some((raised, after)) = self.superscript(at)
            {
                (exponent, at) = (Some(raised), after);
            } else if subscript.is_empty()
                && let Some((lowered, after)) = self.subscript(at)
            {
                (subscript, at) = (lowered, after);
            }
        }
        let base = match (name.as_str(), subscript.as_str()) {
            ("I", _) => Expr::Constant(Constant::I),
            _ => self.symbol(format!("{name}{subscript}")),
        };
        let whole = match exponent {
            Some(exponent) => base.power(exponent),
            None => base,
        };
        Some((whole, at))
    }

    /// A symbol of this name, or the constant that it names.
    fn symbol(&self, name: String) -> Expr {
        let name = if name == "Gamma" { name } else { name.to_lowercase() };
        match name.as_str() {
            "pi" => Expr::Constant(Constant::Pi),
            "gamma" | "Gamma" => Expr::Constant(Constant::Gamma),
            _ => Expr::Symbol(Symbol { name, real: self.real }),
        }
    }

    /// The name of a letter, as it was written.
    fn name(&self, at: usize) -> Option<String> {
        let text = self.text(at).trim();
        Some(match self.kind(at)? {
            Kind::Letter => text.to_owned(),
            Kind::Greek if matches!(text, "γ" | "Γ") => "gamma".to_owned(),
            Kind::Greek => greek_command(text).to_owned(),
            Kind::OtherSymbol => text.trim_start_matches('\\').to_owned(),
            Kind::Accent => accented(text)?,
            _ => return None,
        })
    }

    /// What is lowered, as a text that begins with the underscore; braces only around more than one character.
    pub(super) fn subscript(&mut self, at: usize) -> Parsed<String> {
        let at = self.expect(at, Kind::Underscore)?;
        let (begin, end, after) = if self.kind(at) == Some(Kind::LeftBrace) {
            let (_, mut end) = self.expr(at + 1)?;
            while let Some(next) = self.expect(end, Kind::Comma) {
                (_, end) = self.expr(next)?;
            }
            (at + 1, end, self.expect(end, Kind::RightBrace)?)
        } else {
            let (_, end) = self.deeper(|parser| parser.atom(at))?;
            (at, end, end)
        };
        let joined: String = self.tokens[begin..end].iter().map(|token| token.text).collect();
        let inner = joined.trim();
        let braced = inner.chars().count() > 1;
        let text = if braced { format!("_{{{inner}}}") } else { format!("_{inner}") };
        Some((text, after))
    }

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
        let name: String = self.tokens[at..after].iter().map(|token| token.text.trim()).collect();
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
        let at = self.expect(at, Kind::Assign).or_else(|| self.expect(at, Kind::Equal))?;
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

/// The name of what is in an accent's braces: text is taken as it is, other accents mark the name.
fn accented(text: &str) -> Option<String> {
    let (command, inner) = text.strip_suffix('}')?.split_once('{')?;
    let command = command.trim_start_matches('\\').trim();
    let inner = inner.replace(' ', "");
    Some(match command {
        "bar" | "overline" => format!("bar{{{inner}}}"),
        "vec" | "overrightarrow" => format!("vec{{{inner}}}"),
        "tilde" | "widetilde" => format!("tilde{{{inner}}}"),
        _ if command.contains("text") || command == "mbox" => inner.replace(['(', ')'], ""),
        _ if command.contains("math") => format!("math{{{inner}}}"),
        _ => format!("{command}{{{inner}}}"),
    })
}

fn scientific(text: &str) -> Option<Expr> {
    let (digits, exponent) = text.split_once('E')?;
    let Some(Expr::Number(value) | Expr::Decimal(value)) = number(digits) else {
        return None;
    };
    let size: u32 = exponent.trim_start_matches(['+', '-']).parse().ok()?;
    if size > LARGEST_EXPONENT {
        return None;
    }
    let scale = BigRational::from_integer(num_traits::pow(BigInt::from(10), size as usize));
    let negative = exponent.starts_with('-');
    Some(Expr::Decimal(if negative { value / scale } else { value * scale }))
}
