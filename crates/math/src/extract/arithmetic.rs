//! Numbers with signs between them, outside of formulas: `3 + 4 * (5 - 2)`. The rules are Python's, which is how
//! math-verify reads them: a power binds to the right and before a sign, and nothing is multiplied without a sign.

use crate::tree::{Expr, number};

const MOST_NESTED: usize = 40;
/// The most characters of a sum that is an answer.
const MOST_CHARACTERS: usize = 400;

struct Reader<'t> {
    rest: &'t str,
    nested: usize,
}

/// The value of such an expression, if it is one.
pub(super) fn read(text: &str) -> Option<Expr> {
    if text.len() > MOST_CHARACTERS {
        return None;
    }
    let mut reader = Reader {
        rest: text.trim(),
        nested: 0,
    };
    let value = reader.sum()?;
    reader.rest.is_empty().then_some(value)
}

impl Reader<'_> {
    fn take(&mut self, sign: &str) -> bool {
        match self.rest.strip_prefix(sign) {
            Some(rest) => {
                self.rest = rest.trim_start();
                true
            }
            None => false,
        }
    }

    fn sum(&mut self) -> Option<Expr> {
        let mut sum = self.product()?;
        loop {
            if self.take("+") {
                sum = sum.plus(self.product()?);
            } else if self.take("-") {
                sum = sum.minus(self.product()?);
            } else {
                return Some(sum);
            }
        }
    }

    fn product(&mut self) -> Option<Expr> {
        let mut product = self.signed()?;
        loop {
            if self.rest.starts_with("**") || self.rest.starts_with("//") {
                return None;
            }
            if self.take("*") {
                product = product.times(self.signed()?);
            } else if self.take("/") {
                product = product.over(self.signed()?);
            } else {
                return Some(product);
            }
        }
    }

    fn signed(&mut self) -> Option<Expr> {
        if self.nested >= MOST_NESTED {
            return None;
        }
        self.nested += 1;
        let value = if self.take("-") {
            self.signed().map(Expr::negated)
        } else if self.take("+") {
            self.signed()
        } else {
            self.power()
        };
        self.nested -= 1;
        value
    }

    fn power(&mut self) -> Option<Expr> {
        let base = self.atom()?;
        if self.take("^") || self.take("**") {
            return Some(base.power(self.signed()?));
        }
        Some(base)
    }

    fn atom(&mut self) -> Option<Expr> {
        if self.take("(") {
            let inner = self.sum()?;
            return self.take(")").then_some(inner);
        }
        let length = self
            .rest
            .bytes()
            .take_while(|b| b.is_ascii_digit() || *b == b'.')
            .count();
        let (digits, rest) = self.rest.split_at(length);
        let padded = digits.len() > 1 && digits.starts_with('0') && !digits.starts_with("0.");
        if padded || digits.matches('.').count() > 1 || digits == "." {
            return None;
        }
        self.rest = rest.trim_start();
        number(digits)
    }
}
