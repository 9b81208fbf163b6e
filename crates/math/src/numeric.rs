//! Values of expressions in double precision, as complex numbers, at points that are fixed once for all.
//!
//! Two expressions that are equal at all points of a handful are taken for equal. For expressions that are analytic
//! in their letters the points where two different ones agree have measure zero, so a false yes needs values that
//! agree by rounding: to ten digits at eight points. A false no comes from cancellation that leaves less than ten
//! digits, or from values too large for double precision at every point.

use crate::exact;
use crate::tree::{Constant, Expr, Function, Symbol};
use num_complex::Complex64;
use num_traits::ToPrimitive;
use rustc_hash::FxHasher;
use std::f64::consts::{E, PI};
use std::hash::{Hash, Hasher};

/// At how many points expressions with letters are compared.
const POINTS: u64 = 8;
/// At how many of them both must have a value.
const FEWEST_POINTS: usize = 3;
/// How far values may be apart, relative to the larger.
const RELATIVE: f64 = 1e-10;
/// How far values may be apart that should be zero.
const ABSOLUTE: f64 = 1e-13;
/// How many parts of an expression are computed at a point, those of repeated summands included.
const MOST_STEPS: u32 = 20_000;
/// How close to an integer a value is taken for it, where it is rounded down or up.
const NEAR_INTEGER: f64 = 1e-11;
/// The largest factorial and binomial coefficient computed term by term.
const LARGEST_FACTORIAL: f64 = 170.0;
/// Where the summands of a sum with unknown bounds are looked at.
const PLACES: [f64; 3] = [1.0, 2.0, 5.0];
/// The Euler–Mascheroni constant.
const EULER_GAMMA: f64 = 0.577_215_664_901_532_9;

/// Values of letters, and how much may still be computed.
struct Point {
    index: u64,
    bound: Vec<(Symbol, Complex64)>,
    steps: u32,
}

/// Whether two values are the same up to rounding.
fn close(a: Complex64, b: Complex64) -> bool {
    a == b || (a - b).norm() <= ABSOLUTE.max(RELATIVE * a.norm().max(b.norm()))
}

/// Whether two expressions have the same value wherever both have one.
pub(crate) fn equal(a: &Expr, b: &Expr) -> bool {
    let has_symbols = !a.symbols().is_empty() || !b.symbols().is_empty();
    let points = if has_symbols { POINTS } else { 1 };
    let mut compared = 0;
    for index in 0..points {
        let (Some(a), Some(b)) = (at_point(a, index), at_point(b, index)) else {
            continue;
        };
        if !close(a, b) {
            return false;
        }
        compared += 1;
    }
    compared >= if has_symbols { FEWEST_POINTS } else { 1 }
}

/// Whether one expression is a constant times the other, the constant not zero.
pub(crate) fn proportional(a: &Expr, b: &Expr) -> bool {
    let ratios = (0..POINTS).filter_map(|index| {
        let ratio = at_point(a, index)? / at_point(b, index)?;
        ratio.is_finite().then_some(ratio)
    });
    let ratios: Vec<Complex64> = ratios.collect();
    ratios.len() >= FEWEST_POINTS
        && ratios[0].norm() > ABSOLUTE
        && ratios.iter().all(|ratio| close(*ratio, ratios[0]))
}

/// The value at one of the fixed points; none if there is none, or it is not finite.
fn at_point(expr: &Expr, index: u64) -> Option<Complex64> {
    let mut point = Point {
        index,
        bound: Vec::new(),
        steps: MOST_STEPS,
    };
    point.value(expr).filter(|value| value.is_finite())
}

/// The value of an expression without letters, if it is real; it may be infinite.
pub(crate) fn real(expr: &Expr) -> Option<f64> {
    real_where(expr, &[])
}

/// The value of an expression in which letters have these values, if it is real; it may be infinite.
pub(crate) fn real_where(expr: &Expr, letters: &[(Symbol, f64)]) -> Option<f64> {
    let bound = letters
        .iter()
        .map(|(s, value)| (s.clone(), Complex64::from(*value)));
    let mut point = Point {
        index: 0,
        bound: bound.collect(),
        steps: MOST_STEPS,
    };
    let known = |symbol: &Symbol| letters.iter().any(|(name, _)| name == symbol);
    if !expr.symbols().iter().all(known) {
        return None;
    }
    let value = point.value(expr)?;
    let is_real = value.im.abs() <= ABSOLUTE.max(RELATIVE * value.re.abs());
    (is_real && !value.re.is_nan()).then_some(value.re)
}

