//! Lists, tuples, sets, intervals and relations.

use super::parser::{Parsed, Parser};
use crate::lexer::Kind;
use crate::numeric;
use crate::tree::{Constant, Expr, NamedSet, Relate, Relation, Set, Value};

impl Parser<'_> {
    /// Letters that are equal to, or in, a list: `x = 1, 2` or `(x, y) = (1, 2)`.
    pub(super) fn assignment(&mut self, at: usize) -> Parsed<Value> {
        let (left, at) = self.letters(at)?;
        let (Kind::In | Kind::Assign) = self.kind(at)? else {
            return None;
        };
        let (lists, at) = self.lists(at + 1, false)?;
        Some((equal(left, together(lists)?), at))
    }

    /// A letter, or letters in brackets.
    fn letters(&mut self, at: usize) -> Parsed<Value> {
        if self.kind(at)? != Kind::LeftParen {
            let (one, at) = self.letter(at, true)?;
            return Some((Value::Expr(one), at));
        }
        let mut all = Vec::new();
        let mut at = at;
        loop {
            let (one, after) = self.letter(at + 1, true)?;
            all.push(Value::Expr(one));
            at = after;
            if self.kind(at)? != Kind::Comma {
                break;
            }
        }
        let at = self.expect(at, Kind::RightParen)?;
        let value = if all.len() == 1 {
            all.swap_remove(0)
        } else {
            Value::Tuple(all)
        };
        Some((value, at))
    }

    /// Elements between commas, and such lists between semicolons. `relations`: whether an element may be one.
    pub(super) fn lists(&mut self, at: usize, relations: bool) -> Parsed<Vec<Vec<Value>>> {
        let mut lists = vec![Vec::new()];
        let mut at = at;
        loop {
            let (mut found, after) = self.deeper(|parser| parser.element(at, relations))?;
            lists.last_mut()?.append(&mut found);
            at = after;
            match self.kind(at) {
                Some(Kind::Comma) => at += 1,
                Some(Kind::Semicolon) => {
                    lists.push(Vec::new());
                    at += 1;
                }
                _ => return Some((lists, at)),
            }
        }
    }

    /// Whether an element may end here.
    fn is_after_element(&self, at: usize) -> bool {
        matches!(
            self.kind(at),
            None | Some(
                Kind::Comma
                    | Kind::Semicolon
                    | Kind::RightParen
                    | Kind::RightBracket
                    | Kind::RightBrace
                    | Kind::RightBraceVisual
            )
        )
    }

    /// One element; two of what has both signs.
    fn element(&mut self, at: usize, relations: bool) -> Parsed<Vec<Value>> {
        let read = self.with_both_signs(at);
        if let Some((values, after)) = read.filter(|(_, after)| self.is_after_element(*after)) {
            return Some((values, after));
        }
        let read = self.set_atom(at);
        if let Some((value, after)) = read.filter(|(_, after)| self.is_after_element(*after)) {
            return Some((vec![value], after));
        }
        let (value, at) = if relations {
            self.relation(at)?
        } else {
            let (expr, at) = self.expr(at)?;
            (Value::Expr(expr), at)
        };
        Some((vec![value], at))
    }

    fn with_both_signs(&mut self, at: usize) -> Parsed<Vec<Value>> {
        if self.kind(at)? == Kind::PlusMinus {
            let (inner, at) = self.expr(at + 1)?;
            let both = [inner.clone().negated(), inner];
            return Some((both.map(Value::Expr).into(), at));
        }
        let (left, at) = self.expr(at)?;
        let at = self.expect(at, Kind::PlusMinus)?;
        let (right, at) = self.expr(at)?;
        let both = [left.clone().plus(right.clone()), left.minus(right)];
        Some((both.map(Value::Expr).into(), at))
    }

    /// An expression, a relation or a chain of them.
    fn relation(&mut self, at: usize) -> Parsed<Value> {
        let (first, mut at) = self.expr(at)?;
        let mut value = Value::Expr(first);
        while let Some(kind) = self.kind(at) {
            let relate = match kind {
                Kind::Assign | Kind::Equal => Some(Relate::Equal),
                Kind::Unequal => Some(Relate::Unequal),
                Kind::Less => Some(Relate::Less),
                Kind::LessOrEqual => Some(Relate::LessOrEqual),
                Kind::Greater => Some(Relate::Greater),
                Kind::GreaterOrEqual => Some(Relate::GreaterOrEqual),
                Kind::Approx => None,
                _ => break,
            };
            let (right, after) = self.expr(at + 1)?;
            at = after;
            value = match relate {
                Some(relate) => extended(value, relate, right),
                // An approximation is not the answer, but of a letter it is all there is.
                None if value.as_expr().is_some_and(Expr::is_only_symbols) => Value::Expr(right),
                None => value,
            };
        }
        Some((value, at))
    }

    /// A set that is made of others, alone or after letters that are equal to it or in it.
    pub(super) fn set_relation(&mut self, at: usize) -> Parsed<Value> {
        if let Some((left, after)) = self.letters(at)
            && let Some(Kind::In | Kind::Assign) = self.kind(after)
        {
            let (right, at) = self.deeper(|parser| parser.set_relation(after + 1))?;
            return Some((equal(left, right), at));
        }
        let (set, at) = self.difference(at)?;
        Some((Value::Set(set), at))
    }

    fn difference(&mut self, at: usize) -> Parsed<Set> {
        let (mut left, mut at) = self.union(at)?;
        while let Some(next) = self.expect(at, Kind::SetMinus) {
            let (right, after) = self.union(next)?;
            left = Set::Difference(Box::new(left), Box::new(right));
            at = after;
        }
        Some((left, at))
    }

    fn union(&mut self, at: usize) -> Parsed<Set> {
        let (mut left, mut at) = self.intersection(at)?;
        while let Some(next) = self.expect(at, Kind::Union) {
            let (right, after) = self.intersection(next)?;
            left = Set::Union(Box::new(left), Box::new(right));
            at = after;
        }
        Some((left, at))
    }

    fn intersection(&mut self, at: usize) -> Parsed<Set> {
        let (mut left, mut at) = self.set_group(at)?;
        while let Some(next) = self.expect(at, Kind::Intersection) {
            let (right, after) = self.set_group(next)?;
            left = Set::Intersection(Box::new(left), Box::new(right));
            at = after;
        }
        Some((left, at))
    }

    fn set_group(&mut self, at: usize) -> Parsed<Set> {
        if self.kind(at)? == Kind::LeftParen
            && let Some((inner, after)) = self.deeper(|parser| parser.difference(at + 1))
            && let Some(after) = self.expect(after, Kind::RightParen)
        {
            return Some((inner, after));
        }
        match self.set_atom(at)? {
            (Value::Set(set), at) => Some((set, at)),
            (Value::Tuple(elements), at) => Some((finite(elements), at)),
            _ => None,
        }
    }

    fn set_atom(&mut self, at: usize) -> Parsed<Value> {
        match self.kind(at)? {
            Kind::LeftParen | Kind::LeftBracket => self.interval(at).or_else(|| self.tuple(at)),
            Kind::NamedSet => {
                let set = match self.text(at) {
                    "\\mathbb{N}" | "ℕ" => NamedSet::Naturals,
                    "\\mathbb{Z}" | "ℤ" => NamedSet::Integers,
                    "\\mathbb{Q}" | "ℚ" => NamedSet::Rationals,
                    "\\mathbb{R}" | "ℝ" => NamedSet::Reals,
                    _ => NamedSet::Complexes,
                };
                Some((Value::Set(Set::Named(set)), at + 1))
            }
            Kind::EmptySet => Some((Value::Set(Set::Empty), at + 1)),
            Kind::LeftBrace if self.kind(at + 1) == Some(Kind::RightBrace) => {
                Some((Value::Set(Set::Empty), at + 2))
            }
            Kind::LeftBrace => self.finite_set(at, Kind::RightBrace),
            Kind::LeftBraceVisual => self.finite_set(at, Kind::RightBraceVisual),
            Kind::Boxed => {
                self.expect(at + 1, Kind::LeftBrace)?;
                let (lists, after) = self.lists(at + 2, true)?;
                let after = self.expect(after, Kind::RightBrace)?;
                Some((together(lists)?, after))
            }
            _ => None,
        }
    }

    fn finite_set(&mut self, at: usize, close: Kind) -> Parsed<Value> {
        let (lists, after) = self.lists(at + 1, true)?;
        let after = self.expect(after, close)?;
        let elements = lists.into_iter().flatten().collect();
        Some((Value::Set(finite(elements)), after))
    }

    fn tuple(&mut self, at: usize) -> Parsed<Value> {
        let close = match self.kind(at)? {
            Kind::LeftParen => Kind::RightParen,
            _ => Kind::RightBracket,
        };
        let (lists, after) = self.lists(at + 1, true)?;
        let after = self.expect(after, close)?;
        let mut elements: Vec<Value> = lists.into_iter().flatten().collect();
        let value = if elements.len() == 1 {
            elements.swap_remove(0)
        } else {
            Value::Tuple(elements)
        };
        Some((value, after))
    }

    fn interval(&mut self, at: usize) -> Parsed<Value> {
        let start_open = self.kind(at)? == Kind::LeftParen;
        let (start, at) = self.expr(at + 1)?;
        let at = self.expect(at, Kind::Comma)?;
        let (end, at) = self.expr(at)?;
        let end_open = match self.kind(at)? {
            Kind::RightParen => true,
            Kind::RightBracket => false,
            _ => return None,
        };
        Some((between(start, end, start_open, end_open)?, at + 1))
    }
}

