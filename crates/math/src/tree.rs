//! What a formula is once it has been read: expressions, relations, tuples and sets. Nothing is simplified here,
//! because the comparison asks how a thing was written (a decimal, a percentage, a single letter).

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};

/// A number without letters of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Constant {
    /// π.
    Pi,
    /// Euler's number.
    E,
    /// The Euler–Mascheroni constant, which is what a bare γ is read as.
    Gamma,
    /// The imaginary unit. Only a capital I is read as it: a small i is a letter like any other, as in math-verify.
    I,
    /// Positive infinity.
    Infinity,
    /// A number divided by zero.
    Undefined,
}

/// A letter or a word that stands for an unknown.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Symbol {
    /// Its name in lower case, with accent and subscript.
    pub(crate) name: String,
    /// Whether it stands for a real number. Letters of formulas with a separate i do not, and differ from letters
    /// that do.
    pub(crate) real: bool,
}

/// A function by what it computes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Function {
    Sin,
    Cos,
    Tan,
    Csc,
    Sec,
    Cot,
    Asin,
    Acos,
    Atan,
    Acsc,
    Asec,
    Acot,
    Sinh,
    Cosh,
    Tanh,
    Asinh,
    Acosh,
    Atanh,
    /// Of the argument and the base.
    Log,
    Exp,
    Abs,
    Floor,
    Ceiling,
    Factorial,
    Binomial,
    Max,
    Min,
    Gcd,
    Lcm,
    /// The remainder, with the sign of the divisor.
    Modulo,
    /// Of the summand, the index, the first and the last value.
    SumOver,
    /// As `SumOver`, of factors.
    ProductOver,
    /// A function without a known meaning, such as f.
    Named(String),
}

/// A formula that is a number or a matrix.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Expr {
    /// An exact number.
    Number(BigRational),
    /// A number that was written with a decimal point: it is compared after rounding.
    Decimal(BigRational),
    /// So many hundredths.
    Percent(Box<Expr>),
    Constant(Constant),
    Symbol(Symbol),
    Sum(Vec<Expr>),
    Product(Vec<Expr>),
    /// Base and exponent.
    Power(Box<Expr>, Box<Expr>),
    Call(Function, Vec<Expr>),
    /// Rows of equal length.
    Matrix(Vec<Vec<Expr>>),
}

/// How two sides are related.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Relate {
    Equal,
    Unequal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// One relation of two sides.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Relation {
    pub(crate) relate: Relate,
    pub(crate) left: Value,
    pub(crate) right: Value,
}

/// The sets with a letter of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NamedSet {
    Naturals,
    Integers,
    Rationals,
    Reals,
    Complexes,
}

/// A set.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Set {
    Empty,
    Named(NamedSet),
    /// Elements in the order they were written.
    Finite(Vec<Value>),
    Interval {
        start: Expr,
        end: Expr,
        start_open: bool,
        end_open: bool,
    },
    Union(Box<Set>, Box<Set>),
    Intersection(Box<Set>, Box<Set>),
    Difference(Box<Set>, Box<Set>),
}

/// An answer once it has been read.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    Expr(Expr),
    Relation(Box<Relation>),
    /// A chain such as 1 < x < 2, as the relations of neighbours.
    Chain(Vec<Relation>),
    Tuple(Vec<Value>),
    Set(Set),
}

impl Expr {
    pub(crate) fn integer(value: i64) -> Self {
        Self::Number(BigRational::from_integer(BigInt::from(value)))
    }

    /// The number, if this is one that was written as an integer or a fraction.
    pub(crate) fn as_number(&self) -> Option<&BigRational> {
        match self {
            Self::Number(number) => Some(number),
            _ => None,
        }
    }

    /// The integer, if this is one.
    pub(crate) fn as_integer(&self) -> Option<&BigInt> {
        self.as_number()
            .filter(|n| n.is_integer())
            .map(|n| n.numer())
    }

    /// The sum with another, without nesting sums.
    pub(crate) fn plus(self, other: Self) -> Self {
        let mut parts = match self {
            Self::Sum(parts) => parts,
            one => vec![one],
        };
        match other {
            Self::Sum(more) => parts.extend(more),
            one => parts.push(one),
        }
        Self::Sum(parts)
    }

    /// The product with another, without nesting products.
    pub(crate) fn times(self, other: Self) -> Self {
        let mut parts = match self {
            Self::Product(parts) => parts,
            one => vec![one],
        };
        match other {
            Self::Product(more) => parts.extend(more),
            one => parts.push(one),
        }
        Self::Product(parts)
    }

    /// The opposite.
    pub(crate) fn negated(self) -> Self {
        match self {
            Self::Number(number) => Self::Number(-number),
            Self::Decimal(number) => Self::Decimal(-number),
            other => Self::integer(-1).times(other),
        }
    }

    /// The difference with another.
    pub(crate) fn minus(self, other: Self) -> Self {
        self.plus(other.negated())
    }