/// A number in [0, 1) that looks random, from a seed.
fn scattered(seed: impl Hash) -> f64 {
    let mut hasher = FxHasher::default();
    seed.hash(&mut hasher);
    // The hasher's low bits are weak; a round of splitmix64 spreads them.
    let mut bits = hasher.finish().wrapping_add(0x9E37_79B9_7F4A_7C15);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    ((bits ^ (bits >> 31)) >> 11) as f64 / (1u64 << 53) as f64
}

impl Point {
    /// The letter's value at this point: from −3 to 3, and off the real axis if it need not be real. The same in
    /// every build, because it depends on nothing but the name.
    fn of_symbol(&self, symbol: &Symbol) -> Complex64 {
        let bound = self.bound.iter().rev().find(|(name, _)| name == symbol);
        if let Some((_, value)) = bound {
            return *value;
        }
        let name = symbol.name.as_bytes();
        let re = 6.0 * scattered((name, self.index, 0u8)) - 3.0;
        let im = if symbol.real {
            0.0
        } else {
            4.0 * scattered((name, self.index, 1u8)) - 2.0
        };
        Complex64::new(re, im)
    }

    fn value(&mut self, expr: &Expr) -> Option<Complex64> {
        self.steps = self.steps.checked_sub(1)?;
        match expr {
            Expr::Number(number) | Expr::Decimal(number) => number.to_f64().map(Complex64::from),
            Expr::Percent(inner) => Some(self.value(inner)? / 100.0),
            Expr::Constant(constant) => match constant {
                Constant::Pi => Some(PI.into()),
                Constant::E => Some(E.into()),
                Constant::Gamma => Some(EULER_GAMMA.into()),
                Constant::I => Some(Complex64::I),
                Constant::Infinity => Some(f64::INFINITY.into()),
                Constant::Undefined => None,
            },
            Expr::Symbol(symbol) => Some(self.of_symbol(symbol)),
            Expr::Sum(parts) => {
                let mut sum = Complex64::ZERO;
                for part in parts {
                    sum += self.value(part)?;
                }
                Some(sum)
            }
            Expr::Product(parts) => {
                let mut product = Complex64::ONE;
                for part in parts {
                    product = times(product, self.value(part)?);
                }
                Some(product)
            }
            Expr::Power(base, exponent) => {
                let base = self.value(base)?;
                let exponent = self.value(exponent)?;
                Some(power(base, exponent))
            }
            Expr::Call(Function::SumOver | Function::ProductOver, parts) => {
                self.over_index(expr, parts)
            }
            Expr::Call(function, arguments) => {
                let values: Option<Vec<Complex64>> = arguments
                    .iter()
                    .map(|argument| self.value(argument))
                    .collect();
                self.call(function, &values?)
            }
            Expr::Matrix(_) => None,
        }
    }

    fn over_index(&mut self, expr: &Expr, parts: &[Expr]) -> Option<Complex64> {
        let [body, Expr::Symbol(index), first, last] = parts else {
            return None;
        };
        let is_sum = matches!(expr, Expr::Call(Function::SumOver, _));
        let bounds = [first, last].map(|bound| exact::number(bound).filter(|n| n.is_integer()));
        let [Some(first), Some(last)] = bounds else {
            return self.without_bounds(is_sum, body, index, [first, last]);
        };
        let (first, last) = (first.to_i64()?, last.to_i64()?);
        let mut result = if is_sum {
            Complex64::ZERO
        } else {
            Complex64::ONE
        };
        for i in first..=last {
            self.bound.push((index.clone(), Complex64::from(i as f64)));
            let value = self.value(body);
            self.bound.pop();
            if is_sum {
                result += value?;
            } else {
                result = times(result, value?);
            }
        }
        Some(result)
    }

    /// A sum or product whose bounds have letters: a value that depends on the bounds and on the body's at some places.
    fn without_bounds(
        &mut self,
        is_sum: bool,
        body: &Expr,
        index: &Symbol,
        bounds: [&Expr; 2],
    ) -> Option<Complex64> {
        let mut values = Vec::new();
        for bound in bounds {
            values.push(self.value(bound)?);
        }
        for place in PLACES {
            self.bound.push((index.clone(), Complex64::from(place)));
            let value = self.value(body);
            self.bound.pop();
            values.push(value?);
        }
        Some(self.unknown(if is_sum { "sum" } else { "product" }, &values))
    }