/// The interval, or what math-verify takes it for where its ends are not in order. None if an end is not real.
fn between(start: Expr, end: Expr, start_open: bool, end_open: bool) -> Option<Value> {
    let ends = [&start, &end];
    let unreal = |expr: &Expr| {
        expr.any(&|part| match part {
            Expr::Symbol(symbol) => !symbol.real,
            Expr::Constant(constant) => *constant == Constant::I,
            _ => false,
        })
    };
    let is_number = |expr: &&Expr| expr.symbols().is_empty();
    let values = ends.map(numeric::real);
    if let [Some(low), Some(high)] = values {
        if (start_open && end_open && high <= low) || (!start_open && !end_open && high < low) {
            return Some(Value::Tuple(vec![Value::Expr(start), Value::Expr(end)]));
        }
        if high < low || (high == low && (start_open || end_open)) {
            return Some(Value::Set(Set::Empty));
        }
        if high == low {
            return Some(Value::Set(Set::Finite(vec![Value::Expr(end)])));
        }
    } else if ends.iter().any(|expr| unreal(expr)) || ends.iter().all(is_number) {
        return None;
    }
    let infinite = |value: Option<f64>| value.is_some_and(f64::is_infinite);
    Some(Value::Set(Set::Interval {
        start_open: start_open || infinite(values[0]),
        end_open: end_open || infinite(values[1]),
        start,
        end,
    }))
}

