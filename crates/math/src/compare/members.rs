//! Sets of real numbers, by which numbers are in them.

use crate::numeric;
use crate::tree::{NamedSet, Set, Value};

/// How close two ends are that are the same number.
const NEAR: f64 = 1e-11;

/// Whether two sets have the same members, as far as both are sets of real numbers with known ends.
pub(super) fn same(a: &Set, b: &Set) -> bool {
    let (Some(a), Some(b)) = (Members::of(a), Members::of(b)) else {
        return false;
    };
    let marks = [a.ends(), b.ends()].concat();
    samples(marks)
        .into_iter()
        .all(|x| a.contain(x) == b.contain(x))
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
    let between: Vec<f64> = marks
        .windows(2)
        .map(|pair| pair[0].midpoint(pair[1]))
        .collect();
    [marks, between, outside.to_vec()].concat()
}

fn near(a: f64, b: f64) -> bool {
    a == b
        || (a.is_finite() && b.is_finite() && (a - b).abs() <= NEAR * a.abs().max(b.abs()).max(1.0))
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
            } => Self::Between(
                numeric::real(start)?,
                numeric::real(end)?,
                [*start_open, *end_open],
            ),
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
                let after = if near(*start, x) {
                    !start_open
                } else {
                    *start < x
                };
                let before = if near(*end, x) { !end_open } else { x < *end };
                after && before
            }
            Self::Union(a, b) => a.contain(x) || b.contain(x),
            Self::Intersection(a, b) => a.contain(x) && b.contain(x),
            Self::Difference(a, b) => a.contain(x) && !b.contain(x),
        }
    }
}