    fn call(&self, function: &Function, values: &[Complex64]) -> Option<Complex64> {
        let [first, ..] = values else {
            return None;
        };
        let z = *first;
        let one = Complex64::ONE;
        let reals = || -> Option<Vec<f64>> {
            values
                .iter()
                .map(|v| (v.im.abs() <= ABSOLUTE).then_some(v.re))
                .collect()
        };
        Some(match function {
            Function::Sin => z.sin(),
            Function::Cos => z.cos(),
            Function::Tan => z.sin() / z.cos(),
            Function::Csc => one / z.sin(),
            Function::Sec => one / z.cos(),
            Function::Cot => z.cos() / z.sin(),
            Function::Asin => z.asin(),
            Function::Acos => z.acos(),
            Function::Atan => z.atan(),
            Function::Acsc => (one / z).asin(),
            Function::Asec => (one / z).acos(),
            Function::Acot => (one / z).atan(),
            Function::Sinh => z.sinh(),
            Function::Cosh => z.cosh(),
            Function::Tanh => z.tanh(),
            Function::Asinh => z.asinh(),
            Function::Acosh => z.acosh(),
            Function::Atanh => z.atanh(),
            Function::Exp => power(E.into(), z),
            Function::Log => logarithm(z) / logarithm(*values.get(1)?),
            Function::Abs => z.norm().into(),
            Function::Floor => nudged(*reals()?.first()?).floor().into(),
            Function::Ceiling => nudged(*reals()?.first()?).ceil().into(),
            Function::Max => reals()?
                .into_iter()
                .fold(f64::NEG_INFINITY, f64::max)
                .into(),
            Function::Min => reals()?.into_iter().fold(f64::INFINITY, f64::min).into(),
            Function::Modulo => {
                let [a, b] = *reals()?.as_slice() else {
                    return None;
                };
                (a - b * nudged(a / b).floor()).into()
            }
            Function::Factorial => match factorial(z) {
                Some(value) => value,
                None => self.unknown("!", values),
            },
            Function::Binomial => match choose(z, *values.get(1)?) {
                Some(value) => value,
                None => self.unknown("binomial", values),
            },
            Function::Named(name) => self.unknown(name, values),
            // Of numbers alone these are exact; of letters nothing is known but that they are functions.
            Function::Gcd => self.unknown("gcd", values),
            Function::Lcm => self.unknown("lcm", values),
            Function::SumOver | Function::ProductOver => return None,
        })
    }

    /// A value for a function of which nothing is known: the same for the same name and arguments.
    fn unknown(&self, name: &str, values: &[Complex64]) -> Complex64 {
        let rounded = |x: f64| (x * 1e8).round() as i64;
        let key: Vec<[i64; 2]> = values
            .iter()
            .map(|v| [rounded(v.re), rounded(v.im)])
            .collect();
        (4.0 * scattered((name, &key)) - 2.0).into()
    }
}

/// The product; of real factors without an imaginary part, which an infinite factor would make not a number.
fn times(a: Complex64, b: Complex64) -> Complex64 {
    if a.im == 0.0 && b.im == 0.0 {
        (a.re * b.re).into()
    } else {
        a * b
    }
}

fn power(base: Complex64, exponent: Complex64) -> Complex64 {
    let is_real = base.im == 0.0 && exponent.im == 0.0;
    if is_real && (base.re >= 0.0 || exponent.re.fract() == 0.0) {
        return base.re.powf(exponent.re).into();
    }
    if exponent.im == 0.0 && exponent.re.fract() == 0.0 && exponent.re.abs() <= 64.0 {
        return base.powi(exponent.re as i32);
    }
    base.powc(exponent)
}

fn logarithm(z: Complex64) -> Complex64 {
    if z.im == 0.0 && z.re > 0.0 {
        z.re.ln().into()
    } else {
        // A zero with a sign would put a negative number below the cut.
        Complex64::new(z.re, z.im + 0.0).ln()
    }
}

/// A value that is an integer up to rounding, as that integer.
fn nudged(x: f64) -> f64 {
    let near = x.round();
    if (x - near).abs() <= NEAR_INTEGER * near.abs().max(1.0) {
        near
    } else {
        x
    }
}

fn factorial(z: Complex64) -> Option<Complex64> {
    let n = z.re;
    let is_whole = z.im == 0.0 && n >= 0.0 && n.fract() == 0.0 && n <= LARGEST_FACTORIAL;
    is_whole.then(|| (1..=n as u32).map(f64::from).product::<f64>().into())
}

fn choose(n: Complex64, k: Complex64) -> Option<Complex64> {
    let is_whole = k.im == 0.0 && k.re >= 0.0 && k.re.fract() == 0.0 && k.re <= LARGEST_FACTORIAL;
    is_whole.then(|| {
        let factors = (0..k.re as u32).map(f64::from);
        factors.fold(Complex64::ONE, |product, i| product * (n - i) / (i + 1.0))
    })
}
