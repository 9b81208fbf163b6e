//! Equations and inequalities.

use super::expressions;
use super::members::{self, Members};
use crate::tree::{Expr, Function, Relate, Relation, Set, Symbol, Value};
use crate::{exact, numeric};

/// Where changes of sign are looked for: steps per unit near zero, and how many steps grow beyond.
const FINE_STEPS: i32 = 400;
const FINE_STEP: f64 = 0.0625;
const GROWTH: f64 = 1.05;
const COARSE_STEPS: i32 = 200;
/// How often an interval with a change of sign is halved.
const HALVINGS: usize = 60;
/// The most changes of sign that are looked for; a set with as many ends is no answer.
const MOST_CHANGES: usize = 40;
/// How far two sides may be apart that are equal, relative to their size.
const TOLERANCE: f64 = 1e-9;

/// Whether two relations, or two chains of as many, say the same.
pub(super) fn equal(reference: &Value, output: &Value) -> bool {
    match (reference, output) {
        (Value::Relation(a), Value::Relation(b)) => one_equal(a, b),
        (Value::Chain(a), Value::Chain(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| one_equal(a, b))
        }
        _ => false,
    }
}

fn one_equal(a: &Relation, b: &Relation) -> bool {
    if a == b {
        return true;
    }
    let (Value::Expr(a_left), Value::Expr(a_right)) = (&a.left, &a.right) else {
        return match (&a.right, &b.right) {
            (Value::Set(first), Value::Set(second)) => {
                a.relate == b.relate && a.left == b.left && members::same(first, second)
            }
            _ => false,
        };
    };
    let (Value::Expr(b_left), Value::Expr(b_right)) = (&b.left, &b.right) else {
        return false;
    };
    let a_difference = a_left.clone().minus(a_right.clone());
    let b_difference = b_left.clone().minus(b_right.clone());
    if a.relate == b.relate && expressions::equal(&a_difference, &b_difference) {
        return true;
    }
    if a.relate.exchanged() == Some(b.relate) {
        let exchanged = b_right.clone().minus(b_left.clone());
        if expressions::equal(&a_difference, &exchanged) {
            return true;
        }
    }
    // math-verify solves equations for one of several unknowns; equations whose sides differ by a factor have the
    // same solutions.
    let both_equate = a.relate == Relate::Equal && b.relate == Relate::Equal;
    let unknowns = a_difference.symbols();
    both_equate
        && unknowns.len() > 1
        && unknowns == b_difference.symbols()
        && exact::proportional(&a_difference, &b_difference)
            .unwrap_or_else(|| numeric::proportional(&a_difference, &b_difference))
}

/// A function of unknown meaning as one letter, so that 0 < f(x) < 1 says where f(x) is.
fn with_named_as_letters(expr: &Expr) -> Expr {
    let all = |parts: &[Expr]| parts.iter().map(with_named_as_letters).collect();
    match expr {
        Expr::Call(Function::Named(name), arguments) => Expr::Symbol(Symbol {
            name: format!("{name}_{arguments:?}"),
            real: true,
        }),
        Expr::Call(function, parts) => Expr::Call(function.clone(), all(parts)),
        Expr::Sum(parts) => Expr::Sum(all(parts)),
        Expr::Product(parts) => Expr::Product(all(parts)),
        Expr::Power(base, exponent) => {
            with_named_as_letters(base).power(with_named_as_letters(exponent))
        }
        Expr::Percent(inner) => Expr::Percent(Box::new(with_named_as_letters(inner))),
        other => other.clone(),
    }
}

/// One relation of two expressions in one letter.
struct Sides {
    relate: Relate,
    left: Expr,
    right: Expr,
}

/// Whether a set of numbers holds just what solves all relations in one letter. The solutions are not computed: it is
/// asked of the set's ends, of places where the two sides change order, and of one number between each two of these.
pub(super) fn solved_by(relations: &[Relation], set: &Set) -> bool {
    let sides = relations.iter().map(|one| {
        Some(Sides {
            relate: one.relate,
            left: with_named_as_letters(one.left.as_expr()?),
            right: with_named_as_letters(one.right.as_expr()?),
        })
    });
    let Some(sides) = sides.collect::<Option<Vec<Sides>>>() else {
        return false;
    };
    let mut letters: Vec<Symbol> = sides
        .iter()
        .flat_map(|s| [s.left.symbols(), s.right.symbols()].concat())
        .collect();
    letters.sort();
    letters.dedup();
    let ([letter], Some(members)) = (letters.as_slice(), Members::of(set)) else {
        return false;
    };
    let mut marks = members.ends();
    for side in &sides {
        marks.extend(changes(side, letter));
    }
    let holds = |x: f64| sides.iter().all(|side| side.holds(letter, x));
    members::samples(marks)
        .into_iter()
        .all(|x| members.contain(x) == holds(x))
}

impl Sides {
    fn values(&self, letter: &Symbol, x: f64) -> Option<(f64, f64)> {
        let at = [(letter.clone(), x)];
        Some((
            numeric::real_where(&self.left, &at)?,
            numeric::real_where(&self.right, &at)?,
        ))
    }

    fn holds(&self, letter: &Symbol, x: f64) -> bool {
        let Some((left, right)) = self.values(letter, x) else {
            return false;
        };
        let size = left.abs().max(right.abs()).max(1.0);
        let same = left == right || (left - right).abs() <= TOLERANCE * size;
        match self.relate {
            Relate::Equal => same,
            Relate::Unequal => !same,
            Relate::Less => !same && left < right,
            Relate::LessOrEqual => same || left < right,
            Relate::Greater => !same && left > right,
            Relate::GreaterOrEqual => same || left > right,
        }
    }
}

/// Places where the order of the sides changes.
fn changes(side: &Sides, letter: &Symbol) -> Vec<f64> {
    let above = |x: f64| side.values(letter, x).map(|(left, right)| left > right);
    let positive = (0..=FINE_STEPS).map(|i| f64::from(i) * FINE_STEP);
    let edge = f64::from(FINE_STEPS) * FINE_STEP;
    let beyond = (1..=COARSE_STEPS).map(|i| edge * GROWTH.powi(i));
    let half: Vec<f64> = positive.chain(beyond).collect();
    let mut grid: Vec<f64> = half.iter().skip(1).map(|x| -x).rev().collect();
    grid.extend(half);
    let mut found = Vec::new();
    for pair in grid.windows(2) {
        let (mut low, mut high) = (pair[0], pair[1]);
        let before = above(low);
        if before == above(high) || found.len() >= MOST_CHANGES {
            continue;
        }
        for _ in 0..HALVINGS {
            let middle = low.midpoint(high);
            if above(middle) == before {
                low = middle;
            } else {
                high = middle;
            }
        }
        found.push(low.midpoint(high));
    }
    // Sides that are equal at a whole number often do not change order where they touch, as in x² > 0.
    let touching = (-20..=20).map(f64::from);
    found.extend(touching.filter(|x| {
        let values = side.values(letter, *x);
        values.is_some_and(|(left, right)| left == right)
    }));
    found
}
