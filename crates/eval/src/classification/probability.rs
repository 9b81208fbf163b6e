//! Scores of a classifier's probabilities: areas, curves with how sure they are, thresholds, calibration.

use assay_data::DataSet;
use assay_results::classification::{ClassCurves, ProbabilityView};
use assay_stats::classification::bands::{Bands, bands};
use assay_stats::classification::curves::{Curve, Point};
use assay_stats::classification::probability::{
    Counted, auc_ovo, auc_ovr, average_precision, averaged, brier, calibration_error, log_loss,
    micro, one_vs_rest, reliability, reliability_by_count, top_accuracy,
};

use std::collections::HashSet;

/// Bins of the reliability diagram.
const BINS: usize = 10;
/// Points of a curve that are drawn.
const POINTS: usize = 200;
/// Classes whose curves are resampled: no more are drawn.
const MOST_BANDS: usize = 6;
/// The seed of resampling, the one that scores of systems have.
const SEED: u64 = 12345;

/// The scores of the probabilities, whose columns stand for the classes in their order, given each row's true class;
/// nothing where no row has all of them.
pub(super) fn probability<'a>(
    data: &DataSet,
    truths: impl Iterator<Item = Option<&'a str>>,
    columns: &[usize],
    labels: &[String],
) -> Option<ProbabilityView> {
    let mut rows: Vec<Vec<f64>> = Vec::new();
    let mut truth = Vec::new();
    for (row, class) in truths.enumerate() {
        let class = class.and_then(|c| labels.iter().position(|l| l == c));
        let number = |c: &usize| data.table.cell(*c, row)?.trim().parse::<f64>().ok();
        let values: Option<Vec<f64>> = columns.iter().map(number).collect();
        if let (Some(class), Some(values)) =
            (class, values.filter(|v| v.iter().all(|p| p.is_finite())))
        {
            rows.push(values);
            truth.push(class);
        }
    }
    if rows.is_empty() {
        return None;
    }
    let classes = labels.len();
    let curves = one_vs_rest(&rows, &truth, classes);
    // Of two classes one curve says all.
    let shown = (usize::from(classes == 2)..classes).enumerate();
    let shown = shown.map(|(place, class)| {
        let items: Vec<(f64, bool)> = rows
            .iter()
            .zip(&truth)
            .map(|(row, t)| (row[class], *t == class))
            .collect();
        let sure = (place < MOST_BANDS).then(|| bands(&items, SEED)).flatten();
        class_curves(&labels[class], &curves[class], sure)
    });
    let items: Vec<(f64, bool)> = rows
        .iter()
        .zip(&truth)
        .map(|(r, t)| confidence(r, *t))
        .collect();
    let bins = reliability(&items, BINS);
    let by_count = reliability_by_count(&items, BINS);
    let (auc, precision) = areas(&curves, &rows, &truth);
    Some(ProbabilityView {
        log_loss: log_loss(&rows, &truth),
        brier: brier(&rows, &truth),
        auc,
        precision,
        top_two: (classes > 2).then(|| top_accuracy(&rows, &truth, 2)),
        calibration: calibration_error(&bins),
        reliability: [bins, by_count],
        curves: shown.collect(),
    })
}

/// Of two classes the second's probability and whether it is true, else that of the most likely.
fn confidence(row: &[f64], truth: usize) -> (f64, bool) {
    if row.len() == 2 {
        return (row[1], truth == 1);
    }
    let most = (0..row.len()).max_by(|a, b| row[*a].total_cmp(&row[*b]));
    let most = most.unwrap_or_default();
    (row[most], most == truth)
}

type Named = Vec<(String, f64)>;

fn areas(curves: &[Curve], rows: &[Vec<f64>], truth: &[usize]) -> (Named, Named) {
    if let [_, curve] = curves {
        let auc = curve.roc_auc().map(|a| ("binary".to_owned(), a));
        let precision = ("binary".to_owned(), curve.average_precision());
        return (auc.into_iter().collect(), vec![precision]);
    }
    let both = |[plain, weighted]: [&str; 2], each: Counted| {
        [(plain, false), (weighted, true)].map(|(name, w)| (name.to_owned(), averaged(&each, w)))
    };
    let rest = auc_ovr(curves).map(|each| both(["ovr", "ovr-weighted"], each));
    let pairs = auc_ovo(rows, truth, curves.len());
    let pairs = pairs.map(|each| both(["ovo", "ovo-weighted"], each));
    let all = micro(rows, truth);
    let area = all.roc_auc().map(|a| ("micro".to_owned(), a));
    let auc = rest
        .into_iter()
        .chain(pairs)
        .flatten()
        .chain(area)
        .collect();
    let precision = both(["macro", "weighted"], average_precision(curves));
    let area = ("micro".to_owned(), all.average_precision());
    (auc, precision.into_iter().chain([area]).collect())
}

fn class_curves(class: &str, curve: &Curve, bands: Option<Bands>) -> ClassCurves {
    let positive = curve.positives();
    let all = curve.points.last().map_or(0, |p| p.right + p.wrong);
    ClassCurves {
        class: class.to_owned(),
        roc: thinned(curve.roc(), |_| false),
        precision: thinned(curve.precision_recall(), |_| false),
        thresholds: thresholds(curve),
        rows: [positive, all - positive],
        areas: [
            curve.roc_auc(),
            (positive > 0).then(|| curve.average_precision()),
        ],
        bands,
    }
}

/// Thresholds to choose from: no more than a slider tells apart, and the cheapest ones under any costs.
fn thresholds(curve: &Curve) -> Vec<Point> {
    let corners = curve.corners();
    let corners: HashSet<u64> = corners.iter().map(|p| p.threshold.to_bits()).collect();
    thinned(curve.turns(), |p| corners.contains(&p.threshold.to_bits()))
}

/// No more points than are drawn, the first and the last among them, and those that are `needed`.
fn thinned<T>(points: Vec<T>, needed: impl Fn(&T) -> bool) -> Vec<T> {
    let step = points.len().div_ceil(POINTS).max(1);
    let last = points.len().saturating_sub(1);
    let kept = points.into_iter().enumerate();
    kept.filter(|(i, p)| i % step == 0 || *i == last || needed(p))
        .map(|(_, p)| p)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cheapest_of_all_thresholds_is_among_those_that_are_sent() {
        // Positive items get higher values, with much overlap; the generator is a linear congruential one.
        let mut state = 7u32;
        let mut random = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            f64::from(state >> 8) / f64::from(1 << 24)
        };
        let items = (0..4000).map(|i| (0.5 * random() + 0.2 * f64::from(i % 3 == 0), i % 3 == 0));
        let curve = Curve::of(items.collect::<Vec<_>>().into_iter());
        let sent = thresholds(&curve);
        assert!(
            curve.points.len() > 3500 && sent.len() < 2 * POINTS,
            "{}",
            sent.len()
        );
        assert!(sent.is_sorted_by(|a, b| a.threshold > b.threshold));
        for (wrong, missed) in [(1.0, 1.0), (1.0, 7.0), (3.0, 1.0), (0.0, 1.0), (1.0, 0.0)] {
            let cost = |p: &Point| {
                let out = curve.positives() - p.right;
                wrong * p.wrong as f64 + missed * out as f64
            };
            let least = |points: &[Point]| points.iter().map(cost).fold(f64::INFINITY, f64::min);
            assert_eq!(least(&sent), least(&curve.points), "{wrong} {missed}");
        }
    }
}
