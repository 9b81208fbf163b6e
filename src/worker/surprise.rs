//! Perplexity's rows as they come out of the model worker, text by text, until every system has one
//! for every row.

use crate::dataset::{DataSet, Role};
use crate::lm::scoring::Item;
use crate::lm::windows::Convention;
use crate::metrics::Perplexity;
use crate::metrics::registry::MetricSpec;

/// A text's tokens as a reader sees them, each with its log-probability if it was scored.
pub type Tokens = Vec<(String, Option<f32>)>;

/// What is scored, and how.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// The model's name.
    pub model: String,
    /// How texts are laid into windows.
    pub convention: Convention,
    /// Whether outputs are scored as responses to the row's prompt.
    pub chat: bool,
}

/// A text that is through.
#[derive(Debug, Clone)]
struct Scored {
    row: [f64; 4],
    tokens: Tokens,
}

/// All texts of a plan.
#[derive(Debug, Clone)]
pub struct Surprise {
    plan: Plan,
    rows: usize,
    texts: Vec<Option<Scored>>,
}

impl Surprise {
    /// Nothing scored yet.
    pub fn new(plan: Plan, data: &DataSet) -> Self {
        let rows = data.table.rows();
        Self {
            plan,
            rows,
            texts: vec![None; rows * data.systems().len()],
        }
    }

    /// What is scored, and how.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// Texts through, and texts in all.
    pub fn progress(&self) -> (usize, usize) {
        let done = self.texts.iter().flatten().count();
        (done, self.texts.len())
    }

    /// Up to `count` texts that are still to be scored, with their places.
    pub fn next(&self, data: &DataSet, count: usize) -> Vec<(usize, Item)> {
        let missing = self.texts.iter().enumerate().filter(|(_, t)| t.is_none());
        let systems = data.systems();
        let prompt = data.column_with(Role::Source);
        missing
            .take(count)
            .map(|(place, _)| {
                let (system, row) = (place / self.rows, place % self.rows);
                let text = data.hypothesis(systems[system].0, row).to_owned();
                let item = match prompt.filter(|_| self.plan.chat) {
                    Some(column) => Item::Chat {
                        prompt: data.table.cell(column, row).unwrap_or("").to_owned(),
                        response: text,
                    },
                    None => Item::Text(text),
                };
                (place, item)
            })
            .collect()
    }

    /// Takes a text's scores.
    pub fn take(&mut self, place: usize, row: [f64; 4], tokens: Tokens) {
        if let Some(text) = self.texts.get_mut(place) {
            *text = Some(Scored { row, tokens });
        }
    }

    /// A text's tokens, once it is through.
    pub fn tokens(&self, system: usize, row: usize) -> Option<&Tokens> {
        let text = self.texts.get(system * self.rows + row)?;
        Some(&text.as_ref()?.tokens)
    }

    /// The metric with a matrix for each system, once all texts are through.
    pub fn metric(&self) -> Option<(MetricSpec, Vec<Vec<f64>>)> {
        let mut matrices = Vec::new();
        for texts in self.texts.chunks(self.rows.max(1)) {
            let mut matrix = Vec::with_capacity(texts.len() * 4);
            for text in texts {
                matrix.extend(text.as_ref()?.row);
            }
            matrices.push(matrix);
        }
        let behind = if self.plan.chat { "response:" } else { "" };
        let spec = MetricSpec::Perplexity(Perplexity {
            model: self.plan.model.clone(),
            convention: format!("{behind}{}", self.plan.convention.signature()),
        });
        Some((spec, matrices))
    }
}
