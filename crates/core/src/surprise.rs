//! Texts under one or two models: perplexity's rows and the tokens' log-probabilities as they come
//! out of the model worker, text by text; what of them becomes a metric; and how a text that was
//! scored at an earlier visit is known again.

use crate::token_figures::token_figures;
use assay_data::{DataSet, Role};
use assay_lm::scoring::Item;
use assay_metrics::Perplexity;
use assay_metrics::registry::MetricSpec;
use assay_results::perplexity::{Plan, TokenFigures, Tokens};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// A text that is through.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Scored {
    /// Perplexity's row.
    pub row: [f64; 6],
    /// The tokens.
    pub tokens: Tokens,
    /// Of each scored token, how many others were more probable. Scores that an earlier version kept lack it.
    #[serde(default)]
    pub ranks: Vec<u32>,
    /// The entropy before each scored token, in nats.
    #[serde(default)]
    pub entropies: Vec<f32>,
}

/// A model by which texts are scored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Under {
    /// [`assay_lm::Model::fingerprint`].
    pub id: String,
    /// Its name, not the other's.
    pub name: String,
}

/// What a text's scores are kept under: a digest of the item.
pub fn key(item: &Item) -> String {
    let text = serde_json::to_string(item).unwrap_or_default();
    let digest = Sha256::digest(text.as_bytes());
    digest[..16].iter().map(|b| format!("{b:02x}")).collect()
}

/// All texts of a plan under every model.
#[derive(Debug, Clone)]
pub struct Study {
    plan: Plan,
    columns: Vec<usize>,
    rows: usize,
    models: Vec<(Under, Vec<Option<Scored>>)>,
}

impl Study {
    /// Nothing scored yet.
    pub fn new(plan: Plan, models: Vec<Under>, data: &DataSet) -> Self {
        let columns: Vec<usize> = match plan.column {
            Some(column) => vec![column],
            None => data.systems().iter().map(|s| s.0).collect(),
        };
        let rows = data.table.rows();
        let texts = vec![None; rows * columns.len()];
        Self {
            plan,
            columns,
            rows,
            models: models.into_iter().map(|m| (m, texts.clone())).collect(),
        }
    }

    /// The same for other models; what a model has scored under the same plan is kept.
    pub fn with_models(mut self, models: Vec<Under>) -> Self {
        let empty = vec![None; self.rows * self.columns.len()];
        let mut old = std::mem::take(&mut self.models);
        for model in models {
            let known = old.iter().position(|(m, _)| m.id == model.id);
            let texts = known.map_or_else(|| empty.clone(), |i| old.swap_remove(i).1);
            self.models.push((model, texts));
        }
        self
    }

    /// What is scored, and how.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// The models.
    pub fn models(&self) -> impl Iterator<Item = &Under> {
        self.models.iter().map(|(model, _)| model)
    }

    /// The table's columns that are scored.
    pub fn columns(&self) -> &[usize] {
        &self.columns
    }

    /// Texts through, and texts in all, over all models.
    pub fn progress(&self) -> (usize, usize) {
        let all = || self.models.iter().flat_map(|(_, texts)| texts);
        (all().flatten().count(), all().count())
    }

    fn item(&self, data: &DataSet, place: usize) -> Item {
        let (column, row) = (self.columns[place / self.rows], place % self.rows);
        let cell = |column| data.table.cell(column, row).unwrap_or("").to_owned();
        match data.column_with(Role::Source).filter(|_| self.plan.chat) {
            Some(prompt) => Item::Chat {
                prompt: cell(prompt),
                response: cell(column),
            },
            None => Item::Text(cell(column)),
        }
    }

    /// Up to `count` texts that are still to be scored under a model, with their places.
    pub fn next(&self, model: usize, data: &DataSet, count: usize) -> Vec<(usize, Item)> {
        let texts = self.models.get(model).map_or(&[][..], |(_, texts)| texts);
        let missing = texts.iter().enumerate().filter(|(_, t)| t.is_none());
        let places = missing.map(|(place, _)| place).take(count);
        places
            .map(|place| (place, self.item(data, place)))
            .collect()
    }

    /// Takes a text's scores.
    pub fn take(&mut self, model: usize, place: usize, scored: Scored) {
        let texts = self.models.get_mut(model).map(|(_, texts)| texts);
        if let Some(text) = texts.and_then(|texts| texts.get_mut(place)) {
            *text = Some(scored);
        }
    }

    /// Takes what was kept from an earlier visit, by [`key`].
    pub fn recall(&mut self, model: usize, data: &DataSet, kept: &HashMap<String, Scored>) {
        if kept.is_empty() {
            return;
        }
        for (place, item) in self.next(model, data, usize::MAX) {
            if let Some(scored) = kept.get(&key(&item)) {
                self.take(model, place, scored.clone());
            }
        }
    }

    /// A text under each model, as far as it is through; with the place of the column among [`Study::columns`].
    pub fn texts(&self, column: usize, row: usize) -> Vec<Option<&Scored>> {
        let place = column * self.rows + row;
        let found = self.models.iter();
        found.map(|(_, texts)| texts.get(place)?.as_ref()).collect()
    }

