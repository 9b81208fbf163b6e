//! Questions that a person asks of results beyond the scores, each answered when it is asked: what the
//! texts are in themselves, what other tests say of the pairs of segments, how metrics go together.

use super::outliers::OutliersView;
use crate::dataset::{DataSet, Role};
use crate::evaluation::{MetricResult, advice};
use crate::metrics::diversity::Diversity;
use crate::stats::corrections::{benjamini_hochberg, holm};
use crate::stats::correlation::{kendall, pearson, ranks, spearman};
use crate::stats::mcnemar::mcnemar;
use crate::stats::paired::{PairedT, cliffs_delta};
use crate::stats::power::{pairs_needed, smallest_effect};
use crate::stats::wilcoxon::wilcoxon;
use crate::text::BleuTokenizer;
use crate::text::script::Script;
use serde::{Deserialize, Serialize};

/// The chance of a false alarm that power is told for.
const ALPHA: f64 = 0.05;
/// The power that is told for.
const POWER: f64 = 0.8;
/// Rows that are listed where two metrics disagree.
const ROWS: usize = 8;
/// Characters shown of such a row.
const TEXT: usize = 120;

/// A question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "question", rename_all = "snake_case")]
pub enum Question {
    /// What the systems' texts are in themselves.
    Texts,
    /// What other tests say of a metric's segments.
    Pairs {
        /// The metric's place.
        metric: usize,
    },
    /// How the metrics go together over a system's segments.
    Agreement {
        /// The system's place.
        system: usize,
    },
    /// Which of a system's segments stand out.
    Outliers {
        /// The metric's place.
        metric: usize,
        /// The system's place.
        system: usize,
    },
    /// Which of a system's segments two metrics rank most differently.
    Apart {
        /// The system's place.
        system: usize,
        /// The two metrics' places.
        pair: [usize; 2],
    },
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "answer", rename_all = "snake_case")]
pub enum Answer {
    /// To [`Question::Texts`].
    Texts(TextsView),
    /// To [`Question::Pairs`].
    Pairs(PairsView),
    /// To [`Question::Agreement`].
    Agreement(AgreementView),
    /// To [`Question::Outliers`].
    Outliers(OutliersView),
    /// To [`Question::Apart`].
    Apart(ApartView),
}

/// Texts in themselves.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TextsView {
    /// The tokeniser that n-grams are counted by.
    pub tokenizer: String,
    /// Each system, then the references where there are any.
    pub systems: Vec<(String, Diversity)>,
    /// Whether the last of them is the references.
    pub has_reference: bool,
}

/// Other tests of a metric's segments.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PairsView {
    /// Each system but the baseline.
    pub systems: Vec<PairView>,
}

/// A system's segments against the baseline's.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PairView {
    /// The system.
    pub name: String,
    /// Pairs of segments that have a score under both.
    pub pairs: usize,
    /// The mean difference of segments' scores, with its 95 % interval by Student's law.
    pub mean: f64,
    /// That interval.
    pub interval: Option<[f64; 2]>,
    /// Student's paired test: p.
    pub student: Option<f64>,
    /// Wilcoxon's signed-rank test: p.
    pub wilcoxon: Option<f64>,
    /// Where segments are right or wrong, McNemar's exact test: p.
    pub mcnemar: Option<f64>,
    /// Wilcoxon's p (McNemar's where there is one), corrected by Holm, and by Benjamini and Hochberg.
    pub corrected: Option<[f64; 2]>,
    /// Cohen's d of the pairs.
    pub effect: Option<f64>,
    /// Cliff's delta.
    pub delta: Option<f64>,
    /// The smallest mean difference that so many pairs show with a power of 80 %, at a level of 5 %.
    pub smallest: Option<f64>,
    /// Pairs that would show the difference found with that power.
    pub needed: Option<f64>,
}

/// How metrics go together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AgreementView {
    /// The metrics' names.
    pub metrics: Vec<String>,
    /// For every two of them Pearson's r, Spearman's rho and Kendall's tau-b over the segments.
    pub matrix: Vec<Vec<[Option<f64>; 3]>>,
}

/// Where two metrics disagree.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ApartView {
    /// The two metrics' names.
    pub metrics: [String; 2],
    /// The segments that they rank most differently.
    pub rows: Vec<ApartRow>,
}

/// A segment that two metrics rank differently.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ApartRow {
    /// The row in the table.
    pub row: usize,
    /// Its text, shortened.
    pub text: String,
    /// Its scores under the two.
    pub scores: [f64; 2],
    /// The part of segments that it is better than under each, 0 to 1.
    pub places: [f64; 2],
}

/// Looks at all texts of each system.
pub fn texts(data: &DataSet) -> TextsView {
    let tokenizer = match advice::script(data) {
        Script::Chinese => BleuTokenizer::Zh,
        Script::Japanese => BleuTokenizer::Char,
        Script::Korean | Script::Spaced => BleuTokenizer::V13a,
    };
    let rows = 0..data.table.rows();
    let of = |column: usize| {
        let texts: Vec<&str> = rows
            .clone()
            .map(|row| data.hypothesis(column, row))
            .collect();
        Diversity::of(&texts, tokenizer)
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
pub fn apart(data: &DataSet, metrics: [&MetricResult; 2], system: usize) -> ApartView {
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
        ApartRow {
            row,
            text: super::session::shortened(text, TEXT),
            scores: [x[row], y[row]],
            places: [0, 1].map(|m| (places[m][i] - 0.5) / rows.len() as f64),
        }
    };
    let most = order.into_iter().filter(|i| gap(*i) > 0.0).take(ROWS);
    ApartView {
        metrics: metrics.map(|m| m.name.clone()),
        rows: most.map(row).collect(),
    }
}
