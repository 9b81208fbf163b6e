//! What follows from ranking items by a probability: the ROC curve, the curve of precision and recall,
//! and the areas under them.

use assay_sorting::sort_by;
use serde::{Deserialize, Serialize};

/// Right and wrong ones among the items at or above a threshold.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// The threshold.
    pub threshold: f64,
    /// Positive items at or above it.
    pub right: usize,
    /// Negative items at or above it.
    pub wrong: usize,
}

/// The counts at every threshold, the highest first.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Curve {
    /// A point for each value that occurs.
    pub points: Vec<Point>,
}

/// Whether `point` lies on the line from `from` to `to` in the ROC square, or below it.
fn is_below(point: Point, from: Point, to: Point) -> bool {
    let step = |end: Point| {
        let step = |a: usize, b: usize| (b - a) as i128;
        (step(from.wrong, end.wrong), step(from.right, end.right))
    };
    let ((x, y), (all_x, all_y)) = (step(point), step(to));
    y * all_x <= all_y * x
}

impl Curve {
    /// The curve of items with a value and whether they are positive.
    #[must_use]
    pub fn of(items: impl Iterator<Item = (f64, bool)>) -> Self {
        let mut items: Vec<(f64, bool)> = items.filter(|(value, _)| !value.is_nan()).collect();
        sort_by(&mut items, |a, b| b.0.total_cmp(&a.0));
        let mut points: Vec<Point> = Vec::new();
        let (mut right, mut wrong) = (0, 0);
        for (threshold, positive) in items {
            right += usize::from(positive);
            wrong += usize::from(!positive);
            let point = Point {
                threshold,
                right,
                wrong,
            };
            match points.last_mut() {
                Some(last) if last.threshold == threshold => *last = point,
                _ => points.push(point),
            }
        }
        Self { points }
    }

    /// Items that are positive.
    #[must_use]
    pub fn positives(&self) -> usize {
        self.points.last().map_or(0, |p| p.right)
    }

    fn totals(&self) -> (f64, f64) {
        let last = self.points.last();
        last.map_or((0.0, 0.0), |p| (p.right as f64, p.wrong as f64))
    }

    /// The area under the ROC curve, ties counted half; nothing where all items are of one kind.
    #[must_use]
    pub fn roc_auc(&self) -> Option<f64> {
        let (positive, negative) = self.totals();
        let mut area = 0.0;
        let (mut x, mut y) = (0.0, 0.0);
        for point in &self.points {
            let (right, wrong) = (point.right as f64, point.wrong as f64);
            area += (wrong - x) * (right + y) / 2.0;
            (x, y) = (wrong, right);
        }
        (positive > 0.0 && negative > 0.0).then(|| area / (positive * negative))
    }

    /// The part of negatives and of positives above each threshold, from (0, 0) to (1, 1).
    #[must_use]
    pub fn roc(&self) -> Vec<(f64, f64)> {
        let (positive, negative) = self.totals();
        let point = |p: &Point| {
            let part = |n: usize, all: f64| if all > 0.0 { n as f64 / all } else { 0.0 };
            (part(p.wrong, negative), part(p.right, positive))
        };
        std::iter::once((0.0, 0.0))
            .chain(self.points.iter().map(point))
            .collect()
    }

    /// The points at which the ROC curve turns, the first and the last among them: those between them lie on
    /// a straight line.
    #[must_use]
    pub fn turns(&self) -> Vec<Point> {
        let step = |a: &Point, b: &Point| (b.right - a.right, b.wrong - a.wrong);
        let is_turn = |i: &usize| match self.points.get(i.wrapping_sub(1)..i + 2) {
            Some([before, own, behind]) => step(before, own) != step(own, behind),
            _ => true,
        };
        let turns = (0..self.points.len()).filter(is_turn);
        turns.map(|i| self.points[i]).collect()
    }

    /// The corners of the ROC curve's upper convex hull, the first and the last point among them. Whatever a wrong
    /// and a missed item cost, if neither cost is negative, no threshold is cheaper than the cheapest of these.
    #[must_use]
    pub fn corners(&self) -> Vec<Point> {
        let mut hull: Vec<Point> = Vec::new();
        for point in &self.points {
            while let [.., a, b] = hull[..]
                && is_below(b, a, *point)
            {
                hull.pop();
            }
            hull.push(*point);
        }
        hull
    }

    /// The area under the ROC curve up to a false positive rate, standardised so that chance has 0.5 and
    /// the best 1 (McClish 1989). Nothing where all items are of one kind.
    #[must_use]
    pub fn partial_auc(&self, most: f64) -> Option<f64> {
        self.roc_auc()?;
        let mut area = 0.0;
        for pair in self.roc().windows(2) {
            let [(x0, y0), (x1, y1)] = [pair[0], pair[1]];
            if x0 >= most {
                break;
            }
            let end = x1.min(most);
            let height = if x1 > x0 {
                y0 + (y1 - y0) * (end - x0) / (x1 - x0)
            } else {
                y1
            };
            area += (end - x0) * (y0 + height) / 2.0;
        }
        let least = most * most / 2.0;
        Some(0.5 * (1.0 + (area - least) / (most - least)))
    }

    /// The area under the curve of precision over recall by trapezoids, from recall 0 at precision 1.
    #[must_use]
    pub fn precision_recall_area(&self) -> f64 {
        let start = std::iter::once((0.0, 1.0));
        let points: Vec<(f64, f64)> = start.chain(self.precision_recall()).collect();
        let area = |pair: &[(f64, f64)]| (pair[1].0 - pair[0].0) * (pair[0].1 + pair[1].1) / 2.0;
        points.windows(2).map(area).sum()
    }

    /// Recall and precision at each threshold, the highest first.
    #[must_use]
    pub fn precision_recall(&self) -> Vec<(f64, f64)> {
        let (positive, _) = self.totals();
        let point = |p: &Point| {
            let recall = if positive > 0.0 {
                p.right as f64 / positive
            } else {
                0.0
            };
            (recall, p.right as f64 / (p.right + p.wrong) as f64)
        };
        self.points.iter().map(point).collect()
    }

    /// Average precision: precision at each threshold, weighted by the recall that it adds.
    #[must_use]
    pub fn average_precision(&self) -> f64 {
        let mut before = 0.0;
        let mut sum = 0.0;
        for (recall, precision) in self.precision_recall() {
            sum += (recall - before) * precision;
            before = recall;
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_count_half_and_one_class_has_no_auc() {
        let tied = Curve::of([(0.5, true), (0.5, false)].into_iter());
        assert_eq!((tied.roc_auc(), tied.points.len()), (Some(0.5), 1));
        let best = Curve::of([(0.9, true), (0.1, false)].into_iter());
        assert_eq!((best.roc_auc(), best.average_precision()), (Some(1.0), 1.0));
        assert_eq!(Curve::of([(0.9, true)].into_iter()).roc_auc(), None);
    }
}
