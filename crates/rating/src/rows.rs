//! Which rows people rate. Those that are drawn speak of all rows. Where people can rate few, rows on which systems differ
//! decide sooner which system is better; differences on them are larger than on all rows, and are of these rows alone.

use super::order::shuffle;
use assay_data::DataSet;
use assay_sorting::sort_by;
use assay_stats::correlation::ranks;
use assay_stats::pcg64::Pcg64;
use assay_text::script::is_cjk;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Which rows are judged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Rows {
    /// All.
    All,
    /// The first in the file.
    First,
    /// Drawn.
    Random,
    /// Drawn, as many of each value of a column as its part of all rows.
    Stratified {
        /// The column's name.
        column: String,
    },
    /// Those about which the metrics disagree most.
    Disagreement,
    /// Those in which the metrics' scores of the systems are furthest apart.
    Variance,
    /// Those in which the systems' outputs share the fewest words.
    Diversity,
}

/// Segment scores by metric, system and row, the higher the better, for [`Rows::needs_scores`].
pub type Scores = Vec<Vec<Vec<f64>>>;

impl Rows {
    /// Whether metrics' scores choose them.
    #[must_use]
    pub fn needs_scores(&self) -> bool {
        matches!(self, Self::Disagreement | Self::Variance)
    }

    /// Whether rows are preferred by what systems do on them, so that results on them are not results on all rows.
    #[must_use]
    pub fn are_selected(&self) -> bool {
        self.needs_scores() || *self == Self::Diversity
    }

    /// The rows, in the order of the file. `systems` are places among those that results are about.
    pub(crate) fn chosen(
        &self,
        data: &DataSet,
        systems: &[usize],
        scores: &Scores,
        count: usize,
        rng: &mut Pcg64,
    ) -> Vec<usize> {
        let rows = data.table.rows();
        let count = count.min(rows);
        let mut all: Vec<usize> = (0..rows).collect();
        let highest = |mut all: Vec<usize>, of: Vec<f64>| {
            sort_by(&mut all, |&a, &b| of[b].total_cmp(&of[a]));
            all.truncate(count);
            all
        };
        all = match self {
            Self::All => all,
            Self::First => {
                all.truncate(count);
                all
            }
            Self::Random => {
                shuffle(&mut all, rng);
                all.truncate(count);
                all
            }
            Self::Stratified { column } => stratified(data, column, count, all, rng),
            Self::Disagreement => highest(all, disagreement(scores, rows)),
            Self::Variance => highest(all, variance(scores, rows)),
            Self::Diversity => {
                let columns = data.systems();
                let columns: Vec<usize> = systems.iter().map(|&s| columns[s].0).collect();
                let outputs = |row| columns.iter().map(move |&c| data.hypothesis(c, row));
                let of = (0..rows).map(|row| diversity(&outputs(row).collect::<Vec<_>>()));
                highest(all, of.collect())
            }
        };
        all.sort_unstable();
        all
    }
}

/// Of each value as many as its part of all rows: the greatest remainders get what rounding leaves.
fn stratified(
    data: &DataSet,
    column: &str,
    count: usize,
    mut rows: Vec<usize>,
    rng: &mut Pcg64,
) -> Vec<usize> {
    let column = data.table.names().iter().position(|n| n == column);
    let value = |row: usize| column.and_then(|c| data.table.cell(c, row));
    let total = rows.len().max(1);
    shuffle(&mut rows, rng);
    let mut strata: Vec<(Option<&str>, Vec<usize>)> = Vec::new();
    for row in rows {
        match strata.iter_mut().find(|(v, _)| *v == value(row)) {
            Some((_, list)) => list.push(row),
            None => strata.push((value(row), vec![row])),
        }
    }
    let share = |list: &Vec<usize>| list.len() * count;
    sort_by(&mut strata, |(_, a), (_, b)| {
        (share(b) % total).cmp(&(share(a) % total))
    });
    let whole: usize = strata.iter().map(|(_, list)| share(list) / total).sum();
    let mut left = count - whole;
    let mut chosen = Vec::new();
    for (_, list) in strata {
        let extra = usize::from(left > 0 && share(&list) % total > 0);
        left -= extra;
        let take = share(&list) / total + extra;
        chosen.extend(list.into_iter().take(take));
    }
    chosen
}

