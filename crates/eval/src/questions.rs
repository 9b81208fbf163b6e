//! Questions that a person asks of results beyond the scores, each answered when it is asked: what the
//! texts are in themselves, what other tests say of the pairs of segments, how metrics go together.

use crate::advice;
use assay_data::{DataSet, Role};
use assay_metrics::diversity::diversity;
use assay_results::diversity::Diversity;
use assay_results::questions::{
    AgreementView, DisagreementRow, DisagreementView, PairView, PairsView, TextsView,
};
use assay_results::scores::MetricResult;
use assay_stats::corrections::{benjamini_hochberg, holm};
use assay_stats::correlation::{kendall, pearson, ranks, spearman};
use assay_stats::mcnemar::mcnemar;
use assay_stats::paired::{PairedT, cliffs_delta};
use assay_stats::power::{pairs_needed, smallest_effect};
use assay_stats::wilcoxon::wilcoxon;
use assay_text::BleuTokenizer;
use assay_text::script::Script;

/// The significance level for which power is given.
const ALPHA: f64 = 0.05;
/// The power for which the smallest detectable effect is given.
const POWER: f64 = 0.8;
/// Rows that are listed where two metrics disagree.
const ROWS: usize = 8;
/// Characters shown of such a row.
const TEXT: usize = 120;

/// Looks at all texts of each system.
pub fn texts(data: &DataSet) -> TextsView {
    let tokenizer = match advice::script(data) {
        Script::Chinese => BleuTokenizer::Zh,
        Script::Japanese => BleuTokenizer::Char,
        Script::Korean | Script::SpaceSeparated => BleuTokenizer::V13a,
    };
    let rows = 0..data.table.rows();
    let of = |column: usize| {
        let texts: Vec<&str> = rows
            .clone()
            .map(|row| data.hypothesis(column, row))
            .collect();
        diversity(&texts, tokenizer)
    };
    let systems = data.systems();
    let mut systems: Vec<(String, Diversity)> = systems
        .iter()
        .map(|(column, name)| ((*name).to_owned(), of(*column)))
        .collect();
    let reference = data.column_with(Role::Reference);
    systems.extend(reference.map(|c| (data.table.names()[c].clone(), of(c))));
    TextsView {
        tokenizer: tokenizer.name().to_owned(),
        systems,
        has_reference: reference.is_some(),
    }
}

/// Tests each system's segments against the baseline's.
pub fn pairs(result: &MetricResult, baseline: usize) -> PairsView {
    let Some(base) = result.systems.get(baseline) else {
        return PairsView {
            systems: Vec::new(),
        };
    };
    let others = result
        .systems
        .iter()
        .enumerate()
        .filter(|(i, _)| *i != baseline);
    let mut systems: Vec<PairView> = others
        .map(|(_, system)| pair(&system.name, &system.segments, &base.segments, result.max))
        .collect();
    let first = |s: &PairView| s.mcnemar.or(s.wilcoxon);
    let found: Vec<f64> = systems.iter().filter_map(first).collect();
    let tested = systems.iter_mut().filter(|s| first(s).is_some());
    for (system, (holm, hochberg)) in
        tested.zip(holm(&found).into_iter().zip(benjamini_hochberg(&found)))
    {
        system.corrected = Some([holm, hochberg]);
    }
    PairsView { systems }
}

