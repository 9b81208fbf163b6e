//! Letters, numbers and constants.

use super::parser::{Parsed, Parser};
use crate::lexer::{Kind, greek_command};
use crate::tree::{Constant, Expr, Symbol, number};
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
        let name = if name == "Gamma" {
            name
        } else {
            name.to_lowercase()
        };
        match name.as_str() {
            "pi" => Expr::Constant(Constant::Pi),
            "gamma" | "Gamma" => Expr::Constant(Constant::Gamma),
            _ => Expr::Symbol(Symbol {
                name,
                real: self.real,
            }),
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
        let joined: String = self.tokens[begin..end]
            .iter()
            .map(|token| token.text)
            .collect();
        let inner = joined.trim();
        let braced = inner.chars().count() > 1;
        let text = if braced {
            format!("_{{{inner}}}")
        } else {
            format!("_{inner}")
        };
        Some((text, after))
    }
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
    Some(Expr::Decimal(if negative {
        value / scale
    } else {
        value * scale
    }))
}
