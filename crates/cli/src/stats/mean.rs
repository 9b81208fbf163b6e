//! The mean of a column, with bootstrap intervals.

use super::answer::Answer;
use super::columns::{numbers, table};
use super::error::StatsError;
use assay_stats::bootstrap_mean::mean_intervals;
use clap::Args;

#[derive(Args)]
pub(super) struct Mean {
    /// A table: CSV, TSV, JSON or JSONL
    file: String,
    /// The column
    #[arg(long)]
    column: String,
    /// Resamples
    #[arg(long, default_value_t = 9_999, value_parser = clap::value_parser!(u32).range(1..=10_000_000))]
    samples: u32,
    /// The seed of resampling
    #[arg(long, default_value_t = 12345)]
    seed: u64,
}

impl Mean {
    pub(super) fn answer(&self) -> Result<Answer, StatsError> {
        let values = numbers(&table(&self.file)?, &self.column)?;
        let values: Vec<f64> = values.into_iter().flatten().collect();
        if values.is_empty() {
            return Err(StatsError::NoRows);
        }
        let found = mean_intervals(&values, self.samples as usize, self.seed);
        let count = values.len() as f64;
        let answer = Answer::default().with("count", count);
        let answer = answer.with("mean", values.iter().sum::<f64>() / count);
        let answer = answer.interval("percentile", found.map(|f| f.percentile));
        let answer = answer.interval("basic", found.map(|f| f.basic));
        Ok(answer.interval("bca", found.and_then(|f| f.accelerated)))
    }
}
