//! Whether two values are the same answer, as math-verify decides: this file chooses what is compared with what;
//! `expressions`, `relations` and `sets` compare. The reference and the output are not exchangeable: an output may name
//! the unknown that the reference leaves out.

mod expressions;
mod members;
mod relations;
mod sets;

use crate::tree::{Constant, Expr, Relate, Relation, Value};

/// Whether the output's value answers as the reference's does.
pub(crate) fn equal(reference: &Value, output: &Value) -> bool {
    let (reference_assigns, output_assigns) = (is_assignment(reference), is_assignment(output));
    let (reference_equates, output_equates) = (is_equation(reference), is_equation(output));
    let mut reference = shortened(reference, reference_assigns);
    let mut output = shortened(output, output_assigns);
    if output_equates && !reference_equates {
        output = last_side(output);
    } else if reference_assigns && !output_equates {
        reference = last_side(reference);
    }
    if reference == Value::Expr(Expr::Constant(Constant::Undefined)) {
        return false;
    }
    if reference == output {
        return true;
    }
    match (&reference, &output) {
        (a, b) if a.relations().is_some() && b.relations().is_some() => relations::equal(a, b),
        (a, Value::Set(set)) if a.relations().is_some() => a
            .relations()
            .is_some_and(|all| relations::solved_by(all, set)),
        (Value::Set(_) | Value::Tuple(_), _) | (_, Value::Set(_) | Value::Tuple(_)) => {
            sets::equal(&reference, &output)
        }
        (Value::Expr(a), Value::Expr(b)) => expressions::equal(a, b),
        _ => false,
    }
}

/// Whether this is an equation, or a chain of them.
fn is_equation(value: &Value) -> bool {
    let relations = value.relations();
    relations.is_some_and(|all| all.iter().all(|one| one.relate == Relate::Equal))
}

/// Whether this is an equation with nothing but letters on its left.
fn is_assignment(value: &Value) -> bool {
    fn only_letters(value: &Value) -> bool {
        match value {
            Value::Expr(expr) => expr.is_only_symbols(),
            Value::Tuple(all) => all.iter().all(only_letters),
            _ => false,
        }
    }
    let first = value.relations().and_then(<[Relation]>::first);
    is_equation(value) && first.is_some_and(|one| only_letters(&one.left))
}

/// A chain of equations that assigns, as one equation of its first side with its last.
fn shortened(value: &Value, assigns: bool) -> Value {
    match value {
        Value::Chain(chain) if assigns => match (chain.first(), chain.last()) {
            (Some(first), Some(last)) => Value::Relation(Box::new(Relation {
                relate: Relate::Equal,
                left: first.left.clone(),
                right: last.right.clone(),
            })),
            _ => value.clone(),
        },
        _ => value.clone(),
    }
}

fn last_side(value: Value) -> Value {
    let last = value.relations().and_then(<[Relation]>::last);
    last.map(|one| one.right.clone()).unwrap_or(value)
}