/// For each row how far the metrics lie apart: each ranks the rows by what the last system has over the
/// first (by the score itself where there is one system), and the row's highest and lowest rank count.
fn disagreement(scores: &Scores, rows: usize) -> Vec<f64> {
    let ranked: Vec<Vec<f64>> = scores
        .iter()
        .filter_map(|systems| {
            let (first, last) = (systems.first()?, systems.last()?);
            let of = |row: usize| match systems.len() {
                1 => last.get(row).copied(),
                _ => Some(last.get(row)? - first.get(row)?),
            };
            (0..rows).map(of).collect::<Option<Vec<f64>>>()
        })
        .map(|values| ranks(&values))
        .collect();
    (0..rows)
        .map(|row| {
            let places = ranked.iter().map(|r| r[row]);
            let (low, high) = places.fold((f64::MAX, f64::MIN), |(l, h), p| (l.min(p), h.max(p)));
            (high - low).max(0.0)
        })
        .collect()
}

/// For each row how far the systems' scores lie apart: their variance ranks the rows under each metric, and the ranks are
/// added (subset2evaluate's `metric_var`, of one metric).
fn variance(scores: &Scores, rows: usize) -> Vec<f64> {
    let mut sums = vec![0.0; rows];
    for systems in scores {
        let of = |row: usize| {
            let values = systems.iter().map(|s| s.get(row).copied());
            let values = values.collect::<Option<Vec<f64>>>()?;
            let mean = values.iter().sum::<f64>() / values.len() as f64;
            let squares = values.iter().map(|v| (v - mean).powi(2));
            Some(squares.sum::<f64>() / values.len() as f64)
        };
        let Some(variances) = (0..rows).map(of).collect::<Option<Vec<f64>>>() else {
            continue;
        };
        for (sum, rank) in sums.iter_mut().zip(ranks(&variances)) {
            *sum += rank;
        }
    }
    sums
}

/// How few words the outputs share: less the mean over pairs of twice the words that both have, by the words of both
/// together (subset2evaluate's `diversity_unigram`; there 1 stands for a pair with an empty text). Han characters, kana
/// and Hangul are words of their own.
fn diversity(outputs: &[&str]) -> f64 {
    let counts: Vec<BTreeMap<&str, usize>> = outputs.iter().map(|text| counted(text)).collect();
    let (mut sum, mut pairs) = (0.0, 0);
    for (place, first) in counts.iter().enumerate() {
        for second in &counts[place + 1..] {
            let all: usize = first.values().chain(second.values()).sum();
            let shared = first
                .iter()
                .filter_map(|(word, n)| Some(n.min(second.get(word)?)));
            let shared: usize = shared.sum();
            let is_empty = first.is_empty() || second.is_empty();
            sum += if is_empty {
                1.0
            } else {
                2.0 * shared as f64 / all as f64
            };
            pairs += 1;
        }
    }
    if pairs == 0 {
        0.0
    } else {
        -sum / f64::from(pairs)
    }
}

fn counted(text: &str) -> BTreeMap<&str, usize> {
    let mut counts = BTreeMap::new();
    let words = text.split_whitespace();
    for word in words.flat_map(|word| word.split_inclusive(is_cjk)) {
        // A piece ends with such a character, or holds none.
        let last = word.chars().next_back().filter(|c| is_cjk(*c));
        let (before, alone) = word.split_at(word.len() - last.map_or(0, char::len_utf8));
        for part in [before, alone].into_iter().filter(|part| !part.is_empty()) {
            *counts.entry(part).or_default() += 1;
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_whose_scores_are_furthest_apart_vary_most() {
        let scores = vec![vec![vec![1.0, 5.0, 2.0], vec![1.0, 1.0, 3.0]]];
        assert_eq!(variance(&scores, 3), [1.0, 3.0, 2.0]);
        let two = vec![
            scores[0].clone(),
            vec![vec![0.0, 0.0, 9.0], vec![0.0, 1.0, 0.0]],
        ];
        assert_eq!(variance(&two, 3), [2.0, 5.0, 5.0]);
        assert_eq!(variance(&Vec::new(), 2), [0.0, 0.0]);
    }

    /// Values of subset2evaluate 1.0.27 (`diversity_unigram`).
    #[test]
    fn diversity_is_that_of_shared_words() {
        let close = |outputs: &[&str], expected: f64| {
            let found = diversity(outputs);
            assert!((found - expected).abs() < 1e-12, "{found}, not {expected}");
        };
        close(&["the cat sat", "the cat sat"], -1.0);
        close(&["the cat sat", "a dog ran", "the the cat"], -2.0 / 9.0);
        close(&["the cat", ""], -1.0);
        close(&["the cat"], 0.0);
        // By characters.
        close(&["我用GPT", "他用GPT"], -2.0 / 3.0);
    }
}