    /// What each model says of the tokens of a column, by its place among [`Study::columns`].
    pub fn figures(&self, column: usize) -> Vec<Option<TokenFigures>> {
        let texts = |model: &(Under, Vec<Option<Scored>>)| {
            let texts = model.1.get(column * self.rows..(column + 1) * self.rows)?;
            token_figures(texts.iter().flatten())
        };
        self.models.iter().map(texts).collect()
    }

    /// Whether every text is through under every model.
    pub fn is_complete(&self) -> bool {
        let (done, total) = self.progress();
        total > 0 && done == total
    }

    fn matrix(&self, model: usize, column: usize) -> Vec<f64> {
        let texts = &self.models[model].1[column * self.rows..][..self.rows];
        let rows = texts.iter().map(|t| t.as_ref().map_or([0.0; 6], |t| t.row));
        rows.flatten().collect()
    }

    fn spec(&self, label: String, models: &[&Under], describes: bool) -> MetricSpec {
        let named = models.iter().map(|m| format!("{}@{:.12}", m.name, m.id));
        MetricSpec::Perplexity(Perplexity {
            label,
            model: named.collect::<Vec<_>>().join(","),
            convention: self.plan.signature(),
            describes,
        })
    }

    /// Perplexity of every column, with a matrix for each system, under each model by itself.
    pub fn by_model(&self) -> Vec<(MetricSpec, Vec<Vec<f64>>)> {
        let models = self.models.iter().enumerate();
        let metric = |(i, (model, _)): (usize, &(Under, _))| {
            let label = match self.models.len() {
                1 => "perplexity".to_owned(),
                _ => format!("perplexity, {}", model.name),
            };
            let matrices = (0..self.columns.len()).map(|column| self.matrix(i, column));
            (self.spec(label, &[model], true), matrices.collect())
        };
        models.map(metric).collect()
    }

    /// Perplexity of each column by itself, with a matrix for each model.
    pub fn by_column(&self, data: &DataSet) -> Vec<(MetricSpec, Vec<Vec<f64>>)> {
        let models: Vec<&Under> = self.models().collect();
        let metric = |(place, &column): (usize, &usize)| {
            let label = data.column_name(column).to_owned();
            let matrices = (0..models.len()).map(|model| self.matrix(model, place));
            (self.spec(label, &models, false), matrices.collect())
        };
        self.columns.iter().enumerate().map(metric).collect()
    }
}

/// What the second model says of each token less what the first says, in nats: above 0 where the
/// second finds it more probable. Where the two cut a text into other tokens, the first's
/// log-probability is spread evenly over the characters of its tokens, white space aside.
pub fn shift(first: &Tokens, second: &Tokens) -> Tokens {
    let texts = |tokens: &Tokens| tokens.iter().map(|(t, _)| t.clone()).collect::<Vec<_>>();
    if texts(first) == texts(second) {
        let pairs = first.iter().zip(second);
        let change = |a: Option<f32>, b: Option<f32>| b.zip(a).map(|(b, a)| b - a);
        return pairs
            .map(|((_, a), (text, b))| (text.clone(), change(*a, *b)))
            .collect();
    }
    let mut spread: Vec<Option<f32>> = Vec::new();
    for (text, logprob) in first {
        let count = ink(text);
        let share = logprob.map(|l| l / count.max(1) as f32);
        spread.extend(std::iter::repeat_n(share, count));
    }
    let mut at = 0;
    let tokens = second.iter().map(|(text, logprob)| {
        let end = at + ink(text);
        let before = spread.get(at..end).filter(|b| !b.is_empty());
        let sum = before.and_then(|b| b.iter().copied().try_fold(0.0, |sum, l| Some(sum + l?)));
        at = end;
        (text.clone(), logprob.zip(sum).map(|(b, a)| b - a))
    });
    tokens.collect()
}

/// Characters of a token that another tokeniser has too: no white space, which some put before a
/// text, and no token that only a model knows, as `<s>`.
fn ink(text: &str) -> usize {
    if text.len() > 2 && text.starts_with('<') && text.ends_with('>') {
        return 0;
    }
    text.chars().filter(|c| !c.is_whitespace()).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(of: &[(&str, Option<f32>)]) -> Tokens {
        of.iter().map(|(t, l)| ((*t).to_owned(), *l)).collect()
    }

    #[test]
    fn a_shift_is_told_by_token_and_across_other_cuts() {
        let first = tokens(&[("a", None), ("bcd", Some(-3.0)), ("e", Some(-2.0))]);
        assert_eq!(
            shift(
                &first,
                &tokens(&[("a", None), ("bcd", Some(-1.0)), ("e", Some(-4.0))])
            ),
            tokens(&[("a", None), ("bcd", Some(2.0)), ("e", Some(-2.0))])
        );
        let other = tokens(&[
            ("<s>", None),
            (" ab", Some(-1.0)),
            ("cd", Some(-1.0)),
            ("ef", Some(-1.0)),
        ]);
        assert_eq!(
            shift(&first, &other),
            tokens(&[
                ("<s>", None),
                (" ab", None),
                ("cd", Some(1.0)),
                ("ef", None)
            ])
        );
    }
}