/// A finite set without repeated elements.
pub(crate) fn finite(elements: Vec<Value>) -> Set {
    let mut kept: Vec<Value> = Vec::new();
    for element in elements {
        if !kept.contains(&element) {
            kept.push(element);
        }
    }
    if kept.is_empty() {
        Set::Empty
    } else {
        Set::Finite(kept)
    }
}

/// Lists as one value: the element itself if it is the only one, a set of elements, or a set of tuples.
pub(super) fn together(mut lists: Vec<Vec<Value>>) -> Option<Value> {
    if lists.len() == 1 {
        let mut only = lists.pop()?;
        return if only.len() == 1 {
            only.pop()
        } else {
            Some(Value::Set(finite(only)))
        };
    }
    let elements = if lists.iter().all(|list| list.len() == 1) {
        lists.into_iter().flatten().collect()
    } else {
        lists.into_iter().map(Value::Tuple).collect()
    };
    Some(Value::Set(finite(elements)))
}

fn equal(left: Value, right: Value) -> Value {
    Value::Relation(Box::new(Relation {
        relate: Relate::Equal,
        left,
        right,
    }))
}

/// A relation of a value with one more side; in a chain each side is related to its neighbour.
fn extended(value: Value, relate: Relate, right: Expr) -> Value {
    let next = |left: Value| Relation {
        relate,
        left,
        right: Value::Expr(right.clone()),
    };
    match value {
        Value::Chain(mut chain) => {
            let last = chain.last().map(|relation| relation.right.clone());
            chain.extend(last.map(next));
            Value::Chain(chain)
        }
        Value::Relation(first) => {
            let second = next(first.right.clone());
            Value::Chain(vec![*first, second])
        }
        other => Value::Relation(Box::new(next(other))),
    }
}