fn pair(name: &str, own: &[f64], base: &[f64], max: f64) -> PairView {
    let both = own.iter().copied().zip(base.iter().copied());
    let (own, base): (Vec<f64>, Vec<f64>) =
        both.filter(|(a, b)| !(a.is_nan() || b.is_nan())).unzip();
    let differences: Vec<f64> = own.iter().zip(&base).map(|(a, b)| a - b).collect();
    let student = PairedT::of(&differences);
    let right_or_wrong = own.iter().chain(&base).all(|x| *x == 0.0 || *x == max);
    let count = |sign: f64| differences.iter().filter(|d| **d * sign > 0.0).count();
    let size = differences.len() as f64;
    let effect = student.map(|t| t.effect());
    PairView {
        name: name.to_owned(),
        pairs: differences.len(),
        mean: differences.iter().sum::<f64>() / size.max(1.0),
        interval: student.map(|t| t.interval),
        student: student.map(|t| t.p_value),
        wilcoxon: wilcoxon(&differences).map(|w| w.p_value),
        mcnemar: (right_or_wrong && size > 0.0).then(|| mcnemar(count(1.0), count(-1.0))),
        corrected: None,
        effect,
        delta: cliffs_delta(&own, &base),
        smallest: student.and_then(|t| Some(smallest_effect(size, ALPHA, POWER)? * t.deviation)),
        needed: effect
            .and_then(|d| pairs_needed(d, ALPHA, POWER))
            .map(f64::ceil),
    }
}

/// How the metrics go together over the segments of a system.
pub fn agreement(results: &[&MetricResult], system: usize) -> AgreementView {
    let scores: Vec<&[f64]> = results
        .iter()
        .map(|r| r.systems.get(system).map_or(&[][..], |s| &s.segments))
        .collect();
    let cell = |a: usize, b: usize| {
        let (x, y) = told(scores[a], scores[b]);
        let values = [pearson(&x, &y), spearman(&x, &y), kendall(&x, &y)];
        values.map(|c| c.map(|c| c.value))
    };
    let all = 0..results.len();
    let half: Vec<Vec<[Option<f64>; 3]>> = all
        .clone()
        .map(|a| (0..=a).map(|b| cell(a, b)).collect())
        .collect();
    let whole = |a: usize| all.clone().map(|b| half[a.max(b)][a.min(b)]).collect();
    let matrix = all.clone().map(whole).collect();
    AgreementView {
        metrics: results.iter().map(|r| r.name.clone()).collect(),
        matrix,
    }
}

/// The values of segments that have one under both.
fn told(x: &[f64], y: &[f64]) -> (Vec<f64>, Vec<f64>) {
    let both = x.iter().copied().zip(y.iter().copied());
    both.filter(|(a, b)| !(a.is_nan() || b.is_nan())).unzip()
}

/// The segments whose places under two metrics lie furthest apart.
pub fn disagreements(
    data: &DataSet,
    metrics: [&MetricResult; 2],
    system: usize,
) -> DisagreementView {
    let [x, y] = metrics.map(|m| m.systems.get(system).map_or(&[][..], |s| &s.segments));
    let rows: Vec<usize> = (0..x.len().min(y.len()))
        .filter(|&row| !(x[row].is_nan() || y[row].is_nan()))
        .collect();
    let places = [(x, metrics[0]), (y, metrics[1])].map(|(scores, metric)| {
        let lower = metric.lower_is_better;
        let values: Vec<f64> = rows
            .iter()
            .map(|&r| if lower { -scores[r] } else { scores[r] })
            .collect();
        ranks(&values)
    });
    let mut order: Vec<usize> = (0..rows.len()).collect();
    let gap = |i: usize| (places[0][i] - places[1][i]).abs();
    order.sort_by(|a, b| gap(*b).total_cmp(&gap(*a)).then(a.cmp(b)));
    let column = data.systems().get(system).map(|(column, _)| *column);
    let row = |i: usize| {
        let row = rows[i];
        let text = column.map_or("", |c| data.hypothesis(c, row));
        DisagreementRow {
            row,
            text: crate::text::shortened(text, TEXT),
            scores: [x[row], y[row]],
            places: [0, 1].map(|m| (places[m][i] - 0.5) / rows.len() as f64),
        }
    };
    let most = order.into_iter().filter(|i| gap(*i) > 0.0).take(ROWS);
    DisagreementView {
        metrics: metrics.map(|m| m.name.clone()),
        rows: most.map(row).collect(),
    }
}
