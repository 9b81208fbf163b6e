//! How two columns go together.

use super::answer::Answer;
use super::columns::{Columns, complete};
use super::error::StatsError;
use assay_stats::correlation::{kendall, pearson, spearman, tau_c};
use clap::{Args, ValueEnum};

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Method {
    /// Pearson's r
    Pearson,
    /// Spearman's rho
    Spearman,
    /// Kendall's tau-b
    Kendall,
    /// Stuart's tau-c, with the p-value of Kendall's tau-b
    TauC,
}

#[derive(Args)]
pub(super) struct Correlate {
    #[command(flatten)]
    columns: Columns,
    /// The coefficient
    #[arg(long, value_enum, default_value = "pearson")]
    method: Method,
}

impl Correlate {
    pub(super) fn answer(&self) -> Result<Answer, StatsError> {
        let columns = complete(&self.columns.numbers()?);
        let [x, y] = &columns[..] else {
            return Err(StatsError::ColumnCount {
                what: "a correlation",
                wanted: "two",
                found: columns.len(),
            });
        };
        let found = match self.method {
            Method::Pearson => pearson(x, y),
            Method::Spearman => spearman(x, y),
            Method::Kendall | Method::TauC => kendall(x, y),
        };
        let answer = Answer::default().with("pairs", x.len() as f64);
        let p = found.and_then(|f| f.p_value);
        Ok(match self.method {
            Method::TauC => answer.with("value", tau_c(x, y)).with("p_value", p),
            _ => {
                let answer = answer.with("value", found.map(|f| f.value));
                let answer = answer.interval("interval", found.and_then(|f| f.interval));
                answer.with("p_value", p)
            }
        })
    }
}
