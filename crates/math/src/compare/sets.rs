//! Tuples and sets.

use super::equal as values_equal;
use super::members;
use crate::tree::{Expr, Set, Value};

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
        (Value::Set(Set::Finite(a)), Value::Set(Set::Finite(b)) | Value::Tuple(b)) => {
            same_elements(a, b)
        }
        (Value::Tuple(a), Value::Tuple(b) | Value::Set(Set::Finite(b))) => in_order(a, b),
        // (1, 2) may be meant as a pair where it was read as an interval.
        (Value::Set(interval), Value::Set(Set::Finite(_)) | Value::Tuple(_))
            if pair(interval).is_some() =>
        {
            pair(interval).is_some_and(|pair| equal(&pair, &b))
        }
        (Value::Set(Set::Finite(_)) | Value::Tuple(_), Value::Set(interval))
            if pair(interval).is_some() =>
        {
            pair(interval).is_some_and(|pair| equal(&a, &pair))
        }
        (Value::Set(a), Value::Set(b)) => members::same(a, b),
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
