//! Numbers, formulas, words and matrices.

use crate::tree::{Constant, Expr};
use crate::{exact, numeric};
use num_rational::BigRational;
use num_traits::ToPrimitive;

/// Decimals after the point to which a number that was written with one is compared.
const DECIMALS: f64 = 1e6;

/// Whether two expressions are equal.
pub(super) fn equal(a: &Expr, b: &Expr) -> bool {
    if a == b {
        return true;
    }
    let is_matrix = |expr: &Expr| expr.any(&|part| matches!(part, Expr::Matrix(_)));
    match (a, b) {
        (Expr::Symbol(_), _) | (_, Expr::Symbol(_)) => same_word(a, b),
        _ if is_matrix(a) || is_matrix(b) => match (matrix(a), matrix(b)) {
            (Some(Shaped::Rows(a)), Some(Shaped::Rows(b))) => same_cells(&a, &b),
            _ => false,
        },
        _ => numbers_equal(a, b).unwrap_or_else(|| formulas_equal(a, b)),
    }
}

fn same_cells(a: &[Vec<Expr>], b: &[Vec<Expr>]) -> bool {
    let row = |(a, b): (&Vec<Expr>, &Vec<Expr>)| {
        a.len() == b.len()
            && a.iter()
                .zip(b)
                .all(|(a, b)| numbers_equal(a, b).unwrap_or_else(|| formulas_equal(a, b)))
    };
    a.len() == b.len() && a.iter().zip(b).all(row)
}

/// Whether two formulas are the same, whatever they are written as.
fn formulas_equal(a: &Expr, b: &Expr) -> bool {
    exact::equal(a, b).unwrap_or_else(|| numeric::equal(a, b))
}

/// Whether a letter or word is the same as the other expression: a letter of the same name, or letters that spell it.
fn same_word(a: &Expr, b: &Expr) -> bool {
    let spelt = |expr: &Expr| -> Option<String> {
        let letter = |part: &Expr| match part {
            Expr::Symbol(symbol) => Some(symbol.name.to_lowercase()),
            Expr::Constant(Constant::E) => Some("e".to_owned()),
            _ => None,
        };
        match expr {
            Expr::Product(parts) => parts.iter().map(letter).collect(),
            one => letter(one),
        }
    };
    let (a, b) = (spelt(a), spelt(b));
    a.is_some() && a == b
}

/// A number as it was written, with whether it had a decimal point and a percent sign.
struct Written<'a> {
    value: &'a BigRational,
    decimal: bool,
    percent: bool,
}

fn written(expr: &Expr) -> Option<Written<'_>> {
    let (inner, percent) = match expr {
        Expr::Percent(inner) => (inner.as_ref(), true),
        other => (other, false),
    };
    match inner {
        Expr::Number(value) => Some(Written {
            value,
            decimal: false,
            percent,
        }),
        Expr::Decimal(value) => Some(Written {
            value,
            decimal: true,
            percent,
        }),
        _ => None,
    }
}

/// Compares what is a number as it stands; none if the general comparison has to decide.
fn numbers_equal(a: &Expr, b: &Expr) -> Option<bool> {
    let (first, second) = (written(a), written(b));
    let is_decimal = |number: &Option<Written>| number.as_ref().is_some_and(|n| n.decimal);
    if is_decimal(&first) || is_decimal(&second) {
        let values = [exact_or_near(a)?, exact_or_near(b)?];
        let whole = |expr: &Expr, is_decimal: bool| {
            !is_decimal && exact::number(expr).is_some_and(|n| n.is_integer())
        };
        // math-verify rounds an integer to an integer, which is no decimal number even of the same value; then only
        // a difference of nothing is left to find.
        if whole(a, is_decimal(&first)) || whole(b, is_decimal(&second)) {
            return Some(values[0] == values[1]);
        }
        let [a, b] = values.map(|value| (value * DECIMALS).round_ties_even());
        return Some(a == b);
    }
    let (first, second) = (first?, second?);
    let integers = first.value.is_integer() && second.value.is_integer();
    // "9%" answers "9", and "9" answers "9%".
    if (first.percent || second.percent) && integers && first.value == second.value {
        return Some(true);
    }
    None
}

fn exact_or_near(expr: &Expr) -> Option<f64> {
    exact::number(expr)
        .and_then(|n| n.to_f64())
        .or_else(|| numeric::real(expr))
}

/// A number or the rows of a matrix.
enum Shaped {
    Number(Expr),
    Rows(Vec<Vec<Expr>>),
}

/// The matrix that an expression of matrices is; none if their sizes do not fit.
fn matrix(expr: &Expr) -> Option<Shaped> {
    match expr {
        Expr::Matrix(rows) => Some(Shaped::Rows(rows.clone())),
        Expr::Sum(parts) => {
            let parts = parts.iter().map(matrix);
            parts.reduce(|a, b| sum(a?, b?))?
        }
        Expr::Product(parts) => {
            let parts = parts.iter().map(matrix);
            parts.reduce(|a, b| product(a?, b?))?
        }
        other => {
            let inside = other.any(&|part| matches!(part, Expr::Matrix(_)));
            (!inside).then(|| Shaped::Number(other.clone()))
        }
    }
}

fn sum(a: Shaped, b: Shaped) -> Option<Shaped> {
    match (a, b) {
        (Shaped::Number(a), Shaped::Number(b)) => Some(Shaped::Number(a.plus(b))),
        (Shaped::Rows(a), Shaped::Rows(b)) if a.len() == b.len() && a[0].len() == b[0].len() => {
            let row = |(a, b): (Vec<Expr>, Vec<Expr>)| {
                a.into_iter().zip(b).map(|(a, b)| a.plus(b)).collect()
            };
            Some(Shaped::Rows(a.into_iter().zip(b).map(row).collect()))
        }
        _ => None,
    }
}

fn product(a: Shaped, b: Shaped) -> Option<Shaped> {
    match (a, b) {
        (Shaped::Number(a), Shaped::Number(b)) => Some(Shaped::Number(a.times(b))),
        (Shaped::Number(number), Shaped::Rows(rows))
        | (Shaped::Rows(rows), Shaped::Number(number)) => {
            let row = |row: Vec<Expr>| row.into_iter().map(|c| number.clone().times(c)).collect();
            Some(Shaped::Rows(rows.into_iter().map(row).collect()))
        }
        (Shaped::Rows(a), Shaped::Rows(b)) if a[0].len() == b.len() => {
            let cell = |row: &[Expr], column: usize| {
                let parts = row
                    .iter()
                    .zip(&b)
                    .map(|(x, y)| x.clone().times(y[column].clone()));
                Expr::Sum(parts.collect())
            };
            let rows = a
                .iter()
                .map(|row| (0..b[0].len()).map(|c| cell(row, c)).collect());
            Some(Shaped::Rows(rows.collect()))
        }
        _ => None,
    }
}
