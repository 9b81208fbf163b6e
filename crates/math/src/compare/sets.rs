//! Tuples and sets.

use super::equal as values_equal;
use crate::numeric;
use crate::tree::{Expr, NamedSet, Set, Value};

/// How close two ends are that are the same number.
const NEAR: f64 = 1e-11;

/// The most elements that are compared each with each.
const MOST_ELEMENTS: usize = 64;

/// Whether two values are the same of which at least one is a set or a tuple; any other value counts as a set of one.
pub(super) fn equal(reference: &Value, output: &Value) -> bool {
    let as_set = |value: &Value| match value {
        Value::Set(_) | Value::Tuple(_) => value.clone(),
        other => Value::Set(Set::Finite(vec![other.clone()])),
    };
    let (a, b) = (as_set(reference), as_set(output));
    match (&a, &b) {
        (Value::Set(Set::Interval { .. }), Value::Set(Set::Interval { .. })) => intervals(&a, &b),
        (Value::Set(Set::Finite(a)), Value::Set(Set::Finite(b)) | Value::Tuple(b)) => same_elements(a, b),
        (Value::Tuple(a), Value::Tuple(b) | Value::Set(Set::Finite(b))) => in_order(a, b),
        // (1, 2) may be meant as a pair where it was read as an interval.
        (Value::Set(interval), Value::Set(Set::Finite(_)) | Value::Tuple(_)) if pair(interval).is_some() => {
            pair(interval).is_some_and(|pair| equal(&pair, &b))
        }
        (Value::Set(Set::Finite(_)) | Value::Tuple(_), Value::Set(interval)) if pair(interval).is_some() => {
            pair(interval).is_some_and(|pair| equal(&a, &pair))
        }
        (Value::Set(a), Value::Set(b)) => same_members(a, b),
        _ => false,
    }
}

/// The ends of an open interval as a pair.
fn pair(set: &Set) -> Option<Value> {
    match set {
        Set::Interval {
            start,
            end,
            start_open: true,
            end_open: true,
        } => Some(Value::Tuple(vec![
            Value::Expr(start.clone()),
            Value::Expr(end.clone()),
        ])),
        _ => None,
    }
}

fn intervals(a: &Value, b: &Value) -> bool {
    let ends = |value: &Value| match value {
        Value::Set(Set::Interval {
            start,
            end,
            start_open,
            end_open,
        }) => Some((start.clone(), end.clone(), *start_open, *end_open)),
        _ => None,
    };
    let (Some(a), Some(b)) = (ends(a), ends(b)) else {
        return false;
    };
    let same = |a: Expr, b: Expr| values_equal(&Value::Expr(a), &Value::Expr(b));
    a.2 == b.2 && a.3 == b.3 && same(a.0, b.0) && same(a.1, b.1)
}

fn in_order(a: &[Value], b: &[Value]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| values_equal(a, b))
}

/// Whether each element of one list has an equal one of its own in the other.
fn same_elements(a: &[Value], b: &[Value]) -> bool {
    let mut left: Vec<&Value> = b.iter().collect();
    let taken = |wanted: &Value| match left.iter().position(|other| values_equal(wanted, other)) {
        Some(at) => {
            left.swap_remove(at);
            true
        }
        None => false,
    };
    a.len() == b.len() && (a == b || (a.len() <= MOST_ELEMENTS && a.iter().all(taken)))
}

fn same_members(a: &Set, b: &Set) -> bool {
    let (Some(a), Some(b)) = (Members::of(a), Members::of(b)) else {
        return false;
    };
    let marks = [a.ends(), b.ends()].concat();
    samples(marks).into_iter().all(|x| a.contain(x) == b.contain(x))
}

/// Numbers that tell two sets of real numbers apart if all their ends are among these: the ends, and one number
/// between each two neighbours and beyond the outermost.
pub(super) fn samples(mut marks: Vec<f64>) -> Vec<f64> {
    marks.retain(|x| x.is_finite());
    marks.sort_by(f64::total_cmp);
    marks.dedup_by(|a, b| near(*a, *b));
    let (Some(first), Some(last)) = (marks.first(), marks.last()) else {
        return vec![0.0];
    };
    let outside = [first - 1.0, last + 1.0];
    let between: Vec<f64> = marks.windows(2).map(|pair| pair[0].midpoint(pair[1])).collect();
    [marks, between, outside.to_vec()].concat()
}

fn near(a: f64, b: f64) -> bool {
    a == b || (a.is_finite() && b.is_finite() && (a - b).abs() <= NEAR * a.abs().max(b.abs()).max(1.0))
}

/// A set of real numbers by its ends.
pub(super) enum Members {
    None,
    All,
    Points(Vec<f64>),
    Between(f64, f64, [bool; 2]),
    Union(Box<Members>, Box<Members>),
    Intersection(Box<Members>, Box<Members>),
    Difference(Box<Members>, Box<Members>),
}

impl Members {
    /// The members of a set, if it is one of real numbers with known ends.
    pub(super) fn of(set: &Set) -> Option<Self> {
        let both = |a: &Set, b: &Set| Some((Box::new(Self::of(a)?), Box::new(Self::of(b)?)));
        Some(match set {
            Set::Empty => Self::None,
            Set::Named(NamedSet::Reals) => Self::All,
            Set::Named(_) => return None,
            Set::Finite(elements) => {
                let number = |value: &Value| numeric::real(value.as_expr()?);
                Self::Points(elements.iter().map(number).collect::<Option<_>>()?)
            }
            Set::Interval {
                start,
                end,
                start_open,
                end_open,
            } => Self::Between(numeric::real(start)?, numeric::real(end)?, [*start_open, *end_open]),
            Set::Union(a, b) => both(a, b).map(|(a, b)| Self::Union(a, b))?,
            Set::Intersection(a, b) => both(a, b).map(|(a, b)| Self::Intersection(a, b))?,
            Set::Difference(a, b) => both(a, b).map(|(a, b)| Self::Difference(a, b))?,
        })
    }

    /// All ends.
    pub(super) fn ends(&self) -> Vec<f64> {
        match self {
            Self::None | Self::All => Vec::new(),
            Self::Points(points) => points.clone(),
            Self::Between(start, end, _) => vec![*start, *end],
            Self::Union(a, b) | Self::Intersection(a, b) | Self::Difference(a, b) => {
                [a.ends(), b.ends()].concat()
            }
        }
    }

    /// Whether a number is in the set; one that is an end up to rounding is that end.
    pub(super) fn contain(&self, x: f64) -> bool {
        match self {
            Self::None => false,
            Self::All => true,
            Self::Points(points) => points.iter().any(|p| near(*p, x)),
            Self::Between(start, end, [start_open, end_open]) => {
                let after = if near(*start, x) { !start_open } else { *start < x };
                let before = if near(*end, x) { !end_open } else { x < *end };
                after && before
            }
            Self::Union(a, b) => a.contain(x) || b.contain(x),
            Self::Intersection(a, b) => a.contain(x) && b.contain(x),
            Self::Difference(a, b) => a.contain(x) && !b.contain(x),
        }
    }
}
