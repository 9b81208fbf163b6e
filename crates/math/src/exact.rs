//! Exact arithmetic: numbers, and quotients of polynomials. Two such quotients are equal if their cross products are,
//! term by term, so no factors need to be found. What is larger than the bounds here is left to `numeric`.

use crate::tree::{Expr, Function, Symbol};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive, Zero};
use std::collections::BTreeMap;

/// The most bits of a number that is computed exactly.
const MOST_BITS: u64 = 20_000;
/// The largest number of which a factorial is computed exactly.
const LARGEST_FACTORIAL: u32 = 1000;
/// The most terms of a polynomial.
const MOST_TERMS: usize = 300;
/// The largest exponent of a sum that is multiplied out, and of a letter.
const LARGEST_EXPONENT: u32 = 4000;
/// How many products of two terms one comparison may take.
const MOST_WORK: usize = 100_000;

/// The number that an expression without letters is, if it is a fraction of integers and not too large.
pub(crate) fn number(expr: &Expr) -> Option<BigRational> {
    match expr {
        Expr::Number(value) | Expr::Decimal(value) => Some(value.clone()),
        Expr::Percent(inner) => Some(number(inner)? / BigRational::from_integer(BigInt::from(100))),
        Expr::Sum(parts) => {
            let mut sum = BigRational::zero();
            for part in parts {
                sum += number(part)?;
            }
            small(sum)
        }
        Expr::Product(parts) => {
            let mut product = BigRational::one();
            for part in parts {
                product = small(product * number(part)?)?;
            }
            Some(product)
        }
        Expr::Power(base, exponent) => power(&number(base)?, &number(exponent)?),
        Expr::Call(function, arguments) => {
            let values: Option<Vec<BigRational>> = arguments.iter().map(number).collect();
            call(function, &values?)
        }
        _ => None,
    }
}

fn bits(value: &BigRational) -> u64 {
    value.numer().bits().max(value.denom().bits())
}

fn small(value: BigRational) -> Option<BigRational> {
    (bits(&value) <= MOST_BITS).then_some(value)
}

/// A power with an integer exponent, or a root that is exact.
fn power(base: &BigRational, exponent: &BigRational) -> Option<BigRational> {
    let times = exponent.numer().to_i64()?;
    let root = exponent.denom().to_u32()?;
    let base = if root == 1 {
        base.clone()
    } else if base.is_negative() {
        return None;
    } else {
        let rooted = BigRational::new(base.numer().nth_root(root), base.denom().nth_root(root));
        let power = i32::try_from(root).ok().filter(|r| *r < 64)?;
        (rooted.pow(power) == *base).then_some(rooted)?
    };
    if base.is_zero() {
        return (times > 0).then(BigRational::zero);
    }
    if base.abs().is_one() {
        let odd = times % 2 != 0;
        return Some(if odd { base } else { BigRational::one() });
    }
    if bits(&base).saturating_mul(times.unsigned_abs()) > MOST_BITS {
        return None;
    }
    Some(base.pow(i32::try_from(times).ok()?))
}

fn call(function: &Function, values: &[BigRational]) -> Option<BigRational> {
    let whole = |value: &BigRational| value.is_integer().then(|| value.to_integer());
    match (function, values) {
        (Function::Factorial, [n]) => {
            let n = whole(n)?.to_u32().filter(|n| *n <= LARGEST_FACTORIAL)?;
            Some(BigRational::from_integer((1..=n).product()))
        }
        (Function::Binomial, [n, k]) => {
            let k = whole(k)?.to_u32().filter(|k| *k <= LARGEST_FACTORIAL)?;
            let mut product = BigRational::one();
            for i in 0..k {
                let i = BigRational::from_integer(i.into());
                product = small(product * (n - &i) / (i + BigRational::one()))?;
            }
            Some(product)
        }
        (Function::Abs, [value]) => Some(value.abs()),
        (Function::Floor, [value]) => Some(value.floor()),
        (Function::Ceiling, [value]) => Some(value.ceil()),
        (Function::Modulo, [a, b]) if !b.is_zero() => Some(a - b * (a / b).floor()),
        (Function::Max, values) => values.iter().max().cloned(),
        (Function::Min, values) => values.iter().min().cloned(),
        (Function::Gcd | Function::Lcm, values) => {
            let mut values = values.iter().map(whole);
            let mut so_far = values.next()??;
            for value in values {
                so_far = match function {
                    Function::Gcd => num_integer::gcd(so_far, value?),
                    _ => num_integer::lcm(so_far, value?),
                };
            }
            Some(BigRational::from_integer(so_far)).and_then(small)
        }
        _ => None,
    }
}

/// The exponents of the letters, in the order of the letters.
type Monomial = Vec<u32>;
type Polynomial = BTreeMap<Monomial, BigRational>;

/// A quotient of polynomials in several letters.
struct Quotient {
    upper: Polynomial,
    lower: Polynomial,
}

/// What multiplies out: the letters by place, and how much work is left.
struct Expansion {
    symbols: Vec<Symbol>,
    work: usize,
}

impl Expansion {
    fn of(expressions: [&Expr; 2]) -> Self {
        let mut symbols: Vec<Symbol> = expressions.iter().flat_map(|e| e.symbols()).collect();
        symbols.sort();
        symbols.dedup();
        Self {
            symbols,
            work: MOST_WORK,
        }
    }

