//! Questions on counts: one proportion, two of them, and McNemar's table.

use super::answer::Answer;
use super::error::StatsError;
use super::ranges::probability;
use assay_stats::mcnemar::{mcnemar, mcnemar_by_chi_squared};
use assay_stats::proportion::{
    agresti_coull, binomial_test, clopper_pearson, jeffreys, wald, wilson,
};
use assay_stats::two_proportions::TwoCounts;
use clap::{Args, ValueEnum};
use std::str::FromStr;

/// Successes out of items.
#[derive(Debug, Clone, Copy, Args)]
struct Counted {
    /// Items that are right
    #[arg(long, value_name = "K")]
    successes: u64,
    /// All items
    #[arg(long = "n", value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    total: u64,
}

impl Counted {
    fn checked(self) -> Result<Self, StatsError> {
        let Self { successes, total } = self;
        if successes > total {
            return Err(StatsError::TooManySuccesses { successes, total });
        }
        Ok(self)
    }

    fn proportion(self) -> f64 {
        self.successes as f64 / self.total as f64
    }
}

/// As it is written in one argument: `8/10`.
impl FromStr for Counted {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parts = text.split_once('/');
        let parts = parts.and_then(|(k, n)| Some((k.parse().ok()?, n.parse().ok()?)));
        let (successes, total) = parts.ok_or("it takes successes and items, as 8/10")?;
        let counted = Self { successes, total };
        match total {
            0 => Err("it takes at least one item".to_owned()),
            _ => counted.checked().map_err(|e| e.to_string()),
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum IntervalMethod {
    /// Wilson 1927
    Wilson,
    /// By the normal distribution
    Wald,
    /// Agresti and Coull 1998
    AgrestiCoull,
    /// Clopper and Pearson 1934, exact: covers at least 95 %
    ClopperPearson,
    /// The posterior under Jeffreys' prior
    Jeffreys,
}

#[derive(Args)]
pub(super) struct Interval {
    #[command(flatten)]
    counted: Counted,
    /// How the interval is found
    #[arg(long, value_enum, default_value = "wilson")]
    method: IntervalMethod,
}

impl Interval {
    pub(super) fn answer(&self) -> Result<Answer, StatsError> {
        let counted = self.counted.checked()?;
        let Counted { successes, total } = counted;
        let ends = match self.method {
            IntervalMethod::Wilson => wilson(successes as f64, total as f64),
            IntervalMethod::Wald => wald(successes, total),
            IntervalMethod::AgrestiCoull => agresti_coull(successes, total),
            IntervalMethod::ClopperPearson => clopper_pearson(successes, total),
            IntervalMethod::Jeffreys => jeffreys(successes, total),
        };
        let answer = Answer::default().with("proportion", counted.proportion());
        Ok(answer.interval("interval", ends))
    }
}

#[derive(Args)]
pub(super) struct Binomial {
    #[command(flatten)]
    counted: Counted,
    /// The proportion that it is tested against
    #[arg(long, value_name = "P", default_value_t = 0.5, value_parser = probability)]
    expected: f64,
}

impl Binomial {
    pub(super) fn answer(&self) -> Result<Answer, StatsError> {
        let counted = self.counted.checked()?;
        let p = binomial_test(counted.successes, counted.total, self.expected);
        let answer = Answer::default().with("proportion", counted.proportion());
        Ok(answer.with("p_value", p))
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum ProportionsTest {
    /// z-test with a pooled variance
    Z,
    /// The same with Miettinen and Nurminen's variance
    Score,
    /// Each sample with its own variance
    Wald,
    /// Agresti and Caffo 2000
    AgrestiCaffo,
    /// Pearson's chi squared
    ChiSquared,
    /// Pearson's chi squared with Yates' correction
    Yates,
    /// Fisher's exact test
    Fisher,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum DifferenceMethod {
    /// Newcombe 1998, from both Wilson intervals
    Newcombe,
    /// Miettinen and Nurminen 1985
    MiettinenNurminen,
    /// The same as statsmodels computes it
    StatsmodelsScore,
    /// By the normal distribution
    Wald,
    /// Agresti and Caffo 2000
    AgrestiCaffo,
}

#[derive(Args)]
pub(super) struct Proportions {
    /// Successes and items of the first sample
    #[arg(value_name = "K/N")]
    first: Counted,
    /// Successes and items of the second sample
    #[arg(value_name = "K/N")]
    second: Counted,
    /// The test of whether they differ
    #[arg(long, value_enum, default_value = "z")]
    test: ProportionsTest,
    /// How the interval of the difference is found
    #[arg(long, value_enum, default_value = "newcombe")]
    interval: DifferenceMethod,
}

impl Proportions {
    pub(super) fn answer(&self) -> Result<Answer, StatsError> {
        let (first, second) = (self.first, self.second);
        let counts = TwoCounts {
            first: first.successes,
            of_first: first.total,
            second: second.successes,
            of_second: second.total,
        };
        let ends = match self.interval {
            DifferenceMethod::Newcombe => counts.newcombe(),
            DifferenceMethod::MiettinenNurminen => counts.miettinen_nurminen(),
            DifferenceMethod::StatsmodelsScore => counts.score_as_statsmodels(),
            DifferenceMethod::Wald => counts.wald(),
            DifferenceMethod::AgrestiCaffo => counts.agresti_caffo(),
        };
        let difference = first.proportion() - second.proportion();
        let answer = Answer::default().with("difference", difference);
        Ok(self.tested(answer.interval("interval", ends), counts))
    }

    fn tested(&self, answer: Answer, counts: TwoCounts) -> Answer {
        let test = match self.test {
            ProportionsTest::Z => counts.z_test(),
            ProportionsTest::Score => counts.score_test(),
            ProportionsTest::Wald => counts.wald_test(),
            ProportionsTest::AgrestiCaffo => counts.agresti_caffo_test(),
            ProportionsTest::ChiSquared => counts.chi_squared(false),
            ProportionsTest::Yates => counts.chi_squared(true),
            ProportionsTest::Fisher => return by_fisher(answer, counts),
        };
        let answer = answer.with("statistic", test.map(|t| t.statistic));
        answer.with("p_value", test.map(|t| t.p_value))
    }
}

fn by_fisher(answer: Answer, counts: TwoCounts) -> Answer {
    let test = counts.fisher();
    let answer = answer.with("odds_ratio", test.map(|t| t.odds_ratio));
    let answer = answer.with("p_value", test.map(|t| t.p_value));
    let answer = answer.with("p_less", test.map(|t| t.p_less));
    answer.with("p_greater", test.map(|t| t.p_greater))
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum McnemarMethod {
    /// By the binomial distribution
    Exact,
    /// By chi squared
    ChiSquared,
    /// By chi squared with Edwards' correction for continuity
    Edwards,
}

#[derive(Args)]
pub(super) struct Mcnemar {
    /// Items that only the first system has right
    #[arg(long, value_name = "N")]
    only_first: usize,
    /// Items that only the second system has right
    #[arg(long, value_name = "N")]
    only_second: usize,
    /// How the p-value is found
    #[arg(long, value_enum, default_value = "exact")]
    method: McnemarMethod,
}

impl Mcnemar {
    pub(super) fn answer(&self) -> Answer {
        let (first, second) = (self.only_first, self.only_second);
        let p = match self.method {
            McnemarMethod::Exact => mcnemar(first, second),
            McnemarMethod::ChiSquared => mcnemar_by_chi_squared(first, second, false),
            McnemarMethod::Edwards => mcnemar_by_chi_squared(first, second, true),
        };
        Answer::default().with("p_value", p)
    }
}