    pub(crate) fn power(self, exponent: Self) -> Self {
        Self::Power(Box::new(self), Box::new(exponent))
    }

    /// The quotient: a fraction if both are integers.
    pub(crate) fn over(self, divisor: Self) -> Self {
        match (self.as_integer(), divisor.as_integer()) {
            (Some(_), Some(zero)) if zero.is_zero() => Self::Constant(Constant::Undefined),
            (Some(upper), Some(lower)) => {
                Self::Number(BigRational::new(upper.clone(), lower.clone()))
            }
            _ => self.times(divisor.power(Self::integer(-1))),
        }
    }

    /// Written next to another: a mixed number if this is an integer and the other a positive fraction (as
    /// math-verify reads it, an integer too), a product otherwise.
    pub(crate) fn next_to(self, other: Self) -> Self {
        match (self.as_integer(), other.as_number()) {
            (Some(whole), Some(part)) if part.is_positive() => {
                let whole = BigRational::from_integer(whole.clone());
                Self::Number(if whole.is_negative() {
                    whole - part
                } else {
                    whole + part
                })
            }
            _ => self.times(other),
        }
    }

    /// The parts that this is made of.
    pub(crate) fn children(&self) -> Vec<&Self> {
        match self {
            Self::Number(_) | Self::Decimal(_) | Self::Constant(_) | Self::Symbol(_) => Vec::new(),
            Self::Percent(inner) => vec![inner],
            Self::Sum(parts) | Self::Product(parts) | Self::Call(_, parts) => {
                parts.iter().collect()
            }
            Self::Power(base, exponent) => vec![base, exponent],
            Self::Matrix(rows) => rows.iter().flatten().collect(),
        }
    }

    /// Whether any part of this, itself included, is so.
    pub(crate) fn any(&self, is: &dyn Fn(&Self) -> bool) -> bool {
        is(self) || self.children().into_iter().any(|part| part.any(is))
    }

    /// The letters in this, once each, in order of their names.
    pub(crate) fn symbols(&self) -> Vec<Symbol> {
        fn collect(expr: &Expr, found: &mut Vec<Symbol>) {
            if let Expr::Symbol(symbol) = expr {
                found.push(symbol.clone());
            }
            for part in expr.children() {
                collect(part, found);
            }
        }
        let mut found = Vec::new();
        collect(self, &mut found);
        found.sort();
        found.dedup();
        found
    }

    /// Whether this is made of letters alone, such as AB or A/S: what an assignment assigns to.
    pub(crate) fn is_only_symbols(&self) -> bool {
        match self {
            Self::Symbol(_) => true,
            Self::Power(base, exponent) if **exponent == Self::integer(-1) => {
                base.is_only_symbols()
            }
            Self::Sum(_) | Self::Product(_) | Self::Power(..) | Self::Call(..) => {
                let parts = self.children();
                !parts.is_empty() && parts.into_iter().all(Self::is_only_symbols)
            }
            _ => false,
        }
    }
}

impl Relate {
    /// The relation with its sides exchanged; none for those that math-verify never exchanges.
    pub(crate) fn exchanged(self) -> Option<Self> {
        Some(match self {
            Self::Equal => Self::Equal,
            Self::Unequal => return None,
            Self::Less => Self::Greater,
            Self::LessOrEqual => Self::GreaterOrEqual,
            Self::Greater => Self::Less,
            Self::GreaterOrEqual => Self::LessOrEqual,
        })
    }
}

impl Value {
    /// The value as an expression, if it is one.
    pub(crate) fn as_expr(&self) -> Option<&Expr> {
        match self {
            Self::Expr(expr) => Some(expr),
            _ => None,
        }
    }

    /// The relations, if the value is one or a chain of them.
    pub(crate) fn relations(&self) -> Option<&[Relation]> {
        match self {
            Self::Relation(relation) => Some(std::slice::from_ref(relation)),
            Self::Chain(chain) => Some(chain),
            _ => None,
        }
    }
}

/// A number in hundredths, which is what follows a percent sign's number.
pub(crate) fn percent(value: Value) -> Value {
    match value {
        Value::Expr(expr) => Value::Expr(Expr::Percent(Box::new(expr))),
        other => other,
    }
}

/// A number from digits with at most one decimal point, and an optional sign.
pub(crate) fn number(text: &str) -> Option<Expr> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let joined = format!("{whole}{decimals}");
    let mut numerator = BigInt::parse_bytes(joined.as_bytes(), 10)?;
    if negative {
        numerator = -numerator;
    }
    let scale = u32::try_from(decimals.len()).ok()?;
    let denominator = num_traits::pow(BigInt::from(10), scale as usize);
    let value = BigRational::new(numerator, denominator);
    Some(if digits.contains('.') {
        Expr::Decimal(value)
    } else {
        debug_assert!(value.denom().is_one());
        Expr::Number(value)
    })
}
