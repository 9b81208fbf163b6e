//! Whether two columns differ by too little to matter.

use super::answer::Answer;
use super::columns::{Columns, complete};
use super::error::StatsError;
use super::ranges::positive;
use assay_stats::effect::EffectSize;
use assay_stats::equivalence::Equivalence;
use assay_stats::paired::PairedT;
use clap::Args;
use serde_json::json;

#[derive(Args)]
pub(super) struct EquivalenceOf {
    #[command(flatten)]
    columns: Columns,
    /// The smallest difference that matters, in the columns' unit
    #[arg(long, value_parser = positive)]
    margin: f64,
}

impl EquivalenceOf {
    pub(super) fn answer(&self) -> Result<Answer, StatsError> {
        let columns = self.columns.numbers()?;
        let [first, second] = &complete(&columns)[..] else {
            return Err(StatsError::ColumnCount {
                what: "this test",
                wanted: "two",
                found: columns.len(),
            });
        };
        if first.is_empty() {
            return Err(StatsError::NoRows);
        }
        let differences: Vec<f64> = first.iter().zip(second).map(|(a, b)| b - a).collect();
        let (test, found) = (
            PairedT::of(&differences),
            Equivalence::of(&differences, self.margin),
        );
        let size = test.and_then(|t| EffectSize::of_standardised(t.effect()));
        let answer = Answer::default().with("pairs", differences.len() as f64);
        Ok(answer
            .with("difference", test.map(|t| t.mean))
            .interval("interval", test.map(|t| t.interval))
            .with("effect", test.map(|t| t.effect()))
            .value("size", json!(size.map(EffectSize::name)))
            .with("p_not_below", found.map(|f| f.p_not_below))
            .with("p_not_above", found.map(|f| f.p_not_above))
            .with("p_value", found.map(|f| f.p_value())))
    }
}
