//! Segments that stand out: whose score, or change against the baseline, is far from all others, whose
//! output is far longer or shorter than its reference, or goes round in a circle.

use crate::text::shortened;
use assay_data::DataSet;
use assay_results::outliers::{OutlierRow, OutliersView, Reason};
use assay_results::scores::MetricResult;
use assay_sorting::sort_by;
use assay_stats::bootstrap_mean::quantile;
use assay_text::script::is_cjk;
use rustc_hash::FxHashMap;

/// From this modified z-score on a value counts as an outlier (Iglewicz and Hoaglin 1993).
const FAR: f64 = 3.5;
/// What the median distance is multiplied by to stand for a standard deviation of the normal distribution.
const NORMAL: f64 = 0.6745;
/// So many times as long as the reference, or as short.
const LENGTH: f64 = 3.0;
/// Letters below which a text's length says little.
const SHORT: usize = 20;
/// The part of a text's four-word runs that come again.
const CIRCLE: f64 = 0.5;
/// Rows that are listed.
const ROWS: usize = 12;
/// Characters shown of one.
const TEXT: usize = 120;

/// How far each value is from the median, in robust standard deviations; nothing where half of all
/// values are one.
fn robust_scores(values: &[f64]) -> Vec<Option<f64>> {
    let median = |values: &[f64]| {
        let mut sorted: Vec<f64> = values.iter().copied().filter(|x| !x.is_nan()).collect();
        sorted.sort_unstable_by(f64::total_cmp);
        (!sorted.is_empty()).then(|| quantile(&sorted, 0.5))
    };
    let centre = median(values).unwrap_or(0.0);
    let distances: Vec<f64> = values.iter().map(|x| (x - centre).abs()).collect();
    let spread = median(&distances).filter(|s| *s > 0.0);
    let score = |x: &f64| spread.map(|s| NORMAL * (x - centre) / s);
    values
        .iter()
        .map(|x| score(x).filter(|z| !z.is_nan()))
        .collect()
}

/// The part of a text's runs of four words (of eight characters where it is Chinese or the like) that stood
/// in it before.
fn repeated(text: &str) -> f64 {
    let cjk = text.chars().filter(|c| is_cjk(*c)).count();
    let pieces: Vec<&str> = match cjk * 2 > text.chars().count() {
        true => text
            .char_indices()
            .map(|(i, c)| &text[i..i + c.len_utf8()])
            .collect(),
        false => text.split_whitespace().collect(),
    };
    let run = if cjk * 2 > text.chars().count() { 8 } else { 4 };
    if pieces.len() < 2 * run {
        return 0.0;
    }
    let mut seen: FxHashMap<&[&str], ()> = FxHashMap::default();
    let runs = pieces.windows(run);
    let all = runs.len() as f64;
    let again = runs.filter(|r| seen.insert(r, ()).is_some()).count();
    again as f64 / all
}

fn of_text(text: &str, reference: Option<&str>) -> Vec<Reason> {
    let mut reasons = Vec::new();
    let length = |text: &str| text.trim().chars().count();
    if let Some(reference) = reference.filter(|r| length(r) >= SHORT) {
        let ratio = length(text) as f64 / length(reference) as f64;
        if ratio == 0.0 {
            reasons.push(Reason::Blank);
        } else if ratio >= LENGTH {
            reasons.push(Reason::Long(ratio));
        } else if ratio <= 1.0 / LENGTH {
            reasons.push(Reason::Short(1.0 / ratio));
        }
    }
    let again = repeated(text);
    if again >= CIRCLE {
        reasons.push(Reason::Repeats(again));
    }
    reasons
}

/// What stands out among a system's segments under a metric.
#[must_use]
pub fn outliers(
    data: &DataSet,
    metric: &MetricResult,
    baseline: usize,
    system: usize,
) -> OutliersView {
    let segments = |s: usize| metric.systems.get(s).map_or(&[][..], |s| &s.segments);
    let (own, base) = (segments(system), segments(baseline));
    let changes: Vec<f64> = match system == baseline {
        true => own.to_vec(),
        false => own.iter().zip(base).map(|(a, b)| a - b).collect(),
    };
    let scores = robust_scores(&changes);
    let Some(column) = data.systems().get(system).map(|s| s.0) else {
        return OutliersView::default();
    };
    let mut found: Vec<(f64, OutlierRow)> = Vec::new();
    for (row, score) in own.iter().enumerate() {
        let text = data.hypothesis(column, row);
        let mut reasons = of_text(text, data.references(row).first().copied());
        let far = scores
            .get(row)
            .copied()
            .flatten()
            .filter(|z| z.abs() >= FAR);
        reasons.splice(0..0, far.map(Reason::Score));
        if reasons.is_empty() {
            continue;
        }
        let weight =
            far.map_or(0.0, f64::abs) + 10.0 * (reasons.len() - usize::from(far.is_some())) as f64;
        let text = shortened(text, TEXT);
        let score = Some(*score).filter(|s| !s.is_nan());
        found.push((
            weight,
            OutlierRow {
                row,
                text,
                score,
                reasons,
            },
        ));
    }
    sort_by(&mut found, |a, b| b.0.total_cmp(&a.0));
    OutliersView {
        found: found.len(),
        rows: found.into_iter().take(ROWS).map(|(_, row)| row).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repetitive_texts_and_unusual_lengths_stand_out() {
        assert_eq!(repeated("a b c d e f g h"), 0.0);
        assert!(repeated(&"no end in sight ".repeat(9)) > 0.8);
        assert!(repeated(&"今天天气很好".repeat(9)) > 0.8);
        let reference = Some("a sentence of some length to compare");
        assert!(matches!(
            of_text("short", reference)[..],
            [Reason::Short(_)]
        ));
        let long = (0..60).map(|i| format!("word{i} ")).collect::<String>();
        assert!(matches!(of_text(&long, reference)[..], [Reason::Long(_)]));
        assert!(of_text("a sentence of the same length as it", reference).is_empty());
    }

    #[test]
    fn outliers_are_reported_with_their_robust_distance() {
        let mut values: Vec<f64> = (0..20).map(|i| f64::from(i % 5)).collect();
        values.push(40.0);
        let scores = robust_scores(&values);
        assert!(scores[20].unwrap() > 20.0 && scores[0].unwrap().abs() < FAR);
        assert_eq!(robust_scores(&[1.0, 1.0, 1.0, 9.0]), [None; 4]);
        assert_eq!(robust_scores(&[f64::NAN]), [None]);
    }
}
