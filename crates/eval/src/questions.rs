//! Questions that a person asks of results beyond the scores, each answered when it is asked: what the
//! texts are in themselves, what other tests say of the pairs of segments, how metrics go together.

use crate::advice;
use assay_data::{Clusters, DataSet, Role};
use assay_metrics::diversity::diversity;
use assay_results::diversity::Diversity;
use assay_results::questions::{
    AgreementView, DisagreementRow, DisagreementView, ErrorBars, ErrorBarsView, PairView,
    PairsView, SplitView, TextsView,
};
use assay_results::scores::MetricResult;
use assay_sorting::sorted_places;
use assay_stats::corrections::{benjamini_hochberg, holm};
use assay_stats::correlation::{kendall, pearson, ranks, spearman};
use assay_stats::error_bars::{ClusteredMean, VarianceSplit};
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

/// Tests each system's segments against the baseline's; where rows belong to clusters, by clusters.
pub fn pairs(result: &MetricResult, baseline: usize, clusters: Option<&Clusters>) -> PairsView {
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
        .map(|(_, system)| PairView {
            name: system.name.clone(),
            ..pair(&system.segments, &base.segments, result.max, clusters)
        })
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

fn pair(own: &[f64], base: &[f64], max: f64, clusters: Option<&Clusters>) -> PairView {
    let both = |row: &usize| !(own[*row].is_nan() || base[*row].is_nan());
    let rows: Vec<usize> = (0..own.len().min(base.len())).filter(both).collect();
    let values = |of: &[f64]| rows.iter().map(|&row| of[row]).collect::<Vec<f64>>();
    let (own, base) = (values(own), values(base));
    let differences: Vec<f64> = own.iter().zip(&base).map(|(a, b)| a - b).collect();
    let numbers: Option<Vec<u32>> =
        clusters.map(|c| rows.iter().map(|&row| c.of_row[row]).collect());
    // What is independent of one another: the rows' differences, or the clusters' mean differences.
    let independent = match &numbers {
        Some(numbers) => cluster_means(&differences, numbers),
        None => differences.clone(),
    };
    let student = PairedT::of(&independent);
    let robust = numbers
        .as_ref()
        .and_then(|n| ClusteredMean::of(&differences, n));
    let right_or_wrong = own.iter().chain(&base).all(|x| *x == 0.0 || *x == max);
    let exact = right_or_wrong && !differences.is_empty() && clusters.is_none();
    let count = |sign: f64| differences.iter().filter(|d| **d * sign > 0.0).count();
    let size = independent.len() as f64;
    let effect = student.map(|t| t.effect());
    PairView {
        name: String::new(),
        pairs: differences.len(),
        clusters: numbers.is_some().then_some(independent.len()),
        mean: differences.iter().sum::<f64>() / (differences.len() as f64).max(1.0),
        interval: match clusters {
            Some(_) => robust.filter(|r| r.error > 0.0).map(|r| r.interval),
            None => student.map(|t| t.interval),
        },
        student: match clusters {
            Some(_) => robust.and_then(|r| r.p_value),
            None => student.map(|t| t.p_value),
        },
        wilcoxon: wilcoxon(&independent).map(|w| w.p_value),
        mcnemar: exact.then(|| mcnemar(count(1.0), count(-1.0))),
        corrected: None,
        effect,
        delta: cliffs_delta(&own, &base),
        smallest: student.and_then(|t| Some(smallest_effect(size, ALPHA, POWER)? * t.deviation)),
        needed: effect
            .and_then(|d| pairs_needed(d, ALPHA, POWER))
            .map(f64::ceil),
    }
}

/// The mean of the values of each cluster, in the order of their numbers.
fn cluster_means(values: &[f64], numbers: &[u32]) -> Vec<f64> {
    let most = numbers.iter().max().map_or(0, |&last| last as usize + 1);
    let mut sums = vec![(0.0, 0.0); most];
    for (value, &number) in values.iter().zip(numbers) {
        let (sum, count) = &mut sums[number as usize];
        (*sum, *count) = (*sum + value, *count + 1.0);
    }
    let present = sums.into_iter().filter(|(_, count)| *count > 0.0);
    present.map(|(sum, count)| sum / count).collect()
}

/// How sure each system's mean over segments is, and what would make it surer. Systems with a single row or cluster are
/// left out: nothing is known of others like it.
pub fn error_bars(data: &DataSet, result: &MetricResult) -> ErrorBarsView {
    let clusters = data.clusters();
    let items = data.items();
    let systems = result.systems.iter();
    ErrorBarsView {
        systems: systems
            .filter_map(|system| {
                let bars = error_bars_of(&system.segments, clusters.as_ref(), items.as_ref())?;
                let name = system.name.clone();
                Some(ErrorBars { name, ..bars })
            })
            .collect(),
        clusters: clusters.map(|c| c.column),
        items: items.map(|c| c.column),
    }
}

fn error_bars_of(
    segments: &[f64],
    clusters: Option<&Clusters>,
    items: Option<&Clusters>,
) -> Option<ErrorBars> {
    let rows: Vec<usize> = (0..segments.len())
        .filter(|&row| !segments[row].is_nan())
        .collect();
    let values: Vec<f64> = rows.iter().map(|&row| segments[row]).collect();
    let numbers = |of: &Clusters| -> Vec<u32> { rows.iter().map(|&row| of.of_row[row]).collect() };
    let own = clusters.map_or_else(|| (0..rows.len() as u32).collect(), numbers);
    let found = ClusteredMean::of(&values, &own)?;
    // Samples of an item, else the rows of a cluster.
    let split = items.or(clusters).map(numbers);
    let split = split.and_then(|items| VarianceSplit::of(&values, &items));
    Some(ErrorBars {
        name: String::new(),
        rows: found.values,
        clusters: found.clusters,
        mean: found.mean,
        naive_error: found.naive_error,
        error: found.error,
        interval: found.interval,
        design_effect: found.design_effect().filter(|_| clusters.is_some()),
        twice_the_clusters: found.error / 2.0f64.sqrt(),
        split: split.map(|split| {
            let count = split.items as f64;
            SplitView {
                items: split.items,
                samples: split.samples,
                between: split.between,
                within: split.within,
                share_within: split.share_within,
                error: split.error,
                twice_the_samples: split.error_with(count, 2.0 * split.samples),
                floor: split.error_with(count, f64::INFINITY),
                twice_the_items: split.error / 2.0f64.sqrt(),
            }
        }),
    })
}

/// How the metrics go together over the segments of a system.
pub fn agreement(results: &[&MetricResult], system: usize) -> AgreementView {
    let scores: Vec<&[f64]> = results
        .iter()
        .map(|r| r.systems.get(system).map_or(&[][..], |s| &s.segments))
        .collect();
    let cell = |a: usize, b: usize| {
        let (x, y) = values_of_both(scores[a], scores[b]);
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
fn values_of_both(x: &[f64], y: &[f64]) -> (Vec<f64>, Vec<f64>) {
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
    let gap = |i: usize| (places[0][i] - places[1][i]).abs();
    let order = sorted_places(rows.len(), &|a, b| gap(b).total_cmp(&gap(a)));
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
