//! p-values of several tests, corrected.

use super::answer::{Answer, number};
use super::ranges::probability;
use assay_stats::corrections::{
    benjamini_hochberg, benjamini_yekutieli, bonferroni, holm, holm_sidak, hommel, sidak,
    simes_hochberg,
};
use clap::{Args, ValueEnum};

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Method {
    /// Each by the number of tests
    Bonferroni,
    /// Šidák 1967, for independent tests
    Sidak,
    /// Holm 1979, step down
    Holm,
    /// Holm's with Šidák's bound
    HolmSidak,
    /// Hochberg 1988, step up
    SimesHochberg,
    /// Hommel 1988
    Hommel,
    /// Benjamini and Hochberg 1995: the false discovery rate
    FdrBh,
    /// Benjamini and Yekutieli 2001: the same under any dependence
    FdrBy,
}

#[derive(Args)]
pub(super) struct Adjust {
    /// The correction, under statsmodels' names
    #[arg(long, value_enum, default_value = "holm")]
    method: Method,
    /// The p-values
    #[arg(value_name = "P", required = true, value_parser = probability)]
    p_values: Vec<f64>,
}

impl Adjust {
    pub(super) fn answer(&self) -> Answer {
        let correct = match self.method {
            Method::Bonferroni => bonferroni,
            Method::Sidak => sidak,
            Method::Holm => holm,
            Method::HolmSidak => holm_sidak,
            Method::SimesHochberg => simes_hochberg,
            Method::Hommel => hommel,
            Method::FdrBh => benjamini_hochberg,
            Method::FdrBy => benjamini_yekutieli,
        };
        let mut answer = Answer::default();
        for (p, adjusted) in self.p_values.iter().zip(correct(&self.p_values)) {
            answer.row([("p_value", number(*p)), ("adjusted", number(adjusted))]);
        }
        answer
    }
}