    fn constant(&self, value: BigRational) -> Polynomial {
        let mut constant = Polynomial::new();
        if !value.is_zero() {
            constant.insert(vec![0; self.symbols.len()], value);
        }
        constant
    }

    fn whole(&self, upper: Polynomial) -> Quotient {
        Quotient {
            upper,
            lower: self.constant(BigRational::one()),
        }
    }

    fn quotient(&mut self, expr: &Expr) -> Option<Quotient> {
        if let Some(value) = number(expr) {
            return Some(self.whole(self.constant(value)));
        }
        match expr {
            Expr::Symbol(symbol) => {
                let at = self.symbols.binary_search(symbol).ok()?;
                let mut monomial = vec![0; self.symbols.len()];
                monomial[at] = 1;
                Some(self.whole(Polynomial::from([(monomial, BigRational::one())])))
            }
            Expr::Percent(inner) => {
                let inner = self.quotient(inner)?;
                let hundred = self.constant(BigRational::from_integer(BigInt::from(100)));
                let lower = self.product(&inner.lower, &hundred)?;
                Some(Quotient { lower, ..inner })
            }
            Expr::Sum(parts) => {
                let mut sum = self.whole(Polynomial::new());
                for part in parts {
                    let part = self.quotient(part)?;
                    sum = self.sum(&sum, &part)?;
                }
                Some(sum)
            }
            Expr::Product(parts) => {
                let mut product = self.whole(self.constant(BigRational::one()));
                for part in parts {
                    let part = self.quotient(part)?;
                    product = Quotient {
                        upper: self.product(&product.upper, &part.upper)?,
                        lower: self.product(&product.lower, &part.lower)?,
                    };
                }
                Some(product)
            }
            Expr::Power(base, exponent) => {
                let exponent = number(exponent)?;
                let times = exponent.is_integer().then(|| exponent.to_integer())?;
                let size = times.abs().to_u32().filter(|n| *n <= LARGEST_EXPONENT)?;
                let base = self.quotient(base)?;
                let upper = self.power(&base.upper, size)?;
                let lower = self.power(&base.lower, size)?;
                if times.is_negative() {
                    (!upper.is_empty()).then_some(Quotient {
                        upper: lower,
                        lower: upper,
                    })
                } else {
                    Some(Quotient { upper, lower })
                }
            }
            _ => None,
        }
    }

    fn sum(&mut self, a: &Quotient, b: &Quotient) -> Option<Quotient> {
        if a.lower == b.lower {
            return Some(Quotient {
                upper: combined(a.upper.clone(), &b.upper),
                lower: a.lower.clone(),
            });
        }
        let left = self.product(&a.upper, &b.lower)?;
        let right = self.product(&b.upper, &a.lower)?;
        Some(Quotient {
            upper: combined(left, &right),
            lower: self.product(&a.lower, &b.lower)?,
        })
    }

    fn product(&mut self, a: &Polynomial, b: &Polynomial) -> Option<Polynomial> {
        self.work = self.work.checked_sub(a.len() * b.len())?;
        let mut product = Polynomial::new();
        for (left, x) in a {
            for (right, y) in b {
                let exponents = left.iter().zip(right).map(|(i, j)| i + j);
                let monomial: Monomial = exponents.collect();
                if monomial.iter().any(|e| *e > LARGEST_EXPONENT) {
                    return None;
                }
                *product.entry(monomial).or_insert_with(BigRational::zero) += small(x * y)?;
            }
        }
        product.retain(|_, value| !value.is_zero());
        (product.len() <= MOST_TERMS).then_some(product)
    }

    fn power(&mut self, base: &Polynomial, times: u32) -> Option<Polynomial> {
        let (mut result, mut square) = (self.constant(BigRational::one()), base.clone());
        let mut left = times;
        while left > 0 {
            if left % 2 == 1 {
                result = self.product(&result, &square)?;
            }
            left /= 2;
            if left > 0 {
                square = self.product(&square, &square)?;
            }
        }
        Some(result)
    }
}

/// The sum of two polynomials.
fn combined(mut a: Polynomial, b: &Polynomial) -> Polynomial {
    for (monomial, value) in b {
        *a.entry(monomial.clone()).or_insert_with(BigRational::zero) += value;
    }
    a.retain(|_, value| !value.is_zero());
    a
}

/// Whether two quotients of polynomials are equal; none if one is no such quotient, or too large.
pub(crate) fn equal(a: &Expr, b: &Expr) -> Option<bool> {
    let mut expansion = Expansion::of([a, b]);
    let (a, b) = (expansion.quotient(a)?, expansion.quotient(b)?);
    let left = expansion.product(&a.upper, &b.lower)?;
    let right = expansion.product(&b.upper, &a.lower)?;
    Some(left == right)
}

/// Whether two quotients of polynomials have the same zeros because their numerators differ by a constant factor; none
/// if one is no such quotient, or too large.
pub(crate) fn proportional(a: &Expr, b: &Expr) -> Option<bool> {
    let mut expansion = Expansion::of([a, b]);
    let (a, b) = (expansion.quotient(a)?.upper, expansion.quotient(b)?.upper);
    let (Some((_, first)), Some((_, second))) = (a.iter().next(), b.iter().next()) else {
        return Some(a.is_empty() && b.is_empty());
    };
    let ratio = first / second;
    let same = |((m, x), (n, y)): ((&Monomial, &BigRational), (&Monomial, &BigRational))| {
        m == n && *x == y * &ratio
    };
    Some(a.len() == b.len() && a.iter().zip(&b).all(same))
}
